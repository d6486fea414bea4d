/** What moderators do to a corpus of real files: each change whole, undone, and never without the writer's lock. */

import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { open, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import { takeWriterLock } from "../src/index/writer-lock.ts";
import { temporaryFolder } from "./index/samples.ts";

const SIDECAR = `# Checked by hand, 3 May.
title: The harbour
publisher: Harbour Board
kind: news
reliability: C # fairly
marking: "TLP:GREEN"
`;
const DATED = `${SIDECAR}published: 2024-05\nperiod: { from: 2023, to: 2024 }\n`;
const OLD = "<h1>Harbour</h1><p>Thirty boats were counted in the harbour.</p>";
const NEW =
  '<meta property="article:published_time" content="2025-06-01"><h1>Harbour</h1><p>Forty boats were counted in the harbour.</p>';
const OF_THE_OLD = { title: "The harbour", publisher: "Harbour Board", kind: "news", marking: "TLP:GREEN" };

function frontMatter(id: string): string {
  return `---\nid: ${id}\ntitle: Report ${id}\npublisher: P\npublished: 2025\nkind: news\nreliability: C\nmarking: TLP:CLEAR\n---\n\n`;
}

/** A Sitrep over these files, all of them ingested. */
async function sitrepOf(files: Readonly<Record<string, string>>) {
  const root = temporaryFolder();
  const [corpus, data] = [join(root, "corpus"), join(root, "data")];
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(corpus, path)), { recursive: true });
    writeFileSync(join(corpus, path), text);
  };
  for (const [path, text] of Object.entries(files)) put(path, text);
  const outside = (name: string, text: string) => {
    writeFileSync(join(root, name), text);
    return join(root, name);
  };
  const config = loadConfig({ CORPUS_DIR: corpus, DATA_DIR: data });
  const app = createSitrep(config, { warn: () => undefined });
  onTestFinished(() => app.close());
  await app.ingest();
  /** All that is in the corpus, without what was removed. */
  const all = () => {
    const paths = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter(
      (path) => !path.startsWith(".removed") && statSync(join(corpus, path)).isFile(),
    );
    return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(corpus, path), "utf8")]));
  };
  const ids = async () => Object.fromEntries((await app.reports()).map(({ id, path }) => [id, path]));
  return { app, root, corpus, data, put, outside, all, ids };
}

describe("replacing a report", () => {
  it("keeps the old pair, which comes back byte for byte once the new one is removed", async () => {
    const { app, outside, all } = await sitrepOf({ "r.html": OLD, "r.html.yaml": DATED });
    const draft = await app.draft(outside("new.html", NEW), { as: "r.html", replace: true });
    expect(draft.candidate).toMatchObject({ id: "r", replaces: "r.html", source: OF_THE_OLD });
    expect(await draft.add({ published: "2025-06" })).toMatchObject({ changed: ["r"], refused: [] });
    draft.close();
    expect(all()["r.html"]).toBe(NEW);
    expect(all()["r.html.yaml"]).toMatch(/published: 2025-06/);
    expect((await app.report("r")).source).toMatchObject({ ...OF_THE_OLD, published: "2025-06", period: null });
    const [old] = await app.removed();
    expect(old).toMatchObject({ id: "r", path: "r.html", title: "The harbour" });
    const removedAt = old?.removedAt ?? "";
    await expect(app.restore("r")).rejects.toMatchObject({
      code: "bad-input",
      message: "r.html is there already, so r cannot be put back in its place",
      hint: expect.stringContaining(`restore r --removed ${removedAt}`),
    });
    await pause(5);
    await app.remove("r");
    await app.restore("r", { removedAt });
    expect(all()).toEqual({ "r.html": OLD, "r.html.yaml": DATED });
    expect((await app.report("r")).source).toMatchObject({
      published: "2024-05",
      period: { from: "2023", to: "2024" },
    });
  });

  it("copies a sidecar in which nothing changes, comments and all", async () => {
    const own = (text: string) =>
      `<meta property="article:published_time" content="2025-06-01"><h1>H</h1><p>${text} in the harbour.</p>`;
    const { app, outside, all } = await sitrepOf({ "r.html": own("Thirty boats"), "r.html.yaml": SIDECAR });
    const draft = await app.draft(outside("new.html", own("Forty boats")), { as: "r.html", replace: true });
    expect(draft.dateToGive).toBeNull();
    expect(await draft.add({})).toMatchObject({ changed: ["r"] });
    draft.close();
    expect(all()).toEqual({ "r.html": own("Forty boats"), "r.html.yaml": SIDECAR });
  });

  it("asks for the new date, offers that of the new document, and says what it drops", async () => {
    const { app, outside } = await sitrepOf({ "r.html": OLD, "r.html.yaml": DATED });
    const draft = await app.draft(outside("new.html", NEW), { as: "r.html", replace: true });
    expect(draft.dateToGive).toMatchObject({ suggestion: "2025-06-01" });
    expect(await draft.check({})).toMatchObject({ ok: false, refusal: { problems: [{ field: "published" }] } });
    await expect(draft.add({})).rejects.toMatchObject({ code: "bad-input" });
    const checked = await draft.check({ published: "2025" });
    expect(checked).toMatchObject({ ok: true, candidate: { source: { published: "2025", period: null } } });
    expect(checked.ok && checked.candidate.warnings).toEqual([
      "r.html.yaml: the period of the file that is replaced is dropped (2023 to 2024)",
    ]);
    const given = await draft.check({ published: "2025", periodFrom: "2025" });
    expect(given.ok && given.candidate).toMatchObject({
      source: { period: { from: "2025", to: "2025" } },
      warnings: [],
    });
    draft.close();
  });

  it("passes between its writes through an absent report only, and a fault there puts all back", async () => {
    const { app, outside, all, corpus } = await sitrepOf({ "r.html": OLD, "r.html.yaml": DATED });
    // The document cannot be written before somebody reads from this pipe.
    const pipe = join(corpus, `.r.html.${process.pid}.tmp`);
    execFileSync("mkfifo", [pipe]);
    const draft = await app.draft(outside("new.html", NEW), { as: "r.html", replace: true });
    const adding = draft.add({ published: "2025-06" });
    const ended = expect(adding).rejects.toThrow();
    // The old document goes first and its sidecar after it, so the new sidecar is known by what it says.
    const isNewSidecar = () => readFile(join(corpus, "r.html.yaml"), "utf8").then((text) => text.includes("2025-06"));
    while (!(await isNewSidecar().catch(() => false))) await pause(10);
    expect(existsSync(join(corpus, "r.html"))).toBe(false);
    const [kept = ""] = readdirSync(join(corpus, ".removed"));
    expect(readFileSync(join(corpus, ".removed", kept, "r.html"), "utf8")).toBe(OLD);
    expect(readFileSync(join(corpus, ".removed", kept, "r.html.yaml"), "utf8")).toBe(DATED);
    const reader = await open(pipe, "r");
    await ended;
    await reader.close();
    draft.close();
    expect(all()).toEqual({ "r.html": OLD, "r.html.yaml": DATED });
    expect(await app.removed()).toEqual([]);
  });

  it("that was broken off and is begun again does not take the old dates for those of the new one", async () => {
    const { app, corpus, outside, all } = await sitrepOf({ "r.html": OLD, "r.html.yaml": DATED });
    await app.remove("r");
    writeFileSync(join(corpus, "r.html.yaml"), DATED);
    const draft = await app.draft(outside("new.html", NEW), { as: "r.html", replace: true });
    expect(draft.dateToGive).toMatchObject({ suggestion: "2025-06-01" });
    await draft.add({ published: "2025-06" });
    draft.close();
    expect(all()["r.html.yaml"]).not.toMatch(/2024|period/);
  });

  it("that is refused leaves the old pair as it was", async () => {
    const { app, outside, all } = await sitrepOf({ "r.html": OLD, "r.html.yaml": DATED });
    const draft = await app.draft(outside("new.html", NEW), { as: "r.html", replace: true });
    expect((await draft.add({ published: "someday" })).refused).toMatchObject([{ path: "r.html" }]);
    draft.close();
    expect(all()).toEqual({ "r.html": OLD, "r.html.yaml": DATED });
    expect(await app.removed()).toEqual([]);
  });
});

describe("removing a report", () => {
  it("that was renamed since the last ingest takes out its file where that is now, with its sidecar", async () => {
    const { app, corpus, all, ids } = await sitrepOf({ "r.html": OLD, "r.html.yaml": DATED, "a.txt": "A light.\n" });
    mkdirSync(join(corpus, "un"));
    for (const end of ["", ".yaml"]) renameSync(join(corpus, `r.html${end}`), join(corpus, `un/moved.html${end}`));
    expect(await app.remove("r")).toMatchObject({ removed: ["r"], restorable: true });
    expect(all()).toEqual({ "a.txt": "A light.\n" });
    expect(await app.ingest()).toMatchObject({ added: [], unchanged: 1 });
    await app.restore("r");
    expect(all()).toMatchObject({ "un/moved.html": OLD, "un/moved.html.yaml": DATED });
    expect(await ids()).toEqual({ a: "a.txt", r: "un/moved.html" });
  });

  it("whose file is gone takes it out of the index, and says that nothing can be put back", async () => {
    const { app, corpus, ids } = await sitrepOf({ "r.txt": "Thirty boats.\n", "a.txt": "A light.\n" });
    rmSync(join(corpus, "r.txt"));
    expect(await app.remove("r")).toMatchObject({ removed: ["r"], restorable: false });
    expect([await ids(), await app.removed()]).toEqual([{ a: "a.txt" }, []]);
  });

  it("does not guess which of two files is meant when another one has taken its place", async () => {
    const { app, corpus, put, all } = await sitrepOf({ "r.txt": "Thirty boats.\n", "copy.txt": "A light.\n" });
    renameSync(join(corpus, "r.txt"), join(corpus, "moved.txt"));
    put("r.txt", "Another report.\n");
    await expect(app.remove("r")).rejects.toMatchObject({
      code: "bad-input",
      message: "The file of r is moved.txt now, and another one is r.txt",
    });
    expect(Object.keys(all())).toEqual(["copy.txt", "moved.txt", "r.txt"]);
  });

  it("of an unknown id leaves no data folder behind", async () => {
    const { app, data } = await sitrepOf({ "a.txt": "A light.\n" });
    rmSync(data, { recursive: true });
    await expect(app.remove("nosuch")).rejects.toMatchObject({ code: "bad-input" });
    expect(existsSync(data)).toBe(false);
  });
});

describe("restoring a report", () => {
  it("gives it the id back that it had before, which its path does not tell", async () => {
    const { app, corpus, ids } = await sitrepOf({ "first.txt": "Thirty boats.\n", "a.txt": "A light.\n" });
    renameSync(join(corpus, "first.txt"), join(corpus, "second.txt"));
    expect(await app.ingest()).toMatchObject({ renamed: ["first"] });
    await app.remove("first");
    await app.restore("first");
    expect(await ids()).toEqual({ a: "a.txt", first: "second.txt" });
  });
});

describe("a marking that a report had", () => {
  it("is not lost with what was written about it elsewhere: the report stays out until that is back", async () => {
    const entry = 'a.html: {title: T, publisher: P, published: 2025, kind: news, reliability: B, marking: "TLP:RED"}';
    const { app, put, all } = await sitrepOf({
      "a.html": OLD,
      "manifest.yaml": `reports:\n  ${entry}\n`,
      "s.txt": "S.\n",
    });
    await app.remove("a");
    put("manifest.yaml", "reports: {}\n");
    const { refused } = await app.restore("a");
    expect(refused[0]?.problems[0]?.reason).toMatch(/^nothing is written about it any more \(before: .*TLP:RED\)/);
    expect(Object.keys(all())).toEqual(["manifest.yaml", "s.txt"]);
    expect((await app.removed()).map(({ id }) => id)).toEqual(["a"]);
    put("manifest.yaml", `reports:\n  ${entry}\n`);
    expect(await app.restore("a")).toMatchObject({ added: ["a"], refused: [] });
    expect((await app.report("a")).source.marking).toBe("TLP:RED");
  });
});

describe("a place in the corpus", () => {
  it("that a link leads out of, or that is no file, is refused before anything is written", async () => {
    const { app, root, corpus, put, outside, all } = await sitrepOf({ "s.txt": "S.\n" });
    mkdirSync(join(root, "elsewhere"));
    symlinkSync(join(root, "elsewhere"), join(corpus, "link"));
    put("folder.html/inside.txt", "Inside.\n");
    await app.ingest();
    const before = all();
    const file = outside("new.html", NEW);
    for (const [as, reason] of [
      ["link/x.html", "link is a symbolic link in the corpus"],
      ["folder.html", "folder.html is a folder in the corpus"],
      ["s.txt/x.html", "s.txt is no folder in the corpus"],
    ] as const) {
      await expect(app.draft(file, { as, replace: true })).rejects.toMatchObject({
        code: "bad-input",
        message: expect.stringContaining(reason),
      });
    }
    expect([all(), readdirSync(join(root, "elsewhere"))]).toEqual([before, []]);
  });
});

describe("while another process writes", () => {
  it("nothing in the corpus is touched, not even for a moment", async () => {
    const { app, outside, corpus, data } = await sitrepOf({ "r.txt": "Thirty boats.\n", "old.txt": "A light.\n" });
    await app.remove("old");
    const draft = await app.draft(outside("new.txt", "Forty boats.\n"), { as: "r.txt", replace: true });
    const given = { ...OF_THE_OLD, published: "2025", reliability: "C" };
    const places = [".", ".removed", "r.txt"].map((path) => join(corpus, path));
    // Whatever is moved in or out of a folder, or written, sets these times.
    const times = () => places.map((path) => statSync(path, { bigint: true }).ctimeNs);
    const before = times();
    await pause(30);
    const lock = takeWriterLock(data);
    try {
      await expect(draft.add(given)).rejects.toMatchObject({ code: "busy" });
      await expect(app.remove("r")).rejects.toMatchObject({ code: "busy" });
      await expect(app.restore("old")).rejects.toMatchObject({ code: "busy" });
    } finally {
      lock.release();
    }
    expect(times()).toEqual(before);
    expect(await draft.add(given)).toMatchObject({ changed: ["r"] });
    draft.close();
  });
});

describe("a draft", () => {
  it("of a file whose place is taken is refused before anything is asked", async () => {
    const { app, outside } = await sitrepOf({ "r.html": OLD });
    await expect(app.draft(outside("new.html", NEW), { as: "r.html" })).rejects.toMatchObject({
      code: "bad-input",
      message: "r.html is in the corpus already",
      hint: expect.stringContaining("--replace"),
    });
    await expect(app.draft(outside("same.html", OLD))).rejects.toThrow(
      "The same file is in the corpus already, as r.html (report r)",
    );
  });

  it("of a file whose report was deleted or renamed since passes", async () => {
    const { app, outside, corpus, ids } = await sitrepOf({ "r.html": OLD, "a.txt": "A light.\n" });
    rmSync(join(corpus, "r.html"));
    const draft = await app.draft(outside("again.html", OLD));
    expect(draft.candidate.id).toBe("r");
    await draft.add({ ...OF_THE_OLD, published: "2025", reliability: "C" });
    draft.close();
    expect(await ids()).toEqual({ a: "a.txt", r: "again.html" });
  });

  it("shows the id that it will get, and names whose id it cannot have", async () => {
    const { app, outside, ids } = await sitrepOf({ "un/x.txt": "A light.\n", "b.md": `${frontMatter("b7")}A boat.\n` });
    const draft = await app.draft(outside("new.txt", "Forty boats.\n"), { as: "un-x.txt" });
    expect(draft.candidate.id).toMatch(/^un-x-[0-9a-f]{8}$/);
    await expect(draft.check({ ...OF_THE_OLD, published: "2025", reliability: "C", id: "b7" })).rejects.toMatchObject({
      code: "bad-input",
      message: 'The id "b7" is already that of b.md',
    });
    await draft.add({ ...OF_THE_OLD, published: "2025", reliability: "C" });
    draft.close();
    expect(await ids()).toMatchObject({ [draft.candidate.id]: "un-x.txt" });
    await expect(app.draft(outside("c.md", `${frontMatter("b7")}A ship.\n`))).rejects.toThrow("already that of b.md");
  });

  it("reads a sidecar that waits for it", async () => {
    const { app, outside, put, all } = await sitrepOf({ "a.txt": "A light.\n" });
    put("r.html.yaml", DATED);
    const draft = await app.draft(outside("r.html", OLD));
    expect([draft.isDescribed, draft.candidate.source.publisher]).toEqual([true, "Harbour Board"]);
    expect(draft.candidate.warnings).toEqual(["r.html.yaml: was there before, and is taken to be about it"]);
    await draft.add({});
    draft.close();
    expect(all()["r.html.yaml"]).toBe(DATED);
  });

  it("that is refused at once names the file and the line of each reason", async () => {
    const { app, outside, put } = await sitrepOf({ "a.txt": "A light.\n" });
    put("manifest.yaml", "reports:\n  r.html:\n    published: someday\n    title: T\n");
    const from = outside("r.html", OLD);
    await expect(app.draft(from)).rejects.toThrow(/r\.html: .*manifest\.yaml:3: published: must be a date/);
    const own = outside("m.md", `${frontMatter("m").replace("2025", "someday")}A boat.\n`);
    await expect(app.draft(own)).rejects.toThrow(/m\.md: .*line 5: published: must be a date/);
  });

  it("takes an option for what was written before and the new document does not say", async () => {
    const own =
      '<meta property="article:published_time" content="2025-06-01"><h1>H</h1><p>Thirty boats in the harbour.</p>';
    const { app, outside } = await sitrepOf({ "r.html": own, "r.html.yaml": SIDECAR });
    const from = outside("new.html", OLD);
    await expect(app.draft(from, { as: "r.html", replace: true })).rejects.toThrow(/published: is required/);
    const given = { published: "2025-07" };
    const draft = await app.draft(from, { as: "r.html", replace: true, given });
    expect(await draft.add(given)).toMatchObject({ changed: ["r"] });
    draft.close();
  });
});
