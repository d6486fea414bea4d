import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import type { Filters } from "../src/domain/retrieval.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { HybridRetriever } from "../src/retrieve/langchain.ts";

const frontMatter = (id: string, more = "") => `---
id: ${id}
title: Report ${id}
publisher: Institute ${id}
published: 2025-02-03
kind: think-tank
reliability: B
marking: "TLP:${id === "secret" ? "RED" : "CLEAR"}"
sources:
  - key: s1
    title: A newspaper
${more}---

`;
const REPORTS: Record<string, string> = {
  "harbour.md": `${frontMatter("harbour")}## Piracy

The Harbour Institute counted 31 boardings in the Gulf of Guinea in 2024, a third fewer than in 2023.[^s1] Most boardings happened at night near Lagos.[^s1]

[^s1]: A newspaper
`,
  "border.md": `${frontMatter("border")}The Border Institute said that smugglers crossed the river at Narva 12 times in March 2025.[^s1]

[^s1]: A newspaper
`,
  "secret.md": `${frontMatter("secret")}The convoy leaves Tallinn on 4 May 2025.[^s1]

[^s1]: A newspaper
`,
  "notes/plain.txt": "The lighthouse at Sõrve was rebuilt in 1960 after the war.\n",
};

let folder: string;
let warnings: string[] = [];
const opened: Sitrep[] = [];

function sitrep(environment: Record<string, string> = {}): Sitrep {
  const config = loadConfig({ CORPUS_DIR: join(folder, "corpus"), DATA_DIR: join(folder, "data"), ...environment });
  const made = createSitrep(config, { warn: (message) => warnings.push(message) });
  opened.push(made);
  return made;
}

async function put(path: string, text: string): Promise<void> {
  const file = join(folder, "corpus", path);
  await mkdir(join(file, ".."), { recursive: true });
  await writeFile(file, text);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-app-"));
  for (const [path, text] of Object.entries(REPORTS)) await put(path, text);
});

afterAll(async () => {
  for (const each of opened) await each.close();
  await rm(folder, { recursive: true, force: true });
});

describe("Sitrep over a small corpus", () => {
  it("ingests what is there, and a second time embeds nothing", async () => {
    const app = sitrep();
    expect(app.hasIndex()).toBe(false);
    await expect(app.ask("How many boardings?")).rejects.toMatchObject({ code: "index-missing" });
    const first = await app.ingest();
    expect(first).toMatchObject({ reports: 4, unchanged: 0, refused: [], removed: [] });
    expect(first.embeddingsComputed).toBe(first.passages);
    expect(app.hasIndex()).toBe(true);
    expect(await app.ingest()).toMatchObject({
      added: [],
      changed: [],
      unchanged: 4,
      embeddingsComputed: 0,
      snapshot: first.snapshot,
    });
  });

  it("answers with slices of the canonical text, which for Markdown is the file's own", async () => {
    const app = sitrep();
    const { answer } = await app.ask("How many boardings were there in the Gulf of Guinea in 2024?");
    if (answer.kind !== "answer") throw new Error(answer.explanation);
    const quote = answer.claims[0]?.citations[0]?.quote;
    expect(quote?.text).toMatch(/^The Harbour Institute counted 31 boardings .* 2023\.$/);
    const text = await app.reportText("harbour");
    expect(text.slice(quote?.start, quote?.end)).toBe(quote?.text);
    expect(await readFile(join(folder, "corpus/harbour.md"), "utf8")).toContain(text.trim());
    expect(answer.claims[0]?.citations[0]?.footnotes).toEqual([
      { key: "s1", title: "A newspaper", url: null, date: null },
    ]);
  });

  it("takes a file without metadata, and says what it does not know", async () => {
    const { answer } = await sitrep().ask("When was the lighthouse at Sõrve rebuilt?");
    expect(answer).toMatchObject({
      kind: "answer",
      claims: [
        { citations: [{ path: "notes/plain.txt", source: { title: "plain", publisher: null, kind: "unknown" } }] },
      ],
    });
  });

  it("abstains on what no report holds", async () => {
    expect((await sitrep().ask("How many submarines does Estonia have?")).answer.kind).toBe("abstention");
  });

  it("keeps reports above the marking out of answers and lists, and no filter loosens that", async () => {
    const app = sitrep({ MAX_MARKING: "TLP:GREEN" });
    for (const filters of [{}, { maxMarking: "TLP:RED" as const }, { maxMarking: undefined }]) {
      const result = await app.ask("When does the convoy leave Tallinn?", { filters });
      expect(JSON.stringify(result)).not.toContain("convoy leaves");
      expect((await app.search("convoy Tallinn", { filters })).hits.map((hit) => hit.passage.reportId)).not.toContain(
        "secret",
      );
    }
    expect((await sitrep().ask("When does the convoy leave Tallinn?")).answer.kind).toBe("answer");
  });

  it("filters by source", async () => {
    const { hits } = await sitrep().search("institute", { filters: { sources: ["border"] } });
    expect([...new Set(hits.map((hit) => hit.passage.reportId))]).toEqual(["border"]);
  });

  it.each<Filters>([{ sources: ["nosuch"] }, { since: "2030" }, { sources: ["border"], kinds: ["un-report"] }])(
    "says that %j leaves no report",
    async (filters) => {
      const fault = {
        code: "bad-input",
        message: "No report matches the filters",
        hint: expect.stringContaining("filter"),
      };
      await expect(sitrep().search("institute", { filters })).rejects.toMatchObject(fault);
      await expect(sitrep().ask("How many boardings were there?", { filters })).rejects.toMatchObject(fault);
    },
  );

  it("tells nothing of a report above the marking, not even that a filter names it", async () => {
    const app = sitrep({ MAX_MARKING: "TLP:GREEN" });
    for (const name of ["secret", "nosuch"]) {
      await expect(app.search("convoy", { filters: { sources: [name] } })).rejects.toThrow(
        "No report matches the filters",
      );
    }
  });

  it("refuses a bad report by line, keeps its last good version, and takes the others", async () => {
    await put("border.md", REPORTS["border.md"]?.replace("published: 2025-02-03", "published: someday") ?? "");
    await put("new.md", `${frontMatter("new")}A new report about the port of Paldiski in 2025.[^s1]\n`);
    const app = sitrep();
    const summary = await app.ingest();
    expect(summary).toMatchObject({ added: ["new"], unchanged: 3, removed: [] });
    expect(summary.refused).toMatchObject([{ path: "border.md", problems: [{ line: 5, field: "published" }] }]);
    expect((await app.ask("How often did smugglers cross the river at Narva?")).answer.kind).toBe("answer");
  });

  it("refuses the second of two reports with one id", async () => {
    await put("copy.md", REPORTS["harbour.md"] ?? "");
    const summary = await sitrep().ingest();
    expect(summary.refused.map(({ path }) => path).sort()).toEqual(["border.md", "copy.md"]);
    await rm(join(folder, "corpus/copy.md"));
    await put("border.md", REPORTS["border.md"] ?? "");
  });

  it("forgets a deleted report at once, and embeds only what changed", async () => {
    await rm(join(folder, "corpus/new.md"));
    await put("harbour.md", REPORTS["harbour.md"]?.replace("near Lagos", "near Lomé") ?? "");
    const app = sitrep();
    const summary = await app.ingest();
    expect(summary.removed).toEqual(["new"]);
    expect(summary.changed).toContain("harbour");
    expect(summary.embeddingsComputed).toBeLessThanOrEqual(1);
    const { retrieved } = await app.ask("What does the new report say about the port of Paldiski?");
    expect(retrieved.map((hit) => hit.passage.reportId)).not.toContain("new");
  });

  it("serves a LangChain chain", async () => {
    const app = sitrep();
    const retriever = new HybridRetriever({ find: async (words) => (await app.search(words)).hits });
    const [document] = await retriever.invoke("boardings Gulf of Guinea");
    expect(document?.metadata).toMatchObject({ report: "harbour", reliability: "B", path: "harbour.md" });
  });

  it.each([
    ["", "bad-input"],
    ["   \n ", "bad-input"],
    ["x".repeat(2001), "bad-input"],
    ["bell\u0007", "bad-input"],
  ])("refuses %j", async (question, code) => {
    await expect(sitrep().ask(question)).rejects.toMatchObject({ code });
  });

  it("says so when the folder holds no report", async () => {
    await mkdir(join(folder, "empty"), { recursive: true });
    await expect(sitrep({ CORPUS_DIR: join(folder, "empty") }).ingest()).rejects.toMatchObject({ code: "bad-corpus" });
    await expect(sitrep({ CORPUS_DIR: join(folder, "nowhere") }).ingest()).rejects.toMatchObject({
      code: "bad-corpus",
    });
    const file = join(folder, "corpus/harbour.md");
    await expect(sitrep({ CORPUS_DIR: file }).ingest()).rejects.toMatchObject({
      code: "bad-corpus",
      message: `${file} is not a folder`,
    });
  });

  it("warned of nothing but what it should", () => {
    expect(warnings.filter((warning) => !warning.includes("glossary"))).toEqual([]);
    warnings = [];
  });
});
