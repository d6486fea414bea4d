/** What is new since a baseline, over reports that are really ingested, changed and removed. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { isVerbatim } from "../src/domain/answer.ts";
import { type Baseline, type Briefing, citationsIn } from "../src/domain/briefing.ts";
import type { Sitrep } from "../src/domain/service.ts";

let folder: string;
let sitrep: Sitrep;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sitrep-changes-"));
  mkdirSync(join(folder, "corpus"));
  sitrep = open();
  write("observatory", "Coast Observatory", [
    "The Coast Observatory counted 120 militant attacks in the Delta Province in 2024.",
    "The River Front claimed the attack on the Delta bridge of 3 March 2024.",
    "The River Front was founded in 2011 by former dock workers, the Coast Observatory said.",
  ]);
  write("ministry", "Ministry of Harbours", [
    "The Ministry of Harbours said on 5 May 2024 that the River Front had lost its last camp.",
    "Fishing was allowed again in the Delta Province in June 2024, the Ministry of Harbours said.",
  ]);
});
afterEach(async () => {
  await sitrep.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(environment: Record<string, string> = {}): Sitrep {
  const config = loadConfig({
    CORPUS_DIR: join(folder, "corpus"),
    DATA_DIR: join(folder, "data"),
    ...environment,
  });
  return createSitrep(config, { warn: (message) => expect.fail(message) });
}

const glossary = `entries:
  - name: "River Front"
    aliases: ["RF"]
    kind: armed-group
    gloss: "An armed group of the delta."
  - name: "Delta Province"
    aliases: []
    kind: place
    gloss: "A province at the coast."
`;

function write(id: string, publisher: string, sentences: readonly string[], marking = "TLP:CLEAR"): void {
  writeFileSync(join(folder, "corpus", "glossary.yaml"), glossary);
  writeFileSync(
    join(folder, "corpus", `${id}.md`),
    `---
id: ${id}
title: Report of ${publisher}
publisher: ${publisher}
published: 2025-01-10
kind: think-tank
language: en
reliability: B
marking: "${marking}"
---

## State of the delta

${sentences.join(" ")}
`,
  );
}

async function baselineAfter(): Promise<Baseline> {
  await sitrep.ingest();
  return sitrep.baseline();
}

async function news(since: Baseline, subject: string | null = null): Promise<Briefing> {
  await sitrep.ingest();
  const { briefing, upTo } = await sitrep.changes(since, subject);
  expect(upTo).toEqual(await sitrep.baseline());
  for (const { quote } of citationsIn(briefing)) {
    const text = await sitrep.reportText(quote.reportId);
    expect(isVerbatim(quote, { id: quote.reportId, text })).toBe(true);
  }
  for (const { lines } of briefing.sections) expect(lines.length).toBeGreaterThan(0);
  return briefing;
}

const linesOf = ({ sections }: Briefing, id: string): string[] =>
  sections.filter((section) => section.id === id).flatMap(({ lines }) => lines.map(({ text }) => text));

describe("what is new", () => {
  it("is nothing where nothing has changed", async () => {
    const since = await baselineAfter();
    const briefing = await news(since);
    expect(briefing.kind).toBe("changes");
    expect(briefing.sections).toEqual([]);
    expect(briefing.reports).toEqual([]);
    expect(briefing.since).toEqual({ snapshot: since.snapshot, createdAt: since.createdAt });
  });

  it("is what a new report says and no other did", async () => {
    const since = await baselineAfter();
    write("radio", "Delta Radio", [
      "The River Front claimed the attack on the Delta bridge of 3 March 2024.",
      "The River Front opened a school for recruits on Heron Island in August 2024, Delta Radio reported.",
    ]);
    const briefing = await news(since);
    expect(briefing.reports).toEqual([
      { kind: "added", reportId: "radio", title: "Report of Delta Radio", published: "2025-01-10" },
    ]);
    expect(linesOf(briefing, "added")).toEqual([
      "The River Front opened a school for recruits on Heron Island in August 2024, Delta Radio reported.",
    ]);
  });

  it("tells other words for a sentence from a new one", async () => {
    const since = await baselineAfter();
    write("ministry", "Ministry of Harbours", [
      "The Ministry of Harbours said on 9 May 2024 that the River Front had lost its last camp.",
      "Fishing was allowed again in the Delta Province in June 2024, the Ministry of Harbours said.",
      "Two of the ministry's boats were set on fire at Heron Island in July 2024.",
    ]);
    const briefing = await news(since);
    expect(briefing.reports?.map(({ kind, reportId }) => [kind, reportId])).toEqual([["changed", "ministry"]]);
    expect(linesOf(briefing, "altered")).toEqual([
      "The Ministry of Harbours said on 9 May 2024 that the River Front had lost its last camp.",
    ]);
    expect(linesOf(briefing, "added")).toEqual([
      "Two of the ministry's boats were set on fire at Heron Island in July 2024.",
    ]);
  });

  it("sets a figure that differs beside the one that was there", async () => {
    const since = await baselineAfter();
    write("radio", "Delta Radio", ["Delta Radio counted 171 militant attacks in the Delta Province in 2024."]);
    const briefing = await news(since);
    const contradicted = briefing.sections.find(({ id }) => id === "contradicted");
    expect(contradicted?.disagreements?.[0]?.values.map(({ written }) => written).sort()).toEqual(["120", "171"]);
    expect(linesOf(briefing, "contradicted")).toHaveLength(2);
    expect(linesOf(briefing, "added")).toEqual([]);
  });

  it("names a report that was removed, and quotes nothing of it", async () => {
    const since = await baselineAfter();
    rmSync(join(folder, "corpus", "ministry.md"));
    const briefing = await news(since);
    expect(briefing.reports).toEqual([
      { kind: "removed", reportId: "ministry", title: "Report of Ministry of Harbours", published: "2025-01-10" },
    ]);
    expect(briefing.sections).toEqual([]);
  });

  it("of a subject is only what is about it", async () => {
    const since = await baselineAfter();
    write("radio", "Delta Radio", [
      "The River Front opened a school for recruits on Heron Island in August 2024, Delta Radio reported.",
      "The price of salted herring doubled at the market of Port Amber in September 2024.",
    ]);
    const about = await news(since, "RF");
    expect(about.subject).toBe("River Front");
    expect(linesOf(about, "added")).toEqual([
      "The River Front opened a school for recruits on Heron Island in August 2024, Delta Radio reported.",
    ]);
    write("fish", "Fish Gazette", ["Fewer herring than ever were landed at Port Amber in October 2024."]);
    const later = await news(await sitrep.baseline(), "RF");
    expect([later.sections, later.reports]).toEqual([[], []]);
  });

  it("leaves out reports that are marked too strictly", async () => {
    const limited = open({ MAX_MARKING: "TLP:GREEN" });
    try {
      await limited.ingest();
      const since = await limited.baseline();
      write("secret", "Delta Radio", ["The River Front hid its boats under the Heron Island pier in 2024."], "TLP:RED");
      await limited.ingest();
      const { briefing } = await limited.changes(since, null);
      expect([briefing.sections, briefing.reports]).toEqual([[], []]);
    } finally {
      await limited.close();
    }
  });

  it("of an index that was made anew is the same as before", async () => {
    const since = await baselineAfter();
    await sitrep.close();
    rmSync(join(folder, "data"), { recursive: true, force: true });
    sitrep = open();
    const briefing = await news(since);
    expect([briefing.sections, briefing.reports]).toEqual([[], []]);
  });
});
