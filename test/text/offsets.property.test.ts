/** What must hold for any text whatever, because quotes stand on it. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalWriter } from "../../src/ingest/extract/canonical-writer.ts";
import { extractMarkdown } from "../../src/ingest/extract/markdown.ts";
import { extractPlain } from "../../src/ingest/extract/plain.ts";
import { CELL_GAP, isInsidePair, type StructuredText } from "../../src/text/blocks.ts";
import { chunk } from "../../src/text/chunk.ts";
import { foldSpaces, normaliseText } from "../../src/text/normalise.ts";

const words = fc.constantFrom(
  ..."Pakistan|the TTP|counted|74 attacks|in January 2025|S/2025/71|CVE-2024-3400|Lt. Gen. Khan|U.S.|No. 5|42%|a.k.a.|😀|\u{1f1f5}\u{1f1f0}|👩‍👩‍👧|漢字の文。|تحریک طالبان۔|e\u0301|\ud800|\udc00|x\u00a0y|\u2028|AT&amp;T|C:\\_x".split(
    "|",
  ),
);
const marks = fc.constantFrom(
  ...'*|**|_|`|``|[|]|](|)|![|[^1]|[^|<|>|<b>|</b>|<br>|<!--|-->|<sup>[2]</sup>|<sup>|\\|\\|~~|#|.|?|!|...|;|,|"|”|(|)|: |https://a.example/_b_|[a](b)|[c][d]|[1]|\t|  |\n'.split(
    "|",
  ),
);
const inline = fc
  .array(fc.oneof({ weight: 3, arbitrary: words }, marks), { maxLength: 25 })
  .map((parts) => parts.join(" "));
const glued = fc.array(fc.oneof(words, marks), { maxLength: 15 }).map((parts) => parts.join(""));
const line = fc.oneof({ weight: 3, arbitrary: inline }, glued, fc.string({ unit: "binary", maxLength: 30 }));
const block = fc.oneof(
  { weight: 4, arbitrary: line },
  line.map((text) => `# ${text}`),
  line.map((text) => `### ${text} ###`),
  line.map((text) => `${text}\n---`),
  fc.array(line, { maxLength: 4 }).map((lines) => lines.map((text) => `- ${text}`).join("\n  ")),
  fc.array(line, { maxLength: 4 }).map((lines) => lines.map((text) => `> ${text}`).join("\n")),
  fc
    .tuple(
      fc.array(fc.tuple(line, line), { maxLength: 4 }),
      fc.constantFrom("a | b", "| | |", "one two | three[^1] | 😀"),
    )
    .map(([rows, head]) => [head, head.replace(/[^|]+/g, "--"), ...rows.map((row) => row.join(" | "))].join("\n")),
  fc.tuple(line, line).map((row) => `${row.join(" | ")}\n--|--\n1 | 2`),
  line.map((text) => `\`\`\`\n${text}\n\`\`\``),
  line.map((text) => `    ${text}`),
  line.map((text) => `[^1]: ${text}`),
  line.map((text) => `[d]: https://d.example\n${text}`),
  fc.constantFrom(
    "***",
    "",
    "THE PLAN EVOLVES",
    "The Plan",
    "x".repeat(700),
    "word ".repeat(120),
    "a, b; ".repeat(40),
    "😀".repeat(90),
  ),
);
const anyText = fc
  .tuple(fc.array(block, { maxLength: 12 }), fc.constantFrom("\n", "\n\n"))
  .map(([blocks, gap]) => normaliseText(blocks.join(gap)));

/** A counter that is not quite additive, so that sums cannot be trusted. */
const countTokens = (text: string): number => text.match(/[\p{L}\p{N}]{1,4}|[^\s\p{L}\p{N}]/gu)?.length ?? 0;
const unstroked = (text: string): string => text.replace(/[|\s]+/g, "");
const overheadTokens = (headings: readonly string[]): number => 3 + countTokens(headings.join(" "));

describe.each([
  ["Markdown", extractMarkdown],
  ["plain text", extractPlain],
])("any %s", (_name, extract: (text: string) => StructuredText) => {
  test("keeps its text, with a reading view that has each readable character at its place", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const document = extract(text);
        const { reading, blocks, footnotes } = document;
        expect(document.text).toBe(text);
        expect(reading.length).toBe(text.length);
        for (let i = 0; i < text.length; i += 1) {
          if (reading[i] !== text[i]) expect(reading[i]).toBe(" ");
        }
        let last = 0;
        for (const { kind, level, start, end } of blocks) {
          expect(start).toBeGreaterThanOrEqual(last);
          expect(reading.slice(last, start).trim()).toBe("");
          expect(reading.slice(start, end).trim()).not.toBe("");
          expect(kind === "heading" ? level >= 1 && level <= 6 : level === 0).toBe(true);
          last = end;
        }
        expect(reading.slice(last).trim()).toBe("");
        for (const { key, at } of footnotes) expect(text.slice(at, at + key.length + 60)).toContain(key);
      }),
      { numRuns: 400 },
    );
  });

  test("is chunked without loss, overlap, or a passed limit", () => {
    fc.assert(
      fc.property(
        anyText,
        fc.integer({ min: 24, max: 120 }),
        fc.integer({ min: 1, max: 140 }),
        (text, maxTokens, targetTokens) => {
          expectWhole(extract(text), maxTokens, targetTokens);
        },
      ),
      { numRuns: 400 },
    );
  });
});

test("any table whose text was made at ingest is chunked without loss, overlap, or a passed limit", () => {
  const kind = fc.constantFrom("table-row" as const, "table-row" as const, "table-head" as const, "heading" as const);
  const cells = fc.array(words, { minLength: 1, maxLength: 30 });
  const context = fc.option(fc.array(words, { minLength: 1, maxLength: 12 }), { nil: undefined });
  const part = fc.tuple(kind, cells, context, fc.boolean());
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 12 }),
      fc.integer({ min: 24, max: 120 }),
      fc.integer({ min: 1, max: 140 }),
      (parts, maxTokens, targetTokens) => {
        const writer = canonicalWriter(100_000);
        for (const [kind, cells, context, isNew] of parts) {
          const more = kind === "heading" || context === undefined ? {} : { context: foldSpaces(context.join(" ")) };
          const begins = kind === "table-row" && isNew ? { beginsTable: true as const } : {};
          writer.add(kind, cells.map(foldSpaces).join(CELL_GAP), 2, { ...more, ...begins });
        }
        expectWhole(writer.finish(), maxTokens, targetTokens);
      },
    ),
    { numRuns: 400 },
  );
});

/** Each character in one chunk, each chunk within its limit, each sentence in its place. */
function expectWhole(document: StructuredText, maxTokens: number, targetTokens: number): void {
  const { text, reading } = document;
  let last = 0;
  for (const { start, end, headings, paragraph, sentences } of chunk(document, {
    countTokens,
    maxTokens,
    targetTokens,
    overheadTokens,
  })) {
    expect(reading.slice(last, start).trim()).toBe("");
    expect(start).toBeLessThan(end);
    expect(countTokens(foldSpaces(reading.slice(start, end))) + overheadTokens(headings)).toBeLessThanOrEqual(
      maxTokens,
    );
    expect(paragraph).toBeGreaterThanOrEqual(1);
    let at = start;
    for (const [index, sentence] of sentences.entries()) {
      // Only headings stand outside sentences, and only before the first.
      if (index > 0) expect(reading.slice(at, sentence.start).trim()).toBe("");
      expect(sentence.start).toBeGreaterThanOrEqual(at);
      expect(sentence.start).toBeLessThan(sentence.end);
      expect(reading.slice(sentence.start, sentence.end)).toBe(reading.slice(sentence.start, sentence.end).trim());
      expect(isInsidePair(text, sentence.start)).toBe(false);
      expect(isInsidePair(text, sentence.end)).toBe(false);
      at = sentence.end;
    }
    if (sentences.length > 0) expect(at).toBe(end);
    for (const { kind, context, ...head } of document.blocks) {
      // A head stands outside sentences only where the chunk's own path holds it: last, or above cells of its rows.
      const isContext = kind === "table-head" && head.start >= start && head.end <= (sentences[0]?.start ?? -1);
      const named = unstroked(reading.slice(head.start, head.end));
      if (isContext && context === undefined) expect(headings.slice(-2).map(unstroked)).toContain(named);
    }
    last = end;
  }
  expect(reading.slice(last).trim()).toBe("");
}
