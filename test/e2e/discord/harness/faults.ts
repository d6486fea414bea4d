/** Trouble to order: answers that Discord gives on a bad day. */

import type { LogEntry } from "./core.ts";

export interface Trouble {
  /** How many requests it befalls; 1 unless told. */
  readonly times?: number;
  /** The status to answer with instead of handling the request; with `delay` or `hold` alone the request is handled. */
  readonly status?: number;
  /** Seconds to wait that a 429 tells; 0.2 unless told. */
  readonly retryAfter?: number;
  /** Whether a 429 is for all routes. */
  readonly global?: boolean;
  /** Milliseconds to wait before the answer. */
  readonly delay?: number;
  /** Milliseconds to wait once the request was handled: it has happened, and the bot does not know. */
  readonly hold?: number;
  /** Resets the connection instead of answering, before the request is handled or after it: discord.js tries again. */
  readonly reset?: "before" | "after";
  /** Closes the connection instead of answering, before the request is handled or after it: discord.js gives up. */
  readonly hangUp?: "before" | "after";
}

interface Ordered {
  readonly pattern: RegExp;
  readonly trouble: Trouble;
  left: number;
}

/** Which requests a pattern means: `PATCH /webhooks/*` + `/*` + `/messages/@original`, `*` being one segment, `**` any. */
export function requestPattern(pattern: string | RegExp): RegExp {
  if (pattern instanceof RegExp) return pattern;
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replace(/\*\*|\*/g, (stars) => (stars === "**" ? ".*" : "[^/?]+"))}(?:\\?.*)?$`);
}

export class Faults {
  #ordered: Ordered[] = [];
  /** For each request that was told to wait: until when. */
  readonly #waiting = new Map<string, number>();
  #allUntil = 0;

  /** The next requests that match get into that trouble. */
  order(pattern: string | RegExp, trouble: Trouble): void {
    this.#ordered.push({ pattern: requestPattern(pattern), trouble, left: trouble.times ?? 1 });
  }

  clear(): void {
    this.#ordered = [];
  }

  /** The trouble of this request, if any, taken off the list. */
  take(request: string): Trouble | null {
    const found = this.#ordered.find(({ pattern, left }) => left > 0 && pattern.test(request));
    if (found === undefined) return null;
    found.left -= 1;
    if (found.left === 0) this.#ordered = this.#ordered.filter((other) => other !== found);
    return found.trouble;
  }

  /** Remembers that a request was told to wait. */
  told(request: string, global: boolean, until: number): void {
    if (global) this.#allUntil = until;
    else this.#waiting.set(request, until);
  }

  /** Milliseconds that a request comes too early after a 429; 0 when it does not. */
  early(request: string, now: number): number {
    const until = Math.max(this.#allUntil, this.#waiting.get(request) ?? 0);
    return Math.max(0, until - now);
  }
}

/** The last requests, one a line, for the message of a test that waited in vain. */
export function describeLog(log: readonly LogEntry[], count = 15): string {
  if (log.length === 0) return "  (no request was made)";
  return log
    .slice(-count)
    .map(({ at, method, path, status, error }) => {
      const shown = path.replace(/[A-Za-z0-9_-]{40,}/g, "TOKEN");
      const end = error === null ? "" : ` ${JSON.stringify(error)}`;
      return `  ${at.toFixed(0).padStart(6)} ms ${method} ${shown} -> ${status ?? "(no answer yet)"}${end}`;
    })
    .join("\n");
}
