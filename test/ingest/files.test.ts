import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { corpusFiles } from "../../src/ingest/files.ts";
import { temporaryFolder } from "../index/samples.ts";

/** A corpus of these files, in a folder that has more. */
function corpusOf(...paths: readonly string[]) {
  const root = temporaryFolder();
  const corpus = join(root, "corpus");
  mkdirSync(corpus);
  for (const path of paths) {
    mkdirSync(dirname(join(corpus, path)), { recursive: true });
    writeFileSync(join(corpus, path), "text\n");
  }
  const refusals = async () => {
    const { refused } = await corpusFiles(corpus);
    return Object.fromEntries(refused.map(({ path, problems }) => [path, problems.map(({ reason }) => reason).join()]));
  };
  return { root, corpus, refusals };
}

describe("the files of a corpus", () => {
  it("are those of the formats that are read, in every folder, in one order", async () => {
    const { corpus } = corpusOf("b.MD", "a.txt", "B.txt", "z/y/x.pdf", "z/a.docx", "ä.html", "notes.csv", "no-ending");
    const files = await corpusFiles(corpus);
    expect(files.paths).toEqual(["B.txt", "a.txt", "b.MD", "z/a.docx", "z/y/x.pdf", "ä.html"]);
    expect([files.refused, files.warnings, files.hasManifest]).toEqual([[], [], false]);
  });

  it("are not those that are hidden, nor what is in hidden folders", async () => {
    const { corpus } = corpusOf("a.md", ".b.md", ".git/c.md", ".removed/x/d.md", "e/.f/g.md");
    expect((await corpusFiles(corpus)).paths).toEqual(["a.md"]);
  });

  it("may have folders beside them whose names look like files", async () => {
    const { corpus } = corpusOf("x.pdf/a.md", "y.md/b.txt");
    expect((await corpusFiles(corpus)).paths).toEqual(["x.pdf/a.md", "y.md/b.txt"]);
  });

  it("of formats that could be converted are named with what to do", async () => {
    const { refusals } = corpusOf("a.md", "old.doc", "book.EPUB");
    expect(await refusals()).toEqual({
      "old.doc": expect.stringContaining("save it as .docx"),
      "book.EPUB": expect.stringContaining(".epub files are not read"),
    });
  });
});

describe("sidecars and the manifest", () => {
  it("belong to a report, and are none themselves", async () => {
    const { corpus } = corpusOf("a.pdf", "a.pdf.yaml", "b/c.md", "b/c.md.YML", "manifest.yaml", "glossary.yaml");
    const files = await corpusFiles(corpus);
    expect(files.paths).toEqual(["a.pdf", "b/c.md"]);
    expect([...files.sidecars]).toEqual([
      ["a.pdf", "a.pdf.yaml"],
      ["b/c.md", "b/c.md.YML"],
    ]);
    expect([files.hasManifest, files.warnings]).toEqual([true, []]);
  });

  it("without their report, or besides another, are told of", async () => {
    const { corpus } = corpusOf("a.pdf", "a.pdf.yaml", "a.pdf.yml", "gone.md.yaml", "x/manifest.yaml");
    const { warnings, hasManifest } = await corpusFiles(corpus);
    expect(warnings).toEqual([
      "a.pdf.yml: a.pdf.yaml is used, not this one",
      "gone.md.yaml: there is no gone.md that it could be about",
      expect.stringMatching(/^x\/manifest\.yaml: is about no report; .*manifest\.yaml$/),
    ]);
    expect(hasManifest).toBe(false);
  });
});

describe("names that cannot be shown", () => {
  it.each([
    ["line end", "a\nb.md"],
    ["escape", "a\x1b[2Jb.md"],
    ["right-to-left override", "a\u202egpj.md"],
    ["isolate", "a\u2066b.md"],
    ["line separator", "a\u2028b.md"],
    ["C1 control", "a\x9bb.md"],
  ])("with a %s are refused, files and folders", async (_, name) => {
    const { corpus, refusals } = corpusOf("good.md", name, `${name.replace(".md", "")}/inside.md`);
    expect(Object.values(await refusals())).toEqual(Array(2).fill("has a control character in its name; rename it"));
    expect((await corpusFiles(corpus)).paths).toEqual(["good.md"]);
  });

  it("because they are not UTF-8 are refused", async () => {
    const { corpus, refusals } = corpusOf("good.md");
    const path = Buffer.concat([Buffer.from(`${corpus}/bad`), Buffer.from([0xff]), Buffer.from(".md")]);
    writeFileSync(path, "text\n");
    expect(Object.values(await refusals())).toEqual(["has a name that is not valid UTF-8; rename it"]);
    expect((await corpusFiles(corpus)).paths).toEqual(["good.md"]);
  });
});

describe("what is no file", () => {
  it("links out of the corpus or to nowhere are refused; those inside are told of; none is followed", async () => {
    const { root, corpus, refusals } = corpusOf("a.md", "folder/b.md");
    writeFileSync(join(root, "outside.md"), "secret");
    mkdirSync(join(root, "corpus-beside"));
    symlinkSync(join(root, "outside.md"), join(corpus, "out.md"));
    symlinkSync(join(root, "corpus-beside"), join(corpus, "out"));
    symlinkSync("nowhere", join(corpus, "dangling.md"));
    symlinkSync("loop.md", join(corpus, "loop.md"));
    symlinkSync("a.md", join(corpus, "inside.md"));
    symlinkSync("folder", join(corpus, "inside"));
    symlinkSync("..", join(corpus, "folder", "up"));
    symlinkSync("/dev/zero", join(corpus, "zero.txt"));
    expect(await refusals()).toEqual({
      "out.md": "is a symbolic link that leads out of the corpus folder",
      out: "is a symbolic link that leads out of the corpus folder",
      "zero.txt": "is a symbolic link that leads out of the corpus folder",
      "dangling.md": "is a symbolic link that leads nowhere",
      "loop.md": "is a symbolic link that leads nowhere",
      // The corpus folder itself is not inside of itself.
      "folder/up": "is a symbolic link that leads out of the corpus folder",
    });
    const { paths, warnings } = await corpusFiles(corpus);
    expect(paths).toEqual(["a.md", "folder/b.md"]);
    expect(warnings).toEqual(["inside.md: a symbolic link is not followed", "inside: a symbolic link is not followed"]);
  });

  it("named pipes and sockets are passed over", async () => {
    const { corpus, refusals } = corpusOf("a.md");
    execFileSync("mkfifo", [join(corpus, "pipe.md")]);
    expect((await corpusFiles(corpus)).paths).toEqual(["a.md"]);
    expect(await refusals()).toEqual({});
  });
});

describe("a corpus folder that is none", () => {
  it("is named", async () => {
    const { root, corpus } = corpusOf("a.md");
    await expect(corpusFiles(join(root, "nowhere"))).rejects.toMatchObject({
      code: "bad-corpus",
      message: expect.stringContaining("nowhere cannot be read"),
    });
    await expect(corpusFiles(join(corpus, "a.md"))).rejects.toThrow(/a\.md is not a folder$/);
  });
});
