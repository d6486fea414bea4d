/** Whom a message would notify, given what it allows. */

import { textDisplays } from "./components.ts";
import { isObject, type Json } from "./json.ts";

const strings = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/**
 * Everybody that a message body notifies, as "@everyone", "<@1>" or "<@&2>"; empty when it notifies nobody.
 * The text is looked at as it stands: that code and escapes silence some mentions is nothing to rely on.
 * @param repliedTo the author of the message that it replies to
 */
export function pinged(body: Json, repliedTo: string | null): string[] {
  const written = [typeof body.content === "string" ? body.content : "", ...textDisplays(body.components)].join("\n");
  const allowed = body.allowed_mentions;
  // Without allowed_mentions Discord notifies everybody who is mentioned, and the author of what is replied to.
  const rules = isObject(allowed) ? allowed : { parse: ["everyone", "roles", "users"], replied_user: true };
  const parse = strings(rules.parse);
  const everyone = parse.includes("everyone") ? (written.match(/@(?:everyone|here)/g) ?? []) : [];
  const users = [...written.matchAll(/<@!?(\d+)>/g)]
    .filter(([, id = ""]) => parse.includes("users") || strings(rules.users).includes(id))
    .map(([, id]) => `<@${id}>`);
  const roles = [...written.matchAll(/<@&(\d+)>/g)]
    .filter(([, id = ""]) => parse.includes("roles") || strings(rules.roles).includes(id))
    .map(([, id]) => `<@&${id}>`);
  const replied = repliedTo !== null && rules.replied_user === true ? [`<@${repliedTo}>`] : [];
  return [...new Set([...everyone, ...users, ...roles, ...replied])];
}
