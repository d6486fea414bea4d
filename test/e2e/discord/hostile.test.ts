/** Reports and questions full of markup, mentions and links: the bot shows them as they are, and nothing comes of them. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionOf } from "../../../src/discord/custom-id.ts";
import { english } from "../../../src/discord/strings/en.ts";
import { quotesOf } from "../../../src/discord/views/quotes.ts";
import type { Quote } from "../../../src/domain/answer.ts";
import type { Exchange } from "../../../src/domain/exchange.ts";
import { oneLine } from "../../../src/domain/visible.ts";
import { expectHarmless, shownOf } from "../../discord/message-checks.ts";
import { openStage, type Stage } from "./bot-on-stage.ts";
import { textDisplays } from "./harness/components.ts";
import { parseMarkdown } from "./harness/markdown.ts";
import type { Reply } from "./harness/reply.ts";
import type { SeenMessage } from "./harness/seen.ts";
import { HOSTS, type HostileCorpus, hostileCorpus, LONG, WRITABLE } from "./hostile-corpus.ts";

let corpus: HostileCorpus;
let stage: Stage;
beforeAll(async () => {
  corpus = await hostileCorpus();
  stage = await openStage({ folders: corpus.folders });
});
afterAll(async () => {
  // Throws where anything that the bot sent broke a rule of Discord, pings included.
  await stage.close();
  corpus.remove();
});

let people = 0;
function scene() {
  people += 1;
  const guild = stage.discord.guild();
  return { channel: guild.channel(`room-${people}`), ana: guild.member({ name: `ana-${people}` }) };
}

async function command(name: string, options: Record<string, string | boolean>): Promise<Reply> {
  const { ana, channel } = scene();
  return await (await ana.command(name, options, { channel })).settled();
}

function expectAsItIs(seen: SeenMessage): void {
  for (const text of textDisplays(seen.stored.components)) expectHarmless(text);
  for (const link of seen.links()) expect(HOSTS).toContain(new URL(link).host);
}

/** Every page of a reply, looked through. */
async function pages(reply: Reply): Promise<{ readonly texts: string[]; readonly last: Reply }> {
  const texts: string[] = [];
  for (let page = reply; ; page = await (await page.click("Next")).settled()) {
    expectAsItIs(page.message);
    texts.push(...textDisplays(page.message.stored.components));
    if (!page.buttons().some(({ label, disabled }) => label === "Next" && !disabled)) return { texts, last: page };
  }
}

function exchangeOf(reply: Reply): Exchange {
  const ids = reply.buttons().flatMap(({ customId }) => {
    const action = actionOf(customId ?? "");
    return action !== null && "exchange" in action ? [action.exchange] : [];
  });
  const exchange = stage.exchanges.find(ids[0] ?? "");
  if (exchange === null) throw new Error("No exchange");
  return exchange;
}

/** Each quote is its report's text, and is shown in its words, in one block quote; what is too long is not. */
async function expectVerbatim(quotes: readonly Quote[], texts: readonly string[]): Promise<void> {
  expect(quotes.length).toBeGreaterThan(0);
  const shown = texts.flatMap((text) =>
    parseMarkdown(text)
      .filter(({ kind }) => kind === "quote")
      .map((quote) => oneLine(shownOf([quote]))),
  );
  for (const { reportId, start, end, text } of quotes) {
    expect((await stage.sitrep.reportText(reportId)).slice(start, end)).toBe(text);
    if (reportId !== "long") expect(shown).toContain(oneLine(text));
  }
}

describe("reports that are full of markup", () => {
  test("are found, and each passage shows as it is, over all pages", async () => {
    const seen = new Set<string>();
    for (const terms of [
      "ravine patrol rockets",
      "log of March 2025",
      "said ravine patrol",
      "outpost mortars",
      "@everyone",
    ]) {
      const found = await command("search", { terms });
      const { texts } = await pages(found);
      const quotes = quotesOf(exchangeOf(found).outcome).map(({ quote }) => quote);
      await expectVerbatim(quotes, texts);
      for (const { text } of quotes) seen.add(text);
    }
    // Nearly all of it has come by.
    const all = [...seen].join("\n");
    expect(WRITABLE.filter((text) => !all.includes(text)).length).toBeLessThan(WRITABLE.length / 4);
  });

  test("answer questions with quotes that show as they are, with their sources and what stands around them", async () => {
    let answers = 0;
    for (let at = 0; at < corpus.sentences.length; at += 3) {
      const asked = await command("ask", { question: `How many rockets did ravine patrol ${at} count in March 2025?` });
      const exchange = exchangeOf(asked);
      if (exchange.outcome.kind !== "ask") throw new Error("Not asked");
      const { answer } = exchange.outcome;
      if (answer.kind === "answer") {
        answers += 1;
        const { texts, last } = await pages(asked);
        await expectVerbatim(
          answer.claims.flatMap(({ citations }) => citations.map(({ quote }) => quote)),
          texts,
        );
        const number = /\[\d+\]/.exec(
          last.buttons().find(({ label }) => label.endsWith("in context"))?.label ?? "",
        )?.[0];
        await pages(await (await last.click(`${number} in context`)).settled());
      }
      await pages(asked);
      if (asked.buttons().some(({ label }) => label === "Sources"))
        await pages(await (await asked.click("Sources")).settled());
      if (asked.buttons().some(({ label }) => label === "More evidence")) {
        const more = await pages(await (await asked.click("More evidence")).settled());
        await expectVerbatim(
          exchange.outcome.evidence.map(({ quote }) => quote),
          more.texts,
        );
      }
    }
    expect(answers).toBeGreaterThan(5);
  });

  test("a quote that is longer than a message is not cut: where it stands, every word of it is shown over pages", async () => {
    const found = await command("search", { terms: `${LONG} mortars` });
    const citation = quotesOf(exchangeOf(found).outcome).find(({ quote }) => quote.text.includes(LONG));
    const { number = 0, quote = { text: "" } } = citation ?? {};
    const { texts } = await pages(found);
    const [shown = ""] = texts.filter((text) => text.startsWith(`**[${number}]**`));
    expect(shown).toContain(english.answer.tooLong);
    expect(shown).not.toContain("> ");
    const label = `[${number}] in context`;
    let page = await command("search", { terms: `${LONG} mortars` });
    while (!page.buttons().some((each) => each.label === label)) page = await (await page.click("Next")).settled();
    const around = await pages(await (await page.click(label)).settled());
    const words = around.texts.flatMap((text) => parseMarkdown(text).filter(({ kind }) => kind === "quote"));
    expect(oneLine(shownOf(words)).replace(/\s/g, "")).toContain(oneLine(quote.text).replace(/\s/g, ""));
  });

  test("are listed and shown one by one, whatever they call themselves", async () => {
    const listed = await pages(await command("sources", {}));
    const reports = await stage.sitrep.reports();
    expect(reports).toHaveLength(12);
    for (const { id } of reports) {
      const shown = await pages(await command("report", { id }));
      const [first = ""] = shown.texts;
      expect(oneLine(shownOf(parseMarkdown(first)))).toContain(id);
      expect(oneLine(listed.texts.map((text) => shownOf(parseMarkdown(text))).join("\n"))).toContain(id);
    }
  });

  test("are offered while somebody types", async () => {
    const { ana, channel } = scene();
    for (const value of ["", "@everyone", "**", "تحریک", "report-8"]) {
      const choices = await ana.autocomplete("report", { focused: "id", value }, { channel });
      expect(choices.length).toBeGreaterThan(0);
      for (const { name } of choices) expect(name).toBe(oneLine(name));
      await ana.autocomplete("sources", { focused: "filter", value }, { channel });
    }
  });

  test("a filter and an id of markup are told back as they are", async () => {
    for (const text of WRITABLE.filter((each) => !each.includes("\n"))) {
      const filter = text.slice(0, 80).trim();
      expectAsItIs((await command("sources", { filter })).message);
      expectAsItIs((await command("report", { id: text.slice(0, 100) })).message);
    }
  });
});

describe("questions that are full of markup", () => {
  test.each(WRITABLE.map((text) => text.replaceAll("\n", " ")))("%j", async (text) => {
    const question = `${text} how many rockets did ravine patrol 3 count, \\${text}?`;
    const asked = await command("ask", { question: question.slice(0, 1990) });
    const { texts } = await pages(asked);
    const shown = texts.map((each) => shownOf(parseMarkdown(each))).join("\n");
    expect(shown).toContain(`Question: ${oneLine(text).slice(0, 60)}`);
    expectAsItIs((await command("search", { terms: text.slice(0, 100) })).message);
    const date = text.slice(0, 10).padEnd(4, "x");
    if (date.isWellFormed()) expectAsItIs((await command("ask", { question: "Who?", since: date })).message);
  });

  test("by mention: the answer and the name of its thread ping nobody", async () => {
    const { ana, channel } = scene();
    const me = `<@${stage.discord.botId}>`;
    for (const text of WRITABLE.slice(0, 40)) {
      const next = channel.answer();
      ana.say(channel, `${me} ${text} How many rockets did ravine patrol 4 count?`);
      expectAsItIs(await next);
    }
    await channel.thread();
    for (const { name } of channel.threads()) expect(name).toBe(oneLine(name));
  });

  test("a member whose name is markup shares an answer", async () => {
    const guild = stage.discord.guild();
    for (const name of ["**@everyone** [x](https://e.x)", "<@&1> # || _a_ \\", "\u202E".repeat(32), "تحریک <t:1:R>"]) {
      const member = guild.member({ name });
      const question = "How many rockets did ravine patrol 6 count in March 2025?";
      const channel = guild.channel(`room-of-${member.id}`);
      const asked = await (await member.command("ask", { question, private: true }, { channel })).settled();
      const shared = await (await asked.click("Share")).settled();
      // A name that is written out can be longer than its room.
      expect(shared.plain()).toContain(`Shared by ${oneLine(name).slice(0, 60)}`);
      await pages(shared);
    }
  });

  test("a message that is checked: its statements and the quotes show as they are", async () => {
    const { ana, channel } = scene();
    for (let at = 0; at < corpus.sentences.length; at += 5) {
      const message = ana.say(
        channel,
        corpus.sentences
          .slice(at, at + 5)
          .join("\n")
          .slice(0, 2000),
      );
      const checked = await (await ana.context("Check against sources", message, { channel })).settled();
      const { texts } = await pages(checked);
      const quotes = quotesOf(exchangeOf(checked).outcome).map(({ quote }) => quote);
      if (quotes.length > 0) await expectVerbatim(quotes, texts);
    }
  });
});
