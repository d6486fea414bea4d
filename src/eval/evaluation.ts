/** One run of the evaluation, from its options to its output. */

import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createSitrep } from "../app.ts";
import { type Config, loadConfig } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import type { IngestSummary } from "../domain/ingest.ts";
import type { Sitrep } from "../domain/service.ts";
import { openOutput, parseBatchQuestions, parseManifest, readInput, writePredictions } from "./batch.ts";
import { countCells, formatCells, parseCells, withChecks } from "./briefing-cells.ts";
import { formatBriefings, measureBriefings, parseSubjects } from "./briefings.ts";
import type { CaseType } from "./case-types.ts";
import { locateEvidence, parseCases } from "./cases.ts";
import { checkFigures, evaluateChecks, formatCheckFailures, formatChecks, parseChecks } from "./checks.ts";
import { type Counter, counter } from "./counter.ts";
import { findEvidence, parseEvidence } from "./extraction.ts";
import { reliabilityOf } from "./reliability.ts";
import { formatFailures, formatReliability, formatReport, milliseconds, plural, reportJson } from "./report.ts";
import { evaluate } from "./run.ts";
import { type Figures, percentile, type Share, summarise } from "./summary.ts";

/** Where the command writes, and how it learns that it should stop. */
export interface EvalIo {
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void; readonly isTerminal: boolean };
  readonly signal?: AbortSignal | undefined;
}

/** What commander collects. */
export interface EvalOptions {
  readonly questions?: string;
  readonly type?: CaseType;
  readonly json?: boolean;
  readonly failures?: boolean;
  readonly minGrounded?: number;
  readonly minRefused?: number;
  readonly maxFalseRefusals?: number;
  readonly corpus?: string;
  readonly predictions?: string;
  readonly evidence?: boolean;
  readonly check?: boolean;
  readonly briefings?: boolean;
  readonly cells?: string;
  readonly writeCells?: boolean;
  readonly minCells?: number;
  readonly minEvidence?: number;
  readonly manifest?: string;
  readonly data?: string;
}

/**
 * The project's own questions, or the batch form where --corpus or --predictions is given.
 * @returns whether a required figure was missed.
 * @throws {SitrepError} "bad-input" for options or files that cannot be used; what the ingest throws.
 */
export async function runEvaluation(options: EvalOptions, io: EvalIo): Promise<boolean> {
  const { corpus, predictions, manifest, data } = options;
  const isBatch = [corpus, predictions, manifest, data].some((value) => value !== undefined);
  if (options.evidence === true) return runExtraction(options, io);
  if (options.check === true) return runChecks(options, io);
  if (options.briefings === true) return runBriefings(options, io);
  if (!isBatch) return runOwnSet(options, io);
  await runBatch(options, io);
  return false;
}

/** @returns whether a required figure was missed. */
async function runOwnSet(options: EvalOptions, io: EvalIo): Promise<boolean> {
  const file = options.questions ?? "eval/questions.yaml";
  const cases = parseCases(await readInput(file), file);
  const chosen = options.type === undefined ? cases : cases.filter(({ type }) => type === options.type);
  if (chosen.length === 0) throw new SitrepError("bad-input", `${file} has no question of type ${options.type}`);
  const meter = counter(io.err);
  const sitrep = createSitrep(loadConfig(), { warn: (message) => meter.print(`warning: ${message}`), listsAll: true });
  try {
    await ingest(sitrep, meter, io);
    const questions = await locateEvidence(chosen, sitrep, file);
    const onProgress = meter.phase("asking", "questions");
    const judged = await evaluate(sitrep, questions, { signal: io.signal, onProgress });
    meter.clear();
    const summary = summarise(judged.map(({ score }) => score));
    const head = { file, reports: (await sitrep.reports()).length };
    if (options.json) io.out.write(`${JSON.stringify(reportJson(summary, judged, head), null, 2)}\n`);
    else io.out.write(`${formatReport(summary, head)}\n${formatReliability(reliabilityOf(judged))}`);
    if (options.failures && !options.json) io.out.write(`\n${formatFailures(judged)}`);
    const missed = missedRequirements(summary.overall, options);
    if (missed.length > 0) io.err.write(`missed: ${missed.join("; ")}\n`);
    return missed.length > 0;
  } finally {
    meter.clear();
    await sitrep.close();
  }
}

/** @returns false: nothing is required of it. */
async function runChecks(options: EvalOptions, io: EvalIo): Promise<boolean> {
  const { questions: file = "eval/checks.yaml", json = false, failures = false, check: _, ...others } = options;
  if (Object.keys(others).length > 0) {
    throw new SitrepError("bad-input", "--check takes --questions, --json and --failures, and nothing else");
  }
  const checks = parseChecks(await readInput(file), file);
  const meter = counter(io.err);
  const sitrep = createSitrep(loadConfig(), { warn: (message) => meter.print(`warning: ${message}`), listsAll: true });
  try {
    await ingest(sitrep, meter, io);
    const judged = await evaluateChecks(sitrep, checks, {
      signal: io.signal,
      onProgress: meter.phase("checking", "texts"),
    });
    meter.clear();
    if (json) {
      const half = (name: string) => checkFigures(judged.filter(({ check }) => check.half === name));
      io.out.write(`${JSON.stringify({ file, fit: half("fit"), report: half("report"), items: judged }, null, 2)}\n`);
    } else io.out.write(formatChecks(judged, file));
    if (failures && !json) io.out.write(`\n${formatCheckFailures(judged)}`);
    return false;
  } finally {
    meter.clear();
    await sitrep.close();
  }
}

/** @returns whether a briefing has a fault, or too few cells are right. */
async function runBriefings(options: EvalOptions, io: EvalIo): Promise<boolean> {
  const { questions: file = "eval/briefings/starter.yaml", corpus, data, manifest, json = false } = options;
  const subjects = parseSubjects(await readInput(file), file);
  const cellsFile = options.cells ?? file.replace(/\.ya?ml$/, "-cells.csv");
  const checked = parseCells(await readInput(cellsFile).catch(() => formatCells([])), cellsFile);
  const meter = counter(io.err);
  const warn = (message: string) => meter.print(`warning: ${message}`);
  const overrides = manifest === undefined ? undefined : parseManifest(await readInput(manifest), manifest, warn);
  if (corpus !== undefined) await requireFolder(corpus);
  let isFaulty = false;
  const measure = async (config: Config) => {
    const sitrep = createSitrep(config, { warn, overrides, listsAll: true });
    try {
      await ingest(sitrep, meter, io);
      const onProgress = meter.phase("briefing", "subjects");
      const measured = await measureBriefings(sitrep, subjects, { signal: io.signal, onProgress });
      meter.clear();
      const rows = withChecks(
        measured.flatMap((each) => each.rows),
        checked,
      );
      if (options.writeCells === true) await writeFile(cellsFile, formatCells(rows));
      io.out.write(
        json ? `${JSON.stringify({ measured, cells: countCells(rows) }, null, 2)}\n` : formatBriefings(measured, rows),
      );
      const { cells, right, unchecked } = countCells(rows);
      // A cell that nobody has looked at counts as wrong here.
      const isShort = right < (options.minCells ?? 0) * (cells + unchecked);
      isFaulty = isShort || measured.some(({ faults }) => faults.length > 0);
    } finally {
      meter.clear();
      await sitrep.close();
    }
  };
  if (corpus === undefined) await measure(loadConfig());
  else await inDataFolder(data, (dataDir) => measure({ ...loadConfig(), corpusDir: resolve(corpus), dataDir }));
  return isFaulty;
}

/** @returns whether less than the required share was found. */
async function runExtraction({ corpus, questions, data, minEvidence }: EvalOptions, io: EvalIo): Promise<boolean> {
  if (corpus === undefined || questions === undefined) {
    throw new SitrepError("bad-input", "--evidence needs --corpus and --questions", {
      hint: "npm run eval -- --evidence --corpus DIR --questions FILE.jsonl",
    });
  }
  const strings = parseEvidence(await readInput(questions), questions);
  await requireFolder(corpus);
  const meter = counter(io.err);
  let isMissed = false;
  await inDataFolder(data, async (dataDir) => {
    const config = { ...loadConfig(), corpusDir: resolve(corpus), dataDir };
    const sitrep = createSitrep(config, { warn: (message) => meter.print(`warning: ${message}`), listsAll: true });
    try {
      const { reports, refused } = await ingest(sitrep, meter, io);
      // A question may also name documents of another set; a refused one counts as lost.
      const here = new Set([...(await sitrep.reports()), ...refused].map(({ path }) => path));
      const wanted = strings.filter(({ document }) => here.has(document));
      if (wanted.length === 0) throw new SitrepError("bad-input", `${questions} has no evidence in these documents`);
      const { found, missing } = await findEvidence(sitrep, wanted);
      for (const { question, document, text } of missing) io.out.write(`missing: ${question}, ${document}: ${text}\n`);
      const share = found / wanted.length;
      const elsewhere = strings.length - wanted.length;
      io.out.write(
        `${plural(reports, "report")} taken in, ${refused.length} refused. Evidence found in the extracted texts: ` +
          `${found} of ${wanted.length} (${(share * 100).toFixed(1)}%)` +
          `${elsewhere === 0 ? "" : `; ${elsewhere} in documents that are not here`}\n`,
      );
      isMissed = minEvidence !== undefined && share < minEvidence;
    } finally {
      meter.clear();
      await sitrep.close();
    }
  });
  return isMissed;
}

async function runBatch(options: EvalOptions, io: EvalIo): Promise<void> {
  const { corpus, predictions } = options;
  if (corpus === undefined || predictions === undefined || options.questions === undefined) {
    throw new SitrepError("bad-input", "The batch form needs --corpus, --questions and --predictions", {
      hint: "npm run eval -- --corpus DIR --questions FILE.jsonl --predictions OUT.jsonl",
    });
  }
  const { type, json, failures, minGrounded, minRefused, maxFalseRefusals } = options;
  if ([type, json, failures, minGrounded, minRefused, maxFalseRefusals].some((value) => value !== undefined)) {
    throw new SitrepError("bad-input", "The batch form has no figures to print or to require: it knows no evidence", {
      hint: "It takes --corpus, --questions, --predictions, --manifest and --data.",
    });
  }
  // Everything that the person gave is checked before the ingest, which can take minutes.
  const questions = parseBatchQuestions(await readInput(options.questions), options.questions);
  const meter = counter(io.err);
  const warn = (message: string) => meter.print(`warning: ${message}`);
  const { manifest } = options;
  const overrides = manifest === undefined ? undefined : parseManifest(await readInput(manifest), manifest, warn);
  await requireFolder(corpus);
  const config = { ...loadConfig(), corpusDir: resolve(corpus) };
  const output = await openOutput(resolve(predictions));
  try {
    await inDataFolder(options.data, async (dataDir) => {
      const sitrep = createSitrep({ ...config, dataDir }, { warn, overrides, listsAll: true });
      try {
        const ingested = await ingest(sitrep, meter, io);
        const tally = await writePredictions(sitrep, questions, (line) => output.write(line), {
          signal: io.signal,
          onProgress: meter.phase("asking", "questions"),
        });
        const { abstained, failed } = tally;
        meter.print(
          `${plural(tally.questions, "question")} on ${plural(ingested.reports, "report")}, ${plural(ingested.passages, "passage")}: ` +
            `${tally.questions - abstained - failed} answered, ${abstained} refused, ${failed} failed; ` +
            `p50 ${milliseconds(percentile(tally.milliseconds, 0.5))}, p95 ${milliseconds(percentile(tally.milliseconds, 0.95))}`,
        );
      } finally {
        meter.clear();
        await sitrep.close();
      }
    });
  } finally {
    await output.close();
  }
}

/** Runs with the folder that was given, or with a fresh one that is removed afterwards. */
async function inDataFolder(given: string | undefined, run: (dataDir: string) => Promise<void>): Promise<void> {
  if (given !== undefined) return run(resolve(given));
  const fresh = await mkdtemp(join(tmpdir(), "sitrep-eval-"));
  try {
    await run(fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** Brings the index up to date; an unchanged corpus costs a fraction of a second. Every loss is said on stderr. */
async function ingest(sitrep: Sitrep, meter: Counter, io: EvalIo): Promise<IngestSummary> {
  const summary = await sitrep.ingest({
    signal: io.signal,
    onProgress: ({ phase, done, total }) =>
      meter.phase(phase, phase === "read" || phase === "look" ? "files" : "passages")(done, total),
  });
  meter.clear();
  for (const { path, problems } of summary.refused) {
    const reasons = problems.map(({ line, field, reason, file }) =>
      [
        ...(file === undefined ? [] : [file]),
        ...(line === null ? [] : [`line ${line}`]),
        ...(field === null || field === "" ? [] : [field]),
        reason,
      ].join(": "),
    );
    meter.print(`refused: ${path}: ${reasons.join("; ")}`);
  }
  for (const warning of summary.warnings) meter.print(`warning: ${warning}`);
  if (summary.reports === 0) throw new SitrepError("bad-corpus", "No report of the corpus could be taken in");
  return summary;
}

function missedRequirements(figures: Figures, options: EvalOptions): readonly string[] {
  const missed: string[] = [];
  const require = (what: string, { value }: Share, limit: number | undefined, atLeast: boolean) => {
    if (limit === undefined || value === null) return;
    if (atLeast ? value >= limit : value <= limit) return;
    missed.push(`${what} ${value.toFixed(3)}, required ${atLeast ? "at least" : "at most"} ${limit}`);
  };
  require("grounded", figures.carriesAnswer, options.minGrounded, true);
  require("refused", figures.abstentionRecall, options.minRefused, true);
  require("false refusals", figures.falseRefusals, options.maxFalseRefusals, false);
  return missed;
}

async function requireFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (!found?.isDirectory()) throw new SitrepError("bad-input", `There is no folder ${path}`);
}
