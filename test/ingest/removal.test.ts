import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { putBack, removedReports, takeOut } from "../../src/ingest/removal.ts";
import { temporaryFolder } from "../index/samples.ts";

/** A corpus of files whose text is their path. */
function corpusOf(...paths: readonly string[]) {
  const corpus = temporaryFolder();
  const put = (path: string, text = path) => {
    mkdirSync(dirname(join(corpus, path)), { recursive: true });
    writeFileSync(join(corpus, path), text);
  };
  for (const path of paths) put(path);
  const text = (path: string) => (existsSync(join(corpus, path)) ? readFileSync(join(corpus, path), "utf8") : null);
  return { corpus, put, text };
}

function report(id: string, path: string) {
  return { id, path, title: `Title of ${id}` };
}

describe("taking a report out", () => {
  it("moves its file and its sidecar away, and both come back where they were", async () => {
    const { corpus, text } = corpusOf("un/a.pdf", "un/a.pdf.yaml", "b.md");
    await takeOut(corpus, report("a", "un/a.pdf"));
    expect([text("un/a.pdf"), text("un/a.pdf.yaml"), text("b.md")]).toEqual([null, null, "b.md"]);
    expect(await removedReports(corpus)).toEqual([{ ...report("a", "un/a.pdf"), removedAt: expect.any(String) }]);
    rmSync(join(corpus, "un"), { recursive: true });
    const { path } = await putBack(corpus, "a");
    expect([path, text("un/a.pdf"), text("un/a.pdf.yaml")]).toEqual(["un/a.pdf", "un/a.pdf", "un/a.pdf.yaml"]);
    expect(await removedReports(corpus)).toEqual([]);
    expect(readdirSync(join(corpus, ".removed"))).toEqual([]);
  });

  it("can be undone, and so can putting back", async () => {
    const { corpus, text } = corpusOf("a.md", "a.md.yaml");
    await (await takeOut(corpus, report("a", "a.md")))();
    expect([text("a.md"), text("a.md.yaml"), await removedReports(corpus)]).toEqual(["a.md", "a.md.yaml", []]);
    await takeOut(corpus, report("a", "a.md"));
    const removed = await removedReports(corpus);
    await (await putBack(corpus, "a")).undo();
    expect([text("a.md"), text("a.md.yaml"), await removedReports(corpus)]).toEqual([null, null, removed]);
  });

  it("of which the file is gone already is no fault, and leaves nothing to put back", async () => {
    const { corpus } = corpusOf("b.md");
    await (await takeOut(corpus, report("a", "a.md")))();
    expect(await removedReports(corpus)).toEqual([]);
    await expect(putBack(corpus, "a")).rejects.toMatchObject({
      code: "bad-input",
      hint: expect.stringContaining("list --removed"),
    });
  });
});

describe("putting a report back", () => {
  it("takes the one that was removed last", async () => {
    const { corpus, put, text } = corpusOf("a.md");
    await takeOut(corpus, report("a", "a.md"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    put("a.md", "second");
    await takeOut(corpus, report("a", "a.md"));
    await putBack(corpus, "a");
    expect(text("a.md")).toBe("second");
    rmSync(join(corpus, "a.md"));
    await putBack(corpus, "a");
    expect(text("a.md")).toBe("a.md");
  });

  it("takes another one by the time at which it was removed", async () => {
    const { corpus, put, text } = corpusOf("a.md");
    await takeOut(corpus, report("a", "a.md"));
    await new Promise((resolve) => setTimeout(resolve, 5));
    put("a.md", "second");
    await takeOut(corpus, report("a", "a.md"));
    const [, first] = await removedReports(corpus);
    await expect(putBack(corpus, "a", "1999")).rejects.toMatchObject({
      message: 'There is no removed report with the id "a" that was removed at 1999',
    });
    await putBack(corpus, "a", first?.removedAt);
    expect(text("a.md")).toBe("a.md");
  });

  it.each(["a.md", "a.md.yaml"])("does not write over another file in its place: %s", async (path) => {
    const { corpus, put, text } = corpusOf("a.md", "a.md.yaml");
    await takeOut(corpus, report("a", "a.md"));
    put(path, "new");
    await expect(putBack(corpus, "a")).rejects.toMatchObject({
      code: "bad-input",
      message: `${path} is there already, so a cannot be put back in its place`,
    });
    expect(text(path)).toBe("new");
    expect((await removedReports(corpus)).map(({ id }) => id)).toEqual(["a"]);
    rmSync(join(corpus, path));
    await putBack(corpus, "a");
    expect([text("a.md"), text("a.md.yaml")]).toEqual(["a.md", "a.md.yaml"]);
  });

  it("that was broken off while it was taken out puts back what was moved, and keeps the rest", async () => {
    const { corpus, put, text } = corpusOf("a.md", "a.md.yaml");
    await takeOut(corpus, report("a", "a.md"));
    const [folder = ""] = readdirSync(join(corpus, ".removed"));
    rmSync(join(corpus, ".removed", folder, "a.md.yaml"));
    put("a.md.yaml", "was never moved");
    await putBack(corpus, "a");
    expect([text("a.md"), text("a.md.yaml")]).toEqual(["a.md", "was never moved"]);
  });

  it("that was broken off after its file was moved finds its sidecar as it was left", async () => {
    const { corpus, put, text } = corpusOf("a.md", "a.md.yaml");
    await takeOut(corpus, report("a", "a.md"));
    put("a.md.yaml");
    await putBack(corpus, "a");
    expect([text("a.md"), text("a.md.yaml"), await removedReports(corpus)]).toEqual(["a.md", "a.md.yaml", []]);
  });

  it("that was broken off before its file was moved is not there", async () => {
    const { corpus, put } = corpusOf("a.md", "a.md.yaml");
    await takeOut(corpus, report("a", "a.md"));
    const [folder = ""] = readdirSync(join(corpus, ".removed"));
    rmSync(join(corpus, ".removed", folder, "a.md"));
    for (const path of ["a.md", "a.md.yaml"]) put(path);
    expect(await removedReports(corpus)).toEqual([]);
  });

  it("that was broken off before anything was moved is not there", async () => {
    const { corpus } = corpusOf("a.md");
    await takeOut(corpus, report("a", "a.md"));
    const [folder = ""] = readdirSync(join(corpus, ".removed"));
    rmSync(join(corpus, ".removed", folder, "a.md"));
    expect(await removedReports(corpus)).toEqual([]);
  });

  it("pays no attention to records that others have written", async () => {
    const { corpus, put } = corpusOf("b.md");
    const whole = { id: "a", path: "a.md", title: "A", removedAt: "2026-01-01T00:00:00.000Z", files: ["a.md"] };
    const records = [
      "{",
      "null",
      "{}",
      JSON.stringify({ ...whole, files: "a.md" }),
      JSON.stringify({ ...whole, files: ["../../a.md"] }),
      JSON.stringify({ ...whole, files: ["/etc/a.md"] }),
      JSON.stringify({ ...whole, path: "../a.md" }),
      JSON.stringify({ ...whole, id: "../a" }),
    ];
    records.forEach((record, number) => {
      put(`.removed/${number}/removed.json`, record);
      put(`.removed/${number}/a.md`);
    });
    expect(await removedReports(corpus)).toEqual([]);
    await expect(putBack(corpus, "a")).rejects.toMatchObject({ code: "bad-input" });
  });
});
