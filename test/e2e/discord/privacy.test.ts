/** What is private, limited or not there any more stays so: behind buttons, in follow-ups, in what is shared. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createSitrep } from "../../../src/app.ts";
import { loadConfig } from "../../../src/config.ts";
import { openStage, type Stage, type StageOptions } from "./bot-on-stage.ts";

let stage: Stage | null = null;
async function open(options: StageOptions = {}): Promise<Stage> {
  stage = await openStage(options);
  return stage;
}
afterEach(async () => {
  const opened = stage;
  stage = null;
  await opened?.close();
});

describe("sharing", () => {
  test("what came before a shared answer stays private, in follow-ups too", async () => {
    const { discord } = await open();
    const guild = discord.guild();
    const [ana, ben, channel] = [
      guild.member({ name: "ana" }),
      guild.member({ name: "ben" }),
      guild.channel("general"),
    ];
    const first = await (
      await ana.command("ask", { question: "What is the Balochistan Liberation Army?", private: true }, { channel })
    ).settled();
    const second = await (
      await (await first.click("Ask a follow-up")).submit({ text: "How many attacks did PICSS count in January 2025?" })
    ).settled();
    const shared = await (await second.click("Share")).settled();
    const modal = await ben.click(shared, "Ask a follow-up", { channel });
    const answer = await (await modal.submit({ text: "who leads it?" })).settled();
    expect(answer.plain()).not.toContain("Balochistan");
  });

  test("an answer is shared once in a channel", async () => {
    const { discord } = await open();
    const ana = discord.guild().member({ name: "ana" });
    const asked = await (await ana.command("ask", { question: "Who leads the TTP?", private: true })).settled();
    await (await asked.click("Share")).settled();
    const again = await asked.click("Share");
    expect(again.isEphemeral).toBe(true);
    expect(again.plain()).toContain("shared here already");
  });
});

describe("limits of a question", () => {
  test("stand above the answer, go along with what points back, and not with what stands on its own", async () => {
    const { discord } = await open();
    const ana = discord.guild().member({ name: "ana" });
    const asked = await (
      await ana.command("ask", {
        question: "How many attacks did PICSS count in January 2025?",
        report: "picss-january-2025",
        since: "2025",
      })
    ).settled();
    expect(asked.plain()).toContain("only in: picss-january-2025 · from 2025 on");
    const further = await (
      await (await asked.click("Ask a follow-up")).submit({ text: "and in December 2024?" })
    ).settled();
    expect(further.plain()).toContain("only in: picss-january-2025");
    const other = await (await (await asked.click("Ask a follow-up")).submit({ text: "Who leads the TTP?" })).settled();
    expect(other.plain()).not.toContain("only in:");
    expect(other.plain()).toContain("Noor Wali Mehsud");
  });

  test("an index that answers late does not delay the acknowledgement", async () => {
    const { discord } = await open({
      sitrep: (sitrep) => ({
        ...sitrep,
        reports: async () => {
          await new Promise((resolve) => setTimeout(resolve, 1500));
          return await sitrep.reports();
        },
      }),
    });
    const ana = discord.guild().member({ name: "ana" });
    const reply = await ana.command("ask", { question: "How many attacks?", report: "picss-january-2025" });
    expect(reply.acknowledgedAfter).toBeLessThan(1000);
    await reply.settled();
  });
});

describe("a marking that is restricted later", () => {
  const root = mkdtempSync(join(tmpdir(), "sitrep-markings-"));
  const folders = { corpus: join(root, "corpus"), data: join(root, "data") };
  const write = (id: string, title: string, marking: string, text: string) =>
    writeFileSync(
      join(folders.corpus, `${id}.md`),
      `---\nid: ${id}\ntitle: ${title}\npublisher: Example Institute\npublished: 2025-04-02\nkind: think-tank\nreliability: B\nmarking: "${marking}"\n---\n\n# Report\n\n${text}\n`,
    );
  beforeAll(async () => {
    mkdirSync(folders.corpus);
    write("open", "Open file", "TLP:CLEAR", "A flood struck the lower valley in March 2025, the Institute reported.");
    write(
      "red",
      "Secret file",
      "TLP:RED",
      "The operation Zarkhandora moved 7 tanks to the Falconry Brigade in March 2025.",
    );
    const sitrep = createSitrep(loadConfig({ CORPUS_DIR: folders.corpus, DATA_DIR: folders.data }), {
      warn: () => undefined,
    });
    await sitrep.ingest();
    await sitrep.close();
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("nothing of the report is shown any more: not by follow-ups, buttons, choices or spellings", async () => {
    const before = await open({ folders });
    // Her own words are no secret; those of the quote are.
    const question = "How many tanks were moved in March 2025?";
    const first = await (await before.discord.guild().member({ name: "ana" }).command("ask", { question })).settled();
    expect(first.plain()).toContain("moved 7 tanks");
    const kept = await vi.waitUntil(() => before.exchanges.ofMessage(first.message.id));
    await before.close();
    stage = null;

    const after = await open({ folders, settings: { MAX_MARKING: "TLP:GREEN" } });
    const guild = after.discord.guild();
    const ana = guild.member({ name: "ana" });
    const channel = guild.channel("general");
    // Any answer of the new bot; its buttons are those of the old one.
    const other = await (
      await ana.command("ask", { question: "What struck the lower valley?" }, { channel })
    ).settled();
    const texts: string[] = [];
    for (const id of [`f:${kept.id}`, `f:${kept.id}`]) {
      const modal = await ana.click(other, id, { force: true });
      for (const text of ["who said that?", "how many tanks does that brigade have?"].slice(
        texts.length,
        texts.length + 1,
      )) {
        texts.push((await (await modal.submit({ text })).settled()).plain());
      }
    }
    for (const id of [`o:${kept.id}:m`, `o:${kept.id}:s`, `o:${kept.id}:q1`]) {
      texts.push(
        (await (await ana.click(other, id, { force: true })).until((reply) => !reply.message.isLoading)).plain(),
      );
    }
    texts.push((await (await ana.command("ask", { question: "What is Zarkhandor?" })).settled()).plain());
    texts.push((await (await ana.command("sources")).settled()).plain());
    texts.push(JSON.stringify(await ana.autocomplete("report", { focused: "id", value: "" })));
    texts.push((await (await ana.command("help")).settled()).plain());
    for (const text of texts) expect(text).not.toMatch(/zarkhandora|7 tanks|Falconry|Secret file/i);
  });
});

describe("what is alike", () => {
  test("two reports of one title and date are two choices", async () => {
    const { discord } = await open({
      sitrep: (sitrep) => ({
        ...sitrep,
        reports: async () => {
          const [head] = await sitrep.reports();
          return head === undefined ? [] : ["a", "b"].map((id) => ({ ...head, id }));
        },
      }),
    });
    const ana = discord.guild().member({ name: "ana" });
    const choices = await ana.autocomplete("report", { focused: "id", value: "" });
    expect(choices.map(({ value }) => value)).toEqual(["a", "b"]);
  });
});
