import { Tokenizer as HuggingFaceTokenizer } from "@huggingface/tokenizers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUNDLED_MODEL_FILES, readTokenizerDefinition } from "../../src/embeddings/model-files.ts";
import { createTokenizer } from "../../src/embeddings/tokenizer.ts";

const definition = readTokenizerDefinition(BUNDLED_MODEL_FILES);
const tokenizer = createTokenizer(definition);
const reference = new HuggingFaceTokenizer(definition, {});

/** Text of many scripts, with what makes offsets shift: marks, ligatures, controls, astral and lone surrogates. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc
    .array(
      fc.constantFrom(
        ..."aBz09 .,-'\n\t\u00adéÉe\u0301ßﬁİıΣσÅΩ你好𠀀한글ไทยहिन्दी؟سلام\u200b\u200d😀\ud800\ufeff\u0000\u007f½ⅧºǅŒ".split(
          "",
        ),
      ),
      { maxLength: 80 },
    )
    .map((characters) => characters.join("")),
);
/** Its own tokenizer takes these otherwise than the model authors' one, which the module follows. */
const differs = /[Σ\u{20000}-\u{2fa1f}]/u;

function slices(text: string): string[] {
  const { starts, ends } = tokenizer.encode(text);
  return starts.slice(1, -1).map((start, index) => text.slice(start, ends[index + 1]));
}

describe("encode", () => {
  it("gives each token its place in the text", () => {
    expect(slices("The Taliban's re-entry, 42%")).toEqual([
      "The",
      "Taliban",
      "'",
      "s",
      "re",
      "-",
      "entry",
      ",",
      "42",
      "%",
    ]);
    expect(slices("counterinsurgency")).toEqual(["counter", "ins", "urg", "ency"]);
    expect(slices("  Zürich\u00adsee \n Łódź")).toEqual(["Zürich", "see", "Łódź"]);
    expect(slices("北京ab 😀x")).toEqual(["北", "京", "ab", "😀x"]);
  });

  it("frames the text with [CLS] and [SEP], which have no width", () => {
    expect(tokenizer.encode("")).toEqual({ ids: [101, 102], starts: [0, 0], ends: [0, 0] });
    expect(tokenizer.encode("war")).toEqual({ ids: [101, 2162, 102], starts: [0, 0, 3], ends: [0, 3, 3] });
  });

  it("reads the names of special tokens as plain text", () => {
    expect(tokenizer.encode("[SEP]").ids).not.toContain(reference.token_to_id("[MASK]"));
    expect(slices("a [SEP] b")).toEqual(["a", "[", "SEP", "]", "b"]);
  });

  it("takes a word of more than 100 characters as one unknown token", () => {
    expect(slices(`x ${"a".repeat(101)} y`)).toEqual(["x", "a".repeat(101), "y"]);
    expect(tokenizer.encode("a".repeat(101)).ids).toEqual([101, 100, 102]);
  });

  it("lowers Σ to σ wherever it stands, as the model authors' tokenizer does", () => {
    expect(tokenizer.encode("ΟΔΟΣ").ids).toEqual(tokenizer.encode("οδοσ").ids);
  });

  it("has offsets that never fall and lie within the text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ids, starts, ends } = tokenizer.encode(text);
        expect([starts.length, ends.length]).toEqual([ids.length, ids.length]);
        for (let index = 1; index < ids.length; index += 1) {
          expect(starts[index]).toBeGreaterThanOrEqual(starts[index - 1] ?? 0);
          expect(ends[index]).toBeGreaterThanOrEqual(ends[index - 1] ?? 0);
          expect(ends[index]).toBeLessThanOrEqual(text.length);
          if (index < ids.length - 1) expect(ends[index]).toBeGreaterThan(starts[index] ?? 0);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it("gives the tokens that @huggingface/tokenizers gives", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        fc.pre(!differs.test(text));
        expect(tokenizer.encode(text).ids).toEqual(reference.encode(text).ids);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("countTokens", () => {
  it("counts the word pieces, without [CLS] and [SEP]", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(tokenizer.countTokens(text)).toBe(tokenizer.encode(text).ids.length - 2);
      }),
    );
  });

  it("is additive at white space", () => {
    fc.assert(
      fc.property(anyText, anyText, (left, right) => {
        const sum = tokenizer.countTokens(left) + tokenizer.countTokens(right);
        expect(tokenizer.countTokens(`${left} ${right}`)).toBe(sum);
      }),
    );
  });

  it("counts more than 100,000 words a second", () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `Word${index % 3_000}, and the mountain's pass`);
    const text = words.join(" ");
    tokenizer.countTokens(text);
    const start = performance.now();
    tokenizer.countTokens(text);
    expect((words.length * 5) / ((performance.now() - start) / 1_000)).toBeGreaterThan(100_000);
  });
});
