import { expect, test } from "vitest";
import { changesIn } from "../../src/answer/quoted-changes.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { entry, hit, passage } from "../helpers/sources.ts";

const glossary = createGlossary([entry("Harbour Institute", "think-tank", ["HI"])]);

/** The changes of the n-th sentence, quoted alone. */
function changes(sentences: readonly string[], quoted = 0) {
  const found = hit(passage(1, "r", sentences));
  const sentence = found.passage.sentences[quoted];
  return sentence === undefined ? [] : changesIn(found, sentence, glossary);
}

test("a base that the quote says is quoted", () => {
  expect(changes(["HI counted 42% more attacks in January 2025 than in December 2024."])).toEqual([
    { written: "42%", base: { from: "2024-12-01", to: "2024-12-31" }, isBaseQuoted: true },
  ]);
});

test("of a whole year the base is the year before, which the quote does not say", () => {
  expect(changes(["HI recorded a rise of 45% in attacks in 2024."])).toEqual([
    { written: "45%", base: { from: "2023-01-01", to: "2023-12-31" }, isBaseQuoted: false },
  ]);
});

test("where nothing says it there is none", () => {
  expect(changes(["Attacks rose by 42% in January 2025."])).toEqual([
    { written: "42%", base: null, isBaseQuoted: false },
  ]);
});

test("a base that stands beside the quote is told, and is not that of another figure", () => {
  const beside = "HI counted 42% more attacks in January 2025 than in December 2024.";
  expect(changes(["Attacks rose by 42% in January 2025.", beside])).toEqual([
    { written: "42%", base: { from: "2024-12-01", to: "2024-12-31" }, isBaseQuoted: false },
  ]);
  expect(changes(["Attacks rose by 41% in January 2025.", beside])[0]?.base).toBeNull();
  expect(changes(["Arrests rose by 42% in January 2025.", beside])[0]?.base).toBeNull();
});

test("words for a base of which the days are not known are quoted all the same", () => {
  expect(changes(["HI reported 374 arrests, a 38% increase from the same period in 2020."])).toEqual([
    { written: "38%", base: null, isBaseQuoted: true },
  ]);
});

test("shares, counts and what stands outside of the quote are no changes of it", () => {
  expect(changes(["Civilians made up 48% of the deaths of 2024.", "Attacks rose by 40% in 2024."])).toEqual([]);
  expect(changes(["HI counted 905 attacks in 2024."])).toEqual([]);
});
