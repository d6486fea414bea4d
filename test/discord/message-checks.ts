/** Whether Discord takes a message of the bot, and what a member sees of it. */

import { expect } from "vitest";
import type { MessageBody } from "../../src/discord/components.ts";
import { TYPE, textDisplays, walk } from "../e2e/discord/harness/components.ts";
import type { Json } from "../e2e/discord/harness/json.ts";
import { type Node, parseMarkdown } from "../e2e/discord/harness/markdown.ts";
import { messageFaults } from "../e2e/discord/harness/message-rules.ts";
import { schemaFaults } from "../e2e/discord/harness/schemas.ts";

const COMPONENTS_V2 = 1 << 15;
/** Formatting of the bot's own. What a report or a person writes never gets any. */
const OWN: ReadonlySet<Node["kind"]> = new Set([
  "text",
  "bold",
  "italic",
  "subtext",
  "heading",
  "quote",
  "item",
  "link",
  "timestamp",
]);

/** A message that Discord takes, with nothing in it that the bot does not mean. */
export function expectGood(body: MessageBody): void {
  const message = { components: body, flags: COMPONENTS_V2, allowed_mentions: { parse: [] } } as unknown as Json;
  // As it is sent.
  const sent = JSON.parse(JSON.stringify(message)) as Json;
  expect(messageFaults(sent, null, [])).toEqual([]);
  expect(schemaFaults("MessageCreateRequest", sent)).toEqual([]);
  expect(schemaFaults("IncomingWebhookUpdateRequestPartial", sent)).toEqual([]);
  for (const { type, label, custom_id: id } of walk(sent.components)) {
    if (type !== TYPE.BUTTON) continue;
    expect(String(label).length).toBeGreaterThanOrEqual(1);
    expect(String(label).length).toBeLessThanOrEqual(80);
    expect(String(id).length).toBeLessThanOrEqual(100);
  }
  for (const written of textDisplays(sent.components)) expectHarmless(written);
}

/** A text of the bot: with formatting of its own only, and links that say where they lead. */
export function expectHarmless(written: string): void {
  expect(written.isWellFormed()).toBe(true);
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      expect(OWN, `${node.kind} in ${JSON.stringify(written)}`).toContain(node.kind);
      if (node.kind === "link") {
        expect(node.masked).toBe(true);
        expect(shownOf(node.children)).toBe(new URL(node.url).host);
      }
      if ("children" in node) visit(node.children);
    }
  };
  visit(parseMarkdown(written));
}

export function shownOf(nodes: readonly Node[]): string {
  return nodes.map((node) => ("children" in node ? shownOf(node.children) : node.text)).join("");
}

/** The texts of a message, as they are written. */
export function textsOf(body: MessageBody): string[] {
  return textDisplays(body as unknown as Json[]);
}

export interface SeenButton {
  readonly id: string;
  readonly label: string;
  readonly disabled: boolean;
}

export function buttonsOf(body: MessageBody): SeenButton[] {
  return walk(body as unknown as Json[])
    .filter(({ type }) => type === TYPE.BUTTON)
    .map(({ custom_id: id, label, disabled }) => ({
      id: String(id),
      label: String(label),
      disabled: disabled === true,
    }));
}
