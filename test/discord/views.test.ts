/** What is shown of any outcome: inside Discord's limits, harmless, and no quote cut. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MessageBody } from "../../src/discord/components.ts";
import { actionOf, type ViewName } from "../../src/discord/custom-id.ts";
import { messageOf, pagesOf, type View } from "../../src/discord/pages.ts";
import { LANGUAGES, type Strings } from "../../src/discord/strings.ts";
import { harmless, quoted } from "../../src/discord/text.ts";
import { pagingOf, viewOf } from "../../src/discord/views/exchange.ts";
import { helpView, statusView } from "../../src/discord/views/help.ts";
import { quotesIn, quotesOf } from "../../src/discord/views/quotes.ts";
import { reindexedMessage, reindexingMessage } from "../../src/discord/views/reindex.ts";
import { reportsPaging, reportsView, reportView } from "../../src/discord/views/reports.ts";
import type { Citation } from "../../src/domain/answer.ts";
import type { Exchange } from "../../src/domain/exchange.ts";
import type { Guidance, Surroundings } from "../../src/domain/service.ts";
import { oneLine } from "../../src/domain/visible.ts";
import { parseMarkdown, plainText } from "../e2e/discord/harness/markdown.ts";
import { exchanges, reportDetails, sources, suggestions, surroundings } from "./generated.ts";
import { hostileOf } from "./hostile-text.ts";
import { buttonsOf, expectGood, shownOf, textsOf } from "./message-checks.ts";

const LANGUAGE = fc.constantFrom(...Object.values(LANGUAGES));
const RUNS = { numRuns: 150 };

function guidance(questions: readonly string[], around: Surroundings | null = null): Guidance {
  return {
    suggest: async () => questions,
    names: async () => [],
    verify: async (quotes) => quotes.map(() => true),
    surroundings: async () => {
      if (around === null) throw new Error("Not asked for");
      return around;
    },
  };
}

async function pagesShown(exchange: Exchange, name: ViewName, sitrep: Guidance, strings: Strings) {
  const view = await viewOf(exchange, name, { sitrep, strings });
  const paging = pagingOf(exchange, name, strings);
  return allPages(view, (page) => messageOf(view, page, paging));
}

function allPages(view: View, page: (at: number) => MessageBody): MessageBody[] {
  return Array.from({ length: Math.max(1, pagesOf(view).length) }, (_, at) => page(at));
}

const words = (text: string) => oneLine(text).split(" ");

/** The text that shows a quote, and whether it has its words. */
function expectShown(pages: readonly MessageBody[], citation: Citation, strings: Strings): void {
  const label = `**[${citation.number}]**\n`;
  const showing = pages.map((page) =>
    textsOf(page).filter((text) => text.startsWith(label) || text.includes(`\n${label}`)),
  );
  expect(showing.flat()).toHaveLength(1);
  const [text = ""] = showing.flat();
  const quotes = parseMarkdown(text).filter(({ kind }) => kind === "quote");
  if (quotes.length === 0) {
    expect(text).toContain(strings.answer.tooLong);
    expect(quoted(citation.quote.text).length).toBeGreaterThan(150);
  } else {
    expect(quotes).toHaveLength(1);
    expect(words(shownOf(quotes))).toEqual(words(citation.quote.text));
  }
  // Title, publisher, date, place, reliability and address stand below it.
  const { source, locator } = citation;
  const shown = plainText(text);
  expect(shown).toContain(beginning(source.title));
  expect(shown).toContain(source.publisher === null ? strings.source.publisherUnknown : beginning(source.publisher));
  expect(shown).toContain(source.published ?? strings.source.dateUnknown);
  expect(shown).toContain(
    locator.page === null ? strings.source.paragraph(locator.paragraph) : strings.source.page(locator.page),
  );
  expect(shown).toContain(strings.source.reliability(source.reliability));
  expect(shown).toContain(source.url === null ? strings.source.noAddress : new URL(source.url).host.slice(0, 100));
  // The button is on the page of the quote.
  const page = pages[showing.findIndex((texts) => texts.length > 0)] ?? [];
  const opens = buttonsOf(page).filter(({ id }) => {
    const action = actionOf(id);
    return action?.kind === "open" && action.view === "around" && action.quote === citation.number;
  });
  expect(opens.map((button) => button.label)).toEqual([strings.buttons.passage(citation.number)]);
}

/** What is left of a name where it is cut: at least this. */
const beginning = (text: string) =>
  oneLine(text)
    .slice(0, 60)
    .replace(/\\?[^\\]{0,9}$/, "");

describe("an exchange", () => {
  test("is shown inside Discord's limits and harmlessly in every view and on every page, in every language", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, suggestions, surroundings, LANGUAGE, async (exchange, questions, around, strings) => {
        const sitrep = guidance(questions, around);
        const names: ViewName[] = [{ view: "main" }, { view: "evidence" }, { view: "sources" }];
        const [first] = quotesOf(exchange.outcome);
        if (first !== undefined) names.push({ view: "around", quote: first.number });
        for (const name of names) {
          const pages = await pagesShown(exchange, name, sitrep, strings);
          for (const page of pages) expectGood(page);
        }
      }),
      RUNS,
    );
  });

  test("shows each quote whole on exactly one page with its source, or says that it is too long", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, suggestions, LANGUAGE, async (exchange, questions, strings) => {
        for (const name of [{ view: "main" }, { view: "evidence" }] as const) {
          const pages = await pagesShown(exchange, name, guidance(questions), strings);
          if (name.view === "evidence" && exchange.outcome.kind !== "ask") continue;
          for (const citation of quotesIn(exchange.outcome, name)) expectShown(pages, citation, strings);
        }
      }),
      RUNS,
    );
  });

  test("has the same pages with what is added below it when it is first shown", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, hostileOf(32), LANGUAGE, async (exchange, member, strings) => {
        const view = await viewOf(exchange, { view: "main" }, { sitrep: guidance([]), strings });
        const notes = [strings.followUp.threadHint, strings.answer.sharedBy(harmless(member))].map(
          (each) => `-# ${each}`,
        );
        for (const note of notes) {
          const added = { ...view, foot: [...view.foot, note] };
          expect(pagesOf(added)).toEqual(pagesOf(view));
          expectGood(messageOf(added, 0, pagingOf(exchange, { view: "main" }, strings)));
        }
      }),
      { numRuns: 50 },
    );
  });

  test("where a quote stands: every word before it, of it and after it, over pages", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, surroundings, LANGUAGE, async (exchange, around, strings) => {
        const [citation] = quotesOf(exchange.outcome);
        fc.pre(citation !== undefined);
        const name = { view: "around", quote: citation?.number ?? 0 } as const;
        const pages = await pagesShown(exchange, name, guidance([], around), strings);
        const quotes = pages
          .flatMap(textsOf)
          .flatMap((text) => parseMarkdown(text).filter(({ kind }) => kind === "quote"));
        const shown = quotes.map((each) => shownOf([each])).join(" ");
        const whole = [around.before, around.quote, around.after].map((each) => oneLine(each?.text ?? "")).join(" ");
        expect(shown.replace(/\s/g, "")).toBe(whole.replace(/\s/g, ""));
      }),
      RUNS,
    );
  });

  test("lists each report once among its sources, with the numbers of its quotes", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, LANGUAGE, async (exchange, strings) => {
        const { outcome } = exchange;
        fc.pre(outcome.kind === "ask" && outcome.answer.kind === "answer");
        const pages = await pagesShown(exchange, { view: "sources" }, guidance([]), strings);
        const shown = pages.flatMap(textsOf).map(plainText).join("\n");
        for (const { number } of quotesIn(outcome, { view: "sources" })) {
          expect(shown.split(`[${number}]`).length).toBeGreaterThan(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("an answer and an abstention", () => {
  test("differ in colour; an abstention has its reason and a button for each question that can be asked", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, suggestions, LANGUAGE, async (exchange, questions, strings) => {
        const { outcome } = exchange;
        fc.pre(outcome.kind === "ask");
        if (outcome.kind !== "ask") return;
        const pages = await pagesShown(exchange, { view: "main" }, guidance(questions), strings);
        const texts = pages.map((page) => textsOf(page).map(plainText).join("\n"));
        const asks = pages.flatMap(buttonsOf).flatMap(({ id }) => {
          const action = actionOf(id);
          return action?.kind === "try" ? [action.question] : [];
        });
        const { answer } = outcome;
        if (answer.kind === "answer") {
          expect(asks).toEqual([]);
          return;
        }
        for (const text of texts) expect(text).toContain(plainText(strings.abstention.reasons[answer.reason]));
        // What could be meant stands in the place of what else could be asked.
        const asked = answer.choices.length > 0 ? answer.choices.slice(0, 5) : questions;
        const short = asked.filter((question) => question.length <= 98 && question.isWellFormed());
        expect(asks).toEqual([...new Set(short)]);
      }),
      RUNS,
    );
  });
});

describe("the other messages", () => {
  test("a list of reports: each once, harmless, on pages, whatever is filtered for", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: fc.stringMatching(/^[a-z0-9]{8}$/), path: hostileOf(300), source: sources }), {
          maxLength: 30,
        }),
        hostileOf(80),
        LANGUAGE,
        (reports, filter, strings) => {
          for (const wanted of ["", filter]) {
            const view = reportsView(reports, wanted, strings);
            const paging = reportsPaging(wanted.isWellFormed() ? wanted : "", strings);
            const pages = allPages(view, (page) => messageOf(view, page, paging));
            for (const page of pages) expectGood(page);
            if (wanted !== "") continue;
            const shown = pages.flatMap(textsOf).map(plainText).join("\n");
            for (const { id } of reports) expect(shown).toContain(id);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a report in full", () => {
    fc.assert(
      fc.property(reportDetails, LANGUAGE, (report, strings) => {
        const view = reportView(report, strings);
        // Its buttons could only lead to pages of the list of reports.
        expect(pagesOf(view)).toHaveLength(1);
        expectGood(messageOf(view, 0, reportsPaging("", strings)));
      }),
      { numRuns: 200 },
    );
  });

  test("help and status", () => {
    const state = {
      runningSince: "2025-03-01T12:00:00.000Z",
      reindexingSince: "2025-03-01T12:00:00.000Z",
      lastReindex: { time: "2025-03-01T12:00:00.000Z", outcome: "Done." },
      questions: { running: 4, waiting: 300 },
      kept: { exchanges: 10_000, helpful: 10, notHelpful: 2 },
      heartbeat: 40,
      longestPause: 12,
    };
    const index = {
      snapshot: 1234,
      createdAt: "2025-03-01T12:00:00.000Z",
      dimensions: 384,
      reports: 2041,
      usableReports: 2000,
      passages: 90_000,
      dataDir: "data",
      corpusDir: "corpus",
    };
    fc.assert(
      fc.property(suggestions, hostileOf(200), LANGUAGE, (questions, model, strings) => {
        const corpus = { reports: 2041, updated: index.createdAt };
        const views = [
          helpView(corpus, questions, { exchangesKeptDays: 30, mentions: true }, strings),
          helpView(null, [], { exchangesKeptDays: 3650, mentions: true }, strings),
          statusView({ ...index, model }, state, strings),
          statusView(null, { ...state, kept: null, heartbeat: null }, strings),
        ];
        for (const view of views) {
          const pages = allPages(view, (at) => messageOf(view, at, reportsPaging("", strings)));
          expect(pages).toHaveLength(1);
          for (const page of pages) expectGood(page);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a reindex, with files of any name refused for any reason", () => {
    const text = hostileOf(500);
    const refused = fc.record({
      path: text,
      problems: fc.array(
        fc.record({
          line: fc.option(fc.nat(), { nil: null }),
          field: fc.option(text, { nil: null }),
          reason: text,
        }),
        { maxLength: 3 },
      ),
    });
    const lists = fc.array(text, { maxLength: 3 });
    const summaries = fc.record({
      dryRun: fc.constant(false),
      added: lists,
      changed: lists,
      renamed: lists,
      unchanged: fc.nat(),
      removed: lists,
      refused: fc.array(refused, { maxLength: 20 }),
      warnings: lists,
      reports: fc.nat(),
      passages: fc.nat(),
      embeddingsComputed: fc.nat(),
      embeddingsReused: fc.nat(),
      snapshot: fc.nat(),
      milliseconds: fc.nat(),
    });
    fc.assert(
      fc.property(summaries, text, LANGUAGE, (summary, message, strings) => {
        expectGood(reindexedMessage({ kind: "done", summary }, strings));
        expectGood(reindexedMessage({ kind: "failed", message }, strings));
        expectGood(reindexedMessage({ kind: "busy" }, strings));
        expectGood(reindexedMessage({ kind: "interrupted" }, strings));
        expectGood(reindexingMessage(null, strings));
        expectGood(reindexingMessage({ phase: "embed", done: 7, total: 3 }, strings));
      }),
      { numRuns: 100 },
    );
  });
});
