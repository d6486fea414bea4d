import { describe, expect, test } from "vitest";
import { SECTION_IDS } from "../../src/domain/briefing.ts";
import {
  briefingTitle,
  figureTimeWords,
  figureWords,
  labelWords,
  missingWords,
  SECTION_NAMES,
  scopeWords,
} from "../../src/domain/briefing-words.ts";
import type { FigureTime } from "../../src/domain/figure.ts";
import { reportOf, rowOf, sampleBriefing } from "../helpers/briefings.ts";

const REPORT = reportOf("r", "Attacks rose by 42% in the north in January.");
const row = (period: string, changes: Parameters<typeof rowOf>[4] = {}) =>
  rowOf(REPORT, REPORT.text, 1, { value: "42%", counted: "Attacks", period }, changes);
const time = (changes: Partial<FigureTime> = {}): FigureTime => ({
  from: "2025-01",
  to: "2025-01",
  part: "",
  basis: "quote",
  ...changes,
});

describe("the time of a figure", () => {
  test.each([
    ["", "January 2025"],
    ["first half", "first half of January 2025"],
    ["quarter", "quarter of January 2025"],
    ["since", "since January 2025"],
    ["early", "early January 2025"],
    ["mid", "mid-January 2025"],
    ["from November", "from November to January 2025"],
  ])("part %j: %s", (part, words) => {
    expect(figureTimeWords(time({ part }))).toBe(words);
  });

  test("is what the report says, with the year where it leaves that out", () => {
    expect(figureWords(row("January", { time: time() })).period).toBe("January (January 2025)");
    expect(figureWords(row("January")).period).toBe("January");
  });

  test("that stands around the figure, or only covers the report, is told from one that stands with it", () => {
    const period = { text: "2025-01", at: null };
    expect(figureWords(row("", { period, time: time({ basis: "heading" }) })).period).toBe(
      "January 2025 (from the context)",
    );
    expect(figureWords(row("", { period, time: time({ basis: "report" }) })).period).toBe(
      "January 2025 (the report's period)",
    );
    expect(figureWords(row("", { period })).period).toBe("January 2025");
    expect(figureWords(row("", { period: { text: "2024-01/2024-06", at: null } })).period).toBe("January to June 2024");
    expect(figureWords(row("")).period).toBe("");
  });
});

test("a change always says what it is compared with, or that the report does not", () => {
  const change = { direction: "up", base: { from: "2024", to: "2024" }, baseWords: null } as const;
  expect(figureWords(row("", { change }))["compared with"]).toBe("2024 (up)");
  expect(figureWords(row("", { change: { ...change, direction: "down", base: null } }))["compared with"]).toBe(
    "the report does not say (down)",
  );
  expect(figureWords(row("", { change, base: { text: "2023-12", at: null } }))["compared with"]).toBe(
    "December 2023 (up)",
  );
  expect(
    figureWords(row("", { change, base: { text: "than in 2023", at: { start: 0, end: 12 } } }))["compared with"],
  ).toBe("2023 (up)");
  expect(figureWords(row(""))["compared with"]).toBe("");
});

test("titles tell a subject, the whole corpus and what is new apart", () => {
  expect(briefingTitle({ kind: "subject", subject: "Harbour Front" })).toBe("Briefing: Harbour Front");
  expect(briefingTitle({ kind: "corpus", subject: null })).toBe("Briefing: what the reports cover");
  const since = { snapshot: 1, createdAt: "2025-01-02T03:04:05.000Z" };
  expect(briefingTitle({ kind: "changes", subject: "Harbour Front", since })).toBe(
    "What is new since 2025-01-02 on Harbour Front",
  );
});

test("the scope names some publishers and counts the rest, and leaves out what nobody knows", () => {
  const publishers = ["A", "B", "C", "D", "E", "F", "G", "H"];
  const briefing = sampleBriefing();
  const scope = { ...briefing.scope, publishers, published: null, markings: [{ marking: null, reports: 2 }] };
  expect(scopeWords({ ...briefing, scope })).toBe(
    "From 2 of 4 reports; reliability B (1), C (1); markings unmarked (2). Snapshot 3 of 2025-03-01. Publishers: A; B; C; D; E; F; and 2 more.",
  );
  expect(scopeWords({ ...briefing, scope: { ...scope, publishers: publishers.slice(0, 7) } })).toContain(
    " Publishers: A; B; C; D; E; F; G.",
  );
});

test("what is missing is named in words of its own for each section", () => {
  expect(new Set(Object.values(SECTION_NAMES)).size).toBe(SECTION_IDS.length);
  expect(missingWords(sampleBriefing({ missing: ["timeline", "relations"] }))).toBe(
    "Not in this briefing: timeline, relations (nothing was found for them that is not said above).",
  );
  expect(missingWords(sampleBriefing({ missing: [] }))).toBeNull();
  expect(missingWords({ kind: "changes", missing: ["added"], sections: [] })).toBe(
    "The reports have nothing new to say.",
  );
});

test("a report to read has its title and every reason", () => {
  const { sections } = sampleBriefing();
  const line = sections.find(({ id }) => id === "reading")?.lines[0];
  if (line === undefined) throw new Error("no line");
  const why = [
    { kind: "quoted", times: 1 },
    { kind: "other-view" },
    { kind: "broad" },
    { kind: "reliable", grade: "A" },
  ] as const;
  expect(labelWords({ kind: "report", reportId: "figures", why }, line)).toEqual({
    name: "Monthly figures, January 2025",
    more: "quoted once here; another view than the others'; says most about it; reliability A, the best here",
  });
  expect(labelWords({ kind: "report", reportId: "elsewhere", why: [] }, line)).toEqual({ name: "elsewhere", more: "" });
});

test("whom the sentence does not name is shown as the publisher of the report", () => {
  const who = (at: { start: number; end: number } | null) =>
    figureWords(row("", { who: { text: "Harbour Institute", at } }))["who says it"];
  expect(who({ start: 0, end: 17 })).toBe("Harbour Institute");
  expect(who(null)).toBe("Harbour Institute (publisher)");
  expect(figureWords(row("", { who: null }))["who says it"]).toBe("");
});
