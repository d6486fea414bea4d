/** Embedding models behind an HTTP interface: OpenAI and what speaks its language, and Ollama. */

import { STATUS_CODES } from "node:http";
import { Embeddings, type EmbeddingsInterface } from "@langchain/core/embeddings";
import { SitrepError } from "../domain/errors.ts";
import type { EmbedOptions, TextVectors, TextWithSpans } from "./bundled.ts";

export type RemoteSettings =
  | {
      readonly provider: "openai";
      /** Null for OpenAI itself. */
      readonly baseUrl: string | null;
      readonly apiKey: string;
      readonly model: string;
      /** Asked of the provider; null for what the model has. */
      readonly dimensions: number | null;
    }
  | { readonly provider: "ollama"; readonly baseUrl: string; readonly model: string };

/** Texts of one request. */
const REQUEST_TEXTS = 64;
const REQUEST_TIMEOUT_MS = 60_000;
/** Of a request that failed for a reason that may pass; LangChain waits 1 to 2 s, then 2 to 4 s. */
const MAX_RETRIES = 2;
/** Longest reason that is passed on. */
const MAX_REASON = 300;

/**
 * A remote model whose answers are checked: every vector finite, of one width, and brought to length 1.
 * Every method throws a SitrepError `provider-failed` when the provider fails or answers with anything else,
 * and `bad-input` for a blank text, which providers refuse. No error carries the API key, a text to embed or
 * a provider's own sentences.
 */
export class RemoteEmbeddings extends Embeddings {
  readonly #settings: RemoteSettings;
  #client: Promise<EmbeddingsInterface> | null = null;
  #dimensions: number | null;

  constructor(settings: RemoteSettings) {
    super({});
    this.#settings = settings;
    this.#dimensions = settings.provider === "openai" ? settings.dimensions : null;
  }

  override async embedDocuments(texts: string[]): Promise<number[][]> {
    const embedded = await this.embedWithSpans(texts.map((text) => ({ text, spans: [] })));
    return embedded.map(({ vector }) => Array.from(vector));
  }

  override async embedQuery(text: string): Promise<number[]> {
    if (text.trim() === "") throw new SitrepError("bad-input", "The text to embed is blank");
    const vector = await this.#ask((client) => client.embedQuery(text));
    return Array.from(this.#unitVector(vector));
  }

  /** The vectors of texts and of spans in them; a span is embedded by itself, a blank one has the text's vector. */
  async embedWithSpans(items: readonly TextWithSpans[], options: EmbedOptions = {}): Promise<TextVectors[]> {
    const blank = items.findIndex(({ text }) => text.trim() === "");
    if (blank >= 0) throw new SitrepError("bad-input", `Text ${blank} is blank`);
    const results: TextVectors[] = [];
    for (const group of groups(items)) {
      const vectors = await this.#embedTexts(new Set(group.flatMap(textsOf)), options.signal);
      for (const item of group) {
        const [vector = new Float32Array(), ...spanVectors] = textsOf(item).map((text) => vectors.get(text)?.slice());
        results.push({ vector, spanVectors: spanVectors.map((spanVector) => spanVector ?? vector.slice()) });
      }
      options.onProgress?.(results.length);
    }
    return results;
  }

  async #embedTexts(texts: ReadonlySet<string>, signal: AbortSignal | undefined): Promise<Map<string, Float32Array>> {
    const unique = [...texts];
    const vectors = new Map<string, Float32Array>();
    for (let first = 0; first < unique.length; first += REQUEST_TEXTS) {
      const part = unique.slice(first, first + REQUEST_TEXTS);
      const answer = await this.#ask((client) => client.embedDocuments(part), signal);
      if (!Array.isArray(answer) || answer.length !== part.length) {
        throw this.#failed(`it gave ${answer?.length ?? "no"} vectors for ${part.length} texts`);
      }
      part.forEach((text, index) => {
        vectors.set(text, this.#unitVector(answer[index]));
      });
    }
    return vectors;
  }

  async #ask<T>(question: (client: EmbeddingsInterface) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.#client ??= createClient(this.#settings);
    const client = await this.#client;
    try {
      return await abortable(question(client), signal);
    } catch (error) {
      if (error instanceof SitrepError) throw error;
      throw this.#failed(reasonOf(error));
    }
  }

  #unitVector(vector: readonly number[] | undefined): Float32Array {
    if (!Array.isArray(vector) || vector.length === 0) throw this.#failed("it gave no vector");
    this.#dimensions ??= vector.length;
    if (vector.length !== this.#dimensions) {
      throw this.#failed(`it gave ${vector.length} dimensions, not ${this.#dimensions}`);
    }
    const norm = Math.hypot(...vector);
    if (!Number.isFinite(norm) || norm === 0)
      throw this.#failed("it gave a vector that is not finite or has no length");
    return Float32Array.from(vector, (value) => value / norm);
  }

  /** The original error is left behind: it may hold the request, and the provider may repeat the key in its words. */
  #failed(reason: string): SitrepError {
    const { provider, model } = this.#settings;
    const apiKey = this.#settings.provider === "openai" ? this.#settings.apiKey : "";
    const open = apiKey === "" ? reason : reason.replaceAll(apiKey, "[key]");
    const [line = ""] = open.trim().split("\n");
    return new SitrepError(
      "provider-failed",
      `Embedding with ${provider} (${model}) failed: ${line.slice(0, MAX_REASON)}`,
    );
  }
}

/**
 * What went wrong, without the provider's own sentences and without any message that may quote from an answer: they may
 * repeat the text that was to be embedded, which is somebody's question, and this goes into logs.
 */
function reasonOf(error: unknown): string {
  const chain = causesOf(error);
  const refused = chain.find(({ status }) => typeof status === "number");
  if (refused !== undefined) {
    const status = Number(refused.status);
    const label = [refused.code, refused.type].find(isIdentifier);
    return [`${status}`, STATUS_CODES[status], label === undefined ? undefined : `(${label})`]
      .filter(Boolean)
      .join(" ");
  }
  // What the operating system says names the address and nothing that was sent.
  const system = chain.find(({ syscall }) => typeof syscall === "string");
  if (system !== undefined) return `${system.message}`;
  const code = chain.map((each) => each.code).find(isSystemCode);
  return code ?? `${chain[0]?.name ?? "an unknown error"}`;
}

/** An error, its cause, the cause's cause. */
function causesOf(error: unknown): Record<string, unknown>[] {
  const chain: Record<string, unknown>[] = [];
  for (let next = error; next instanceof Error && chain.length < 5; next = next.cause) {
    chain.push(next as unknown as Record<string, unknown>);
  }
  return chain;
}

/** A provider's short name for a fault, such as "invalid_api_key". */
function isIdentifier(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9_.-]{1,60}$/.test(value);
}

/** As Node and its `fetch` have them: "ECONNREFUSED", "UND_ERR_SOCKET". */
function isSystemCode(value: unknown): value is string {
  return typeof value === "string" && /^[A-Z][A-Z_]{1,59}$/.test(value);
}

/** A passage with its spans is about this many texts; groups make `onProgress` and cancelling timely. */
function* groups(items: readonly TextWithSpans[]): Generator<readonly TextWithSpans[]> {
  let group: TextWithSpans[] = [];
  let texts = 0;
  for (const item of items) {
    const added = 1 + item.spans.length;
    if (group.length > 0 && texts + added > REQUEST_TEXTS) {
      yield group;
      group = [];
      texts = 0;
    }
    group.push(item);
    texts += added;
  }
  if (group.length > 0) yield group;
}

/** The text, then its spans' texts; a blank span stands for the whole text. */
function textsOf({ text, spans }: TextWithSpans): string[] {
  return [
    text,
    ...spans.map(({ start, end }) => (text.slice(start, end).trim() === "" ? text : text.slice(start, end))),
  ];
}

/** LangChain's clients are loaded only when they are used: they take 0.3 s. */
async function createClient(settings: RemoteSettings): Promise<EmbeddingsInterface> {
  if (settings.provider === "ollama") {
    const { OllamaEmbeddings } = await import("@langchain/ollama");
    const { baseUrl, model } = settings;
    return new OllamaEmbeddings({ baseUrl, model, truncate: false, maxRetries: MAX_RETRIES, fetch: checkedFetch });
  }
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  return new OpenAIEmbeddings({
    apiKey: settings.apiKey,
    model: settings.model,
    ...(settings.dimensions === null ? {} : { dimensions: settings.dimensions }),
    // Many servers that speak OpenAI's language know no base64.
    encodingFormat: "float",
    batchSize: REQUEST_TEXTS,
    timeout: REQUEST_TIMEOUT_MS,
    maxRetries: MAX_RETRIES,
    // Null keeps the client from taking an organisation from the environment.
    configuration: { baseURL: settings.baseUrl, organization: null, project: null },
  });
}

/**
 * For Ollama's client, which has no time limit, prints about errors on the console, and hides their status
 * from LangChain, which then repeats requests that cannot succeed.
 */
async function checkedFetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(input, { ...init, signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  if (response.ok) return response;
  await response.body?.cancel();
  throw Object.assign(new Error(`Status ${response.status}`), { status: response.status });
}

/** The promise, or a SitrepError `cancelled` as soon as the signal says so. */
async function abortable<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  const cancelled = (): SitrepError =>
    new SitrepError("cancelled", "Embedding was cancelled", { cause: signal.reason });
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(cancelled());
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
