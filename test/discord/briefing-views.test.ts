/** What is shown of any briefing: inside Discord's limits, harmless, no quote cut or without its source. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_COMPONENTS, MOST_TEXT, type PictureFile, sizeOf } from "../../src/discord/components.ts";
import { actionOf } from "../../src/discord/custom-id.ts";
import { blocksOn, messageOf, pageOfPart, pagesOf, SINGLE_PAGE } from "../../src/discord/pages.ts";
import { english } from "../../src/discord/strings/en.ts";
import { LANGUAGES, type Strings } from "../../src/discord/strings.ts";
import { quoted } from "../../src/discord/text.ts";
import { briefingView, nothingView, pictureName } from "../../src/discord/views/briefing.ts";
import { pagingOf } from "../../src/discord/views/exchange.ts";
import { forRecord, withKnownOnly } from "../../src/discord/views/kept-briefing.ts";
import { type Briefing, citationsIn } from "../../src/domain/briefing.ts";
import { isOpinion } from "../../src/domain/claim-rules.ts";
import type { Exchange } from "../../src/domain/exchange.ts";
import { oneLine } from "../../src/domain/visible.ts";
import { parseMarkdown, plainText } from "../e2e/discord/harness/markdown.ts";
import { sampleBriefing } from "../helpers/briefings.ts";
import { head } from "../helpers/sources.ts";
import { briefings } from "./generated-briefings.ts";
import { hostileOf } from "./hostile-text.ts";
import { buttonsOf, expectGood, shownOf, textsOf } from "./message-checks.ts";

const LANGUAGE = fc.constantFrom(...Object.values(LANGUAGES));
const RUNS = { numRuns: 60 };

function exchangeOf(briefing: Briefing, isPrivate = true): Exchange {
  return {
    ...{ id: "0123456789", askedAt: "2025-03-01T00:00:00.000Z", guildId: "1", channelId: "2", memberId: "3" },
    ...{ isPrivate, question: "", filters: {}, follows: null },
    outcome: { kind: "brief", briefing },
  };
}

function shown(briefing: Briefing, strings: Strings = english, pictures: readonly PictureFile[] = []) {
  const exchange = exchangeOf(briefing);
  const view = briefingView(exchange, briefing, strings);
  const paging = pagingOf(exchange, { view: "main" }, strings);
  const pages = Array.from({ length: Math.max(1, pagesOf(view).length) }, (_, at) =>
    messageOf(view, at, paging, pictures),
  );
  return { view, pages, texts: pages.map((page) => textsOf(page)) };
}

const words = (text: string) => oneLine(text).split(" ");

describe("any briefing", () => {
  test("is taken by Discord on every page, and nothing in it becomes markup", () => {
    fc.assert(
      fc.property(briefings, LANGUAGE, (briefing, strings) => {
        for (const page of shown(briefing, strings).pages) expectGood(page);
      }),
      RUNS,
    );
  });

  test("has room for its pictures on the pages of their sections", () => {
    const pictures = (["chart", "timeline"] as const).map((id) => ({
      name: pictureName(id),
      png: Uint8Array.of(1),
      alt: "x",
    }));
    fc.assert(
      fc.property(briefings, LANGUAGE, (briefing, strings) => {
        const { pages } = shown(briefing, strings, pictures);
        const galleries = JSON.stringify(pages).split('"attachment://').length - 1;
        const wanted = briefing.sections.filter(({ id }) => id === "figures" || id === "timeline").length;
        expect(galleries).toBe(briefing.kind === "changes" ? 0 : wanted);
        for (const page of pages) {
          const { text, count } = sizeOf(page);
          expect(text).toBeLessThanOrEqual(MOST_TEXT);
          expect(count).toBeLessThanOrEqual(MOST_COMPONENTS);
        }
      }),
      RUNS,
    );
  });

  test("shows the quote of each line whole, on one page, with its source and its button, or says that it is too long", () => {
    fc.assert(
      fc.property(briefings, LANGUAGE, (briefing, strings) => {
        const { texts, pages } = shown(briefing, strings);
        for (const line of briefing.sections.flatMap(({ lines }) => lines)) {
          for (const citation of line.citations) {
            const origin = `-# [${citation.number}] `;
            const isIt = (text: string) => text.split("\n").some((each) => each.startsWith(origin));
            const at = texts.findIndex((page) => page.some(isIt));
            const all = texts.flat().filter(isIt);
            expect(all).toHaveLength(1);
            const [text = ""] = all;
            const quotes = parseMarkdown(text).filter(({ kind }) => kind === "quote");
            if (quotes.length === 0) {
              expect(text).toContain(strings.answer.tooLong);
              expect(quoted(citation.quote.text).length).toBeGreaterThan(150);
            } else expect(words(shownOf(quotes))).toEqual(words(citation.quote.text));
            expect(plainText(text)).toContain(strings.source.reliability(citation.source.reliability));
            if (isOpinion(citation.source, line.voice)) {
              const before = text.slice(0, text.indexOf("\n>") < 0 ? undefined : text.indexOf("\n>"));
              const label = strings.claim.opinion;
              expect(before.includes(label) || line.voice.who !== null).toBe(true);
            }
            const clicks = buttonsOf(pages[at] ?? []).map(({ id }) => actionOf(id));
            expect(clicks).toContainEqual({
              kind: "open",
              exchange: "0123456789",
              view: "around",
              quote: citation.number,
            });
          }
        }
      }),
      RUNS,
    );
  });

  test("names every section where it begins and where it goes on, and its menu leads there", () => {
    fc.assert(
      fc.property(briefings, LANGUAGE, (briefing, strings) => {
        const { view, texts } = shown(briefing, strings);
        for (const { id } of briefing.sections) {
          const title = `**${strings.briefings.sections[id]}**`;
          const page = texts[pageOfPart(view, id)] ?? [];
          expect(page.filter((text) => text.split("\n")[0] === title)).toHaveLength(1);
        }
        const sectionOf = new Map<unknown, string>();
        let current: string | undefined;
        for (const block of view.blocks) {
          current = block.part ?? current;
          if (current !== undefined) sectionOf.set(block, current);
        }
        pagesOf(view).forEach(([first], at) => {
          if (at === 0 || first === undefined || first.part !== undefined || first.quotes === undefined) return;
          const section = sectionOf.get(first) as keyof typeof strings.briefings.sections;
          expect(texts[at]?.[1]).toContain(strings.briefings.continued(strings.briefings.sections[section]));
        });
      }),
      RUNS,
    );
  });

  test("has whatever a page quotes compared with the reports before the page is shown", () => {
    fc.assert(
      fc.property(briefings, (briefing) => {
        const { view, texts } = shown(briefing);
        const byNumber = new Map(citationsIn(briefing).map(({ number, quote }) => [number, quote]));
        texts.forEach((page, at) => {
          const compared = blocksOn(view, at).flatMap(({ quotes = [] }) => quotes);
          const numbers = page.flatMap((text) => Array.from(text.matchAll(/^-# \[(\d+)\] /gm), ([, n]) => Number(n)));
          for (const number of numbers) expect(compared).toContainEqual(byNumber.get(number));
        });
      }),
      RUNS,
    );
  });
});

test("a subject that is not in the reports is told back as it is, with what is near", () => {
  fc.assert(
    fc.property(hostileOf(200), fc.array(hostileOf(120), { maxLength: 6 }), LANGUAGE, (subject, instead, strings) => {
      const message = messageOf(nothingView(subject, instead, strings), 0, SINGLE_PAGE);
      expectGood(message);
      const subjects = buttonsOf(message).map(({ id }) => actionOf(id));
      expect(subjects.at(-1)).toEqual({ kind: "brief", subject: "" });
    }),
    { numRuns: 100 },
  );
});

describe("a row of the table", () => {
  const lines = (briefing: Briefing) => shown(briefing).texts.flat().map(plainText).join("\n").split("\n");
  const withRow = (changes: object) => {
    const briefing = sampleBriefing();
    return sampleBriefing({
      sections: briefing.sections.map((section) =>
        section.table === undefined
          ? section
          : { ...section, table: section.table.map((row, at) => (at === 1 ? { ...row, ...changes } : row)) },
      ),
    });
  };

  test("says what a change is measured against, in the words of the report", () => {
    expect(lines(sampleBriefing())).toContain(
      "42% attacks · January 2025 · Northland · up, compared with December 2024 [2]",
    );
  });

  test.each([
    [
      { change: { direction: "down", base: null, baseWords: null }, base: null },
      "down; the report does not say compared with what",
    ],
    [
      { change: { direction: "up", base: { from: "2023", to: "2023" }, baseWords: null }, base: null },
      "up, compared with 2023",
    ],
    [{ time: null, period: null }, "the report gives no time"],
    [
      { time: { from: "2024", to: "2024", part: "", basis: "report" }, period: null },
      "the report covers 2024; the quote gives no date",
    ],
    [
      {
        time: { from: "2024", to: "2024", part: "", basis: "quote" },
        period: { text: "last year", at: { start: 0, end: 9 } },
      },
      "last year (2024)",
    ],
  ])("%j", (changes, words) => {
    expect(lines(withRow(changes)).some((line) => line.startsWith("42% attacks") && line.includes(words))).toBe(true);
  });
});

test("lines that stand against each other stand side by side; one that is shown already is pointed to", () => {
  const briefing = sampleBriefing();
  const sections = briefing.sections.map((section) =>
    section.id === "disagreements"
      ? {
          ...section,
          disagreements: [],
          pairs: [
            [0, 1],
            [1, 0],
          ],
        }
      : section,
  );
  const text = shown({ ...briefing, sections })
    .texts.flat()
    .map(plainText)
    .join("\n");
  expect(text).toMatch(/On one side:\nThe institute counted 74[\s\S]*On the other:\nPolice said there were 60/);
  expect(text).toContain("On one side: [6]\nOn the other: [5]");
});

test("the time of a line is not said twice, and an older figure is always said to be one", () => {
  const period = { from: "2025-01-03", to: "2025-01-03" };
  const timeline = (isOlder: boolean) =>
    shown(
      sampleBriefing({
        sections: sampleBriefing().sections.map((section) => ({
          ...section,
          lines: section.lines.map((line) => ({ ...line, asOf: { ...period, basis: "quote" as const, isOlder } })),
        })),
      }),
    )
      .texts.flat()
      .map(plainText)
      .find((text) => text.startsWith("3 January 2025") || text.includes("\n3 January 2025"));
  expect(timeline(false)).not.toContain("as of 3 January 2025");
  expect(timeline(true)).toContain("Older figure: as of 3 January 2025");
});

describe("a briefing that is kept", () => {
  test("looks the same as the one that was made", () => {
    fc.assert(
      fc.property(briefings, LANGUAGE, (briefing, strings) => {
        const withFootnotes = shown(briefing, strings).pages;
        expect(shown(forRecord(briefing), strings).pages).toEqual(withFootnotes);
      }),
      { numRuns: 20 },
    );
  });

  test("names no report later that is not there any more", () => {
    const known = withKnownOnly(
      sampleBriefing({
        reports: [
          { kind: "added", reportId: "police", title: "Police bulletin", published: null },
          { kind: "removed", reportId: "old", title: "old", published: null },
        ],
      }),
      [head("figures")],
    );
    expect(known.scope.publishers).toEqual(["Institute of Figures"]);
    expect(known.sections.flatMap(({ table = [] }) => table.flatMap(({ alsoIn }) => alsoIn))).toEqual([]);
    expect(known.reports?.map(({ reportId }) => reportId)).toEqual(["old"]);
  });
});

test("what is new names the reports and since when; where nothing is, it says so", () => {
  const since = { snapshot: 2, createdAt: "2025-02-01T10:00:00.000Z" };
  const none = shown(sampleBriefing({ kind: "changes", subject: null, sections: [], reports: [], since }));
  expect(none.texts.flat().join("\n")).toContain(english.briefings.nothingNew);
  const added = [{ kind: "added" as const, reportId: "a", title: "A new report", published: "2025-03" }];
  const silent = shown(sampleBriefing({ kind: "changes", subject: "x", sections: [], reports: added, since }));
  const text = silent.texts.flat().map(plainText).join("\n");
  expect(text).toContain("• new: A new report (2025-03)");
  expect(text).toContain(english.briefings.nothingToQuote);
});
