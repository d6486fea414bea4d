/** What people can and cannot do, as a Discord client would let them. */

import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ComponentType,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  TextInputBuilder,
  TextInputStyle,
} from "discord.js";
import { afterEach, describe, expect, test } from "vitest";
import type { Json } from "./json.ts";
import { type Playing, type Stage, setStage } from "./stage.ts";

const open: Stage[] = [];

async function stage(onInteraction?: Playing["onInteraction"], playing: Playing = {}): Promise<Stage> {
  const set = await setStage({ ...playing, ...(onInteraction === undefined ? {} : { onInteraction }) });
  open.push(set);
  return set;
}

afterEach(async () => {
  for (const { bot, discord } of open.splice(0)) {
    await bot.stop();
    await discord.close();
    expect(bot.errors).toEqual([]);
  }
});

const because = (interaction: Interaction): unknown => interaction.isRepliable() && interaction.reply("Because.");
const question = { question: "Why?" };

describe("commands", () => {
  test.each<[string, Record<string, unknown>, string]>([
    ["a missing option", {}, 'the option "question" is required'],
    ["an option that is not there", { ...question, other: "x" }, 'the command has no option "other"'],
    ["a wrong type", { question: 5 }, 'the option "question" takes text, not 5'],
    ["too long a text", { question: "x".repeat(301) }, 'the option "question" takes 0 to 300 characters, not 301'],
    ["an empty text", { question: "" }, 'the option "question" is empty'],
    ["a choice that is not there", { ...question, depth: "deep" }, 'the option "depth" has no choice "deep"'],
    ["a number above the most", { ...question, count: 6 }, 'the option "count" is at most 5'],
    ["a number below the least", { ...question, count: 0 }, 'the option "count" is at least 1'],
    ["a broken number", { ...question, count: 1.5 }, 'the option "count" takes a whole number'],
  ])("are not sent with %s", async (_, options, message) => {
    const { ana } = await stage(because);
    await expect(ana.command("ask", options as never)).rejects.toThrow(message);
  });

  test("are not seen without the permissions they ask for, and are sent all the same when forced", async () => {
    const { ana, discord } = await stage(because);
    await expect(ana.command("report show", { id: "a" })).rejects.toThrow(
      'ana does not see "report": its default_member_permissions 32',
    );
    expect((await ana.command("report show", { id: "a" }, { force: true })).text()).toBe("Because.");
    const moderator = discord.guild().member({ name: "mod", permissions: ["ManageGuild"] });
    expect((await moderator.command("report show", { id: "a" })).text()).toBe("Because.");
  });

  test("are only where their contexts say, and where the user may use commands", async () => {
    const { ana, channel } = await stage(because);
    expect((await ana.command("ask", question, { channel: ana.direct() })).text()).toBe("Because.");
    await expect(ana.command("report show", { id: "a" }, { channel: ana.direct() })).rejects.toThrow(
      "its contexts [0] do not hold 1",
    );
    channel.permit("everyone", { deny: ["UseApplicationCommands"] });
    await expect(ana.command("ask", question)).rejects.toThrow("the user lacks UseApplicationCommands in #general");
  });

  test("that are not registered cannot be used", async () => {
    const { ana, discord } = await stage(because);
    await expect(ana.command("other")).rejects.toThrow('no command "other" of type 1 is registered here');
    const moderator = discord.guild().member({ name: "mod", permissions: ["ManageGuild"] });
    await expect(moderator.command("report hide")).rejects.toThrow('/report has no subcommand "hide", but show');
    await expect(moderator.command("report")).rejects.toThrow("/report needs a subcommand: show");
  });

  test("come in a language that Discord has", async () => {
    const locales: string[] = [];
    const { ana } = await stage((interaction) => {
      locales.push(interaction.locale);
      return because(interaction);
    });
    await ana.command("ask", question, { locale: "de" });
    await expect(ana.command("ask", question, { locale: "ur" })).rejects.toThrow('Discord has no locale "ur"');
    await ana.command("ask", question, { locale: "ur", force: true });
    expect(locales).toEqual(["de", "ur"]);
  });

  test("carry files that the bot can fetch", async () => {
    const { ana } = await stage(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      const file = interaction.options.getAttachment("file", true);
      await interaction.reply(`${file.name}: ${await (await fetch(file.url)).text()}`);
    });
    const reply = await ana.command("ask", { ...question, file: { name: "a.md", content: "Hello" } });
    expect(reply.text()).toBe("a.md: Hello");
  });

  test("of the context menu carry the message, in full", async () => {
    const { ana, channel } = await stage((interaction) => {
      if (interaction.isMessageContextMenuCommand())
        return interaction.reply(`You mean: ${interaction.targetMessage.content}`);
    });
    expect((await ana.context("Check against sources", ana.say(channel, "It is so."))).text()).toBe(
      "You mean: It is so.",
    );
  });

  test("that nobody answers fail with what went on", async () => {
    const { ana, discord } = await stage();
    await expect(ana.command("ask", question, { timeout: 100 })).rejects.toThrow(
      /\/ask of ana got no response within 100 ms\nLast requests:\n.*GET \/gateway\/bot -> 200(?:.|\n)*Violations:\n {2}\(none\)/,
    );
    discord.core.interactions.checkAnswered();
    expect(discord.take("never-acknowledged")).toHaveLength(1);
    discord.core.interactions.all.clear();
  });
});

describe("autocomplete", () => {
  test("offers choices for the option that is being typed", async () => {
    const { ana } = await stage((interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      return interaction.respond([
        { name: `${name} ${value} ${interaction.options.getString("question")}`, value: "a" },
      ]);
    });
    const typed = { focused: "report", value: "pi", options: question };
    expect(await ana.autocomplete("ask", typed)).toEqual([{ name: "report pi Why?", value: "a" }]);
    await expect(ana.autocomplete("ask", { focused: "question", value: "x" })).rejects.toThrow(
      'the option "question" of /ask has no autocomplete',
    );
  });
});

describe("ephemeral answers", () => {
  const ephemeral = async (interaction: Interaction): Promise<void> => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await interaction.editReply("For you alone.");
  };

  test("are seen by who asked and nobody else, and cannot be used by others", async () => {
    const { ana, discord, channel } = await stage(ephemeral);
    const ben = discord.guild().member({ name: "ben", permissions: ["Administrator"] });
    const reply = await (await ana.command("ask", question)).settled();
    expect(reply.isEphemeral).toBe(true);
    expect(reply.message.visibleTo(ana)).toBe(true);
    expect(reply.message.visibleTo(ben)).toBe(false);
    expect(channel.messages(ana)).toHaveLength(1);
    expect(channel.messages(ben)).toEqual([]);
    await expect(ben.click(reply, "More")).rejects.toThrow("ben does not see that message");
  });

  test("stay out of the bot's reach but through their interaction, and are no event", async () => {
    const { ana, request, channel, client } = await stage(ephemeral, { intents: [1, 512] as never });
    let events = 0;
    client.on("messageCreate", () => {
      events += 1;
    });
    const { message } = await (await ana.command("ask", question)).settled();
    await expect(request("GET", `/channels/${channel.id}/messages/${message.id}`)).rejects.toThrow("Unknown Message");
    await expect(request("DELETE", `/channels/${channel.id}/messages/${message.id}`)).rejects.toThrow(
      "Unknown Message",
    );
    expect(await request("GET", `/channels/${channel.id}/messages`)).toEqual([]);
    expect(events).toBe(0);
  });

  test("are as the deferral said, whatever the first follow-up says", async () => {
    const { ana } = await stage(async (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      await interaction.deferReply();
      await interaction.followUp({ content: "For all.", flags: MessageFlags.Ephemeral });
      await interaction.followUp({ content: "For you.", flags: MessageFlags.Ephemeral });
    });
    const reply = await (await ana.command("ask", question)).followedUp();
    expect([reply.text(), reply.isEphemeral]).toEqual(["For all.", false]);
    expect(reply.followUps.map((one) => [one.text(), one.isEphemeral])).toEqual([["For you.", true]]);
  });
});

describe("components", () => {
  const withComponents = async (interaction: Interaction): Promise<void> => {
    if (interaction.isChatInputCommand()) {
      await interaction.reply({
        content: "Choose.",
        components: [
          {
            type: ComponentType.ActionRow,
            components: [
              { type: ComponentType.Button, style: ButtonStyle.Primary, label: "Go", customId: "go" },
              {
                type: ComponentType.Button,
                style: ButtonStyle.Primary,
                label: "Gone",
                customId: "gone",
                disabled: true,
              },
              { type: ComponentType.Button, style: ButtonStyle.Link, label: "Open", url: "https://a.test" },
              { type: ComponentType.Button, style: ButtonStyle.Danger, label: "Form", customId: "form" },
            ],
          },
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.StringSelect,
                customId: "pick",
                options: [
                  { label: "One", value: "1" },
                  { label: "Two", value: "2" },
                ],
              },
            ],
          },
        ],
      });
    } else if (interaction.isStringSelectMenu()) await interaction.update(`Chosen: ${interaction.values.join()}`);
    else if (interaction.isButton() && interaction.customId === "form") {
      const why = new TextInputBuilder()
        .setCustomId("why")
        .setStyle(TextInputStyle.Short)
        .setMinLength(3)
        .setMaxLength(10);
      await interaction.showModal(
        new ModalBuilder()
          .setCustomId("form")
          .setTitle("Form")
          .addLabelComponents((label) => label.setLabel("Why so?").setTextInputComponent(why)),
      );
    } else if (interaction.isButton()) {
      await interaction.deferUpdate();
      await interaction.editReply("Gone on.");
    } else if (interaction.isModalSubmit())
      await interaction.reply(`Because ${interaction.fields.getTextInputValue("why")}`);
  };

  test("are used only when they are there and enabled", async () => {
    const { ana } = await stage(withComponents);
    const reply = await ana.command("ask", question);
    await expect(reply.click("Other")).rejects.toThrow(
      'there is no button "Other", but Go (go), Gone (gone), Open (https://a.test), Form (form)',
    );
    await expect(reply.click("Gone")).rejects.toThrow('the button "Gone" is disabled');
    await expect(reply.click("Open")).rejects.toThrow('the button "Open" is a link');
    await expect(reply.select("3")).rejects.toThrow('the select "pick" has no option "3", but 1, 2');
    await expect(reply.select(["1", "2"])).rejects.toThrow('the select "pick" takes 1 to 1 values, not 2');
    await expect(reply.select("1", "other")).rejects.toThrow('there is no select "other", but pick');
    expect(reply.links()).toEqual(["https://a.test"]);
    const clicked = await (await reply.click("Go")).settled();
    expect([clicked.kind, clicked.text(), reply.text()]).toEqual(["update", "Gone on.", "Gone on."]);
    await reply.select("2");
    expect(reply.text()).toBe("Chosen: 2");
  });

  test("open a modal, which is sent once, filled in right, by who has it open", async () => {
    const { ana, discord } = await stage(withComponents);
    const reply = await ana.command("ask", question);
    const modal = await reply.click("form");
    expect([modal.kind, modal.title]).toEqual(["modal", "Form"]);
    expect(modal.fields()).toMatchObject([
      { customId: "why", label: "Why so?", required: true, minimum: 3, maximum: 10 },
    ]);
    await expect(discord.guild().member({ name: "ben" }).submit(modal, { why: "because" })).rejects.toThrow(
      'the modal "Form" is not open for ben',
    );
    await expect(modal.submit({ other: "x" })).rejects.toThrow(
      'the modal "Form" has no input "other", but why (Why so?)',
    );
    await expect(modal.submit({})).rejects.toThrow('the input "Why so?" is required');
    await expect(modal.submit({ why: "x" })).rejects.toThrow('the input "Why so?" needs 3 characters, not 1');
    await expect(modal.submit({ why: "x".repeat(11) })).rejects.toThrow(
      'the input "Why so?" takes 10 characters, not 11',
    );
    expect((await modal.submit({ "Why so?": "of it" })).text()).toBe("Because of it");
    await expect(modal.submit({ why: "again" })).rejects.toThrow('the modal "Form" is not open for ana');
  });
});

describe("channels", () => {
  test("are written into by who may, and read by who may", async () => {
    const { ana, discord } = await stage();
    const ben = discord.guild().member({ name: "ben", permissions: ["Administrator"] });
    const secret = discord.guild().channel("secret", { everyone: { deny: ["ViewChannel"] } });
    expect(() => ana.say(secret, "hello")).toThrow("ana lacks ViewChannel, SendMessages in #secret");
    ben.say(secret, "hello");
    expect([secret.messages(ana).length, secret.messages(ben).length]).toEqual([0, 1]);
  });

  test("of direct messages are open unless the user has closed them", async () => {
    const { ana, client, discord } = await stage();
    const cem = discord.guild().member({ name: "cem", takesDirectMessages: false });
    await (await client.users.fetch(ana.id)).send("hello");
    expect(
      ana
        .direct()
        .answers()
        .map((one) => one.text()),
    ).toEqual(["hello"]);
    await expect((await client.users.fetch(cem.id)).send("hello")).rejects.toThrow("Cannot send messages to this user");
    cem.takesDirectMessages(true);
    await (await client.users.fetch(cem.id)).send("hello");
    cem.leave();
    await expect((await client.users.fetch(cem.id)).send("hello")).rejects.toThrow("no mutual guilds");
    await expect(
      client.guilds.cache.get(discord.guild().id)?.members.fetch({ user: cem.id, force: true }),
    ).rejects.toThrow("Unknown Member");
  });

  test("of direct messages have buttons that are clicked outside of any server", async () => {
    const { ana, client } = await stage((interaction) => {
      if (interaction.isButton()) return interaction.reply(`${interaction.guildId} ${interaction.user.id === ana.id}`);
      return undefined;
    });
    const components = [
      new ActionRowBuilder<ButtonBuilder>().addComponents(new ButtonBuilder({ style: 2, label: "Go", customId: "go" })),
    ];
    await (await client.users.fetch(ana.id)).send({ content: "hello", components });
    const [message] = ana.direct().answers();
    if (message === undefined) throw new Error("no message");
    expect((await ana.click(message, "Go")).text()).toBe("null true");
  });

  test("a message whose nonce has to be new is there once, for some minutes", async () => {
    const { discord, channel, post } = await stage();
    const other = discord.guild().channel("other");
    const body = { content: "x", nonce: "abc" };
    const first = await post({ ...body, enforce_nonce: true });
    expect(await post({ ...body, content: "y", enforce_nonce: true })).toEqual(first);
    await post(body);
    await post({ ...body, nonce: "abd", enforce_nonce: true });
    expect(channel.answers().map((one) => one.text())).toEqual(["x", "x", "x"]);
    discord.advance(5 * 60_000);
    await post({ ...body, content: "later", enforce_nonce: true });
    expect(channel.answers().map((one) => one.text())).toEqual(["x", "x", "x", "later"]);
    expect(other.answers()).toEqual([]);
  });

  test("give their messages newest first: the newest, and those right before, behind and around one", async () => {
    const { ana, channel, request } = await stage();
    const ids = Array.from({ length: 7 }, (_, number) => ana.say(channel, `${number}`).id);
    const page = async (query: string): Promise<string> => {
      const messages = (await request("GET", `/channels/${channel.id}/messages?${query}`)) as unknown as Json[];
      return messages.map(({ content }) => content).join("");
    };
    expect(await page("")).toBe("6543210");
    expect(await page("limit=2")).toBe("65");
    expect(await page(`limit=2&before=${ids[4]}`)).toBe("32");
    expect(await page(`limit=2&after=${ids[1]}`)).toBe("32");
    expect(await page("limit=3&after=0")).toBe("210");
    expect(await page(`limit=3&around=${ids[3]}`)).toBe("432");
    expect(await page(`after=${ids[6]}`)).toBe("");
  });

  test("are gone once they are deleted", async () => {
    const { channel, request, client } = await stage();
    channel.remove();
    await expect(request("GET", `/channels/${channel.id}`)).rejects.toThrow("Unknown Channel");
    await expect.poll(() => client.channels.cache.has(channel.id)).toBe(false);
  });

  test("show files and reactions of the bot", async () => {
    const { client, channel } = await stage();
    const place = client.channels.cache.get(channel.id);
    if (place?.isSendable() !== true) throw new Error("no channel");
    const sent = await place.send({ content: "See.", files: [{ attachment: Buffer.from("a,b"), name: "a.csv" }] });
    await sent.react("✅");
    const [message] = channel.answers();
    expect(message?.files()).toEqual([{ name: "a.csv", content: Buffer.from("a,b") }]);
    expect(message?.json.reactions).toMatchObject([{ emoji: { name: "✅" }, count: 1, me: true }]);
    await sent.edit({ content: "See no more.", attachments: [] });
    expect([message?.text(), message?.files()]).toEqual(["See no more.", []]);
  });

  test("hold threads, which are archived and opened again by a message", async () => {
    const { client, channel, ana } = await stage();
    const place = client.channels.cache.get(channel.id);
    if (place === undefined || !("messages" in place) || place.isDMBased()) throw new Error("no channel");
    const message = await place.messages.fetch(ana.say(channel, "hello").id);
    const thread = await message.startThread({ name: "Hello" });
    await thread.send("In it.");
    await thread.setArchived(true);
    expect([(await channel.thread()).isArchived, (await channel.thread()).answers().map((one) => one.text())]).toEqual([
      true,
      ["In it."],
    ]);
    await thread.send("Again.");
    expect((await channel.thread()).isArchived).toBe(false);
  });
});
