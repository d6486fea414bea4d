/** An answer as a member reads it, from hand-made samples. */

import { messageOf, pagesOf } from "../../src/discord/pages.ts";
import { english } from "../../src/discord/strings/en.ts";
import type { Strings } from "../../src/discord/strings.ts";
import { pagingOf, viewOf } from "../../src/discord/views/exchange.ts";
import type { Answer } from "../../src/domain/answer.ts";
import type { Exchange } from "../../src/domain/exchange.ts";
import type { Guidance } from "../../src/domain/service.ts";
import { plainText } from "../e2e/discord/harness/markdown.ts";
import { buttonsOf, expectGood, textsOf } from "./message-checks.ts";

export const ISOLATES = /[\u2066-\u2069\u200F]/g;

/** What views ask of Sitrep, for an answer whose quotes all stand. */
export function guidance(answer: Answer): Guidance {
  const [citation] = answer.kind === "answer" ? (answer.claims[0]?.citations ?? []) : [];
  return {
    suggest: async () => ["Who leads the TTP?"],
    names: async () => [],
    verify: async (quotes) => quotes.map(() => true),
    surroundings: async () => {
      if (citation === undefined) throw new Error("Nothing was quoted");
      const { quote, source, locator, path } = citation;
      return { quote, before: null, after: null, source, locator, path };
    },
  };
}

export function exchangeOf(answer: Answer, question = "How many attacks?"): Exchange {
  return {
    ...{ id: "0123456789", askedAt: "2025-03-01T00:00:00.000Z", guildId: "1", channelId: "2", memberId: "3" },
    ...{ isPrivate: false, question, filters: {}, follows: null },
    outcome: {
      kind: "ask",
      question: { text: question, isMadeWhole: false, wants: "number", names: [], period: null, expansions: [] },
      answer,
      evidence: [],
    },
  };
}

/** The lines that a member reads, on all pages, without marks of direction and lists; and the messages. */
export async function shown(answer: Answer, strings: Strings = english, question?: string) {
  const exchange = exchangeOf(answer, question);
  const view = await viewOf(exchange, { view: "main" }, { sitrep: guidance(answer), strings });
  const pages = pagesOf(view).map((_, page) => messageOf(view, page, pagingOf(exchange, { view: "main" }, strings)));
  for (const page of pages) expectGood(page);
  const lines = pages
    .flatMap(textsOf)
    .flatMap((text) => plainText(text).replace(ISOLATES, "").split("\n"))
    .map((line) => line.replace(/^• /, ""));
  return { lines, pages, labels: pages.flatMap(buttonsOf).map(({ label }) => label) };
}
