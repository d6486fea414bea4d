/** What the tests of the tour do as a member: start it, go through it, and see where they are. */

import { openStage, type Stage, type StageOptions } from "./bot-on-stage.ts";
import type { Member } from "./harness/member.ts";
import type { Place } from "./harness/place.ts";
import type { Reply } from "./harness/reply.ts";

/** The first question of a stage waits for the model, on a busy machine for seconds. */
export const PATIENT = { patience: 30_000 };

/** With questions to suggest from the beginning: else they are tried in the background first. */
export function openSuggesting(options: StageOptions = {}): Promise<Stage> {
  const questions = ["Who leads the TTP?", "How many fighters does the TTP have?"];
  return openStage({
    discord: PATIENT,
    ...options,
    sitrep: (sitrep) => ({ ...sitrep, suggest: async () => questions }),
  });
}

let people = 0;

/** A channel of its own, with people who were never there. */
export function sceneOn({ discord }: Stage) {
  people += 1;
  const guild = discord.guild();
  return {
    guild,
    channel: guild.channel(`room-${people}`),
    /** Another channel. @param rights what the bot and everybody may do in it. */
    other: (rights: Parameters<typeof guild.channel>[1] = {}) => guild.channel(`other-${people}`, rights),
    ana: guild.member({ name: `ana-${people}` }),
    ben: guild.member({ name: `ben-${people}` }),
    moderator: guild.member({ name: `mod-${people}`, permissions: ["ManageGuild"] }),
  };
}

export async function start(member: Member, channel: Place): Promise<Reply> {
  return await (await member.command("start", {}, { channel })).settled();
}

/** Clicks, and waits until the answer stands. */
export async function press(reply: Reply, label: string): Promise<Reply> {
  return await (await reply.click(label)).settled();
}

export function labels(reply: Reply): string[] {
  return reply.buttons().map(({ label }) => label);
}

/** The number of the step that a reply shows in English; 0 for none. */
export function stepIn(reply: Reply): number {
  return Number(/^Step (\d) of 5: /m.exec(reply.plain())?.[1] ?? 0);
}
