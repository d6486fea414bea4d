// @ts-check
/**
 * The thread that runs a reader model, because ONNX Runtime blocks the thread that calls it. Plain JavaScript, so
 * that it starts without a TypeScript loader. See reader-inference.ts for the other side.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import ort from "onnxruntime-node";

/** @type {import("./reader-inference.ts").ReaderWorkerData} */
const { path, sha256, inputs, outputs, noAnswer, threads } = workerData;
const port = parentPort;
if (port === null) throw new Error("reader-worker.mjs is not a program");

/** @type {ort.InferenceSession | null} */
let session = null;
/** Whole numbers as the model wants them. @type {"int32" | "int64"} */
let numbers = "int64";
/** @type {string | null} */
let fault = null;

/** The very bytes that were checked are loaded. */
function checkedModel() {
  let bytes;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Error(`The reader's model ${path} cannot be read: ${error}`);
  }
  if (createHash("sha256").update(bytes).digest("hex") !== sha256) {
    throw new Error(`The reader's model ${path} has another checksum than its manifest says`);
  }
  return bytes;
}

/** @param {readonly string[]} wanted @param {readonly string[]} present @param {"inputs" | "outputs"} kind */
function requireNames(wanted, present, kind) {
  const missing = wanted.filter((name) => !present.includes(name));
  if (missing.length === 0) return;
  throw new Error(
    `The reader's model has no ${kind} ${missing.join(", ")} as its manifest says; it has ${present.join(", ")}`,
  );
}

async function load() {
  const loaded = await ort.InferenceSession.create(checkedModel(), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // Threads that spin while they wait for work burn CPU time and slow the rest of the process.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  const given = [inputs.ids, inputs.mask, ...(inputs.types === null ? [] : [inputs.types])];
  requireNames(given, loaded.inputNames, "inputs");
  const extra = loaded.inputNames.filter((name) => !given.includes(name));
  if (extra.length > 0) {
    throw new Error(`The reader's model wants inputs that its manifest does not name: ${extra.join(", ")}`);
  }
  requireNames([outputs.start, outputs.end, ...(noAnswer === null ? [] : [noAnswer])], loaded.outputNames, "outputs");
  const ids = loaded.inputMetadata.find(({ name }) => name === inputs.ids);
  numbers = ids?.isTensor === true && ids.type === "int32" ? "int32" : "int64";
  session = loaded;
}

/** @param {Int32Array} values @param {readonly number[]} shape */
function tensor(values, shape) {
  return numbers === "int32"
    ? new ort.Tensor("int32", values, shape)
    : new ort.Tensor("int64", BigInt64Array.from(values, BigInt), shape);
}

/** @param {import("./reader-inference.ts").ReaderBatch} batch */
async function run({ windows, tokens, ids, mask, types }) {
  if (session === null) throw new Error("The reader's model is not loaded");
  const shape = [windows, tokens];
  const results = await session.run({
    [inputs.ids]: tensor(ids, shape),
    [inputs.mask]: tensor(mask, shape),
    ...(inputs.types === null ? {} : { [inputs.types]: tensor(types, shape) }),
  });
  /** @param {string} name @param {number} length */
  const numbersOf = (name, length) => {
    const data = results[name]?.data;
    if (data instanceof Float32Array && data.length === length) return data;
    const what = data instanceof Float32Array ? `${data.length} numbers` : `numbers of type ${results[name]?.type}`;
    throw new Error(`The reader's output ${name} gives ${what}, not ${length} of type float32`);
  };
  return {
    tokens,
    starts: numbersOf(outputs.start, windows * tokens),
    ends: numbersOf(outputs.end, windows * tokens),
    noAnswer: noAnswer === null ? null : numbersOf(noAnswer, windows),
  };
}

/** @param {import("./reader-inference.ts").ReaderRequest} request */
async function handle(request) {
  try {
    if (request.kind === "load") await load();
    else if (request.kind === "run") {
      if (fault !== null) throw new Error(fault);
      const result = await run(request.batch);
      port?.postMessage({ id: request.id, result });
    } else {
      await session?.release();
      port?.close();
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (request.kind === "load") fault = reason;
    else if (request.kind === "run") port?.postMessage({ id: request.id, fault: reason });
    else port?.close();
  }
}

// One after another, in the order of arrival: a batch waits for the load, closing for the batches.
let last = Promise.resolve();
port.on("message", (request) => {
  last = last.then(() => handle(request));
});
