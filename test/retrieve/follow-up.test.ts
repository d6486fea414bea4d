import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Turn } from "../../src/domain/conversation.ts";
import { MAX_QUESTION_LENGTH } from "../../src/domain/question-text.ts";
import { parseGlossary } from "../../src/ingest/glossary-yaml.ts";
import { type FollowUp, followUp } from "../../src/retrieve/follow-up.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import {
  type Before,
  HELD_OUT_AGAIN,
  HELD_OUT_AGAIN_UNCHANGED,
  MADE_WHOLE,
  ONCE_HELD_OUT,
  ONCE_HELD_OUT_UNCHANGED,
  UNCHANGED,
} from "./follow-up-cases.ts";

const glossary = createGlossary(parseGlossary(readFileSync("corpus/glossary.yaml", "utf8"), "glossary.yaml"));

const quote = (text: string) => ({ reportId: "r", start: 0, end: text.length, text });

/** The turns of a conversation, each question as it was understood, and each answer with its quotes. */
function turnsOf(before: Before): Turn[] {
  const turns: Turn[] = [];
  for (const each of typeof before === "string" ? [before] : before) {
    const [typed = "", quoted] = each.split(" => ");
    const meant = followUp(typed, turns, glossary);
    turns.push({
      question: meant.kind === "whole" ? typed : meant.question,
      quotes: meant.kind === "who-said" ? meant.quotes : quoted === undefined ? [] : [quote(quoted)],
    });
  }
  return turns;
}

function meaning(before: Before, typed: string): string {
  const meant: FollowUp = followUp(typed, turnsOf(before), glossary);
  return meant.kind === "whole" ? typed : meant.question;
}

describe("a question that points back", () => {
  it.each([...MADE_WHOLE, ...ONCE_HELD_OUT, ...HELD_OUT_AGAIN])("after %j, %j is %j", (before, typed, meant) => {
    expect(meaning(before, typed)).toBe(meant);
    expect(followUp(typed, turnsOf(before), glossary).kind).toBe("made-whole");
  });

  it("has many examples, of what is made whole and of what is not", () => {
    expect(MADE_WHOLE.length).toBeGreaterThanOrEqual(60);
    expect(UNCHANGED.length).toBeGreaterThanOrEqual(20);
  });
});

describe("a question that stands alone", () => {
  it.each([...UNCHANGED, ...ONCE_HELD_OUT_UNCHANGED, ...HELD_OUT_AGAIN_UNCHANGED])(
    "after %j, %j stays as it is",
    (before, typed) => {
      expect(followUp(typed, turnsOf(before), glossary)).toEqual({ kind: "whole" });
    },
  );

  it("is any question without a conversation", () => {
    for (const [, typed] of MADE_WHOLE) expect(followUp(typed, [], glossary)).toEqual({ kind: "whole" });
  });

  it("is one that would become too long", () => {
    const long = `How many attacks did PICSS count in January 2025 ${"and so on ".repeat(300)}?`;
    expect(followUp("and in 2023?", [{ question: long, quotes: [] }], glossary)).toEqual({ kind: "whole" });
  });
});

describe("who said it", () => {
  const answered: Turn[] = [
    {
      question: "How many attacks did PICSS count?",
      quotes: [
        quote(
          "PICSS counted at least 74 militant attacks across Pakistan in January 2025,[^s7] 42% more than in December, as relayed by Dawn.",
        ),
        quote("It was 54 in December."),
      ],
    },
  ];

  it.each([
    "who said that?",
    "and who says so?",
    "according to whom?",
    "says who",
    "source?",
    "what's the source?",
    "where is that from?",
    "where does that come from?",
    "which report?",
    "Which report is that from?",
    "ok, who claims that",
  ])("%j asks for the quotes of the last answer", (typed) => {
    expect(followUp(typed, answered, glossary)).toEqual({
      kind: "who-said",
      question: "Who said: “PICSS counted at least 74 militant attacks across Pakistan in January 2025, 42%…”?",
      quotes: answered[0]?.quotes,
    });
  });

  it("can be asked twice", () => {
    const first = followUp("who said that?", answered, glossary);
    if (first.kind !== "who-said") throw new Error(first.kind);
    expect(followUp("source?", [...answered, first], glossary)).toEqual(first);
  });
});

describe("for every text", () => {
  const word = fc.oneof(
    fc.constantFrom(
      ..."and what about who how many in since it they them there of the TTP PICSS Balochistan 2023 january why when".split(
        " ",
      ),
    ),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 8 }),
  );
  const text = fc.array(word, { maxLength: 14 }).map((words) => words.join(" "));
  const turns = fc.array(
    fc.record({ question: text, quotes: fc.array(text.filter((each) => each !== "").map(quote), { maxLength: 2 }) }),
    { maxLength: 4 },
  );

  it("a question without conversation is never changed", () => {
    fc.assert(fc.property(text, (typed) => followUp(typed, [], glossary).kind === "whole"));
  });

  it("what comes out is within the limit, without control characters, and the same each time", () => {
    fc.assert(
      fc.property(text, turns, (typed, conversation) => {
        const meant = followUp(typed, conversation, glossary);
        expect(followUp(typed, conversation, glossary)).toEqual(meant);
        if (meant.kind === "whole") return;
        expect(meant.question.length).toBeLessThanOrEqual(MAX_QUESTION_LENGTH);
        expect(meant.question).not.toMatch(/\p{Cc}/u);
        expect(meant.question.trim()).not.toBe("");
      }),
      { numRuns: 400 },
    );
  });

  it("takes no longer than its length allows", () => {
    const began = performance.now();
    for (const piece of ["a ", "and ", "the ", "A", "in 2023 ", "of those ", "Al-", "how many ", "'", "— ", "1st "]) {
      const long = piece.repeat(2000 / piece.length);
      followUp(long, [{ question: long, quotes: [quote(long.repeat(3))] }], glossary);
      followUp("and in 2023?", [{ question: long, quotes: [quote(long.repeat(3))] }], glossary);
      followUp("who leads it, and why did they say so there?", [{ question: long, quotes: [quote(long)] }], glossary);
    }
    expect(performance.now() - began).toBeLessThan(4000);
  });
});
