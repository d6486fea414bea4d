/** Measures the checking of statements on a labelled set. */

import { parse } from "yaml";
import { z } from "zod";
import { VERDICTS, type Verdict } from "../domain/check.ts";
import { SitrepError } from "../domain/errors.ts";
import type { Checking } from "../domain/service.ts";
import { plural } from "./report.ts";

const HALVES = ["fit", "report"] as const;
type Half = (typeof HALVES)[number];

const KINDS = [
  "paraphrase",
  "figure-changed",
  "period-changed",
  "subject-swapped",
  "negated",
  "invented",
  "hearsay",
  "partly-right",
  "message",
] as const;

const verdictSchema = z.enum(VERDICTS, `must be one of ${VERDICTS.join(", ")}`);
const caseSchema = z.strictObject({
  id: z.string().min(1, "must not be empty"),
  half: z.enum(HALVES, `must be one of ${HALVES.join(", ")}`),
  kind: z.enum(KINDS, `must be one of ${KINDS.join(", ")}`),
  text: z.string().min(1, "must not be empty"),
  verdict: z.union([verdictSchema.transform((verdict) => [verdict]), z.array(verdictSchema).min(1)]),
  reported: z.array(z.string()).default([]),
});

/** A text with the verdicts that its statements should get, in order. */
export type CheckCase = z.infer<typeof caseSchema>;

/**
 * The labelled texts of a set.
 * @param file name for messages.
 * @throws {SitrepError} "bad-input", naming what is wrong and where.
 */
export function parseChecks(yaml: string, file: string): readonly CheckCase[] {
  const fault = (message: string) =>
    new SitrepError("bad-input", `${file}: ${message}`, { hint: "eval/checks.yaml shows the form of an entry." });
  let data: unknown;
  try {
    data = parse(yaml);
  } catch (error) {
    throw fault(error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
  const parsed = z.strictObject({ checks: z.array(caseSchema).min(1, "must not be empty") }).safeParse(data);
  if (!parsed.success) {
    throw fault(parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`).join("; "));
  }
  const ids = parsed.data.checks.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw fault(`the id ${twice} is there twice`);
  return parsed.data.checks;
}

/** What a statement should have got and what it got; null where there was no such statement. */
export interface JudgedStatement {
  readonly wanted: Verdict | null;
  readonly got: Verdict | null;
}

/** A text with what came of it. */
export interface JudgedCheck {
  readonly check: CheckCase;
  readonly statements: readonly JudgedStatement[];
  /** Whether one of the figures that the reports have was named, where one should be; null where none should. */
  readonly namesFigure: boolean | null;
  readonly quotes: readonly string[];
  readonly milliseconds: number;
}

/**
 * Checks every text in turn.
 * @throws {SitrepError} "cancelled" when the signal is aborted; what `check` throws.
 */
export async function evaluateChecks(
  sitrep: Checking,
  checks: readonly CheckCase[],
  options: { signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<readonly JudgedCheck[]> {
  const judged: JudgedCheck[] = [];
  for (const check of checks) {
    if (options.signal?.aborted) throw new SitrepError("cancelled", "The evaluation was interrupted");
    const { statements, milliseconds } = await sitrep.check(check.text, { signal: options.signal });
    const count = Math.max(check.verdict.length, statements.length);
    const differences = statements.flatMap((statement) => statement.differences);
    judged.push({
      check,
      statements: Array.from({ length: count }, (_, index) => ({
        wanted: check.verdict[index] ?? null,
        got: statements[index]?.verdict ?? null,
      })),
      namesFigure:
        check.reported.length === 0 || differences.length === 0
          ? null
          : differences.some(({ reported }) => check.reported.includes(reported)),
      quotes: statements.flatMap(({ citations }) => citations.map(({ quote }) => quote.text)),
      milliseconds,
    });
    options.onProgress?.(judged.length, checks.length);
  }
  return judged;
}

/** A count of right ones among a count of all. */
export interface Ratio {
  readonly right: number;
  readonly of: number;
}

export interface CheckFigures {
  readonly texts: number;
  /** How often what should have been the first was the second; "none" for a statement that is not there. */
  readonly confusion: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly precision: Readonly<Record<Verdict, Ratio>>;
  readonly recall: Readonly<Record<Verdict, Ratio>>;
  /** Of the contradicted, how many name the figure that the reports have. */
  readonly figuresNamed: Ratio;
  readonly slowest: number;
}

/** The figures of some texts. */
export function checkFigures(judged: readonly JudgedCheck[]): CheckFigures {
  const statements = judged.flatMap((each) => each.statements);
  const count = (test: (statement: JudgedStatement) => boolean) => statements.filter(test).length;
  const columns = [...VERDICTS, null];
  const name = (verdict: Verdict | null) => verdict ?? "none";
  const each = (ratio: (verdict: Verdict) => Ratio) =>
    Object.fromEntries(VERDICTS.map((verdict) => [verdict, ratio(verdict)])) as Record<Verdict, Ratio>;
  const isRight = (verdict: Verdict) => count(({ wanted, got }) => wanted === verdict && got === verdict);
  const named = judged.flatMap(({ namesFigure }) => (namesFigure === null ? [] : [namesFigure]));
  return {
    texts: judged.length,
    confusion: Object.fromEntries(
      columns.map((wanted) => [
        name(wanted),
        Object.fromEntries(
          columns.map((got) => [name(got), count((each) => each.wanted === wanted && each.got === got)]),
        ),
      ]),
    ),
    precision: each((verdict) => ({ right: isRight(verdict), of: count(({ got }) => got === verdict) })),
    recall: each((verdict) => ({ right: isRight(verdict), of: count(({ wanted }) => wanted === verdict) })),
    figuresNamed: { right: named.filter(Boolean).length, of: named.length },
    slowest: Math.max(0, ...judged.map(({ milliseconds }) => milliseconds)),
  };
}

/** The figures of each half as text, ending in a line break. */
export function formatChecks(judged: readonly JudgedCheck[], file: string): string {
  const lines: string[] = [];
  for (const half of HALVES) {
    const own = judged.filter(({ check }) => check.half === half);
    if (own.length > 0) lines.push(...halfOf(half, checkFigures(own), file), "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}

function halfOf(half: Half, figures: CheckFigures, file: string): string[] {
  const names = [...VERDICTS, "none"];
  const cells = [
    ["should be \\ is", ...names],
    ...names.map((wanted) => [wanted, ...names.map((got) => String(figures.confusion[wanted]?.[got] ?? 0))]),
  ];
  const what = half === "fit" ? "tuned on" : "held out";
  return [
    `${file}, ${what}: ${plural(figures.texts, "text")}, the slowest ${figures.slowest.toFixed(0)} ms`,
    "",
    ...cells.map(([first = "", ...rest]) => first.padEnd(16) + rest.map((cell) => cell.padStart(14)).join("")),
    "",
    ...VERDICTS.map(
      (verdict) =>
        `${verdict.padEnd(16)}precision ${shown(figures.precision[verdict])}, recall ${shown(figures.recall[verdict])}`,
    ),
    `contradicted with the right figure: ${shown(figures.figuresNamed)}`,
  ];
}

function shown({ right, of }: Ratio): string {
  return of === 0 ? "-" : `${((100 * right) / of).toFixed(1)}% (${right} of ${of})`;
}

/** Each text that went wrong with what was quoted, ending in a line break; "" when none did. */
export function formatCheckFailures(judged: readonly JudgedCheck[]): string {
  return judged
    .filter(isCheckFailure)
    .map(({ check, statements, quotes }) => {
      const list = (side: "wanted" | "got") => statements.map((each) => each[side] ?? "none").join(", ");
      const text = check.text.replace(/\s+/gu, " ");
      return [
        `${check.id}: ${text}`,
        `  should be ${list("wanted")}; is ${list("got")}`,
        ...quotes.map((quote) => `  quoted: "${quote.replace(/\s+/gu, " ")}"`),
        "",
      ].join("\n");
    })
    .join("\n");
}

function isCheckFailure({ statements, namesFigure }: JudgedCheck): boolean {
  return namesFigure === false || statements.some(({ wanted, got }) => wanted !== got);
}
