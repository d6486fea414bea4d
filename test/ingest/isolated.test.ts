import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import type { IngestLimits } from "../../src/domain/ingest.ts";
import { isolatedPreparer } from "../../src/ingest/isolated.ts";
import type { Prepared, Preparer } from "../../src/ingest/prepare.ts";
import { LIMITS } from "./fake-model.ts";

const PROGRAM = fileURLToPath(new URL("./misbehaving-reader.ts", import.meta.url));
const MODEL = { modelId: "fake-model", maxTokens: 256, counting: "exact" } as const;

function preparerWith(limits: Partial<IngestLimits> = {}, program = PROGRAM): Preparer {
  const made = isolatedPreparer({ limits: { ...LIMITS, ...limits }, model: MODEL }, program);
  onTestFinished(() => made.close());
  return made;
}

/** A preparer for the tests that need nothing of their own: starting a process takes a while. */
const shared = isolatedPreparer({ limits: LIMITS, model: MODEL }, PROGRAM);
afterAll(() => shared.close());

function fileOf(path: string, text = "One boat was counted in March.\n") {
  return { path, bytes: new TextEncoder().encode(text), written: [] };
}

/** What became of a file: its text, or the reason why it was refused. */
async function outcome(preparer: Preparer, path: string, signal?: AbortSignal): Promise<string> {
  return wordsOf(await preparer.prepare(fileOf(path), signal));
}

function wordsOf(prepared: Prepared): string {
  if (prepared.ok) return prepared.value.report.text;
  return prepared.refusal.problems.map(({ reason }) => reason).join("; ");
}

interface Told {
  readonly process: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly arguments: readonly string[];
}

/** What the reader's process can see of itself. */
async function tell(preparer: Preparer): Promise<Told> {
  return JSON.parse((await outcome(preparer, "tell.txt")).replace("cannot be read: ", ""));
}

function isAlive(number: number): boolean {
  try {
    process.kill(number, 0);
    // One that has ended is there until its parent has taken notice.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${number}/status`, "utf8"));
  } catch {
    return false;
  }
}

async function isGone(number: number, within = 2000): Promise<boolean> {
  for (const end = Date.now() + within; Date.now() < end; await pause(20)) if (!isAlive(number)) return true;
  return !isAlive(number);
}

describe("files are read in a process of their own", () => {
  it("one after another, in the order given, all in one process", async () => {
    const before = await tell(shared);
    const paths = Array.from({ length: 50 }, (_, at) => `file-${at}.txt`);
    const prepared = await Promise.all(paths.map((path) => shared.prepare(fileOf(path, `Text of ${path} is this.\n`))));
    expect(prepared.map(wordsOf)).toEqual(paths.map((path) => `Text of ${path} is this.\n`));
    expect((await tell(shared)).process).toBe(before.process);
    expect(before.process).not.toBe(process.pid);
  });

  it("whose replies are taken for the file that they are about", async () => {
    expect(await outcome(shared, "babble.txt")).toMatch(/^One boat/);
    expect(await outcome(shared, "plain.txt")).toMatch(/^One boat/);
  });

  it("which is told no secret: its environment is empty, its arguments are limits and the model's name", async () => {
    process.env.EMBEDDINGS_API_KEY = "a secret";
    onTestFinished(() => void delete process.env.EMBEDDINGS_API_KEY);
    const told = await tell(preparerWith());
    expect(Object.keys(told.environment).filter((name) => !name.startsWith("NODE_CHANNEL"))).toEqual([]);
    expect(JSON.stringify(told)).not.toContain("a secret");
  });

  it("a fault of the program is a reason like others, and ends nothing", async () => {
    const { process: number } = await tell(shared);
    expect(await outcome(shared, "fault.txt")).toBe("cannot be read: a fault of the program");
    expect((await tell(shared)).process).toBe(number);
  });
});

describe("a file that ends the process", () => {
  it.each([
    ["segfault.txt", "ends the process that reads it (SIGSEGV)"],
    ["exit.txt", "ends the process that reads it (exit code 7)"],
    ["throw.txt", "ends the process that reads it (exit code 1)"],
  ])("%s is refused, and the next is read in another", async (path, reason) => {
    const { process: number } = await tell(shared);
    // Twice: it is given a fresh process, in case that an earlier file was to blame.
    expect(await outcome(shared, path)).toBe(reason);
    expect(await outcome(shared, "plain.txt")).toMatch(/^One boat/);
    expect((await tell(shared)).process).not.toBe(number);
    expect(await isGone(number)).toBe(true);
  });

  it("because of what earlier ones left behind is read in a fresh process", async () => {
    const preparer = preparerWith({ maxSeconds: 20 });
    await outcome(preparer, "leave-something.txt");
    expect(await outcome(preparer, "once.txt")).toMatch(/^One boat/);
    const fresh = preparerWith();
    await outcome(fresh, "plain.txt");
    expect(await outcome(fresh, "once.txt")).toBe("ends the process that reads it (exit code 1)");
  });

  it("between two files does no harm to the second", async () => {
    const preparer = preparerWith();
    const { process: number } = await tell(preparer);
    process.kill(number, "SIGKILL");
    expect(await outcome(preparer, "plain.txt")).toMatch(/^One boat/);
  });
});

describe("limits", () => {
  it("a file that takes too long is given up, and its process with it", async () => {
    const preparer = preparerWith({ maxSeconds: 1 });
    const { process: number } = await tell(preparer);
    const began = performance.now();
    expect(await outcome(preparer, "loop.txt")).toBe("takes longer to read than 1 s");
    expect(performance.now() - began).toBeLessThan(5000);
    expect(await isGone(number)).toBe(true);
    expect(await outcome(preparer, "plain.txt")).toMatch(/^One boat/);
  });

  it.each(["heap.txt", "outside.txt"])("memory, of V8 and outside of it: %s", async (path) => {
    const preparer = preparerWith({ maxMemoryMebibytes: 256, maxSeconds: 25 });
    expect(await outcome(preparer, path)).toBe("needs more memory to read than 256 MiB");
    expect(await outcome(preparer, "plain.txt")).toMatch(/^One boat/);
  });
});

describe("cancelling and closing", () => {
  it("a signal ends the file that is being read, and the process", async () => {
    const preparer = preparerWith();
    const { process: number } = await tell(preparer);
    const cancelling = new AbortController();
    setTimeout(() => cancelling.abort(), 200);
    await expect(outcome(preparer, "loop.txt", cancelling.signal)).rejects.toMatchObject({ code: "cancelled" });
    expect(await isGone(number)).toBe(true);
    await expect(outcome(preparer, "plain.txt", AbortSignal.abort())).rejects.toMatchObject({ code: "cancelled" });
    expect(await outcome(preparer, "plain.txt")).toMatch(/^One boat/);
  });

  it("closing ends the process", async () => {
    const preparer = preparerWith();
    const { process: number } = await tell(preparer);
    preparer.close();
    expect(await isGone(number)).toBe(true);
  });

  it.each(["idle", "busy", "starting"])(
    "a parent that is killed takes its reader along, one that is %s",
    async (state) => {
      const script = fileURLToPath(new URL("./reading-parent.ts", import.meta.url));
      const parent = spawn(process.execPath, ["--import", "tsx/esm", script, PROGRAM, state], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      onTestFinished(() => void parent.kill("SIGKILL"));
      const [said] = await once(parent.stdout, "data");
      const number = Number(String(said));
      expect(isAlive(number)).toBe(true);
      // Long enough for the file to reach the reader.
      if (state === "busy") await pause(300);
      parent.kill("SIGKILL");
      expect(await isGone(number)).toBe(true);
    },
  );
});

describe("a program that does not start", () => {
  it("is a fault, after some tries, and no refusal of the file", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sitrep-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const broken = join(folder, "broken.mjs");
    writeFileSync(broken, "process.exit(9);\n");
    await expect(outcome(preparerWith({}, broken), "plain.txt")).rejects.toThrow("ended while it started (9)");
  });

  it("at first is tried again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sitrep-test-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const program = join(folder, "second-time.mjs");
    const mark = JSON.stringify(join(folder, "mark"));
    writeFileSync(
      program,
      `import { existsSync, writeFileSync } from "node:fs";
      if (!existsSync(${mark})) { writeFileSync(${mark}, ""); process.exit(9); }
      process.on("message", ({ number }) => process.send({ number, fault: "started" }));
      process.send("ready");`,
    );
    expect(await outcome(preparerWith({}, program), "plain.txt")).toBe("cannot be read: started");
  });
});
