import { describe, expect, it } from "vitest";
import { periodFit } from "../../src/answer/timing.ts";
import type { Period } from "../../src/domain/report.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";

const glossary = createGlossary([
  { name: "The Fall", aliases: ["the fall"], kind: "event", gloss: "", ambiguous: [], date: "2021-08-15" },
]);
const fitOf = (text: string, reading: string, { about = "", covers = null as Period | null } = {}) =>
  periodFit(
    understand(text, glossary, { frequency: () => 1, rarity: () => 1, startingWith: () => [] }),
    "number",
    reading,
    about,
    reading,
    covers,
  );

describe("periodFit", () => {
  it.each([
    ["How many raids in January 2025?", "There were 74 raids in January 2025.", 1],
    ["How many raids in 2024?", "There were 74 raids in March 2024.", 0.5],
    ["How many raids in March 2024?", "There were 905 raids in 2024.", -0.5],
    ["How many raids in 2024?", "There were 90 raids in 2019.", -1],
    ["How many raids?", "There were 90 raids in 2019.", 0],
    // What a figure is compared with is no time that a sentence speaks of,
    ["How many raids in December 2024?", "There were 74 raids in January 2025, 42% more than in December 2024.", -1],
    ["How many raids in January 2025?", "There were 74 raids in January 2025, 42% more than in December 2024.", 1],
    // unless it is asked for.
    [
      "How many raids in January 2025 and in December 2024?",
      "There were 74 raids in January 2025, 42% more than in December 2024.",
      1,
    ],
    [
      "By how much did raids rise compared with December 2024?",
      "There were 74 raids in January 2025, 42% more than in December 2024.",
      1,
    ],
    ["How many raids in December 2024?", "That was 42% more than in December 2024.", 1],
    // Ranges and parts.
    ["How many raids between 2021 and 2023?", "Raids rose from 573 in 2021 to 1,203 in 2023.", 1],
    ["How many raids between 2021 and 2023?", "There were 900 raids in 2022.", 0.5],
    ["How many raids from 2019 to 2021?", "There were 900 raids in 2023.", -1],
    ["How many raids in the first half of 2024?", "In the first half of 2024 there were 240 raids.", 1],
    ["How many raids in the first half of 2024?", "There were 905 raids in 2024.", -0.5],
    ["How many raids in the first half of 2024?", "There were 90 raids in the second half of 2024.", -1],
    ["How many raids in the first half of 2024?", "There were 40 raids in March 2024.", 0.5],
    ["How many raids in the 1990s?", "There were 40 raids in 1994.", 0.5],
    ["How many raids in the 1990s?", "There were 40 raids in the 1990s.", 1],
    // Times with an open end.
    ["How many raids since 2021?", "There were 900 raids in 2024.", 1],
    ["How many raids since 2021?", "Since 2021 there were 4,000 raids.", 1],
    ["How many raids since 2021?", "There were 900 raids in 2019.", -1],
    ["How many raids since the fall?", "There were 900 raids in 2024.", 1],
    ["How many raids since the fall?", "There were 900 raids in 2021.", 0.5],
    ["How many raids since the fall?", "Raids had risen up to 2024.", 1],
    ["How many raids before 2021?", "There were 900 raids in 2019.", 1],
    ["How many raids before 2021?", "There were 900 raids in 2024.", -1],
  ])("%s %s", (text, reading, expected) => {
    expect(fitOf(text, reading)).toBe(expected);
  });

  it("takes the time of a title, or the one that the report covers, where a sentence names none", () => {
    expect(fitOf("How many raids since 2021?", "There were 900 raids.", { about: "The raids of 2024" })).toBeCloseTo(
      0.6,
    );
    expect(fitOf("How many raids since 2021?", "There were 900 raids.", { covers: { from: "2023", to: "2024" } })).toBe(
      0.3,
    );
    expect(fitOf("How many raids since 2021?", "There were 900 raids.", { covers: { from: "2018", to: "2019" } })).toBe(
      -1,
    );
  });
});
