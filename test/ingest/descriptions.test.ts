import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, describe as group, it } from "vitest";
import { descriptionsOf, type WrittenAbout } from "../../src/ingest/descriptions.ts";
import { corpusFiles } from "../../src/ingest/files.ts";
import { describe } from "../../src/ingest/metadata.ts";
import { temporaryFolder } from "../index/samples.ts";

/** A corpus of these files, and what is written about a report of it. */
function corpusOf(files: Readonly<Record<string, string>>) {
  const corpus = temporaryFolder();
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(corpus, path)), { recursive: true });
    writeFileSync(join(corpus, path), text);
  };
  for (const [path, text] of Object.entries(files)) put(path, text);
  const all = async () => descriptionsOf(corpus, await corpusFiles(corpus));
  const about = async (path: string) => (await all()).about(path);
  return { corpus, put, about, warnings: async () => (await all()).warnings };
}

/** The source that comes of it, or what is wrong: "file:line field: reason". */
function sourceOf(about: WrittenAbout, facts: Parameters<typeof describe>[1] = {}) {
  const described = about.ok ? describe(about.written, facts) : about;
  if (described.ok) return described.source;
  return described.problems.map(({ file, line, field, reason }) => `${file}:${line} ${field}: ${reason}`);
}

const FIELDS = `title: A title
publisher: A publisher
published: 2025-02-03
kind: news
reliability: B
marking: "TLP:CLEAR"
`;

group("a sidecar", () => {
  it("says where a report comes from", async () => {
    const { about } = corpusOf({ "un/a.pdf": "", "un/a.pdf.yaml": `id: un-a\n${FIELDS}` });
    const found = await about("un/a.pdf");
    expect(sourceOf(found)).toMatchObject({ title: "A title", published: "2025-02-03", reliability: "B", derived: [] });
    expect(found).toMatchObject({ ok: true, written: [{ place: "un/a.pdf.yaml", fields: { id: "un-a" } }] });
  });

  it("goes before what the document says of itself, field by field", async () => {
    const { about } = corpusOf({ "a.pdf": "", "a.pdf.yaml": FIELDS.replace("title: A title\n", "") });
    const facts = { title: "Its own title", publisher: "Its own publisher", author: "Its author" };
    expect(sourceOf(await about("a.pdf"), facts)).toMatchObject({
      title: "Its own title",
      publisher: "A publisher",
      author: "Its author",
      derived: ["title", "author"],
    });
  });

  it("that is wrong is named with its lines", async () => {
    const { about } = corpusOf({
      "a.pdf": "",
      "a.pdf.yaml": `${FIELDS.replace("2025-02-03", "soon")}sources:\n  - key: s1\n    titel: x\n`,
      "b.pdf": "",
      "b.pdf.yaml": "title: [\n",
      "c.pdf": "",
      "c.pdf.yaml": "just words\n",
      "d.pdf": "",
      "d.pdf.yaml": "",
    });
    expect(sourceOf(await about("a.pdf"))).toEqual([
      expect.stringMatching(/^a\.pdf\.yaml:3 published: must be a date/),
      expect.stringMatching(/^a\.pdf\.yaml:8 sources\[1\]\.title: /),
      expect.stringMatching(/^a\.pdf\.yaml:9 sources\[1\]\.titel: .*did you mean "title"/),
    ]);
    expect(sourceOf(await about("b.pdf"))).toEqual([expect.stringMatching(/^b\.pdf\.yaml:\d+ : not valid YAML/)]);
    expect(sourceOf(await about("c.pdf"))).toEqual([expect.stringMatching(/^c\.pdf\.yaml:1 : not valid YAML/)]);
    expect(sourceOf(await about("d.pdf"))).toEqual([expect.stringMatching(/^d\.pdf\.yaml:1 : not valid YAML/)]);
  });

  it("that cannot be read keeps its report out, and nobody else's", async () => {
    const { corpus, about } = corpusOf({ "a.pdf": "", "a.pdf.yaml": FIELDS, "b.pdf": "", "b.pdf.yaml": FIELDS });
    const files = await corpusFiles(corpus);
    const descriptions = await descriptionsOf(corpus, files);
    rmSync(join(corpus, "a.pdf.yaml"));
    symlinkSync("/etc/hostname", join(corpus, "a.pdf.yaml"));
    expect(sourceOf(await descriptions.about("a.pdf"))).toEqual([
      "a.pdf.yaml:1 : is a symbolic link, which is not followed",
    ]);
    expect((await descriptions.about("b.pdf")).ok).toBe(true);
    writeFileSync(join(corpus, "b.pdf.yaml"), `${FIELDS}# ${"x".repeat(300 * 1024)}\n`);
    expect(sourceOf(await about("b.pdf"))).toEqual([expect.stringMatching(/^b\.pdf\.yaml:1 : is larger than 128 KiB/)]);
  });
});

group("the manifest", () => {
  const MANIFEST = `defaults:
  publisher: Everybody's publisher
  kind: news
  reliability: C
  marking: "TLP:GREEN"
  published: 2024
reports:
  a.pdf:
    title: A from the manifest
    published: 2025-02-03
  un/b.md:
    title: B from the manifest
    reliability: A
`;

  it("has fields for each report, and defaults for those that it names", async () => {
    const { about, warnings } = corpusOf({ "a.pdf": "", "un/b.md": "", "c.txt": "", "manifest.yaml": MANIFEST });
    expect(sourceOf(await about("a.pdf"))).toMatchObject({
      title: "A from the manifest",
      published: "2025-02-03",
      publisher: "Everybody's publisher",
      reliability: "C",
    });
    expect(sourceOf(await about("un/b.md"))).toMatchObject({ published: "2024", reliability: "A" });
    expect(await about("c.txt")).toMatchObject({ ok: true, written: [] });
    expect(await warnings()).toEqual([]);
  });

  it("comes after the sidecar, field by field; its defaults come last", async () => {
    const { about } = corpusOf({
      "a.pdf": "",
      "a.pdf.yaml": "title: A from beside it\nreliability: ~\nkind: government\n",
      "manifest.yaml": MANIFEST,
    });
    expect(sourceOf(await about("a.pdf"), { title: "Its own", author: "Its author" })).toMatchObject({
      title: "A from beside it",
      published: "2025-02-03",
      kind: "government",
      reliability: "C",
      author: "Its author",
      derived: ["author"],
    });
  });

  it("counts as changed for a report exactly when what it says of that report changes", async () => {
    const { put, about } = corpusOf({ "a.pdf": "", "un/b.md": "", "manifest.yaml": MANIFEST });
    const sums = async () =>
      Promise.all(
        ["a.pdf", "un/b.md"].map(async (path) => {
          const found = await about(path);
          return found.ok ? found.sha256 : null;
        }),
      );
    const [a, b] = await sums();
    put("manifest.yaml", `# a remark\n${MANIFEST.replace("A from", "Another A from")}`);
    const [changed, same] = await sums();
    expect([changed === a, same === b]).toEqual([false, true]);
    put("manifest.yaml", MANIFEST.replace("GREEN", "RED"));
    const both = await sums();
    expect([both[0] === a, both[1] === b]).toEqual([false, false]);
  });

  it("names the line of each wrong field, of the entry and of the defaults", async () => {
    const { about } = corpusOf({
      "a.pdf": "",
      "un/b.md": "",
      "manifest.yaml": MANIFEST.replace("kind: news", "kind: gossip").replace("reliability: A", "reliability: Z"),
    });
    expect(sourceOf(await about("a.pdf"))).toEqual([expect.stringMatching(/^manifest\.yaml:3 kind: /)]);
    expect(sourceOf(await about("un/b.md"))).toEqual([
      expect.stringMatching(/^manifest\.yaml:3 kind: /),
      expect.stringMatching(/^manifest\.yaml:13 reliability: /),
    ]);
  });

  it("with an entry that is no entry: only that report is kept out", async () => {
    const { about } = corpusOf({
      "a.pdf": "",
      "un/b.md": "",
      "manifest.yaml": MANIFEST.replace(/ {2}un\/b\.md:[\s\S]*/, "  un/b.md: B\n"),
    });
    expect((await about("a.pdf")).ok).toBe(true);
    expect(sourceOf(await about("un/b.md"))).toEqual(["manifest.yaml:11 un/b.md: must be fields such as `title: ...`"]);
  });

  it.each([
    ["reports: [\n", /^manifest\.yaml:\d+ : not valid YAML/],
    ["words\n", /^manifest\.yaml:1 : not valid YAML/],
    ["reports:\n  - a.pdf\n", /^manifest\.yaml:1 reports: expected/],
    ["defaults: x\nreports: {}\n", /^manifest\.yaml:1 defaults: must be fields/],
    ["reports: {}\nreport: {}\n", /^manifest\.yaml:2 report: is not a known field/],
    ["defaults: {}\n", /^manifest\.yaml:\d+ reports: expected/],
    ["reports:\n  a.pdf: {}\n  a.pdf: {}\n", /^manifest\.yaml:\d+ : not valid YAML/],
  ])("that cannot be used (%j) concerns only reports that nothing else is written about", async (manifest, problem) => {
    const { about } = corpusOf({ "a.pdf": "", "b.pdf": "", "b.pdf.yaml": FIELDS, "manifest.yaml": manifest });
    expect(sourceOf(await about("a.pdf"))).toEqual([expect.stringMatching(problem)]);
    expect(sourceOf(await about("b.pdf"))).toMatchObject({ title: "A title" });
  });

  it("of ten thousand reports is read in good time, and a broken one does not name every fault", async () => {
    const entries = (name: (at: number) => string) =>
      `reports:\n${Array.from({ length: 10_000 }, (_, at) => `  ${name(at)}:\n    title: T\n`).join("")}`;
    const { put, about } = corpusOf({
      "a.pdf": "",
      "manifest.yaml": entries((at) => (at === 9_999 ? "a.pdf" : `${at}`)),
    });
    const began = performance.now();
    expect(await about("a.pdf")).toMatchObject({ ok: true, written: [{ fields: { title: "T" }, line: 20_000 }] });
    // Comparing each key with all before it took ten times as long.
    expect(performance.now() - began).toBeLessThan(5000);
    put(
      "manifest.yaml",
      entries(() => "a.pdf"),
    );
    const problems = sourceOf(await about("a.pdf"));
    expect(problems).toHaveLength(10);
    expect(problems).toContain("manifest.yaml:4 : not valid YAML: Map keys must be unique");
  });

  it("tells of entries that name no report, whatever they are called", async () => {
    const { about, warnings } = corpusOf({
      "a.pdf": "",
      "manifest.yaml": `${MANIFEST}  __proto__:\n    title: x\n  ../outside.md:\n    title: y\n`,
    });
    expect((await warnings()).map((warning) => warning.replace(/^.*no report /, "")).sort()).toEqual(
      expect.arrayContaining(["../outside.md", "un/b.md"]),
    );
    expect((await about("a.pdf")).ok).toBe(true);
  });
});
