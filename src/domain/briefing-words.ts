/** What a briefing says of itself and of its lines, in English: for the command line and for programs. Plain text, not made harmless. */

import type {
  Briefing,
  BriefingLine,
  BriefingScope,
  FigureRow,
  LineLabel,
  ReadingReason,
  ReportChange,
  SectionId,
} from "./briefing.ts";
import type { FigureTime } from "./figure.ts";
import { ENGLISH_PERIODS, periodInWords } from "./period-words.ts";
import { isPartialDate, type Period } from "./report.ts";

/** Sections as they are named inside a sentence. Those of a briefing have titles of their own. */
export const SECTION_NAMES: Readonly<Record<SectionId, string>> = {
  covers: "what they cover",
  actors: "actors",
  what: "what it is",
  "key-facts": "key facts",
  added: "what is new",
  altered: "what has changed",
  contradicted: "what is contradicted now",
  figures: "figures",
  timeline: "timeline",
  relations: "relations",
  disagreements: "disagreements",
  unverified: "what is not verified",
  reading: "what to read",
};

/** "Briefing: Harbour Front", "What is new since 2025-03-01 on Harbour Front". */
export function briefingTitle({ kind, subject, since }: Pick<Briefing, "kind" | "subject" | "since">): string {
  if (kind !== "changes") return `Briefing: ${subject ?? "what the reports cover"}`;
  const from = since === undefined ? "" : ` since ${since.createdAt.slice(0, 10)}`;
  return `What is new${from}${subject === null ? "" : ` on ${subject}`}`;
}

/** Publishers named in the line on what a briefing was made from. */
const PUBLISHERS_SHOWN = 6;

/**
 * "From 7 of 19 reports; published March 2024 to July 2025; reliability A (2), B (5); markings TLP:CLEAR (7). Snapshot 3
 * of 2025-03-01. Publishers: A; B; C." Publishers have commas in their names.
 */
export function scopeWords({ scope, snapshot, createdAt }: Pick<Briefing, "scope" | "snapshot" | "createdAt">): string {
  const { quoted, usable, published, reliability, markings } = scope;
  const parts = [
    `From ${quoted} of ${usable} reports`,
    ...(published === null ? [] : [`published ${periodInWords(published, ENGLISH_PERIODS)}`]),
    ...counts(
      "reliability",
      reliability.map(({ grade, reports }) => [grade, reports]),
    ),
    ...counts(
      "markings",
      markings.map(({ marking, reports }) => [marking ?? "unmarked", reports]),
    ),
  ];
  return `${parts.join("; ")}. Snapshot ${snapshot} of ${createdAt.slice(0, 10)}.${publishersWords(scope)}`;
}

function counts(what: string, groups: readonly (readonly [string, number])[]): string[] {
  return groups.length === 0 ? [] : [`${what} ${groups.map(([name, reports]) => `${name} (${reports})`).join(", ")}`];
}

function publishersWords({ publishers }: BriefingScope): string {
  if (publishers.length === 0) return "";
  const rest = publishers.length - PUBLISHERS_SHOWN;
  // One more name is no longer than "and 1 more".
  const shown = rest <= 1 ? publishers : [...publishers.slice(0, PUBLISHERS_SHOWN), `and ${rest} more`];
  return ` Publishers: ${shown.join("; ")}.`;
}

/**
 * "Not in this briefing: timeline, relations (...)."; null where nothing is missing. That the reports say nothing would
 * be untrue: what they say may stand in another section.
 */
export function missingWords({ kind, missing, sections }: Pick<Briefing, "kind" | "missing" | "sections">) {
  if (kind === "changes") return sections.length === 0 ? "The reports have nothing new to say." : null;
  return missing.length === 0
    ? null
    : `Not in this briefing: ${missing.map((id) => SECTION_NAMES[id]).join(", ")} (nothing was found for ${missing.length === 1 ? "it" : "them"} that is not said above).`;
}

/** "New: Monthly figures (2025-02-03)". */
export function reportChangeWords({ kind, title, published }: ReportChange): string {
  const what = { added: "New", changed: "Changed", removed: "Gone" }[kind];
  return `${what}: ${title}${published === null ? "" : ` (${published})`}`;
}

/** A label with what stands behind it: a date, a name, or a report's title with the reasons to read it. */
export function labelWords(
  label: LineLabel,
  { citations }: Pick<BriefingLine, "citations">,
): { readonly name: string; readonly more: string } {
  switch (label.kind) {
    case "date":
      return { name: periodInWords(label.period, ENGLISH_PERIODS), more: "" };
    case "name":
      return { name: label.name, more: "" };
    case "report": {
      const cited = citations.find(({ quote }) => quote.reportId === label.reportId);
      return { name: cited?.source.title ?? label.reportId, more: label.why.map(reasonWords).join("; ") };
    }
  }
}

function reasonWords(reason: ReadingReason): string {
  switch (reason.kind) {
    case "quoted":
      return reason.times === 1 ? "quoted once here" : `quoted ${reason.times} times here`;
    case "newest":
      return "the newest";
    case "reliable":
      return `reliability ${reason.grade}, the best here`;
    case "other-view":
      return "another view than the others'";
    case "broad":
      return "says most about it";
  }
}

/** The columns of the table of figures, the number of the citation not among them. */
export const FIGURE_COLUMNS = ["value", "counted", "period", "place", "who says it", "compared with"] as const;
export type FigureColumn = (typeof FIGURE_COLUMNS)[number];

/** What each cell says; "" where the report does not tell. Of a change without a base that is said. */
export function figureWords(row: FigureRow): Readonly<Record<FigureColumn, string>> {
  return {
    value: row.value.text,
    counted: row.counted.text,
    period: figurePeriodWords(row),
    place: row.place?.text ?? "",
    "who says it": whoWords(row),
    "compared with": baseWords(row),
  };
}

/** Whom the sentence does not name has not been said to have counted: the publisher is shown as such. */
function whoWords({ who }: Pick<FigureRow, "who">): string {
  if (who === null) return "";
  return who.at === null ? `${who.text} (publisher)` : who.text;
}

/** The report's own words where they name the year; else the time in words, and what tells it. */
function figurePeriodWords({ period, time }: Pick<FigureRow, "period" | "time">): string {
  const isInSentence = period !== null && period.at !== null;
  if (time === null) return period === null ? "" : isInSentence ? period.text : isoWords(period.text);
  const told = `${figureTimeWords(time)}${{ quote: "", heading: " (from the context)", report: " (the report's period)" }[time.basis]}`;
  if (!isInSentence) return told;
  return period.text.includes(time.to.slice(0, 4)) ? period.text : `${period.text} (${figureTimeWords(time)})`;
}

/** "second half of 2024", "since March 2023", "2024". */
export function figureTimeWords({ part, from, to }: Pick<FigureTime, "part" | "from" | "to">): string {
  const period = periodInWords({ from, to }, ENGLISH_PERIODS);
  if (part === "") return period;
  if (part === "mid") return `mid-${period}`;
  if (part.startsWith("from ")) return `${part} to ${period}`;
  return /half$|^quarter$/.test(part) ? `${part} of ${period}` : `${part} ${period}`;
}

/** "2024-01/2024-06" as "January to June 2024"; anything else as it is. */
function isoWords(text: string): string {
  const [from = "", to = from, ...rest] = text.split("/");
  if (rest.length > 0 || !isPartialDate(from) || !isPartialDate(to)) return text;
  return periodInWords({ from, to }, ENGLISH_PERIODS);
}

/** What the head of the column says already: "than in 2023". */
const COMPARING =
  /^(?:(?:more |higher |fewer |lower |less )?than|compared (?:with|to)|against|versus|from|over)\s+(?:in\s+|on\s+)?/i;

function baseWords({ change, base }: Pick<FigureRow, "change" | "base">): string {
  if (change === null) return base === null ? "" : isoWords(base.text);
  const against = base === null ? periodOrNull(change.base) : isoWords(base.text.replace(COMPARING, ""));
  return `${against ?? "the report does not say"} (${change.direction})`;
}

function periodOrNull(period: Period | null): string | null {
  return period === null ? null : periodInWords(period, ENGLISH_PERIODS);
}

/** Why there is no briefing, in one sentence. */
export function nothingWords(subject: string): string {
  return `No briefing: the reports say too little about "${subject}".`;
}
