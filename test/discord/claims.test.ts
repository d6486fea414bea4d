/** What stands with the quotes of an answer: its time, who says it, that it is an opinion, who else says so. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { messageOf, pagesOf } from "../../src/discord/pages.ts";
import { english } from "../../src/discord/strings/en.ts";
import { urdu } from "../../src/discord/strings/ur.ts";
import { LANGUAGES } from "../../src/discord/strings.ts";
import { pagingOf, viewOf } from "../../src/discord/views/exchange.ts";
import type { Answered, AsOf, Claim, Voice } from "../../src/domain/answer.ts";
import { isOpinion } from "../../src/domain/claim-rules.ts";
import { abstained, answered, citationWith, claimWith, sourceWith } from "../cli/fakes.ts";
import { plainText } from "../e2e/discord/harness/markdown.ts";
import { exchanges } from "./generated.ts";
import { textsOf } from "./message-checks.ts";
import { exchangeOf, guidance, ISOLATES, shown } from "./shown.ts";

const one = (claim: Partial<Claim>): Answered => answered({ claims: [claimWith(claim)] });
const asOf = (changes: Partial<AsOf> = {}): AsOf => ({
  ...{ from: "2024", to: "2024", basis: "quote", isOlder: false },
  ...changes,
});
const QUOTE = "The institute counted 74 attacks in January 2025.";
const TITLE = "Digest: attacks in January";

describe("the time of a claim", () => {
  test.each([
    [asOf(), "as of 2024", "یہ بات 2024 کی ہے"],
    [
      asOf({ from: "2025-01", to: "2025-06", basis: "heading" }),
      "as of January to June 2025 (from the context)",
      "یہ بات جنوری تا جون 2025 کی ہے (سیاق و سباق سے)",
    ],
    [
      asOf({ basis: "report" }),
      "the report covers 2024; the quote gives no date",
      "رپورٹ 2024 کے بارے میں ہے؛ اقتباس میں تاریخ نہیں",
    ],
  ])("%j stands between the quote and its source", async (time, inEnglish, inUrdu) => {
    for (const [strings, words] of [
      [english, inEnglish],
      [urdu, inUrdu],
    ] as const) {
      const { lines } = await shown(one({ asOf: time }), strings);
      const at = lines.indexOf(QUOTE);
      expect(lines.slice(at, at + 3)).toEqual([QUOTE, words, TITLE]);
    }
  });

  test("that is only the period which stands with the report anyway is not said twice", async () => {
    const { lines } = await shown(one({ asOf: asOf({ from: "2025-01", to: "2025-01", basis: "report" }) }));
    expect(lines.slice(lines.indexOf(QUOTE), lines.indexOf(QUOTE) + 2)).toEqual([QUOTE, TITLE]);
    expect(lines.join("\n")).toContain("2025-02-03 · covers 2025-01\n");
  });

  test("of an older figure is no small print", async () => {
    for (const [strings, words] of [
      [english, "Older figure: as of 2024; the reports have a newer one"],
      [urdu, "پرانا عدد: یہ بات 2024 کی ہے؛ رپورٹوں میں اس سے نیا عدد موجود ہے"],
    ] as const) {
      const { lines, pages } = await shown(one({ asOf: asOf({ isOlder: true }) }), strings);
      expect(lines[lines.indexOf(QUOTE) + 1]).toBe(words);
      expect(lines[lines.indexOf(QUOTE) + 2]).toBe(TITLE);
      const written = pages.flatMap(textsOf).join("\n").split("\n");
      expect(written.find((line) => line.includes(strings.claim.older("").slice(0, 8)))).not.toMatch(/^-#/);
    }
  });
});

describe("what a change is measured against", () => {
  const changes = [
    { written: "90%", base: { from: "2023-01-01", to: "2023-12-31" }, isBaseQuoted: false },
    { written: "12%", base: null, isBaseQuoted: false },
  ];

  test("is said where the quote does not say it", async () => {
    for (const [strings, words] of [
      [english, "90%: compared with 2023 · 12%: it is not said compared with what"],
      [urdu, `${urdu.claim.comparedWith("90%", "2023")} · ${urdu.claim.baseNotSaid("12%")}`.replace(ISOLATES, "")],
    ] as const) {
      const { lines } = await shown(one({ changes }), strings);
      expect(lines[lines.indexOf(QUOTE) + 1]).toBe(words);
    }
  });

  test("is not said twice", async () => {
    const quoted = changes.map((change) => ({ ...change, isBaseQuoted: true }));
    const { lines } = await shown(one({ changes: quoted }));
    expect(lines[lines.indexOf(QUOTE) + 1]).toBe(TITLE);
  });
});

describe("who says it", () => {
  const voices: [Voice, string, string][] = [
    [
      { kind: "attributed", who: "PICSS" },
      "according to PICSS, as this report quotes it",
      "PICSS کے مطابق، جن کا حوالہ اس رپورٹ نے دیا ہے",
    ],
    [
      { kind: "attributed", who: null },
      "according to somebody whom the report does not name",
      "کسی ایسے ذریعے کے مطابق جس کا نام رپورٹ میں نہیں",
    ],
    [
      { kind: "relayed", who: "Dawn" },
      "relayed: from Dawn, passed on by this report",
      "منقول: رپورٹ نے یہ بات Dawn سے نقل کی ہے",
    ],
    [
      { kind: "relayed", who: null },
      "relayed: from another source, passed on by this report",
      "منقول: رپورٹ نے یہ بات کسی اور ماخذ سے نقل کی ہے",
    ],
  ];
  test.each(voices)("%j, on one line with the time", async (voice, inEnglish, inUrdu) => {
    expect((await shown(one({ voice, asOf: asOf() }))).lines).toContain(`as of 2024 · ${inEnglish}`);
    expect((await shown(one({ voice }), urdu)).lines).toContain(inUrdu);
  });

  test("the report itself needs no line of its own", async () => {
    const { lines } = await shown(one({}));
    expect(lines[lines.indexOf(QUOTE) + 1]).toBe(TITLE);
  });
});

describe("an opinion", () => {
  const opEd = citationWith({ source: sourceWith({ kind: "op-ed" }) });
  test.each<[string, Partial<Claim>, string, string]>([
    [
      "of somebody who is named",
      { voice: { kind: "opinion", who: "A. Columnist" } },
      "Opinion of A. Columnist, not a finding",
      "A. Columnist کی رائے، نہ کہ تحقیقی نتیجہ",
    ],
    [
      "of nobody who is named",
      { voice: { kind: "opinion", who: null } },
      "Opinion, not a finding",
      "یہ رائے ہے، نہ کہ تحقیقی نتیجہ",
    ],
    [
      "in an op-ed, whoever speaks there",
      { citations: [opEd], voice: { kind: "attributed", who: "PICSS" } },
      "Opinion, not a finding",
      "یہ رائے ہے، نہ کہ تحقیقی نتیجہ",
    ],
  ])("%s is called one above the quote, once", async (_, claim, inEnglish, inUrdu) => {
    for (const [strings, words] of [
      [english, inEnglish],
      [urdu, inUrdu],
    ] as const) {
      const { lines } = await shown(one(claim), strings);
      expect(lines.slice(lines.indexOf(QUOTE) - 2, lines.indexOf(QUOTE) + 1)).toEqual(["[1]", words, QUOTE]);
      expect(lines.join("\n")).not.toContain(strings.source.kinds["op-ed"].replace(ISOLATES, ""));
    }
  });

  test("is called one where it is only near, too, and where it stands", async () => {
    const near = abstained({ nearest: [{ citation: opEd, score: 0.2 }] });
    expect((await shown(near)).lines).toContain("Opinion, not a finding");
    const exchange = exchangeOf(one({ citations: [opEd], voice: { kind: "opinion", who: "A. Columnist" } }));
    const answer = exchange.outcome.kind === "ask" ? exchange.outcome.answer : abstained();
    const view = await viewOf(exchange, { view: "around", quote: 1 }, { sitrep: guidance(answer), strings: english });
    const text = textsOf(messageOf(view, 0, pagingOf(exchange, { view: "main" }, english)))
      .map(plainText)
      .join("\n");
    expect(text).toContain("Opinion of A. Columnist, not a finding");
  });

  test("is called one above every quote of one, in every answer and language", async () => {
    await fc.assert(
      fc.asyncProperty(exchanges, fc.constantFrom(...Object.values(LANGUAGES)), async (exchange, strings) => {
        const { outcome } = exchange;
        fc.pre(outcome.kind === "ask" && outcome.answer.kind === "answer");
        if (outcome.kind !== "ask" || outcome.answer.kind !== "answer") return;
        const view = await viewOf(exchange, { view: "main" }, { sitrep: guidance(outcome.answer), strings });
        const texts = pagesOf(view).flatMap((_, page) =>
          textsOf(messageOf(view, page, pagingOf(exchange, { view: "main" }, strings))),
        );
        for (const { citations, voice } of outcome.answer.claims) {
          for (const { number, source } of citations) {
            const text = texts.find((each) => each.startsWith(`**[${number}]**\n`)) ?? "";
            const [, second = ""] = text.split("\n");
            const isCalled = !second.startsWith("> ") && second !== `*${strings.answer.tooLong}*`;
            expect(isCalled).toBe(isOpinion(source, voice));
          }
        }
      }),
      { numRuns: 80 },
    );
  });
});

test("how many say so independently, and who only repeats it", async () => {
  const corroboration = [
    { reportId: "a", title: "Another count", independent: true },
    { reportId: "b", title: "A third count", independent: true },
    { reportId: "c", title: "A reprint", independent: false },
  ];
  const { lines } = await shown(one({ corroboration }));
  expect(lines).toContain("3 independent sources; also said by: Another count; A third count");
  expect(lines).toContain("also said by: A reprint (same origin: one voice, not two)");
  const inUrdu = await shown(one({ corroboration: corroboration.slice(1) }), urdu);
  expect(inUrdu.lines).toContain("2 آزاد مآخذ؛ یہی بات یہاں بھی ہے: A third count");
  const echo = await shown(one({ corroboration: corroboration.slice(2) }));
  expect(echo.lines.join("\n")).not.toContain("independent source");
});
