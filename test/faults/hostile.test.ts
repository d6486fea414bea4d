/** Hostile files are refused by name, within the limits, and the rest goes in: the real script in real processes. */

import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { IngestSummary } from "../../src/domain/ingest.ts";
import { type Folders, foldersWith } from "../cli/processes.ts";
import { bombDocx, largePdf, writeRepeated } from "./hostile-files.ts";
import { asked, childrenOf, ingest, ingested, isAlive, startIngest, until } from "./processes.ts";
import { put, putAll, versionOf } from "./reports.ts";

const GOOD = ["report-0", "report-1", "report-2"];
/** Whatever it is that a file costs too much of. */
const TOO_MUCH =
  /^(?:takes longer to read than \d+ s|needs more memory to read than \d+ MiB|holds more than [\d,]+ characters of text|.*(?:pages|inflat|unpack|large|too much|too many|deep).*)$/;

function corpus(): Folders {
  const folders = foldersWith({});
  onTestFinished(() => folders.remove());
  putAll(folders.corpus, GOOD.length, 1);
  return folders;
}

/** Root may read anything, unless it gives that up; anybody else already has. */
const UNPRIVILEGED = process.getuid?.() === 0 ? ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] : [];

describe("files that cost too much", () => {
  it("with the settings as they are: for their size, their pages, and what they inflate to", async () => {
    const folders = corpus();
    writeRepeated(join(folders.corpus, "nesting.html"), "<div>", 200);
    writeRepeated(join(folders.corpus, "line.txt"), "word ", 50);
    put(folders.corpus, "bomb.docx", bombDocx(300));
    put(folders.corpus, "pages.pdf", largePdf(100_000, 90_000));
    const began = performance.now();
    const { summary, refused } = await ingested(folders);
    expect(performance.now() - began).toBeLessThan(60_000);
    expect(refused).toEqual({
      "nesting.html": "is larger than 20 MiB",
      "line.txt": "is larger than 20 MiB",
      "bomb.docx": expect.stringMatching(TOO_MUCH),
      "pages.pdf": "has 90,000 pages, more than 2,000",
    });
    expect(summary.added).toEqual(GOOD);
    expect((await asked(folders, "report-1")).round).toBe(1);
  });

  it("with settings that let them reach what reads them: for time, memory and length", async () => {
    const folders = corpus();
    writeRepeated(join(folders.corpus, "nesting.html"), "<div>", 200);
    writeRepeated(join(folders.corpus, "line.txt"), "word ", 50);
    writeRepeated(join(folders.corpus, "line.md"), "a*b_[c](d ", 9);
    writeRepeated(join(folders.corpus, "closed.html"), "<p><b><i>x", 20, "</p>");
    put(folders.corpus, "objects.pdf", largePdf(1_000_000, 1));
    const seconds = 4;
    const began = performance.now();
    const { summary, refused } = await ingested(folders, {
      INGEST_MAX_FILE_MIB: "300",
      INGEST_MAX_SECONDS: String(seconds),
      INGEST_MAX_MEMORY_MIB: "700",
    });
    // Each has its time, once more where an earlier file may have been to blame, and a process to start.
    expect(performance.now() - began).toBeLessThan(5 * 2 * (seconds + 4) * 1000);
    expect(refused).toMatchObject({
      "nesting.html": expect.stringMatching(TOO_MUCH),
      "line.txt": expect.stringMatching(TOO_MUCH),
      "line.md": expect.stringMatching(TOO_MUCH),
      "closed.html": expect.stringMatching(TOO_MUCH),
    });
    // A million objects may be more than can be read in that time, or not; nothing else may come of it.
    if (refused["objects.pdf"] !== undefined) expect(refused["objects.pdf"]).toMatch(TOO_MUCH);
    expect(summary.added).toEqual(expect.arrayContaining(GOOD));
    expect((await asked(folders, "report-1")).round).toBe(1);
  });

  it("metadata that would cost too much is refused as well", async () => {
    const folders = corpus();
    put(folders.corpus, "deep.md", `---\ntitle: ${"[".repeat(200_000)}\n---\ntext\n`);
    put(folders.corpus, "laughs.md", laughs());
    put(folders.corpus, "sidecar.txt", "A text about boats.\n");
    put(folders.corpus, "sidecar.txt.yaml", `title: ${"{a: ".repeat(30_000)}`);
    const { summary, refused } = await ingested(folders);
    expect(refused).toEqual({
      "deep.md": expect.stringMatching(/not valid YAML/),
      "laughs.md": expect.stringMatching(/not valid YAML: aliases .* are not read/),
      "sidecar.txt": expect.stringMatching(/not valid YAML/),
    });
    expect(summary.added).toEqual(GOOD);
  });
});

/** Nine lines that stand for a thousand million words. */
function laughs(): string {
  const lines = Array.from({ length: 9 }, (_, at) => {
    const item = at === 0 ? "ha" : `*l${at - 1}`;
    return `l${at}: &l${at} [${Array(10).fill(item).join(", ")}]`;
  });
  return `---\n${lines.join("\n")}\n---\ntext\n`;
}

describe("what only looks like a report", () => {
  it("names that cannot be shown are refused, and shown harmlessly", async () => {
    const folders = corpus();
    const names = [
      "a\nrefused b.md",
      "esc\x1b[2J\x1b]0;owned\x07.md",
      "rtl\u202egpj.md",
      "c1\x9b31m.txt",
      "sep\u2028.md",
    ];
    for (const name of names) put(folders.corpus, name, "text\n");
    put(folders.corpus, "folder\x1b[1m/inside.md", "text\n");
    const notUtf8 = Buffer.concat([
      Buffer.from(`${folders.corpus}/bad-`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from(".md"),
    ]);
    writeFileSync(notUtf8, "text\n");
    const { code, stdout, stderr } = await ingest([], folders);
    expect(code).toBe(3);
    expect((stdout + stderr).replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202e\u2028]/u);
    expect(stderr.match(/^refused .*: has a control character in its name; rename it$/gm)).toHaveLength(
      names.length + 1,
    );
    expect(stderr).toMatch(/^refused bad-.*\.md: has a name that is not valid UTF-8; rename it$/m);
    expect(stdout).toMatch(/new {9}3 \(report-0, report-1, report-2\)/);
  });

  it("links, hidden files, folders, pipes, empty and unreadable files", async () => {
    const folders = corpus();
    const at = (name: string) => join(folders.corpus, name);
    put(folders.root, "secret.md", "The secret number is 4711.\n");
    put(folders.root, "elsewhere/secret.md", "The secret number is 4711.\n");
    symlinkSync(join(folders.root, "secret.md"), at("link-out.md"));
    symlinkSync("../secret.md", at("link-up.md"));
    symlinkSync(join(folders.root, "elsewhere"), at("folder-out"));
    symlinkSync("nowhere.md", at("dangling.md"));
    symlinkSync("loop.md", at("loop.md"));
    symlinkSync(".", at("folder-loop"));
    symlinkSync("report-0.md", at("link-inside.md"));
    symlinkSync("/proc/self/environ", at("environment.txt"));
    symlinkSync("/dev/zero", at("zero.txt"));
    put(folders.corpus, ".hidden.md", "The hidden number is 4711.\n");
    put(folders.corpus, ".hidden/inside.md", "The hidden number is 4711.\n");
    put(folders.corpus, "x.pdf/inside.md", versionOf("inside", 1));
    mkdirSync(at("empty.pdf"));
    put(folders.corpus, "empty.md", "");
    put(folders.corpus, "blank.txt", " \n\t\n");
    put(
      folders.corpus,
      "binary.txt",
      Uint8Array.from({ length: 5000 }, (_, byte) => (byte * 7) % 256),
    );
    put(folders.corpus, "no.docx", "not a zip file");
    put(folders.corpus, "no.pdf", "not a PDF");
    put(folders.corpus, "unreadable.md", "text\n");
    chmodSync(at("unreadable.md"), 0);
    execFileSync("mkfifo", [at("pipe.md")]);
    const { summary, refused } = await ingested(folders, {}, { within: UNPRIVILEGED });
    const out = "is a symbolic link that leads out of the corpus folder";
    expect(refused).toEqual({
      "link-out.md": out,
      "link-up.md": out,
      "folder-out": out,
      "folder-loop": out,
      "environment.txt": out,
      "zero.txt": out,
      "dangling.md": "is a symbolic link that leads nowhere",
      "loop.md": "is a symbolic link that leads nowhere",
      "empty.md": "holds no text",
      "blank.txt": "holds no text",
      "binary.txt": expect.stringMatching(/./),
      "no.docx": expect.stringMatching(/./),
      "no.pdf": expect.stringMatching(/./),
      "unreadable.md": "cannot be read: permission denied",
    });
    expect([...summary.added].sort()).toEqual(["inside", ...GOOD]);
    const { answer } = await asked(folders, "report-1");
    expect(JSON.stringify(answer)).not.toContain("4711");
  });
});

it("a folder inside that cannot be read is refused by name; what was ingested from it stays; the rest goes in", async () => {
  const folders = corpus();
  put(folders.corpus, "locked/inside.md", versionOf("inside", 1));
  await ingested(folders);
  chmodSync(join(folders.corpus, "locked"), 0);
  onTestFinished(() => chmodSync(join(folders.corpus, "locked"), 0o755));
  put(folders.corpus, "report-0.md", versionOf("report-0", 2));
  for (const args of [["--json"], ["--json", "--only", "{locked/*,report-1.md}"]]) {
    const { code, stdout } = await ingest(args, folders, {}, { within: UNPRIVILEGED });
    const { removed, reports, warnings } = JSON.parse(stdout) as IngestSummary;
    expect([code, removed, reports]).toEqual([args.length === 1 ? 3 : 0, [], GOOD.length + 1]);
    expect(warnings).toEqual(["locked: refused now; what was ingested from it before stays in use"]);
  }
  expect((await asked(folders, "inside")).round).toBe(1);
  expect((await asked(folders, "report-0")).round).toBe(2);
});

describe("many files, every tenth of them hostile", () => {
  it("the good ones go in, the hostile ones are named, and no process is left behind", async () => {
    const folders = corpus();
    const hostile: Record<string, RegExp> = {};
    for (let number = 0; number < 300; number += 1) {
      if (number % 10 !== 9) {
        put(folders.corpus, `good-${number}.md`, versionOf(`good-${number}`, 1, 1));
        continue;
      }
      const kind = Math.floor(number / 10) % 6;
      const name = `hostile-${number}`;
      if (number === 59 || number === 209) {
        writeRepeated(join(folders.corpus, `${name}.md`), "a*b_[c](d ", 9);
        hostile[`${name}.md`] = TOO_MUCH;
      } else if (kind === 0) {
        symlinkSync("/etc/hostname", join(folders.corpus, `${name}.md`));
        hostile[`${name}.md`] = /leads out of the corpus/;
      } else if (kind === 1) {
        put(folders.corpus, `${name}\x07.md`, "text\n");
        hostile[`${name}\x07.md`] = /control character/;
      } else if (kind === 2) {
        put(folders.corpus, `${name}.docx`, "PK\u0003\u0004 and nothing that follows");
        hostile[`${name}.docx`] = /./;
      } else if (kind === 3) {
        put(folders.corpus, `${name}.md`, "---\ntitle: [\n---\ntext\n");
        hostile[`${name}.md`] = /not valid YAML/;
      } else if (kind === 4) {
        writeRepeated(join(folders.corpus, `${name}.txt`), "word ", 12);
        hostile[`${name}.txt`] = /^is larger than 10 MiB$/;
      } else {
        put(folders.corpus, `${name}.md`, versionOf("good-0", 2, 1));
        hostile[`${name}.md`] = /the id "good-0" is already that of good-0\.md/;
      }
    }
    const { child, finished } = startIngest(["--json"], folders, {
      INGEST_MAX_FILE_MIB: "10",
      INGEST_MAX_SECONDS: "2",
    });
    const seen = new Set<number>();
    const timer = setInterval(() => {
      for (const number of childrenOf(child.pid ?? 0)) seen.add(number);
    }, 50);
    const { code, stdout } = await finished;
    clearInterval(timer);
    expect(code).toBe(3);
    const { added, refused, reports } = JSON.parse(stdout) as IngestSummary;
    const reasons = Object.fromEntries(refused.map(({ path, problems }) => [path, problems[0]?.reason]));
    expect(Object.keys(reasons).sort()).toEqual(Object.keys(hostile).sort());
    for (const [path, reason] of Object.entries(hostile))
      expect([path, reasons[path]]).toEqual([path, expect.stringMatching(reason)]);
    expect([reports, added.length]).toEqual([270 + GOOD.length, 270 + GOOD.length]);
    // The two that took too long had a process each, and the files after them another one.
    expect(seen.size).toBeGreaterThanOrEqual(3);
    expect(await until(() => ![...seen].some(isAlive), 2000)).toBe(true);
    expect((await asked(folders, "good-298", { sentences: 1 })).round).toBe(1);
  });
});
