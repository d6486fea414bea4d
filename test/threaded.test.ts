import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { createSitrep } from "../src/app.ts";
import { type Config, loadConfig } from "../src/config.ts";
import type { Sitrep } from "../src/domain/service.ts";
import { openThreaded, type ThreadedSitrep } from "../src/threaded.ts";

const ROOT = join(import.meta.dirname, "..");
const SILENT = new URL("./fixtures/silent-thread.mjs", import.meta.url);
const CRASHING = new URL("./fixtures/crashing-thread.mjs", import.meta.url);

let folder: string;
let config: Config;
let inProcess: Sitrep;
let questions: string[];
const warnings: string[] = [];
const errors: string[] = [];
const opened: ThreadedSitrep[] = [];

async function threaded(program?: URL, patience?: number): Promise<ThreadedSitrep> {
  const told = { warn: (message: string) => warnings.push(message), error: (message: string) => errors.push(message) };
  const made = await openThreaded(config, told, program, patience);
  opened.push(made);
  return made;
}

/** Everything but how long it took. */
function untimed<T extends { milliseconds: number }>(result: T): Omit<T, "milliseconds"> {
  const { milliseconds, ...rest } = result;
  expect(milliseconds).toBeGreaterThan(0);
  return rest;
}

/**
 * The longest pause of this thread's event loop meanwhile, in milliseconds; the least of four times, because on a busy
 * machine a thread also waits for a core, but what keeps the event loop does so every time.
 */
async function longestPause(
  work: (time: number) => Promise<unknown>,
  prepare?: () => Promise<unknown>,
): Promise<number> {
  const pauses: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    await prepare?.();
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    await work(time);
    delay.disable();
    pauses.push(delay.max / 1e6);
  }
  return Math.min(...pauses);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-threaded-"));
  await cp(join(ROOT, "corpus"), join(folder, "corpus"), { recursive: true });
  config = loadConfig({ CORPUS_DIR: join(folder, "corpus"), DATA_DIR: join(folder, "data") });
  inProcess = createSitrep(config, { warn: (message) => warnings.push(message) });
  await inProcess.ingest();
  const file = parse(await readFile(join(ROOT, "eval", "questions.yaml"), "utf8"));
  questions = file.questions.map(({ question }: { question: string }) => question);
});

afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  errors.length = 0;
});

afterAll(async () => {
  await inProcess.close();
  await rm(folder, { recursive: true, force: true });
});

describe("Sitrep in a thread of its own", () => {
  it("gives the answers, searches and reports that Sitrep in this thread gives", async () => {
    const other = await threaded();
    const filters = { since: "2025-01-01" };
    for (const question of questions.slice(0, 40)) {
      expect(untimed(await other.ask(question, { filters }))).toEqual(
        untimed(await inProcess.ask(question, { filters })),
      );
    }
    expect(untimed(await other.search("suicide bombing", { limit: 20 }))).toEqual(
      untimed(await inProcess.search("suicide bombing", { limit: 20 })),
    );
    const reports = await inProcess.reports();
    expect(await other.reports()).toEqual(reports);
    expect(await other.status()).toEqual(await inProcess.status());
    for (const { id } of reports.slice(0, 3)) {
      expect(await other.report(id)).toEqual(await inProcess.report(id));
      expect(await other.reportText(id)).toBe(await inProcess.reportText(id));
    }
    expect([warnings, errors]).toEqual([[], []]);
  });

  it("answers many at a time, each its own question", async () => {
    const other = await threaded();
    const answers = await Promise.all(questions.slice(0, 20).map((question) => other.ask(question)));
    expect(answers.map(({ question }) => question.text)).toEqual(questions.slice(0, 20));
  });

  it("passes faults on with code, message, hint and the cause as text", async () => {
    const other = await threaded();
    for (const wrong of ["", "x".repeat(3000)]) {
      const fault = await inProcess.ask(wrong).catch((error: unknown) => error);
      const { code, message, hint } = fault as { code: string; message: string; hint: string };
      await expect(other.ask(wrong)).rejects.toMatchObject({ name: "SitrepError", code, message, hint });
    }
    await expect(other.reportText("nothing")).rejects.toMatchObject({ code: "bad-input" });
    const none = await openThreaded({ ...config, dataDir: join(folder, "none") }, { warn: () => undefined });
    opened.push(none);
    await expect(none.ask(questions[0] ?? "")).rejects.toMatchObject({ code: "index-missing" });
  });

  it("cancels a question by its signal, before and after it was asked", async () => {
    const other = await threaded();
    const early = other.ask(questions[0] ?? "", { signal: AbortSignal.abort() });
    await expect(early).rejects.toMatchObject({ code: "cancelled" });
    const controller = new AbortController();
    const late = other.ask(questions[0] ?? "", { signal: controller.signal });
    controller.abort();
    await expect(late).rejects.toMatchObject({ code: "cancelled" });
    expect((await other.ask(questions[0] ?? "", { signal: new AbortController().signal })).answer.kind).toBe("answer");
  });

  it("rejects an argument that cannot be copied, and goes on", async () => {
    const other = await threaded();
    const filters = { since: () => "2025" } as unknown as { since: string };
    await expect(other.ask("Who leads the TTP?", { filters })).rejects.toThrow(/could not be cloned/);
    expect((await other.status()).passages).toBeGreaterThan(0);
  });

  it("tells warnings to whoever opened it", async () => {
    const glossary = join(folder, "corpus", "glossary.yaml");
    const before = await readFile(glossary, "utf8");
    try {
      await writeFile(glossary, before.replace("entries:", "entries:\n  - { name: Sitrep, kind: term, gloss: This. }"));
      await (await threaded()).status();
      expect(warnings.splice(0)).toEqual([expect.stringContaining("npm run ingest")]);
    } finally {
      await writeFile(glossary, before);
    }
  });

  it("does not keep the caller's event loop from its work, neither by 50 questions nor by a new snapshot", async () => {
    const other = await threaded();
    await other.ask(questions[0] ?? "");
    const asking = await longestPause((time) =>
      Promise.all(questions.slice(0, 50).map((question) => other.ask(`${question} (${time})`))),
    );
    expect(asking).toBeLessThan(50);

    const [report] = await other.reports();
    let { snapshot } = await other.status();
    const opening = await longestPause(
      async () => {
        expect((await other.status()).snapshot).toBe(snapshot);
        await other.ask(questions[1] ?? "");
      },
      async () => {
        // The ingest is the work of this thread, and not watched.
        await inProcess.ingest({ only: { paths: [report?.path ?? ""] }, force: true });
        snapshot += 1;
      },
    );
    expect(opening).toBeLessThan(50);
  });
});

describe("a thread that crashes", () => {
  it("rejects what is open, and the next call is answered by a new one", async () => {
    const other = await threaded(CRASHING);
    await other.status();
    const open = [other.reportText("exit"), other.status(), other.reports()];
    for (const each of await Promise.allSettled(open)) {
      expect(each).toMatchObject({
        status: "rejected",
        reason: { message: expect.stringMatching(/ended unexpectedly: exit code 7/) },
      });
    }
    expect(errors.splice(0)).toEqual([expect.stringMatching(/exit code 7; the next question starts a new one/)]);
    expect((await other.ask(questions[0] ?? "")).answer.kind).toBe("answer");
    const underWay = questions.slice(10, 30).map((question) => other.ask(question));
    other.reportText("throw").catch(() => undefined);
    for (const each of await Promise.allSettled(underWay)) {
      expect(each).toMatchObject({
        status: "rejected",
        reason: { message: expect.stringMatching(/ended unexpectedly: the thread is broken/) },
      });
    }
    expect(errors.splice(0)).toHaveLength(1);
    expect((await other.status()).passages).toBeGreaterThan(0);
  });

  it("is started at once after one crash, and after a pause when it crashes again without an answer", async () => {
    const other = await threaded(CRASHING);
    await expect(other.reportText("exit")).rejects.toThrow(/exit code 7/);
    await expect(other.reportText("exit")).rejects.toThrow(/exit code 7/);
    await expect(other.status()).rejects.toThrow(/exit code 7; a new one is started in 1 s/);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    expect((await other.status()).passages).toBeGreaterThan(0);
    await expect(other.reportText("exit")).rejects.toThrow(/exit code 7/);
    expect((await other.status()).passages).toBeGreaterThan(0);
    expect(errors.splice(0)).toHaveLength(3);
  });

  it("that cannot start at all rejects the opening with the reason", async () => {
    await expect(threaded(new URL("./fixtures/no-such-thread.mjs", import.meta.url))).rejects.toThrow(
      /cannot be started: Cannot find module .*no-such-thread/,
    );
    expect(errors).toEqual([]);
  });
});

describe("closing", () => {
  it("waits for what is open, and rejects what comes after", async () => {
    const other = await threaded(undefined, 60_000);
    const open = questions.slice(0, 10).map((question) => other.ask(question));
    const closing = other.close();
    await expect(other.status()).rejects.toThrow("Sitrep is closed; status cannot be called any more");
    let answered = 0;
    for (const each of open) each.then(() => answered++);
    await closing;
    expect(answered).toBe(10);
    await other.close();
  });

  it.each(["hang", "loop"])("gives up calls that are never answered, and ends their thread: %s", async (way) => {
    const other = await threaded(SILENT, 300);
    const open = [other.reportText(way), other.status(), other.ask("Who?", { signal: new AbortController().signal })];
    const settled = Promise.allSettled(open);
    const began = performance.now();
    await other.close();
    const took = performance.now() - began;
    expect(took).toBeGreaterThan(295);
    // 300 ms for the calls and a second for the thread; loosely, because other work shares the machine.
    expect(took).toBeLessThan(2500);
    for (const each of await settled) {
      expect(each).toMatchObject({
        status: "rejected",
        reason: { message: expect.stringMatching(/was closed before/) },
      });
    }
    expect(errors).toEqual([]);
  });

  it("gives up calls that the model is at work for, and the process goes on", async () => {
    const other = await threaded(undefined, 0);
    await other.ask(questions[0] ?? "");
    const settled = Promise.allSettled(questions.slice(10, 40).map((question) => other.ask(question)));
    const began = performance.now();
    await other.close();
    // Loosely, about 700 ms.
    expect(performance.now() - began).toBeLessThan(6000);
    expect((await settled).at(-1)).toMatchObject({ status: "rejected" });
    expect(errors).toEqual([]);
  });

  it("ends also when the thread crashes under the last call", async () => {
    const other = await threaded(CRASHING);
    const open = other.reportText("exit").catch((error: Error) => error.message);
    await other.close();
    expect(await open).toMatch(/exit code 7/);
    errors.splice(0);
  });
});
