/** A reader model in the folder of models, from the question to the answer. */

import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import type { AskResult, Sitrep } from "../src/domain/service.ts";
import { openThreaded } from "../src/threaded.ts";
import { putReader } from "./embeddings/tiny-reader.ts";

const REPORT = (id: string, text: string) => `---
id: ${id}
title: Report ${id}
publisher: Institute ${id}
published: 2025-02-03
kind: think-tank
reliability: B
marking: "TLP:CLEAR"
---

${text}
`;
const REPORTS = {
  "boardings.md": REPORT(
    "boardings",
    "The Harbour Institute counted 31 boardings in the Gulf of Guinea in 2024. Its staff rowed to work in the zodiac.",
  ),
  "lights.md": REPORT("lights", "Lighthouses were dark for a week in 2024. Keepers were on leave."),
};
const QUESTION = "How many boardings were there in the Gulf of Guinea in 2024?";
/** Its question holds a word that the reader looks for, and that stands in the second sentence. */
const POINTING = "How many boardings were there in the Gulf of Guinea in 2024, by zodiac or not?";

let root: string;
let count = 0;
const opened: Pick<Sitrep, "close">[] = [];
const warnings: string[] = [];

const configWith = (models: string) =>
  loadConfig({ CORPUS_DIR: join(root, "corpus"), DATA_DIR: join(root, "data"), MODELS_DIR: models });

function sitrepWith(models: string): Sitrep {
  const made = createSitrep(configWith(models), { warn: (message) => warnings.push(message) });
  opened.push(made);
  return made;
}

function modelsWith(options: Parameters<typeof putReader>[1]): string {
  count += 1;
  const models = join(root, `models-${count}`);
  putReader(models, options);
  return models;
}

const firstQuote = ({ answer }: AskResult) => (answer.kind === "answer" ? answer.claims[0]?.text : undefined);
const lasting = ({ milliseconds: _, ...rest }: AskResult) => JSON.stringify(rest);

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "sitrep-reading-"));
  mkdirSync(join(root, "corpus"));
  for (const [path, text] of Object.entries(REPORTS)) writeFileSync(join(root, "corpus", path), text);
  await sitrepWith(join(root, "nowhere")).ingest();
});

afterAll(async () => {
  for (const each of opened) await each.close();
  rmSync(root, { recursive: true, force: true });
});

test("the sentence that holds the span comes first, and its support and trace say so", async () => {
  const without = await sitrepWith(join(root, "nowhere")).ask(POINTING);
  expect(firstQuote(without)).toContain("31 boardings");
  const result = await sitrepWith(modelsWith({ words: ["gulf", "zodiac"], manifest: { weight: 40 } })).ask(POINTING);
  expect(result.evidence[0]?.text).toContain("zodiac");
  expect(result.evidence[0]?.parts.reader).toBeGreaterThan(0);
  expect(result.evidence[0]?.parts.readerNoAnswer).toBeGreaterThan(0);
  const before = without.evidence.find(({ text }) => text.includes("zodiac"));
  expect(result.evidence[0]?.score).not.toBe(before?.score);
  expect(warnings).toEqual([]);
});

test("a reader that finds no answer anywhere makes a refusal of an answer, and one that finds it does not", async () => {
  const calibration = { scale: 1, offset: 0 };
  const words = Array.from({ length: 20 }, (_, index) => `word${index}`);
  const refused = await sitrepWith(modelsWith({ words, manifest: { calibration } })).ask(QUESTION);
  expect(refused.answer.kind).toBe("abstention");
  const found = await sitrepWith(modelsWith({ words: [...words, "boardings"], manifest: { calibration } })).ask(
    QUESTION,
  );
  expect(firstQuote(found)).toContain("31 boardings");
});

test("without a reader everything is the same, to the last bit; so with one that is broken, which is told of once", async () => {
  const models = modelsWith({ words: ["zodiac"] });
  appendFileSync(join(models, "reader", "model.onnx"), "x");
  warnings.length = 0;
  const [none, empty, broken] = [
    sitrepWith(join(root, "nowhere")),
    sitrepWith(join(root, "corpus")),
    sitrepWith(models),
  ];
  for (const question of [QUESTION, POINTING, "Who kept the lighthouses?"]) {
    const result = lasting(await none.ask(question));
    expect(result).not.toContain('"reader');
    expect(lasting(await empty.ask(question))).toBe(result);
    expect(lasting(await broken.ask(question))).toBe(result);
  }
  expect(warnings).toEqual([expect.stringMatching(/model\.onnx has another checksum .* without the reader/)]);
});

test("a reader that is late is not waited for", async () => {
  const models = modelsWith({ words: ["zodiac"], manifest: { timeLimitMs: 50 }, idling: 12 });
  warnings.length = 0;
  const none = sitrepWith(join(root, "nowhere"));
  const late = sitrepWith(models);
  expect(lasting(await late.ask(POINTING))).toBe(lasting(await none.ask(POINTING)));
  expect(warnings).toEqual([expect.stringMatching(/not done within 50 ms/)]);
});

test("it reads in the thread of the bot too, and ends with it", async () => {
  const models = modelsWith({ words: ["gulf", "zodiac"], manifest: { weight: 40 } });
  const threaded = await openThreaded(configWith(models), { warn: (message) => warnings.push(message) });
  warnings.length = 0;
  const { evidence } = await threaded.ask(POINTING);
  expect(evidence[0]?.text).toContain("zodiac");
  await threaded.close();
  expect(warnings).toEqual([]);
});
