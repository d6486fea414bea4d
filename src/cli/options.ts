/** The options of the commands, checked before anything heavy is loaded. Each problem is one line. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { SitrepError } from "../domain/errors.ts";
import { MARKINGS, type Marking } from "../domain/marking.ts";
import {
  dateRange,
  isPartialDate,
  type PartialDate,
  RELIABILITIES,
  REPORT_KINDS,
  type Reliability,
  type ReportKind,
} from "../domain/report.ts";
import type { Filters } from "../domain/retrieval.ts";

/** What commander collects for the options of `addFilterOptions`. */
export interface FilterOptions {
  readonly since?: PartialDate;
  readonly until?: PartialDate;
  readonly source?: readonly string[];
  readonly kind?: readonly ReportKind[];
  readonly marking?: Marking;
}

/** What the commands that search take, once it is checked. */
export interface SearchingOptions {
  readonly filters: Filters;
  readonly json?: boolean | undefined;
  readonly trace?: boolean | undefined;
  readonly limit?: number | undefined;
}

/** Adds --since, --until, --source, --kind and --marking. */
export function addFilterOptions(command: Command): Command {
  return command
    .option("--since <date>", "only reports published, or covering a time, on or after this date", parseDate)
    .option("--until <date>", "only reports published on or before this date (YYYY, YYYY-MM or YYYY-MM-DD)", parseDate)
    .option("--source <name>", "only this report id, publisher or title, or a part of it (repeatable)", collectSource)
    .option("--kind <kind>", `only this kind of report: ${REPORT_KINDS.join(", ")} (repeatable)`, collectKind)
    .option("--marking <label>", `nothing marked more restrictively: ${MARKINGS.join(", ")}`, parseMarking);
}

/** Adds --limit with its range in the help text and in the error. */
export function addLimitOption(command: Command, what: string, range: { max: number; byDefault: number }): Command {
  const { max, byDefault } = range;
  return command.addOption(
    new Option("--limit <n>", `at most this many ${what}, 1 to ${max}`)
      .default(byDefault)
      .argParser((value) => parseWholeNumber(value, 1, max)),
  );
}

/** @throws {SitrepError} "bad-input" when since is after until. */
export function filtersFrom(options: FilterOptions): Filters {
  const { since, until } = options;
  if (since !== undefined && until !== undefined && dateRange(since).from > dateRange(until).to) {
    throw new SitrepError("bad-input", `--since ${since} is after --until ${until}`, {
      hint: "Swap the two dates.",
    });
  }
  // A key that is there but undefined would hide a setting that it is spread over.
  return {
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(options.source === undefined ? {} : { sources: options.source }),
    ...(options.kind === undefined ? {} : { kinds: options.kind }),
    ...(options.marking === undefined ? {} : { maxMarking: options.marking }),
  };
}

/** @throws {InvalidArgumentError} when it is not a real date of the form YYYY, YYYY-MM or YYYY-MM-DD. */
export function parseDate(value: string): PartialDate {
  const date = value.trim();
  if (!/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(date)) {
    throw new InvalidArgumentError("Give a date as YYYY, YYYY-MM or YYYY-MM-DD.");
  }
  if (!isPartialDate(date)) throw new InvalidArgumentError("There is no such day in the calendar.");
  return date;
}

/** @throws {InvalidArgumentError} when it is not a whole number in the range. */
export function parseWholeNumber(value: string, min: number, max: number): number {
  const number = /^\d{1,9}$/.test(value.trim()) ? Number(value) : Number.NaN;
  if (!(number >= min && number <= max)) {
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  }
  return number;
}

/** "amber" and "tlp:amber" are TLP:AMBER. */
export function parseMarking(value: string): Marking {
  const label = value
    .trim()
    .toUpperCase()
    .replace(/^(TLP:)?/, "TLP:");
  const marking = MARKINGS.find((candidate) => candidate === label);
  if (marking === undefined) throw new InvalidArgumentError(`Choose one of ${MARKINGS.join(", ")}.`);
  return marking;
}

export function parseKind(value: string): ReportKind {
  const kind = REPORT_KINDS.find((candidate) => candidate === value.trim().toLowerCase());
  if (kind === undefined) throw new InvalidArgumentError(`Choose one of ${REPORT_KINDS.join(", ")}.`);
  return kind;
}

export function parseReliability(value: string): Reliability {
  const grade = RELIABILITIES.find((candidate) => candidate === value.trim().toUpperCase());
  if (grade === undefined) throw new InvalidArgumentError(`Choose one of ${RELIABILITIES.join(", ")}.`);
  return grade;
}

function collectKind(value: string, before: readonly ReportKind[] = []): readonly ReportKind[] {
  return [...before, parseKind(value)];
}

function collectSource(value: string, before: readonly string[] = []): readonly string[] {
  const source = value.trim();
  if (source === "") throw new InvalidArgumentError("Give a report id, or a part of a publisher's name or a title.");
  return [...before, source];
}
