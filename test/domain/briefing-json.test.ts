import fc from "fast-check";
import { expect, test } from "vitest";
import type { Briefing } from "../../src/domain/briefing.ts";
import { briefingJson } from "../../src/domain/briefing-json.ts";
import {
  briefingOf,
  citationIn,
  lineOf,
  reportOf,
  rowOf,
  SAMPLE_REPORTS,
  sampleBriefing,
} from "../helpers/briefings.ts";

const jsonOf = (briefing: Briefing) => briefingJson({ kind: "briefing", briefing, milliseconds: 12.3456 });

test("a briefing has its subject, its snapshot, and sections of lines with quotes and a citation", () => {
  const json = jsonOf(sampleBriefing({ alsoKnownAs: ["HF"] }));
  expect(json).toMatchObject({
    subject: "Harbour Front",
    snapshot: 3,
    kind: "subject",
    alsoKnownAs: ["HF"],
    createdAt: "2025-03-01T10:00:00.000Z",
    missing: ["key-facts", "unverified"],
    scope: { quoted: 2, usable: 4 },
    milliseconds: 12.35,
  });
  expect(Object.keys(json).slice(0, 3)).toEqual(["subject", "snapshot", "sections"]);
  expect(json.sections[0]).toEqual({
    id: "what",
    title: "What it is",
    lines: [
      {
        text: "The Harbour Front is a militant group of Northland, founded in 2004.",
        quotes: [
          {
            text: "The Harbour Front is a militant group of Northland, founded in 2004.",
            doc: "figures.md",
            start: 95,
            end: 163,
            number: 1,
          },
        ],
        citation: {
          number: 1,
          report: "figures",
          title: "Monthly figures, January 2025",
          publisher: "Institute of Figures",
          author: null,
          published: "2025-02-03",
          reliability: "B",
          marking: "TLP:CLEAR",
          kind: "news",
          locator: { page: null, headings: ["Groups", "Northland"], paragraph: 1 },
          url: null,
          footnotes: [],
        },
        citations: [expect.objectContaining({ number: 1 })],
        label: null,
        asOf: null,
        voice: { kind: "report", who: null },
        isOpinion: false,
        corroboration: [],
        independentSources: 1,
      },
    ],
  });
  expect(json.sections.find(({ id }) => id === "timeline")?.lines[0]?.label).toEqual({
    kind: "date",
    period: { from: "2025-01-03", to: "2025-01-03" },
  });
  expect(json.sections.find(({ id }) => id === "disagreements")?.disagreements).toHaveLength(1);
});

test("a cell says its words and quotes them; what no sentence tells has no quote, what nothing tells no words", () => {
  const table = jsonOf(sampleBriefing()).sections.find(({ id }) => id === "figures")?.table;
  expect(table?.columns).toEqual(["value", "counted", "period", "place", "who says it", "compared with"]);
  const [first, second] = table?.rows ?? [];
  expect(first?.cells).toEqual([
    expect.objectContaining({
      column: "value",
      text: "74",
      quote: { text: "74", doc: "figures.md", start: 22, end: 24 },
    }),
    expect.objectContaining({ column: "counted", text: "attacks" }),
    expect.objectContaining({ column: "period", text: "January 2025" }),
    expect.objectContaining({ column: "place", text: "Northland" }),
    expect.objectContaining({ column: "who says it", quote: expect.objectContaining({ text: "The institute" }) }),
    { column: "compared with", text: null, quote: null, at: null },
  ]);
  expect(first).toMatchObject({ low: 74, high: 74, unit: "", citation: { number: 2 }, quotes: [{ number: 2 }] });
  expect(second?.cells.slice(-2)).toMatchObject([
    { text: "Institute of Figures (publisher)", quote: null, at: null },
    { text: "December 2024 (up)", quote: { text: "December 2024" } },
  ]);
  expect(second).toMatchObject({
    unit: "%",
    change: { direction: "up" },
    alsoIn: [{ report: "police", title: "Police bulletin", independent: true }],
  });
});

test("of words outside the row's sentence only their place is given: they cannot be cut from it", () => {
  const report = reportOf("a", "In Northland it was bad. There were 74 attacks.");
  const row = rowOf(
    report,
    "There were 74 attacks.",
    1,
    { value: "74", counted: "attacks" },
    { place: { text: "Northland", at: { start: 3, end: 12 } } },
  );
  const json = jsonOf(briefingOf([{ id: "figures", title: "Figures", lines: [], table: [row] }]));
  expect(json.sections[0]?.table?.rows[0]?.cells[3]).toEqual({
    column: "place",
    text: "Northland",
    quote: null,
    at: { start: 3, end: 12 },
  });
});

test.each([
  ["2025-02-29", "2025-02-28"],
  ["1900-02-29", "1900-02-28"],
  ["2024-02-29", "2024-02-29"],
  ["2025-02-28", "2025-02-28"],
  ["2025-02", "2025-02"],
])("a day that no calendar has is the one before it: %s as %s", (to, real) => {
  const report = reportOf("a", "There were 74 attacks.");
  const base = { from: "2022-02-01", to };
  const row = rowOf(
    report,
    report.text,
    1,
    { value: "74", counted: "attacks" },
    {
      time: { from: "2020-02-01", to, part: "", basis: "quote" },
      change: { direction: "up", base, baseWords: null },
    },
  );
  const json = jsonOf(briefingOf([{ id: "figures", title: "Figures", lines: [], table: [row] }]));
  expect(json.sections[0]?.table?.rows[0]).toMatchObject({
    time: { from: "2020-02-01", to: real },
    change: { base: { from: "2022-02-01", to: real } },
  });
});

test("what is new says since when, and of which reports", () => {
  const since = { snapshot: 1, createdAt: "2025-01-01T00:00:00.000Z" };
  const reports = [{ kind: "added" as const, reportId: "n", title: "New", published: "2025" }];
  const json = jsonOf(briefingOf([], { kind: "changes", subject: null, missing: [], since, reports }));
  expect(json).toMatchObject({
    kind: "changes",
    subject: null,
    since,
    reports: [{ kind: "added", report: "n", title: "New", published: "2025" }],
  });
  expect(jsonOf(sampleBriefing())).not.toHaveProperty("reports");
});

test("without a briefing there are no sections, but what comes nearest", () => {
  const [report] = SAMPLE_REPORTS;
  if (report === undefined) throw new Error("no report");
  const nearest = [{ citation: citationIn(report, "74 attacks", 1), score: 0.3 }];
  const json = briefingJson({ kind: "nothing", subject: "Mars", instead: ["Northland"], nearest, milliseconds: 1 });
  expect(json).toMatchObject({
    subject: "Mars",
    sections: [],
    kind: "nothing",
    instead: ["Northland"],
    nearest: [{ text: "74 attacks", doc: "figures.md", score: 0.3, citation: { report: "figures" } }],
  });
});

test("every quote is exactly the slice of its report, whatever it is of", () => {
  const piece = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(piece, piece, fc.string({ maxLength: 30 }), (first, second, between) => {
      const report = reportOf("r", `${between}${first}${between}${second}`);
      const lines = [lineOf([citationIn(report, first, 1), citationIn(report, second, 2)])];
      const table = [rowOf(report, report.text, 3, { value: first, counted: second })];
      const parsed = JSON.parse(
        JSON.stringify(jsonOf(briefingOf([{ id: "figures", title: "Figures", lines, table }]))),
      ) as ReturnType<typeof jsonOf>;
      const quotes = parsed.sections.flatMap((section) => [
        ...section.lines.flatMap((line) => line.quotes),
        ...(section.table?.rows ?? []).flatMap(({ cells, quotes: sentence }) => [
          ...sentence,
          ...cells.flatMap(({ quote }) => quote ?? []),
        ]),
      ]);
      expect(quotes.length).toBe(5);
      for (const { text, start, end } of quotes) expect(text).toBe(report.text.slice(start, end));
      expect(parsed.sections[0]?.lines[0]?.text).toBe(`${first} ${second}`);
    }),
    { numRuns: 60 },
  );
});
