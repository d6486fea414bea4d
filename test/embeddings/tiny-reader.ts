/** A reader model of a few operators, made here: it "answers" with the words of the text that stand in the question. */

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type onnxProto from "onnx-proto";

const { onnx }: typeof onnxProto = createRequire(import.meta.url)("onnx-proto");
const { FLOAT, INT32, INT64 } = onnx.TensorProto.DataType;

export interface GraphOptions {
  /** Default: int64, as exporters make it. */
  readonly numbers?: "int32" | "int64";
  /** Whether there is an output `unanswerable` too; then [CLS] is silent. */
  readonly hasOwnOutput?: boolean;
  /** Multiplications of large matrices that each pass makes, for nothing but time. */
  readonly idling?: number;
  readonly isBroken?: boolean;
}

/** What "no answer" scores: a word of the vocabulary has its id as its logit, at the start and at the end. */
export const NO_ANSWER_LOGIT = 6;
const FIRST_WORD = 4;
const IDLE_SIZE = 1_200;

/**
 * Inputs `input_ids`, `attention_mask`, `token_type_ids` [windows, tokens]. Outputs `start_logits` and `end_logits`: the
 * id of each token of the text that is a word of the vocabulary and stands in the question, else 0, with
 * NO_ANSWER_LOGIT at [CLS]. So the word with the greatest id wins, the first of its kind.
 */
export function tinyGraph({
  numbers = "int64",
  hasOwnOutput = false,
  idling = 0,
  isBroken = false,
}: GraphOptions = {}) {
  const nodes: onnxProto.onnx.INodeProto[] = [];
  const initializers: onnxProto.onnx.ITensorProto[] = [];
  const node = (opType: string, input: string[], attribute: onnxProto.onnx.IAttributeProto[] = [], name?: string) => {
    const output = name ?? `value_${nodes.length}`;
    nodes.push({ opType, input, output: [output], name: `node_${nodes.length}`, attribute });
    return output;
  };
  const constant = (dataType: number, values: BigInt64Array | Float32Array, isScalar = false) => {
    const name = `constant_${initializers.length}`;
    const dims = isScalar ? [] : [values.length];
    initializers.push({ name, dims, dataType, rawData: new Uint8Array(values.buffer) });
    return name;
  };
  const float = (value: number) => constant(FLOAT, Float32Array.of(value), true);
  const ints = (...values: number[]) => constant(INT64, BigInt64Array.from(values, BigInt));
  const integer = (name: string, i: number) => ({ name, type: onnx.AttributeProto.AttributeType.INT, i });
  const axes = (...values: number[]) => ({
    name: "axes",
    type: onnx.AttributeProto.AttributeType.INTS,
    ints: values,
  });
  const asFloat = (input: string) => node("Cast", [input], [integer("to", FLOAT)]);

  const ids = asFloat("input_ids");
  const types = node("Mul", [asFloat("token_type_ids"), asFloat("attention_mask")]);
  const isWord = asFloat(node("Greater", [ids, float(FIRST_WORD - 0.5)]));
  const asked = node("Mul", [node("Sub", [asFloat("attention_mask"), types]), isWord]);
  const same = asFloat(node("Equal", [node("Unsqueeze", [ids, ints(2)]), node("Unsqueeze", [ids, ints(1)])]));
  const pairs = node("Mul", [same, node("Unsqueeze", [asked, ints(1)])]);
  const isAsked = node("ReduceMax", [pairs], [axes(2), integer("keepdims", 0)]);
  const held = node("Mul", [node("Mul", [isAsked, node("Mul", [types, isWord])]), ids]);
  const isClassify = asFloat(node("Equal", [ids, float(2)]));
  const silence = node("Mul", [isClassify, float(hasOwnOutput ? 0 : NO_ANSWER_LOGIT)]);
  let logits = node("Add", [held, silence]);
  if (isBroken) logits = node("Div", [logits, float(0)]);
  if (idling > 0) {
    let matrix = node("Expand", [node("ReduceMax", [held], [integer("keepdims", 0)]), ints(IDLE_SIZE, IDLE_SIZE)]);
    for (let count = 0; count < idling; count += 1) {
      matrix = node("Mul", [node("MatMul", [matrix, matrix]), float(1e-6)]);
    }
    const nothing = node("Mul", [node("ReduceMax", [matrix], [integer("keepdims", 0)]), float(0)]);
    logits = node("Add", [logits, nothing]);
  }
  node("Identity", [logits], [], "start_logits");
  node("Identity", [logits], [], "end_logits");
  // The greatest logit, with its sign turned.
  if (hasOwnOutput) {
    const most = node("ReduceMax", [held], [axes(1), integer("keepdims", 0)]);
    node("Sub", [float(NO_ANSWER_LOGIT), most], [], "unanswerable");
  }

  const info = (name: string, elemType: number, dimensions: string[]) => {
    const dim = dimensions.map((dimParam) => ({ dimParam }));
    return { name, type: { tensorType: { elemType, shape: { dim } } } };
  };
  const both = ["windows", "tokens"];
  const type = numbers === "int64" ? INT64 : INT32;
  return onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: "", version: 17 }],
    graph: {
      name: "tiny-reader",
      node: nodes,
      initializer: initializers,
      input: ["input_ids", "attention_mask", "token_type_ids"].map((name) => info(name, type, both)),
      output: [
        info("start_logits", FLOAT, both),
        info("end_logits", FLOAT, both),
        ...(hasOwnOutput ? [info("unanswerable", FLOAT, ["windows"])] : []),
      ],
    },
  }).finish();
}

const sha256 = (bytes: string | Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** The text of a vocabulary whose words have the ids 4, 5 and so on. */
export function vocabularyOf(words: readonly string[]): string {
  return `${["[PAD]", "[UNK]", "[CLS]", "[SEP]", ...words].join("\n")}\n`;
}

export interface TinyReader extends GraphOptions {
  readonly words: readonly string[];
  /** Fields of the manifest that are otherwise. */
  readonly manifest?: Readonly<Record<string, unknown>>;
}

/** The manifest of a reader whose files have the given checksums. */
export function manifestOf(model: string, tokenizer: string, fields: Readonly<Record<string, unknown>> = {}) {
  return {
    format: 1,
    name: "tiny",
    version: "1",
    licence: "MIT",
    model: { file: "model.onnx", sha256: model },
    tokenizer: { file: "vocab.txt", sha256: tokenizer, casing: "uncased" },
    maxTokens: 64,
    stride: 24,
    inputs: { ids: "input_ids", mask: "attention_mask", types: "token_type_ids" },
    outputs: { start: "start_logits", end: "end_logits" },
    noAnswer: { by: "cls" },
    calibration: { scale: 0.5, offset: 0 },
    weight: 4,
    // Of a machine that is busy with other tests.
    timeLimitMs: 20_000,
    ...fields,
  };
}

/** Writes a reader into the folder `reader` of a folder of models; returns that folder. */
export function putReader(modelsDir: string, { words, manifest, ...graph }: TinyReader): string {
  const folder = join(modelsDir, "reader");
  mkdirSync(folder, { recursive: true });
  const [model, vocabulary] = [tinyGraph(graph), vocabularyOf(words)];
  writeFileSync(join(folder, "model.onnx"), model);
  writeFileSync(join(folder, "vocab.txt"), vocabulary);
  const value = manifestOf(sha256(model), sha256(vocabulary), manifest);
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(value));
  return folder;
}
