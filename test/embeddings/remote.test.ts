import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEmbeddings, type EmbeddingModel } from "../../src/embeddings/factory.ts";
import { type ProviderStub, startProviderStub } from "./provider-stub.ts";

const API_KEY = "sk-test-0123456789abcdef";

let stub: ProviderStub;
beforeEach(async () => {
  stub = await startProviderStub();
});
afterEach(() => stub.close());

const PROVIDERS: Record<"openai" | "ollama", (server: ProviderStub) => EmbeddingModel> = {
  openai: ({ url }) =>
    createEmbeddings({ provider: "openai", baseUrl: `${url}/v1`, apiKey: API_KEY, model: "small", dimensions: null }),
  ollama: ({ url }) => createEmbeddings({ provider: "ollama", baseUrl: url, model: "small" }),
};

function unit(...vector: number[]): number[] {
  return vector.map((value) => Math.fround(value / Math.hypot(...vector)));
}

async function failureOf(promise: Promise<unknown>): Promise<{ code: string; message: string; everything: string }> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error && "code" in error)) throw new Error(`Not a SitrepError: ${error}`);
  const everything = `${error.message}\n${error.stack}\n${JSON.stringify(error)}\n${error.cause}`;
  return { code: `${error.code}`, message: error.message, everything };
}

describe.each(["openai", "ollama"] as const)("%s", (provider) => {
  it("embeds passages and their spans' own texts, at length 1", async () => {
    const model = PROVIDERS[provider](stub);
    const progress: number[] = [];
    const results = await model.embedPassages(
      [
        {
          text: "one two",
          spans: [
            { start: 0, end: 3 },
            { start: 3, end: 4 },
            { start: 0, end: 7 },
          ],
        },
        { text: "three", spans: [] },
      ],
      { onProgress: (done) => progress.push(done) },
    );
    expect(results.map(({ vector }) => Array.from(vector))).toEqual([unit(7, 1, 2), unit(5, 1, 2)]);
    const spans = results[0]?.spanVectors.map((vector) => Array.from(vector));
    expect(spans).toEqual([unit(3, 1, 2), unit(7, 1, 2), unit(7, 1, 2)]);
    expect(progress).toEqual([2]);
    expect(stub.requests.map(({ body }) => body.input)).toEqual([["one two", "one", "three"]]);
  });

  it("embeds a question", async () => {
    const model = PROVIDERS[provider](stub);
    expect(Array.from(await model.embedQuestion("Who?"))).toEqual(unit(4, 1, 2));
    expect(await model.embeddings.embedDocuments(["a", "bb"])).toEqual([unit(1, 1, 2), unit(2, 1, 2)]);
    await model.close();
  });

  it("splits many texts into requests of at most 64", async () => {
    const model = PROVIDERS[provider](stub);
    const progress: number[] = [];
    const items = Array.from({ length: 100 }, (_, index) => ({ text: `text ${index}`, spans: [{ start: 0, end: 4 }] }));
    const results = await model.embedPassages(items, { onProgress: (done) => progress.push(done) });
    expect(results).toHaveLength(100);
    expect(progress).toEqual([32, 64, 96, 100]);
    for (const { body } of stub.requests) expect(body.input.length).toBeLessThanOrEqual(64);
  });

  it("fails on a rejected credential at once, without telling the key", async () => {
    const body = JSON.stringify({ error: { message: `Incorrect API key provided: ${API_KEY}` } });
    stub.failWith = () => ({ status: 401, body });
    const failure = await failureOf(PROVIDERS[provider](stub).embedQuestion("Who?"));
    expect(failure.code).toBe("provider-failed");
    expect(failure.message).toContain("401");
    if (provider === "openai") expect(failure.everything).not.toContain(API_KEY);
    expect(stub.requests).toHaveLength(1);
  });

  it.each([
    [
      "400 Bad Request (invalid_input)",
      400,
      (text: string) => ({ message: `Cannot embed: ${text}`, code: "invalid_input" }),
    ],
    ["400 Bad Request (bad_request)", 400, (text: string) => ({ message: text, code: null, type: "bad_request" })],
    ["403 Forbidden", 403, (text: string) => ({ message: text, code: text, type: `error: ${text}` })],
    ["404 Not Found", 404, (text: string) => text],
  ])("tells of a refusal its status and short name, and nothing of the question: %s", async (told, status, errorOf) => {
    stub.failWith = ({ body }) => ({ status, body: JSON.stringify({ error: errorOf(`${body.input}`) }) });
    const failure = await failureOf(PROVIDERS[provider](stub).embedQuestion("Who is Zarkhandor?"));
    expect(failure.everything).not.toMatch(/Zarkhandor|Cannot embed/);
    // Ollama has no short names.
    const expected = provider === "openai" ? told : told.replace(/ \(.*/, "");
    expect(failure.message).toBe(`Embedding with ${provider} (small) failed: ${expected}`);
  });

  it("tells nothing of the question when the answer is no JSON", async () => {
    stub.failWith = ({ body }) => ({ status: 200, body: `${body.input} is what you asked` });
    const failure = await failureOf(PROVIDERS[provider](stub).embedQuestion("Zarkhandor?"));
    expect(failure.code).toBe("provider-failed");
    expect(failure.everything).not.toContain("Zarkh");
  });

  it.each([
    ["an empty vector", (text: string) => (text === "bb" ? [] : [1, 2, 3])],
    ["a vector of another length", (text: string) => (text === "bb" ? [1, 2] : [1, 2, 3])],
    ["a number that is not finite", (text: string) => (text === "bb" ? [1, null, "x"] : [1, 2, 3])],
    ["a vector without direction", (text: string) => (text === "bb" ? [0, 0, 0] : [1, 2, 3])],
    ["no vector", (text: string) => (text === "bb" ? null : [1, 2, 3])],
  ])("refuses %s", async (_, vectorOf) => {
    stub.vectorOf = vectorOf;
    const failure = await failureOf(PROVIDERS[provider](stub).embeddings.embedDocuments(["a", "bb"]));
    expect(failure.code).toBe("provider-failed");
    expect(failure.message).toMatch(`Embedding with ${provider} (small) failed: it gave `);
  });

  it("remembers the width of the first vector", async () => {
    const model = PROVIDERS[provider](stub);
    await model.embedQuestion("Who?");
    stub.vectorOf = () => [1, 2];
    const failure = await failureOf(model.embedQuestion("Who else?"));
    expect(failure.message).toContain("it gave 2 dimensions, not 3");
  });

  it("refuses blank texts without asking", async () => {
    const model = PROVIDERS[provider](stub);
    const failure = await failureOf(
      model.embedPassages([
        { text: "a", spans: [] },
        { text: " \n", spans: [] },
      ]),
    );
    expect(failure).toMatchObject({ code: "bad-input", message: "Text 1 is blank" });
    expect(await failureOf(model.embedQuestion(""))).toMatchObject({ code: "bad-input" });
    expect(stub.requests).toEqual([]);
  });

  it("can be cancelled while it waits for an answer", async () => {
    const controller = new AbortController();
    stub.failWith = () => {
      controller.abort();
      return { status: 500, body: "out of memory" };
    };
    const items = [{ text: "a", spans: [] }];
    const run = PROVIDERS[provider](stub).embedPassages(items, { signal: controller.signal });
    expect(await failureOf(run)).toMatchObject({ code: "cancelled" });
  });

  it("counts more tokens than a text has, additively enough", () => {
    const { countTokens, maxTokens } = PROVIDERS[provider](stub);
    expect([countTokens(""), countTokens("abcdef"), countTokens("安全理事会"), countTokens("😀")]).toEqual([
      0, 2, 5, 2,
    ]);
    expect(maxTokens).toBe(256);
  });
});

describe("openai", () => {
  it("sends the key, the model, plain numbers and the dimensions that are asked for", async () => {
    const settings = { provider: "openai", baseUrl: `${stub.url}/v1`, apiKey: API_KEY, model: "large" } as const;
    const model = createEmbeddings({ ...settings, dimensions: 3 });
    await model.embedQuestion("Who?");
    expect(stub.requests).toEqual([
      {
        path: "/v1/embeddings",
        authorization: `Bearer ${API_KEY}`,
        body: { model: "large", input: "Who?", dimensions: 3, encoding_format: "float" },
      },
    ]);
    expect(model.modelId).toBe("openai/large/3/spans-1");
    expect(createEmbeddings({ ...settings, dimensions: null }).modelId).toBe("openai/large/spans-1");
    const failure = await failureOf(createEmbeddings({ ...settings, dimensions: 4 }).embedQuestion("Who?"));
    expect(failure.message).toContain("it gave 3 dimensions, not 4");
  });
});

describe("ollama", () => {
  it("asks not to have texts cut off", async () => {
    const model = PROVIDERS.ollama(stub);
    await model.embedQuestion("Who?");
    expect(stub.requests).toMatchObject([
      { path: "/api/embed", body: { model: "small", input: ["Who?"], truncate: false } },
    ]);
    expect(model.modelId).toBe("ollama/small/spans-1");
  });
});

/** LangChain waits for seconds before it tries again, so these run side by side, each with its own server. */
describe.concurrent("a server in trouble", () => {
  const trouble = { status: 500, body: "out of memory" };

  it.for(["openai", "ollama"] as const)("is tried again, three times in all: %s", async (provider, { expect }) => {
    const server = await startProviderStub();
    server.failWith = () => trouble;
    const failure = await failureOf(PROVIDERS[provider](server).embedQuestion("Who?"));
    expect(failure.code).toBe("provider-failed");
    expect(failure.message).toContain("500");
    expect(server.requests).toHaveLength(3);
    await server.close();
  });

  it.for(["openai", "ollama"] as const)("is forgiven: %s", async (provider, { expect }) => {
    const server = await startProviderStub();
    server.failWith = () => (server.requests.length < 2 ? trouble : null);
    expect(await PROVIDERS[provider](server).embedQuestion("Who?")).toHaveLength(3);
    await server.close();
  });

  it.for(["openai", "ollama"] as const)("may not be there at all: %s", async (provider, { expect }) => {
    const server = await startProviderStub();
    await server.close();
    const failure = await failureOf(PROVIDERS[provider](server).embedQuestion("Who?"));
    expect(failure.code).toBe("provider-failed");
    expect(failure.message).toMatch(/connection error|ECONNREFUSED/i);
  });
});
