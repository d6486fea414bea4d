// @ts-check
/**
 * The thread that runs the model, because ONNX Runtime blocks the thread that calls it. Plain JavaScript, so
 * that it starts without a TypeScript loader (40 ms; with one, 225 ms). See inference.ts for the other side.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import ort from "onnxruntime-node";

const { weightsPath, weightsSha256, weightsLocation, threads } = workerData;
const port = parentPort;
if (port === null) throw new Error("worker.mjs is not a program");

/** @type {ort.InferenceSession | null} */
let session = null;
/** @type {Buffer | null} */
let weights = null;
/** @type {string | null} */
let fault = null;
try {
  weights = readFileSync(weightsPath);
  if (createHash("sha256").update(weights).digest("hex") !== weightsSha256) {
    fault = `The embedding model's weights ${weightsPath} have the wrong checksum`;
  }
} catch (error) {
  fault = `The embedding model's weights ${weightsPath} cannot be read: ${error}`;
}

/** @param {Uint8Array} graph */
async function load(graph) {
  if (fault !== null || weights === null) throw new Error(fault ?? "The model is loaded already");
  session = await ort.InferenceSession.create(graph, {
    externalData: [{ path: weightsLocation, data: weights }],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    extra: {
      // Threads that spin while they wait for work burn CPU time and slow the rest of the process.
      session: { intra_op: { allow_spinning: "0" } },
      // The fused operator takes three times as long as the Add and LayerNormalization that it replaces.
      optimization: { disable_specified_optimizers: "SkipLayerNormFusion" },
    },
  });
  weights = null;
}

/** @param {import("./inference.ts").Batch} batch */
async function run({ inputIds, attentionMask, pooling, texts, tokens, rows }) {
  if (session === null) throw new Error(fault ?? "The model is not loaded");
  const { vectors } = await session.run({
    input_ids: new ort.Tensor("int32", inputIds, [texts, tokens]),
    attention_mask: new ort.Tensor("int32", attentionMask, [texts, tokens]),
    pooling: new ort.Tensor("float32", pooling, [texts, rows, tokens]),
  });
  return /** @type {Float32Array} */ (vectors?.data);
}

/** @param {import("./inference.ts").Request} request */
async function handle(request) {
  try {
    if (request.kind === "load") await load(request.load);
    else if (request.kind === "run") {
      const result = await run(request.batch);
      port?.postMessage({ id: request.id, result });
    } else {
      await session?.release();
      port?.close();
    }
  } catch (error) {
    if (request.kind === "load") fault = error instanceof Error ? error.message : String(error);
    else if (request.kind === "run") port?.postMessage({ id: request.id, fault: fault ?? String(error) });
  }
}

// One after another, in the order of arrival: a batch waits for the load, closing for the batches.
let last = Promise.resolve();
port.on("message", (request) => {
  last = last.then(() => handle(request));
});
