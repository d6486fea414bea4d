import { describe, expect, it } from "vitest";
import { BUNDLED_MODEL_FILES } from "../../src/embeddings/model-files.ts";
import { readTensorTable } from "../../src/embeddings/safetensors.ts";

describe("readTensorTable", () => {
  it("says where each tensor lies in the file", () => {
    const tensors = readTensorTable(BUNDLED_MODEL_FILES.weightsPath);
    expect(tensors.get("embeddings.word_embeddings.weight")).toEqual({
      dtype: "F16",
      shape: [30_522, 384],
      start: 8 + 11_401 + 400_384,
      length: 30_522 * 384 * 2,
    });
    expect(tensors.has("__metadata__")).toBe(false);
  });

  it("refuses a file that has no table", () => {
    for (const path of [BUNDLED_MODEL_FILES.tokenizerPath, "/nowhere"]) {
      expect(() => readTensorTable(path)).toThrow(expect.objectContaining({ code: "model-unusable" }));
    }
  });
});
