import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSitrep } from "../src/app.ts";
import { loadConfig } from "../src/config.ts";
import type { Quote } from "../src/domain/answer.ts";
import type { Turn } from "../src/domain/conversation.ts";
import type { AskResult, Sitrep } from "../src/domain/service.ts";

/** Over the starter reports: what is asked one after the other, what the last question means, and what is quoted. */
const CONVERSATIONS: readonly (readonly [asked: readonly string[], meant: string, quoted: RegExp])[] = [
  [
    ["How many attacks did PICSS count in January 2025?", "and in March?"],
    "How many attacks did PICSS count in March 2025?",
    /In March 2025 PICSS recorded 105 attacks/,
  ],
  [
    ["How many attacks did PICSS count in January 2025?", "what about Balochistan?"],
    "How many attacks did PICSS count in Balochistan in January 2025?",
    /Balochistan saw at least 24 attacks/,
  ],
  [
    ["How many attacks did PICSS count in January 2025?", "compared with December?"],
    "How many attacks did PICSS count in January 2025 compared with December 2024?",
    /42% more than in December 2024/,
  ],
  [
    ["How many attacks did PICSS count in January 2025?", "and the year before?"],
    "How many attacks did PICSS count in January 2024?",
    /93 attacks/,
  ],
  [
    ["How many attacks did PICSS count in January 2025?", "and in 2024?", "and in Balochistan?"],
    "How many attacks did PICSS count in Balochistan in 2024?",
    /Balochistan had 293 attacks/,
  ],
  [
    ["How many attacks did PICSS count in 2024?", "and PIPS?"],
    "How many attacks did PIPS count in 2024?",
    /521 attacks/,
  ],
  [["Who leads the TTP?", "and AQIS?"], "Who leads AQIS?", /Osama Mahmood/],
  [
    ["What is the Majeed Brigade?", "who founded it?"],
    "Who founded the Majeed Brigade?",
    /Aslam Baloch, known as Achu, as founder/,
  ],
  [
    ["When did Pakistan ban the BLA?", "and the UK?"],
    "When did the UK ban the BLA?",
    /United Kingdom proscribed BLA on 17 July 2006/,
  ],
  [
    ["How many people were aboard the Jaffar Express?", "when was it attacked?"],
    "When was the Jaffar Express attacked?",
    /11 March 2025/,
  ],
  [
    ["How many deaths in Pakistan did the GTI count for 2024?", "and in 2023?"],
    "How many deaths in Pakistan did the GTI count in 2023?",
    /748 in 2023/,
  ],
  [
    ["How many people were killed in militant attacks in 2024 according to PICSS?", "how many of them were civilians?"],
    "How many of the people killed in militant attacks in 2024 according to PICSS were civilians?",
    /488 as civilians/,
  ],
  [
    ["How strong is AQIS?", "When did the UK proscribe the BLA?"],
    "When did the UK proscribe the BLA?",
    /United Kingdom proscribed BLA/,
  ],
];

let folder: string;
let app: Sitrep;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sitrep-follow-up-"));
  await cp("corpus", join(folder, "corpus"), { recursive: true });
  const config = loadConfig({ CORPUS_DIR: join(folder, "corpus"), DATA_DIR: join(folder, "data") });
  app = createSitrep(config, { warn: () => undefined });
  await app.ingest();
}, 300_000);

afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true, force: true });
});

function quotesOf({ answer }: AskResult): Quote[] {
  return answer.kind === "answer" ? answer.claims.flatMap(({ citations }) => citations.map(({ quote }) => quote)) : [];
}

/** The last result of a conversation, and its turns before that. */
async function converse(asked: readonly string[]): Promise<{ result: AskResult; turns: Turn[] }> {
  const turns: Turn[] = [];
  let result: AskResult | null = null;
  for (const typed of asked) {
    if (result !== null) turns.push({ question: result.question.text, quotes: quotesOf(result) });
    result = await app.ask(typed, { conversation: turns });
  }
  if (result === null) throw new Error("Nothing was asked");
  return { result, turns };
}

describe("a conversation about the starter reports", () => {
  it.each(CONVERSATIONS)("%j asks %j at last", async (asked, meant, quoted) => {
    const { result } = await converse(asked);
    expect(result.question).toMatchObject({ text: meant, isMadeWhole: meant !== asked.at(-1) });
    const quotes = quotesOf(result);
    expect(quotes.map(({ text }) => text).join("\n")).toMatch(quoted);
    for (const { reportId, start, end, text } of quotes) {
      expect((await app.reportText(reportId)).slice(start, end)).toBe(text);
    }
  });

  it("does not understand a follow-up without a conversation", async () => {
    for (const options of [undefined, { conversation: [] }]) {
      const { question, answer } = await app.ask("what about them?", options);
      expect(question).toMatchObject({ text: "what about them?", isMadeWhole: false });
      expect(answer.kind).toBe("abstention");
    }
  });

  it("gives the quotes again with their sources to who asks who said it, and goes on from there", async () => {
    const first = await converse(["How many attacks did PICSS count in January 2025?"]);
    const { result } = await converse(["How many attacks did PICSS count in January 2025?", "who said that?"]);
    expect(result.question).toMatchObject({
      isMadeWhole: true,
      text: expect.stringMatching(/^Who said: “.+…”\?$/),
    });
    expect(quotesOf(result)).toEqual(quotesOf(first.result));
    if (result.answer.kind !== "answer" || first.result.answer.kind !== "answer") throw new Error("No answer");
    expect(result.answer.claims.map(({ citations }) => citations)).toEqual(
      first.result.answer.claims.map(({ citations }) => citations),
    );
    const third = await converse([
      "How many attacks did PICSS count in January 2025?",
      "who said that?",
      "and in March?",
    ]);
    expect(third.result.question.text).toBe("How many attacks did PICSS count in March 2025?");
  });

  it("leaves out quotes that are not in their report, and abstains when none is left", async () => {
    const { result } = await converse(["How many attacks did PICSS count in January 2025?"]);
    const question = result.question.text;
    const [quote] = quotesOf(result);
    if (quote === undefined) throw new Error("No quote");
    const false_ = { ...quote, text: quote.text.replace("74", "99") };
    const gone = { ...quote, reportId: "nosuch" };
    const again = await app.ask("source?", { conversation: [{ question, quotes: [false_, gone, quote] }] });
    expect(quotesOf(again)).toEqual([quote]);
    const none = await app.ask("source?", { conversation: [{ question, quotes: [false_, gone] }] });
    expect(none.answer).toMatchObject({ kind: "abstention", reason: "nothing-near", nearest: [] });
  });

  it("keeps what may not be used out of the sources as well", async () => {
    const { result } = await converse(["How many attacks did PICSS count in January 2025?"]);
    const conversation = [{ question: result.question.text, quotes: quotesOf(result) }];
    const other = await app.ask("who said that?", { conversation, filters: { sources: ["aqis-profile"] } });
    expect(other.answer.kind).toBe("abstention");
    const fault = { code: "bad-input", message: "No report matches the filters" };
    await expect(app.ask("who said that?", { conversation, filters: { sources: ["nosuch"] } })).rejects.toMatchObject(
      fault,
    );
  });

  it("checks the quotes against the report as it is now", async () => {
    const path = join(folder, "corpus", "lighthouse.md");
    const matter =
      '---\nid: lighthouse\ntitle: Lighthouse\npublisher: Port\npublished: 2025-02-03\nkind: think-tank\nreliability: B\nmarking: "TLP:CLEAR"\n---\n\n';
    await writeFile(path, `${matter}The lighthouse at Tahkuna was rebuilt in 1960 after the war.\n`);
    await app.ingest({ only: "lighthouse.md" });
    const { result } = await converse(["When was the lighthouse at Tahkuna rebuilt?"]);
    const conversation = [{ question: result.question.text, quotes: quotesOf(result) }];
    expect((await app.ask("who said that?", { conversation })).answer.kind).toBe("answer");
    await writeFile(path, `${matter}The lighthouse at Tahkuna was rebuilt in 1961 after the war.\n`);
    await app.ingest({ only: "lighthouse.md" });
    expect((await app.ask("who said that?", { conversation })).answer.kind).toBe("abstention");
  });
});
