/** Whether the embedding model is whole and does what it should. */

import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { SitrepError } from "../domain/errors.ts";
import { counted, type Finding, fault, notChecked, well } from "../domain/health.ts";
import { BundledEmbeddings } from "./bundled.ts";
import { createEmbeddings, type EmbeddingModel, type EmbeddingSettings } from "./factory.ts";
import {
  BUNDLED_MODEL_FILES,
  CONFIG_SHA256,
  type ModelFiles,
  TOKENIZER_SHA256,
  WEIGHTS_SHA256,
} from "./model-files.ts";

export interface ModelExamination {
  /** Leaves out checksums and embedding. */
  readonly isQuick: boolean;
  /** Whether ONNX Runtime can be loaded, which the bundled model runs on. */
  readonly hasRuntime: boolean;
  /** Default: those of the package that carries the bundled model. */
  readonly files?: ModelFiles | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Two that mean nearly the same, and one that does not. */
const SENTENCES = [
  "Militants attacked a police post in the north of the country.",
  "A police station in the north came under attack by armed fighters.",
  "The price of wheat fell after a good harvest.",
] as const;
/** How far a vector's length may be from 1; rounding alone leaves 0.000001. */
const LENGTH_TOLERANCE = 0.001;
/** Milliseconds that a provider may take for one word. */
const PROVIDER_TIME = 20_000;
const REINSTALL = "Install the packages again: `npm ci`.";

/** @throws {SitrepError} "cancelled" by the signal. */
export async function examineModel(settings: EmbeddingSettings, how: ModelExamination): Promise<Finding[]> {
  if (settings.provider !== "bundled") {
    return how.isQuick ? [] : [await examineProvider(createEmbeddings(settings), settings, how.signal)];
  }
  const { files = BUNDLED_MODEL_FILES, isQuick, hasRuntime, signal } = how;
  const findings = await Promise.all([
    examineFile("weights", files.weightsPath, WEIGHTS_SHA256, isQuick),
    examineFile("tokenizer", files.tokenizerPath, TOKENIZER_SHA256, isQuick),
    examineFile("config", files.configPath, CONFIG_SHA256, isQuick),
  ]);
  if (isQuick) return findings;
  const because = findings.some(({ level }) => level === "fault")
    ? "one of its files is not as it should be"
    : hasRuntime
      ? null
      : "onnxruntime-node cannot be used";
  if (because !== null) return [...findings, notChecked("model.embedding", "What the model makes of texts", because)];
  const threads = settings.threads === undefined ? {} : { threads: settings.threads };
  const model = new BundledEmbeddings({ ...threads, files });
  try {
    return [...findings, await examineVectors(model, signal)];
  } finally {
    await model.close();
  }
}

async function examineFile(
  name: "weights" | "tokenizer" | "config",
  path: string,
  sha256: string,
  isQuick: boolean,
): Promise<Finding> {
  const id = `model.${name}` as const;
  const what = `The model's ${name} file`;
  try {
    const { size } = await stat(path);
    if (size === 0) return fault(id, `${what}, ${path}, is empty`, REINSTALL);
    if (isQuick) return well(id, `${what} is there`);
    if ((await checksum(path)) === sha256) return well(id, `${what} has the right checksum`);
    return fault(id, `${what}, ${path}, has another checksum than the one it must have`, REINSTALL);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
    return fault(id, `${what}, ${path}, ${code === "ENOENT" ? "is missing" : `cannot be read (${code})`}`, REINSTALL);
  }
}

async function checksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}

async function examineVectors(model: BundledEmbeddings, signal: AbortSignal | undefined): Promise<Finding> {
  const id = "model.embedding";
  try {
    const options = signal === undefined ? {} : { signal };
    const embedded = await model.embedWithSpans(
      SENTENCES.map((text) => ({ text, spans: [] })),
      options,
    );
    const problem = problemOf(
      embedded.map(({ vector }) => vector),
      model.dimensions,
    );
    if (problem !== null) return fault(id, `The model ${problem}`, REINSTALL);
    return well(id, `The model gives ${model.dimensions} numbers of length 1, and like texts are near each other`);
  } catch (error) {
    if (!(error instanceof SitrepError) || error.code === "cancelled") throw error;
    return fault(id, `The model fails: ${error.message}`, error.hint ?? REINSTALL);
  }
}

/**
 * What is wrong with the vectors of two texts that mean nearly the same and a third; completes "the model ...".
 * Null for nothing.
 */
export function problemOf(vectors: readonly Float32Array[], dimensions: number): string | null {
  for (const vector of vectors) {
    if (vector.length !== dimensions) return `gives ${vector.length} numbers, not ${dimensions}`;
    const length = Math.sqrt(dot(vector, vector));
    if (!Number.isFinite(length)) return "gives numbers that are not finite";
    if (Math.abs(length - 1) > LENGTH_TOLERANCE) return `gives vectors of length ${length.toFixed(3)}, not 1`;
  }
  const [first, like, unlike] = vectors;
  if (first === undefined || like === undefined || unlike === undefined) return `gives ${vectors.length} vectors for 3`;
  return dot(first, like) > dot(first, unlike) ? null : "puts texts that mean the same no nearer than others";
}

function dot(left: Float32Array, right: Float32Array): number {
  return left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
}

type RemoteSettings = Exclude<EmbeddingSettings, { provider: "bundled" }>;

async function examineProvider(
  model: EmbeddingModel,
  settings: RemoteSettings,
  signal: AbortSignal | undefined,
): Promise<Finding> {
  const id = "model.provider";
  const name = `${settings.provider} (${settings.model})`;
  const late = AbortSignal.timeout(PROVIDER_TIME);
  try {
    const [answer] = await model.embedPassages([{ text: "report", spans: [] }], {
      signal: signal === undefined ? late : AbortSignal.any([late, signal]),
    });
    const what = counted(answer?.vector.length ?? 0, "dimension");
    return well(id, `${name} answers with vectors of ${what}; texts of reports and questions go there`);
  } catch (error) {
    if (!(error instanceof SitrepError) || signal?.aborted === true) throw error;
    const remedy = "Check EMBEDDINGS_PROVIDER and its settings, and that the service runs and can be reached.";
    if (error.code === "cancelled") return fault(id, `${name} did not answer within ${PROVIDER_TIME / 1000} s`, remedy);
    return fault(id, withoutSecrets(error.message, settings), remedy);
  }
}

/** `fetch` says the address in its errors, and an address may hold a password. */
function withoutSecrets(message: string, { baseUrl }: RemoteSettings): string {
  if (baseUrl === null || !URL.canParse(baseUrl)) return message;
  const { username, password } = new URL(baseUrl);
  return [password, username].reduce(
    (text, secret) => (secret === "" ? text : text.replaceAll(secret, "[secret]")),
    message,
  );
}

/** Vectors are comparable only under one and the same id. Nothing is loaded, and no provider asked. */
export function modelIdOf(settings: EmbeddingSettings): string {
  return createEmbeddings(settings).modelId;
}
