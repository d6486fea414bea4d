/** Exchanges as the bot keeps them. */

import type { Answered, Citation } from "../../src/domain/answer.ts";
import type { Exchange, Outcome } from "../../src/domain/exchange.ts";
import type { AskResult } from "../../src/domain/service.ts";
import { SOURCE } from "./samples.ts";

const QUOTE = { reportId: "north", start: 10, end: 26, text: "Two clashes — 🚑." };

const CITATION: Citation = {
  number: 1,
  quote: QUOTE,
  path: "north.md",
  source: SOURCE,
  locator: { page: 3, headings: ["Figures"], paragraph: 2 },
  footnotes: SOURCE.sources,
};

export function answerOf(citations = 1): Answered {
  const citation = (_: unknown, at: number): Citation => ({ ...CITATION, number: at + 1 });
  const corroboration = [{ reportId: "south", title: "South", independent: true }];
  return {
    kind: "answer",
    claims: [{ text: QUOTE.text, citations: Array.from({ length: citations }, citation), corroboration }],
    confidence: "medium",
    support: 0.71,
  };
}

const QUESTION: AskResult["question"] = {
  text: "How many clashes?",
  isMadeWhole: false,
  wants: "number",
  names: ["TTP"],
  period: { from: "2024-01", to: "2024-04" },
  expansions: ["clashs -> clashes"],
};

/** @param hits how many passages were retrieved, each about as long as they are. */
export function retrievedPassages(hits: number): AskResult["retrieved"] {
  return Array.from({ length: hits }, (_, at) => {
    const text = `${QUOTE.text} ${"word ".repeat(150)}`;
    return {
      passage: {
        ...{ id: at + 1, reportId: "north", ordinal: at, start: 10, end: 10 + text.length, text, reading: text },
        locator: CITATION.locator,
        sentences: [{ start: 10, end: 26, paragraph: 2, footnotes: ["3"] }],
      },
      reportPath: "north.md",
      source: SOURCE,
      ...{
        score: 0.9,
        lexicalRank: 1,
        lexicalScore: 7.5,
        denseRank: null,
        denseScore: null,
        why: ["matched: clashes"],
      },
    };
  });
}

export function askOutcome({ hits = 1, citations = 1 } = {}): Outcome {
  return {
    kind: "ask",
    result: { question: QUESTION, answer: answerOf(citations), retrieved: retrievedPassages(hits) },
  };
}

export const ABSTENTION: Outcome = {
  kind: "ask",
  result: {
    question: { ...QUESTION, period: null },
    answer: {
      kind: "abstention",
      reason: "nothing-near",
      explanation: "Nothing is near.",
      nearest: [{ citation: CITATION, score: 0.2 }],
      support: 0.1,
    },
    retrieved: [],
  },
};

export const SEARCH: Outcome = {
  kind: "search",
  result: { question: QUESTION, hits: retrievedPassages(2), milliseconds: 3.5 },
};

export const CHECK: Outcome = {
  kind: "check",
  result: {
    statements: [
      {
        ...{ start: 0, end: 13, text: "Five clashes." },
        verdict: "contradicted",
        citations: [CITATION],
        differences: [{ claimed: "Five", reported: "Two" }],
      },
    ],
    omitted: 2,
    milliseconds: 12,
  },
};

export function exchangeWith(changes: Partial<Exchange> = {}): Omit<Exchange, "id" | "askedAt"> {
  return {
    guildId: "100000000000000001",
    channelId: "200000000000000001",
    memberId: "300000000000000001",
    isPrivate: false,
    question: "how many clashs?",
    filters: {},
    follows: null,
    outcome: askOutcome(),
    ...changes,
  };
}
