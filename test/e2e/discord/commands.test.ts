import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deployCommands } from "../../../src/discord/deploy.ts";
import { openStage, type Stage } from "./bot-on-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

let people = 0;
function scene() {
  people += 1;
  const guild = stage.discord.guild();
  const moderator = guild.member({ name: `mod-${people}`, permissions: ["ManageGuild"] });
  return { channel: guild.channel(`room-${people}`), ana: guild.member({ name: `ana-${people}` }), moderator, guild };
}

describe("/search", () => {
  test("shows passages with their sources, paged, to who searched", async () => {
    const { ana, channel } = scene();
    const reply = await (await ana.command("search", { terms: "Majeed Brigade" }, { channel })).settled();
    expect(reply.isEphemeral).toBe(true);
    expect(reply.plain()).toContain("Passages nearest to “Majeed Brigade”");
    expect(reply.plain()).toMatch(/Page 1 of \d+/);
    const pages = Number(/Page 1 of (\d+)/.exec(reply.plain())?.[1]);
    const numbers: string[] = [];
    let page = reply;
    for (let at = 1; at <= pages; at += 1) {
      expect(page.plain()).toContain(`Page ${at} of ${pages}`);
      numbers.push(...Array.from(page.plain().matchAll(/^\[(\d+)\]$/gm), ([, number = ""]) => number));
      if (at < pages) page = await (await page.click("Next")).settled();
    }
    expect(numbers).toEqual(numbers.map((_, at) => `${at + 1}`));
    expect(numbers.length).toBeGreaterThan(10);
    expect(page.buttons().find(({ label }) => label === "Next")?.disabled).toBe(true);
    const around = await (await page.click(`[${numbers.at(-1)}] in context`)).settled();
    expect(around.plain()).toContain(`Quote [${numbers.at(-1)}] where it stands`);
  });

  test("completes known names while somebody types", async () => {
    const { ana, channel } = scene();
    const typed = async (value: string) =>
      (await ana.autocomplete("search", { focused: "terms", value }, { channel })).map((each) => each.value);
    expect(await typed("attacks by the bal")).toContain("attacks by the Balochistan Liberation Army");
    expect((await typed("attacks by the bal"))[0]).toBe("attacks by the bal");
    expect((await typed("")).length).toBe(25);
    expect(await typed("zzzz")).toEqual(["zzzz"]);
  });
});

describe("/sources and /report", () => {
  test("lists every report, newest first, over pages", async () => {
    const { ana, channel } = scene();
    const all = await stage.sitrep.reports();
    let page = await (await ana.command("sources", {}, { channel })).settled();
    expect(page.isEphemeral).toBe(true);
    expect(page.plain()).toContain(`${all.length} reports`);
    let text = page.plain();
    while (page.buttons().some(({ label, disabled }) => label === "Next" && !disabled)) {
      page = await (await page.click("Next")).settled();
      text += page.plain();
    }
    for (const { id } of all)
      expect(text.split(`report ${id}\n`).length + text.split(`report ${id}`).length).toBeGreaterThan(2);
  });

  test("filters by publisher, with choices while typing", async () => {
    const { ana, channel } = scene();
    const choices = await ana.autocomplete("sources", { focused: "filter", value: "think" }, { channel });
    expect(choices.map(({ value }) => value)).toContain("think-tank");
    const some = await (await ana.command("sources", { filter: "think-tank" }, { channel })).settled();
    expect(some.plain()).toMatch(/^\d+ reports? with “think-tank”/m);
    const none = await (await ana.command("sources", { filter: "nobody" }, { channel })).settled();
    expect(none.plain()).toContain("No report with “nobody”");
  });

  test("shows a report in full, chosen while typing", async () => {
    const { ana, channel } = scene();
    const choices = await ana.autocomplete("report", { focused: "id", value: "picss" }, { channel });
    expect(choices.map(({ value }) => value)).toContain("picss-january-2025");
    const reply = await (await ana.command("report", { id: "picss-january-2025" }, { channel })).settled();
    expect(reply.plain()).toContain("Digest: PICSS monthly security report, January 2025");
    expect(reply.plain()).toMatch(/\d+ passages · taken in/);
    const unknown = await (await ana.command("report", { id: "no-such" }, { channel })).settled();
    expect(unknown.plain()).toContain("There is no report with the id “no-such”");
  });
});

describe("/help", () => {
  test("says what it can and cannot do, with examples that are answered", async () => {
    const { ana, channel } = scene();
    const reply = await (await ana.command("help", {}, { channel })).settled();
    expect(reply.isEphemeral).toBe(true);
    expect(reply.plain()).toContain("What it does not do.");
    expect(reply.plain()).toContain("kept for 30 days");
    const examples = reply.buttons().filter(({ label }) => label?.endsWith("?"));
    expect(examples.length).toBe(3);
    const answer = await (await reply.click(examples[0]?.label ?? "")).settled();
    expect(answer.plain()).toContain("Confidence:");
    expect(answer.isEphemeral).toBe(true);
  });
});

describe("moderators", () => {
  test("see the state of the bot and of its index", async () => {
    const { moderator, channel } = scene();
    const reply = await (await moderator.command("status", {}, { channel })).settled();
    expect(reply.isEphemeral).toBe(true);
    const { snapshot, reports, passages, model } = await stage.sitrep.status();
    const text = reply.plain();
    expect(text).toContain(`Snapshot ${snapshot}, made`);
    expect(text).toContain(`Corpus ${reports} reports in ${passages} passages`);
    expect(text).toContain(`Model ${model}`);
    expect(text).toMatch(/Running since/);
    expect(text).toMatch(/longest pause of the bot in the last minutes \d+ ms/);
  });

  test.each(["status", "reindex"])(
    "others are refused /%s by the handler, where the server lets them use it",
    async (name) => {
      const { ana, channel } = scene();
      await expect(ana.command(name, {}, { channel })).rejects.toThrow("does not see");
      const reply = await ana.command(name, {}, { channel, force: true });
      expect(reply.isEphemeral).toBe(true);
      expect(reply.plain()).toContain("Only moderators may do this.");
    },
  );
});

describe("settings", () => {
  test("a server that the bot does not serve gets nothing of the reports", async () => {
    const elsewhere = await openStage({
      settings: (discord) => {
        discord.addGuild("Other");
        return { DISCORD_GUILD_IDS: discord.guild().id };
      },
    });
    try {
      await deployCommands(elsewhere.config.discord, []);
      const other = elsewhere.discord.addGuild("Third");
      const ben = other.member({ name: "ben" });
      expect(other.id).not.toBe(elsewhere.discord.guild().id);
      const reply = await ben.command("ask", { question: "Who leads the TTP?" }, { channel: other.channel("general") });
      expect(reply.isEphemeral).toBe(true);
      expect(reply.plain()).toContain("Sitrep does not serve this server.");
    } finally {
      await elsewhere.close();
    }
  });

  test("commands for a server that the bot is not in are told so, with what to do", async () => {
    const wrong = openStage({ settings: { DISCORD_GUILD_IDS: "123456789012345678" } });
    await expect(wrong).rejects.toThrow("The bot is not in a server of DISCORD_GUILD_IDS");
  });

  test("a role of the settings makes moderators", async () => {
    let role: { id: string } | null = null;
    const withRole = await openStage({
      settings: (discord) => {
        role = discord.guild().role("desk");
        return { DISCORD_MODERATOR_ROLE_IDS: (role as { id: string }).id };
      },
    });
    try {
      const guild = withRole.discord.guild();
      const ana = guild.member({ name: "ana", roles: role === null ? [] : [role] });
      const reply = await (await ana.command("status", {}, { force: true })).settled();
      expect(reply.plain()).toContain("Snapshot");
    } finally {
      await withRole.close();
    }
  });

  test("the bot speaks Urdu where the settings say so", async () => {
    const urdu = await openStage({ settings: { DISCORD_LANGUAGE: "ur" } });
    try {
      const ana = urdu.discord.guild().member({ name: "ana" });
      const reply = await (await ana.command("ask", { question: "Who leads the TTP?" })).settled();
      expect(reply.plain()).toMatch(/[\u0600-\u06ff]{3}/);
      expect(reply.plain()).toContain("Noor Wali Mehsud");
    } finally {
      await urdu.close();
    }
  });
});

describe("languages", () => {
  test("an interface language that the bot does not speak falls back to English", async () => {
    const { ana, channel } = scene();
    const reply = await (await ana.command("help", {}, { channel, locale: "ja" })).settled();
    expect(reply.plain()).toContain("what the reports say");
  });
});
