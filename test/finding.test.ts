/** What is found, and what is told of how it was searched, through the whole program. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { markedReport as report } from "./helpers/sources.ts";

const FILES: Readonly<Record<string, string>> = {
  "glossary.yaml": "entries: []\n",
  "names.md": report("names", "TLP:CLEAR", "The Federal Harbour Agency (FHA) was founded in 1999."),
  "agency.md": report("agency", "TLP:CLEAR", "The FHA reports to the ministry of trade in quiet times."),
  "lagos.md": report("lagos", "TLP:CLEAR", "Night Heron took nine ships near Lagos in 2024."),
  "secret.md": report("secret", "TLP:RED", "Night Heron, also known as Garza Nocturna, sells the ships of Lagos."),
};

const folder = mkdtempSync(join(tmpdir(), "sitrep-finding-"));
const opened: Sitrep[] = [];
const within = (marking: string): Sitrep => {
  const folders = { CORPUS_DIR: join(folder, "corpus"), DATA_DIR: join(folder, "data") };
  const made = createSitrep(loadConfig({ ...folders, MAX_MARKING: marking }), { warn: () => {} });
  opened.push(made);
  return made;
};
let all: Sitrep;
let limited: Sitrep;

beforeAll(async () => {
  mkdirSync(join(folder, "corpus"));
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(folder, "corpus", path), text);
  all = within("TLP:RED");
  limited = within("TLP:GREEN");
  await all.ingest();
});

afterAll(async () => {
  for (const each of opened) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("a name that reports define", () => {
  it("finds what uses the other form", async () => {
    const { question, hits } = await limited.search("Federal Harbour Agency in quiet times");
    expect(question.expansions).toContain("Federal Harbour Agency -> FHA");
    const found = hits.find(({ reportPath }) => reportPath === "agency.md");
    expect(found?.why.join()).toContain("Federal Harbour Agency");
  });

  it("is unknown and untold where only a report above the marking defines it", async () => {
    const text = "How many ships did Garza Nocturna take near Lagos?";
    expect((await all.search(text)).question.expansions).toContain("Garza Nocturna -> Night Heron");
    const { question } = await limited.search(text);
    expect(question.expansions.join()).not.toMatch(/Heron/);
    expect(question.unknown).toEqual(["Garza", "Nocturna"]);
  });
});

describe("words that no report has", () => {
  it("are told", async () => {
    expect((await limited.search("zzz")).question.unknown).toEqual(["zzz"]);
    expect((await limited.search("ships near Lagos")).question.unknown).toEqual([]);
  });
});

describe("a question that asks several things", () => {
  it("finds what answers each", async () => {
    const text =
      "How many ships did Night Heron take near Lagos, and in which year was the Federal Harbour Agency founded?";
    const { hits } = await limited.search(text, { limit: 2 });
    expect(hits.map(({ reportPath }) => reportPath).sort()).toEqual(["lagos.md", "names.md"]);
    expect(hits.every(({ score }) => score >= 0 && score <= 1)).toBe(true);
  });
});
