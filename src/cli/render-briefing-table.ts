/** The figures of a briefing as a Markdown table, and the sentences that they stand in below it. */

import type { FigureRow } from "../domain/briefing.ts";
import { FIGURE_COLUMNS, figureWords } from "../domain/briefing-words.ts";
import { oneLine } from "../domain/visible.ts";
import type { RenderStyle } from "./render-answer.ts";
import { linesOfMarkdown, markdown } from "./render-briefing-escape.ts";
import { rowsBySentence } from "./render-briefing-parts.ts";
import { type Block, bullet, quoteBlock } from "./render-briefing-quote.ts";
import { corroborationWords } from "./render-claim.ts";
import { displayWidth } from "./terminal.ts";

/** Columns that cells are filled up to, so that a table reads as one; a longer cell sticks out. */
const WIDEST_CELL = 40;

/**
 * The table, and each sentence once with its source. On a terminal too narrow for the table its rows are a list with
 * the same cells: cut cells would hide words of the reports.
 * @param quoted numbers of the quotes that are lines of the briefing: they are not shown again.
 */
export function tableBlocks(rows: readonly FigureRow[], quoted: ReadonlySet<number>, style: RenderStyle): Block[] {
  const table = tableLines(rows);
  const isFitting = table.every((line) => displayWidth(line) <= style.width);
  return [
    isFitting ? table : rows.flatMap((row) => listLines(row, style)),
    ...rowsBySentence(rows)
      .filter(([{ citation }]) => !quoted.has(citation.number))
      .map(
        (group): Block => [
          ...quoteBlock(group[0].citation, null, style),
          ...group.flatMap(alsoInWords).flatMap((words) => bullet(words, style).map(style.colors.dim)),
        ],
      ),
  ];
}

/** "74: 2 independent sources; also said by: Police bulletin". */
export function alsoInWords({ value, alsoIn }: FigureRow): string[] {
  return corroborationWords(alsoIn).map((words) => `${oneLine(value.text)}: ${words}`);
}

function tableLines(rows: readonly FigureRow[]): string[] {
  const head = [...FIGURE_COLUMNS, "source"];
  const body = rows.map((row) => {
    const words = figureWords(row);
    return [...FIGURE_COLUMNS.map((column) => markdown(words[column])), `[${row.citation.number}]`];
  });
  const widths = head.map((title, at) =>
    Math.max(displayWidth(title), ...body.map((cells) => Math.min(WIDEST_CELL, displayWidth(cells[at] ?? "")))),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell + " ".repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(cell)))).join(" | ")} |`;
  return [line(head), `| ${widths.map((width) => "-".repeat(width)).join(" | ")} |`, ...body.map(line)];
}

/** "- **over 600** attacks · 2024 · Pakistan · PICSS · compared with 2023 (up) [3]". */
function listLines(row: FigureRow, { width }: RenderStyle): string[] {
  const { value, counted, "compared with": base, ...rest } = figureWords(row);
  const cells = [...Object.values(rest), ...(base === "" ? [] : [`compared with ${base}`])].filter(
    (cell) => cell !== "",
  );
  const words = [`**${markdown(value)}** ${markdown(counted)}`, ...cells.map(markdown)].join(" · ");
  return linesOfMarkdown(`- ${words} [${row.citation.number}]`, width, 2);
}
