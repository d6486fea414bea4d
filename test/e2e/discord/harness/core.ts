/** What the parts of the server share. */

import type { Commands } from "./commands.ts";
import type { Faults } from "./faults.ts";
import type { Gateway } from "./gateway.ts";
import type { Interactions } from "./interactions.ts";
import type { Json } from "./json.ts";
import type { Violations } from "./rules.ts";
import type { State } from "./state.ts";

export interface Settings {
  readonly token: string;
  /** Milliseconds that every answer takes at least. */
  readonly latency: number;
  /** Milliseconds within which an interaction must be acknowledged. */
  readonly acknowledgeWithin: number;
  /** Milliseconds that an interaction's token lives. */
  readonly tokenLifetime: number;
  /** Whether a late acknowledgement is a violation, besides being answered as Discord does. */
  readonly lateIsViolation: boolean;
  /** Whether each message has to say allowed_mentions: { parse: [] }. */
  readonly requireAllowedMentions: boolean;
  /** Milliseconds between heartbeats that HELLO asks for. */
  readonly heartbeatInterval: number;
  /** Intents of the privileged ones (see `PRIVILEGED`) that the application was granted. */
  readonly grantedIntents: number;
  /** How often a bot may identify. */
  readonly identifyLimit: number;
  /** Whether messages to one channel and calls with one token are limited as Discord limits them. */
  readonly rateLimits: boolean;
  /** Milliseconds that the user side waits for the bot before it gives up. */
  readonly patience: number;
}

export interface LogEntry {
  /** Milliseconds since the server started. */
  readonly at: number;
  readonly method: string;
  /** Path without /api/v10, with the query. */
  readonly path: string;
  readonly body: unknown;
  status: number | null;
  /** What was answered, when that was an error. */
  error: Json | null;
}

export interface Core {
  readonly settings: Settings;
  readonly state: State;
  readonly violations: Violations;
  readonly log: LogEntry[];
  readonly changes: Changes;
  readonly commands: Commands;
  readonly interactions: Interactions;
  readonly gateway: Gateway;
  readonly faults: Faults;
  /** Uploaded files by the path they are served at. */
  readonly files: Map<string, UploadedFile>;
  /** Milliseconds since 1970, as far as the server's clock was put forward. */
  now(): number;
  /** http://127.0.0.1:PORT */
  baseUrl(): string;
}

export interface UploadedFile {
  readonly name: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** Wakes whoever waits for something to happen to a message, an interaction, a channel or the gateway. */
export class Changes {
  readonly #waiting = new Map<string, Set<() => void>>();

  notify(key: string): void {
    for (const wake of [...(this.#waiting.get(key) ?? [])]) wake();
  }

  /**
   * Resolves when `done` holds, looked at now and after each change of one of `keys`.
   * @throws Error with what `describe` says after `timeout` milliseconds, or what `done` throws.
   */
  until(keys: readonly string[], timeout: number, done: () => boolean, describe: () => string): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (finish: () => void): void => {
        clearTimeout(timer);
        for (const key of keys) {
          const waiting = this.#waiting.get(key);
          waiting?.delete(look);
          if (waiting?.size === 0) this.#waiting.delete(key);
        }
        finish();
      };
      const look = (): void => {
        try {
          if (done()) end(resolve);
        } catch (error) {
          end(() => reject(error));
        }
      };
      const timer = setTimeout(() => end(() => reject(new Error(describe()))), timeout);
      for (const key of keys) {
        const waiting = this.#waiting.get(key) ?? new Set();
        this.#waiting.set(key, waiting.add(look));
      }
      look();
    });
  }
}
