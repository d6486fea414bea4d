/** The batch form: the questions of a file, asked of a folder of reports, the answers written a line each. */

import { type FileHandle, mkdir, open, readFile } from "node:fs/promises";
import { dirname, posix } from "node:path";
import { z } from "zod";
import type { SpanJson } from "../domain/answer-json.ts";
import { SitrepError } from "../domain/errors.ts";
import type { PartialDate } from "../domain/report.ts";
import type { Sitrep } from "../domain/service.ts";
import { type Asked, askOnce } from "./run.ts";

/** A question of the file; other members of its line are ignored. */
export interface BatchQuestion {
  readonly id: string | number;
  readonly question: string;
}

/** What is written for a question, in this order of members. */
export interface Prediction {
  readonly id: string | number;
  readonly answer: string;
  readonly quotes: readonly SpanJson[];
  readonly abstained: boolean;
  readonly retrieved: readonly SpanJson[];
  readonly latency_ms: number;
  readonly error?: string;
}

/** What the manifest says about a file; it wins over what the file says about itself. */
export interface SourceOverride {
  readonly title?: string;
  readonly publisher?: string;
  readonly published?: PartialDate;
  readonly url?: string;
}

export interface BatchTally {
  readonly questions: number;
  readonly abstained: number;
  readonly failed: number;
  readonly milliseconds: readonly number[];
}

const questionSchema = z.object(
  {
    id: z.union([z.string().min(1), z.number()], "id: must be text or a number"),
    question: z.string("question: must be text"),
  },
  "must be an object with an id and a question",
);

/** The most faults that one message lists. */
const LISTED_FAULTS = 20;

/**
 * The questions of a JSON Lines text. Empty lines are skipped.
 * @param file name for messages.
 * @throws {SitrepError} "bad-input", naming every bad line by its number.
 */
export function parseBatchQuestions(jsonl: string, file: string): readonly BatchQuestion[] {
  const problems: string[] = [];
  const questions: BatchQuestion[] = [];
  const firstLine = new Map<string | number, number>();
  for (const [index, text] of jsonl
    .replace(/^\uFEFF/u, "")
    .split("\n")
    .entries()) {
    if (text.trim() === "") continue;
    const line = index + 1;
    const raw = parseJson(text);
    if (raw === undefined) {
      problems.push(`line ${line}: not JSON`);
      continue;
    }
    const parsed = questionSchema.safeParse(raw);
    if (!parsed.success) {
      problems.push(`line ${line}: ${parsed.error.issues.map((issue) => issue.message).join(", ")}`);
      continue;
    }
    const earlier = firstLine.get(parsed.data.id);
    if (earlier !== undefined) problems.push(`line ${line}: id ${parsed.data.id} is already on line ${earlier}`);
    else firstLine.set(parsed.data.id, line);
    questions.push(parsed.data);
  }
  if (problems.length > 0) throw badFile(file, problems, "Each line must be an object with an id and a question.");
  if (questions.length === 0) throw badFile(file, ["there is no question in it"]);
  return questions;
}

/** At the start of a text that may go on with a remark: a date by day, month or year; a web address. */
const LEADING_DATE = /^[1-9]\d{3}(?:-\d{2}(?:-\d{2})?)?(?=$|[T\s])/u;
const LEADING_ADDRESS = /^https?:\/\/\S+/iu;
const LONGEST_ADDRESS = 2000;
const manifestText = (name: string) => z.string(`${name}: must be text`).trim();
const manifestSchema = z.object(
  {
    file: manifestText("file").min(1, "file: must not be empty"),
    title: manifestText("title").nullish(),
    publisher: manifestText("publisher").nullish(),
    date: manifestText("date").nullish(),
    url: manifestText("url").nullish(),
  },
  "must be an object",
);

/**
 * What a manifest says about each file, by path inside the corpus folder. Unknown members are ignored;
 * null, "" and absent all mean unknown. A date or an address that is none ("2020-2024") is left unknown,
 * with a warning.
 * @param file name for messages.
 * @throws {SitrepError} "bad-input", naming every bad entry by its 1-based position.
 */
export function parseManifest(
  json: string,
  file: string,
  warn: (message: string) => void,
): ReadonlyMap<string, SourceOverride> {
  const raw = z.array(z.unknown()).safeParse(parseJson(json.replace(/^\uFEFF/u, "")));
  if (!raw.success) throw badFile(file, ["must be a JSON list of { file, title, publisher, date, url }"]);
  const problems: string[] = [];
  const overrides = new Map<string, SourceOverride>();
  for (const [index, entry] of raw.data.entries()) {
    const parsed = manifestSchema.safeParse(entry);
    if (!parsed.success) {
      const reasons = parsed.error.issues.map((issue) => issue.message);
      problems.push(`entry ${index + 1}: ${reasons.join(", ")}`);
      continue;
    }
    const { title, publisher, date, url } = parsed.data;
    const path = posix.normalize(parsed.data.file.replaceAll("\\", "/"));
    if (overrides.has(path)) problems.push(`entry ${index + 1}: there is an entry for ${path} already`);
    const usable = (what: string, value: string | null | undefined, read: (text: string) => string | undefined) => {
      const found = value ? read(value) : undefined;
      if (value && found === undefined) {
        warn(`${file}: the ${what} of ${path} is left unknown: ${JSON.stringify(value)}`);
      }
      return found;
    };
    const published = usable("date", date, leadingDate);
    const address = usable("address", url, leadingAddress);
    overrides.set(path, {
      ...(title ? { title } : {}),
      ...(publisher ? { publisher } : {}),
      ...(published ? { published } : {}),
      ...(address ? { url: address } : {}),
    });
  }
  if (problems.length > 0) throw badFile(file, problems);
  return overrides;
}

function leadingDate(text: string): PartialDate | undefined {
  const date = LEADING_DATE.exec(text)?.[0];
  // Date.parse refuses a 13th month, and rolls 30 February over to March.
  const time = date === undefined ? Number.NaN : Date.parse(date);
  return date !== undefined && !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) ? date : undefined;
}

function leadingAddress(text: string): string | undefined {
  const address = LEADING_ADDRESS.exec(text)?.[0];
  if (address === undefined || address.length > LONGEST_ADDRESS || !URL.canParse(address)) return undefined;
  const { username, password } = new URL(address);
  return username === "" && password === "" ? address : undefined;
}

/** What is written for a question. */
export function predictionOf(id: string | number, { answer, error, milliseconds }: Asked): Prediction {
  const latency_ms = Math.round(milliseconds * 100) / 100;
  if (error !== null) return { id, answer: "", quotes: [], abstained: false, retrieved: [], latency_ms, error };
  const { quotes, abstained, retrieved } = answer;
  return { id, answer: answer.answer, quotes, abstained, retrieved, latency_ms };
}

/** What is written for a blank question: nothing was asked, so nothing is answered; that is no fault of a run. */
function nothingAsked(id: string | number): Prediction {
  return { id, answer: "", quotes: [], abstained: true, retrieved: [], latency_ms: 0 };
}

/**
 * Asks every question in turn and writes each answer as soon as it is there, so that an interrupted run
 * leaves what it has.
 * @param writeLine takes one JSON object with its line break.
 * @throws {SitrepError} "cancelled" when the signal is aborted.
 */
export async function writePredictions(
  sitrep: Pick<Sitrep, "ask">,
  questions: readonly BatchQuestion[],
  writeLine: (line: string) => Promise<unknown>,
  options: { signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<BatchTally> {
  const milliseconds: number[] = [];
  let abstained = 0;
  let failed = 0;
  for (const { id, question } of questions) {
    const isBlank = question.trim() === "";
    const prediction = isBlank ? nothingAsked(id) : predictionOf(id, await askOnce(sitrep, question, options.signal));
    if (prediction.error !== undefined) failed++;
    else if (prediction.abstained) abstained++;
    await writeLine(`${JSON.stringify(prediction)}\n`);
    milliseconds.push(prediction.latency_ms);
    options.onProgress?.(milliseconds.length, questions.length);
  }
  return { questions: questions.length, abstained, failed, milliseconds };
}

/**
 * A file that the person named.
 * @throws {SitrepError} "bad-input" when it cannot be read.
 */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (fault) {
    throw new SitrepError("bad-input", `Cannot read ${path}: ${reasonOf(fault)}`, { cause: fault });
  }
}

/**
 * Opens the file of answers; what it held is replaced, missing folders are made.
 * @throws {SitrepError} "bad-input" when it cannot be written.
 */
export async function openOutput(path: string): Promise<FileHandle> {
  try {
    await mkdir(dirname(path), { recursive: true });
    return await open(path, "w");
  } catch (fault) {
    throw new SitrepError("bad-input", `Cannot write ${path}: ${reasonOf(fault)}`, { cause: fault });
  }
}

function reasonOf(fault: unknown): string {
  const code = fault instanceof Error && "code" in fault ? String(fault.code) : null;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES") return "not allowed";
  return fault instanceof Error ? fault.message : String(fault);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function badFile(file: string, problems: readonly string[], hint?: string): SitrepError {
  const listed = problems.slice(0, LISTED_FAULTS);
  if (problems.length > LISTED_FAULTS) listed.push(`and ${problems.length - LISTED_FAULTS} more`);
  return new SitrepError("bad-input", `${file}: ${listed.join("; ")}`, hint === undefined ? {} : { hint });
}
