/** Exchanges as the bot keeps them. */

import type { Answered, Citation } from "../../src/domain/answer.ts";
import type { Exchange, Outcome } from "../../src/domain/exchange.ts";
import type { AskResult } from "../../src/domain/service.ts";
import { sampleBriefing } from "../helpers/briefings.ts";
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
    claims: [
      {
        text: QUOTE.text,
        citations: Array.from({ length: citations }, citation),
        corroboration,
        asOf: { from: "2024-01", to: "2024-04", basis: "heading", isOlder: true },
        voice: { kind: "attributed", who: "the ambulance service" },
        changes: [{ written: "42%", base: { from: "2023", to: "2023" }, isBaseQuoted: false }],
      },
    ],
    confidence: "medium",
    support: 0.71,
    disagreements: [
      {
        about: "clashes",
        period: { from: "2024", to: "2024" },
        values: [
          { written: "Two", citation: 1, who: "the ambulance service", rule: null },
          { written: "five", citation: 1, who: null, rule: "with those nobody was hurt in" },
        ],
      },
    ],
    premise: { asked: "five clashes", citation: 1 },
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

/** @param count how many passages were found, each about as long as they are. */
function passages(count: number): Citation[] {
  const text = `${QUOTE.text} ${"word ".repeat(150)}`;
  return Array.from({ length: count }, (_, at) => ({
    ...CITATION,
    number: at + 1,
    quote: { ...QUOTE, end: QUOTE.start + text.length, text },
  }));
}

export function askOutcome({ hits = 1, citations = 1 } = {}): Outcome {
  return {
    kind: "ask",
    question: QUESTION,
    answer: answerOf(citations),
    evidence: passages(hits),
  };
}

export const ABSTENTION: Outcome = {
  kind: "ask",
  question: { ...QUESTION, period: null },
  answer: {
    kind: "abstention",
    reason: "nothing-near",
    explanation: "Nothing is near.",
    nearest: [{ citation: CITATION, score: 0.2 }],
    support: 0.1,
    unmet: [{ kind: "detail", surface: "number" }],
    choices: ["How many clashes in 2023?"],
  },
  evidence: [],
};

export const SEARCH: Outcome = {
  kind: "search",
  passages: passages(2),
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

export const BRIEF: Outcome = { kind: "brief", briefing: sampleBriefing() };

export const NEWS: Outcome = {
  kind: "brief",
  briefing: {
    ...sampleBriefing({ kind: "changes", subject: null, missing: ["altered"] }),
    sections: sampleBriefing().sections.map((section) => ({ ...section, pairs: [[0, 1]] })),
    since: { snapshot: 2, createdAt: "2025-02-01T10:00:00.000Z" },
    reports: [
      { kind: "added", reportId: "police", title: "Police bulletin", published: "2025-01-31" },
      { kind: "removed", reportId: "gone", title: "gone", published: null },
    ],
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
