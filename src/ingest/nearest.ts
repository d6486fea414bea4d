/** "Did you mean ...?" */

import { distance as editDistance } from "../text/distance.ts";

/** The word that a person most likely meant, or null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const limit = Math.max(1, Math.floor(candidate.length / 3));
    const distance = editDistance(plain(word), plain(candidate), limit);
    if (distance < least && distance <= limit) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

function plain(word: string): string {
  return word
    .slice(0, 40)
    .toLowerCase()
    .replace(/[\s_-]/g, "");
}
