/** What is shown of any text: that text, and nothing that a client makes of it. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brief, harmless, link, quoted, quotedParts, shortened } from "../../src/discord/text.ts";
import { oneLine } from "../../src/domain/visible.ts";
import { formattingOf, linksOf, parseMarkdown, plainText } from "../e2e/discord/harness/markdown.ts";
import { HOSTILE, hostileOf, hostileText } from "./hostile-text.ts";

const RUNS = { numRuns: 3000 };

function expectAsItIs(written: string, text: string): void {
  expect(formattingOf(written)).toEqual([]);
  expect(plainText(written)).toBe(text);
}

describe("harmless", () => {
  test.each(HOSTILE.flatMap((text) => [text, `\\${text}`, `${text} ${text}`, `a\n${text}`]))("%j", (text) => {
    expectAsItIs(harmless(text), oneLine(text));
  });

  test("any text shows as it is, in one line", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expectAsItIs(harmless(text), oneLine(text));
        expect(harmless(text)).not.toMatch(/[\n\r]/);
        // Names of emoji, which the model of Discord's markup does not know.
        expect(harmless(text).replace(/\\./gsu, " ")).not.toMatch(/:[^\s:]+:/);
      }),
      RUNS,
    );
  });

  test("whatever stands around it, and whatever it is set in", () => {
    const around = [
      ["**", "**", "bold"],
      ["*", "*", "italic"],
      ["-# ", "", "subtext"],
      ["### ", "”", "heading"],
      ["> ", "", "quote"],
      ["- ", "", "item"],
    ] as const;
    fc.assert(
      fc.property(hostileText, fc.constantFrom(...around), (text, [before, after, kind]) => {
        fc.pre(oneLine(text) !== "");
        const written = `${before}${harmless(text)}${after}`;
        expect(formattingOf(written)).toEqual([kind]);
        const shown = oneLine(text) + (kind === "heading" ? after : "");
        expect(plainText(written)).toBe(kind === "item" ? `• ${shown}` : shown);
      }),
      RUNS,
    );
  });

  test("a name of an emoji stays its name", () => {
    expect(harmless("a :smile: and :+1::skin-tone-2: at 10:30, 1:2")).toBe(
      "a \\:smile: and \\:+1:\\:skin-tone-2: at 10:30, 1:2",
    );
  });
});

describe("quoted", () => {
  test("any quote is one block quote, which shows its words in order and nothing else", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        fc.pre(text.trim() !== "");
        const [quote, ...others] = parseMarkdown(quoted(text));
        expect(others).toEqual([]);
        if (quote?.kind !== "quote") throw new Error("No quote");
        expect(quote.children.map(({ kind }) => kind).filter((kind) => kind !== "text")).toEqual([]);
        const words = (of: string) => oneLine(of).split(" ");
        expect(words(plainText(quoted(text)))).toEqual(words(text));
      }),
      RUNS,
    );
  });

  test("what stands below it is not part of it", () => {
    fc.assert(
      fc.property(hostileText, hostileText, (text, title) => {
        fc.pre(text.trim() !== "" && title.trim() !== "");
        const nodes = parseMarkdown(`${quoted(text)}\n**${harmless(title)}**`);
        expect(nodes.map(({ kind }) => kind)).toEqual(["quote", "text", "bold"]);
      }),
      RUNS,
    );
  });

  test("keeps the ends of paragraphs, list items and table rows, and no others", () => {
    expect(quoted("One\nline.\n\nTwo.\n- a\n- b\n1. c\n| d | e |\n# f")).toBe(
      ["> One line.", "> Two.", "> \\- a", "> \\- b", "> 1\\. c", "> \\| d \\| e \\|", "> \\# f"].join("\n"),
    );
  });
});

describe("quotedParts", () => {
  test("parts of a quote are no longer than asked, each a quote, and together the quote", () => {
    fc.assert(
      fc.property(hostileOf(3000), fc.integer({ min: 20, max: 1500 }), (text, length) => {
        const parts = quotedParts(text, length);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(length);
          expect(formattingOf(part)).toEqual(["quote"]);
          expect(part.isWellFormed()).toBe(true);
        }
        const without = (of: string) => oneLine(of).replace(/\s/g, "");
        expect(without(parts.map(plainText).join(" "))).toBe(without(text));
      }),
      { numRuns: 500 },
    );
  });

  test.each(["\u0301", "\u{E0100}", "\u200D😀"])("a letter with 100 times %j on it is parted too", (mark) => {
    const text = `a${mark.repeat(100)} b`;
    const parts = quotedParts(text, 40);
    expect(parts.every((part) => part.length <= 40 && part.isWellFormed())).toBe(true);
    expect(parts.map((part) => part.slice(2).replace(" ", "")).join("")).toBe(text.replace(" ", ""));
  });

  test("a sign that would begin a list begins none where a line is cut before it", () => {
    const parts = quotedParts("some words - and - others 1. and # more > still -# small", 20);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.map(formattingOf)).toEqual(parts.map(() => ["quote"]));
  });
});

describe("brief and shortened", () => {
  test("never longer than asked, a beginning of the text, and cut in no escape and no character", () => {
    fc.assert(
      fc.property(hostileOf(400), fc.integer({ min: 1, max: 300 }), (text, length) => {
        const whole = oneLine(text);
        for (const [written, shown] of [
          [brief(text, length), plainText(brief(text, length))],
          [shortened(text, length), shortened(text, length)],
        ] as const) {
          expect(written.length).toBeLessThanOrEqual(length);
          expect(written.isWellFormed()).toBe(true);
          if (shown === whole) continue;
          expect(shown.endsWith("…")).toBe(true);
          const kept = shown.slice(0, -1);
          expect(whole.startsWith(kept)).toBe(true);
          for (const { index, 0: character } of whole.matchAll(/\\x[\da-f]{2}|\\u\{[\da-f]+\}/g)) {
            expect(kept.length <= index || kept.length >= index + character.length).toBe(true);
          }
        }
        expect(formattingOf(brief(text, length))).toEqual([]);
      }),
      RUNS,
    );
  });

  test("what fits is left whole", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(brief(text, Math.max(1, harmless(text).length))).toBe(harmless(text));
        expect(shortened(text, Math.max(1, oneLine(text).length))).toBe(oneLine(text));
      }),
      RUNS,
    );
  });

  test("most of the room is used", () => {
    expect(brief("word ".repeat(50), 100).length).toBeGreaterThan(95);
    expect(brief("*".repeat(200), 100).length).toBeGreaterThan(95);
    expect(brief(`${"a".repeat(90)}${"*".repeat(90)}`, 100).length).toBeGreaterThan(95);
  });
});

describe("link", () => {
  const addresses = fc.oneof(
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc
      .tuple(
        fc.constantFrom("https://", "http://", "HTTPS:\\\\", "https:/", "javascript:", "data:text/html,", "ftp://"),
        fc.constantFrom("good.example", "аррӏе.com", "[::1]", "127.0.0.1:8080", "a_b.example", "good.example\\@evil"),
        hostileText,
      )
      .map(([scheme, host, rest]) => `${scheme}${host}/${rest}`),
    fc.tuple(fc.constantFrom("https://", "//", "https:"), hostileText).map(([scheme, rest]) => scheme + rest),
    hostileText,
  );

  test("shows the host that it leads to, and stays inside its brackets", () => {
    let links = 0;
    fc.assert(
      fc.property(addresses, (address) => {
        const written = link(address);
        if (written === null) return;
        links += 1;
        const nodes = parseMarkdown(written);
        expect(nodes.map(({ kind }) => kind)).toEqual(["link"]);
        const { host } = new URL(address);
        const [leadsTo = ""] = linksOf(written);
        expect(new URL(leadsTo).host).toBe(host);
        expect(plainText(written)).toBe(host);
        expect(host).toMatch(/^[\x21-\x7e]+$/);
        expect(new URL(leadsTo).username + new URL(leadsTo).password).toBe("");
        // It stays the same address to a server: what was written out decodes to what it was.
        expect(decoded(leadsTo)).toBe(decoded(new URL(address).href));
      }),
      RUNS,
    );
    expect(links).toBeGreaterThan(500);
  });

  test("is not changed by what stands before, between and behind links", () => {
    const brackets = fc.array(
      fc.constantFrom("]", "[", "(", ")", "](", "](https://evil.example)", " ", "a", "\\", "!"),
      {
        maxLength: 12,
      },
    );
    const texts = fc.oneof(
      hostileText,
      brackets.map((parts) => parts.join("")),
    );
    const links = fc.constantFrom("https://good.example/x", "https://a_b.example/(y)", "http://[::1]/");
    fc.assert(
      fc.property(texts, links, texts, links, texts, (before, one, between, two, behind) => {
        const lines = [`**[1]**`, harmless(before), link(one), harmless(between), link(two), `**${harmless(behind)}**`];
        const written = lines.join(" ");
        expect(linksOf(written)).toEqual([one, two].map((each) => new URL(each).href.replace("(y)", "%28y%29")));
        const shown = ["[1]", oneLine(before), new URL(one).host, oneLine(between), new URL(two).host];
        if (behind.trim() !== "") expect(plainText(written)).toBe([...shown, oneLine(behind)].join(" "));
      }),
      RUNS,
    );
  });

  const decoded = (address: string) =>
    address.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));

  test.each([
    ["https://www.dawn.com/news/1889375", "[www.dawn.com](https://www.dawn.com/news/1889375)"],
    ["https://аррӏе.com/x", "[xn--80ak6aa92e.com](https://xn--80ak6aa92e.com/x)"],
    ["https://en.wikipedia.org/wiki/BLA_(group)", "[en.wikipedia.org](https://en.wikipedia.org/wiki/BLA_%28group%29)"],
    ["http://[::1]:8080/x", "[\\[:\\:1\\]:8080](http://[::1]:8080/x)"],
    ["https://good.example\\@evil.example/", "[good.example](https://good.example/@evil.example/)"],
  ])("%s", (address, written) => {
    expect(link(address)).toBe(written);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "discord://x",
    "https://user:pass@host.example/",
    "https://user@host.example/",
    `https://host.example/${"x".repeat(1000)}`,
    "https://",
    "",
    "no address",
  ])("none for %s", (address) => {
    expect(link(address)).toBeNull();
  });
});
