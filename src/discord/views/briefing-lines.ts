/** The lines and rows of a briefing as blocks: compact, and as honest about who says it as an answer. */

import type { Citation } from "../../domain/answer.ts";
import type { BriefingLine, FigureRow, LineLabel, ReadingReason } from "../../domain/briefing.ts";
import { isOpinion } from "../../domain/claim-rules.ts";
import { claimLines, corroborationNotes, opinionLines, periodWords, whoWords } from "../claim-lines.ts";
import { type Button, button, text } from "../components.ts";
import { customId } from "../custom-id.ts";
import { type Block, LONGEST_BLOCK } from "../pages.ts";
import { derivedLines, part, shortOriginLine } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { quoted } from "../text.ts";

/** Characters above the first line of a section, or of a page: its title. */
const LONGEST_SECTION_TITLE = 200;
/** Characters of a line's or a row's block, so that a title has room above it. */
const LONGEST_LINE = LONGEST_BLOCK - LONGEST_SECTION_TITLE;
const LONGEST_NAME = 120;
const LONGEST_VALUE = 60;
const LONGEST_CELL = 120;

/**
 * The quotes of a line, each with who says it and its source in small print.
 * @param above stands above its label; at most 120 characters.
 */
export function lineBlocks(
  line: BriefingLine,
  exchange: string,
  strings: Strings,
  above: readonly string[] = [],
): Block[] {
  const last = line.citations.length - 1;
  const claim = isTimeSaid(line) ? { ...line, asOf: null } : line;
  return line.citations.map((citation, at) => {
    const label = at === 0 ? [...above, ...labelLines(line.label, citation, strings)] : [];
    const required = [...claimLines(citation, claim, strings), originOf(citation, line, strings)];
    const optional = [
      ...derivedLines(citation.source, citation.path, strings),
      ...(at === last ? corroborationNotes(line.corroboration, strings) : []),
    ];
    const top = [...label, ...opinionLines(citation, line, strings)];
    // A quote is shown whole or not at all, and never without its source.
    const whole = [...top, quoted(citation.quote.text), ...required];
    const shown = lengthOf(whole) <= LONGEST_LINE ? whole : [...top, `*${strings.answer.tooLong}*`, ...required];
    return {
      components: [text(withRoomFor(shown, optional).join("\n"))],
      button: contextButton(citation, exchange, strings),
      quotes: [citation.quote],
    };
  });
}

/** Whether the label of a line is its time. */
function isTimeSaid({ label, asOf }: BriefingLine): boolean {
  const period = label?.kind === "date" ? label.period : null;
  return asOf?.basis === "quote" && !asOf.isOlder && asOf.from === period?.from && asOf.to === period.to;
}

/** Lines of small print as long as there is room for them. */
function withRoomFor(lines: readonly string[], optional: readonly string[]): string[] {
  const shown = [...lines];
  for (const each of optional) if (lengthOf([...shown, `-# ${each}`]) <= LONGEST_LINE) shown.push(`-# ${each}`);
  return shown;
}

function lengthOf(lines: readonly string[]): number {
  return lines.join("\n").length;
}

/** "[2] A title · PICSS · 2025-02 · reliability B", in small print. */
function originOf(citation: Citation, line: BriefingLine | null, strings: Strings): string {
  const said = {
    isKind: isOpinion(citation.source, line?.voice ?? null),
    isTitle: line?.label?.kind === "report" && line.citations[0] === citation,
  };
  return `-# [${citation.number}] ${shortOriginLine(citation.source, strings, said)}`;
}

function contextButton({ number }: Citation, exchange: string, { buttons }: Strings): Button | undefined {
  const id = customId({ kind: "open", exchange, view: "around", quote: number });
  return id === null ? undefined : button(id, buttons.passage(number));
}

function labelLines(label: LineLabel | null, { source }: Citation, strings: Strings): string[] {
  switch (label?.kind) {
    case undefined:
      return [];
    case "date":
      return [`**${periodWords(label.period, strings)}**`];
    case "name":
      return [`**${part(label.name, LONGEST_NAME)}**`];
    case "report": {
      const why = label.why.map((reason) => reasonWords(reason, strings));
      const { briefings } = strings;
      return [`**${part(source.title)}**`, ...(why.length === 0 ? [] : [`-# ${briefings.why(why.join("; "))}`])];
    }
  }
}

function reasonWords(reason: ReadingReason, { briefings, source }: Strings): string {
  if (reason.kind === "quoted") return briefings.quotedTimes(reason.times);
  return reason.kind === "reliable"
    ? briefings.reliable(source.reliability(reason.grade))
    : briefings.reasons[reason.kind];
}

/** Most rows of one sentence in one block. */
const MOST_ROWS = 2;

/** Rows of the table of figures: those that follow each other and are read from one sentence stand together. */
export function rowBlocks(rows: readonly FigureRow[], exchange: string, strings: Strings): Block[] {
  return bySentence(rows).map(({ citation, rows: together }) => {
    const opinion = opinionLines(citation, null, strings);
    const origin = originOf(citation, null, strings);
    let room = LONGEST_LINE - lengthOf([...opinion, ...together.map((row) => rowLine(row, strings)), origin]);
    const fitting = (notes: readonly string[]) =>
      notes.flatMap((note) => {
        room -= note.length + 4;
        return room < 0 ? [] : [`-# ${note}`];
      });
    const lines = together.flatMap((row) => [
      rowLine(row, strings),
      ...fitting(corroborationNotes(row.alsoIn, strings)),
    ]);
    const derived = fitting(derivedLines(citation.source, citation.path, strings));
    return {
      components: [text([...opinion, ...lines, origin, ...derived].join("\n"))],
      button: contextButton(citation, exchange, strings),
      quotes: [citation.quote],
    };
  });
}

interface RowsOfSentence {
  readonly citation: Citation;
  readonly rows: readonly FigureRow[];
}

function bySentence(rows: readonly FigureRow[]): RowsOfSentence[] {
  const groups: RowsOfSentence[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    const isSame = last !== undefined && last.citation.number === row.citation.number && last.rows.length < MOST_ROWS;
    if (isSame) groups[groups.length - 1] = { ...last, rows: [...last.rows, row] };
    else groups.push({ citation: row.citation, rows: [row] });
  }
  return groups;
}

/** "**over 600** militant attacks · July 2024 · Pakistan · according to PICSS · up, compared with 2023 [1]". */
function rowLine(row: FigureRow, strings: Strings): string {
  const { place, who, counted, value, citation } = row;
  const parts = [
    `**${part(value.text, LONGEST_VALUE)}** ${part(counted.text, LONGEST_CELL)}`,
    rowTime(row, strings),
    ...(place === null ? [] : [part(place.text, LONGEST_CELL)]),
    // Whom nobody names but the report's own head stands below with the report.
    ...(who === null || who.at === null ? [] : [strings.briefings.according(whoWords(who.text))]),
    ...changeWords(row, strings),
  ];
  return `${parts.join(" · ")} [${citation.number}]`;
}

/** The words of the report, with what they mean where they do not tell the year; else what tells the time beside them. */
function rowTime({ period, time }: FigureRow, strings: Strings): string {
  if (time === null) return period === null ? strings.briefings.noTime : part(period.text, LONGEST_CELL);
  const meant = periodWords(time, strings);
  if (period === null || period.at === null) {
    return time.basis === "quote" ? meant : strings.claim.asOf[time.basis](meant);
  }
  const words = part(period.text, LONGEST_CELL);
  return period.text.includes(time.from.slice(0, 4)) ? words : `${words} (${meant})`;
}

/** A change always with its base, or that there is none. */
function changeWords({ change, base }: FigureRow, strings: Strings): string[] {
  if (change === null) return [];
  const { briefings } = strings;
  const meant = change.base === null ? null : periodWords(change.base, strings);
  const words = base === null || (base.at === null && meant !== null) ? meant : part(base.text, LONGEST_CELL);
  const isUp = change.direction === "up";
  if (words === null) return [isUp ? briefings.upOfUnknown : briefings.downOfUnknown];
  return [(isUp ? briefings.up : briefings.down)(words)];
}
