import { execFile } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, describe, expect, it } from "vitest";
import { examineReader } from "../../src/embeddings/examine-reader.ts";
import { MOST_TEXTS, type OptionalReader, optionalReader } from "../../src/embeddings/optional-reader.ts";
import { putReader, type TinyReader } from "./tiny-reader.ts";

const READER: TinyReader = { words: ["pirates", "harbour"] };
const TEXTS = [{ id: 1, text: "Pirates came." }];
const QUESTION = "Where were the pirates?";

const folders: string[] = [];
const readers: OptionalReader[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-models-"));
  folders.push(folder);
  return folder;
}

function readerIn(models: string) {
  const warnings: string[] = [];
  const reader = optionalReader(models, { threads: 1, warn: (message) => warnings.push(message) });
  readers.push(reader);
  return { reader, warnings };
}

afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe("read", () => {
  it("reads the first few texts where there is a reader", async () => {
    const models = newFolder();
    putReader(models, READER);
    const { reader, warnings } = readerIn(models);
    reader.load();
    const texts = Array.from({ length: MOST_TEXTS + 3 }, (_, id) => ({ id, text: `Pirates came ${id} times.` }));
    const read = await reader.read(QUESTION, texts);
    expect([...(read?.byText.keys() ?? [])].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    expect(read?.weight).toBe(4);
    expect(warnings).toEqual([]);
  });

  it("is null without a folder and without a manifest, and says nothing", async () => {
    const models = newFolder();
    mkdirSync(join(models, "reader"));
    for (const folder of [join(models, "nowhere"), models]) {
      const { reader, warnings } = readerIn(folder);
      reader.load();
      expect(await reader.read(QUESTION, TEXTS)).toBeNull();
      expect(warnings).toEqual([]);
    }
  });

  it.each([
    [
      "a manifest that makes no sense",
      (folder: string) => writeFileSync(join(folder, "manifest.json"), "{}"),
      /format: /,
    ],
    ["a manifest that is no JSON", (folder: string) => writeFileSync(join(folder, "manifest.json"), "x"), /no JSON/],
    [
      "another model than its manifest says",
      (folder: string) => appendFileSync(join(folder, "model.onnx"), "x"),
      /model.onnx has another checksum/,
    ],
    ["no model", (folder: string) => rmSync(join(folder, "model.onnx")), /model.onnx cannot be read/],
    [
      "another vocabulary than its manifest says",
      (folder: string) => appendFileSync(join(folder, "vocab.txt"), "x"),
      /vocab.txt has another checksum/,
    ],
  ])("warns once of %s, and does without", async (_, spoil, message) => {
    const models = newFolder();
    spoil(putReader(models, READER));
    const { reader, warnings } = readerIn(models);
    reader.load();
    const reads = await Promise.all([reader.read(QUESTION, TEXTS), reader.read(QUESTION, TEXTS)]);
    expect([...reads, await reader.read(QUESTION, TEXTS)]).toEqual([null, null, null]);
    expect(warnings).toEqual([expect.stringMatching(message)]);
    expect(warnings[0]).toMatch(/Answers go on without the reader\. .*docs\/reader\.md/);
  });

  it("does not wait longer than the limit, does without at once meanwhile, and reads again when it can", async () => {
    const models = newFolder();
    putReader(models, { ...READER, manifest: { timeLimitMs: 200 }, idling: 20 });
    const { reader, warnings } = readerIn(models);
    const began = performance.now();
    expect(await reader.read(QUESTION, TEXTS)).toBeNull();
    const waited = performance.now() - began;
    expect(waited).toBeGreaterThanOrEqual(199);
    expect(waited).toBeLessThan(1_000);
    const again = performance.now();
    expect(await reader.read(QUESTION, TEXTS)).toBeNull();
    expect(performance.now() - again).toBeLessThan(100);
    expect(warnings).toEqual([expect.stringMatching(/not done within 200 ms/)]);
  });

  it("is used again once a late read has ended", async () => {
    const models = newFolder();
    putReader(models, { ...READER, manifest: { timeLimitMs: 150 }, idling: 1 });
    const { reader, warnings } = readerIn(models);
    // Many windows take longer than that, and the one of a short text does not.
    const long = [1, 2, 3, 4, 5, 6].map((id) => ({ id, text: "ship ".repeat(900) }));
    expect(await reader.read(QUESTION, long)).toBeNull();
    await expect
      .poll(() => reader.read(QUESTION, TEXTS), { timeout: 10_000 })
      .toMatchObject({ byText: new Map([[1, expect.objectContaining({ start: 0, end: 7 })]]) });
    expect(warnings).toHaveLength(1);
  });

  it("reads for those who ask at once one after the other, so that the first are in time", async () => {
    const models = newFolder();
    putReader(models, READER);
    const { reader } = readerIn(models);
    const order: number[] = [];
    const reads = [0, 1, 2, 3].map((number) =>
      reader
        .read(QUESTION, number % 2 === 0 ? [...TEXTS, ...TEXTS, { id: 2, text: "ship ".repeat(900) }] : TEXTS)
        .then((read) => {
          order.push(number);
          return read?.byText.get(1);
        }),
    );
    expect(new Set((await Promise.all(reads)).map((found) => JSON.stringify(found))).size).toBe(1);
    expect(order).toEqual([0, 1, 2, 3]);
  });

  it("ends with the signal, without a warning", async () => {
    const models = newFolder();
    putReader(models, { ...READER, idling: 12 });
    const { reader, warnings } = readerIn(models);
    const read = reader.read(QUESTION, TEXTS, AbortSignal.timeout(20));
    expect(await read).toBeNull();
    expect(await reader.read(QUESTION, TEXTS, AbortSignal.abort())).toBeNull();
    expect(warnings).toEqual([]);
  });

  it("does without once it is closed", async () => {
    const models = newFolder();
    putReader(models, READER);
    const { reader, warnings } = readerIn(models);
    expect(await reader.read(QUESTION, TEXTS)).not.toBeNull();
    await reader.close();
    await reader.close();
    expect(await reader.read(QUESTION, TEXTS)).toBeNull();
    expect(warnings).toEqual([]);
  });
});

describe("lets the process end", () => {
  const program = (models: string, end: string) => `
    import { optionalReader } from "./src/embeddings/optional-reader.ts";
    const reader = optionalReader(${JSON.stringify(models)}, { threads: 1, warn: console.error });
    const reading = reader.read("Where were the pirates?", [{ id: 1, text: "Pirates came." }]);
    ${end}`;

  it.each([
    ["an idle reader that was not closed", "console.log((await reading).byText.size);"],
    ["a closed reader", "console.log((await reading).byText.size); await reader.close();"],
    ["a reader that is busy, when it is closed", "console.log(1); await reader.close();"],
  ])("%s", async (_, end) => {
    const models = newFolder();
    putReader(models, READER);
    const args = ["--import", "tsx", "--input-type=module", "-e", program(models, end)];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: 20_000 });
    expect([stdout, stderr]).toEqual(["1\n", ""]);
  });
});

describe("the examination", () => {
  const how = { isQuick: false, hasRuntime: true };

  it("finds nothing to say without a folder", async () => {
    expect(await examineReader(newFolder(), how)).toEqual([]);
  });

  it("finds a whole reader well, and says what it takes", async () => {
    const models = newFolder();
    putReader(models, READER);
    const [finding] = await examineReader(models, how);
    expect(finding).toMatchObject({ id: "model.reader", level: "ok" });
    expect(finding?.message).toMatch(/^The reader tiny 1 \(MIT\) .* \d+ ms to load, \d+ ms for a passage$/);
    expect(await examineReader(models, { ...how, isQuick: true })).toMatchObject([{ level: "ok" }]);
    expect(await examineReader(models, { ...how, hasRuntime: false })).toMatchObject([{ level: "warning" }]);
  });

  it("warns of one that is broken, and of a folder without a manifest", async () => {
    const models = newFolder();
    const folder = putReader(models, READER);
    appendFileSync(join(folder, "model.onnx"), "x");
    expect(await examineReader(models, how)).toMatchObject([
      {
        level: "warning",
        message: expect.stringMatching(/another checksum/),
        remedy: expect.stringContaining("docs/reader.md"),
      },
    ]);
    rmSync(join(folder, "manifest.json"));
    expect(await examineReader(models, how)).toMatchObject([
      { level: "warning", message: expect.stringMatching(/no manifest/) },
    ]);
  });
});
