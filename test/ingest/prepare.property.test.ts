/** Quotes are slices of a report's text: what must hold for every file that is taken in, whatever it holds. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { prepare } from "../../src/ingest/prepare.ts";
import { normaliseText } from "../../src/text/normalise.ts";
import { fakeModel, LIMITS } from "./fake-model.ts";

const model = fakeModel(async () => {
  throw new Error("Preparing embeds nothing");
});

const word = fc.constantFrom(
  ..."The institute|counted|74 attacks|in January 2025.|Lt. Gen. Khan|U.S.|**bold**|_so_|`code`|[a link](https://a.example/_b_)|<b>tag</b>|<!-- hidden -->|AT&amp;T|😀|🇵🇰|👩‍👩‍👧|漢字の文。|تحریک طالبان۔|e\u0301|x\u00a0y|\u2028|\u0007|\ufeff|\t|[^s1]|[^s1] [^s2]|[^none]|42%|¹|...|! |? ".split(
    "|",
  ),
);
const line = fc.array(word, { minLength: 1, maxLength: 20 }).map((words) => words.join(" "));
const lines = (most: number) => fc.array(line, { minLength: 1, maxLength: most });
const block = fc.oneof(
  { weight: 4, arbitrary: line },
  lines(4).map((each) => each.join("\n")),
  line.map((text) => `## ${text}`),
  lines(4).map((each) => each.map((text) => `- ${text}`).join("\n")),
  lines(3).map((each) => each.map((text) => `> ${text}`).join("\n")),
  lines(5).map((each) => ["| a | b |", "|---|:-:|", ...each.map((text) => `| ${text} | 7 |`)].join("\n")),
  line.map((text) => `[^s1]: ${text}`),
  line.map((text) => `[^s2]: ${text}\n    and ${text}`),
  line.map((text) => `\`\`\`\n${text}\n\`\`\``),
  fc.constantFrom("---", "***", "", "word ".repeat(400), "😀".repeat(300), `${"a, b; ".repeat(120)}end.`),
);
const body = fc
  .tuple(fc.array(block, { maxLength: 14 }), fc.constantFrom("\n", "\n\n", "\n\n\n"))
  .map(([blocks, gap]) => blocks.join(gap));

const frontMatter = `---
id: tested
title: A report 😀 on attacks
publisher: Institute
published: 2025-02-03
kind: think-tank
reliability: B
marking: "TLP:CLEAR"
sources:
  - key: s1
    title: A newspaper
  - key: s2
    title: Another one
---
`;
const file = fc.record({
  front: fc.constantFrom(
    "",
    frontMatter,
    frontMatter.replace(/---\n$/, "...\n"),
    frontMatter.replaceAll("---", "--- "),
  ),
  body,
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  mark: fc.constantFrom("", "\ufeff"),
  path: fc.constantFrom("folder/report.md", "report.MARKDOWN", "report.txt"),
});

test("passages, readings and sentences are slices of the normalised body", async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(file, async ({ front, body, lineEnd, mark, path }) => {
      const bytes = new TextEncoder().encode(mark + (front + body).replaceAll("\n", lineEnd));
      const prepared = await prepare({ path, bytes, written: [] }, model, LIMITS);
      if (!prepared.ok) {
        expect(prepared.refusal).toEqual({ path, problems: [{ line: null, field: null, reason: "holds no text" }] });
        return;
      }
      taken += 1;
      const { id, report, reading, passages, texts } = prepared.value;
      // Under a front matter nothing of the body is at the start of the file, where a byte order mark is dropped.
      const isCutOff = front !== "" && !path.endsWith(".txt");
      expect(report.text).toBe(isCutOff ? normaliseText(`.${body}`).slice(1) : normaliseText(front + body));
      expect(id === "tested").toBe(isCutOff);
      expect(reading.length).toBe(report.text.length);
      expect(texts.length).toBe(passages.length);
      let last = 0;
      passages.forEach((passage, index) => {
        const { ordinal, start, end, text, sentences } = passage;
        expect(ordinal).toBe(index);
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        last = end;
        expect(report.text.slice(start, end)).toBe(text);
        expect(text).not.toMatch(/\p{Surrogate}/u);
        expect(passage.reading).toBe(reading.slice(start, end));
        expect(passage.reading.length).toBe(text.length);
        let lastSentence = start;
        for (const sentence of sentences) {
          expect(sentence.start).toBeGreaterThanOrEqual(lastSentence);
          expect(sentence.end).toBeGreaterThan(sentence.start);
          lastSentence = sentence.end;
        }
        expect(lastSentence).toBeLessThanOrEqual(end);
        const embedded = texts[index];
        expect(embedded?.spans.length).toBe(sentences.length);
      });
    }),
    { numRuns: 300 },
  );
  // Most files hold text: the property is about them.
  expect(taken).toBeGreaterThan(200);
});
