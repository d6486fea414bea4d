import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { SitrepError } from "../../src/domain/errors.ts";
import { parseManifest, readManifest } from "../../src/embeddings/reader-manifest.ts";
import { readerTokenizer } from "../../src/embeddings/reader-tokenizer.ts";
import { manifestOf, vocabularyOf } from "./tiny-reader.ts";

const root = mkdtempSync(join(tmpdir(), "sitrep-manifest-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const SHA = "0".repeat(64);
const parse = (fields: Readonly<Record<string, unknown>>) =>
  parseManifest(JSON.stringify(manifestOf(SHA, SHA, fields)), "manifest.json");

function thrown(call: () => unknown): SitrepError {
  try {
    call();
  } catch (error) {
    if (error instanceof SitrepError) return error;
    throw error;
  }
  throw new Error("Nothing was thrown");
}

describe("parseManifest", () => {
  it("takes a whole manifest, with defaults for what may be left out", () => {
    expect(parse({ timeLimitMs: undefined })).toMatchObject({
      name: "tiny",
      tokenizer: { casing: "uncased" },
      maxAnswerTokens: 30,
      timeLimitMs: 2_000,
    });
    expect(parse({ noAnswer: { by: "output", output: "x" } }).noAnswer).toEqual({ by: "output", output: "x" });
    expect(parse({ inputs: { ids: "a", mask: "b", types: null } }).inputs.types).toBeNull();
  });

  it.each([
    ["name", { name: "" }],
    ["licence", { licence: undefined }],
    ["format", { format: 2 }],
    ["model.file", { model: { file: "../model.onnx", sha256: SHA } }],
    ["model.file", { model: { file: "/etc/passwd", sha256: SHA } }],
    ["model.sha256", { model: { file: "model.onnx", sha256: "ABC" } }],
    ["tokenizer.casing", { tokenizer: { file: "vocab.txt", sha256: SHA, casing: "mixed" } }],
    ["maxTokens", { maxTokens: 8 }],
    ["stride", { stride: 62 }],
    ["stride", { stride: 0 }],
    ["inputs.types", { inputs: { ids: "a", mask: "b" } }],
    ["outputs.end", { outputs: { start: "a" } }],
    ["noAnswer", { noAnswer: { by: "guess" } }],
    ["noAnswer.output", { noAnswer: { by: "output" } }],
    ["calibration.scale", { calibration: { scale: 0, offset: 0 } }],
    ["calibration.offset", { calibration: { scale: 1, offset: "much" } }],
    ["weight", { weight: -1 }],
    ["timeLimitMs", { timeLimitMs: 0 }],
    ["manifest", { wieght: 2 }],
  ])("refuses a wrong %s by its name", (field, fields) => {
    const fault = thrown(() => parse(fields));
    expect(fault.code).toBe("model-unusable");
    expect(fault.message).toMatch(new RegExp(`makes no sense: (?:.*; )?${field.replace(".", "\\.")}(?:\\.\\w+)?: `));
    expect(fault.hint).toContain("docs/reader.md");
  });

  it("names the field that it does not know, and all fields that are wrong", () => {
    expect(thrown(() => parse({ wieght: 2 })).message).toContain("wieght");
    expect(thrown(() => parse({ weight: -1, maxTokens: 1 })).message).toMatch(/maxTokens: .*; weight: /);
  });

  it("refuses what is no JSON", () => {
    expect(thrown(() => parseManifest("{", "manifest.json")).message).toMatch(/no JSON/);
  });
});

describe("readManifest", () => {
  it("is null where there is no folder, or no manifest in it", () => {
    expect(readManifest(join(root, "nowhere"))).toBeNull();
    expect(readManifest(root)).toBeNull();
  });

  it("says when it is there and cannot be read", () => {
    const folder = join(root, "folder");
    mkdirSync(join(folder, "manifest.json"), { recursive: true });
    expect(thrown(() => readManifest(folder)).message).toMatch(/cannot be read/);
  });
});

describe("readerTokenizer", () => {
  const VOCABULARY = vocabularyOf(["war", "##s", "é"]);

  function tokenizerWith(file: string, text: string, fields: Readonly<Record<string, unknown>> = {}) {
    writeFileSync(join(root, file), text);
    const sha256 = createHash("sha256").update(text).digest("hex");
    const tokenizer = { file, sha256, casing: "uncased", ...fields };
    return () => readerTokenizer(root, parse({ tokenizer }));
  }

  function json(fields: { normalizer?: object | null; model?: object; vocab?: object } = {}): string {
    const vocab = fields.vocab ?? { "[PAD]": 7, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, war: 4, "##s": 5 };
    const model = { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", vocab, ...fields.model };
    const normalizer =
      fields.normalizer === undefined ? { type: "BertNormalizer", lowercase: true } : fields.normalizer;
    return JSON.stringify({ version: "1.0", added_tokens: [], normalizer, model });
  }

  it("reads a vocabulary, with the ends of lines that Windows makes too", () => {
    for (const text of [VOCABULARY, VOCABULARY.trimEnd(), VOCABULARY.replaceAll("\n", "\r\n")]) {
      const { encode, padding } = tokenizerWith("vocab.txt", text)();
      expect(encode("Wars, war").ids).toEqual([2, 4, 5, 1, 4, 3]);
      expect(padding).toBe(0);
    }
  });

  it("reads a tokenizer.json with the same result", () => {
    const { encode, padding } = tokenizerWith("tokenizer.json", json())();
    expect(encode("Wars, war")).toEqual({
      ids: [2, 4, 5, 1, 4, 3],
      starts: [0, 0, 3, 4, 6, 9],
      ends: [0, 3, 4, 5, 9, 9],
    });
    expect(padding).toBe(7);
  });

  it("keeps capitals where the vocabulary is cased", () => {
    const { encode } = tokenizerWith("vocab.txt", VOCABULARY, { casing: "cased" })();
    expect(encode("War war é").ids).toEqual([2, 1, 4, 6, 3]);
  });

  it.each([
    ["another checksum", tokenizerWith("vocab.txt", VOCABULARY, { sha256: SHA }), /vocab.txt has another checksum/],
    [
      "a missing file",
      () => readerTokenizer(root, parse({ tokenizer: { file: "x", sha256: SHA, casing: "cased" } })),
      /cannot be read/,
    ],
    ["no [CLS]", tokenizerWith("vocab2.txt", "[PAD]\n[UNK]\n[SEP]\n"), /has no \[CLS\]/],
    [
      "another kind",
      tokenizerWith("bpe.json", json({ model: { type: "BPE" } })),
      /cannot be used|can be used: model.type/,
    ],
    ["another casing", tokenizerWith("c.json", json(), { casing: "cased" }), /says tokenizer.casing cased/],
    [
      "accents kept without capitals",
      tokenizerWith("a.json", json({ normalizer: { type: "BertNormalizer", lowercase: true, strip_accents: false } })),
      /accents/,
    ],
    ["no JSON", tokenizerWith("n.json", "{"), /n.json is no JSON/],
  ])("refuses %s", (_, call, message) => {
    const fault = thrown(call);
    expect(fault.code).toBe("model-unusable");
    expect(fault.message).toMatch(message);
  });
});
