/** Messages checked against the starter reports, as a member of a chat does it. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { sentenceSpans } from "../src/text/sentences.ts";

let folder: string;
let sitrep: Sitrep;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-checking-"));
  const config = loadConfig({ CORPUS_DIR: join(import.meta.dirname, "../corpus"), DATA_DIR: join(folder, "data") });
  sitrep = createSitrep(config, { warn: (message) => expect.fail(message) });
  await sitrep.ingest();
}, 120_000);

afterAll(async () => {
  await sitrep.close();
  await rm(folder, { recursive: true, force: true });
});

/** Of the sentences of the starter reports every so-and-so-many-th is tried. */
const EVERY = 8;

const MESSAGE = `Hi all, what I read 👇
> **PICSS** counted **905** militant attacks in Pakistan in 2024.
- CRSS counted 950 attacks in Pakistan in 2024
- the BLA bought a submarine in 2025
Is that right? Please check <@123456789012345678>`;

describe("a message checked against the starter reports", () => {
  it("gets a verdict for each of its statements, with quotes that are in their reports", async () => {
    const { statements, omitted, milliseconds } = await sitrep.check(MESSAGE);
    expect(statements.map(({ text, verdict }) => [text, verdict])).toEqual([
      ["**PICSS** counted **905** militant attacks in Pakistan in 2024.", "supported"],
      ["CRSS counted 950 attacks in Pakistan in 2024", "contradicted"],
      ["the BLA bought a submarine in 2025", "not-found"],
    ]);
    expect(omitted).toBe(0);
    expect(milliseconds).toBeGreaterThan(0);
    expect(statements[1]?.differences).toEqual([{ claimed: "950", reported: "909" }]);
    for (const { start, end, text } of statements) expect(MESSAGE.slice(start, end)).toBe(text);
    const citations = statements.flatMap((statement) => statement.citations);
    expect(citations.map(({ number }) => number)).toEqual(citations.map((_, index) => index + 1));
    for (const { quote } of citations) {
      expect((await sitrep.reportText(quote.reportId)).slice(quote.start, quote.end)).toBe(quote.text);
    }
  });

  it("checks ten statements, in under a second, and counts the others", async () => {
    const lines = Array.from({ length: 14 }, (_, index) => `PICSS counted ${index + 70} attacks in January 2025.`);
    await sitrep.check(MESSAGE);
    const { statements, omitted, milliseconds } = await sitrep.check(lines.join("\n"));
    expect(statements).toHaveLength(10);
    expect(omitted).toBe(4);
    // A second on two cores that do nothing else; test machines do.
    expect(milliseconds).toBeLessThan(5000);
    expect(statements[4]).toMatchObject({ text: "PICSS counted 74 attacks in January 2025.", verdict: "supported" });
    expect(statements[9]).toMatchObject({ verdict: "contradicted" });
  });

  it("supports what stands in a report word for word, and nothing of it with another year or figure", async () => {
    const bodies = await Promise.all((await sitrep.reports()).map(({ id }) => sitrep.reportText(id)));
    const sentences = bodies
      .flatMap((body) => body.replace(/^---[\s\S]*?\n---\n/, "").split("\n"))
      .filter((line) => line.trim() !== "" && !/^(?:#|\[\^)/.test(line))
      .map((line) => line.replace(/\[\^[\w-]+\]/g, ""))
      .flatMap((line) => sentenceSpans(line, 0, line.length).map(({ start, end }) => line.slice(start, end)))
      .filter((_, index) => index % EVERY === 0);
    expect(sentences.length).toBeGreaterThan(40);
    const verdictsOf = async (text: string) => (await sitrep.check(text)).statements.map(({ verdict }) => verdict);
    const lost: string[] = [];
    const wrong: string[] = [];
    for (const sentence of sentences) {
      const verdicts = await verdictsOf(sentence);
      // A sentence of several clauses is several statements, and a change may be in one of them only.
      if (verdicts.length !== 1) continue;
      if (verdicts[0] !== "supported") lost.push(sentence);
      const year = /\b20[012]\d\b/.exec(sentence)?.[0];
      const figure = /(?<![\w,./-])\d[\d,]*(?:\.\d+)?%? (?!\p{Lu}\p{Ll}+ \d{4})(?=\p{Ll})/u.exec(sentence)?.[0];
      const changed = [
        ...(year === undefined ? [] : [sentence.replaceAll(year, String(Number(year) - 3))]),
        ...(figure === undefined
          ? []
          : [
              sentence.replaceAll(
                figure,
                figure.replace(/\d/g, (digit) => `${(Number(digit) % 8) + 1}`),
              ),
            ]),
      ];
      for (const text of changed) if ((await verdictsOf(text)).includes("supported")) wrong.push(text);
    }
    expect(wrong).toEqual([]);
    expect(lost).toEqual([]);
  }, 60_000);

  it("uses the reports of the filters only", async () => {
    const filters = { sources: ["isil-k-profile"] };
    const { statements } = await sitrep.check("PICSS counted 905 militant attacks in Pakistan in 2024.", { filters });
    expect(statements).toMatchObject([{ verdict: "not-found", citations: [] }]);
    const nothing = sitrep.check("PICSS counted 905 attacks in 2024.", { filters: { sources: ["nosuch"] } });
    await expect(nothing).rejects.toMatchObject({ code: "bad-input", message: "No report matches the filters" });
  });

  it.each(["", " \n ", "x".repeat(4001)])("refuses %j", async (text) => {
    await expect(sitrep.check(text)).rejects.toMatchObject({ code: "bad-input" });
  });

  it("finds no statement in what asserts nothing, and takes any characters", async () => {
    expect(await sitrep.check("Thanks!\u0007 \ud800")).toMatchObject({ statements: [], omitted: 0 });
  });

  it("can be cancelled", async () => {
    await expect(sitrep.check(MESSAGE, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
  });
});
