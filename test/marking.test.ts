/** What stands only in reports above MAX_MARKING is as if it stood nowhere. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSitrep, type SitrepOptions } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { SitrepError } from "../src/domain/errors.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { markedReport as report } from "./helpers/sources.ts";

const FILES: Readonly<Record<string, string>> = {
  "glossary.yaml": `entries:
  - name: Sea Falcons
    aliases: [Falkenbund]
    kind: armed-group
    gloss: A group of pirates.
  - name: Night Herons
    aliases: [Reiherbund]
    kind: armed-group
    gloss: A group of smugglers.
`,
  "open.md": report(
    "open",
    "TLP:GREEN",
    "The Harbour Institute counted 31 boardings near Lagos in 2024. The Sea Falcons carried out most boardings.",
  ),
  "secret.md": report(
    "secret",
    "TLP:RED",
    "The convoy Zarkhandora leaves Lagos at dawn. The Night Herons wait for Zarkhandora. Boardings were planned.",
  ),
};

const folder = mkdtempSync(join(tmpdir(), "sitrep-marking-"));
const opened: Sitrep[] = [];

function sitrep(environment: Record<string, string>, options: Partial<SitrepOptions> = {}): Sitrep {
  const folders = { CORPUS_DIR: join(folder, "corpus"), DATA_DIR: join(folder, "data") };
  const made = createSitrep(loadConfig({ ...folders, ...environment }), { warn: () => {}, ...options });
  opened.push(made);
  return made;
}

let all: Sitrep;
let limited: Sitrep;

beforeAll(async () => {
  mkdirSync(join(folder, "corpus"));
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(folder, "corpus", path), text);
  all = sitrep({ MAX_MARKING: "TLP:RED" });
  limited = sitrep({ MAX_MARKING: "TLP:GREEN" });
  await all.ingest();
});

afterAll(async () => {
  for (const each of opened) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("words of a report above the marking", () => {
  it.each(["What is Zarkhandor?", "What is Zarkhadnora?"])("correct no spelling: %s", async (question) => {
    expect((await all.ask(question)).question.expansions.join()).toMatch(/zarkhandora/i);
    const result = await limited.ask(question);
    expect(result.question.expansions).toEqual([]);
    expect(result.answer.kind).toBe("abstention");
    expect(JSON.stringify([result, await limited.search(question)])).not.toMatch(/zarkhandora/i);
  });

  it("are not known when they are typed as they are written: the outcome is that of a word of no report", async () => {
    // What a person typed is told back to them, and has a meaning of its own; but for that the two have to be the same.
    const outcome = async (word: string) => {
      const { milliseconds: _, ...asked } = await limited.ask(`What is ${word}?`);
      const retrieved = asked.retrieved.map((hit) => ({ ...hit, denseScore: null }));
      const checked = await limited.check(`The convoy ${word} leaves Lagos at dawn.`);
      return JSON.stringify([{ ...asked, retrieved }, checked.statements, await limited.suggest(`What is ${word}?`, 3)])
        .replaceAll(new RegExp(word, "gi"), "X")
        .replace(/"score":[\d.]+/g, '"score":0');
    };
    expect(await outcome("Zarkhandora")).toBe(await outcome("Qarkhandoru"));
  });

  it("make no name of the glossary known", async () => {
    expect((await all.ask("Who are the Reiherbund?")).question.expansions).toEqual(["Reiherbund -> Night Herons"]);
    expect((await limited.ask("Who are the Reiherbund?")).question.expansions).toEqual([]);
    expect((await limited.ask("Who are the Falkenbund?")).question.expansions).toEqual(["Falkenbund -> Sea Falcons"]);
    expect((await limited.names()).map(({ name, passages }) => [name, passages])).toEqual([["Sea Falcons", 1]]);
  });

  it("leave the words of other reports to correct spelling by", async () => {
    const { question } = await limited.ask("What did the Harbour Institvte count?");
    expect(question.expansions).toEqual([expect.stringMatching(/^Institvte -> institut/)]);
  });
});

describe("a report above the marking", () => {
  it("is in no list and cannot be read by its id, as if it were not there", async () => {
    expect((await limited.reports()).map(({ id }) => id)).toEqual(["open"]);
    expect((await limited.report("open")).source.title).toBe("Title of open");
    expect(await limited.reportText("open")).toContain("31 boardings");
    for (const call of ["report", "reportText"] as const) {
      const fault = async (id: string) => {
        const error: unknown = await limited[call](id).catch((error: unknown) => error);
        return error instanceof SitrepError ? [error.code, error.message.replace(id, "ID"), error.hint] : error;
      };
      expect(await fault("secret")).toEqual(await fault("nothing"));
      expect(await fault("secret")).toContain("bad-input");
    }
  });

  it("is counted, but not as one that can be used", async () => {
    expect(await limited.status()).toMatchObject({ reports: 2, usableReports: 1 });
    expect(await all.status()).toMatchObject({ reports: 2, usableReports: 2 });
  });

  it("is listed and shown to those who keep the corpus, and in no answer of theirs either", async () => {
    const keeper = sitrep({ MAX_MARKING: "TLP:GREEN" }, { listsAll: true });
    expect((await keeper.reports()).map(({ id }) => id).sort()).toEqual(["open", "secret"]);
    expect((await keeper.report("secret")).source.marking).toBe("TLP:RED");
    expect(await keeper.reportText("secret")).toContain("Zarkhandora");
    expect(await keeper.status()).toMatchObject({ reports: 2, usableReports: 1 });
    expect(JSON.stringify(await keeper.search("convoy at dawn"))).not.toContain("Zarkhandora");
  });
});
