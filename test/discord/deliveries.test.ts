/** When a subscription is due, what its message shows, and what the scheduler leaves alone. */

import type { Client } from "discord.js";
import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { loadConfig } from "../../src/config.ts";
import { customId } from "../../src/discord/custom-id.ts";
import { createDeliveries } from "../../src/discord/deliveries.ts";
import { readLetter, writeLetter } from "../../src/discord/letters.ts";
import { isDue, isNews, lastWeekly, type Moment, nextWeekly } from "../../src/discord/schedule.ts";
import { LANGUAGES, stringsFor } from "../../src/discord/strings.ts";
import { quoted } from "../../src/discord/text.ts";
import { hasNews, newsLetter } from "../../src/discord/views/news.ts";
import type { Briefing, BriefingSection, SectionId } from "../../src/domain/briefing.ts";
import type { Members, Subscription } from "../../src/domain/members.ts";
import { createLogger } from "../../src/logger.ts";
import { briefingOf, citationIn, lineOf, reportOf } from "../helpers/briefings.ts";
import { newsOf, onlyNews } from "../helpers/news.ts";
import { hostileOf } from "./hostile-text.ts";
import { buttonsOf, expectGood, textsOf } from "./message-checks.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONDAY_AT_8 = { weekday: 1, hour: 8, minute: 0 };
const REPORTS = { snapshot: 2, createdAt: "2026-01-07T12:00:00.000Z" };

const at = (iso: string): Date => new Date(iso);

function subscription(changes: Partial<Subscription> = {}): Subscription {
  return {
    id: "0000000001",
    guildId: "1",
    memberId: "2",
    channelId: null,
    subject: null,
    schedule: "on-new-reports",
    locale: null,
    createdAt: "2026-01-07T10:00:00.000Z",
    told: { snapshot: 1, createdAt: "2026-01-07T09:00:00.000Z" },
    lookedAt: "2026-01-07T10:00:00.000Z",
    deliveredAt: null,
    failures: 0,
    failedAt: null,
    endedAt: null,
    ...changes,
  };
}

function moment(now: string, changes: Partial<Moment> = {}): Moment {
  return { now: at(now), weeklyAt: MONDAY_AT_8, settleSeconds: 300, reports: REPORTS, ...changes };
}

describe("the settings", () => {
  test.each([
    ["", { weekday: 1, hour: 8, minute: 0 }],
    ["sun 23:59", { weekday: 0, hour: 23, minute: 59 }],
    [" SAT 00:00 ", { weekday: 6, hour: 0, minute: 0 }],
  ])("BRIEFING_WEEKLY_AT=%j", (value, time) => {
    expect(loadConfig({ BRIEFING_WEEKLY_AT: value }).discord.weeklyAt).toEqual(time);
  });

  test.each([
    { BRIEFING_WEEKLY_AT: "monday 08:00" },
    { BRIEFING_WEEKLY_AT: "mon 24:00" },
    { BRIEFING_WEEKLY_AT: "mon 8:00" },
    { BRIEFING_WEEKLY_AT: "08:00" },
    { BRIEFING_SETTLE_SECONDS: "-1" },
    { BRIEFING_SETTLE_SECONDS: "soon" },
  ])("%j makes no sense", (environment) => {
    const [name = ""] = Object.keys(environment);
    expect(() => loadConfig(environment)).toThrow(name);
  });
});

describe("the time of the week", () => {
  test.each([
    ["2026-01-12T07:59:59.999Z", "2026-01-05T08:00:00.000Z"],
    ["2026-01-12T08:00:00.000Z", "2026-01-12T08:00:00.000Z"],
    ["2026-01-11T23:00:00.000Z", "2026-01-05T08:00:00.000Z"],
    ["2026-01-01T00:00:00.000Z", "2025-12-29T08:00:00.000Z"],
  ])("before %s was last %s", (now, last) => {
    expect(lastWeekly(MONDAY_AT_8, at(now)).toISOString()).toBe(last);
  });

  test("is once in every seven days, wherever it is looked at from", () => {
    const times = fc.record({
      weekday: fc.integer({ min: 0, max: 6 }),
      hour: fc.integer({ min: 0, max: 23 }),
      minute: fc.integer({ min: 0, max: 59 }),
    });
    fc.assert(
      fc.property(
        times,
        fc.date({ min: at("2020-01-01"), max: at("2040-01-01"), noInvalidDate: true }),
        (time, now) => {
          const [last, next] = [lastWeekly(time, now), nextWeekly(time, now)];
          expect([last.getUTCDay(), last.getUTCHours(), last.getUTCMinutes()]).toEqual([
            time.weekday,
            time.hour,
            time.minute,
          ]);
          expect(last.getTime()).toBeLessThanOrEqual(now.getTime());
          expect(next.getTime()).toBeGreaterThan(now.getTime());
          expect(next.getTime() - last.getTime()).toBe(7 * DAY);
          expect(lastWeekly(time, last)).toEqual(last);
        },
      ),
    );
  });
});

describe("a subscription is due", () => {
  test.each([
    ["before the reports have settled", {}, "2026-01-07T12:04:59Z", false],
    ["once they have", {}, "2026-01-07T12:05:00Z", true],
    ["of a clock that was wrong they have", {}, "2026-01-07T11:00:00Z", true],
    ["when it has told of them", { told: REPORTS }, "2026-01-07T13:00:00Z", false],
    ["when a new index counts from 1", { told: { ...REPORTS, createdAt: "2025-01-01" } }, "2026-01-07T13:00:00Z", true],
    ["just after a failure", { failedAt: "2026-01-07T12:30:00Z" }, "2026-01-07T13:29:59Z", false],
    ["an hour after one", { failedAt: "2026-01-07T12:30:00Z" }, "2026-01-07T13:30:00Z", true],
    ["in the week it was ordered", { schedule: "weekly" }, "2026-01-12T07:59:59Z", false],
    ["at the time of the week", { schedule: "weekly" }, "2026-01-12T08:00:00Z", true],
    ["long after it", { schedule: "weekly" }, "2026-03-01T00:00:00Z", true],
    ["twice in a week", { schedule: "weekly", lookedAt: "2026-01-12T08:00:01Z" }, "2026-01-18T08:00:00Z", false],
  ] satisfies [string, Partial<Subscription>, string, boolean][])("%s: %#", (_, changes, now, due) => {
    expect(isDue(subscription(changes), moment(now))).toBe(due);
  });

  test("for news only where the reports may have changed", () => {
    expect(isNews(subscription({ told: REPORTS }), { reports: REPORTS })).toBe(false);
    expect(isNews(subscription(), { reports: REPORTS })).toBe(true);
  });
});

function section(id: SectionId, texts: readonly string[], first = 1): BriefingSection {
  const lines = texts.map((text, index) => lineOf(citationIn(reportOf(`${id}-${index}`, text), text, first + index)));
  return { id, title: id, lines };
}

function changes(sections: readonly BriefingSection[], more: Partial<Briefing> = {}): Briefing {
  return briefingOf(sections, {
    kind: "changes",
    subject: null,
    missing: [],
    since: { snapshot: 1, createdAt: "2026-01-01T00:00:00.000Z" },
    reports: [{ kind: "added", reportId: "added-0", title: "Report added-0", published: "2026-01-02" }],
    ...more,
  });
}

const READER = { subscriptionId: "s00000000s", deliveryId: "d00000000d", server: "The desk", isDirect: true };

describe("the message of what is new", () => {
  test("shows every quote and its source where there is room, and a button with both ids", () => {
    const letter = newsLetter(
      changes([section("added", ["Three boats came.", "Coal was landed."])]),
      READER,
      stringsFor("en"),
    );
    expectGood(letter.body);
    const text = textsOf(letter.body).join("\n");
    for (const { text: quote } of letter.quotes) expect(text).toContain(`> ${quote}`);
    expect(letter.quotes.map(({ text: quote }) => quote)).toEqual(["Three boats came.", "Coal was landed."]);
    expect(text).not.toContain("more quote");
    expect(buttonsOf(letter.body).map(({ id }) => id)).toEqual(["u:s00000000s:d00000000d"]);
  });

  test("cut, it has something of every section, and what stands against each other stays together", () => {
    const long = (name: string, count: number) =>
      Array.from({ length: count }, (_, number) => `${name} ${number} ${"went on and on ".repeat(25)}home.`);
    const against: BriefingSection = { ...section("contradicted", long("Against", 6), 41), pairs: [[0, 3]] };
    const letter = newsLetter(
      changes([section("added", long("Added", 20)), section("altered", long("Altered", 20), 21), against]),
      READER,
      stringsFor("en"),
    );
    expectGood(letter.body);
    const shown = letter.quotes.map(({ text }) => text.split(" ").slice(0, 2).join(" "));
    expect(shown).toEqual(expect.arrayContaining(["Added 0", "Altered 0", "Against 0", "Against 3"]));
    expect(textsOf(letter.body).join("\n")).toContain(
      `${46 - shown.length} more quotes: use /brief with “since” in The desk.`,
    );
  });

  test("fits whatever is in it, in every language, and shows the quotes that it names", () => {
    const texts = fc.array(
      hostileOf(900).map((text) => `x${text.toWellFormed()}`),
      { maxLength: 12 },
    );
    const some = fc.tuple(texts, texts, texts);
    const languages = fc.constantFrom(...Object.keys(LANGUAGES));
    fc.assert(
      fc.property(
        some,
        languages,
        fc.boolean(),
        hostileOf(200),
        ([added, altered, against], language, isDirect, server) => {
          const sections = [
            section("added", added),
            section("altered", altered, 21),
            section("contradicted", against, 41),
          ];
          const briefing = changes(sections.filter(({ lines }) => lines.length > 0));
          const letter = newsLetter(briefing, { ...READER, isDirect, server }, stringsFor(language));
          expectGood(letter.body);
          const shown = textsOf(letter.body).join("\n");
          const tooLong = stringsFor(language).answer.tooLong;
          for (const { text } of letter.quotes) {
            expect(shown.includes(quoted(text)) || shown.includes(tooLong), text).toBe(true);
          }
          const written = writeLetter(letter);
          expect(readLetter(written)).toEqual(JSON.parse(written));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("is none where nothing is new: for a subject that is no quote", () => {
    expect(hasNews(changes([], { reports: [] }))).toBe(false);
    expect(hasNews(changes([]))).toBe(true);
    expect(hasNews(changes([], { subject: "boats" }))).toBe(false);
    expect(hasNews(changes([section("added", ["Three boats came."])], { subject: "boats", reports: [] }))).toBe(true);
  });

  test("that was not written by this version is not read", () => {
    for (const written of ["", "{}", '{"body":[1],"quotes":[]}']) expect(readLetter(written)).toBeNull();
  });
});

test("button ids of subscriptions and deliveries fit", () => {
  const id = customId({ kind: "unsubscribe", subscription: READER.subscriptionId, delivery: READER.deliveryId });
  expect(id?.length).toBeLessThan(30);
});

describe("the scheduler", () => {
  /** A record that only counts how often it is looked at. */
  function record(hasClaim = true) {
    const subscriptions = vi.fn((): readonly Subscription[] => []);
    const members = { claimDelivering: () => hasClaim, openDeliveries: () => [], subscriptions } as unknown as Members;
    return { members, subscriptions };
  }

  function scheduler(
    members: Members | null,
    state: { reindexingSince?: Date | null; isReady?: boolean; status?: () => Promise<never> } = {},
  ) {
    const { discord } = loadConfig({});
    const parts = {
      config: { ...discord, logQuestions: false },
      sitrep: { ...onlyNews(newsOf(() => [])), ...(state.status === undefined ? {} : { status: state.status }) },
      members,
      logger: createLogger("silent"),
      reindexing: { since: () => state.reindexingSince ?? null } as never,
      stringsFor,
    };
    const client = { isReady: () => state.isReady ?? true } as Client;
    return createDeliveries(parts, client, { every: 5 });
  }

  test("looks at once and from then on, until it is stopped", async () => {
    const { members, subscriptions } = record();
    const deliveries = scheduler(members);
    deliveries.start();
    await vi.waitUntil(() => subscriptions.mock.calls.length > 2);
    await deliveries.stop();
    const looks = subscriptions.mock.calls.length;
    await new Promise((resolve) => setTimeout(resolve, 30));
    await deliveries.look();
    expect(subscriptions.mock.calls.length).toBe(looks);
  });

  test.each([
    ["a reindex runs", { reindexingSince: new Date() }, true],
    ["there is no connection to Discord", { isReady: false }, true],
    ["another process delivers", {}, false],
  ])("does nothing while %s", async (_, state, hasClaim) => {
    const { members, subscriptions } = record(hasClaim);
    await scheduler(members, state).look();
    expect(subscriptions).not.toHaveBeenCalled();
  });

  test("stops while Sitrep is still reading", async () => {
    const { members, subscriptions } = record();
    subscriptions.mockReturnValue([subscription()]);
    const status = vi.fn(() => new Promise<never>(() => undefined));
    const deliveries = scheduler(members, { status });
    deliveries.start();
    await vi.waitUntil(() => status.mock.calls.length > 0);
    await deliveries.stop();
    expect(status).toHaveBeenCalledTimes(1);
  });

  test("does nothing without a record, and goes on after one that is busy", async () => {
    await scheduler(null).look();
    const { members, subscriptions } = record();
    subscriptions.mockImplementationOnce(() => {
      throw new Error("busy");
    });
    const deliveries = scheduler(members);
    await deliveries.look();
    await deliveries.look();
    expect(subscriptions).toHaveBeenCalledTimes(2);
  });
});
