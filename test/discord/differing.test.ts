/** Where the reports contradict each other or the question, and what of a question they do not meet. */

import { describe, expect, test } from "vitest";
import { english } from "../../src/discord/strings/en.ts";
import { urdu } from "../../src/discord/strings/ur.ts";
import { LANGUAGES } from "../../src/discord/strings.ts";
import type { Abstained, Answer } from "../../src/domain/answer.ts";
import { abstained, answered, citationWith, claimWith, sourceWith } from "../cli/fakes.ts";
import { parseMarkdown } from "../e2e/discord/harness/markdown.ts";
import { textsOf } from "./message-checks.ts";
import { shown } from "./shown.ts";

const QUOTE = "The institute counted 74 attacks in January 2025.";
const EVIL = "@everyone **x** `y` [z](https://evil.example)";

describe("where the reports differ", () => {
  const other = citationWith({ number: 2, source: sourceWith({ title: "Another count" }) });
  const value = { written: "at least 74", citation: 1, who: "PICSS", rule: "civilians and security forces" };
  const answer = answered({
    claims: [claimWith(), claimWith({ citations: [other] })],
    disagreements: [
      {
        about: "militants killed",
        period: { from: "2025-01-01", to: "2025-01-31" },
        values: [value, { written: "68", citation: 2, who: null, rule: null }],
      },
    ],
  });

  test.each([
    [
      english,
      [
        "The reports differ on militants killed (January 2025)",
        "at least 74 · PICSS · counts: civilians and security forces [1]",
        "68 · Another count [2]",
        "None of them is taken for right here; compare who counted, and what.",
      ],
    ],
    [
      urdu,
      [
        "رپورٹوں میں اختلاف ہے: militants killed (جنوری 2025)",
        "at least 74 · PICSS · شمار میں شامل: civilians and security forces [1]",
        "68 · Another count [2]",
        "یہاں ان میں سے کسی کو درست قرار نہیں دیا گیا؛ دیکھیں کہ کس نے گنا اور کیا گنا۔",
      ],
    ],
  ])("the figures stand side by side behind the quotes (%#)", async (strings, block) => {
    const { lines } = await shown(answer, strings);
    const at = lines.indexOf(block[0] ?? "");
    expect(at).toBeGreaterThan(lines.lastIndexOf(QUOTE));
    expect(lines.slice(at, at + 4)).toEqual(block);
  });

  test("without a period, and with more figures than there is room for", async () => {
    const values = Array.from({ length: 11 }, (_, at) => ({ ...value, written: `${at + 70}` }));
    const { lines } = await shown(answered({ disagreements: [{ about: "attacks", period: null, values }] }));
    expect(lines).toContain("The reports differ on attacks");
    expect(lines).toContain("and 3 more");
    expect(lines.join("\n")).not.toContain("78 ·");
  });
});

test("what the question takes for granted, and the reports do not, is said before everything else", async () => {
  const answer = answered({ premise: { asked: "fewer attacks", citation: 1 } });
  for (const [strings, words] of [
    [english, "The reports say otherwise: the question takes “fewer attacks” for granted; quote [1] contradicts it."],
    [urdu, 'رپورٹیں کچھ اور کہتی ہیں: سوال میں "fewer attacks" کو درست مان لیا گیا ہے؛ اقتباس [1] اس کے برعکس ہے۔'],
  ] as const) {
    const { lines } = await shown(answer, strings);
    expect(lines).toContain(words);
    expect(lines.indexOf(words)).toBeLessThan(lines.indexOf("[1]"));
  }
});

describe("what is missing", () => {
  const unmet: Abstained["unmet"] = [
    { kind: "name", surface: "Foo Brigade" },
    { kind: "period", surface: "April 2025" },
    { kind: "figure", surface: "42%" },
    { kind: "word", surface: "drones" },
    { kind: "detail", surface: "number" },
  ];
  const answer = abstained({ reason: "asked-detail-missing", unmet });

  test.each([
    [
      english,
      [
        "Not found for this question:",
        "the name “Foo Brigade”",
        "the time “April 2025”",
        "the figure “42%”",
        "“drones”, in the sense that is asked",
        "what is asked for: a number",
      ],
    ],
    [
      urdu,
      [
        "اس سوال کے لیے یہ نہیں ملا:",
        'یہ نام: "Foo Brigade"',
        'یہ وقت: "April 2025"',
        'یہ عدد: "42%"',
        '"drones"، اس معنی میں جو پوچھا گیا',
        "پوچھی گئی بات: کوئی عدد",
      ],
    ],
  ])("is listed in place of the explanation, which is in English (%#)", async (strings, list) => {
    const { lines } = await shown(answer, strings);
    const at = lines.indexOf(list[0] ?? "");
    expect(lines.slice(at, at + 6)).toEqual(list);
    expect(lines).not.toContain(answer.explanation);
  });

  test("the explanation stands where nothing is known to be missing", async () => {
    expect((await shown(abstained())).lines).toContain(abstained().explanation);
  });

  test("a kind of answer that is not known is shown as it is", async () => {
    const detail = (surface: string) => abstained({ unmet: [{ kind: "detail", surface }] });
    expect((await shown(detail("constructor"))).lines).toContain("what is asked for: constructor");
  });

  test("of a question in another language nothing is listed: all of it would be", async () => {
    const { lines } = await shown(answer, english, "ٹی ٹی پی کے کتنے جنگجو ہیں؟");
    expect(lines).not.toContain("Not found for this question:");
    expect(lines.join("\n")).toContain("Questions are understood in English only.");
  });
});

test("what could be meant has a button for each, in place of other questions", async () => {
  const choices = ["How many attacks in 2024?", "How many attacks in 2025?"];
  for (const [strings, words] of [
    [english, "Did you mean:"],
    [urdu, "کیا آپ کا مطلب یہ تھا؟"],
  ] as const) {
    const { lines, labels } = await shown(abstained({ reason: "underspecified", choices }), strings);
    expect(lines).toContain(words);
    expect(lines).toContain(strings.abstention.reasons.underspecified);
    expect(labels).toEqual(expect.arrayContaining(choices));
    expect(labels).not.toContain("Who leads the TTP?");
  }
});

test("text of reports and questions stays text wherever it stands", async () => {
  const disagreements = [
    {
      about: EVIL,
      period: null,
      values: [EVIL, "68"].map((written) => ({ written, citation: 1, who: EVIL, rule: "`rule` ``with`` ticks" })),
    },
  ];
  const answers: Answer[] = [
    answered({
      claims: (["attributed", "relayed", "opinion"] as const).map((kind, at) =>
        claimWith({ citations: [citationWith({ number: at + 1 })], voice: { kind, who: EVIL } }),
      ),
      disagreements,
      premise: { asked: EVIL, citation: 1 },
    }),
    abstained({
      unmet: (["name", "period", "figure", "word", "detail"] as const).map((kind) => ({ kind, surface: EVIL })),
      choices: [EVIL],
    }),
  ];
  for (const answer of answers) {
    for (const strings of Object.values(LANGUAGES)) {
      // What is shown is checked for mark-up, links and pings there.
      const { pages } = await shown(answer, strings);
      const written = pages.flatMap(textsOf).join("\n");
      expect(written).not.toMatch(/(?<!\\)@everyone|(?<!\\)`/);
      expect(parseMarkdown(written).map(({ kind }) => kind)).not.toContain("code");
    }
  }
});

test.each(Object.entries(LANGUAGES))(
  "the longest of everything at once fits into a message: %s",
  async (_, strings) => {
    const long = "*word* ".repeat(200);
    const days = { from: "2024-09-28", to: "2025-09-30" };
    const url = `https://${"a_b.".repeat(60)}org/${"a".repeat(240)}`;
    const names = { title: `Digest ${long}`, publisher: long, author: long, documentId: long, url };
    const source = sourceWith({ ...names, published: "2025-02-28", period: days, kind: "op-ed", marking: null });
    const text = long.repeat(5);
    const citation = citationWith({
      number: 12,
      text,
      source,
      locator: { page: 9999, headings: [long], paragraph: 1 },
    });
    const surface = long;
    const claims = (["attributed", "relayed", "opinion"] as const).map((kind, at) =>
      claimWith({
        citations: [{ ...citation, number: at + 1 }],
        asOf: { ...days, basis: "report", isOlder: true },
        voice: { kind, who: long },
      }),
    );
    const values = Array.from({ length: 12 }, () => ({ written: long, citation: 1, who: long, rule: long }));
    const disagreements = Array.from({ length: 4 }, () => ({ about: long, period: days, values }));
    const unmet = Array.from({ length: 9 }, () => ({ kind: "word" as const, surface }));
    await shown(answered({ claims, disagreements, premise: { asked: long, citation: 1 } }), strings, long);
    await shown(abstained({ unmet, choices: [1, 2, 3, 4, 5, 6].map((at) => `${at} ${long}`) }), strings, long);
    await shown(abstained({ explanation: long, nearest: [{ citation, score: 1 }] }), strings, long);
  },
);
