import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { describe, expect, it, onTestFinished, test } from "vitest";
import type { Exchange, Exchanges } from "../../src/domain/exchange.ts";
import { EXCHANGES_NAME, hasExchanges, openExchanges } from "../../src/index/exchanges.ts";
import { ABSTENTION, askOutcome, BRIEF, CHECK, exchangeWith, NEWS, SEARCH } from "./exchange-samples.ts";
import { temporaryFolder } from "./samples.ts";

const DAY = 24 * 60 * 60 * 1000;
const SCRIPT = fileURLToPath(new URL("./exchange-keeper.ts", import.meta.url));
/** Holds a database's lock until its input ends. */
const HOLDER = `
  import Database from "better-sqlite3";
  const database = new Database(process.argv[1]);
  database.exec("BEGIN IMMEDIATE");
  console.log("locked");
  process.stdin.resume().on("end", () => database.close());
`;
const MEMBER = "300000000000000001";

/** A record whose clock is set by hand. */
function opened(folder = temporaryFolder(), keptDays = 30) {
  const clock = { time: Date.parse("2026-01-01T00:00:00Z") };
  const warnings: string[] = [];
  const open = (): Exchanges => {
    const exchanges = openExchanges(folder, {
      keptDays,
      warn: (message) => warnings.push(message),
      now: () => new Date(clock.time),
    });
    onTestFinished(() => exchanges.close());
    return exchanges;
  };
  return { folder, path: join(folder, EXCHANGES_NAME), clock, warnings, open, exchanges: open() };
}

describe("what is kept", () => {
  test("of a briefing names each of its reports once", () => {
    const { exchanges, path } = opened();
    exchanges.keep(exchangeWith({ outcome: BRIEF }));
    const database = new Database(path, { readonly: true });
    const written = String(database.prepare("SELECT outcome FROM exchanges").pluck().get());
    database.close();
    expect(written.split('"publisher":"Northland Police"')).toHaveLength(2);
    expect(JSON.parse(written).sources).toHaveLength(2);
  });

  test.each([
    ["an answer", askOutcome({ hits: 10, citations: 4 })],
    ["an abstention", ABSTENTION],
    ["a search", SEARCH],
    ["a check", CHECK],
    ["a briefing", BRIEF],
    ["what is new", NEWS],
  ])("%s is found again as it was, also after a restart", (_, outcome) => {
    const { exchanges, open } = opened();
    const filters = { since: "2024", sources: ["dawn"], kinds: ["op-ed" as const], maxMarking: "TLP:GREEN" as const };
    const kept = exchanges.keep(exchangeWith({ outcome, filters, isPrivate: true }));
    expect(kept).toEqual({
      ...exchangeWith({ outcome, filters, isPrivate: true }),
      id: kept.id,
      askedAt: "2026-01-01T00:00:00.000Z",
    });
    expect(exchanges.find(kept.id)).toEqual(kept);
    exchanges.close();
    expect(open().find(kept.id)).toEqual(kept);
  });

  it("has ids of ten letters and digits, none of them twice", () => {
    const { exchanges } = opened();
    const ids = Array.from({ length: 200 }, () => exchanges.keep(exchangeWith()).id);
    expect(ids.filter((id) => !/^[0-9a-hjkmnp-tv-z]{10}$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(200);
    expect(exchanges.find("0000000000")).toBeNull();
  });
});

describe("messages and channels", () => {
  it("finds the exchange that a message shows; several messages may show one, a message shows the last", () => {
    const { exchanges } = opened();
    const [first, second] = [exchanges.keep(exchangeWith()), exchanges.keep(exchangeWith())];
    exchanges.shownIn(first.id, "m1");
    exchanges.shownIn(first.id, "m2");
    expect([exchanges.ofMessage("m1"), exchanges.ofMessage("m2"), exchanges.ofMessage("m3")]).toEqual([
      first,
      first,
      null,
    ]);
    exchanges.shownIn(second.id, "m1");
    expect(exchanges.ofMessage("m1")).toEqual(second);
    exchanges.shownIn("0000000000", "m9");
    expect(exchanges.ofMessage("m9")).toBeNull();
  });

  it("finds the last question of a channel that everybody there sees", () => {
    const { exchanges } = opened();
    const last = exchanges.keep(exchangeWith());
    exchanges.keep(exchangeWith({ isPrivate: true }));
    exchanges.keep(exchangeWith({ outcome: SEARCH }));
    exchanges.keep(exchangeWith({ channelId: "another" }));
    expect(exchanges.lastIn(last.channelId)).toEqual(last);
    expect(exchanges.lastIn("empty")).toBeNull();
  });

  it("gives a chain oldest first, the nearest ones where there are more, and questions only", () => {
    const { exchanges } = opened();
    const first = exchanges.keep(exchangeWith());
    const looked = exchanges.keep(exchangeWith({ outcome: SEARCH, follows: first.id }));
    const second = exchanges.keep(exchangeWith({ follows: looked.id }));
    const third = exchanges.keep(exchangeWith({ follows: second.id }));
    expect(exchanges.chain(third.id, 5)).toEqual([first, second, third]);
    expect(exchanges.chain(third.id, 2)).toEqual([second, third]);
    expect(exchanges.chain("0000000000", 5)).toEqual([]);
    const orphan = exchanges.keep(exchangeWith({ follows: "0000000000" }));
    expect(exchanges.chain(orphan.id, 5)).toEqual([orphan]);
  });
});

describe("feedback", () => {
  const give = (exchangeId: string, changes = {}) => ({
    exchangeId,
    memberId: MEMBER,
    opinion: "helpful" as const,
    comment: "",
    ...changes,
  });

  it("is one for each member and exchange: a later one replaces it", () => {
    const { exchanges, clock } = opened();
    const { id, question } = exchanges.keep(exchangeWith());
    expect(exchanges.giveFeedback(give(id))).toBe(true);
    expect(exchanges.giveFeedback(give(id, { memberId: "another" }))).toBe(true);
    clock.time += 1000;
    expect(exchanges.giveFeedback(give(id, { opinion: "not-helpful", comment: "Too old" }))).toBe(true);
    expect(exchanges.feedback(10)).toEqual([
      {
        ...give(id, { opinion: "not-helpful", comment: "Too old" }),
        givenAt: "2026-01-01T00:00:01.000Z",
        question,
      },
      { ...give(id, { memberId: "another" }), givenAt: "2026-01-01T00:00:00.000Z", question },
    ]);
    expect(exchanges.feedback(1)).toHaveLength(1);
    expect(exchanges.counts()).toEqual({ exchanges: 1, helpful: 1, notHelpful: 1 });
  });

  it("on what is not there is not kept", () => {
    const { exchanges } = opened();
    expect(exchanges.giveFeedback(give("0000000000"))).toBe(false);
    expect(exchanges.counts()).toEqual({ exchanges: 0, helpful: 0, notHelpful: 0 });
  });

  it("has a comment of at most 1,000 characters, none of them cut in two", () => {
    const { exchanges } = opened();
    const { id } = exchanges.keep(exchangeWith());
    exchanges.giveFeedback(give(id, { comment: "🚑".repeat(1200) }));
    expect(exchanges.feedback(1)[0]?.comment).toBe("🚑".repeat(1000));
  });
});

describe("forgetting", () => {
  it("takes exchanges that are too old, with their messages and feedback, and nothing of them is left", () => {
    const { exchanges, clock, open, folder } = opened();
    const old = exchanges.keep(exchangeWith({ question: "an old secret" }));
    exchanges.shownIn(old.id, "m1");
    exchanges.giveFeedback({ exchangeId: old.id, memberId: MEMBER, opinion: "helpful", comment: "" });
    clock.time += 29 * DAY;
    const young = exchanges.keep(exchangeWith());
    expect(exchanges.find(old.id)).not.toBeNull();
    clock.time += 1 * DAY + 1;
    // Not deleted yet, but forgotten.
    expect([exchanges.find(old.id), exchanges.ofMessage("m1")]).toEqual([null, null]);
    expect(exchanges.giveFeedback({ exchangeId: old.id, memberId: "b", opinion: "helpful", comment: "" })).toBe(false);
    exchanges.close();
    const again = open();
    expect(again.counts()).toEqual({ exchanges: 1, helpful: 0, notHelpful: 0 });
    expect(again.feedback(10)).toEqual([]);
    expect(again.find(young.id)).toEqual(young);
    again.close();
    expect(readFileSync(join(folder, EXCHANGES_NAME)).includes("an old secret")).toBe(false);
  });

  it("goes on while nothing is opened again, once an hour", () => {
    const { exchanges, clock } = opened();
    exchanges.keep(exchangeWith());
    clock.time += 31 * DAY;
    exchanges.keep(exchangeWith());
    expect(exchanges.counts().exchanges).toBe(1);
  });

  it("follows a chain only as far as it is remembered", () => {
    const { exchanges, clock } = opened();
    const first = exchanges.keep(exchangeWith());
    clock.time += 20 * DAY;
    const second = exchanges.keep(exchangeWith({ follows: first.id }));
    clock.time += 20 * DAY;
    expect(exchanges.chain(second.id, 5)).toEqual([second]);
  });
});

describe("a row that cannot be read", () => {
  test.each([
    ["no JSON", "outcome = '{'"],
    ["an outcome of another form", `outcome = '{"kind":"ask","result":{"question":{},"answer":{}}}'`],
    ["an unknown kind", `outcome = '{"kind":"guess"}'`],
    ["filters of another form", `filters = '{"since":7}'`],
  ])("counts as forgotten: %s", (_, change) => {
    const { exchanges, path } = opened();
    const before = exchanges.keep(exchangeWith());
    const broken = exchanges.keep(exchangeWith({ follows: before.id }));
    const after = exchanges.keep(exchangeWith({ follows: broken.id, isPrivate: true }));
    exchanges.shownIn(broken.id, "m1");
    const database = new Database(path);
    database.prepare(`UPDATE exchanges SET ${change} WHERE id = ?`).run(broken.id);
    database.close();
    expect([exchanges.find(broken.id), exchanges.ofMessage("m1")]).toEqual([null, null]);
    expect(exchanges.lastIn(broken.channelId)).toEqual(before);
    expect(exchanges.chain(after.id, 5)).toEqual([after]);
  });
});

describe("a row of the first versions", () => {
  const NEWER = ["asOf", "voice", "disagreements", "premise", "unmet", "choices"];
  const withoutNewer = (written: string) =>
    JSON.stringify(JSON.parse(written, (key, value) => (NEWER.includes(key) ? undefined : value)));

  test.each([
    ["an answer", askOutcome({ citations: 2 })],
    ["an abstention", ABSTENTION],
  ])("is still opened: %s, with what it does not say left empty", (_, outcome) => {
    const { exchanges, path } = opened();
    const kept = exchanges.keep(exchangeWith({ outcome }));
    const database = new Database(path);
    const written = database.prepare("SELECT outcome FROM exchanges WHERE id = ?").pluck().get(kept.id);
    const old = withoutNewer(String(written));
    expect(old).not.toBe(written);
    for (const name of NEWER) expect(old).not.toContain(`"${name}":`);
    database.prepare("UPDATE exchanges SET outcome = ? WHERE id = ?").run(old, kept.id);
    database.close();
    const found = exchanges.find(kept.id)?.outcome;
    if (found?.kind !== "ask" || outcome.kind !== "ask") throw new Error("Not found again");
    if (found.answer.kind === "answer") {
      expect(found.answer).toMatchObject({ disagreements: [], premise: null });
      expect(found.answer.claims).toMatchObject([{ asOf: null, voice: { kind: "report", who: null } }]);
    } else expect(found.answer).toMatchObject({ unmet: [], choices: [] });
    // All that was written then is as it was.
    expect(JSON.parse(withoutNewer(JSON.stringify(found)))).toEqual(JSON.parse(old));
  });
});

describe("the file", () => {
  it("is made with the folders above it", () => {
    const folder = join(temporaryFolder(), "a/b");
    expect(hasExchanges(folder)).toBe(false);
    const { exchanges } = opened(folder);
    exchanges.keep(exchangeWith());
    expect(hasExchanges(folder)).toBe(true);
  });

  test.each([
    ["no database at all", (path: string) => writeFileSync(path, "scribbled over ".repeat(1000))],
    ["cut short", (path: string) => truncateSync(path, 6000)],
    [
      "overwritten in its middle",
      (path: string) => {
        const bytes = readFileSync(path);
        writeFileSync(path, bytes.fill(0xab, 4096));
      },
    ],
  ])("that is damaged (%s) is moved aside with one warning, and a new one begun", (_, damage) => {
    const { exchanges, folder, path, warnings, open } = opened();
    const lost = exchanges.keep(exchangeWith());
    exchanges.close();
    damage(path);
    const again = open();
    const kept = again.keep(exchangeWith());
    expect(again.find(kept.id)).toEqual(kept);
    expect(again.find(lost.id)).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/damaged: it was moved to .*exchanges\.sqlite\.damaged-2026/)]);
    const aside = readdirSync(folder).filter((name) => name.includes(".damaged-"));
    expect(aside).toEqual([expect.stringMatching(/^exchanges\.sqlite\.damaged-2026-01-01T000000Z$/)]);
  });

  it("that is damaged while it is open is moved aside at the first call that finds it so", () => {
    const { exchanges, path, warnings } = opened();
    for (let count = 0; count < 50; count += 1) exchanges.keep(exchangeWith());
    // Everything is moved out of the log, so that only the file itself has it.
    const other = new Database(path);
    other.pragma("wal_checkpoint(TRUNCATE)");
    other.close();
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xab, 4096));
    const kept = exchanges.keep(exchangeWith());
    expect(exchanges.find(kept.id)).toEqual(kept);
    expect(warnings).toHaveLength(1);
  });

  it("that is deleted under an open record is made again", () => {
    const { exchanges, folder } = opened();
    const lost = exchanges.keep(exchangeWith());
    for (const name of readdirSync(folder)) rmSync(join(folder, name));
    const kept = exchanges.keep(exchangeWith());
    expect([exchanges.find(lost.id), exchanges.find(kept.id)]).toEqual([null, kept]);
    expect(hasExchanges(folder)).toBe(true);
  });

  it("of another program is left as it is", () => {
    const folder = temporaryFolder();
    const database = new Database(join(folder, EXCHANGES_NAME));
    database.exec("CREATE TABLE things (name TEXT)");
    database.close();
    expect(() => opened(folder)).toThrow(expect.objectContaining({ code: "index-unusable" }));
    expect(readdirSync(folder)).toEqual([EXCHANGES_NAME]);
  });

  it("of a newer version is left as it is", () => {
    const { exchanges, folder, path } = opened();
    exchanges.close();
    const database = new Database(path);
    database.pragma("user_version = 99");
    database.close();
    expect(() => opened(folder)).toThrow(/newer version of Sitrep/);
  });

  it.skipIf(process.getuid?.() === 0)("in a folder that cannot be written is a fault with a code", () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o500);
    onTestFinished(() => chmodSync(folder, 0o700));
    expect(() => opened(folder)).toThrow(expect.objectContaining({ code: "index-unusable" }));
  });

  it("that is no file is a fault with a code, and stays", () => {
    const folder = temporaryFolder();
    const file = join(folder, "data");
    writeFileSync(file, "x");
    expect(() => opened(file)).toThrow(expect.objectContaining({ code: "index-unusable" }));
    expect(existsSync(file)).toBe(true);
  });
});

describe("a file that another process has locked", () => {
  it("keeps nobody waiting, can be read, and is written again once it is free", async () => {
    const { exchanges, folder } = opened();
    const before = exchanges.keep(exchangeWith());
    const holder = spawn(process.execPath, ["--input-type=module", "-e", HOLDER, join(folder, EXCHANGES_NAME)], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    onTestFinished(() => void holder.kill("SIGKILL"));
    await once(holder.stdout, "data");

    const began = performance.now();
    for (let count = 0; count < 20; count += 1) {
      expect(() => exchanges.keep(exchangeWith())).toThrow(expect.objectContaining({ code: "busy" }));
    }
    expect(() => exchanges.shownIn(before.id, "m1")).toThrow(expect.objectContaining({ code: "busy" }));
    expect(exchanges.find(before.id)).toEqual(before);
    expect(exchanges.counts().exchanges).toBe(1);
    expect(performance.now() - began).toBeLessThan(300);

    holder.stdin.end();
    await once(holder, "exit");
    await pause(2_050);
    const after = exchanges.keep(exchangeWith());
    expect(exchanges.find(after.id)).toEqual(after);
    expect(exchanges.counts().exchanges).toBe(2);
  });
});

/** A limit on the size of files is the nearest that every machine has to a disk that is full. */
it.skipIf(process.platform === "win32")("on a full disk an exchange is not kept, and the caller is told", async () => {
  const folder = temporaryFolder();
  const command = `ulimit -f 1000; exec "$0" --import tsx/esm "$1" "$2"`;
  const args = ["-c", command, process.execPath, SCRIPT, folder];
  const child = spawn("bash", args, { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  for await (const chunk of child.stderr) told += chunk;
  expect(told).toContain("SitrepError");
  expect(told).toContain("index-unusable");
  expect(integrityOf(folder)).toBe("ok");
  const { exchanges } = realTime(folder);
  const kept = exchanges.keep(exchangeWith());
  expect(exchanges.find(kept.id)).toEqual(kept);
});

describe("processes", () => {
  it("one that is killed while it keeps exchanges has lost none that it was told are kept", async () => {
    const folder = temporaryFolder();
    const child = keeper(folder);
    const ids = await idsOf(child, 150);
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(child.signalCode).toBe("SIGKILL");
    const { exchanges, warnings } = realTime(folder);
    expect(ids.filter((id) => exchanges.find(id) === null)).toEqual([]);
    expect(exchanges.counts().exchanges).toBeGreaterThanOrEqual(ids.length);
    expect(warnings).toEqual([]);
    expect(integrityOf(folder)).toBe("ok");
  });

  it("two that begin at once keep all that both were given", async () => {
    const folder = temporaryFolder();
    const children = [keeper(folder, 200), keeper(folder, 200)];
    const ids = await Promise.all(children.map((child) => idsOf(child, 200)));
    const { exchanges } = realTime(folder);
    expect(ids.flat().filter((id) => exchanges.find(id) === null)).toEqual([]);
    expect(exchanges.counts().exchanges).toBe(400);
    expect(integrityOf(folder)).toBe("ok");
  });
});

it("takes a few milliseconds at most with 20,000 exchanges", () => {
  const { exchanges, path } = opened();
  const outcome = askOutcome({ hits: 3 });
  const database = new Database(path);
  const first = exchanges.keep(exchangeWith({ outcome }));
  database.exec(`
    INSERT INTO exchanges (id, asked_at, guild_id, channel_id, member_id, is_private, kind, question, filters, outcome)
      WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 20000)
      SELECT 'copy-' || n, asked_at, guild_id, 'channel-' || (n % 50), member_id, 0, kind, question, filters, outcome
      FROM exchanges, counter;
    INSERT INTO feedback SELECT sequence, member_id, 'helpful', '', asked_at FROM exchanges;`);
  database.close();
  const chained = Array.from({ length: 4 }).reduce<Exchange>(
    (last) => exchanges.keep(exchangeWith({ outcome, follows: last.id })),
    first,
  );
  const calls: Record<string, () => unknown> = {
    keep: () => exchanges.keep(exchangeWith({ outcome: askOutcome({ hits: 10, citations: 4 }) })),
    find: () => exchanges.find("copy-777"),
    shownIn: () => exchanges.shownIn(first.id, `m${Math.random()}`),
    ofMessage: () => exchanges.ofMessage("m1"),
    lastIn: () => exchanges.lastIn("channel-7"),
    chain: () => exchanges.chain(chained.id, 4),
    giveFeedback: () =>
      exchanges.giveFeedback({ exchangeId: first.id, memberId: MEMBER, opinion: "helpful", comment: "" }),
    feedback: () => exchanges.feedback(20),
    counts: () => exchanges.counts(),
  };
  const medians = Object.entries(calls).map(([name, call]) => [name, median(call)] as const);
  // Loosely: other work shares the machine.
  expect(medians.filter(([, milliseconds]) => milliseconds > 2)).toEqual([]);
});

function median(call: () => unknown): number {
  const times = Array.from({ length: 41 }, () => {
    const began = performance.now();
    call();
    return performance.now() - began;
  });
  return times.sort((left, right) => left - right)[20] ?? 0;
}

function realTime(folder: string): { exchanges: Exchanges; warnings: string[] } {
  const warnings: string[] = [];
  const exchanges = openExchanges(folder, { keptDays: 30, warn: (message) => warnings.push(message) });
  onTestFinished(() => exchanges.close());
  return { exchanges, warnings };
}

function keeper(folder: string, most?: number): ChildProcess {
  const args = ["--import", "tsx/esm", SCRIPT, folder, ...(most === undefined ? [] : [`${most}`])];
  return spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
}

/** The first ids that a keeper says it has kept; only whole lines count. */
async function idsOf(child: ChildProcess, wanted: number): Promise<string[]> {
  let text = "";
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    const lines = text.split("\n").slice(0, -1);
    if (lines.length >= wanted) return lines;
  }
  throw new Error(`The keeper ended after ${text.split("\n").length - 1} of ${wanted}`);
}

function integrityOf(folder: string): unknown {
  const database = new Database(join(folder, EXCHANGES_NAME), { readonly: true });
  try {
    return database.pragma("integrity_check", { simple: true });
  } finally {
    database.close();
  }
}
