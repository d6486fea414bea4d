/** A word to who waits in line. */

import type { MessageBody } from "./components.ts";
import { noteMessage } from "./faults.ts";
import type { Strings } from "./strings.ts";

/** How long a question waits before its member is told so, and how often the place is told anew. */
const FIRST_WORD_MS = 1000;
const NEXT_WORD_MS = 5000;

/**
 * Tells a member now and then how many are before them.
 * @param place 0 once it is their turn.
 * @returns `end`, which says no more, and resolves when no word is under way any more: the answer comes after it.
 */
export function tellPlace(
  place: () => number,
  show: (body: MessageBody) => Promise<unknown>,
  { waiting }: Strings,
): { end(): Promise<void> } {
  let lastWord: Promise<unknown> = Promise.resolve();
  let timer = setTimeout(tell, FIRST_WORD_MS);
  function tell(): void {
    const at = place();
    if (at === 0) return;
    // What matters is the answer; a word that could not be shown is no reason to give that up.
    lastWord = lastWord.then(() => show(noteMessage(waiting.place(at)))).catch(() => undefined);
    timer = setTimeout(tell, NEXT_WORD_MS);
  }
  return {
    async end() {
      clearTimeout(timer);
      await lastWord;
    },
  };
}
