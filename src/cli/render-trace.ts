/** How an answer came about: what was understood, how each hit ranked, how each sentence was judged. */

import type { Hit, QuestionSummary } from "../domain/retrieval.ts";
import type { AskResult, EvidenceTrace } from "../domain/service.ts";
import { oneLine } from "../domain/visible.ts";
import type { RenderStyle } from "./render-answer.ts";
import { type Column, table, wrap } from "./terminal.ts";

/** The trace for programs: the field `trace` of `ask --json`. */
export interface TraceJson {
  readonly understood: QuestionSummary;
  readonly hits: readonly {
    readonly doc: string;
    readonly start: number;
    readonly end: number;
    readonly lexicalRank: number | null;
    readonly lexicalScore: number | null;
    readonly denseRank: number | null;
    readonly denseScore: number | null;
    readonly score: number;
    readonly why: readonly string[];
  }[];
  readonly evidence: readonly EvidenceTrace[];
}

export function traceJson({
  question,
  retrieved,
  evidence,
}: Pick<AskResult, "question" | "retrieved" | "evidence">): TraceJson {
  const hits = retrieved.map(
    ({ passage, reportPath, lexicalRank, lexicalScore, denseRank, denseScore, score, why }) => {
      return {
        doc: reportPath,
        start: passage.start,
        end: passage.end,
        lexicalRank,
        lexicalScore,
        denseRank,
        denseScore,
        score,
        why,
      };
    },
  );
  return { understood: question, hits, evidence };
}

/** The trace for a person, as aligned tables; under each row stands what does not fit into a column. */
export function renderTrace(
  result: Pick<AskResult, "question" | "retrieved" | "evidence" | "milliseconds">,
  style: Pick<RenderStyle, "width" | "colors">,
): string {
  const { question, retrieved, evidence, milliseconds } = result;
  const { bold } = style.colors;
  const lines = [
    bold("Understood"),
    ...understoodLines(question, style.width),
    "",
    bold(`Retrieved (${retrieved.length})`),
    ...hitLines(retrieved, style),
    "",
    bold(`Evidence (${evidence.length})`),
    ...evidenceLines(evidence, style),
    "",
    `${milliseconds.toFixed(0)} ms`,
  ];
  return `${lines.join("\n")}\n`;
}

function understoodLines({ text, wants, names, period, expansions }: QuestionSummary, width: number): string[] {
  return [
    ["question", oneLine(text)],
    ["wants", oneLine(wants)],
    ["names", names.map(oneLine).join(", ") || "none"],
    ["period", period === null ? "none" : `${period.from} to ${period.to}`],
    ["expansions", expansions.map(oneLine).join(", ") || "none"],
  ].flatMap(([label = "", value = ""]) =>
    wrap(value, width - 12).map((line, at) => `${(at === 0 ? label : "").padEnd(12)}${line}`),
  );
}

function hitLines(hits: readonly Hit[], style: Pick<RenderStyle, "width" | "colors">): string[] {
  const columns: Column[] = [
    { title: "#", right: true },
    { title: "fused", right: true },
    { title: "lexical rank", right: true },
    { title: "BM25", right: true },
    { title: "dense rank", right: true },
    { title: "cosine", right: true },
    { title: "paragraph", right: true },
    { title: "report" },
  ];
  const rows = hits.map((hit, at) => [
    `${at + 1}`,
    hit.score.toFixed(3),
    hit.lexicalRank?.toString() ?? "-",
    hit.lexicalScore?.toFixed(2) ?? "-",
    hit.denseRank?.toString() ?? "-",
    hit.denseScore?.toFixed(3) ?? "-",
    `${hit.passage.locator.paragraph}`,
    oneLine(hit.passage.reportId),
  ]);
  return tableWithNotes(
    columns,
    rows,
    hits.map((hit) => hit.why.map(oneLine).join("; ")),
    style,
  );
}

function evidenceLines(evidence: readonly EvidenceTrace[], style: Pick<RenderStyle, "width" | "colors">): string[] {
  // The parts differ from judge to judge: every one that says something gets its column, in the order met.
  const parts = [...new Set(evidence.flatMap((each) => Object.keys(each.parts)))].filter((part) =>
    evidence.some((each) => (each.parts[part] ?? 0) !== 0),
  );
  const columns: Column[] = [
    { title: "score", right: true },
    ...parts.map((title) => ({ title: oneLine(title), right: true })),
    { title: "fate" },
  ];
  const rows = evidence.map((each) => [
    each.score.toFixed(3),
    ...parts.map((part) => each.parts[part]?.toFixed(2) ?? "-"),
    oneLine(each.fate),
  ]);
  return tableWithNotes(
    columns,
    rows,
    evidence.map((each) => `${oneLine(each.reportId)}: ${oneLine(each.text)}`),
    style,
  );
}

/** Columns that a note stands in from the left. */
const NOTE_INDENT = 4;

function tableWithNotes(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  notes: readonly string[],
  { width, colors }: Pick<RenderStyle, "width" | "colors">,
): string[] {
  const lines = table(columns, rows);
  const body = lines.slice(lines.length - rows.length);
  const head = lines.slice(0, lines.length - rows.length);
  const noteLines = (note: string) =>
    note === "" ? [] : wrap(note, width - NOTE_INDENT).map((line) => colors.dim(" ".repeat(NOTE_INDENT) + line));
  return [...head.map(colors.dim), ...body.flatMap((line, at) => [line, ...noteLines(notes[at] ?? "")])];
}
