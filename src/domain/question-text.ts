/** What every edge takes as a question: one rule, so that the command line and a chat agree on it. */

import { SitrepError } from "./errors.ts";

/** Longest question, in UTF-16 code units. */
export const MAX_QUESTION_LENGTH = 2000;

/**
 * A question as it is asked: line breaks, tabs and runs of spaces folded to one space.
 * @param what for the message.
 * @param example of a command, for the hint.
 * @throws {SitrepError} "bad-input" when nothing is left, when it is too long, or when it has control characters.
 */
export function checkedQuestion(
  text: string,
  what: "question" | "search terms" = "question",
  example?: string,
): string {
  const question = text.replace(/[ \t\r\n]+/g, " ").trim();
  if (question === "") {
    const hint = example === undefined ? "Ask in plain words." : `For example: ${example}`;
    throw new SitrepError("bad-input", `No ${what} given`, { hint });
  }
  if (question.length > MAX_QUESTION_LENGTH) {
    const has = what === "question" ? "has" : "have";
    throw new SitrepError(
      "bad-input",
      `The ${what} ${has} ${grouped(question.length)} characters; the limit is ${grouped(MAX_QUESTION_LENGTH)}`,
      { hint: "Ask for one thing at a time." },
    );
  }
  if (/\p{Cc}/u.test(question)) {
    throw new SitrepError("bad-input", `The ${what} must not contain control characters`, {
      hint: "Type it again by hand: pasted text can carry characters that nobody sees.",
    });
  }
  return question;
}

function grouped(figure: number): string {
  return figure.toLocaleString("en-US");
}
