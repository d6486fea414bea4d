import { createHash } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { buildVectors, EF_SEARCH, loadVectors, type VectorIndex, type VectorSource } from "../../src/index/vectors.ts";
import { temporaryFolder, vectorFor } from "./samples.ts";

const COUNT = 3000;
const DIMENSIONS = 24;

function sourceOf(count: number, dimensions = DIMENSIONS): VectorSource {
  const matrix = new Float32Array(count * dimensions);
  for (let row = 0; row < count; row++) matrix.set(vectorFor(`passage ${row}`, dimensions), row * dimensions);
  return { ids: Uint32Array.from({ length: count }, (_, row) => 2 * row + 5), matrix, dimensions };
}

/** The nearest by comparing with each. */
function exact({ ids, matrix, dimensions }: VectorSource, query: Float32Array, limit: number, allowed?: Uint8Array) {
  const norm = (vector: Float32Array) => Math.hypot(...vector);
  return Array.from(ids, (id, row) => {
    const vector = matrix.subarray(row * dimensions, (row + 1) * dimensions);
    const product = vector.reduce((sum, value, axis) => sum + value * (query[axis] ?? 0), 0);
    return { id, score: product / (norm(vector) * norm(query)) };
  })
    .filter((_, row) => allowed === undefined || allowed[row] === 1)
    .sort((one, other) => other.score - one.score)
    .slice(0, limit);
}

function share(found: Uint32Array, wanted: readonly { id: number }[]): number {
  return wanted.filter(({ id }) => found.includes(id)).length / wanted.length;
}

const source = sourceOf(COUNT);
let index: VectorIndex;
beforeAll(async () => {
  index = await buildVectors(sourceOf(COUNT));
});

describe("search", () => {
  it("finds at least 99 of the nearest 100, with their cosines", () => {
    let found = 0;
    for (let number = 0; number < 50; number++) {
      const query = vectorFor(`question ${number}`, DIMENSIONS);
      const wanted = exact(source, query, 10);
      const { ids, scores } = index.search(query, 10);
      found += share(ids, wanted);
      expect(scores[0]).toBeCloseTo(wanted[0]?.score ?? 0, 5);
      expect([...scores]).toEqual([...scores].sort((one, other) => other - one));
    }
    expect(found / 50).toBeGreaterThanOrEqual(0.99);
  });

  it.each([
    ["few", 100],
    ["half", 2],
    ["one", COUNT],
  ])("finds only what a filter that %s pass lets through", (_, every) => {
    const allowed = Uint8Array.from({ length: COUNT }, (_, row) => (row % every === 0 ? 1 : 0));
    let found = 0;
    for (let number = 0; number < 20; number++) {
      const query = vectorFor(`question ${number}`, DIMENSIONS);
      const { ids } = index.search(query, 10, allowed);
      expect([...ids].every((id) => allowed[(id - 5) / 2] === 1)).toBe(true);
      found += share(ids, exact(source, query, 10, allowed));
    }
    expect(found / 20).toBeGreaterThanOrEqual(0.99);
  });

  it("answers filters of few exactly", async () => {
    const small = sourceOf(60);
    const few = await buildVectors(sourceOf(60));
    const flags = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(flags, fc.string(), fc.integer({ min: 1, max: 80 }), (flag, text, limit) => {
        fc.pre(flag.includes(0));
        const query = vectorFor(text, DIMENSIONS);
        const allowed = Uint8Array.from(flag);
        const { ids, scores } = few.search(query, limit, allowed);
        const wanted = exact(small, query, limit, allowed);
        expect([...ids]).toEqual(wanted.map(({ id }) => id));
        for (const [rank, { score }] of wanted.entries()) expect(scores[rank]).toBeCloseTo(score, 5);
      }),
    );
  });

  it("takes a query of any length, and never gives more than there is", () => {
    const query = vectorFor("question", DIMENSIONS);
    const longer = query.map((value) => value * 1000);
    expect([...index.search(longer, 5).ids]).toEqual([...index.search(query, 5).ids]);
    expect(index.search(query, 5000).ids).toHaveLength(COUNT);
    expect(index.search(query, 5, new Uint8Array(COUNT)).ids).toHaveLength(0);
    expect(index.search(query, 5, new Uint8Array(COUNT).fill(1))).toEqual(index.search(query, 5));
  });

  it("puts equal vectors in order of the id", async () => {
    const matrix = new Float32Array(40 * 8).fill(1);
    const same = await buildVectors({
      ids: Uint32Array.from({ length: 40 }, (_, row) => row + 1),
      matrix,
      dimensions: 8,
    });
    const { ids, scores } = same.search(new Float32Array(8).fill(2), 40);
    expect([...ids]).toEqual(Array.from({ length: 40 }, (_, row) => row + 1));
    expect(Math.max(...scores)).toBeLessThanOrEqual(1);
    expect(Math.min(...scores)).toBeGreaterThan(0.9999);
  });

  it.each([
    ["other dimensions", new Float32Array(23).fill(1), "A vector of 23 dimensions for an index of 24"],
    ["no direction", new Float32Array(24), "A vector without a direction"],
    ["a value that is not a number", new Float32Array(24).fill(Number.NaN), "A vector without a direction"],
    ["an infinite value", new Float32Array(24).fill(Number.POSITIVE_INFINITY), "A vector without a direction"],
  ])("refuses a query of %s", (_, query, message) => {
    expect(() => index.search(query, 10)).toThrow(new RangeError(message));
  });

  it("refuses limits and filters that make no sense", () => {
    const query = vectorFor("question", DIMENSIONS);
    expect(() => index.search(query, 0)).toThrow(new RangeError("The limit 0 is not a number of passages"));
    expect(() => index.search(query, 1, new Uint8Array(7))).toThrow(new RangeError("A filter of 7 for 3000 passages"));
  });
});

describe("vectorOf", () => {
  it("gives the vector at length 1, or null", () => {
    const vector = index.vectorOf(5 + 2 * 17);
    expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
    expect(exact(source, vector ?? new Float32Array(DIMENSIONS), 1)[0]?.id).toBe(5 + 2 * 17);
    expect(index.vectorOf(6)).toBeNull();
  });
});

describe("building", () => {
  it("lets other work go on and tells how far it is", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    const told: number[] = [];
    await buildVectors(sourceOf(2000), { onProgress: (done, total) => told.push(done / total) });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(3);
    expect(told.length).toBeGreaterThan(3);
    expect(told.at(-1)).toBe(1);
    expect(told).toEqual([...told].sort((one, other) => one - other));
  });

  it("can be cancelled", async () => {
    const controller = new AbortController();
    const building = buildVectors(sourceOf(2000), { signal: controller.signal, onProgress: () => controller.abort() });
    await expect(building).rejects.toMatchObject({ name: "SitrepError", code: "cancelled" });
  });

  it("refuses vectors without a direction and a matrix of another size", async () => {
    const ids = Uint32Array.of(1, 2);
    await expect(buildVectors({ ids, matrix: new Float32Array(8), dimensions: 4 })).rejects.toThrow(
      "without a direction",
    );
    await expect(buildVectors({ ids, matrix: new Float32Array(7), dimensions: 4 })).rejects.toThrow(
      "7 values are not 2 vectors of 4 dimensions",
    );
  });
});

describe("the file", () => {
  async function saved(built: VectorIndex = index) {
    const folder = temporaryFolder();
    const facts = await built.saveFile(folder, "vectors.hnsw");
    return { path: join(folder, "vectors.hnsw"), facts };
  }

  it("gives back an index that finds the same, and searches as widely", async () => {
    const { path, facts } = await saved();
    expect(facts.bytes).toBe(statSync(path).size);
    const back = await loadVectors(path, facts, source.ids, DIMENSIONS);
    expect(back.index.getEf()).toBe(EF_SEARCH);
    const allowed = Uint8Array.from({ length: COUNT }, (_, row) => (row % 50 === 0 ? 1 : 0));
    for (let number = 0; number < 20; number++) {
      const query = vectorFor(`question ${number}`, DIMENSIONS);
      expect(back.search(query, 20)).toEqual(index.search(query, 20));
      expect([...back.search(query, 20, allowed).ids]).toEqual([...index.search(query, 20, allowed).ids]);
    }
  });

  it("can hold nothing, or one vector", async () => {
    for (const count of [0, 1]) {
      const { path, facts } = await saved(await buildVectors(sourceOf(count)));
      const back = await loadVectors(path, facts, source.ids.slice(0, count), DIMENSIONS);
      expect(back.search(vectorFor("question", DIMENSIONS), 3).ids).toHaveLength(count);
    }
  });

  it("cannot be written where there is no folder, though hnswlib says that it was", async () => {
    await expect(index.saveFile(join(temporaryFolder(), "nowhere"), "vectors.hnsw")).rejects.toThrow("ENOENT");
  });

  // Each of these has the checksum of its own bytes: only the structure gives it away.
  it.each([
    ["cut in its vectors", (bytes: Buffer) => bytes.subarray(0, 100_000), DIMENSIONS, "is not complete"],
    ["cut in its links", (bytes: Buffer) => bytes.subarray(0, bytes.length - 4), DIMENSIONS, "is not complete"],
    ["too long", (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(8)]), DIMENSIONS, "is not complete"],
    [
      "another program's",
      (bytes: Buffer) => Buffer.alloc(bytes.length, "text "),
      DIMENSIONS,
      "is not an index of vectors",
    ],
    ["a few bytes", () => Buffer.from("text"), DIMENSIONS, "is not an index of vectors"],
    ["empty", () => Buffer.alloc(0), DIMENSIONS, "is empty"],
    ["of other dimensions", (bytes: Buffer) => bytes, 25, "has vectors of 24 dimensions, not 25"],
  ])("that is %s is not loaded", async (_, damage, dimensions, message) => {
    const { path } = await saved();
    const bytes = damage(readFileSync(path));
    writeFileSync(path, bytes);
    const facts = { bytes: bytes.length, sha256: createHash("sha256").update(bytes).digest("hex") };
    await expect(loadVectors(path, facts, source.ids, dimensions)).rejects.toThrow(message);
  });

  it("of other passages is not loaded", async () => {
    const { path, facts } = await saved();
    await expect(loadVectors(path, facts, source.ids.slice(1), DIMENSIONS)).rejects.toThrow(
      "has 3000 vectors, not 2999",
    );
  });

  it("is not loaded when one bit of its links differs", async () => {
    const { path, facts } = await saved();
    const bytes = readFileSync(path);
    bytes.writeUInt8(bytes.readUInt8(100) ^ 64, 100);
    writeFileSync(path, bytes);
    await expect(loadVectors(path, facts, source.ids, DIMENSIONS)).rejects.toThrow("has another checksum");
  });
});

describe("as a LangChain vector store", () => {
  it("gives documents that carry the passage's id, with cosines, and filters them", async () => {
    const query = vectorFor("question", DIMENSIONS);
    const found = await index.similaritySearchVectorWithScore([...query], 3, ({ id }) => Number(id) % 4 === 1);
    const wanted = exact(
      source,
      query,
      3,
      Uint8Array.from(source.ids, (id) => (id % 4 === 1 ? 1 : 0)),
    );
    expect(found.map(([document]) => document.metadata.passageId)).toEqual(wanted.map(({ id }) => id));
    expect(found[0]?.[1]).toBeCloseTo(wanted[0]?.score ?? 0, 5);
  });

  it("does not change, whoever asks", async () => {
    await expect(index.addVectors()).rejects.toThrow("This index does not add vectors: ingest makes a new one");
    await expect(index.addDocuments()).rejects.toThrow("does not add documents");
    await expect(index.delete()).rejects.toThrow("does not delete");
    await expect(index.save()).rejects.toThrow("does not save a folder");
    await expect(index.similaritySearch("words")).rejects.toThrow("does not embed");
  });
});
