/** What a document says about itself, in the form of a fact. */

import { foldSpaces } from "../../text/normalise.ts";
import { isPartialDate, LONGEST_TITLE } from "../metadata-schema.ts";
import { visible } from "./html/inline.ts";

/** A fact as text: one line, at most 300 characters; undefined when nothing is in it. */
export function factText(raw: string | undefined): string | undefined {
  const text = foldSpaces(visible(raw ?? "")).toWellFormed();
  if (text === "") return undefined;
  return text.length <= LONGEST_TITLE
    ? text
    : `${text
        .slice(0, LONGEST_TITLE - 1)
        .toWellFormed()
        .replace(/\ufffd$/, "")
        .trimEnd()}…`;
}

/** The date at the beginning of a text: ISO 8601 (cut after the day), or with slashes as in citation tags. */
export function factDate(raw: string | undefined): string | undefined {
  const [, year, month, day] = /^\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)/.exec(raw ?? "") ?? [];
  if (year === undefined) return undefined;
  const date = [year, month?.padStart(2, "0"), day?.padStart(2, "0")].filter((part) => part !== undefined).join("-");
  return isPartialDate(date) ? date : undefined;
}
