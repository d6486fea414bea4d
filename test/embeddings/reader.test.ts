import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createReader, type Reader } from "../../src/embeddings/reader.ts";
import { readManifest } from "../../src/embeddings/reader-manifest.ts";
import { NO_ANSWER_LOGIT, putReader, type TinyReader } from "./tiny-reader.ts";

const WORDS = ["one", "two", "three", "four", "five", "six", "harbour", "boarded", "pirates"];
const logit = (word: string) => 4 + WORDS.indexOf(word);

const folders: string[] = [];
const readers: Reader[] = [];

function readerWith(options: Partial<TinyReader> = {}): Reader {
  const models = mkdtempSync(join(tmpdir(), "sitrep-reader-"));
  folders.push(models);
  const folder = putReader(models, { words: WORDS, ...options });
  const manifest = readManifest(folder);
  if (manifest === null) throw new Error("No manifest");
  const reader = createReader(folder, manifest, 1);
  readers.push(reader);
  return reader;
}

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const QUESTION = "Where were the pirates?";
const probability = (score: number) => 1 / (1 + Math.exp(-score));

describe("read", () => {
  it("gives the span of each text with its calibrated log-odds", async () => {
    const text = "Ships near the harbour — “Pirates” were seen there.";
    const read = await readerWith().read(QUESTION, [
      { id: 7, text },
      { id: 9, text: "Nothing of the kind." },
    ]);
    const found = read.get(7);
    expect(text.slice(found?.start, found?.end)).toBe("Pirates");
    const score = 0.5 * 2 * (logit("pirates") - NO_ANSWER_LOGIT);
    expect(found?.score).toBeCloseTo(score, 5);
    expect(found?.noAnswer).toBeCloseTo(1 - probability(score), 5);
    expect(read.get(9)?.score).toBeCloseTo(-0.5 * 2 * NO_ANSWER_LOGIT, 5);
    expect(read.get(9)?.noAnswer).toBeGreaterThan(0.99);
  });

  it("finds what stands far behind in a long text", async () => {
    const filling = "Nothing happened on that day, nor on the next. ".repeat(40);
    const text = `${filling}Pirates came.${filling}`;
    const found = (await readerWith().read(QUESTION, [{ id: 1, text }])).get(1);
    expect(found).toMatchObject({ start: filling.length, end: filling.length + "Pirates".length });
  });

  it("gives each of many texts what it gives it alone", async () => {
    const reader = readerWith();
    const texts = Array.from({ length: 60 }, (_, id) => ({
      id,
      text: `${"word ".repeat((id * 7) % 50)}${WORDS[id % WORDS.length]} ${"word ".repeat(id % 11)}`,
    }));
    const question = "one two three four pirates";
    const together = await reader.read(question, texts);
    expect(together.size).toBe(60);
    for (const text of texts.slice(0, 12)) {
      expect(together.get(text.id)).toEqual((await reader.read(question, [text])).get(text.id));
    }
  });

  it("says nothing of a text without a token, and nothing at all of no text", async () => {
    const reader = readerWith();
    expect(await reader.read(QUESTION, [{ id: 1, text: " \n" }])).toEqual(new Map());
    expect(await reader.read(QUESTION, [])).toEqual(new Map());
  });

  it("takes models with 32-bit numbers, and those with an output of its own for no answer", async () => {
    const texts = [{ id: 1, text: "pirates" }];
    const small = await readerWith({ numbers: "int32" }).read(QUESTION, texts);
    expect(small.get(1)?.score).toBeCloseTo(logit("pirates") - NO_ANSWER_LOGIT, 5);
    const own = readerWith({ hasOwnOutput: true, manifest: { noAnswer: { by: "output", output: "unanswerable" } } });
    const read = await own.read(QUESTION, [...texts, { id: 2, text: "ships" }]);
    expect(read.get(1)?.score).toBeCloseTo(0.5 * (logit("pirates") - NO_ANSWER_LOGIT), 5);
    expect(read.get(2)?.score).toBeCloseTo(0.5 * -NO_ANSWER_LOGIT, 5);
  });

  it("ends between two batches when it is cancelled", async () => {
    const reader = readerWith();
    await expect(reader.read(QUESTION, [{ id: 1, text: "pirates" }], AbortSignal.abort())).rejects.toMatchObject({
      code: "cancelled",
    });
  });

  it.each([
    ["outputs with other names", { manifest: { outputs: { start: "begin", end: "end_logits" } } }, /no outputs begin/],
    [
      "inputs with other names",
      { manifest: { inputs: { ids: "tokens", mask: "attention_mask", types: "token_type_ids" } } },
      /no inputs tokens as its manifest says; it has input_ids/,
    ],
    [
      "an input that is not named",
      { manifest: { inputs: { ids: "input_ids", mask: "attention_mask", types: null } } },
      /does not name: token_type_ids/,
    ],
    ["logits that are no numbers", { isBroken: true }, /not finite/],
    [
      "an output of another shape",
      { manifest: { noAnswer: { by: "output", output: "start_logits" } } },
      /start_logits gives \d+ numbers, not 1/,
    ],
  ] as const)("says what is wrong: %s", async (_, options, message) => {
    const read = readerWith(options).read(QUESTION, [{ id: 1, text: "the pirates came" }]);
    await expect(read).rejects.toMatchObject({ code: "model-unusable", message: expect.stringMatching(message) });
  });

  it("fails once it is closed", async () => {
    const reader = readerWith();
    await reader.close();
    await expect(reader.read(QUESTION, [{ id: 1, text: "pirates" }])).rejects.toMatchObject({
      code: "model-unusable",
    });
  });
});
