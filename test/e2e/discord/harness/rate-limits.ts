/** The rate limits that every answer tells of, and that are enforced where a test asks for it. */

import type { Core } from "./core.ts";

/** Requests in a time, for each channel or token: what Discord was seen to answer with. */
const LIMITS: readonly { readonly pattern: RegExp; readonly limit: number; readonly seconds: number }[] = [
  { pattern: /^POST \/channels\/(\d+)\/messages$/, limit: 5, seconds: 5 },
  { pattern: /^PATCH \/channels\/(\d+)\/messages\//, limit: 5, seconds: 5 },
  { pattern: /^POST \/channels\/(\d+)\/typing$/, limit: 5, seconds: 5 },
  { pattern: /^(?:POST|PATCH) \/webhooks\/\d+\/([^/]+)/, limit: 5, seconds: 2 },
];

/** What is told where limits are not kept: that there is plenty left. */
const GENEROUS: Record<string, string> = {
  "x-ratelimit-limit": "1000",
  "x-ratelimit-remaining": "999",
  "x-ratelimit-reset-after": "1.000",
};

export interface Taken {
  readonly headers: Record<string, string>;
  /** Seconds to wait when there was none left. */
  readonly retryAfter: number | null;
}

interface Bucket {
  left: number;
  resetsAt: number;
}

export class RateLimits {
  readonly #core: Core;
  readonly #buckets = new Map<string, Bucket>();

  constructor(core: Core) {
    this.#core = core;
  }

  /** Counts a request. Interaction callbacks have no limit, as with Discord. */
  take(method: string, path: string): Taken {
    if (path.startsWith("/interactions/")) return { headers: {}, retryAfter: null };
    const request = `${method} ${path}`;
    if (!this.#core.settings.rateLimits) return { headers: GENEROUS, retryAfter: null };
    const index = LIMITS.findIndex(({ pattern }) => pattern.test(request));
    const { limit, seconds } = LIMITS[index] ?? { limit: 50, seconds: 1 };
    const owner = LIMITS[index]?.pattern.exec(request)?.[1] ?? "all";
    const key = `${index}:${owner}`;
    const now = this.#core.now();
    const known = this.#buckets.get(key);
    const bucket =
      known === undefined || known.resetsAt <= now ? { left: limit, resetsAt: now + seconds * 1000 } : known;
    this.#buckets.set(key, bucket);
    const resetAfter = (bucket.resetsAt - now) / 1000;
    if (bucket.left === 0) return { headers: {}, retryAfter: Math.ceil(resetAfter * 1000) / 1000 };
    bucket.left -= 1;
    return {
      retryAfter: null,
      headers: {
        "x-ratelimit-limit": String(limit),
        "x-ratelimit-remaining": String(bucket.left),
        "x-ratelimit-reset": (bucket.resetsAt / 1000).toFixed(3),
        "x-ratelimit-reset-after": resetAfter.toFixed(3),
        "x-ratelimit-bucket": `bucket${index}`,
      },
    };
  }

  /** The headers of a 429. */
  exceeded(request: string, retryAfter: number, scope: "user" | "shared" | "global"): Record<string, string> {
    const common = { "retry-after": String(Math.ceil(retryAfter)), "x-ratelimit-scope": scope, via: "1.1 google" };
    if (scope === "global") return { ...common, "x-ratelimit-global": "true" };
    return {
      ...common,
      "x-ratelimit-limit": "5",
      "x-ratelimit-remaining": "0",
      "x-ratelimit-reset": ((this.#core.now() + retryAfter * 1000) / 1000).toFixed(3),
      "x-ratelimit-reset-after": retryAfter.toFixed(3),
      "x-ratelimit-bucket": `ordered-${request.split("/")[1] ?? ""}`,
    };
  }
}
