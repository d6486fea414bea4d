/** What every edge takes as the subject of a briefing. */

import { SitrepError } from "../domain/errors.ts";

/** Longest subject, in UTF-16 code units. */
export const MAX_SUBJECT_LENGTH = 200;

/**
 * A subject as it is typed, with runs of white space folded to one space.
 * @throws {SitrepError} "bad-input" when nothing is left, when it is too long, or when it has control characters.
 */
export function checkedSubject(text: string): string {
  const subject = text.replace(/[ \t\r\n]+/g, " ").trim();
  if (!/[\p{L}\p{N}]/u.test(subject)) {
    throw new SitrepError("bad-input", "No subject given", {
      hint: "Name an actor, a place, an event or a theme; or give none for the whole corpus.",
    });
  }
  if (subject.length > MAX_SUBJECT_LENGTH) {
    throw new SitrepError(
      "bad-input",
      `The subject has ${subject.length} characters; the limit is ${MAX_SUBJECT_LENGTH}`,
      { hint: "Ask for a briefing on one thing at a time." },
    );
  }
  if (/\p{Cc}/u.test(subject)) {
    throw new SitrepError("bad-input", "The subject must not contain control characters", {
      hint: "Type it again by hand: pasted text can carry characters that nobody sees.",
    });
  }
  return subject;
}
