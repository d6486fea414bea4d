/** The project's own question sets: what an entry must look like, and where its evidence lies in the reports. */

import { isAlias, isNode, LineCounter, parseDocument } from "yaml";
import { z } from "zod";
import { SitrepError } from "../domain/errors.ts";
import type { Span } from "../domain/passage.ts";
import type { Sitrep } from "../domain/service.ts";
import {
  ANSWERABLE_TYPES,
  CASE_TYPES,
  type CaseType,
  UNANSWERABLE_SUBTYPES,
  type UnanswerableSubtype,
} from "./case-types.ts";

const filled = z.string("must be text: put it in quotes").trim().min(1, "must not be empty");

const answerableSchema = z.strictObject({
  id: filled,
  type: z.enum(ANSWERABLE_TYPES),
  question: filled,
  must: z
    .array(z.array(filled, "must be a list of lists of text").min(1, "must not be empty"), "must be a list of lists")
    .min(1, "must not be empty"),
  evidence: z
    .array(z.strictObject({ report: filled, text: filled }), "must be a list of { report, text }")
    .min(1, "must not be empty"),
  any: z.boolean().default(false),
});

const unanswerableSchema = z.strictObject({
  id: filled,
  type: z.literal("unanswerable"),
  subtype: z.enum(UNANSWERABLE_SUBTYPES, `must be one of ${UNANSWERABLE_SUBTYPES.join(", ")}`),
  question: z.string("must be text: put it in quotes"),
});

const entrySchema = z.discriminatedUnion("type", [answerableSchema, unanswerableSchema], {
  error: (issue) => (issue.code === "invalid_union" ? `must be one of ${CASE_TYPES.join(", ")}` : undefined),
});

type Entry = z.infer<typeof entrySchema>;

/** One question of a set, with the 1-based line it begins on. */
export type QuestionCase = Entry & { readonly line: number };

/** A span of a report that carries the answer; where its text occurs more than once, every place counts. */
export interface Evidence {
  /** Path of the report inside the corpus folder. */
  readonly doc: string;
  /** At least one. */
  readonly spans: readonly Span[];
}

/** What the scorer needs to know about a question. */
export interface ScoredCase {
  readonly id: string;
  readonly type: CaseType;
  readonly subtype: UnanswerableSubtype | null;
  readonly question: string;
  /** Every group must have one member in the quotes. Empty for an unanswerable question. */
  readonly must: readonly (readonly string[])[];
  readonly evidence: readonly Evidence[];
  /** One of `evidence` is enough. */
  readonly any: boolean;
}

/**
 * The questions of a set.
 * @param file name for messages.
 * @throws {SitrepError} "bad-input", naming every bad entry by its line.
 */
export function parseCases(yaml: string, file: string): readonly QuestionCase[] {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const lineAt = (offset: number) => lines.linePos(offset).line;
  if (document.errors.length > 0) {
    throw badCases(
      file,
      document.errors.map((error) => [lineAt(error.pos[0]), plainYamlMessage(error.message)] as const),
    );
  }
  /** The line of the innermost part of `path` that is there. */
  const lineOf = (path: readonly PropertyKey[]): number => {
    for (let length = path.length; length >= 0; length--) {
      const node = document.getIn(path.slice(0, length), true);
      if (isNode(node) && !isAlias(node) && node.range) return lineAt(node.range[0]);
    }
    return 1;
  };

  const parsed = z.strictObject({ questions: z.array(z.unknown()) }).safeParse(document.toJS());
  if (!parsed.success) throw badCases(file, [[1, "must have one top-level key, `questions`, with a list"]]);

  const problems: (readonly [line: number, problem: string])[] = [];
  const cases: QuestionCase[] = [];
  const firstLine = new Map<string, number>();
  for (const [index, raw] of parsed.data.questions.entries()) {
    const line = lineOf(["questions", index]);
    const entry = entrySchema.safeParse(raw);
    if (!entry.success) {
      for (const issue of entry.error.issues) {
        const where = issue.path.map(String).join(".");
        problems.push([lineOf(["questions", index, ...issue.path]), `${where ? `${where}: ` : ""}${issue.message}`]);
      }
      continue;
    }
    const earlier = firstLine.get(entry.data.id);
    if (earlier !== undefined) problems.push([line, `id: ${entry.data.id} is already on line ${earlier}`]);
    else firstLine.set(entry.data.id, line);
    cases.push({ ...entry.data, line });
  }
  if (problems.length > 0) throw badCases(file, problems);
  if (cases.length === 0) throw badCases(file, [[1, "questions: must not be empty"]]);
  return cases;
}

/**
 * The questions with their evidence found in the reports. Runs of white space are compared as one space,
 * because YAML folds lines.
 * @throws {SitrepError} "bad-input", naming every evidence text that is in no such report, by its entry's line.
 */
export async function locateEvidence(
  cases: readonly QuestionCase[],
  sitrep: Pick<Sitrep, "reports" | "reportText">,
  file: string,
): Promise<readonly ScoredCase[]> {
  const paths = new Map((await sitrep.reports()).map(({ id, path }) => [id, path]));
  const texts = new Map<string, string>();
  const problems: (readonly [line: number, problem: string])[] = [];
  const located: ScoredCase[] = [];
  for (const { line, ...entry } of cases) {
    const { id, type, question } = entry;
    if (entry.type === "unanswerable") {
      located.push({ id, type, subtype: entry.subtype, question, must: [], evidence: [], any: false });
      continue;
    }
    const evidence: Evidence[] = [];
    for (const { report, text } of entry.evidence) {
      const doc = paths.get(report);
      if (doc === undefined) {
        problems.push([line, `${id}: there is no report ${report}`]);
        continue;
      }
      const canonical = texts.get(report) ?? (await sitrep.reportText(report));
      texts.set(report, canonical);
      const spans = occurrences(canonical, text);
      if (spans.length === 0) problems.push([line, `${id}: not in ${report}: "${text}"`]);
      else evidence.push({ doc, spans });
    }
    located.push({ id, type, subtype: null, question, must: entry.must, evidence, any: entry.any });
  }
  if (problems.length > 0) throw badCases(file, problems);
  return located;
}

/** Every place where `fragment` stands in `text`, white space compared as one space. */
export function occurrences(text: string, fragment: string): readonly Span[] {
  const words = fragment.split(/\s+/u).filter((word) => word !== "");
  if (words.length === 0) return [];
  const pattern = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/gu, "\\$&")).join("\\s+");
  return Array.from(text.matchAll(new RegExp(pattern, "gu")), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The first line of the parser's message, without its own position and excerpt. */
function plainYamlMessage(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/u, "");
}

/** The most faults that one message lists. */
const LISTED_FAULTS = 20;

function badCases(file: string, problems: readonly (readonly [line: number, problem: string])[]): SitrepError {
  const listed = problems.slice(0, LISTED_FAULTS).map(([line, problem]) => `line ${line}: ${problem}`);
  if (problems.length > LISTED_FAULTS) listed.push(`and ${problems.length - LISTED_FAULTS} more`);
  return new SitrepError("bad-input", `${file}: ${listed.join("; ")}`, {
    hint: "The questions of eval/questions.yaml show the form of an entry.",
  });
}
