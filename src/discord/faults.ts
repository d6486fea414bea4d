/** The one place where a fault becomes words for a member and a line in the log. */

import { randomBytes } from "node:crypto";
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError, RateLimitError } from "discord.js";
import type { Logger } from "pino";
import { SitrepError } from "../domain/errors.ts";
import { container, type MessageBody, text } from "./components.ts";
import type { Strings } from "./strings.ts";
import { brief } from "./text.ts";
import { NotTaken } from "./turns.ts";

/** A fault of the member's own, in words of the bot; nothing to log. */
export class Refusal extends Error {
  constructor(words: string) {
    super(words);
    this.name = "Refusal";
  }
}

/** Codes of Discord's interface: docs, "Opcodes and status codes". */
const UNKNOWN_INTERACTION = 10062;
const ALREADY_ACKNOWLEDGED = 40060;
const UNKNOWN_WEBHOOK = 10015;
const INVALID_WEBHOOK_TOKEN = 50027;
const UNKNOWN_MESSAGE = 10008;
const UNKNOWN_CHANNEL = 10003;
const UNKNOWN_GUILD = 10004;
const MISSING_ACCESS = 50001;
const GONE: ReadonlySet<number> = new Set([
  UNKNOWN_INTERACTION,
  UNKNOWN_WEBHOOK,
  INVALID_WEBHOOK_TOKEN,
  UNKNOWN_MESSAGE,
  UNKNOWN_CHANNEL,
  UNKNOWN_GUILD,
  MISSING_ACCESS,
]);

/** Whether an interaction can no longer be answered: it was too late, its 15 minutes are over, or message, channel or
 * server are not there any more. */
export function isGone(fault: unknown): boolean {
  if (fault instanceof DiscordAPIError) return GONE.has(Number(fault.code));
  return fault instanceof DiscordjsError && fault.code === DiscordjsErrorCodes.ChannelNotCached;
}

/**
 * Whether an interaction was acknowledged before: the acknowledgement arrived, its confirmation was lost on the way,
 * and discord.js sent it again.
 */
export function isAcknowledgedAlready(fault: unknown): boolean {
  return fault instanceof DiscordAPIError && Number(fault.code) === ALREADY_ACKNOWLEDGED;
}

/** Faults that a member can do something about, and that need no look at the log. */
const OWN_FAULTS = new Set(["bad-input", "busy", "index-missing", "cancelled"]);

/**
 * Words for a member. A fault that somebody has to look into is logged, with a reference number that is in both.
 * @param about what was going on, for the log; no question and no token.
 */
export function told(
  fault: unknown,
  about: Readonly<Record<string, string>>,
  logger: Logger,
  strings: Strings,
): string {
  const { faults, waiting } = strings;
  if (fault instanceof Refusal) return fault.message;
  if (fault instanceof NotTaken) return fault.reason === "full" ? waiting.full : waiting.stopping;
  if (fault instanceof SitrepError && OWN_FAULTS.has(fault.code)) {
    const words = faults.codes[fault.code];
    return fault.code === "bad-input" ? `${words}\n-# ${brief(fault.message, 500)}` : words;
  }
  const reference = newReference();
  logger.error({ reference, ...about, fault: describe(fault) }, "A request failed");
  const words = fault instanceof SitrepError ? faults.codes[fault.code] : faults.unexpected;
  return `${words}\n-# ${faults.reference(reference)}`;
}

/** A message of a few words about what did not work. */
export function faultMessage(words: string): MessageBody {
  return container("fault", [text(words)]);
}

/** A message of a few words about something that is as it should be. */
export function noteMessage(words: string): MessageBody {
  return container("information", [text(words)]);
}

/** Letters and digits that are not mistaken for each other when they are read out. */
const REFERENCE_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

function newReference(): string {
  return Array.from(randomBytes(8), (byte) => REFERENCE_LETTERS[byte % REFERENCE_LETTERS.length]).join("");
}

/**
 * A fault for the log. Faults of Discord's interface carry the request, whose address holds the interaction's token
 * and whose body what somebody asked: neither is taken over.
 */
export function describe(fault: unknown): Readonly<Record<string, unknown>> {
  if (fault instanceof DiscordAPIError) {
    const { name, code, status, method, message } = fault;
    return { name, code, status, method, message };
  }
  if (fault instanceof HTTPError) {
    const { name, status, method } = fault;
    return { name, status, method };
  }
  if (fault instanceof RateLimitError) {
    const { name, method, limit, timeToReset } = fault;
    return { name, method, limit, timeToReset };
  }
  if (fault instanceof SitrepError) {
    const { name, code, message, stack } = fault;
    return { name, code, message, stack, cause: fault.cause === undefined ? undefined : describe(fault.cause) };
  }
  if (fault instanceof Error) return { name: fault.name, message: fault.message, stack: fault.stack };
  return { name: typeof fault, message: String(fault) };
}
