import fc from "fast-check";
import { expect, test } from "vitest";
import { SitrepError } from "../../../src/domain/errors.ts";
import type { Extracted } from "../../../src/ingest/extract/extracted.ts";
import { visible } from "../../../src/ingest/extract/html/inline.ts";
import { parseHtml, textWithin } from "../../../src/ingest/extract/html/tree.ts";
import { extractHtml } from "../../../src/ingest/extract/html.ts";
import { CELL_GAP } from "../../../src/text/blocks.ts";
import { normaliseText } from "../../../src/text/normalise.ts";

const LIMITS = { maxPages: 100, maxCharacters: 1_000_000 };

const TAGS = (
  "p div span h1 h2 h4 ul ol li dl dt dd table thead tbody tr td th caption blockquote pre code a sup b br hr section " +
  "article main nav aside header footer form q figure figcaption script style select option button svg details summary"
).split(" ");

const attributes = fc.oneof(
  fc.constant(""),
  fc.constantFrom(
    ' href="#fn1"',
    ' href="/x"',
    " hidden",
    ' class="share-bar menu"',
    ' id="cookie-banner"',
    ' colspan="3"',
    ' rowspan="0"',
    ' type="i"',
    ' start="-5"',
    ' role="presentation"',
    ' style="display:none"',
    ' itemprop="articleBody"',
  ),
);

const text = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: "binary", maxLength: 8 }),
  fc.constantFrom(
    "word ",
    " \n\t ",
    "&nbsp;",
    "&shy;",
    "&#133;",
    "&#0;",
    "\u200b",
    "\u200d",
    "[",
    "]",
    "3",
    "\r\n",
    "\ue000",
    "<",
    "&",
    "1. x",
  ),
);

/** Anything between a well-formed page and rubbish. */
const html = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: text },
      { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...TAGS), attributes).map(([tag, more]) => `<${tag}${more}>`) },
      { weight: 2, arbitrary: fc.constantFrom(...TAGS).map((tag) => `</${tag}>`) },
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

function extractedOrRefused(bytes: Uint8Array, charset?: string): Extracted | null {
  try {
    return extractHtml(bytes, LIMITS, charset);
  } catch (error) {
    if (error instanceof SitrepError && error.code === "bad-corpus") return null;
    throw error;
  }
}

function expectCanonical({ document, facts }: Extracted): void {
  const { text, reading, blocks } = document;
  expect(reading.length).toBe(text.length);
  // A tab in code stays, as in a text file.
  expect(text).not.toMatch(/[^\P{Cc}\n\t]/u);
  expect(text.isWellFormed()).toBe(true);
  let end = 0;
  for (const block of blocks) {
    const slice = text.slice(block.start, block.end);
    expect(block.start).toBeGreaterThanOrEqual(end);
    expect(slice).toBe(slice.trim());
    expect(slice).not.toBe("");
    if (block.kind !== "code") expect(slice.replaceAll(CELL_GAP, "|")).not.toMatch(/\s\s|[^\S ]/);
    // Only the number of a list item is no text of the page.
    const read = reading.slice(block.start, block.end).trimStart();
    expect(slice.endsWith(read)).toBe(true);
    const lead = slice.slice(0, slice.length - read.length);
    expect(lead).toMatch(block.kind === "list-item" ? /^(?:(?:-?\d+|[A-Za-z]+)\. )?$/ : /^$/);
    expect(block.level >= 1 && block.level <= 6).toBe(block.kind === "heading");
    expect(text.slice(end, block.start)).toMatch(/^\n{0,2}$/);
    end = block.end;
  }
  expect(end).toBe(text.length);
  for (const fact of Object.values(facts)) {
    if (fact === undefined) continue;
    expect(fact).toBe(fact.trim());
    expect(fact.length > 0 && fact.length <= 2000).toBe(true);
  }
}

test("any HTML gives a canonical text or is refused", () => {
  fc.assert(
    fc.property(html, (source) => {
      const extracted = extractedOrRefused(Buffer.from(source));
      if (extracted !== null) expectCanonical(extracted);
    }),
    { numRuns: 1500 },
  );
});

/** Whether the characters of one text are in another one in the same order. */
function isWithin(part: string, whole: string): boolean {
  let at = 0;
  for (const character of part) {
    const found = whole.indexOf(character, at);
    if (found === -1) return false;
    at = found + character.length;
  }
  return true;
}

test("nothing is read that is not in the page, in its order", () => {
  const bare = (text: string) => normaliseText(text).toWellFormed().replace(/\s/g, "");
  fc.assert(
    fc.property(html, (source) => {
      const extracted = extractedOrRefused(Buffer.from(source));
      if (extracted === null) return;
      const page = bare(visible(textWithin(parseHtml(source.toWellFormed()), Number.POSITIVE_INFINITY) ?? ""));
      const { reading, blocks } = extracted.document;
      for (const { start, end } of blocks) expect(isWithin(bare(reading.slice(start, end)), page), source).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("any bytes in any encoding give a canonical text or are refused", () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(undefined, "utf-8", "windows-1252", "utf-16le", "shift_jis", "iso-2022-jp", "?"),
      (bytes, charset) => {
        const extracted = extractedOrRefused(Buffer.concat([Buffer.from("<p>"), bytes]), charset);
        if (extracted !== null) expectCanonical(extracted);
      },
    ),
    { numRuns: 500 },
  );
});

test("every word of a paragraph is in the text, in order, whatever it stands in", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{4,9}$/), { minLength: 1, maxLength: 12 });
  const wrappers = fc.array(
    fc.constantFrom("div", "section", "blockquote", "ul><li", "table><tr><td", "center", "details", "dl><dd"),
    { maxLength: 5 },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(words, wrappers), { minLength: 1, maxLength: 6 }), (paragraphs) => {
      const source = paragraphs.map(([line, tags]) => {
        const open = tags.map((tag) => `<${tag}>`).join("");
        const close = tags.toReversed().map((tag) => `</${tag.split("><").toReversed().join("></")}>`);
        return `${open}<p>${line.join(" <i>")}${"</i>".repeat(line.length - 1)}</p>${close.join("")}`;
      });
      const expected = paragraphs.map(([line]) => line.join(" "));
      const { document } = extractHtml(Buffer.from(source.join("\n")), LIMITS);
      expect(document.blocks.map(({ start, end }) => document.text.slice(start, end))).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
