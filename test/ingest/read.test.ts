import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { readCorpusFile } from "../../src/ingest/read.ts";
import { temporaryFolder } from "../index/samples.ts";

const MOST = 1024;

/** A corpus folder inside a folder that has more. */
function folders() {
  const root = temporaryFolder();
  const corpus = join(root, "corpus");
  mkdirSync(corpus);
  return { root, corpus };
}

async function read(corpus: string, path: string): Promise<string> {
  const file = await readCorpusFile(corpus, path, MOST);
  return file.ok ? new TextDecoder().decode(file.bytes) : `refused: ${file.reason}`;
}

/** Calls `change` again and again, without pause, until the test has ended. */
function withoutPause(change: (round: number) => void): void {
  let isEnded = false;
  onTestFinished(() => {
    isEnded = true;
  });
  const next = (round: number): void => {
    if (isEnded) return;
    change(round);
    setImmediate(next, round + 1);
  };
  next(0);
}

describe("a file of the corpus", () => {
  it("is read whole, up to its limit", async () => {
    const { corpus } = folders();
    writeFileSync(join(corpus, "a.txt"), "x".repeat(MOST));
    writeFileSync(join(corpus, "empty.txt"), "");
    writeFileSync(join(corpus, "large.txt"), "x".repeat(MOST + 1));
    expect(await read(corpus, "a.txt")).toBe("x".repeat(MOST));
    expect(await read(corpus, "empty.txt")).toBe("");
    expect(await read(corpus, "large.txt")).toMatch(/^refused: is larger than \d+ KiB/);
  });

  it("from the future, as a wrong clock makes it, is read", async () => {
    const { corpus } = folders();
    writeFileSync(join(corpus, "a.txt"), "text");
    utimesSync(join(corpus, "a.txt"), new Date("2090-01-01"), new Date("2090-01-01"));
    expect(await read(corpus, "a.txt")).toBe("text");
  });

  it("that is something else by now is not read, and nobody waits for it", async () => {
    const { root, corpus } = folders();
    writeFileSync(join(root, "secret.txt"), "secret");
    mkdirSync(join(root, "elsewhere"));
    writeFileSync(join(root, "elsewhere", "secret.txt"), "secret");
    mkdirSync(join(corpus, "folder.txt"));
    symlinkSync(join(root, "secret.txt"), join(corpus, "link.txt"));
    symlinkSync(join(root, "elsewhere"), join(corpus, "linked"));
    symlinkSync("loop.txt", join(corpus, "loop.txt"));
    execFileSync("mkfifo", [join(corpus, "pipe.txt")]);
    const reasons = {
      "gone.txt": "is gone",
      "folder.txt": "cannot be read: it is a folder now",
      "folder.txt/a.txt": "is gone",
      "link.txt": "is a symbolic link, which is not followed",
      "loop.txt": "is a symbolic link, which is not followed",
      "linked/secret.txt": "is out of the corpus",
      "../secret.txt": "is out of the corpus",
      "pipe.txt": "cannot be read: it is no file",
    };
    for (const [path, reason] of Object.entries(reasons)) {
      expect([path, await read(corpus, path)]).toEqual([path, `refused: ${reason}`]);
    }
  });

  it("in a corpus folder that is a link itself is read", async () => {
    const { root, corpus } = folders();
    writeFileSync(join(corpus, "a.txt"), "text");
    symlinkSync(corpus, join(root, "linked"));
    expect(await read(join(root, "linked"), "a.txt")).toBe("text");
  });

  // Nothing is forbidden to root.
  it.skipIf(process.getuid?.() === 0)("without permission is refused", async () => {
    const { corpus } = folders();
    writeFileSync(join(corpus, "a.txt"), "text");
    chmodSync(join(corpus, "a.txt"), 0);
    expect(await read(corpus, "a.txt")).toBe("refused: cannot be read: permission denied");
  });
});

describe("a file that changes while it is read", () => {
  it("once, is read again", async () => {
    const { corpus } = folders();
    writeFileSync(join(corpus, "a.txt"), "first");
    const reading = read(corpus, "a.txt");
    writeFileSync(join(corpus, "a.txt"), "second");
    expect(await reading).toBe("second");
  });

  it("without pause, is refused: written over, with as many bytes as before", async () => {
    const { corpus } = folders();
    const path = join(corpus, "a.txt");
    withoutPause((round) => writeFileSync(path, String(round % 10).repeat(MOST)));
    expect(await read(corpus, "a.txt")).toBe("refused: changes while it is read; try again when it is finished");
  });

  it("without pause, is refused: growing", async () => {
    const { corpus } = folders();
    const path = join(corpus, "a.txt");
    withoutPause((round) => {
      writeFileSync(path, "x", { flag: round % 500 === 0 ? "w" : "a" });
    });
    expect(await read(corpus, "a.txt")).toMatch(/^refused: changes while it is read/);
  });

  it("by being replaced is one version or another, never parts of two", async () => {
    const { corpus } = folders();
    const path = join(corpus, "a.txt");
    withoutPause((round) => {
      writeFileSync(join(corpus, ".next"), String(round % 10).repeat(MOST));
      renameSync(join(corpus, ".next"), path);
    });
    for (let time = 0; time < 10; time += 1) {
      expect(await read(corpus, "a.txt")).toMatch(/^(?:(\d)\1{1023}|refused: changes .*)$/);
    }
  });

  it("by being deleted is gone", async () => {
    const { corpus } = folders();
    writeFileSync(join(corpus, "a.txt"), "text");
    const reading = read(corpus, "a.txt");
    rmSync(join(corpus, "a.txt"));
    expect(await reading).toMatch(/^(?:text|refused: is gone)$/);
  });
});
