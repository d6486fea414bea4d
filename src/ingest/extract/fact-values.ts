/** What a document says about itself, in the form of a fact. */

import { isPartialDate } from "../../domain/report.ts";
import { foldSpaces } from "../../text/normalise.ts";
import { LONGEST_TITLE } from "../metadata-schema.ts";
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

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const MONTH = `(${MONTHS.join("|")})[a-z]{0,6}\\.?`;
/** "17 April 2024", "17th of April, 2024"; "April 17, 2024"; "April 2024". */
const DAY_FIRST = new RegExp(`^\\s*(\\d{1,2})(?:st|nd|rd|th)?(?:\\s+of)?\\s+${MONTH},?\\s+(\\d{4})(?!\\d)`, "i");
const MONTH_FIRST = new RegExp(`^\\s*${MONTH}(?:\\s+(\\d{1,2})(?:st|nd|rd|th)?)?,?\\s+(\\d{4})(?!\\d)`, "i");

/**
 * The date at the beginning of a text: ISO 8601 (cut after the day), with slashes as in citation tags (year first), or
 * with an English month. Dates such as 04/05/2024, which mean two days, are none.
 */
export function factDate(raw: string | undefined): string | undefined {
  const text = raw ?? "";
  const [, year, month, day] = /^\s*(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?!\d)/.exec(text) ?? [];
  if (year !== undefined) return joinedDate(year, month, day);
  const [, firstDay, itsMonth, itsYear] = DAY_FIRST.exec(text) ?? [];
  if (itsYear !== undefined) return joinedDate(itsYear, numberOf(itsMonth), firstDay);
  const [, firstMonth, thatDay, thatYear] = MONTH_FIRST.exec(text) ?? [];
  return thatYear === undefined ? undefined : joinedDate(thatYear, numberOf(firstMonth), thatDay);
}

function numberOf(month: string | undefined): string {
  return String(MONTHS.indexOf((month ?? "").toLowerCase()) + 1);
}

function joinedDate(year: string, month: string | undefined, day: string | undefined): string | undefined {
  const date = [year, month?.padStart(2, "0"), day?.padStart(2, "0")].filter((part) => part !== undefined).join("-");
  return isPartialDate(date) ? date : undefined;
}
