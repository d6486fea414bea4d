import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Baseline } from "../../src/domain/briefing.ts";
import {
  type Delivery,
  type Members,
  MOST_SUBSCRIPTIONS,
  type NewDelivery,
  type Subscription,
  type SubscriptionOrder,
} from "../../src/domain/members.ts";
import { MEMBERS_NAME, openMembers } from "../../src/index/members.ts";
import { temporaryFolder } from "./samples.ts";

const DAY = 24 * 60 * 60 * 1000;
const HOUR = 60 * 60 * 1000;
const START = "2026-01-01T00:00:00.000Z";
const [GUILD, MEMBER, CHANNEL] = ["100000000000000001", "300000000000000001", "200000000000000001"];
const SCRIPT = fileURLToPath(new URL("./member-claimer.ts", import.meta.url));

const baseline = (snapshot: number): Baseline => ({
  snapshot,
  createdAt: `2026-01-01T00:00:${String(snapshot).padStart(2, "0")}.000Z`,
  reports: { "report-1": `sum-${snapshot}`, "report-2": "sum" },
});

/** What is known of a baseline at a glance. */
const mark = (snapshot: number) => ({ snapshot, createdAt: baseline(snapshot).createdAt });

const order = (changes: Partial<SubscriptionOrder> = {}): SubscriptionOrder => ({
  guildId: GUILD,
  memberId: MEMBER,
  channelId: null,
  subject: null,
  schedule: "weekly",
  locale: "en-GB",
  told: baseline(1),
  ...changes,
});

const delivery = (changes: Partial<NewDelivery> = {}): NewDelivery => ({
  upTo: baseline(2),
  channelId: CHANNEL,
  after: "42",
  write: (id) => `message ${id}`,
  ...changes,
});

/** A record whose clock is set by hand. */
function opened(folder = temporaryFolder()) {
  const clock = { time: Date.parse(START) };
  const warnings: string[] = [];
  const open = (): Members => {
    const members = openMembers(folder, {
      warn: (message) => warnings.push(message),
      now: () => new Date(clock.time),
    });
    onTestFinished(() => members.close());
    return members;
  };
  return { folder, path: join(folder, MEMBERS_NAME), clock, warnings, open, members: open() };
}

function subscribed(members: Members, changes: Partial<SubscriptionOrder> = {}): Subscription {
  const made = members.subscribe(order(changes));
  if (made === "too-many") throw new Error("too many");
  expect(made.isNew).toBe(true);
  return made.subscription;
}

function begun(members: Members, id: string, changes: Partial<NewDelivery> = {}): Delivery {
  const made = members.beginDelivery(id, delivery(changes));
  if (made === null) throw new Error("not begun");
  return made;
}

describe("what a member was told last, and the tour", () => {
  it("is there again after a restart, for each member and server", () => {
    const { members, open } = opened();
    expect([members.lastBriefing(GUILD, MEMBER), members.tourStep(GUILD, MEMBER)]).toEqual([null, null]);
    members.noteBriefing(GUILD, MEMBER, baseline(1));
    members.noteBriefing(GUILD, MEMBER, baseline(3));
    members.noteBriefing("another", MEMBER, baseline(2));
    members.noteTourStep(GUILD, MEMBER, 2);
    members.noteTourStep(GUILD, MEMBER, 6);
    members.close();
    const again = open();
    expect(again.lastBriefing(GUILD, MEMBER)).toEqual(baseline(3));
    expect(again.lastBriefing("another", MEMBER)).toEqual(baseline(2));
    expect([again.tourStep(GUILD, MEMBER), again.tourStep("another", MEMBER)]).toEqual([6, null]);
  });

  it("is forgotten after 400 days without use, in the file too", () => {
    const { members, clock, open, path } = opened();
    members.noteBriefing(GUILD, MEMBER, baseline(1));
    members.noteTourStep(GUILD, MEMBER, 3);
    clock.time += 400 * DAY;
    expect(members.tourStep(GUILD, MEMBER)).toBe(3);
    clock.time += HOUR;
    expect([members.lastBriefing(GUILD, MEMBER), members.tourStep(GUILD, MEMBER)]).toEqual([null, null]);
    members.close();
    open().close();
    expect(countsIn(path)).toEqual({ baselines: 0, briefings: 0, tours: 0, subscriptions: 0, deliveries: 0 });
  });

  it("keeps a baseline that many have once", () => {
    const { members, path } = opened();
    for (let number = 0; number < 20; number += 1) members.noteBriefing(GUILD, `member-${number}`, baseline(1));
    const { reports, ...rest } = baseline(1);
    const reversed = Object.fromEntries(Object.entries(reports).reverse());
    members.noteBriefing(GUILD, "last", { ...rest, reports: reversed });
    expect(countsIn(path)).toMatchObject({ baselines: 1, briefings: 21 });
  });
});

function countsIn(path: string): Record<string, number> {
  const database = new Database(path, { readonly: true });
  try {
    const tables = ["baselines", "briefings", "tours", "subscriptions", "deliveries"];
    const count = (table: string) => database.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get() ?? -1;
    return Object.fromEntries(tables.map((table) => [table, count(table)]));
  } finally {
    database.close();
  }
}

describe("subscriptions", () => {
  it("are kept as they were ordered, oldest first", () => {
    const { members, open, clock } = opened();
    const first = subscribed(members, { subject: "Lashkar \ud800 of glass" });
    clock.time += 1000;
    const second = subscribed(members, { channelId: CHANNEL, schedule: "on-new-reports", locale: null });
    expect(first).toEqual({
      ...order({ subject: "Lashkar \ufffd of glass" }),
      told: mark(1),
      id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{10}$/),
      createdAt: START,
      lookedAt: START,
      deliveredAt: null,
      failures: 0,
      failedAt: null,
      endedAt: null,
    });
    members.close();
    const again = open();
    expect(again.subscriptions()).toEqual([first, second]);
    expect(again.subscriptions(GUILD, MEMBER)).toEqual([first, second]);
    expect(again.subscriptions(GUILD, "another")).toEqual([]);
    expect(again.subscriptions("another")).toEqual([]);
    expect(again.subscription(second.id)).toEqual(second);
    expect(again.subscription("0000000000")).toBeNull();
  });

  it("are one for each member, subject and schedule, and in a channel one for all", () => {
    const { members } = opened();
    const mine = subscribed(members);
    subscribed(members, { schedule: "on-new-reports" });
    subscribed(members, { subject: "" });
    subscribed(members, { subject: "boats" });
    subscribed(members, { memberId: "another" });
    subscribed(members, { guildId: "another" });
    const ofChannel = subscribed(members, { channelId: CHANNEL });
    expect(members.subscribe(order({ told: baseline(9), locale: "ur" }))).toEqual({
      subscription: mine,
      isNew: false,
    });
    expect(members.subscribe(order({ channelId: CHANNEL, memberId: "another" }))).toEqual({
      subscription: ofChannel,
      isNew: false,
    });
    expect(members.subscriptions()).toHaveLength(7);
  });

  it(`are at most ${MOST_SUBSCRIPTIONS} for a member and server`, () => {
    const { members } = opened();
    const ids = Array.from(
      { length: MOST_SUBSCRIPTIONS },
      (_, at) => subscribed(members, { subject: `subject ${at}` }).id,
    );
    expect(members.subscribe(order())).toBe("too-many");
    subscribed(members, { memberId: "another" });
    members.unsubscribe(ids[0] ?? "");
    subscribed(members);
    expect(members.resubscribe(ids[0] ?? "")).toBe("too-many");
  });

  it("end, and can be put back for 30 days with what they told last", () => {
    const { members, clock, path } = opened();
    const { id } = subscribed(members);
    members.noteFailure(id);
    expect(members.unsubscribe(id)).toMatchObject({ id, endedAt: START });
    expect(members.unsubscribe(id)).toBeNull();
    expect(members.subscriptions()).toEqual([]);
    expect(members.beginDelivery(id, delivery())).toBeNull();
    clock.time += 30 * DAY;
    const back = { id, told: mark(1), endedAt: null, failures: 0 };
    expect(members.resubscribe(id)).toMatchObject(back);
    expect(members.resubscribe(id)).toMatchObject(back);
    expect(members.subscriptions()).toHaveLength(1);
    members.unsubscribe(id);
    clock.time += 30 * DAY + HOUR;
    expect([members.resubscribe(id), members.subscription(id)]).toEqual([null, null]);
    members.noteBriefing(GUILD, MEMBER, baseline(5));
    expect(countsIn(path)).toMatchObject({ subscriptions: 0, baselines: 1 });
  });

  it("ordered anew meanwhile are not there twice", () => {
    const { members } = opened();
    const { id } = subscribed(members);
    members.unsubscribe(id);
    const anew = subscribed(members, { told: baseline(2) });
    expect(members.resubscribe(id)).toEqual(anew);
    expect(members.subscriptions()).toEqual([anew]);
  });

  it("note that there was nothing, and how often in a row nothing could be delivered", () => {
    const { members, clock } = opened();
    const { id } = subscribed(members);
    clock.time += HOUR;
    expect([members.noteFailure(id), members.noteFailure(id), members.noteFailure("0000000000")]).toEqual([1, 2, 0]);
    const failedAt = "2026-01-01T01:00:00.000Z";
    expect(members.subscription(id)).toMatchObject({ failures: 2, failedAt, lookedAt: START });
    clock.time += HOUR;
    members.noteNothing(id, baseline(7));
    expect(members.subscription(id)).toMatchObject({
      told: mark(7),
      lookedAt: "2026-01-01T02:00:00.000Z",
      deliveredAt: null,
      failures: 0,
      failedAt: null,
    });
  });
});

describe("deliveries", () => {
  it("are open until they are confirmed, also after a restart, and then what they told is told", () => {
    const { members, open, clock } = opened();
    const { id } = subscribed(members);
    clock.time += HOUR;
    const one = begun(members, id);
    expect(one).toEqual({
      id: expect.stringMatching(/^[0-9a-hjkmnp-tv-z]{10}$/),
      subscriptionId: id,
      begunAt: "2026-01-01T01:00:00.000Z",
      channelId: CHANNEL,
      after: "42",
      message: `message ${one.id}`,
    });
    members.close();
    const again = open();
    expect(again.openDeliveries()).toEqual([one]);
    expect(again.subscription(id)).toMatchObject({ told: mark(1), deliveredAt: null });
    clock.time += HOUR;
    again.confirmDelivery(one.id, "777");
    expect(again.openDeliveries()).toEqual([]);
    const told = { told: mark(2), lookedAt: one.begunAt, deliveredAt: "2026-01-01T02:00:00.000Z" };
    expect(again.subscription(id)).toMatchObject(told);
    expect([again.told(id), again.told("0000000000")]).toEqual([baseline(2), null]);
  });

  it("are one at a time for each subscription", () => {
    const { members } = opened();
    const [first, second] = [subscribed(members), subscribed(members, { subject: "boats" })];
    const one = begun(members, first.id);
    expect(members.beginDelivery(first.id, delivery())).toBeNull();
    const other = begun(members, second.id);
    expect(members.openDeliveries()).toEqual([one, other]);
    members.giveUpDelivery(one.id);
    expect(members.openDeliveries()).toEqual([other]);
    expect(members.subscription(first.id)?.told).toEqual(mark(1));
    begun(members, first.id);
    expect(members.beginDelivery("0000000000", delivery())).toBeNull();
  });

  it("confirmed once stay as they are", () => {
    const { members } = opened();
    const { id } = subscribed(members);
    const one = begun(members, id);
    members.confirmDelivery(one.id, "777");
    const next = begun(members, id, { upTo: baseline(3) });
    members.confirmDelivery(next.id, "778");
    members.confirmDelivery(one.id, "779");
    members.giveUpDelivery(next.id);
    members.confirmDelivery("0000000000", "780");
    expect(members.subscription(id)?.told).toEqual(mark(3));
  });

  it("whose message cannot be written are not begun", () => {
    const { members } = opened();
    const { id } = subscribed(members);
    const write = () => {
      throw new RangeError("too long");
    };
    expect(() => members.beginDelivery(id, delivery({ write }))).toThrow("too long");
    expect(members.openDeliveries()).toEqual([]);
    begun(members, id);
  });

  it("keep no message and no baseline once they have arrived, and are forgotten after 30 days", () => {
    const { members, clock, path } = opened();
    const { id } = subscribed(members);
    members.confirmDelivery(begun(members, id).id, "777");
    members.noteNothing(id, baseline(3));
    const database = new Database(path, { readonly: true });
    expect(database.prepare("SELECT up_to, message, message_id FROM deliveries").all()).toEqual([
      { up_to: null, message: null, message_id: "777" },
    ]);
    database.close();
    clock.time += 31 * DAY;
    members.noteTourStep(GUILD, MEMBER, 1);
    expect(countsIn(path)).toMatchObject({ deliveries: 0, baselines: 1, subscriptions: 1 });
  });

  it("whatever is done in whatever order, news are told once and none is lost", () => {
    const steps = fc.constantFrom("begin", "confirm", "give-up", "nothing", "restart", "end", "back", "news");
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40 }), (taken) => {
        const { members: first, open } = opened();
        let members = first;
        const { id } = subscribed(members, { told: baseline(1) });
        let newest = 1;
        /** Numbers of snapshots whose news arrived: each delivery tells those since the last one. */
        const arrived: number[] = [];
        const tell = ({ message }: Delivery, since: number) => {
          for (let number = since + 1; number <= Number(message); number += 1) arrived.push(number);
        };
        for (const step of taken) {
          const told = members.subscription(id)?.told.snapshot ?? 0;
          const [one] = members.openDeliveries();
          if (step === "news") newest += 1;
          const news = { upTo: baseline(newest), write: () => `${newest}` };
          if (step === "begin" && newest > told) members.beginDelivery(id, delivery(news));
          if (step === "confirm" && one !== undefined) {
            tell(one, told);
            members.confirmDelivery(one.id, "777");
          }
          if (step === "give-up" && one !== undefined) members.giveUpDelivery(one.id);
          if (step === "nothing" && one === undefined && newest === told) members.noteNothing(id, baseline(told));
          if (step === "end") members.unsubscribe(id);
          if (step === "back") members.resubscribe(id);
          if (step === "restart") {
            members.close();
            members = open();
          }
        }
        const told = members.subscription(id)?.told.snapshot ?? 0;
        expect(arrived).toEqual(Array.from({ length: told - 1 }, (_, at) => at + 2));
      }),
      { numRuns: 40 },
    );
  });
});

describe("the right to deliver", () => {
  it("has one process at a time, and is free when that one is killed", async () => {
    const { folder, members } = opened();
    const other = await claimer(folder);
    expect(other.hasIt).toBe(true);
    expect(members.claimDelivering()).toBe(false);
    const third = await claimer(folder);
    expect(third.hasIt).toBe(false);
    other.child.kill("SIGKILL");
    await once(other.child, "close");
    expect([members.claimDelivering(), members.claimDelivering()]).toEqual([true, true]);
    members.close();
    expect((await claimer(folder)).hasIt).toBe(true);
  }, 30_000);

  it("is taken anew where its file was deleted", async () => {
    const { folder, members } = opened();
    expect(members.claimDelivering()).toBe(true);
    rmSync(join(folder, "deliveries.lock"));
    expect((await claimer(folder)).hasIt).toBe(true);
    expect(members.claimDelivering()).toBe(false);
  }, 30_000);
});

async function claimer(folder: string): Promise<{ readonly child: ChildProcess; readonly hasIt: boolean }> {
  const child = spawn(process.execPath, ["--import", "tsx/esm", SCRIPT, folder], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  if (child.stdout === null) throw new Error("no output");
  const [said] = await once(child.stdout.setEncoding("utf8"), "data");
  return { child, hasIt: String(said).trim() === "true" };
}

describe("the file", () => {
  it("that is damaged is moved aside, and a new one begun", () => {
    const { folder, path, members, open, warnings } = opened();
    subscribed(members);
    members.close();
    writeFileSync(path, "no database at all, but a text that is long enough to be looked at as one".repeat(20));
    expect(open().subscriptions()).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("is damaged")]);
    expect(readdirSync(folder).filter((name) => name.includes("damaged"))).toHaveLength(1);
  });

  it("deleted under a bot is made again", () => {
    const { path, members } = opened();
    subscribed(members);
    for (const suffix of ["", "-wal", "-shm"]) rmSync(path + suffix, { force: true });
    members.noteTourStep(GUILD, MEMBER, 2);
    expect([existsSync(path), members.subscriptions(), members.tourStep(GUILD, MEMBER)]).toEqual([true, [], 2]);
  });

  it("of another version is refused, and a subscription that makes no sense is left out", () => {
    const { path, members, open } = opened();
    const [{ id }, other] = [subscribed(members), subscribed(members, { subject: "boats" })];
    members.close();
    const database = new Database(path);
    database.prepare("UPDATE subscriptions SET schedule = 'hourly' WHERE id = ?").run(id);
    database.close();
    expect(open().subscriptions()).toEqual([other]);
    const newer = new Database(path);
    newer.pragma("user_version = 99");
    newer.close();
    expect(open).toThrow(/newer version of Sitrep/);
  });
});
