/** Briefings made by hand, for pictures. All their sentences and figures are invented. */

import type { Citation, Voice } from "../../src/domain/answer.ts";
import type { Briefing, BriefingLine, BriefingSection, FigureRow } from "../../src/domain/briefing.ts";
import type { Period } from "../../src/domain/report.ts";

export interface EventSample {
  readonly period: Period;
  readonly text: string;
  readonly publisher?: string;
  readonly voice?: Voice;
}

export interface RowSample {
  readonly value: string;
  readonly low: number;
  readonly high?: number;
  readonly period: Period | null;
  readonly who?: string | null;
  readonly publisher?: string;
  readonly counted?: string;
  readonly countedKey?: string | null;
  readonly unit?: string;
  readonly place?: string | null;
  readonly part?: string;
  readonly change?: FigureRow["change"];
}

export interface BriefingSample {
  readonly subject?: string | null;
  readonly kind?: Briefing["kind"];
  readonly events?: readonly EventSample[];
  readonly rows?: readonly RowSample[];
}

/** Numbers citations in order, those of events first. */
export function sampleBriefing({ subject = "Northern Front", kind, events = [], rows = [] }: BriefingSample): Briefing {
  const lines = events.map((event, index) => lineOf(event, index + 1));
  const table = rows.map((row, index) => rowOf(row, events.length + index + 1));
  const sections: BriefingSection[] = [];
  if (table.length > 0) sections.push({ id: "figures", title: "Figures over time", lines: [], table });
  if (lines.length > 0) sections.push({ id: "timeline", title: "Timeline", lines });
  return {
    kind: kind ?? (subject === null ? "corpus" : "subject"),
    subject,
    alsoKnownAs: [],
    snapshot: 12,
    createdAt: "2026-01-01T00:00:00.000Z",
    scope: { quoted: 1, usable: 1, publishers: [], published: null, reliability: [], markings: [] },
    sections,
    missing: [],
  };
}

function lineOf({ period, text, publisher = "The Daily Ledger", voice }: EventSample, number: number): BriefingLine {
  return {
    text,
    citations: [citationOf(number, text, publisher)],
    corroboration: [],
    asOf: { ...period, basis: "quote", isOlder: false },
    voice: voice ?? { kind: "report", who: null },
    label: { kind: "date", period },
  };
}

function rowOf(row: RowSample, number: number): FigureRow {
  const { value, low, high = low, period, who = null, publisher = "The Daily Ledger", part = "" } = row;
  const cell = (text: string) => ({ text, at: null });
  const place = row.place ?? null;
  return {
    value: cell(value),
    low,
    high,
    unit: row.unit ?? "",
    counted: cell(row.counted ?? "fighters"),
    countedKey: row.countedKey === undefined ? "fighter" : row.countedKey,
    time: period === null ? null : { ...period, part, basis: "quote" },
    period: period === null ? null : cell(`${period.from}/${period.to}`),
    place: place === null ? null : cell(place),
    who: who === null ? null : cell(who),
    change: row.change ?? null,
    base: null,
    citation: citationOf(number, `There were ${value}.`, publisher),
    alsoIn: [],
  };
}

function citationOf(number: number, text: string, publisher: string): Citation {
  return {
    number,
    quote: { reportId: "r1", start: 0, end: text.length, text },
    path: "r1.md",
    source: {
      title: "A report",
      publisher,
      author: null,
      published: null,
      period: null,
      documentId: null,
      url: null,
      kind: "news",
      language: "en",
      reliability: "B",
      marking: null,
      origins: [],
      sources: [],
      derived: [],
    },
    locator: { page: null, headings: [], paragraph: 1 },
    footnotes: [],
  };
}

const month = (text: string): Period => ({ from: text, to: text });

export const TYPICAL_EVENTS = [
  {
    period: month("2021-03"),
    text: "In March 2021 three small groups joined under one name and called themselves the Northern Front, the ministry said.",
    voice: { kind: "attributed", who: "the ministry" },
  },
  {
    period: { from: "2022", to: "2022" },
    text: "Its men held two valleys for most of 2022.[^s4]",
    publisher: "Institute for Border Studies",
  },
  {
    period: month("2023-11-04"),
    text: "On 4 November 2023 the Front claimed to have killed 40 soldiers at Ridge Camp, a figure that nobody has confirmed and that the army put at nine.",
    voice: { kind: "relayed", who: "the Front" },
  },
  {
    period: { from: "2024-01", to: "2024-06" },
    text: "Talks were held in a third country from January to June 2024.",
    publisher: "Institute for Border Studies",
  },
  {
    period: month("2024-09"),
    text: "A ceasefire of September 2024 was never more than a plan, the columnist holds.",
    voice: { kind: "opinion", who: "Lena Orlow" },
  },
  { period: month("2025-02-17"), text: "The council listed the group on 17 February 2025." },
] as const satisfies readonly EventSample[];

/** What a subject's briefing is like: six events, and fighters counted by three sources. */
export const TYPICAL = sampleBriefing({
  subject: "Northern Front",
  events: TYPICAL_EVENTS,
  rows: [
    { value: "3,000 to 4,000", low: 3000, high: 4000, period: month("2021-06"), who: "the Monitoring Panel" },
    { value: "about 4,500", low: 4500, period: month("2022-07"), who: "the Monitoring Panel" },
    { value: "6,000-6,500", low: 6000, high: 6500, period: month("2024-07"), who: "Monitoring Panel" },
    { value: "over 2,000", low: 2000, period: month("2022-07"), who: "the defence ministry" },
    { value: "up to 3,000", low: 3000, period: month("2024-07"), who: "the defence ministry" },
    { value: "5,000", low: 5000, period: month("2024-07"), publisher: "Institute for Border Studies" },
    { value: "about 6,000", low: 6000, period: month("2025-02"), who: "the Monitoring Panel" },
  ],
});

/** The most that is shown, with long words and long names. */
export const CROWDED = sampleBriefing({
  subject:
    "Attacks on the railway line between the capital and the southern port, and on those who repair and guard it, since the year of the flood",
  events: Array.from({ length: 14 }, (_, index) => ({
    period: { from: `20${10 + index}-01-30`, to: `20${11 + index}-09-02` },
    text: `In year ${index + 1} the railway administration, together with the provincial authorities and a committee of residents, announced extraordinarily comprehensive countermeasures which were later described as insufficient by independent observers.`,
    publisher: "Organisation for the Documentation of Incidents on Railways, Roads and Waterways",
  })),
  rows: [
    ...["approximately 1,250", "at least 980", "between 1,100 and 1,300", "no fewer than 1,420", "1,377"].map(
      (value, index) => ({
        value,
        low: [1250, 980, 1100, 1420, 1377][index] ?? 0,
        high: [1250, 980, 1300, 1420, 1377][index] ?? 0,
        period: { from: `20${19 + index}`, to: `20${19 + index}` },
        counted: "attacks on trains, tracks, bridges and stations",
        countedKey: "attack",
        place: "the southern provinces",
        who: "the Organisation for the Documentation of Incidents on Railways, Roads and Waterways",
      }),
    ),
    ...["some 700", "755", "more than 800", "under 900", "1,010"].map((value, index) => ({
      value,
      low: [700, 755, 800, 900, 1010][index] ?? 0,
      period: { from: `20${19 + index}`, to: `20${19 + index}` },
      counted: "attacks on trains, tracks, bridges and stations",
      countedKey: "attack",
      place: "the southern provinces",
      who: index === 4 ? "Police" : "Ministry of Railways",
    })),
  ],
});
