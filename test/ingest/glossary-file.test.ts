import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { keepGlossary, loadGlossary } from "../../src/ingest/glossary-file.ts";

const ENTRY = { name: "Northern Front", aliases: ["NF"], kind: "armed-group", gloss: "A group.", ambiguous: ["NF"] };
const YAML = `entries:
  - name: Northern Front
    aliases: [NF]
    kind: armed-group
    gloss: A group.
    ambiguous: [NF]
`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sitrep-glossary-"));
  file = join(folder, "glossary.yaml");
  writeFileSync(file, YAML);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = (...paths: string[]) => loadGlossary(paths.length === 0 ? [file] : paths, folder);
const kept = () => join(folder, "glossary.json");

describe("loadGlossary", () => {
  it("takes the first file that exists, and gives an empty glossary without one", async () => {
    expect((await load(join(folder, "none.yaml"), file)).glossary.entries).toEqual([ENTRY]);
    expect(await load(join(folder, "none.yaml"))).toMatchObject({ fingerprint: "none", glossary: { entries: [] } });
  });

  it.each([
    ["entries: [", /glossary\.yaml is not valid YAML/],
    ["entries:\n  - name: A\n", /glossary\.yaml: entries\.0\.kind: /],
    ["entries:\n  - { name: A, kind: x }\n  - { name: a, kind: x }\n", /glossary\.yaml: .* two entries named "a"/],
  ])("refuses %j", async (text, message) => {
    writeFileSync(file, text);
    await expect(load()).rejects.toMatchObject({
      code: "bad-corpus",
      message: expect.stringMatching(message),
      hint: expect.stringContaining("Mend the glossary"),
    });
  });

  it("passes over a glossary in what is no folder, and refuses one that is itself a folder", async () => {
    expect((await load(join(file, "glossary.yaml"))).fingerprint).toBe("none");
    await expect(load(folder)).rejects.toMatchObject({
      code: "bad-corpus",
      message: `The glossary ${folder} cannot be read: it is a folder`,
      hint: expect.stringContaining("Mend the glossary"),
    });
  });
});

describe("the date of an event", () => {
  const withDate = (date: string, kind = "event") =>
    writeFileSync(file, `entries:\n  - { name: The Fall, kind: ${kind}, date: ${date} }\n`);

  it.each([
    ["2021-08-15", "2021-08-15"],
    ["2021-08", "2021-08"],
    ["2021", "2021"],
    ['"2021"', "2021"],
  ])("is read from %s, and kept", async (written, date) => {
    withDate(written);
    const loaded = await load();
    expect(loaded.glossary.entries[0]?.date).toBe(date);
    await keepGlossary(loaded, folder);
    expect((await load()).glossary.entries[0]?.date).toBe(date);
  });

  it.each([
    ["2021-02-30", "event", /entries\.0\.date: not a date/],
    ["summer", "event", /entries\.0\.date: not a date/],
    ["2021", "place", /entries\.0\.date: only an entry of the kind "event"/],
  ])("is refused when it is %s of a %s", async (date, kind, message) => {
    withDate(date, kind);
    await expect(load()).rejects.toMatchObject({ code: "bad-corpus", message: expect.stringMatching(message) });
  });
});

describe("a glossary that is kept", () => {
  it("is the same, with the same fingerprint", async () => {
    const parsed = await load();
    await keepGlossary(parsed, folder);
    const { glossary, fingerprint } = await load();
    expect(fingerprint).toBe(parsed.fingerprint);
    expect(glossary.entries).toEqual(parsed.glossary.entries);
    expect(readdirSync(folder).sort()).toEqual(["glossary.json", "glossary.yaml"]);
  });

  it("is used in place of the file as long as the file is the same", async () => {
    await keepGlossary(await load(), folder);
    writeFileSync(kept(), readFileSync(kept(), "utf8").replace("A group.", "From what was kept."));
    expect((await load()).glossary.entries[0]?.gloss).toBe("From what was kept.");
    writeFileSync(file, YAML.replace("A group.", "Another."));
    expect((await load()).glossary.entries[0]?.gloss).toBe("Another.");
  });

  it.each(["", "{", "null", "[]", '{"entries":[]}'])("is passed over when it is %j", async (text) => {
    writeFileSync(kept(), text);
    expect((await load()).glossary.entries).toEqual([ENTRY]);
  });

  it("is not left half written", async () => {
    await expect(keepGlossary(await load(), join(folder, "nowhere"))).rejects.toThrow("ENOENT");
  });
});
