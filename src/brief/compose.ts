/** From drafts to a briefing: every quote is compared with its report again, cited, and numbered. */

import { asOf } from "../answer/as-of.ts";
import { citationOf } from "../answer/extractive.ts";
import { corroborationOf } from "../answer/select.ts";
import { voiceOf } from "../answer/voice.ts";
import { type Citation, type Disagreement, isVerbatim, quoteFrom } from "../domain/answer.ts";
import type {
  Briefing,
  BriefingLine,
  BriefingScope,
  BriefingSection,
  FigureRow,
  SectionId,
} from "../domain/briefing.ts";
import { MARKINGS, type Marking } from "../domain/marking.ts";
import type { Span } from "../domain/passage.ts";
import { dateRange, pageAt, RELIABILITIES, type Report } from "../domain/report.ts";
import type { Glossary } from "../text/glossary.ts";
import { cellsOf } from "./cells.ts";
import { lineSpan } from "./lines.ts";
import type { Item, LineDraft, RowDraft, SectionDraft } from "./material.ts";

export interface Sources {
  /** The report with its canonical text as it is now, or null when it is gone. */
  readonly report: (id: string) => Report | null;
  readonly glossary: Glossary;
  /** Told of every quote that failed its last check; such a quote is never shown. */
  readonly onBrokenQuote: (message: string) => void;
}

export const TITLES: Readonly<Record<SectionId, string>> = {
  covers: "What the reports cover",
  actors: "Main actors",
  what: "What it is",
  "key-facts": "Key facts",
  added: "New",
  altered: "Changed figures",
  contradicted: "Contradicted",
  figures: "Figures",
  timeline: "Timeline",
  relations: "Relations to others",
  disagreements: "What the sources disagree on",
  unverified: "What remains unverified",
  reading: "What to read first",
};

/**
 * Sections with numbered citations, in the order given; those of which nothing is left are left out. Numbers run
 * through all of them; rows of one sentence share its citation.
 */
export function sectionsOf(drafts: readonly SectionDraft[], sources: Sources): BriefingSection[] {
  let number = 0;
  const quoted: (Span & { readonly reportId: string })[] = [];
  /** The span without what a line before has of it already; null where nothing of its sentence is new. */
  const unquoted = ({ item, span }: LineDraft): Span | null => {
    const { reportId } = item.hit.passage;
    const overlaps = (of: Span) =>
      quoted.some((each) => each.reportId === reportId && each.start < of.end && of.start < each.end);
    const { start, end } = item.sentence;
    const own = !overlaps(span) ? span : overlaps({ start, end }) ? null : { start, end };
    if (own !== null) quoted.push({ ...own, reportId });
    return own;
  };
  /** By report and place: a figure's sentence that is a line already has that line's number. */
  const cited = new Map<string, Citation>();
  const cite = (item: Item, span: Span): Citation | null => {
    const key = `${item.hit.passage.reportId} ${span.start} ${span.end}`;
    const known = cited.get(key);
    if (known !== undefined) return known;
    const citation = isInPassage(item, span)
      ? citationOf(item.hit, span, number + 1, sources)
      : headingCitation(item, span, number + 1, sources);
    if (citation === null) return null;
    number += 1;
    cited.set(key, citation);
    return citation;
  };
  return drafts.flatMap((draft): BriefingSection[] => {
    const numbers = new Map<number, number>();
    const places = new Map<number, number>();
    const lines = draft.lines.flatMap((line, index): BriefingLine[] => {
      const span = unquoted(line);
      const citation = span === null ? null : cite(line.item, span);
      if (span === null || citation === null) return [];
      numbers.set(index + 1, citation.number);
      places.set(index, places.size);
      return [lineFrom({ ...line, span }, citation, sources.glossary)];
    });
    const table = rowsOf(draft.rows ?? [], cite, sources.glossary);
    if (lines.length === 0 && table.length === 0) return [];
    const disagreements = (draft.disagreements ?? []).flatMap((each) => renumbered(each, numbers));
    return [
      {
        id: draft.id,
        title: TITLES[draft.id],
        lines,
        ...(table.length === 0 ? {} : { table }),
        ...(draft.disagreements === undefined ? {} : { disagreements }),
        ...(draft.pairs === undefined ? {} : { pairs: draft.pairs.flatMap((each) => regrouped(each, places)) }),
      },
    ];
  });
}

function isInPassage({ hit: { passage } }: Item, { start, end }: Span): boolean {
  return passage.start <= start && end <= passage.end;
}

/** Of a heading, which stands before its passage: its words have to be there as the passage was read. */
function headingCitation(item: Item, span: Span, number: number, sources: Sources): Citation | null {
  const { passage } = item.hit;
  const report = sources.report(passage.reportId);
  const text = report?.text.slice(span.start, span.end) ?? "";
  const quote = { reportId: passage.reportId, ...span, text };
  const isHeading = passage.locator.headings.includes(text);
  if (report === null || !isHeading || !isVerbatim(quote, report)) {
    sources.onBrokenQuote(
      `A heading of ${passage.reportId} at ${span.start}..${span.end} is not in its report; it is not shown`,
    );
    return null;
  }
  return {
    number,
    quote: quoteFrom(report, span),
    path: report.path,
    source: report.source,
    locator: { ...passage.locator, page: pageAt(report.pages, span.start) },
    footnotes: [],
  };
}

function lineFrom({ item, span, label, same }: LineDraft, citation: Citation, glossary: Glossary): BriefingLine {
  // A heading is no statement: it has no time and no voice of its own.
  const isQuoted = span.start <= item.sentence.start && item.sentence.end <= span.end;
  return {
    text: citation.quote.text,
    citations: [citation],
    corroboration: isQuoted ? corroborationOf(item, same, glossary) : [],
    asOf: isQuoted ? asOf(item, span) : null,
    voice: isQuoted ? voiceOf(item, span, glossary) : { kind: "report", who: null },
    label,
  };
}

function rowsOf(
  rows: readonly RowDraft[],
  cite: (item: Item, span: Span) => Citation | null,
  glossary: Glossary,
): FigureRow[] {
  const cited = new Map<Item, Citation | null>();
  return rows.flatMap((row): FigureRow[] => {
    const { item, same } = row;
    const citation = cited.has(item) ? (cited.get(item) ?? null) : cite(item, lineSpan(item));
    cited.set(item, citation);
    if (citation === null) return [];
    const others = same.map((each) => each.item);
    return [{ ...cellsOf(row, glossary), citation, alsoIn: corroborationOf(item, others, glossary) }];
  });
}

/** By citation numbers in the place of positions of lines; nothing where fewer than two values are left. */
function renumbered(disagreement: Disagreement, numbers: ReadonlyMap<number, number>): Disagreement[] {
  const values = disagreement.values.flatMap((value) => {
    const citation = numbers.get(value.citation);
    return citation === undefined ? [] : [{ ...value, citation }];
  });
  return values.length < 2 ? [] : [{ ...disagreement, values }];
}

/** A group of lines by their places among those that are left; nothing where fewer than two are. */
function regrouped(group: readonly number[], places: ReadonlyMap<number, number>): (readonly number[])[] {
  const left = group.flatMap((index) => places.get(index) ?? []);
  return left.length < 2 ? [] : [left];
}

/** What the sections were made from. @param usable reports that could be used. */
export function scopeOf(sections: Briefing["sections"], usable: number): BriefingScope {
  const times = new Map<string, number>();
  const quoted = new Map<string, Citation>();
  for (const { lines, table = [] } of sections) {
    for (const citation of [...lines.flatMap(({ citations }) => citations), ...table.map((row) => row.citation)]) {
      quoted.set(citation.quote.reportId, citation);
      const publisher = citation.source.publisher;
      if (publisher !== null) times.set(publisher, (times.get(publisher) ?? 0) + 1);
    }
  }
  const all = [...quoted.values()].map(({ source }) => source);
  const dates = all.flatMap(({ published }) => (published === null ? [] : [published]));
  const first = dates.reduce((a, b) => (dateRange(b).from < dateRange(a).from ? b : a), dates[0] ?? "");
  const last = dates.reduce((a, b) => (dateRange(b).to > dateRange(a).to ? b : a), dates[0] ?? "");
  const markings: (Marking | null)[] = [...MARKINGS, null];
  const counted = <K>(keys: readonly K[], of: (source: (typeof all)[number]) => K) =>
    keys
      .map((key) => ({ key, reports: all.filter((source) => of(source) === key).length }))
      .filter((x) => x.reports > 0);
  return {
    quoted: quoted.size,
    usable,
    publishers: [...times].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([publisher]) => publisher),
    published: dates.length === 0 ? null : { from: first, to: last },
    reliability: counted(RELIABILITIES, ({ reliability }) => reliability).map(({ key, reports }) => ({
      grade: key,
      reports,
    })),
    markings: counted(markings, ({ marking }) => marking).map(({ key, reports }) => ({ marking: key, reports })),
  };
}
