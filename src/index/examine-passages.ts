/** Whether every stored passage is still what its report says, and has its vectors. */

import type { Database } from "better-sqlite3";
import { SitrepError } from "../domain/errors.ts";
import { counted, type Finding, fault, named, well } from "../domain/health.ts";
import { type PassageRow, passageOf, type Snapshot, vectorOf } from "./records.ts";

/** Passages read at once. */
const PAGE_ROWS = 200;
const REMEDY = "Run `npm run ingest -- --force`: it reads and embeds every report again.";

export interface PassagesExamination {
  readonly snapshot: Snapshot;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface ReportRow {
  readonly id: string;
  readonly text: string;
  readonly reading: string | null;
  readonly pages: string;
}

interface ExaminedRow extends PassageRow {
  readonly model: string | null;
  readonly dimensions: number | null;
  readonly vector: Buffer | null;
  readonly sentence_bytes: number | null;
}

/** What can be wrong, with the words for it after "N passages" or "N reports". */
const PROBLEMS = {
  unreadable: "cannot be read",
  slice: "not, character for character, what the report says there",
  reading: "have a reading view of another length than the text",
  sentences: "have sentences that overlap or leave the passage",
  order: "out of order",
  pages: "have pages that do not follow one another in the text",
  noEmbedding: "without an embedding",
  otherModel: "have an embedding of another model or length than the index",
  noDirection: "have an embedding without a direction",
  sentenceVectors: "have another number of sentence vectors than sentences",
} as const;
type Problem = keyof typeof PROBLEMS;

/**
 * Goes through every report, one text at a time. Nothing is changed.
 * @param database open on one snapshot.
 * @throws {SitrepError} "cancelled" by the signal; what SQLite throws for a damaged database.
 */
export async function examinePassages(database: Database, examination: PassagesExamination): Promise<Finding[]> {
  const { snapshot, onProgress, signal } = examination;
  const ids = database.prepare<[], string>("SELECT id FROM reports ORDER BY id").pluck().all();
  const report = database.prepare<[string], ReportRow>("SELECT id, text, reading, pages FROM reports WHERE id = ?");
  const page = database.prepare<[string, number, number], ExaminedRow>(
    `SELECT passages.*, model, dimensions, vector, length(sentence_vectors) AS sentence_bytes
     FROM passages LEFT JOIN embeddings ON key = embedding_key
     WHERE report_id = ? AND ordinal > ? ORDER BY ordinal LIMIT ?`,
  );
  const found = new Map<Problem, string[]>();
  const note = (problem: Problem, where: string) => {
    const places = found.get(problem);
    if (places === undefined) found.set(problem, [where]);
    else places.push(where);
  };
  let done = 0;
  for (const id of ids) {
    const text = report.get(id);
    if (text === undefined) continue;
    for (const problem of problemsOfReport(text)) note(problem, id);
    let before = { ordinal: -1, start: -1 };
    for (;;) {
      const rows = page.all(id, before.ordinal, PAGE_ROWS);
      for (const row of rows) {
        const where = `${id} (passage ${row.ordinal})`;
        if (row.ordinal !== before.ordinal + 1 || row.start_offset < before.start) note("order", where);
        for (const problem of problemsOfPassage(row, text, snapshot)) note(problem, where);
        before = { ordinal: row.ordinal, start: row.start_offset };
      }
      done += rows.length;
      onProgress?.(done, snapshot.passages);
      await new Promise(setImmediate);
      if (signal?.aborted === true) throw new SitrepError("cancelled", "The examination was not finished");
      if (rows.length < PAGE_ROWS) break;
    }
  }
  const passages = counted(done, "passage");
  return [
    verdict("index.passages", found, ["unreadable", "slice", "reading", "order"], {
      well: `${passages} of ${counted(ids.length, "report")}, each a slice of its report`,
      many: "passages",
    }),
    verdict("index.sentences", found, ["sentences"], { well: "Every sentence is in its passage", many: "passages" }),
    verdict("index.pages", found, ["pages"], { well: "The pages of every report follow one another", many: "reports" }),
    verdict("index.embeddings", found, ["noEmbedding", "otherModel", "noDirection", "sentenceVectors"], {
      well: `Every passage has its vectors of ${snapshot.dimensions} dimensions`,
      many: "passages",
    }),
  ];
}

function verdict(
  id: `index.${string}`,
  found: ReadonlyMap<Problem, readonly string[]>,
  problems: readonly Problem[],
  words: { readonly well: string; readonly many: string },
): Finding {
  const said = problems.flatMap((problem) => {
    const places = found.get(problem);
    return places === undefined ? [] : [`${words.many} ${PROBLEMS[problem]}: ${places.length}, ${named(places)}`];
  });
  return said.length === 0 ? well(id, words.well) : fault(id, sentence(said.join("; ")), REMEDY);
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function problemsOfReport({ text, reading, pages }: ReportRow): Problem[] {
  const problems: Problem[] = [];
  if (reading !== null && reading.length !== text.length) problems.push("reading");
  const starts: unknown = parsed(pages);
  const isAscending =
    Array.isArray(starts) &&
    starts.every((start: unknown, at) => {
      const least: unknown = at === 0 ? 0 : starts[at - 1];
      return typeof start === "number" && typeof least === "number" && least <= start && start <= text.length;
    });
  if (!isAscending) problems.push("pages");
  return problems;
}

function* problemsOfPassage(row: ExaminedRow, report: ReportRow, snapshot: Snapshot): Generator<Problem> {
  const { text, start_offset: start, end_offset: end } = row;
  if (start >= end || text !== report.text.slice(start, end)) yield "slice";
  if (row.reading !== null && row.reading.length !== text.length) yield "reading";
  const sentences = sentencesOf(row);
  if (sentences === null) yield "unreadable";
  let last = start;
  for (const each of sentences ?? []) {
    if (!(last <= each.start && each.start < each.end && each.end <= end)) {
      yield "sentences";
      break;
    }
    last = each.end;
  }
  const { model, dimensions, vector, sentence_bytes: bytes } = row;
  if (vector === null || dimensions === null || bytes === null) {
    yield "noEmbedding";
    return;
  }
  if (model !== snapshot.model || dimensions !== snapshot.dimensions || vector.length !== 4 * dimensions) {
    yield "otherModel";
    return;
  }
  let sum = 0;
  for (const value of vectorOf(vector)) sum += value * value;
  if (!(sum > 0 && sum < Number.POSITIVE_INFINITY)) yield "noDirection";
  const count = bytes / (4 + dimensions);
  // A model may give no vectors of sentences.
  if (count !== 0 && sentences !== null && count !== sentences.length) yield "sentenceVectors";
}

function sentencesOf(row: PassageRow) {
  try {
    return passageOf(row).sentences;
  } catch {
    return null;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
