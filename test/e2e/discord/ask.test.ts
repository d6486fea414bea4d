import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openStage, type Stage } from "./bot-on-stage.ts";
import type { Reply } from "./harness/reply.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

const RISE = "By how much did attacks in Pakistan rise in January 2025, and compared with what?";
const UNANSWERABLE = "How many attacks did PICSS count in April 2025?";

/** Each test has people and a channel of its own. */
let people = 0;
function scene() {
  people += 1;
  const guild = stage.discord.guild();
  return { channel: guild.channel(`room-${people}`), ana: guild.member({ name: `ana-${people}` }), guild };
}

async function ask(question: string, options: Record<string, string | boolean> = {}) {
  const { channel, ana, guild } = scene();
  const reply = await (await ana.command("ask", { question, ...options }, { channel })).settled();
  return { reply, channel, ana, guild };
}

function labels(reply: Reply): string[] {
  return reply.buttons().map(({ label }) => label ?? "");
}

describe("an answer", () => {
  test("is acknowledged first, then shows numbered quotes, each with its source", async () => {
    const { reply } = await ask(RISE);
    expect(reply.isEphemeral).toBe(false);
    const text = reply.plain();
    expect(text).toContain(`Question: ${RISE}`);
    expect(text).toMatch(
      /\[1\]\n.*counted at least 74 militant attacks across Pakistan in January 2025, 42% more than in December 2024/,
    );
    // Title, publisher, date, locator, reliability, link.
    expect(text).toContain("Digest: PICSS monthly security report, January 2025");
    expect(text).toContain("Pakistan Institute for Conflict and Security Studies (PICSS) · digest by");
    expect(text).toContain("2025-02 · covers 2025-01-01 to 2025-01-31");
    expect(text).toContain("Attacks and casualties in January 2025, paragraph 1 · reliability B (usually reliable)");
    expect(reply.links()).toContain("https://www.dawn.com/news/1889375");
    expect(text).toContain("Confidence: high");
  });

  test("has each quote character for character from its report", async () => {
    const { reply } = await ask(RISE);
    const exchange = await vi.waitUntil(() => stage.exchanges.ofMessage(reply.message.id));
    if (exchange?.outcome.kind !== "ask" || exchange.outcome.answer.kind !== "answer") throw new Error("No answer");
    const quotes = exchange.outcome.answer.claims.flatMap(({ citations }) => citations.map(({ quote }) => quote));
    expect(quotes.length).toBeGreaterThan(1);
    for (const { reportId, start, end, text } of quotes) {
      const report = await stage.sitrep.reportText(reportId);
      expect(report.slice(start, end)).toBe(text);
      expect(reply.plain()).toContain(text);
    }
  });

  test("shows an op-ed's claims as such", async () => {
    const { reply } = await ask(RISE);
    expect(reply.plain()).toMatch(
      /\[\d\]\nOpinion( of .+)?, not a finding\n.*claims that attacks in Pakistan rose 42%/,
    );
  });

  test("is limited to one report and a time", async () => {
    const one = await ask("How many attacks were there?", {
      report: "picss-january-2025",
      since: "2025",
      until: "2025-12-31",
    });
    expect(one.reply.plain()).toContain("PICSS monthly security report");
    expect(one.reply.plain()).not.toContain("op-ed");
    const titled = await ask("How many attacks were there?", {
      report: "digest: picss monthly security report, january 2025",
    });
    expect(titled.reply.plain()).toContain("PICSS monthly security report");
  });

  test.each([
    [{ since: "2025-13" }, "“2025-13” is not a date"],
    [{ since: "2025", until: "2024" }, "“since” is after “until”"],
    [{ report: "no-such-report" }, "There is no report with the id “no-such-report”"],
    [{ since: "2099" }, "No report matches the filters"],
  ] satisfies [Record<string, string>, string][])("says what is wrong with %o", async (options, words) => {
    const { channel, ana } = scene();
    const reply = await (await ana.command("ask", { question: RISE, ...options }, { channel })).until((each) =>
      each.plain().includes(words),
    );
    expect(reply.plain()).not.toContain("Reference");
  });

  test("a question of control characters or of nothing is told so", async () => {
    const { reply } = await ask("   ");
    expect(reply.plain()).toContain("No question given");
  });

  test("is in Discord's limits for the longest question", async () => {
    const { reply } = await ask(`${"_*~|`@<#: ".repeat(199)}who leads`);
    expect(reply.plain()).toContain("Question: _*~|`@<#: _*~");
  });
});

describe("the buttons of an answer", () => {
  test("more evidence: further passages, for who clicked only, with pages", async () => {
    const { reply, guild, channel } = await ask("How many fighters does the TTP have?");
    const ben = guild.member({ name: `ben-${people}` });
    const more = await (await ben.click(reply, "More evidence", { channel })).settled();
    expect(more.isEphemeral).toBe(true);
    expect(more.plain()).toContain("More evidence");
    expect(more.plain()).toMatch(/Page 1 of \d/);
    expect(more.buttons().find(({ label }) => label === "Previous")?.disabled).toBe(true);
    const before = more.plain();
    const next = await (await more.click("Next")).settled();
    expect(next.message.id).toBe(more.message.id);
    expect(next.plain()).toMatch(/Page 2 of \d/);
    expect(next.plain()).not.toBe(before);
    const back = await (await next.click("Previous")).settled();
    expect(back.plain()).toBe(before);
  });

  test("sources: each report once, with everything about it", async () => {
    const { reply } = await ask(RISE);
    const sources = await (await reply.click("Sources")).settled();
    expect(sources.isEphemeral).toBe(true);
    expect(sources.plain().split("Digest: PICSS monthly security report, January 2025 [1]")).toHaveLength(2);
    expect(sources.plain()).toContain("relies on:");
  });

  test("a quote in context: what stands before and after it, verbatim", async () => {
    const { reply } = await ask(RISE);
    const around = await (await reply.click("[3] in context")).settled();
    expect(around.isEphemeral).toBe(true);
    const text = around.plain();
    expect(text).toContain("Quote [3] where it stands");
    expect(text).toContain("Press coverage of February 2025 connected the speech of Akram");
    expect(text).toMatch(/Before it:\n.+/);
  });

  test("helpful and not helpful, the latter with a few words", async () => {
    const { reply, ana, guild, channel } = await ask(RISE);
    const ben = guild.member({ name: `ben-${people}` });
    const thanks = await (await reply.click("Helpful")).settled();
    expect(thanks.isEphemeral).toBe(true);
    expect(thanks.plain()).toContain("thank you");
    const modal = await ben.click(reply, "Not helpful", { channel });
    expect(modal.kind).toBe("modal");
    const noted = await (await modal.submit({ text: "the quote is about another year" })).settled();
    expect(noted.isEphemeral).toBe(true);
    expect(stage.exchanges.feedback(2)).toMatchObject([
      { memberId: ben.id, opinion: "not-helpful", comment: "the quote is about another year", question: RISE },
      { memberId: ana.id, opinion: "helpful", comment: "", question: RISE },
    ]);
  });

  test("a private answer is private, and can be shared by who asked", async () => {
    const { reply, channel, guild } = await ask(RISE, { private: true });
    expect(reply.isEphemeral).toBe(true);
    expect(labels(reply)).toContain("Share");
    expect(channel.messages(guild.member({ name: "a passer-by" }))).toHaveLength(0);
    const shared = await (await reply.click("Share")).settled();
    expect(shared.isEphemeral).toBe(false);
    expect(shared.plain()).toContain("Shared by ana-");
    expect(shared.plain()).toContain("counted at least 74 militant attacks");
    expect(labels(shared)).not.toContain("Share");
    const more = await (await shared.click("Sources")).settled();
    expect(more.isEphemeral).toBe(true);
  });

  test("who may not write in a channel shares nothing there", async () => {
    const { channel, ana } = scene();
    channel.permit(ana, { deny: ["SendMessages"] });
    const reply = await (await ana.command("ask", { question: RISE, private: true }, { channel })).settled();
    const refused = await reply.click("Share");
    expect(refused.isEphemeral).toBe(true);
    expect(refused.plain()).toContain("You may not write in this channel");
  });

  test("a follow-up by button: understood from the question before, and said how", async () => {
    const { reply } = await ask("How many attacks did PICSS count in January 2025?");
    const modal = await reply.click("Ask a follow-up");
    expect(modal.title).toBe("Ask a follow-up");
    const answer = await (await modal.submit({ text: "and in January 2024?" })).settled();
    expect(answer.plain()).toContain("Question: and in January 2024?");
    expect(answer.plain()).toMatch(/Understood as: How many attacks did PICSS count in January 2024\?/);
    const second = await (await (await answer.click("Ask a follow-up")).submit({ text: "who said that?" })).settled();
    expect(second.plain()).toContain("Understood as:");
    expect(second.isEphemeral).toBe(false);
  });

  test("a follow-up of a private answer is private", async () => {
    const { reply } = await ask(RISE, { private: true });
    const answer = await (await (await reply.click("Ask a follow-up")).submit({ text: "who said that?" })).settled();
    expect(answer.isEphemeral).toBe(true);
  });

  test("a button of a forgotten exchange says so", async () => {
    const { reply } = await ask(RISE);
    const { exchanges } = stage;
    const find = exchanges.find;
    Object.assign(exchanges, { find: () => null });
    try {
      const gone = await (await reply.click("Sources")).until((each) => each.plain().includes("forgotten"));
      expect(gone.isEphemeral).toBe(true);
    } finally {
      Object.assign(exchanges, { find });
    }
  });
});

describe("an abstention", () => {
  test("looks different, says why, shows what is near, and offers questions that are answered", async () => {
    const answered = await ask(RISE);
    const { reply } = await ask(UNANSWERABLE);
    const text = reply.plain();
    expect(text).toContain("No answer in these reports");
    expect(text).toContain("The reports speak of another time.");
    expect(text).toContain("Not an answer, but near:");
    expect(text).not.toContain("Confidence");
    const colour = (each: Reply) => JSON.stringify(each.message.json).match(/"accent_color":(\d+)/)?.[1];
    expect(colour(reply)).not.toBe(colour(answered.reply));
    const suggestions = labels(reply).filter((label) => label.endsWith("?"));
    expect(suggestions.length).toBeGreaterThanOrEqual(2);
    expect(suggestions.length).toBeLessThanOrEqual(3);
    for (const suggestion of suggestions) {
      const answer = await (await reply.click(suggestion)).settled();
      expect(answer.plain(), suggestion).toContain("Confidence:");
    }
  });
});
