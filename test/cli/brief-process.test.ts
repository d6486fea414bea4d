/** Briefings as people get them: a real process over reports of the starter corpus, whose texts the quotes are looked up in. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "cheerio";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BriefingJson } from "../../src/domain/briefing-json.ts";
import { type Folders, foldersWith, run } from "./processes.ts";

const CORPUS = join(import.meta.dirname, "../../corpus");
const REPORTS = [
  "balochistan-liberation-army",
  "picss-annual-2024",
  "global-terrorism-index-2025",
  "picss-january-2025",
];

let folders: Folders;
let json: BriefingJson;
beforeAll(async () => {
  const names = [...REPORTS.map((id) => `${id}.md`), "glossary.yaml"];
  folders = foldersWith(Object.fromEntries(names.map((name) => [name, readFileSync(join(CORPUS, name), "utf8")])));
  const first = await run(["brief", "Balochistan", "Liberation", "Army", "--format", "json"], folders);
  expect(`${first.code} ${first.stderr}`).toMatch(/^0 No index in .* yet: reading the reports/);
  json = JSON.parse(first.stdout) as BriefingJson;
}, 120_000);
afterAll(() => folders.remove());

test("every line and every cell that is quoted stands, character for character, in its report", () => {
  const quotes = json.sections.flatMap(({ lines, table }) => [
    ...lines.flatMap((line) => line.quotes),
    ...(table?.rows ?? []).flatMap((row) => [...row.quotes, ...row.cells.flatMap(({ quote }) => quote ?? [])]),
  ]);
  expect(quotes.length).toBeGreaterThan(10);
  expect(new Set(quotes.map(({ doc }) => doc)).size).toBeGreaterThan(1);
  for (const { text, doc, start, end } of quotes) {
    expect(text.length).toBe(end - start);
    expect(readFileSync(join(CORPUS, doc), "utf8")).toContain(text);
  }
  for (const { lines, table } of json.sections) expect(lines.length + (table?.rows.length ?? 0)).toBeGreaterThan(0);
});

test("Markdown and HTML show the same quotes, in files with their pictures", async () => {
  const subject = ["Balochistan", "Liberation", "Army"];
  const markdown = await run(["brief", ...subject, "--output", "bla.md"], folders);
  expect(`${markdown.code} ${markdown.stdout}`).toBe("0 ");
  const page = await run(["brief", ...subject, "--output", "bla.html"], folders);
  expect(page.code).toBe(0);
  const text = readFileSync(join(folders.root, "bla.md"), "utf8");
  const lines = json.sections.flatMap((section) => section.lines.flatMap((line) => line.quotes));
  const plain = text.replace(/^> ?/gm, "").replace(/\\([!-/:-@[-`{-~])/g, "$1");
  const $ = load(readFileSync(join(folders.root, "bla.html"), "utf8"));
  const shown = $("blockquote")
    .toArray()
    .map((each) => $(each).text());
  for (const quote of lines) {
    expect(plain).toContain(quote.text);
    expect(shown).toContain(quote.text);
  }
  const pictures = Array.from(text.matchAll(/^!\[.+\]\(<(.+)>\)$/gm), ([, name = ""]) => name);
  expect(pictures.length).toBe($("picture").length);
  for (const name of pictures) {
    expect(readFileSync(join(folders.root, name)).subarray(1, 4).toString()).toBe("PNG");
  }
  const again = await run(["brief", ...subject, "--output", "bla.md"], folders);
  expect([again.code, again.stdout]).toEqual([2, ""]);
  expect(again.stderr).toContain("bla.md is there already");
}, 60_000);

test("what no report speaks of is no briefing, and no fault", async () => {
  const { code, stdout } = await run(["brief", "harvest of tomatoes", "--format", "json"], folders);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ kind: "nothing", subject: "harvest of tomatoes", sections: [] });
}, 30_000);

test("--list names what can be asked for", async () => {
  const { code, stdout } = await run(["brief", "--list", "baloch"], folders);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Balochistan Liberation Army {2}name, \d+ passages$/m);
}, 30_000);
