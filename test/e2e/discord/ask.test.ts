import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStage, type Stage } from "./bot-on-stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(async () => {
  await stage.close();
});

const RISE = "By how much did attacks in Pakistan rise in January 2025, and compared with what?";

describe("/ask", () => {
  test("answers with numbered quotes and their sources", async () => {
    const channel = stage.discord.guild().channel("one");
    const ana = stage.discord.guild().member({ name: "ana" });
    const reply = await (await ana.command("ask", { question: RISE }, { channel })).settled();
    expect(reply.isEphemeral).toBe(false);
    expect(reply.plain()).toContain("counted at least 74 militant attacks across Pakistan in January 2025");
  });
});
