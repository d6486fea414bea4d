import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUNDLED_MODEL_FILES, readTokenizerDefinition } from "../../src/embeddings/model-files.ts";
import { bestSpan, planWindows, toReaderBatch, type Window, windowsOf } from "../../src/embeddings/reader-windows.ts";
import { createTokenizer } from "../../src/embeddings/tokenizer.ts";

const definition = readTokenizerDefinition(BUNDLED_MODEL_FILES);
const { encode } = createTokenizer(definition);
const cased = createTokenizer(definition, "cased");

const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({ unit: "grapheme", maxLength: 200 }),
  fc
    .array(
      fc.constantFrom("Zürich", " ", "word", "\n", "42%", "e\u0301", "ﬁ", "北京", "😀", "\ud800", "re-entry", "."),
      {
        maxLength: 120,
      },
    )
    .map((parts) => parts.join("")),
);
const anySize = fc
  .record({ maxTokens: fc.integer({ min: 16, max: 64 }), stride: fc.integer({ min: 1, max: 40 }) })
  .filter(({ maxTokens, stride }) => stride <= maxTokens - 3);

describe("windowsOf", () => {
  it("holds every token of the text at its place, in windows that fit", () => {
    fc.assert(
      fc.property(anyText, anyText, anySize, (question, text, size) => {
        const [asked, encoded] = [encode(question), encode(text)];
        const windows = windowsOf(asked, encoded, 3, size);
        const seen = new Map<number, string>();
        for (const { ids, offset, starts, ends, text: of } of windows) {
          expect(of).toBe(3);
          expect(ids.length).toBeLessThanOrEqual(size.maxTokens);
          expect([ids[0], ids[offset - 1], ids.at(-1)]).toEqual([101, 102, 102]);
          expect(offset + starts.length + 1).toBe(ids.length);
          starts.forEach((start, index) => {
            seen.set(start, `${ids[offset + index]} ${start} ${ends[index]}`);
          });
        }
        const all = encoded.ids.map((id, index) => `${id} ${encoded.starts[index]} ${encoded.ends[index]}`);
        for (const each of seen.values()) expect(all).toContain(each);
        expect(new Set(seen.keys())).toEqual(new Set(encoded.starts.slice(1, -1)));
        expect(windows.length === 0).toBe(encoded.ids.length === 2);
      }),
      { numRuns: 500 },
    );
  });

  it("makes one window of a text that fits, and no more than it needs of a longer one", () => {
    const size = { maxTokens: 20, stride: 8 };
    const question = encode("one two three");
    const lengths = (words: number) => windowsOf(question, encode("word ".repeat(words)), 0, size).length;
    // 20 less the question's 3 and 3 special tokens.
    expect([1, 14, 15, 22, 23].map(lengths)).toEqual([1, 1, 2, 2, 3]);
  });

  it("leaves nothing out where the stride is longer than the room beside the question", () => {
    const size = { maxTokens: 20, stride: 17 };
    const text = encode("a b c d e f g h i j k l m n o p q r s t u v w x y z");
    const windows = windowsOf(encode("one two three four five six"), text, 0, size);
    const tokens = windows.flatMap(({ ids, offset }) => ids.slice(offset, -1));
    expect(tokens).toEqual(text.ids.slice(1, -1));
  });

  it("keeps the beginning and the end of a long question, in half of a window at most", () => {
    const words = Array.from({ length: 200 }, (_, index) => `${index}`).join(" ");
    const question = encode(words);
    const [window] = windowsOf(question, encode("text"), 0, { maxTokens: 384, stride: 128 });
    expect(window?.offset).toBe(64 + 2);
    const inner = question.ids.slice(1, -1);
    expect(window?.ids.slice(1, 65)).toEqual([...inner.slice(0, 32), ...inner.slice(-32)]);
    const [small] = windowsOf(question, encode("text"), 0, { maxTokens: 23, stride: 4 });
    expect(small?.offset).toBe(10 + 2);
  });
});

describe("toReaderBatch", () => {
  it("pads with its own token, and tells question, text and padding apart", () => {
    const windows = ["pirates", "pirates of the harbour"].flatMap((text, index) =>
      windowsOf(encode("who"), encode(text), index, { maxTokens: 32, stride: 8 }),
    );
    const { tokens, ids, mask, types } = toReaderBatch(windows, 9);
    expect(tokens).toBe(8);
    expect([...ids.slice(4, 8)]).toEqual([102, 9, 9, 9]);
    expect([...mask]).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1]);
    expect([...types]).toEqual([0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
  });

  it("plans every window once, the short ones first", () => {
    const windows = [40, 3, 17].flatMap((words, index) =>
      windowsOf(encode("who"), encode("word ".repeat(words)), index, { maxTokens: 64, stride: 8 }),
    );
    expect(planWindows(windows).flat()).toEqual([1, 2, 0]);
  });
});

describe("bestSpan", () => {
  /** One window with the given logits of its text's tokens; [CLS] has 1 and 1. */
  function spanOf(text: string, starts: number[], ends: number[], most = 30, noAnswer: number | null = null) {
    const [window] = windowsOf(encode("who"), encode(text), 0, { maxTokens: 512, stride: 100 }) as [Window];
    const row = (values: number[]) => Float32Array.from([1, 50, 50, ...values, 50]);
    const logits = {
      tokens: window.ids.length,
      starts: row(starts),
      ends: row(ends),
      noAnswer: noAnswer === null ? null : Float32Array.of(noAnswer),
    };
    return bestSpan(window, logits, 0, most);
  }

  it("is the best start with a best end behind it, in the text and nowhere else", () => {
    const text = "the old harbour town";
    expect(spanOf(text, [0, 5, 0, 4], [9, 0, 3, 0])).toEqual({ start: 0, end: 3, margin: 7 });
    const found = spanOf(text, [0, 5, 0, 4], [3, 0, 4, 0]);
    expect(text.slice(found.start, found.end)).toBe("old harbour");
    expect(found.margin).toBe(9 - 2);
    expect(spanOf(text, [0, 5, 0, 4], [3, 0, 4, 0], 1)).toMatchObject({ start: 4, end: 7 });
  });

  it("takes the model's own word for no answer where it has one", () => {
    expect(spanOf("old harbour", [0, 5], [0, 5], 30, 2.5)).toMatchObject({ margin: -2.5 });
    expect(() => spanOf("old harbour", [0, 5], [0, 5], 30, Number.NaN)).toThrow(/not finite/);
  });

  it("has offsets that cut its very tokens out of any text", () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 10 }), (text, at, length) => {
        const encoded = encode(text);
        const inner = encoded.ids.slice(1, -1);
        fc.pre(inner.length > 0 && inner.length < 400);
        const first = at % inner.length;
        const last = Math.min(inner.length - 1, first + length);
        const high = (position: number) => inner.map((_, index) => (index === position ? 20 : 0));
        const { start, end } = spanOf(text, high(first), high(last));
        expect([start, end]).toEqual([encoded.starts[first + 1], encoded.ends[last + 1]]);
        expect(start).toBeLessThan(end);
      }),
      { numRuns: 500 },
    );
  });
});

it("a cased vocabulary sees capitals and accents", () => {
  const pieces = (text: string) => {
    const { starts, ends } = cased.encode(text);
    return starts.slice(1, -1).map((start, index) => text.slice(start, ends[index + 1]));
  };
  // The bundled vocabulary is uncased, so that what is not lowered is unknown to it.
  expect(cased.encode("war").ids).toEqual([101, 2162, 102]);
  expect(cased.encode("War").ids).toEqual([101, 100, 102]);
  expect(encode("Wár").ids).toEqual([101, 2162, 102]);
  expect(cased.encode("wár").ids).not.toEqual([101, 2162, 102]);
  expect(pieces("The War, 北京 e\u0301x")).toEqual(["The", "War", ",", "北", "京", "e\u0301x"]);
});
