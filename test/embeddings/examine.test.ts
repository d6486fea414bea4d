import { copyFileSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Finding } from "../../src/domain/health.ts";
import { examineModel, type ModelExamination, problemOf } from "../../src/embeddings/examine.ts";
import type { EmbeddingSettings } from "../../src/embeddings/factory.ts";
import { BUNDLED_MODEL_FILES } from "../../src/embeddings/model-files.ts";
import { temporaryFolder } from "../index/samples.ts";
import { type ProviderStub, startProviderStub } from "./provider-stub.ts";

const BUNDLED: EmbeddingSettings = { provider: "bundled", threads: 1 };

/** "id level" of each finding, and the findings by id. */
async function examined(settings: EmbeddingSettings, changes: Partial<ModelExamination> = {}) {
  const findings = await examineModel(settings, { isQuick: false, hasRuntime: true, ...changes });
  const byId = (id: string): Finding | undefined => findings.find((finding) => finding.id === id);
  return { levels: findings.map(({ id, level }) => `${id} ${level}`), byId };
}

describe("the bundled model", () => {
  test("that is whole embeds as it should", async () => {
    const { levels, byId } = await examined(BUNDLED);
    expect(levels).toEqual(["model.weights ok", "model.tokenizer ok", "model.config ok", "model.embedding ok"]);
    expect(byId("model.embedding")?.message).toContain("384 numbers of length 1");
  });

  test("is not run when that is to be quick", async () => {
    const { levels } = await examined(BUNDLED, { isQuick: true, hasRuntime: false });
    expect(levels).toEqual(["model.weights ok", "model.tokenizer ok", "model.config ok"]);
  });

  test("is not run without ONNX Runtime", async () => {
    const { levels, byId } = await examined(BUNDLED, { hasRuntime: false });
    expect(levels.at(-1)).toBe("model.embedding warning");
    expect(byId("model.embedding")?.message).toMatch(/not checked, because onnxruntime-node cannot be used/);
  });

  describe("of which one file is wrong", () => {
    /** The model's files, of which some are others. */
    function files(changes: Partial<typeof BUNDLED_MODEL_FILES>) {
      return { ...BUNDLED_MODEL_FILES, ...changes };
    }
    const reinstall = { level: "fault", remedy: expect.stringContaining("npm ci") };

    test("other weights", async () => {
      const path = join(temporaryFolder(), "weights");
      copyFileSync(BUNDLED_MODEL_FILES.weightsPath, path);
      const bytes = readFileSync(path);
      bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      const { levels, byId } = await examined(BUNDLED, { files: files({ weightsPath: path }) });
      expect(byId("model.weights")).toMatchObject({
        ...reinstall,
        message: expect.stringContaining("another checksum"),
      });
      expect(levels).toContain("model.embedding warning");
    });

    test("a tokenizer that is cut short, to nothing", async () => {
      const path = join(temporaryFolder(), "tokenizer.json");
      copyFileSync(BUNDLED_MODEL_FILES.tokenizerPath, path);
      truncateSync(path, 1000);
      const cut = await examined(BUNDLED, { files: files({ tokenizerPath: path }) });
      expect(cut.byId("model.tokenizer")).toMatchObject({
        ...reinstall,
        message: expect.stringContaining("another checksum"),
      });
      truncateSync(path, 0);
      const empty = await examined(BUNDLED, { files: files({ tokenizerPath: path }), isQuick: true });
      expect(empty.byId("model.tokenizer")).toMatchObject({
        ...reinstall,
        message: expect.stringContaining("is empty"),
      });
    });

    test("a configuration that is missing, or a folder", async () => {
      const folder = temporaryFolder();
      const missing = await examined(BUNDLED, { files: files({ configPath: join(folder, "nowhere") }) });
      expect(missing.byId("model.config")).toMatchObject({
        ...reinstall,
        message: expect.stringContaining("is missing"),
      });
      const wrong = await examined(BUNDLED, { files: files({ configPath: folder }) });
      expect(wrong.byId("model.config")).toMatchObject({
        ...reinstall,
        message: expect.stringContaining("cannot be read"),
      });
    });

    test("a link to the right one is right", async () => {
      const path = join(temporaryFolder(), "config");
      symlinkSync(BUNDLED_MODEL_FILES.configPath, path);
      const { levels } = await examined(BUNDLED, { files: files({ configPath: path }), hasRuntime: false });
      expect(levels).toContain("model.config ok");
    });
  });

  test("is left at once when it is interrupted", async () => {
    await expect(examined(BUNDLED, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
  });
});

test("what a model makes of two texts that are alike and a third", () => {
  const vectors = (...rows: number[][]) => rows.map((row) => Float32Array.from(row));
  expect(problemOf(vectors([1, 0], [0.8, 0.6], [0, 1]), 2)).toBeNull();
  expect(problemOf(vectors([1, 0], [0, 1], [0.8, 0.6]), 2)).toMatch(/no nearer/);
  expect(problemOf(vectors([1, 0], [1, 0], [1, 0]), 2)).toMatch(/no nearer/);
  expect(problemOf(vectors([1, 0], [3, 4], [0, 1]), 2)).toMatch(/length 5\.000, not 1/);
  expect(problemOf(vectors([1, 0], [Number.NaN, 0], [0, 1]), 2)).toMatch(/not finite/);
  expect(problemOf(vectors([1, 0], [1, 0, 0], [0, 1]), 2)).toMatch(/3 numbers, not 2/);
  expect(problemOf(vectors([1, 0]), 2)).toMatch(/1 vectors for 3/);
});

describe("a provider", () => {
  let stub: ProviderStub;
  beforeEach(async () => {
    stub = await startProviderStub();
  });
  afterEach(() => stub.close());
  const KEY = "sk-test-0123456789abcdef";
  const openai = (baseUrl: string): EmbeddingSettings => ({
    provider: "openai",
    baseUrl,
    apiKey: KEY,
    model: "small",
    dimensions: null,
  });

  test("that answers", async () => {
    const { levels, byId } = await examined(openai(`${stub.url}/v1`), { hasRuntime: false });
    expect(levels).toEqual(["model.provider ok"]);
    expect(byId("model.provider")?.message).toBe(
      "openai (small) answers with vectors of 3 dimensions; texts of reports and questions go there",
    );
    expect(stub.requests).toHaveLength(1);
  });

  test("is not asked when that is to be quick", async () => {
    expect((await examined(openai(stub.url), { isQuick: true })).levels).toEqual([]);
    expect(stub.requests).toEqual([]);
  });

  test("that refuses the key, and repeats it", async () => {
    stub.failWith = () => ({ status: 401, body: JSON.stringify({ error: { message: `Wrong key: ${KEY}` } }) });
    const finding = (await examined(openai(`${stub.url}/v1`))).byId("model.provider");
    expect(finding).toMatchObject({ level: "fault", remedy: expect.stringContaining("EMBEDDINGS_PROVIDER") });
    expect(finding?.message).toMatch(/openai \(small\) failed: 401 Unauthorized/);
    expect(JSON.stringify(finding)).not.toContain(KEY);
  });

  test("that is not there", async () => {
    await stub.close();
    const finding = (await examined({ provider: "ollama", baseUrl: stub.url, model: "small" })).byId("model.provider");
    expect(finding).toMatchObject({ level: "fault", remedy: expect.stringContaining("can be reached") });
    expect(finding?.message).toMatch(/ollama \(small\) failed: .*(?:ECONNREFUSED|fetch failed)/);
    stub = await startProviderStub();
  }, 30_000);

  test("whose address holds a password, which is not said", async () => {
    const address = stub.url.replace("http://", "http://alice:hunter2@");
    const finding = (await examined({ provider: "ollama", baseUrl: address, model: "small" })).byId("model.provider");
    expect(JSON.stringify(finding)).not.toMatch(/hunter2|alice/);
  }, 30_000);

  test("that gives no vector", async () => {
    stub.vectorOf = () => [0, 0];
    expect((await examined(openai(`${stub.url}/v1`))).byId("model.provider")).toMatchObject({
      level: "fault",
      message: expect.stringContaining("has no length"),
    });
  });
});
