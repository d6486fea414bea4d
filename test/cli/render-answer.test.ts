import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import { renderAnswer, renderSearch } from "../../src/cli/render-answer.ts";
import { abstained, answered, citationWith, claimWith, hitWith, resultWith, sourceWith } from "./fakes.ts";

const plain = {
  width: Number.POSITIVE_INFINITY,
  colors: picocolors.createColors(false),
  pathOf: (path: string) => `corpus/${path}`,
};

describe("an answer", () => {
  test("shows the quote behind its bar, then everything needed to weigh and to find it", () => {
    expect(renderAnswer(resultWith(answered()), plain)).toBe(
      [
        "[1] │ The institute counted 74 attacks in January 2025.",
        "    Digest: attacks in January",
        "    Institute of Figures · digest by A. Writer · 2025-02-03 · covers 2025-01",
        "    Figures > Attacks, paragraph 2",
        "    reliability B (usually reliable)",
        "    https://example.org/january",
        "    document IF/2025/7",
        "    report january in corpus/january.md",
        "    cites: Daily Paper, report on the figures (2025-02-02) <https://example.org/a>",
        "",
        "Confidence: medium (0.71)",
        "",
      ].join("\n"),
    );
  });

  test("says what is unknown, restricted, or only a claim", () => {
    const source = sourceWith({
      title: "An opinion",
      publisher: null,
      author: null,
      published: null,
      period: null,
      url: null,
      documentId: null,
      kind: "op-ed",
      reliability: "D",
      marking: null,
      sources: [],
    });
    const citation = citationWith({ source, locator: { page: 3, headings: [], paragraph: 1 } });
    const text = renderAnswer(resultWith(answered({ claims: [claimWith({ citations: [citation] })] })), plain);
    expect(text).toContain("    publisher unknown · date unknown\n    page 3\n");
    expect(text).toContain("    reliability D (not usually reliable) · unmarked: treat as TLP:AMBER+STRICT\n");
    expect(text.startsWith("    Opinion, not a finding:\n[1] │ ")).toBe(true);
    expect(text).not.toContain("cites:");
    const amber = citationWith({ source: sourceWith({ marking: "TLP:AMBER" }) });
    const claims = [claimWith({ citations: [amber] })];
    expect(renderAnswer(resultWith(answered({ claims })), plain)).toContain(
      "reliability B (usually reliable) · TLP:AMBER\n",
    );
  });

  test("tells other voices from echoes", () => {
    const citation = citationWith();
    const corroboration = [
      { reportId: "a", title: "Another count", independent: true },
      { reportId: "b", title: "A reprint", independent: false },
    ];
    const text = renderAnswer(
      resultWith(answered({ claims: [claimWith({ citations: [citation], corroboration })] })),
      plain,
    );
    expect(text).toContain("    2 independent sources; also said by: Another count\n");
    expect(text).toContain("    also said by: A reprint (same origin: one voice, not two)\n");
  });

  test("on a terminal the quote wraps behind its bar, and loses nothing", () => {
    const quote = `The institute counted 74 attacks.\n\nIt also counted ${"x".repeat(90)} and others.`;
    const citation = citationWith({ text: quote });
    const text = renderAnswer(resultWith(answered({ claims: [claimWith({ citations: [citation] })] })), {
      ...plain,
      width: 50,
    });
    const barred = text.split("\n").filter((line) => line.includes("│ "));
    expect(barred.length).toBeGreaterThan(2);
    for (const line of barred) expect(line.length).toBeLessThanOrEqual(50);
    expect(
      barred
        .map((line) => line.slice(6))
        .join("")
        .replaceAll(" ", ""),
    ).toBe(quote.replace(/\s/g, ""));
    expect(barred.every((line, at) => line.startsWith(at === 0 ? "[1] │ " : "    │ "))).toBe(true);
  });

  test("paragraphs and list items of a quote keep their lines", () => {
    const citation = citationWith({ text: "A heading\n\nText over\ntwo lines:\n- one\n- two" });
    const claims = [claimWith({ citations: [citation] })];
    expect(
      renderAnswer(resultWith(answered({ claims })), plain)
        .split("\n")
        .slice(0, 5),
    ).toEqual([
      "[1] │ A heading",
      "    │ Text over two lines:",
      "    │ - one",
      "    │ - two",
      "    Digest: attacks in January",
    ]);
  });

  test("report text is data: nothing in it reaches the terminal as a command", () => {
    const evil = "\x1b]0;owned\x07\x1b[2J\x9b31m text \u202egnihton";
    const source = sourceWith({
      title: evil,
      publisher: evil,
      author: evil,
      documentId: evil,
      url: evil,
      sources: [{ key: "a", title: evil, url: evil, date: null }],
    });
    const citation = citationWith({
      text: evil,
      source,
      path: evil,
      locator: { page: null, headings: [evil], paragraph: 1 },
    });
    const corroboration = [{ reportId: evil, title: evil, independent: true }];
    const results = [
      renderAnswer(resultWith(answered({ claims: [claimWith({ citations: [citation], corroboration })] })), plain),
      renderAnswer(resultWith(abstained({ explanation: evil, nearest: [{ citation, score: 0 }] })), plain),
      renderSearch({ question: resultWith(answered()).question, hits: [hitWith(citation)], milliseconds: 1 }, plain),
    ];
    for (const text of results) {
      expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(text).toContain("\\x1b]0;owned\\x07");
    }
  });
});

describe("an abstention", () => {
  test("cannot be mistaken for an answer", () => {
    expect(renderAnswer(resultWith(abstained()), plain)).toBe(
      [
        "No answer in these reports.",
        "No report says who won the match.",
        "Searched as well: atacks -> attacks",
        "",
        "Not an answer, but near:",
        "",
        "    │ The institute counted 74 attacks in January 2025.",
        "    Digest: attacks in January · Institute of Figures · digest by A. Writer · 2025-02-03 · covers 2025-01 · Figures > Attacks, paragraph 2 · reliability B (usually reliable) · corpus/january.md",
        "",
      ].join("\n"),
    );
  });

  test("tells of what is near what nobody has confirmed, as search does", () => {
    const read = citationWith({ source: sourceWith({ derived: ["title", "published", "language"] }) });
    const named = citationWith({ source: sourceWith({ title: "january", derived: ["title", "url"] }) });
    const nearest = [read, named].map((citation) => ({ citation, score: 0.2 }));
    const { question } = resultWith(answered());
    const hits = [hitWith(read), hitWith(named)];
    for (const text of [
      renderAnswer(resultWith(abstained({ nearest })), plain),
      renderSearch({ question, hits, milliseconds: 1 }, plain),
    ]) {
      expect(text).toContain(" · title and date read from the document, unconfirmed · corpus/january.md\n");
      expect(text).toContain(
        " · title is the file's name · address read from the document, unconfirmed · corpus/january.md\n",
      );
    }
  });

  test("with nothing near says only that", () => {
    expect(renderAnswer(resultWith(abstained({ nearest: [] })), plain)).not.toContain("near:");
  });
});

test("colours are used where they are wanted, and only there", () => {
  const coloured = renderAnswer(resultWith(answered()), { ...plain, colors: picocolors.createColors(true) });
  expect(coloured).toContain("\x1b[");
  expect(renderAnswer(resultWith(answered()), plain)).not.toContain("\x1b");
});

test("search lists passages with their scores", () => {
  const question = resultWith(answered()).question;
  const text = renderSearch({ question, hits: [hitWith(citationWith())], milliseconds: 3.2 }, plain);
  expect(text).toMatch(/^\[1\] │ The institute counted 74 attacks in January 2025\.\n {4}score 0\.910 · Digest/);
  expect(text.endsWith("\n1 passage in 3 ms\n")).toBe(true);
  expect(renderSearch({ question, hits: [], milliseconds: 3 }, plain)).toBe("Nothing found.\n");
});
