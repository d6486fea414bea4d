/** The real script in real processes, and what is left of them. */

import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import type { AnswerJson } from "../../src/domain/answer-json.ts";
import type { IngestSummary } from "../../src/domain/ingest.ts";
import { type Finished, type Folders, type StartOptions, start } from "../cli/processes.ts";
import { namedIn, questionAbout, textOf } from "./reports.ts";

export type Places = Pick<Folders, "root" | "corpus" | "data">;

/** Starts `npm run ingest`, the script that people run. */
export function startIngest(
  args: readonly string[],
  folders: Places,
  environment: Readonly<Record<string, string>> = {},
  options: StartOptions = {},
): ReturnType<typeof start> {
  return start(args, folders, environment, { script: "scripts/ingest.ts", ...options });
}

export function ingest(...parameters: Parameters<typeof startIngest>): Promise<Finished> {
  return startIngest(...parameters).finished;
}

/** An ingest that has to finish; its summary, with the reasons of its refusals by path. */
export async function ingested(
  folders: Places,
  environment: Readonly<Record<string, string>> = {},
  options: StartOptions = {},
): Promise<{ readonly summary: IngestSummary; readonly refused: Readonly<Record<string, string>>; stderr: string }> {
  const { code, stdout, stderr } = await ingest(["--json"], folders, environment, options);
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({
    code: stderr.includes("refused ") ? 3 : 0,
    stderr: expect.any(String),
  });
  const summary = JSON.parse(stdout) as IngestSummary;
  const refused = Object.fromEntries(
    summary.refused.map(({ path, problems }) => [path, problems.map(({ reason }) => reason).join("; ")]),
  );
  return { summary, refused, stderr };
}

/** Asks in a process of its own and checks each quote: a slice of exactly one version of its report. */
export async function asked(
  folders: Places,
  id: string,
  { sentences = 12, ...options }: StartOptions & { readonly sentences?: number } = {},
): Promise<{ readonly round: number | null; readonly answer: AnswerJson; readonly stderr: string }> {
  const { code, stdout, stderr } = await start(["ask", questionAbout(id), "--json"], folders, {}, options).finished;
  expect({ code, stderr: code === 0 ? "" : stderr }).toEqual({ code: 0, stderr: "" });
  const answer = JSON.parse(stdout) as AnswerJson;
  const rounds = answer.citations.filter(({ report }) => report === id).map((each) => checkedQuote(each, sentences));
  const titles = answer.sources.map(({ report, title }) => `${report}: ${title}`);
  for (const { report, text } of answer.citations) {
    expect(titles).toContain(`${report}: Count of ${report}, round ${namedIn(text)?.round}`);
  }
  return { round: rounds[0] ?? null, answer, stderr };
}

/** The round that a quote is of, having checked that it stands where it says. */
export function checkedQuote(
  { report, text, start, end }: { report: string; text: string; start: number; end: number },
  sentences = 12,
): number {
  const named = namedIn(text);
  if (named === null || named.id !== report) throw new Error(`A quote of ${report} is of nothing: ${text}`);
  expect(textOf(report, named.round, sentences).slice(start, end)).toBe(text);
  return named.round;
}

/** Numbers of the processes that a process has started and that are alive. */
export function childrenOf(parent: number): number[] {
  return processes().filter((number) => statusOf(number)?.parent === parent);
}

/** Numbers of the living processes that read files; of all, because those of a killed parent have another one. */
export function readers(): number[] {
  return processes().filter((number) => commandOf(number).includes("reader-process.ts") && isAlive(number));
}

export function isAlive(number: number): boolean {
  const status = statusOf(number);
  return status !== null && status.state !== "Z" && status.state !== "X";
}

/** Waits for a condition, in milliseconds at most. */
export async function until(condition: () => boolean, within: number, step = 10): Promise<boolean> {
  for (const end = performance.now() + within; performance.now() < end; await pause(step)) {
    if (condition()) return true;
  }
  return condition();
}

function processes(): number[] {
  return readdirSync("/proc").map(Number).filter(Number.isInteger);
}

function statusOf(number: number): { readonly parent: number; readonly state: string } | null {
  try {
    const status = readFileSync(`/proc/${number}/status`, "utf8");
    return {
      parent: Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]),
      state: /^State:\s+(\w)/m.exec(status)?.[1] ?? "",
    };
  } catch {
    return null;
  }
}

function commandOf(number: number): string {
  try {
    return readFileSync(`/proc/${number}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
