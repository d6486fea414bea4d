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
  let word: Promise<unknown> = Promise.resolve();
  let isOver = false;
  let told = 0;
  let timer = setTimeout(tell, FIRST_WORD_MS);
  function tell(): void {
    word = tellNow();
    // The next word is not for a connection that has not taken this one yet.
    void word.then(() => {
      if (!isOver && place() > 0) timer = setTimeout(tell, NEXT_WORD_MS);
    });
  }
  async function tellNow(): Promise<void> {
    const at = place();
    if (at === 0 || at === told) return;
    told = at;
    try {
      await show(noteMessage(waiting.place(at)));
    } catch {
      // What matters is the answer; a word that could not be shown is no reason to give that up.
    }
  }
  return {
    async end() {
      isOver = true;
      clearTimeout(timer);
      await word;
    },
  };
}
