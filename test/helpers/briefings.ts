/** Briefings made by hand for tests: every quote and cell is cut from the text of one of its reports. */

import type { Citation } from "../../src/domain/answer.ts";
import { quoteFrom } from "../../src/domain/answer.ts";
import type {
  Briefing,
  BriefingLine,
  BriefingScope,
  BriefingSection,
  FigureCell,
  FigureRow,
} from "../../src/domain/briefing.ts";
import { citationsIn, SUBJECT_SECTIONS } from "../../src/domain/briefing.ts";
import type { Locator } from "../../src/domain/passage.ts";
import type { Report, ReportSource } from "../../src/domain/report.ts";
import { source } from "./sources.ts";

export function reportOf(id: string, text: string, fields: Partial<ReportSource> = {}): Report {
  return { id, path: `${id}.md`, text, pages: [], source: source({ title: `Report ${id}`, ...fields }) };
}

/** Where words stand in a report. @throws when they are not in it. */
export function spanIn({ id, text }: Report, words: string, from = 0) {
  const start = text.indexOf(words, from);
  if (start === -1) throw new Error(`${JSON.stringify(words)} is not in ${id}`);
  return { start, end: start + words.length };
}

export function citationIn(report: Report, words: string, number: number, locator: Partial<Locator> = {}): Citation {
  return {
    number,
    quote: quoteFrom(report, spanIn(report, words)),
    path: report.path,
    source: report.source,
    locator: { page: null, headings: ["Findings"], paragraph: 1, ...locator },
    footnotes: [],
  };
}

/** A line of one quote, or of those given. */
export function lineOf(citations: Citation | readonly Citation[], changes: Partial<BriefingLine> = {}): BriefingLine {
  const all = "quote" in citations ? [citations] : citations;
  const text = all.map(({ quote }) => quote.text).join(" ");
  return {
    text,
    citations: all,
    corroboration: [],
    asOf: null,
    voice: { kind: "report", who: null },
    label: null,
    ...changes,
  };
}

/** A row of a sentence; each of `words` is looked for in it, "" is a cell that the report does not tell. */
export function rowOf(
  report: Report,
  sentence: string,
  number: number,
  words: { value: string; counted: string; period?: string; place?: string; who?: string; base?: string },
  changes: Partial<FigureRow> = {},
): FigureRow {
  const { start } = spanIn(report, sentence);
  const cell = (text: string): FigureCell => ({ text, at: spanIn(report, text, start) });
  const cellOrNull = (text = ""): FigureCell | null => (text === "" ? null : cell(text));
  const amount = Number(words.value.replace(/[^\d.]/g, "")) || 0;
  return {
    value: cell(words.value),
    low: amount,
    high: amount,
    unit: words.value.includes("%") ? "%" : "",
    counted: cell(words.counted),
    countedKey: words.counted,
    time: null,
    period: cellOrNull(words.period),
    place: cellOrNull(words.place),
    who: cellOrNull(words.who),
    change: null,
    base: cellOrNull(words.base),
    citation: citationIn(report, sentence, number),
    alsoIn: [],
    ...changes,
  };
}

/** A briefing of these sections; what it was made from is counted from them. */
export function briefingOf(sections: readonly BriefingSection[], changes: Partial<Briefing> = {}): Briefing {
  const has = new Set(sections.map(({ id }) => id));
  return {
    kind: "subject",
    subject: "Harbour Front",
    alsoKnownAs: [],
    snapshot: 3,
    createdAt: "2025-03-01T10:00:00.000Z",
    scope: scopeOf(sections),
    sections,
    missing: SUBJECT_SECTIONS.filter((id) => !has.has(id)),
    ...changes,
  };
}

function scopeOf(sections: readonly BriefingSection[]): BriefingScope {
  const reports = new Map(citationsIn({ sections }).map(({ path, source: head }) => [path, head]));
  const heads = [...reports.values()];
  const days = heads.flatMap(({ published }) => (published === null ? [] : [published])).sort();
  const [from, to] = [days[0], days.at(-1)];
  const countOf = <Key>(keys: readonly Key[]) =>
    [...new Set(keys)].map((key) => ({ key, reports: keys.filter((each) => each === key).length }));
  return {
    quoted: heads.length,
    usable: heads.length + 2,
    publishers: [...new Set(heads.flatMap(({ publisher }) => (publisher === null ? [] : [publisher])))],
    published: from === undefined || to === undefined ? null : { from, to },
    reliability: countOf(heads.map(({ reliability }) => reliability)).map(({ key: grade, reports: each }) => ({
      grade,
      reports: each,
    })),
    markings: countOf(heads.map(({ marking }) => marking)).map(({ key: marking, reports: each }) => ({
      marking,
      reports: each,
    })),
  };
}

const FIGURES = reportOf(
  "figures",
  "The institute counted 74 attacks in Northland in January 2025, 42% more than in December 2024. The Harbour Front is a militant group of Northland, founded in 2004.",
  { title: "Monthly figures, January 2025", publisher: "Institute of Figures", published: "2025-02-03" },
);
const POLICE = reportOf(
  "police",
  "Police said there were 60 attacks in Northland in January 2025. On 3 January 2025 the Harbour Front struck the port. The Harbour Front works with the River Column, police said.",
  { title: "Police bulletin", publisher: "Northland Police", published: "2025-01-31", reliability: "C" },
);
export const SAMPLE_REPORTS: readonly Report[] = [FIGURES, POLICE];

/** A briefing with lines, labels, a table and a disagreement, over `SAMPLE_REPORTS`. */
export function sampleBriefing(changes: Partial<Briefing> = {}): Briefing {
  const counted = "The institute counted 74 attacks in Northland in January 2025, 42% more than in December 2024.";
  const policeCounted = "Police said there were 60 attacks in Northland in January 2025.";
  const january = { from: "2025-01", to: "2025-01" };
  return briefingOf(
    [
      {
        id: "what",
        title: "What it is",
        lines: [
          lineOf(
            citationIn(FIGURES, "The Harbour Front is a militant group of Northland, founded in 2004.", 1, {
              headings: ["Groups", "Northland"],
            }),
          ),
        ],
      },
      {
        id: "figures",
        title: "Figures over time",
        lines: [],
        table: [
          rowOf(
            FIGURES,
            counted,
            2,
            { value: "74", counted: "attacks", period: "January 2025", place: "Northland", who: "The institute" },
            { time: { ...january, part: "", basis: "quote" } },
          ),
          rowOf(
            FIGURES,
            counted,
            2,
            { value: "42%", counted: "attacks", period: "January 2025", place: "Northland", base: "December 2024" },
            {
              time: { ...january, part: "", basis: "quote" },
              change: {
                direction: "up",
                base: { from: "2024-12", to: "2024-12" },
                baseWords: { ...spanIn(FIGURES, "December 2024"), text: "December 2024" },
              },
              who: { text: "Institute of Figures", at: null },
              alsoIn: [{ reportId: "police", title: "Police bulletin", independent: true }],
            },
          ),
        ],
      },
      {
        id: "timeline",
        title: "Timeline",
        lines: [
          lineOf(citationIn(POLICE, "On 3 January 2025 the Harbour Front struck the port.", 3), {
            label: { kind: "date", period: { from: "2025-01-03", to: "2025-01-03" } },
          }),
        ],
      },
      {
        id: "relations",
        title: "Relations to others",
        lines: [
          lineOf(citationIn(POLICE, "The Harbour Front works with the River Column, police said.", 4), {
            label: { kind: "name", name: "River Column" },
            voice: { kind: "attributed", who: "police" },
          }),
        ],
      },
      {
        id: "disagreements",
        title: "What the sources disagree on",
        lines: [
          lineOf(citationIn(FIGURES, counted, 5), { voice: { kind: "attributed", who: "The institute" } }),
          lineOf(citationIn(POLICE, policeCounted, 6), { voice: { kind: "attributed", who: "Police" } }),
        ],
        disagreements: [
          {
            about: "attacks",
            period: january,
            values: [
              { written: "74", citation: 5, who: "The institute", rule: null },
              { written: "60", citation: 6, who: "Police", rule: null },
            ],
          },
        ],
      },
      {
        id: "reading",
        title: "What to read first",
        lines: [
          lineOf(citationIn(FIGURES, "The institute counted 74 attacks in Northland in January 2025", 7), {
            label: {
              kind: "report",
              reportId: "figures",
              why: [{ kind: "quoted", times: 3 }, { kind: "newest" }, { kind: "reliable", grade: "B" }],
            },
          }),
        ],
      },
    ],
    changes,
  );
}
