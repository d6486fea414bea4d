import { describe, expect, it } from "vitest";
import { type AnswerSources, answerFrom } from "../../src/answer/extractive.ts";
import type { Report } from "../../src/domain/report.ts";
import { understand } from "../../src/retrieve/question.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { tokenise } from "../../src/text/tokens.ts";
import { hit, passage, source } from "../helpers/sources.ts";

const glossary = createGlossary([]);
const sentence = "PICSS counted 74 militant attacks in Pakistan in January 2025, 42% more than in December 2024.";
const text = `${sentence} It published the figures in February 2025.`;
const known = new Set(tokenise(text));
const ask = (words: string) =>
  understand(words, glossary, {
    frequency: (term) => (known.has(term) ? 1 : 0),
    rarity: (term) => (known.has(term) ? 1 : 3),
    startingWith: () => [],
  });
const hits = [hit(passage(1, "picss", [sentence, "It published the figures in February 2025."]))];
const report: Report = { id: "picss", path: "picss.md", source: source(), text, pages: [] };

function sources(current: Report | null, broken: string[] = []): AnswerSources {
  return {
    report: () => current,
    meaning: new Map([[1, [0.7, 0.4]]]),
    glossary,
    likeness: () => 0,
    onBrokenQuote: (message) => broken.push(message),
  };
}

describe("answerFrom", () => {
  it("quotes the sentence that answers, with its place", () => {
    const { answer } = answerFrom(ask("How many attacks did PICSS count in January 2025?"), hits, 4, sources(report));
    if (answer.kind !== "answer") throw new Error(`abstained: ${answer.explanation}`);
    expect(answer.claims[0]?.text).toBe(sentence);
    expect(answer.claims[0]?.citations[0]?.quote).toEqual({
      reportId: "picss",
      start: 0,
      end: sentence.length,
      text: sentence,
    });
  });

  it("never shows a quote that is not in its report any more, and tells of it", () => {
    const broken: string[] = [];
    const changed = { ...report, text: text.replace("74", "81") };
    const question = ask("How many attacks did PICSS count in January 2025?");
    const { answer } = answerFrom(question, hits, 4, sources(changed, broken));
    expect(answer).toMatchObject({ kind: "abstention", nearest: [] });
    expect(JSON.stringify(answer)).not.toContain("74 militant");
    expect(broken[0]).toMatch(/^A quote of picss at 0\.\./);
  });

  it("shows nothing of a report that is gone", () => {
    const broken: string[] = [];
    const { answer } = answerFrom(
      ask("How many attacks did PICSS count in January 2025?"),
      hits,
      4,
      sources(null, broken),
    );
    expect(answer).toMatchObject({ kind: "abstention", nearest: [] });
    expect(broken.length).toBeGreaterThan(0);
  });

  it("abstains when no hit is near, and says so", () => {
    const { answer } = answerFrom(ask("How many attacks did PICSS count?"), [], 4, sources(report));
    expect(answer).toMatchObject({ kind: "abstention", reason: "nothing-near", nearest: [] });
  });

  it("abstains with the word that no report holds, and offers what is near", () => {
    const { answer } = answerFrom(ask("How many submarines did PICSS sink in January 2025?"), hits, 4, {
      ...sources(report),
      meaning: new Map([[1, [0.35, 0.2]]]),
    });
    expect(answer).toMatchObject({ kind: "abstention", reason: "name-not-in-reports" });
    if (answer.kind === "abstention") {
      expect(answer.explanation).toContain('"submarines"');
      expect(answer.nearest).toHaveLength(1);
    }
  });
});

describe("what plainly does not meet the question", () => {
  it("is not answered with figures of another time, however near", () => {
    const { answer } = answerFrom(ask("How many militant attacks did PICSS count in June 2025?"), hits, 4, {
      ...sources(report),
      meaning: new Map([[1, [0.95, 0.4]]]),
    });
    expect(answer).toMatchObject({ kind: "abstention", reason: "period-not-covered" });
  });

  it("is not answered with a count of something else", () => {
    const { answer } = answerFrom(ask("How many submarines did PICSS count in January 2025?"), hits, 4, {
      ...sources(report),
      meaning: new Map([[1, [0.95, 0.4]]]),
    });
    expect(answer).toMatchObject({ kind: "abstention", reason: "name-not-in-reports" });
  });
});

describe("the locator of a quote", () => {
  it("is the quoted sentence's own paragraph, not the first of its passage", () => {
    const first = "The ministry published nothing.";
    const two = passage(2, "two", [first, sentence]);
    const later = { ...two, sentences: two.sentences.map((each, index) => ({ ...each, paragraph: index + 4 })) };
    const report: Report = { id: "two", path: "two.md", source: source(), text: later.text, pages: [] };
    const { answer } = answerFrom(ask("How many attacks did PICSS count in January 2025?"), [hit(later)], 4, {
      ...sources(report),
      meaning: new Map([[2, [0.1, 0.7]]]),
    });
    expect(answer).toMatchObject({ kind: "answer", claims: [{ citations: [{ locator: { paragraph: 5 } }] }] });
  });
});
