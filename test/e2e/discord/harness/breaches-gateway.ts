/** Every way to break a rule about the gateway, one at a time. */

import { Client, GatewayIntentBits } from "discord.js";
import { WebSocket } from "ws";
import type { Breach, Stage } from "./stage.ts";

/** What a gateway makes of the messages of a raw connection: the code it closes with. */
async function closedWith({ discord }: Stage, ...messages: readonly unknown[]): Promise<number> {
  const socket = new WebSocket(discord.gateway.url());
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("close", resolve);
    socket.once("message", () => {
      for (const message of messages) socket.send(typeof message === "string" ? message : JSON.stringify(message));
    });
  });
}

async function expectCode(code: number, closed: Promise<number>): Promise<void> {
  const actual = await closed;
  if (actual !== code) throw new Error(`closed with ${actual}, not ${code}`);
}

export const GATEWAY_BREACHES: readonly Breach[] = [
  {
    rule: "gateway-token",
    by: "identify",
    status: null,
    act: (stage) => expectCode(4004, closedWith(stage, { op: 2, d: { token: "other", intents: 1, properties: {} } })),
  },
  {
    rule: "gateway-token",
    by: "resume",
    status: null,
    act: (stage) => expectCode(4004, closedWith(stage, { op: 6, d: { token: "other", session_id: "x", seq: 1 } })),
  },
  {
    rule: "privileged-intent",
    status: null,
    act: async ({ discord }) => {
      const client = new Client({
        intents: [GatewayIntentBits.Guilds, GatewayIntentBits.MessageContent],
        rest: { api: discord.api },
      });
      const outcome = await client.login(discord.token).then(
        () => null,
        (error: Error) => error,
      );
      await client.destroy();
      if (!String(outcome).includes("disallowed intents")) throw new Error(`discord.js was told ${String(outcome)}`);
    },
  },
  { rule: "gateway-protocol", by: "no JSON", status: null, act: (stage) => expectCode(4002, closedWith(stage, "{")) },
  {
    rule: "gateway-protocol",
    by: "an op before identify",
    status: null,
    act: (stage) => expectCode(4003, closedWith(stage, { op: 3, d: {} })),
  },
  {
    rule: "gateway-protocol",
    by: "no intents",
    status: null,
    act: (stage) => expectCode(4013, closedWith(stage, { op: 2, d: { token: stage.discord.token, properties: {} } })),
  },
  {
    rule: "gateway-protocol",
    by: "121 messages in a minute",
    status: null,
    act: (stage) => expectCode(4008, closedWith(stage, ...Array.from({ length: 121 }, () => ({ op: 1, d: null })))),
  },
  {
    rule: "identify-limit",
    status: null,
    playing: { options: { identifyLimit: 1 } },
    act: (stage) =>
      expectCode(4008, closedWith(stage, { op: 2, d: { token: stage.discord.token, intents: 1, properties: {} } })),
  },
];
