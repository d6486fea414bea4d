/** The tokenizer of a reader model: WordPiece from a `vocab.txt` or a `tokenizer.json`. */

import { z } from "zod";
import { type ReaderManifest, readCheckedText, readerUnusable } from "./reader-manifest.ts";
import { createTokenizer, type Tokenizer } from "./tokenizer.ts";

export interface ReaderTokenizer extends Tokenizer {
  /** The id of [PAD], 0 where the vocabulary has none: padding is masked. */
  readonly padding: number;
}

const PREFIX = "##";
const UNKNOWN = "[UNK]";
const LONGEST_WORD = 100;
const NEEDED = ["[CLS]", "[SEP]", UNKNOWN];

/** What must hold of a `tokenizer.json` for its tokens to be those that are made here. */
const definitionSchema = z.object({
  normalizer: z
    .object({ type: z.literal("BertNormalizer"), lowercase: z.boolean(), strip_accents: z.boolean().nullish() })
    .nullish(),
  model: z.object({
    type: z.literal("WordPiece"),
    unk_token: z.literal(UNKNOWN),
    continuing_subword_prefix: z.literal(PREFIX),
    vocab: z.record(z.string(), z.int().nonnegative()),
  }),
});

/**
 * The tokenizer that a manifest names.
 * @throws {SitrepError} `model-unusable` when the file is missing, is not the one that is named, or is of another kind.
 */
export function readerTokenizer(folder: string, { tokenizer: file }: ReaderManifest): ReaderTokenizer {
  const text = readCheckedText(folder, file);
  const definition = file.file.endsWith(".json") ? fromJson(text, file) : fromVocabulary(text);
  const { vocab } = definition.model;
  const missing = NEEDED.filter((token) => vocab[token] === undefined);
  if (missing.length > 0) throw readerUnusable(`The reader's vocabulary ${file.file} has no ${missing.join(", ")}`);
  return { ...createTokenizer(definition, file.casing), padding: vocab["[PAD]"] ?? 0 };
}

function fromJson(text: string, { file, casing }: ReaderManifest["tokenizer"]) {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw readerUnusable(`The reader's file ${file} is no JSON`, cause);
  }
  const parsed = definitionSchema.safeParse(value);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw readerUnusable(`The reader's ${file} is not of a kind that can be used: ${problems.join("; ")}`);
  }
  const { normalizer } = parsed.data;
  const isUncased = casing === "uncased";
  if (normalizer != null && normalizer.lowercase !== isUncased) {
    throw readerUnusable(`The reader's manifest says tokenizer.casing ${casing}, and ${file} says otherwise`);
  }
  if (normalizer != null && (normalizer.strip_accents ?? isUncased) !== isUncased) {
    throw readerUnusable(`The reader's ${file} treats accents otherwise than capitals, which cannot be done here`);
  }
  return definitionOf(parsed.data.model.vocab);
}

/** One token a line; its number is its id. */
function fromVocabulary(text: string) {
  const tokens = text.split(/\r?\n/);
  if (tokens.at(-1) === "") tokens.pop();
  return definitionOf(Object.fromEntries(tokens.map((token, id) => [token, id])));
}

/** A `tokenizer.json` with nothing in it but the vocabulary: words are found, and framed, by ourselves. */
function definitionOf(vocab: Readonly<Record<string, number>>) {
  return {
    version: "1.0",
    added_tokens: [],
    normalizer: null,
    pre_tokenizer: null,
    post_processor: null,
    decoder: null,
    model: {
      type: "WordPiece",
      unk_token: UNKNOWN,
      continuing_subword_prefix: PREFIX,
      max_input_chars_per_word: LONGEST_WORD,
      vocab,
    },
  };
}
