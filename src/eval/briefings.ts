/** Measures briefings: whether each line is cited and verbatim, none empty or said twice, and how long one takes. */

import { parse } from "yaml";
import { z } from "zod";
import { type Briefing, type BriefingLine, citationsIn } from "../domain/briefing.ts";
import { SitrepError } from "../domain/errors.ts";
import type { Sitrep } from "../domain/service.ts";
import { type CheckedRow, cellsOf, countCells } from "./briefing-cells.ts";

const schema = z.strictObject({
  /** Null is the page on the whole corpus. */
  subjects: z.array(z.string().trim().min(1).nullable()).min(1, "must not be empty"),
});

/** What is wrong with a briefing, in words. */
export interface BriefingFault {
  readonly subject: string;
  readonly section: string;
  readonly what: string;
}

export interface MeasuredBriefing {
  readonly subject: string;
  /** null where the reports say too little. */
  readonly briefing: Briefing | null;
  readonly faults: readonly BriefingFault[];
  /** Of the first briefing on it, and of the first again. */
  readonly milliseconds: number;
  readonly millisecondsAgain: number;
  readonly rows: readonly CheckedRow[];
}

/**
 * The subjects of a set; null for the whole corpus.
 * @throws {SitrepError} "bad-input", naming what is wrong.
 */
export function parseSubjects(yaml: string, file: string): readonly (string | null)[] {
  let data: unknown;
  try {
    data = parse(yaml);
  } catch (error) {
    throw new SitrepError("bad-input", `${file}: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  }
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data.subjects;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.map(String).join(".")}: ${message}`);
  throw new SitrepError("bad-input", `${file}: ${problems.join("; ")}`);
}

/** The words under which the page on the whole corpus is listed. */
export const WHOLE_CORPUS = "(the whole corpus)";

/** Makes each briefing twice and looks at it. Texts are read anew: what the briefing says of itself is not believed. */
export async function measureBriefings(
  sitrep: Pick<Sitrep, "brief" | "reports" | "reportText">,
  subjects: readonly (string | null)[],
  options: { signal?: AbortSignal | undefined; onProgress?: (done: number, total: number) => void } = {},
): Promise<readonly MeasuredBriefing[]> {
  const ids = new Map((await sitrep.reports()).map(({ id, path }) => [id, path]));
  const texts = new Map<string, string>();
  const measured: MeasuredBriefing[] = [];
  for (const subject of subjects) {
    const timed = async () => {
      const began = performance.now();
      const result = await sitrep.brief(subject, { signal: options.signal });
      return { result, milliseconds: performance.now() - began };
    };
    const first = await timed();
    const again = await timed();
    const name = subject ?? WHOLE_CORPUS;
    const briefing = first.result.kind === "briefing" ? first.result.briefing : null;
    for (const { quote } of briefing === null ? [] : citationsIn(briefing)) {
      if (ids.has(quote.reportId) && !texts.has(quote.reportId))
        texts.set(quote.reportId, await sitrep.reportText(quote.reportId));
    }
    const isSame =
      again.result.kind === "briefing" && JSON.stringify(again.result.briefing) === JSON.stringify(briefing);
    measured.push({
      subject: name,
      briefing,
      faults:
        briefing === null
          ? [{ subject: name, section: "", what: "the reports are said to say too little" }]
          : [
              ...faultsOf(name, briefing, ids, texts),
              ...(isSame ? [] : [{ subject: name, section: "", what: "comes out otherwise the second time" }]),
            ],
      milliseconds: first.milliseconds,
      millisecondsAgain: again.milliseconds,
      rows: briefing === null ? [] : cellsOf(name, briefing),
    });
    options.onProgress?.(measured.length, subjects.length);
  }
  return measured;
}

function faultsOf(
  subject: string,
  briefing: Briefing,
  ids: ReadonlyMap<string, string>,
  texts: ReadonlyMap<string, string>,
): BriefingFault[] {
  const faults: BriefingFault[] = [];
  const say = (section: string, what: string) => void faults.push({ subject, section, what });
  const numbers = new Set<number>();
  const lines: { readonly section: string; readonly line: BriefingLine }[] = [];
  for (const { id, lines: own, table = [] } of briefing.sections) {
    if (own.length === 0 && table.length === 0) say(id, "is empty");
    for (const line of own) {
      lines.push({ section: id, line });
      if (line.citations.length === 0) say(id, `a line without a quote: ${start(line.text)}`);
      if (line.text !== line.citations.map(({ quote }) => quote.text).join(" "))
        say(id, `a line that is not its quotes: ${start(line.text)}`);
    }
    for (const row of table) {
      const { quote } = row.citation;
      for (const cell of [row.value, row.counted, row.period, row.place, row.who, row.base]) {
        if (cell?.at && !(quote.start <= cell.at.start && cell.at.end <= quote.end))
          say(id, `a cell outside of its quote: ${cell.text}`);
      }
      const { at } = row.value;
      if (at === null || texts.get(quote.reportId)?.slice(at.start, at.end) !== row.value.text)
        say(id, `a value that does not stand in its report: ${row.value.text}`);
      if (row.period === null || row.who === null) say(id, `a figure without period or attribution: ${row.value.text}`);
    }
  }
  for (const { number, quote, path } of citationsIn(briefing)) {
    if (numbers.has(number)) say("", `two citations [${number}]`);
    numbers.add(number);
    if (ids.get(quote.reportId) !== path) say("", `[${number}] names a report that is not there`);
    if (quote.text === "" || texts.get(quote.reportId)?.slice(quote.start, quote.end) !== quote.text)
      say("", `[${number}] is not verbatim`);
  }
  const spans = citationsIn(briefing).map(({ quote }) => `${quote.reportId} ${quote.start} ${quote.end}`);
  if (new Set(spans).size < spans.length) say("", "one quote under two numbers");
  lines.forEach(({ section, line }, index) => {
    for (const earlier of lines.slice(0, index)) {
      if (areAlike(earlier.line, line))
        say(section, `says the same as a line of ${earlier.section}: ${start(line.text)}`);
    }
  });
  return faults;
}

/** Words that two lines share, of all that they have, from which on they say the same where their figures agree. */
const SAME_SHARE = 0.75;

/** By a rule of its own, not by that of the briefings: the same or overlapping quotes, or nearly the same words and figures. */
function areAlike(a: BriefingLine, b: BriefingLine): boolean {
  const overlaps = a.citations.some(({ quote: one }) =>
    b.citations.some(
      ({ quote: other }) => one.reportId === other.reportId && one.start < other.end && other.start < one.end,
    ),
  );
  if (overlaps) return true;
  const [ofA, ofB] = [wordsOf(a.text), wordsOf(b.text)];
  const shared = [...ofA].filter((word) => ofB.has(word)).length;
  const figures = (words: ReadonlySet<string>) =>
    [...words]
      .filter((word) => /\d/.test(word))
      .sort()
      .join();
  return shared / Math.max(1, ofA.size + ofB.size - shared) >= SAME_SHARE && figures(ofA) === figures(ofB);
}

function wordsOf(text: string): Set<string> {
  const plain = text.toLowerCase().replace(/\[\^[^\]]*\]/gu, " ");
  return new Set(plain.match(/[\p{L}\p{N}]+(?:[.,]\p{N}+)*/gu) ?? []);
}

const start = (text: string) => (text.length <= 80 ? text : `${text.slice(0, 77)}...`);

/** The figures of a run, in a few lines of text. */
export function formatBriefings(measured: readonly MeasuredBriefing[], rows: readonly CheckedRow[]): string {
  const made = measured.flatMap(({ briefing }) => (briefing === null ? [] : [briefing]));
  const sections = made.flatMap((briefing) => briefing.sections);
  const lines = sections.reduce((sum, section) => sum + section.lines.length, 0);
  const times = measured.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  const again = measured.map(({ millisecondsAgain }) => millisecondsAgain).sort((a, b) => a - b);
  const cells = countCells(rows);
  const faults = measured.flatMap((each) => each.faults);
  return [
    `${measured.length} briefings, ${made.length} made: ${sections.length} sections, ${lines} lines, ${cells.rows} rows of figures`,
    `faults (not cited, not verbatim, empty, said twice, no period or attribution, not the same again): ${faults.length}`,
    ...faults.map(({ subject, section, what }) => `  ${subject}${section === "" ? "" : `, ${section}`}: ${what}`),
    `cells checked by hand: ${cells.cells}, right ${cells.right} (${share(cells.right, cells.cells)}); not looked at: ${cells.unchecked}`,
    `time: median ${ms(times[times.length >> 1])}, longest ${ms(times.at(-1))}; again: median ${ms(again[again.length >> 1])}`,
    "",
    ...measured.map(
      ({ subject, briefing, milliseconds }) =>
        `  ${subject}: ${briefing?.sections.map(({ id, lines: own, table }) => `${id} ${own.length + (table?.length ?? 0)}`).join(", ") ?? "none"}` +
        `${briefing === null || briefing.missing.length === 0 ? "" : `; missing: ${briefing.missing.join(", ")}`} (${ms(milliseconds)})`,
    ),
    "",
  ].join("\n");
}

function share(part: number, whole: number): string {
  return whole === 0 ? "none" : `${((part / whole) * 100).toFixed(1)}%`;
}

function ms(value: number | undefined): string {
  return value === undefined ? "-" : `${Math.round(value)} ms`;
}
