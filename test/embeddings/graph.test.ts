import { afterAll, describe, expect, it } from "vitest";
import { buildGraph } from "../../src/embeddings/graph.ts";
import { startInference } from "../../src/embeddings/inference.ts";
import { BUNDLED_MODEL_FILES, readBertConfig } from "../../src/embeddings/model-files.ts";
import { readTensorTable } from "../../src/embeddings/safetensors.ts";

const tensors = readTensorTable(BUNDLED_MODEL_FILES.weightsPath);
const config = readBertConfig(BUNDLED_MODEL_FILES);

describe("buildGraph", () => {
  it("is small, because the weights stay in their file", () => {
    expect(buildGraph(config, tensors).length).toBeLessThan(50_000);
  });

  it("names a tensor that is missing", () => {
    const fewer = new Map([...tensors].filter(([name]) => name !== "encoder.layer.3.output.dense.bias"));
    expect(() => buildGraph(config, fewer)).toThrow(/no fp16 tensor encoder.layer.3.output.dense.bias/);
  });
});

describe("startInference", () => {
  const inference = startInference(BUNDLED_MODEL_FILES, 1);
  afterAll(() => inference.close());

  it("gives rows of length 1; a row that no token counts in stays zero", async () => {
    const vectors = await inference.run({
      texts: 1,
      tokens: 3,
      rows: 2,
      inputIds: Int32Array.of(101, 2162, 102),
      attentionMask: Int32Array.of(1, 1, 1),
      pooling: Float32Array.of(0.2, 0.3, 0.5, 0, 0, 0),
    });
    expect(vectors).toHaveLength(2 * 384);
    expect(Math.hypot(...vectors.slice(0, 384))).toBeCloseTo(1, 5);
    expect(vectors.slice(384).every((value) => value === 0)).toBe(true);
  });

  it("fails one run that makes no sense, and goes on", async () => {
    const batch = () => ({
      texts: 1,
      tokens: 1,
      rows: 1,
      inputIds: Int32Array.of(101),
      attentionMask: Int32Array.of(1),
      pooling: Float32Array.of(1),
    });
    await expect(inference.run({ ...batch(), tokens: 7 })).rejects.toMatchObject({ code: "model-unusable" });
    expect(await inference.run(batch())).toHaveLength(384);
  });
});
