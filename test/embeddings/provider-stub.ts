/** A server on 127.0.0.1 that speaks the wire form of OpenAI's and Ollama's embedding endpoints. */

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface ReceivedRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: { model: string; input: string | string[]; [field: string]: unknown };
}

/** What the server answers instead of vectors. */
export interface Failure {
  readonly status: number;
  readonly body: string;
}

export interface ProviderStub {
  readonly url: string;
  readonly requests: ReceivedRequest[];
  /** The vector of a text; null and strings are sent as they are, to be wrong. */
  vectorOf: (text: string) => unknown[] | null | string;
  /** Consulted before each answer; null to answer. */
  failWith: (request: ReceivedRequest) => Failure | null;
  close(): Promise<void>;
}

export async function startProviderStub(): Promise<ProviderStub> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((message, response) => {
    void readBody(message).then((text) => {
      const request: ReceivedRequest = {
        path: message.url ?? "",
        authorization: message.headers.authorization,
        body: JSON.parse(text) as ReceivedRequest["body"],
      };
      requests.push(request);
      const failure = stub.failWith(request);
      const answer = failure?.body ?? JSON.stringify(answerTo(request, stub.vectorOf));
      const type = answer.startsWith("{") ? "application/json" : "text/plain";
      response.writeHead(failure?.status ?? 200, { "content-type": type }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stub: ProviderStub = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    vectorOf: (text) => [text.length, 1, 2],
    failWith: () => null,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return stub;
}

async function readBody(message: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts).toString("utf8");
}

/** https://platform.openai.com/docs/api-reference/embeddings and Ollama's docs/api.md, "Generate Embeddings". */
function answerTo({ path, body }: ReceivedRequest, vectorOf: ProviderStub["vectorOf"]): object {
  const vectors = [body.input].flat().map(vectorOf);
  if (path === "/api/embed") {
    return {
      model: body.model,
      embeddings: vectors,
      total_duration: 14143917,
      load_duration: 1019500,
      prompt_eval_count: 8,
    };
  }
  const encode = (vector: ReturnType<typeof vectorOf>): unknown =>
    body.encoding_format === "base64" && Array.isArray(vector)
      ? Buffer.from(Float32Array.from(vector.map(Number)).buffer).toString("base64")
      : vector;
  return {
    object: "list",
    data: vectors.map((vector, index) => ({ object: "embedding", index, embedding: encode(vector) })),
    model: body.model,
    usage: { prompt_tokens: 8, total_tokens: 8 },
  };
}
