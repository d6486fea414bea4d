/** The form of a briefing for programs: what `brief --format json` prints. */

import type { Citation } from "./answer.ts";
import type {
  Briefing,
  BriefingLine,
  BriefingResult,
  BriefingSection,
  FigureCell,
  FigureRow,
  SectionId,
} from "./briefing.ts";
import { FIGURE_COLUMNS, type FigureColumn, figureWords } from "./briefing-words.ts";
import { independentSources, isOpinion } from "./claim-rules.ts";
import type { Locator } from "./passage.ts";
import type { FootnoteSource, Period, ReportSource } from "./report.ts";

/** Where a quote or a line comes from. */
export interface BriefingCitationJson {
  readonly number: number;
  /** Id of the report. */
  readonly report: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly author: string | null;
  readonly published: string | null;
  /** Admiralty grade, "A" to "F". */
  readonly reliability: ReportSource["reliability"];
  /** null: nobody has marked it; treat it as TLP:AMBER+STRICT. */
  readonly marking: ReportSource["marking"];
  /** "op-ed" is an opinion, not a finding. */
  readonly kind: ReportSource["kind"];
  readonly locator: Locator;
  readonly url: string | null;
  /** The sources that the report's footnotes name for the quoted sentences. */
  readonly footnotes: readonly FootnoteSource[];
}

/** A span of a report: `text` is exactly `canonicalText.slice(start, end)`, in UTF-16 code units. */
export interface BriefingQuoteJson {
  readonly text: string;
  /** Path of the report inside the corpus folder, with forward slashes. */
  readonly doc: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

/** A quote of a line or a row; `number` is that of its citation. */
export interface NumberedQuoteJson extends BriefingQuoteJson {
  readonly number: number;
}

export interface BriefingLineJson extends Pick<BriefingLine, "text" | "label" | "asOf" | "voice"> {
  readonly quotes: readonly NumberedQuoteJson[];
  /** Of the first quote. */
  readonly citation: BriefingCitationJson;
  /** Of each quote, in their order. */
  readonly citations: readonly BriefingCitationJson[];
  readonly isOpinion: boolean;
  /** Other reports that say nearly the same; not independent means that both rest on one origin. */
  readonly corroboration: readonly { readonly report: string; readonly title: string; readonly independent: boolean }[];
  readonly independentSources: number;
}

export interface FigureCellJson {
  readonly column: FigureColumn;
  /** For a person; null where the report does not tell. */
  readonly text: string | null;
  /** The words that tell it; null where a heading or the metadata does, or they stand outside the row's quote: see `at`. */
  readonly quote: BriefingQuoteJson | null;
  /** Where those words stand in the report of the row's citation. */
  readonly at: { readonly start: number; readonly end: number } | null;
}

export interface FigureRowJson extends Pick<FigureRow, "low" | "high" | "unit" | "countedKey" | "time" | "change"> {
  readonly cells: readonly FigureCellJson[];
  /** The sentence that the figure stands in. */
  readonly quotes: readonly NumberedQuoteJson[];
  readonly citation: BriefingCitationJson;
  readonly alsoIn: readonly { readonly report: string; readonly title: string; readonly independent: boolean }[];
}

export interface BriefingSectionJson extends Pick<BriefingSection, "id" | "title" | "disagreements" | "pairs"> {
  readonly lines: readonly BriefingLineJson[];
  readonly table?: { readonly columns: readonly FigureColumn[]; readonly rows: readonly FigureRowJson[] };
}

/** A briefing whole, in plain data; `kind` "nothing" where the reports say too little, with what comes nearest. */
export interface BriefingJson extends Partial<Pick<Briefing, "alsoKnownAs" | "createdAt" | "scope" | "since">> {
  /** null for the whole corpus. */
  readonly subject: string | null;
  /** Absent where there is no briefing. */
  readonly snapshot?: number;
  readonly sections: readonly BriefingSectionJson[];
  readonly kind: Briefing["kind"] | "nothing";
  /** Sections that the reports cannot fill. */
  readonly missing: readonly SectionId[];
  /** Only of what is new: reports that are new, changed or gone. */
  readonly reports?: readonly {
    readonly kind: "added" | "changed" | "removed";
    readonly report: string;
    readonly title: string;
    readonly published: string | null;
  }[];
  /** Only without a briefing: subjects that come nearest. */
  readonly instead?: readonly string[];
  /** Only without a briefing: quotes that are near the subject. */
  readonly nearest?: readonly (NumberedQuoteJson & {
    readonly citation: BriefingCitationJson;
    readonly score: number;
  })[];
  /** From the request to the briefing. */
  readonly milliseconds: number;
}

/** The briefing for programs. Quotes are exact slices: nothing is trimmed, folded or escaped. */
export function briefingJson(result: BriefingResult): BriefingJson {
  const milliseconds = Math.round(result.milliseconds * 100) / 100;
  if (result.kind === "nothing") {
    const { subject, instead, nearest } = result;
    return {
      subject,
      sections: [],
      kind: "nothing",
      missing: [],
      instead,
      nearest: nearest.map(({ citation, score }) => ({
        ...quoteJson(citation),
        citation: citationJson(citation),
        score,
      })),
      milliseconds,
    };
  }
  const { subject, snapshot, sections, kind, alsoKnownAs, createdAt, scope, missing, since, reports } = result.briefing;
  return {
    subject,
    snapshot,
    sections: sections.map(sectionJson),
    kind,
    alsoKnownAs,
    createdAt,
    scope,
    missing,
    ...(since === undefined ? {} : { since }),
    ...(reports === undefined
      ? {}
      : { reports: reports.map(({ reportId, ...each }) => ({ report: reportId, ...each })) }),
    milliseconds,
  };
}

function sectionJson({ id, title, lines, table, disagreements, pairs }: BriefingSection): BriefingSectionJson {
  return {
    id,
    title,
    lines: lines.map(lineJson),
    ...(table === undefined ? {} : { table: { columns: FIGURE_COLUMNS, rows: table.map(rowJson) } }),
    ...(disagreements === undefined ? {} : { disagreements }),
    ...(pairs === undefined ? {} : { pairs }),
  };
}

function lineJson(line: BriefingLine): BriefingLineJson {
  const { text, citations, label, asOf, voice, corroboration } = line;
  const [first] = citations;
  if (first === undefined) throw new RangeError(`A line without a citation: ${text}`);
  return {
    text,
    quotes: citations.map(quoteJson),
    citation: citationJson(first),
    citations: citations.map(citationJson),
    label: label?.kind === "date" ? { ...label, period: inCalendar(label.period) } : label,
    asOf: asOf === null ? null : inCalendar(asOf),
    voice,
    isOpinion: isOpinion(first.source, voice),
    corroboration: corroboration.map(othersJson),
    independentSources: independentSources(corroboration),
  };
}

function rowJson(row: FigureRow): FigureRowJson {
  const words = figureWords(row);
  const cells: Readonly<Record<FigureColumn, FigureCell | null>> = {
    value: row.value,
    counted: row.counted,
    period: row.period,
    place: row.place,
    "who says it": row.who,
    "compared with": row.base,
  };
  return {
    cells: FIGURE_COLUMNS.map((column) => ({
      column,
      text: words[column] === "" ? null : words[column],
      quote: cellQuote(cells[column], row.citation),
      at: cells[column]?.at ?? null,
    })),
    quotes: [quoteJson(row.citation)],
    citation: citationJson(row.citation),
    low: row.low,
    high: row.high,
    unit: row.unit,
    countedKey: row.countedKey,
    time: row.time === null ? null : inCalendar(row.time),
    change:
      row.change === null
        ? null
        : { ...row.change, base: row.change.base === null ? null : inCalendar(row.change.base) },
    alsoIn: row.alsoIn.map(othersJson),
  };
}

/** A period whose days the calendar has: a range that is compared as text ends every February on the 29th. */
function inCalendar<P extends Period>(period: P): P {
  return { ...period, from: realDay(period.from), to: realDay(period.to) };
}

function realDay(date: string): string {
  const hasDay = !date.endsWith("-02-29") || new Date(Date.UTC(Number(date.slice(0, 4)), 2, 0)).getUTCDate() === 29;
  return hasDay ? date : date.replace(/29$/, "28");
}

/** The words of a cell, cut from the row's quote: only what is in hand can be shown to be verbatim. */
function cellQuote(cell: FigureCell | null, { quote, path }: Citation): BriefingQuoteJson | null {
  const at = cell?.at ?? null;
  if (at === null || at.start < quote.start || at.end > quote.end || at.start >= at.end) return null;
  const text = quote.text.slice(at.start - quote.start, at.end - quote.start);
  return { text, doc: path, start: at.start, end: at.end };
}

function othersJson({ reportId, title, independent }: FigureRow["alsoIn"][number]) {
  return { report: reportId, title, independent };
}

function quoteJson({ number, path, quote }: Citation): NumberedQuoteJson {
  return { text: quote.text, doc: path, start: quote.start, end: quote.end, number };
}

function citationJson({ number, quote, source, locator, footnotes }: Citation): BriefingCitationJson {
  const { title, publisher, author, published, reliability, marking, kind, url } = source;
  return {
    number,
    report: quote.reportId,
    title,
    publisher,
    author,
    published,
    reliability,
    marking,
    kind,
    locator,
    url,
    footnotes,
  };
}
