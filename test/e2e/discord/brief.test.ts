/** /brief by command, button and menu: pages, pictures, sharing, what is new, and what became of the reports since. */

import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openExchanges } from "../../../src/app.ts";
import { createBot } from "../../../src/discord/bot.ts";
import { english } from "../../../src/discord/strings/en.ts";
import { urdu } from "../../../src/discord/strings/ur.ts";
import { quotesOf } from "../../../src/discord/views/quotes.ts";
import { SitrepError } from "../../../src/domain/errors.ts";
import type { Exchange } from "../../../src/domain/exchange.ts";
import { createLogger } from "../../../src/logger.ts";
import { expectHarmless } from "../../discord/message-checks.ts";
import { openStage, type Stage, type StageOptions } from "./bot-on-stage.ts";
import { type BriefedCorpus, briefedCorpus, byHand, REPORTS } from "./briefed-corpus.ts";
import { TYPE, textDisplays, walk } from "./harness/components.ts";
import { isObject, objects } from "./harness/json.ts";
import { plainText } from "./harness/markdown.ts";
import type { Reply } from "./harness/reply.ts";
import type { SeenMessage } from "./harness/seen.ts";
import { HOSTS, type HostileCorpus, hostileCorpus } from "./hostile-corpus.ts";

const words = english.briefings;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

// Each bot has a thread with a model, and pictures are drawn: that takes its time where others want the cores too.
vi.setConfig({ testTimeout: 60_000 });
const DISCORD = { patience: 20_000 };

let corpus: BriefedCorpus;
let stage: Stage;
beforeAll(async () => {
  corpus = await briefedCorpus();
  stage = await openStage({ folders: corpus.folders, sitrep: byHand, discord: DISCORD });
});
afterAll(async () => {
  await stage.close();
  corpus.remove();
});

let people = 0;
function scene(of: Stage = stage) {
  people += 1;
  const guild = of.discord.guild();
  return {
    guild,
    channel: guild.channel(`room-${people}`),
    ana: guild.member({ name: `ana-${people}` }),
    ben: guild.member({ name: `ben-${people}` }),
  };
}

type Options = Readonly<Record<string, string>>;

async function brief(options: Options = {}, of: Stage = stage) {
  const { ana, ben, channel } = scene(of);
  const reply = await (await ana.command("brief", options, { channel })).settled();
  return { reply, ana, ben, channel };
}

const FRONT = { subject: "Harbour Front" };

function labels(reply: Reply): string[] {
  return reply.buttons().map(({ label }) => label);
}

/** Goes to a section by the menu. */
async function jump(reply: Reply, section: string): Promise<Reply> {
  return await (await reply.select(section)).settled();
}

/** What every page of a reply shows, from the present one on. */
async function textsOf(reply: Reply): Promise<string[]> {
  const texts = [reply.plain()];
  for (let page = reply; page.buttons().some(({ label, disabled }) => label === "Next" && !disabled); ) {
    page = await (await page.click("Next")).settled();
    texts.push(page.plain());
  }
  return texts;
}

interface ShownPicture {
  readonly name: string;
  readonly alt: string;
  readonly content: Buffer;
}

/** The pictures that a message shows, with the files that hang on it. */
function picturesOf({ message }: Reply): ShownPicture[] {
  const shown = walk(message.stored.components)
    .filter(({ type }) => type === TYPE.GALLERY)
    .flatMap(({ items }) => objects(items))
    .map(({ media, description }) => ({ id: isObject(media) ? media.attachment_id : null, alt: String(description) }));
  const files = message.files();
  const { attachments } = message.stored;
  // Nothing hangs on a message that it does not show.
  expect(attachments.map(({ id }) => id).sort()).toEqual(shown.map(({ id }) => id).sort());
  return shown.map(({ id, alt }) => {
    const { filename, description } = attachments.find((each) => each.id === id) ?? {};
    expect(description).toBe(alt);
    return {
      name: String(filename),
      alt,
      content: files.find(({ name }) => name === filename)?.content ?? Buffer.of(),
    };
  });
}

test("the reports hold the text that the briefings made by hand quote", async () => {
  for (const { id, text } of Object.values(REPORTS)) {
    expect((await stage.sitrep.reportText(id)).startsWith(text)).toBe(true);
  }
});

describe("a briefing on all reports", () => {
  test("is private, says what it is made from and what is in it, and begins with the first section", async () => {
    const { reply, channel, ben } = await brief();
    expect(reply.isEphemeral).toBe(true);
    expect(reply.acknowledgedAfter).toBeLessThan(1000);
    const text = reply.plain();
    expect(text).toContain(words.corpusTitle);
    expect(text).toContain(
      "quotes 2 of 4 reports · by Institute of Figures; Northland Police · published 1 March 2025",
    );
    expect(text).toContain("reliability: B (1), C (1) · markings: TLP:GREEN (2)");
    expect(text).toContain("In it: What the reports cover · Main actors");
    expect(text).toContain("it does not decide who is right");
    expect(text).toContain("The institute counted 55 attacks on the Salt Coast in 2023.");
    expect(text).toContain(
      "[1] Yearly figures · Institute of Figures · 2025-03-01 · reliability B (usually reliable) · TLP:GREEN",
    );
    expect(text).toContain("Not in this briefing: Figures · Where the sources differ");
    expect(channel.messages(ben)).toHaveLength(0);
  });

  test("its actors can be briefed on, by who clicks, privately", async () => {
    const { reply } = await brief();
    expect(reply.plain()).toContain("Brief me on:");
    const front = await (await reply.click("Harbour Front")).settled();
    expect(front.isEphemeral).toBe(true);
    expect(front.message.id).not.toBe(reply.message.id);
    expect(front.plain()).toContain("Briefing: Harbour Front");
  });
});

describe("a briefing on a subject", () => {
  test("shows every section with its quotes, each whole, once, and with who says it", async () => {
    const { reply } = await brief(FRONT);
    const texts = await textsOf(reply);
    const text = texts.join("\n");
    for (const page of texts) expect(page).toContain("Briefing: Harbour Front");
    const exchange = await exchangeOf(reply);
    expect(exchange.question).toBe("Harbour Front");
    for (const section of [
      "what",
      "key-facts",
      "figures",
      "timeline",
      "relations",
      "disagreements",
      "reading",
    ] as const) {
      expect(text).toContain(`\n${words.sections[section]}\n`);
    }
    expect(text).toContain("3 January 2025\nOn 3 January 2025 the Harbour Front struck the customs house.");
    expect(text).toContain("River Column\nThe Harbour Front works with the River Column, port police said.");
    expect(text).toContain("according to port police, as this report quotes it");
    expect(text).toContain("Opinion of the writer, not a finding\nThe Harbour Front made 90 attacks");
    expect(text).toContain("Why: quoted 5 times here; the newest here");
    expect(text).toContain("Not in this briefing: What remains unverified");
  });

  test("has figures as rows: value, what, when, where, who, and a change with its base or without one", async () => {
    const { reply } = await brief(FRONT);
    const text = (await jump(reply, "figures")).plain();
    expect(text).toContain("40 attacks · 2022 · Salt Coast · according to The institute [2]");
    expect(text).toContain(
      "74 attacks · 2024 · Salt Coast · according to The institute [4]\n35% attacks · as of 2024 (from the context) · Salt Coast · up, compared with 2023 [4]\n2 independent sources; also said by: Port bulletin\n[4] Yearly figures · Institute of Figures",
    );
    expect(text).toMatch(
      /Opinion, not a finding\nhalf It · the report gives no time · down; the report does not say compared with what \[5\]/,
    );
    expect(labels(reply).filter((label) => label === "[4] in context")).toHaveLength(1);
  });

  test("puts what differs side by side, and takes nobody's side", async () => {
    const { reply } = await brief(FRONT);
    const text = (await jump(reply, "disagreements")).plain();
    expect(text).toContain("The reports differ on attacks (2024)");
    expect(text).toContain("• 74 · The institute [9]");
    expect(text).toContain("• 90 · the writer [10]");
    expect(text).toContain(english.disagreement.neutral);
  });

  test("a quote or the sentence of a row in context, verbatim, with its time and voice", async () => {
    const { reply } = await brief(FRONT);
    const figures = await jump(reply, "figures");
    const row = await (await figures.click("[4] in context")).settled();
    expect(row.isEphemeral).toBe(true);
    expect(row.plain()).toContain("74 attacks on the Salt Coast in 2024, 35% more than in 2023.");
    const against = await jump(reply, "disagreements");
    const claim = await (await against.click("[10] in context")).settled();
    expect(claim.plain()).toContain("Opinion of the writer, not a finding");
    expect(claim.plain()).toContain("It fell by half.");
  });

  test("sources: each quoted report once", async () => {
    const { reply } = await brief(FRONT);
    const sources = await (await reply.click("Sources")).settled();
    expect(sources.plain()).toContain(words.sourcesTitle);
    for (const { source } of Object.values(REPORTS)) {
      expect(sources.plain().split(`${source.title} [`)).toHaveLength(2);
    }
  });

  test("the menu leads to each section, and pages are turned from there on", async () => {
    const { reply } = await brief(FRONT);
    const [menu] = reply.selects();
    expect(menu?.options.map(({ label }) => label)).toEqual([
      "What it is",
      "Key facts",
      "Figures",
      "Timeline",
      "Relations to others",
      "Where the sources differ",
      "What to read",
    ]);
    for (const { value, label } of menu?.options ?? []) {
      const there = await jump(reply, value);
      expect(there.message.id).toBe(reply.message.id);
      expect(there.plain()).toContain(`\n${label}\n`);
    }
    const last = reply.plain();
    await (await reply.click("Previous")).settled();
    expect(reply.plain()).not.toBe(last);
    await (await reply.click("Next")).settled();
    expect(reply.plain()).toBe(last);
  });

  test("a choice that no menu offers shows the first page", async () => {
    const { reply } = await brief(FRONT);
    const first = reply.plain();
    await jump(reply, "reading");
    await (await reply.select("no-such-section", null, { force: true })).settled();
    expect(reply.plain()).toBe(first);
  });

  test("is shared by who asked: for all to read, and to turn for themselves", async () => {
    const { reply, ben, channel } = await brief(FRONT);
    await jump(reply, "reading");
    const shared = await (await reply.click("Share")).settled();
    expect(shared.isEphemeral).toBe(false);
    expect(shared.plain()).toContain("Shared by ana-");
    expect(shared.plain()).toContain("In it: What it is");
    expect(labels(shared)).not.toContain("Share");
    const beside = await (await ben.select(shared.message, "timeline", null, { channel })).settled();
    expect(beside.isEphemeral).toBe(true);
    expect(beside.message.id).not.toBe(shared.message.id);
    expect(picturesOf(beside).map(({ name }) => name)).toContain("timeline.png");
    expect(shared.plain()).toContain("In it: What it is");
  });
});

/** What was kept: noted a moment after it was shown. */
async function exchangeOf(reply: Reply, of: Stage = stage): Promise<Exchange> {
  const find = () => of.exchanges.ofMessage(reply.message.id);
  return await vi.waitUntil(find, { timeout: 10_000 });
}

describe("pictures", () => {
  test("hang on the pages of their sections, with words for who does not see them, and on no other", async () => {
    const { reply } = await brief(FRONT);
    expect(picturesOf(reply)).toHaveLength(0);
    const seen = new Map<string, ShownPicture[]>();
    for (const section of ["figures", "timeline", "reading", "figures"]) {
      seen.set(section, picturesOf(await jump(reply, section)));
    }
    expect(seen.get("reading")).toHaveLength(0);
    const all = [...(seen.get("figures") ?? []), ...(seen.get("timeline") ?? [])];
    const byName = new Map(all.map((picture) => [picture.name, picture]));
    expect([...byName.keys()].sort()).toEqual(["chart.png", "timeline.png"]);
    for (const { content, alt } of byName.values()) {
      expect(content.subarray(0, 8)).toEqual(PNG);
      expect(content.length).toBeGreaterThan(2000);
      expect(alt.length).toBeGreaterThan(20);
      expect(alt.length).toBeLessThanOrEqual(1024);
    }
    expect(byName.get("chart.png")?.alt).toContain("74");
    expect(byName.get("timeline.png")?.alt).toContain("3 January 2025");
  });

  test("are light where the settings say so", async () => {
    const { reply } = await brief(FRONT);
    const [dark] = picturesOf(await jump(reply, "figures"));
    await onOtherStage({ settings: { DISCORD_PICTURES: "light" } }, async (other) => {
      const [light] = picturesOf(await jump((await brief(FRONT, other)).reply, "figures"));
      expect(light?.content.subarray(0, 8)).toEqual(PNG);
      expect(light?.content.equals(dark?.content ?? Buffer.of())).toBe(false);
    });
  });

  test("are none where the settings say so; and where nothing is remembered of members, nothing is left out", async () => {
    await onOtherStage({ settings: { DISCORD_PICTURES: "none" } }, async (other) => {
      const { reply } = await brief(FRONT, other);
      expect(picturesOf(await jump(reply, "figures"))).toHaveLength(0);
      expect(reply.plain()).toContain("40 attacks");
      other.members.close();
      const whole = await brief({ since: "last" }, other);
      expect(whole.reply.plain()).toContain(words.corpusTitle);
      await vi.waitUntil(() => other.log.some((line) => line.includes("could not be noted")), 20_000);
    });
  });

  test("that cannot be made are logged, and the briefing is shown all the same", async () => {
    const broken = async (): Promise<never> => {
      throw new SitrepError("bad-config", "The font is missing");
    };
    await onOtherStage({ sitrep: (sitrep) => ({ ...byHand(sitrep), pictures: broken }) }, async (other) => {
      const { reply } = await brief(FRONT, other);
      const figures = await jump(reply, "figures");
      expect(picturesOf(figures)).toEqual([]);
      expect(figures.plain()).toContain("40 attacks");
      expect(other.log.some((line) => line.includes("could not be made") && line.includes("font"))).toBe(true);
    });
  });
});

/** Another bot over the same reports. */
async function onOtherStage(options: StageOptions, use: (other: Stage) => Promise<void>): Promise<void> {
  const other = await openStage({ folders: corpus.folders, sitrep: byHand, discord: DISCORD, ...options });
  try {
    await use(other);
  } finally {
    await other.close();
  }
}

describe("a subject that the reports say too little about", () => {
  test("is told so, with what is nearest to it as buttons", async () => {
    const { reply } = await brief({ subject: "**@everyone** [x](https://evil.example)" });
    expect(reply.isEphemeral).toBe(true);
    expect(reply.plain()).toContain("No briefing: **@everyone** [x](https://evil.example)");
    expect(reply.plain()).toContain(words.nothing);
    expect(labels(reply)).toEqual(["Harbour Front", "Salt Coast", words.corpusButton]);
    const front = await (await reply.click("Harbour Front")).settled();
    expect(front.plain()).toContain("Briefing: Harbour Front");
    const whole = await (await reply.click(words.corpusButton)).settled();
    expect(whole.plain()).toContain(words.corpusTitle);
  });

  test("of blanks is none: all reports", async () => {
    expect((await brief({ subject: "   " })).reply.plain()).toContain(words.corpusTitle);
  });
});

describe("while a subject is typed", () => {
  async function offered(value: string) {
    const { ana, channel } = scene();
    return await ana.autocomplete("brief", { focused: "subject", value }, { channel });
  }

  test("names, their aliases and headings are offered, and what was typed stays a choice", async () => {
    expect((await offered("")).map(({ value }) => value)).toEqual([
      "Harbour Front",
      "Salt Coast",
      "Attacks and counts",
    ]);
    expect(await offered("hf")).toEqual([
      { name: "Harbour Front (HF)", value: "Harbour Front" },
      { name: "hf", value: "hf" },
    ]);
    expect(await offered("coast")).toEqual([
      { name: "Salt Coast", value: "Salt Coast" },
      { name: "coast", value: "coast" },
    ]);
    expect(await offered("harbour front ")).toEqual([{ name: "Harbour Front", value: "Harbour Front" }]);
    expect(await offered("zebras")).toEqual([{ name: "zebras", value: "zebras" }]);
  });
});

describe("what is new", () => {
  test("before a first briefing is everything, and says so; then it is what is new", async () => {
    const { ana, channel } = scene();
    const news = async (options: Options = {}) =>
      await (await ana.command("brief", { since: "last", ...options }, { channel })).settled();
    const first = await news();
    expect(first.plain()).toContain(words.corpusTitle);
    expect(first.plain()).toContain(words.firstTime);
    const second = await news();
    expect(second.plain()).toContain(words.newsTitle);
    expect(second.plain()).not.toContain(words.firstTime);
    expect(second.plain()).toContain("• new: Port bulletin (2025-03-01)");
    expect(second.plain()).toContain("it burned two ferries in the bay.");
    const onSubject = await news(FRONT);
    expect(onSubject.plain()).toContain(words.newsTitleOn("Harbour Front"));
    const whole = await (await onSubject.click(words.whole)).settled();
    expect(whole.plain()).toContain("Briefing: Harbour Front");
  });

  test("is counted from a briefing on all reports, as they were before it, and not from one on a subject", async () => {
    const { ana, channel, guild } = scene();
    const noted = () => stage.members.lastBriefing(guild.id, ana.id);
    await (await ana.command("brief", FRONT, { channel })).settled();
    await (await ana.command("brief", { ...FRONT, since: "last" }, { channel })).settled();
    expect(noted()).toBeNull();
    await (await ana.command("brief", {}, { channel })).settled();
    await vi.waitUntil(() => noted() !== null);
    expect(noted()).toEqual(await stage.sitrep.baseline());
  });
});

test("a channel without a subscription is refused, and the option says why", async () => {
  const { guild } = scene();
  const moderator = guild.member({ name: `mod-${people}`, permissions: ["ManageGuild"] });
  const channel = guild.channel("news");
  const reply = await moderator.command("brief", { channel }, { channel });
  expect(reply.isEphemeral).toBe(true);
  expect(reply.plain()).toContain(words.channelAlone);
});

describe("later", () => {
  test("after a restart pages are turned, sections found and pictures drawn again", async () => {
    const before = await openStage({ folders: corpus.folders, sitrep: byHand, discord: DISCORD });
    try {
      const { reply } = await brief(FRONT, before);
      await before.bot.stop(5000);
      const { config, discord, sitrep, members } = before;
      const logger = createLogger("error", { write: () => undefined }, { questions: false });
      const exchanges = openExchanges(config, { warn: () => undefined });
      const options = { config: { ...config.discord, logQuestions: false }, exchanges, members, logger };
      // It makes no briefings: what is shown is what was kept.
      const bot = createBot({ ...options, sitrep });
      await bot.start();
      await discord.ready();
      try {
        await (await reply.click("Next")).settled();
        expect(reply.plain()).toMatch(/Page 2 of \d/);
        const timeline = await jump(reply, "timeline");
        expect(timeline.plain()).toContain("struck the customs house");
        expect(picturesOf(timeline).map(({ name }) => name)).toContain("timeline.png");
      } finally {
        await bot.stop(5000);
        exchanges.close();
      }
    } finally {
      await before.close();
    }
  });

  test("a page whose report was changed is not shown any more, the others are", async () => {
    const own = await briefedCorpus();
    const other = await openStage({ folders: own.folders, sitrep: byHand, discord: DISCORD });
    try {
      const { reply } = await brief(FRONT, other);
      await jump(reply, "disagreements");
      const shown = reply.plain();
      const { counts } = REPORTS;
      await own.change({ ...counts, text: counts.text.replace("74 attacks", "71 attacks") });
      await vi.waitUntil(async () => (await other.sitrep.reportText("counts")).includes("71 attacks"), 20_000);
      const refused = await (await reply.select("figures")).followedUp();
      expect(refused.followUps[0]?.plain()).toContain(english.answer.changed);
      expect(refused.followUps[0]?.isEphemeral).toBe(true);
      expect(reply.plain()).toBe(shown);
      expect((await jump(reply, "what")).plain()).toContain("founded in 2004");
    } finally {
      await other.close();
      own.remove();
    }
  });

  test("a report that is marked more strictly since is named nowhere any more", async () => {
    const own = await briefedCorpus();
    const settings = { MAX_MARKING: "TLP:GREEN" };
    const other = await openStage({ folders: own.folders, sitrep: byHand, settings, discord: DISCORD });
    try {
      const { reply } = await brief(FRONT, other);
      const { opinion } = REPORTS;
      await own.change({ ...opinion, source: { ...opinion.source, marking: "TLP:RED" } });
      await vi.waitUntil(async () => (await other.sitrep.reports()).length === 3, 20_000);
      // The list of reports is kept for a few seconds.
      await vi.waitUntil(
        async () => {
          await (await reply.select("what")).settled();
          return !reply.plain().includes("Coast Herald");
        },
        { timeout: 20_000, interval: 500 },
      );
      expect(reply.plain()).toContain("In it: What it is");
      const refused = await (await reply.select("disagreements")).followedUp();
      expect(refused.followUps[0]?.plain()).toContain(english.answer.changed);
    } finally {
      await other.close();
      own.remove();
    }
  });

  test("a briefing that was forgotten says so", async () => {
    const { reply } = await brief(FRONT);
    const { exchanges } = stage;
    const { find } = exchanges;
    Object.assign(exchanges, { find: () => null });
    try {
      const gone = await reply.select("figures");
      expect(gone.plain()).toContain(english.faults.forgotten);
    } finally {
      Object.assign(exchanges, { find });
    }
  });
});

test("in Urdu its words are Urdu, and the reports' words are theirs", async () => {
  await onOtherStage({ settings: { DISCORD_LANGUAGE: "ur" } }, async (other) => {
    const { reply } = await brief(FRONT, other);
    const ur = urdu.briefings;
    const text = reply.plain();
    expect(text).toContain(plainText(ur.title("Harbour Front")));
    expect(text).toContain(plainText(ur.neutral));
    expect(text).toContain(ur.sections.what);
    expect(text).toContain("The Harbour Front is a militant group of the Salt Coast, founded in 2004.");
    expect(reply.selects()[0]?.placeholder).toBe(ur.jump);
    const figures = await jump(reply, "figures");
    expect(figures.plain()).toContain(plainText(ur.up("2023")));
    expect(figures.plain()).not.toMatch(/compared|according|report gives/);
    const nothing = await brief({ subject: "zebras" }, other);
    expect(nothing.reply.plain()).toContain(ur.nothing);
  });
});

describe("reports that are full of markup", () => {
  let hostile: HostileCorpus;
  let theirs: Stage;
  beforeAll(async () => {
    hostile = await hostileCorpus();
    theirs = await openStage({ folders: hostile.folders, discord: DISCORD });
  });
  afterAll(async () => {
    await theirs.close();
    hostile.remove();
  });

  function expectAsItIs(message: SeenMessage): void {
    for (const text of textDisplays(message.stored.components)) expectHarmless(text);
    for (const link of message.links()) expect(HOSTS).toContain(new URL(link).host);
  }

  test.each([[{}], [{ subject: "ravine patrol" }], [{ subject: "@everyone **bold**" }]] satisfies [Options][])(
    "are briefed on (%o) as they are",
    async (options) => {
      const { reply } = await brief(options, theirs);
      for (let page = reply; ; page = await (await page.click("Next")).settled()) {
        expectAsItIs(page.message);
        if (!page.buttons().some(({ label, disabled }) => label === "Next" && !disabled)) break;
      }
      const exchange = theirs.exchanges.ofMessage(reply.message.id);
      for (const { quote } of exchange === null ? [] : quotesOf(exchange.outcome)) {
        expect((await theirs.sitrep.reportText(quote.reportId)).slice(quote.start, quote.end)).toBe(quote.text);
      }
      if (exchange !== null) expectAsItIs((await (await reply.click("Sources")).settled()).message);
    },
  );

  test("are offered as subjects as they are", async () => {
    const { ana, channel } = scene(theirs);
    for (const value of ["", "@everyone", "**", "تحریک", "a"]) {
      await ana.autocomplete("brief", { focused: "subject", value }, { channel });
    }
  });
});

describe("the starter corpus", () => {
  test("is briefed on as a whole and on a subject, every quote verbatim, over pages that Discord takes", async () => {
    const other = await openStage({ discord: DISCORD });
    try {
      for (const options of [{}, { subject: "TTP" }]) {
        const { reply } = await brief(options, other);
        const exchange = await exchangeOf(reply, other);
        const quotes = quotesOf(exchange.outcome);
        expect(quotes.length).toBeGreaterThan(8);
        for (const { quote } of quotes) {
          expect((await other.sitrep.reportText(quote.reportId)).slice(quote.start, quote.end)).toBe(quote.text);
        }
        const texts = await textsOf(reply);
        expect(texts.length).toBeGreaterThan(2);
        for (const { number } of quotes) expect(texts.filter((text) => text.includes(`[${number}] `))).not.toEqual([]);
      }
    } finally {
      await other.close();
    }
  });
});
