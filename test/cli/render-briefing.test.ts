import { createHash } from "node:crypto";
import { load } from "cheerio";
import fc from "fast-check";
import picocolors from "picocolors";
import { describe, expect, test } from "vitest";
import { briefingPage, nothingPage } from "../../src/cli/render-briefing-html.ts";
import { briefingMarkdown, nothingMarkdown } from "../../src/cli/render-briefing-md.ts";
import { displayWidth } from "../../src/cli/terminal.ts";
import type { Briefing, Picture } from "../../src/domain/briefing.ts";
import { citationsIn } from "../../src/domain/briefing.ts";
import { visible } from "../../src/domain/visible.ts";
import {
  briefingOf,
  citationIn,
  lineOf,
  reportOf,
  rowOf,
  SAMPLE_REPORTS,
  sampleBriefing,
} from "../helpers/briefings.ts";

const pathOf = (path: string) => `corpus/${path}`;
const style = (width: number) => ({ width, colors: picocolors.createColors(false), pathOf });
const WHOLE = style(Number.POSITIVE_INFINITY);
const PAGE = { pathOf, theme: null };

/** Markdown's own rule: a backslash before ASCII punctuation. */
const ESCAPES = /\\([!-/:-@[-`{-~])/g;
function fromMarkdown(line: string): string {
  return line.replace(ESCAPES, (_, mark: string) => mark);
}

/** The quotes that a Markdown text shows: runs of lines behind ">". */
function quotesIn(markdown: string): string[] {
  return Array.from(markdown.matchAll(/(?:^> .*\n?|^> ?\n)+/gm), ([block]) =>
    block
      .trimEnd()
      .split("\n")
      .map((line) => fromMarkdown(line.slice(2)))
      .join("\n"),
  );
}

const visibleLines = (text: string) =>
  text
    .split(/([\n\t])/)
    .map((part) => (part === "\n" || part === "\t" ? part : visible(part)))
    .join("");

describe("Markdown", () => {
  test("has the title, what it was made from, each section, what is missing and the sources", () => {
    const text = briefingMarkdown(sampleBriefing({ alsoKnownAs: ["HF", "the Front"] }), [], WHOLE);
    expect(text.split("\n").filter((line) => line.startsWith("#"))).toEqual([
      "# Briefing: Harbour Front",
      "## What it is",
      "## Figures over time",
      "## Timeline",
      "## Relations to others",
      "## What the sources disagree on",
      "## What to read first",
      "## Sources",
    ]);
    expect(text).toContain("\n\nAlso known as: HF, the Front\n\n");
    expect(text).toContain(
      "From 2 of 4 reports; published 31 January to 3 February 2025; reliability B (1), C (1); markings TLP:CLEAR (2). Snapshot 3 of 2025-03-01. Publishers: Institute of Figures; Northland Police.",
    );
    expect(text).toContain(
      "\n\nNot in this briefing: key facts, what is not verified (nothing was found for them that is not said above).\n\n",
    );
    expect(text).toMatch(
      /## Sources\n\n- \[1\] \[2\] \[5\] \[7\] Monthly figures, January 2025 · .*corpus\/figures\.md\n/,
    );
  });

  test("each quote stands behind its bar, with its number, source and place below", () => {
    const text = briefingMarkdown(sampleBriefing(), [], WHOLE);
    expect(text).toContain(
      [
        "> The Harbour Front is a militant group of Northland, founded in 2004.",
        "- [1] Monthly figures, January 2025 · 2025-02-03 · reliability B · Groups > Northland, paragraph 1 · TLP:CLEAR",
        "",
      ].join("\n"),
    );
    expect(text).toContain("**3 January 2025**\n> On 3 January 2025 the Harbour Front struck the port.\n- [3] ");
    expect(text).toContain("**River Column**\n> ");
    expect(text).toContain("- according to police, as this report quotes it\n");
    expect(text).toContain(
      "**Monthly figures, January 2025**\n(quoted 3 times here; the newest; reliability B, the best here)\n> The institute counted 74 attacks in Northland in January 2025\n- [7] Institute of Figures · 2025-02-03",
    );
  });

  test("figures are a table whose numbers lead to the sentences below it", () => {
    const text = briefingMarkdown(sampleBriefing(), [], WHOLE);
    expect(text).toContain(
      [
        "| value | counted | period       | place     | who says it                      | compared with      | source |",
        "| ----- | ------- | ------------ | --------- | -------------------------------- | ------------------ | ------ |",
        "| 74    | attacks | January 2025 | Northland | The institute                    |                    | [2]    |",
        "| 42%   | attacks | January 2025 | Northland | Institute of Figures (publisher) | December 2024 (up) | [2]    |",
        "",
        "> The institute counted 74 attacks in Northland in January 2025, 42% more than in December 2024.",
        "- [2] ",
      ].join("\n"),
    );
    expect(text).toContain("- 42%: 2 independent sources; also said by: Police bulletin\n");
  });

  test("on a narrow terminal the rows are a list with the same cells, and no line is too long", () => {
    const text = briefingMarkdown(sampleBriefing(), [], style(60));
    expect(text).toContain("- **74** attacks · January 2025 · Northland · The institute\n  [2]\n");
    expect(text).not.toContain("| ---");
    expect(text.split("\n").filter((line) => displayWidth(line) > 60)).toEqual([]);
  });

  test("sets figures that differ side by side, without a winner, above their quotes", () => {
    expect(briefingMarkdown(sampleBriefing(), [], WHOLE)).toMatch(
      /\*\*The reports differ on attacks \(January 2025\):\*\*\n\n- \[5\] 74 · The institute\n- \[6\] 60 · Police\n\nNone of them is taken for right here[^\n]*\n\n> The institute counted 74[^\n]*\n- \[5\][^>]*> Police said there were 60/,
    );
  });

  test("sets lines against lines, and shows each line once", () => {
    const report = reportOf("a", "He is dead. He is alive. He was seen. Nobody knows.");
    const [dead, alive, seen, nobody] = ["He is dead.", "He is alive.", "He was seen.", "Nobody knows."].map(
      (words, at) => lineOf(citationIn(report, words, at + 1)),
    );
    const lines = [dead, alive, seen, nobody].flatMap((line) => line ?? []);
    const section = {
      id: "disagreements" as const,
      title: "What the sources disagree on",
      lines,
      pairs: [
        [3, 0],
        [1, 9],
      ],
    };
    const text = briefingMarkdown(briefingOf([section]), [], WHOLE);
    expect(quotesIn(text)).toEqual(["Nobody knows.", "He is dead.", "He is alive.", "He was seen."]);
    expect(text).toMatch(/\*\*On one side:\*\*\n\n> Nobody knows\.[^>]*\*\*On the other:\*\*\n\n> He is dead\./);
    expect(text.match(/On one side/g)).toHaveLength(1);
  });

  test("a label that several lines have in a row stands once", () => {
    const report = reportOf("a", "One. Two. Three. Four.");
    const line = (words: string, at: number, name: string) =>
      lineOf(citationIn(report, words, at), { label: { kind: "name", name } });
    const lines = [
      line("One.", 1, "River"),
      line("Two.", 2, "River"),
      line("Three.", 3, "Sea"),
      line("Four.", 4, "River"),
    ];
    const briefing = briefingOf([{ id: "relations", title: "Relations", lines }]);
    const labels = briefingMarkdown(briefing, [], WHOLE).match(/^\*\*.*|^> .*/gm);
    expect(labels).toEqual(["**River**", "> One.", "> Two.", "**Sea**", "> Three.", "**River**", "> Four."]);
    const $ = load(briefingPage(briefing, [], PAGE));
    const shown = $("h3, blockquote")
      .toArray()
      .map((each) => $(each).text());
    expect(shown).toEqual(["River", "One.", "Two.", "Sea", "Three.", "River", "Four."]);
  });

  test("the page names what the footnotes cite, and links to it", () => {
    const footnotes = [
      { key: "a", title: "Daily Paper", url: "https://example.org/a?x=1", date: "2025-02-02" },
      { key: "b", title: "A letter", url: "javascript:alert(1)", date: null },
    ];
    const citation = { ...citationIn(reportOf("a", "One."), "One.", 1), footnotes };
    const briefing = briefingOf([{ id: "what", title: "What it is", lines: [lineOf(citation)] }]);
    const $ = load(briefingPage(briefing, [], PAGE));
    expect($("article li").last().text()).toBe("cites: Daily Paper (2025-02-02);\nA letter");
    expect(
      $("article a[rel]")
        .toArray()
        .map((each) => $(each).attr("href")),
    ).toEqual(["https://example.org/a?x=1"]);
  });

  test("says that an opinion is one, that a figure is old, and who else says so", () => {
    const report = reportOf("o", "They will lose.", { kind: "op-ed", marking: null, published: null, publisher: null });
    const line = lineOf(citationIn(report, "They will lose.", 1), {
      voice: { kind: "opinion", who: "A. Writer" },
      asOf: { from: "2023", to: "2023", basis: "heading", isOlder: true },
      corroboration: [
        { reportId: "x", title: "Other words", independent: true },
        { reportId: "y", title: "An echo", independent: false },
      ],
    });
    const text = briefingMarkdown(briefingOf([{ id: "what", title: "What it is", lines: [line] }]), [], WHOLE);
    expect(text).toContain("Opinion of A. Writer, not a finding:\n> They will lose.\n- [1] ");
    expect(text).toContain("Report o · date unknown · reliability B · Findings, paragraph 1 · unmarked: treat as");
    expect(text).toContain("- OLDER FIGURE: as of 2023 (from the context); the reports have a newer one\n");
    expect(text).toContain("- 2 independent sources; also said by: Other words\n- also said by: An echo (same origin");
  });

  test("a quote of a plain text keeps its lines without their indents, and marks of footnotes as they are", () => {
    const words = "It was seen[^s8][^s9] in\n                the port[^b]: twice.  \n\n\tAnd[^c](x) again.[^d]";
    const line = lineOf(citationIn(reportOf("a", words), words, 1));
    const text = briefingMarkdown(briefingOf([{ id: "what", title: "What", lines: [line] }]), [], WHOLE);
    expect(text).toContain(
      [
        "",
        "> It was seen[^s8][^s9] in",
        "> the port\\[\\^b\\]: twice.",
        ">",
        "> And\\[\\^c\\](x) again.[^d]",
        "- [1]",
      ].join("\n"),
    );
    expect(text).not.toContain("&#");
  });

  test("refers to pictures beside it by names and texts that cannot break out", () => {
    const files = [{ name: "my brief (1)>-chart.png", alt: "Attacks ]( per month" }];
    expect(briefingMarkdown(sampleBriefing(), files, WHOLE)).toContain(
      "\n![Attacks \\]( per month](<my%20brief%20(1)%3E-chart.png>)\n",
    );
  });

  test("tells what is new, and when nothing is", () => {
    const since = { snapshot: 1, createdAt: "2025-01-02T00:00:00.000Z" };
    const reports = [
      { kind: "added" as const, reportId: "n", title: "New one", published: "2025-02" },
      { kind: "removed" as const, reportId: "g", title: "g", published: null },
    ];
    const changes = { kind: "changes" as const, since, reports, missing: [] };
    const text = briefingMarkdown(briefingOf([], { ...changes, subject: null }), [], WHOLE);
    expect(text).toMatch(/^# What is new since 2025-01-02\n/);
    expect(text).toContain("\n- New: New one (2025-02)\n- Gone: g\n");
    expect(text).toContain("The reports have nothing new to say.");
  });

  test("without a briefing says so, and what comes nearest", () => {
    const [report] = SAMPLE_REPORTS;
    if (report === undefined) throw new Error("no report");
    const citation = citationIn(report, "The institute counted 74 attacks", 1);
    const nothing = {
      kind: "nothing" as const,
      subject: "*Space* travel",
      instead: ["Harbour Front", "- River"],
      nearest: [{ citation, score: 0.2 }],
      milliseconds: 1,
    };
    const text = nothingMarkdown(nothing, WHOLE);
    expect(text).toContain('No briefing: the reports say too little about "\\*Space\\* travel".\n');
    expect(text).toContain("Subjects that come nearest:\n\n- Harbour Front\n- \\- River\n");
    expect(text).toContain("Not about it, but near:\n\n> The institute counted 74 attacks\n- [1] ");
    const $ = load(nothingPage(nothing, PAGE));
    expect($("h1").text()).toBe('No briefing: the reports say too little about "*Space* travel".');
    expect($("main li").first().text()).toBe("Harbour Front");
    expect($("blockquote").text()).toBe("The institute counted 74 attacks");
  });
});

describe("a page of HTML", () => {
  const picture = (theme: "light" | "dark"): Picture => ({
    id: "chart",
    theme,
    svg: "<svg/>",
    png: new Uint8Array([137, 80, theme === "light" ? 1 : 2]),
    width: 800,
    height: 400,
    alt: 'Attacks: "74" in January',
  });

  test("loads nothing, and its policy allows no more than its own style sheet and pictures", () => {
    const $ = load(briefingPage(sampleBriefing(), [picture("light"), picture("dark")], PAGE));
    const policy = $("meta[http-equiv=Content-Security-Policy]").attr("content") ?? "";
    const hash = createHash("sha256").update($("style").text()).digest("base64");
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect($("script, link, iframe, object, embed, form, base").length).toBe(0);
    const loaded = $("[src], [srcset]")
      .toArray()
      .map((each) => $(each).attr("src") ?? $(each).attr("srcset") ?? "");
    expect(loaded.filter((address) => !address.startsWith("data:image/png;base64,"))).toEqual([]);
    expect($("style").text()).not.toMatch(/url\(|@import/);
    expect($("html").attr("lang")).toBe("en");
    expect($("meta[name=viewport]").attr("content")).toContain("width=device-width");
  });

  test("has each picture once, the dark one where the device is dark, with its text", () => {
    const $ = load(briefingPage(sampleBriefing(), [picture("light"), picture("dark")], PAGE));
    expect($("picture").length).toBe(1);
    expect($("source").attr("media")).toBe("(prefers-color-scheme: dark)");
    expect($("source").attr("srcset")).toBe("data:image/png;base64,iVAC");
    expect($("picture img").attr()).toEqual({
      src: "data:image/png;base64,iVAB",
      width: "800",
      height: "400",
      alt: 'Attacks: "74" in January',
    });
    expect($("style").text()).toContain("@media (prefers-color-scheme:dark)");
    const dark = load(briefingPage(sampleBriefing(), [picture("dark")], { pathOf, theme: "dark" }));
    expect(dark("source").length).toBe(0);
    expect(dark("img").attr("src")).toBe("data:image/png;base64,iVAC");
    expect(dark("style").text()).not.toContain("prefers-color-scheme");
  });

  test("begins with what it is; each picture ends the section that it is drawn from", () => {
    const timeline = { ...picture("light"), id: "timeline" as const, alt: "Two events" };
    const $ = load(briefingPage(sampleBriefing(), [timeline, picture("light")], PAGE));
    expect($("main").children().first().attr("id")).toBe("section-what");
    expect($("#section-figures > :last-child img").attr("alt")).toBe('Attacks: "74" in January');
    expect($("#section-timeline > :last-child img").attr("alt")).toBe("Two events");
    expect($("img").length).toBe(2);
  });

  test("the sentences of a table are folded away, each once", () => {
    const $ = load(briefingPage(sampleBriefing(), [], PAGE));
    const details = $("#section-figures > details");
    expect(details.attr("open")).toBeUndefined();
    expect(details.children("summary").text()).toBe("The sentence that these figures stand in");
    expect(
      details
        .find("blockquote")
        .toArray()
        .map((each) => $(each).attr("id")),
    ).toEqual(["quote-2"]);
    expect($("#section-figures blockquote").length).toBe(1);
  });

  test("every number leads to a place in it: from a table to the sentence, from a quote to its source", () => {
    const $ = load(briefingPage(sampleBriefing(), [], PAGE));
    const ids = $("[id]")
      .toArray()
      .map((each) => $(each).attr("id"));
    expect(new Set(ids).size).toBe(ids.length);
    const targets = $("a[href^='#']")
      .toArray()
      .map((each) => $(each).attr("href")?.slice(1));
    expect(targets.length).toBeGreaterThan(20);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
    expect($("tbody tr").first().find("a").attr("href")).toBe("#quote-2");
    expect($("#quote-2").next().find("a").first().attr("href")).toBe("#source-1");
    expect($("#source-1").text()).toContain("Monthly figures, January 2025");
    expect($("#section-disagreements ul").first().text()).toBe("74 · The institute [5]\n60 · Police [6]");
  });

  test("the table has a caption and heads for its columns and rows", () => {
    const $ = load(briefingPage(sampleBriefing(), [], PAGE));
    expect($("thead th[scope=col]").length).toBe(7);
    expect(
      $("tbody th[scope=row]")
        .toArray()
        .map((each) => $(each).text()),
    ).toEqual(["74", "42%"]);
    expect($("caption").text()).not.toBe("");
  });

  test("only a web address becomes a link", () => {
    const page = (url: string) => {
      const report = reportOf("u", "One sentence.", { url });
      const line = lineOf(citationIn(report, "One sentence.", 1));
      return load(briefingPage(briefingOf([{ id: "what", title: "What it is", lines: [line] }]), [], PAGE));
    };
    const markdown = (url: string) =>
      briefingMarkdown(
        briefingOf([
          { id: "what", title: "W", lines: [lineOf(citationIn(reportOf("u", "One.", { url }), "One.", 1))] },
        ]),
        [],
        WHOLE,
      );
    expect(markdown("https://example.org/a_b")).toContain(" · <https://example.org/a_b> · ");
    expect(markdown("https://example.org/a\u202eb")).not.toContain("<");
    expect(markdown("javascript:alert(1)")).toContain(" · javascript:alert(1) · ");
    expect(page("https://example.org/a?b=1&c=2")("footer a[rel]").attr("href")).toBe("https://example.org/a?b=1&c=2");
    for (const url of ["javascript:alert(1)", "data:text/html,x", "not an address"]) {
      expect(page(url)("footer a[rel]").length).toBe(0);
      expect(page(url)("footer").text()).toContain(url);
    }
  });
});

/** Texts that try to be markup, in any order. */
const HOSTILE = fc
  .array(
    fc.constantFrom(
      ...[
        "*",
        "**",
        "_",
        "`",
        "```",
        "[",
        "]",
        "](",
        "[^a]",
        "<",
        "<img src=x onerror=y>",
        "</blockquote>",
        "|",
        "&lt;",
      ],
      ...[
        "\\",
        "#",
        "- ",
        "+ ",
        "1. ",
        "2) ",
        "~~~",
        "> ",
        "https://a.b",
        "www.a.b",
        "$",
        ":-",
        "===",
        "---",
        "'",
        '"',
      ],
      ...[
        "\u202e",
        "\x1b[2J",
        "\u200b",
        "word",
        " ",
        "  ",
        "é",
        "@all",
        "a@b.org",
        "</style>",
        "<!--",
        "javascript:",
        "\t",
        "گروپ",
      ],
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(""));
/** A text that is an address, and nothing else, becomes a link where it is one: that is meant. */
const VISIBLE = HOSTILE.filter((text) => text.trim() !== "" && !URL.canParse(text));

/** A briefing whose every text is one of these, in turn. */
function briefingSaying(texts: readonly string[]): Briefing {
  let at = 0;
  const next = () => texts[at++ % texts.length] ?? "";
  const report = (id: string) =>
    reportOf(id, next(), { title: next(), publisher: next(), author: next(), url: next(), documentId: next() });
  const [a, b, c] = [report("a"), report("b"), report("c")];
  const cell = () => ({ text: next(), at: null });
  const cite = (of: typeof a, number: number) => citationIn(of, of.text, number, { headings: [next(), next()] });
  const lines = [
    lineOf(cite(a, 1), { label: { kind: "name", name: next() }, voice: { kind: "attributed", who: next() } }),
    lineOf(cite(b, 2), { corroboration: [{ reportId: "c", title: next(), independent: true }] }),
    lineOf(cite(c, 3), { label: { kind: "report", reportId: "c", why: [{ kind: "newest" }] } }),
  ];
  const row = rowOf(a, a.text, 4, { value: a.text, counted: a.text }, { place: cell(), who: cell(), period: cell() });
  const values = [1, 2].map((citation) => ({ written: next(), citation, who: next(), rule: next() }));
  return briefingOf(
    [
      { id: "figures", title: "Figures over time", lines: [], table: [row] },
      { id: "disagreements", title: "Disagreements", lines, disagreements: [{ about: next(), period: null, values }] },
    ],
    { subject: next(), alsoKnownAs: [next(), next()] },
  );
}

/** What begins a list, a quote, a heading, a rule or a definition. */
const BLOCK_START = /^(?:[>+=:-]|#+ |\d{1,9}[.)](?:\s|$))/;

/** Of every line what Markdown gives a meaning to, with nothing of what is escaped. */
function markupOf(markdown: string): string[] {
  return markdown.split("\n").map((line) => {
    const bare = line.replace(ESCAPES, "x");
    const [, lead = "", rest = ""] = /^(> |- | *)(.*)$/.exec(bare) ?? [];
    const start = BLOCK_START.exec(rest)?.[0] ?? "";
    // A footnote that is defined nowhere is text, unless it could be a definition, a link or an attribute.
    const known = rest.replace(/\[\^[\w-]+\](?![:({])/g, "x").replace(/\[\d+\]/g, "");
    const marks = known.replace(/[^\\`*_[\]<&|~$^#@]/g, "");
    return [lead, start, marks, /:\/\/|www\./i.test(rest) ? "a link" : ""].join(" ");
  });
}

test("no text of a report, a name or a title is markup in Markdown", () => {
  fc.assert(
    fc.property(fc.array(VISIBLE, { minLength: 3, maxLength: 30 }), (texts) => {
      const plainTexts = texts.map(() => "word");
      expect(markupOf(briefingMarkdown(briefingSaying(texts), [], WHOLE))).toEqual(
        markupOf(briefingMarkdown(briefingSaying(plainTexts), [], WHOLE)),
      );
    }),
    { numRuns: 150 },
  );
});

test("no line of wrapped Markdown begins what it must not", () => {
  fc.assert(
    fc.property(
      fc.array(VISIBLE, { minLength: 3, maxLength: 30 }),
      fc.integer({ min: 20, max: 50 }),
      (texts, width) => {
        for (const line of briefingMarkdown(briefingSaying(texts), [], style(width)).split("\n")) {
          if (!/^##? /.test(line)) expect(line.replace(/^(?:> |- | +)/, "")).not.toMatch(BLOCK_START);
        }
      },
    ),
    { numRuns: 120 },
  );
});

/** Without the spaces around line ends, which Markdown gives a meaning to. */
const withoutIndents = (text: string) => text.replace(/^[ \t]+|[ \t]+$/gm, "");

test("taking the escapes of Markdown back gives every quote, but for spaces at the ends of lines", () => {
  const text = fc
    .array(fc.oneof(HOSTILE, fc.constantFrom("\n", "\n\n", "    ", "\n- ")), { minLength: 1, maxLength: 8 })
    .map((parts) => `a${parts.join("")}`);
  fc.assert(
    fc.property(text, (words) => {
      const line = lineOf(citationIn(reportOf("a", words), words, 1));
      const markdown = briefingMarkdown(briefingOf([{ id: "what", title: "What", lines: [line] }]), [], WHOLE);
      expect(quotesIn(markdown)).toEqual([withoutIndents(visibleLines(words))]);
    }),
    { numRuns: 300 },
  );
});

test("no text of a report, a name or a title is markup in HTML, and every quote is there", () => {
  const shape = (page: string) => {
    const $ = load(page);
    return $("*")
      .toArray()
      .map((each) => `${$(each).prop("tagName")} ${Object.keys($(each).attr() ?? {}).join(" ")}`);
  };
  const texts = fc.array(VISIBLE, { minLength: 3, maxLength: 30 });
  fc.assert(
    fc.property(texts, (all) => {
      const briefing = briefingSaying(all);
      const page = briefingPage(briefing, [], PAGE);
      expect(shape(page)).toEqual(shape(briefingPage(briefingSaying(all.map(() => "word")), [], PAGE)));
      const $ = load(page);
      for (const { number, quote } of citationsIn(briefing)) {
        expect($(`#quote-${number}`).text()).toBe(visibleLines(quote.text));
      }
    }),
    { numRuns: 40 },
  );
});
