/** What a reader model's folder says about it: `manifest.json`, and the checksums without which nothing is used. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { SitrepError } from "../domain/errors.ts";

const MANIFEST = "manifest.json";
/** [CLS], and [SEP] after the question and after the text. */
export const SPECIAL_TOKENS = 3;

const words = z.string().trim().min(1).max(200);
const file = z.strictObject({
  /** In the folder itself: a manifest must not reach for other files. */
  file: z.string().regex(/^[A-Za-z0-9_-][\w.-]*$/, "must be the name of a file in the same folder"),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hexadecimal digits, in small letters"),
});

const manifestSchema = z
  .strictObject({
    /** Of the manifest itself. */
    format: z.literal(1),
    name: words,
    version: words,
    licence: words,
    /** ONNX, in one file, with its weights. */
    model: file,
    /** WordPiece: `vocab.txt`, or a `tokenizer.json`. */
    tokenizer: file.extend({ casing: z.enum(["cased", "uncased"]) }),
    /** Of a window: question, text and special tokens. */
    maxTokens: z.int().min(16).max(4096),
    /** Tokens of a long text by which each window begins after the one before it. */
    stride: z.int().min(1),
    maxAnswerTokens: z.int().min(1).max(512).default(30),
    inputs: z.strictObject({ ids: words, mask: words, types: words.nullable() }),
    outputs: z.strictObject({ start: words, end: words }),
    noAnswer: z.discriminatedUnion("by", [
      /** The logits of [CLS], as models of SQuAD 2.0 have it. */
      z.strictObject({ by: z.literal("cls") }),
      /** One number a window, the greater the surer that there is no answer. */
      z.strictObject({ by: z.literal("output"), output: words }),
    ]),
    calibration: z.strictObject({ scale: z.number().positive().max(100), offset: z.number().min(-100).max(100) }),
    weight: z.number().min(0).max(100),
    timeLimitMs: z.int().min(50).max(600_000).default(2_000),
  })
  .refine(({ stride, maxTokens }) => stride <= maxTokens - SPECIAL_TOKENS, {
    path: ["stride"],
    message: "must leave no token out between two windows: at most maxTokens - 3",
  });

/** A reader model; docs/reader.md says what each field means. */
export type ReaderManifest = z.infer<typeof manifestSchema>;

/**
 * A manifest from its text.
 * @param path for messages.
 * @throws {SitrepError} `model-unusable`, naming every field that is wrong.
 */
export function parseManifest(text: string, path: string): ReaderManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw readerUnusable(`The reader's manifest ${path} is no JSON`, cause);
  }
  const parsed = manifestSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "manifest"}: ${issue.message}`);
  throw readerUnusable(`The reader's manifest ${path} makes no sense: ${problems.join("; ")}`);
}

/**
 * The manifest of a reader's folder; null where there is none.
 * @throws {SitrepError} `model-unusable`, naming what is wrong.
 */
export function readManifest(folder: string): ReaderManifest | null {
  const path = join(folder, MANIFEST);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && (cause.code === "ENOENT" || cause.code === "ENOTDIR")) return null;
    throw readerUnusable(`The reader's manifest ${path} cannot be read`, cause);
  }
  return parseManifest(text, path);
}

/**
 * The text of a file that the manifest names.
 * @throws {SitrepError} `model-unusable` when it is missing or has another checksum.
 */
export function readCheckedText(folder: string, { file, sha256 }: ReaderManifest["tokenizer"]): string {
  const path = join(folder, file);
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw readerUnusable(`The reader's file ${path} cannot be read`, cause);
  }
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw readerUnusable(`The reader's file ${path} has another checksum than its manifest says`);
  }
  return bytes.toString("utf8");
}

/** The fault of a reader that cannot be used, with what a person can do about it. */
export function readerUnusable(message: string, cause?: unknown): SitrepError {
  return new SitrepError("model-unusable", message, {
    hint: "Mend or remove the folder of the reader; docs/reader.md says how.",
    cause,
  });
}
