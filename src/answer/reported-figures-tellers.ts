/** Who tells a figure where it is not a counter that the sentence names plainly: writers, Member States, documents. */

import type { Span } from "../domain/passage.ts";
import type { Figure } from "./figures.ts";
import { clauseOf } from "./surroundings.ts";
import type { Tally } from "./tally.ts";

// "The" is read in one way only: lists of names that could be read in two each would take for ever.
const NAME = String.raw`(?:The\s)?(?!The\s)\p{Lu}[\p{L}\p{N}.’'-]*(?:\s\p{Lu}[\p{L}\p{N}.-]*){0,4}`;
const TEXT = "(?:reports?|articles?|pieces?|stor(?:y|ies)|commentary|features?|editorials?|accounts?)";
const DATED = String.raw`(?:\sof\s(?:\d{1,2}\s)?\p{L}+\s\d{4})?`;
const ON = String.raw`\son\s(?:the\s)?(?:UN\s)?(?:Monitoring Team['’]s\s)?`;
/** "Just Security, writing on the Team's report, gave": the report is what is written about. */
const WRITING_ON = new RegExp(String.raw`\b(?:writing|wrote|${TEXT}${DATED})${ON}$`, "u");
const WRITER_BEFORE = new RegExp(String.raw`(${NAME})(?:['’]s?|,)?\s(?:${TEXT}${DATED}|writing)${ON}$`, "u");
const WRITER_GIVES = new RegExp(
  String.raw`(${NAME}(?:(?:,\s|,?\sand\s)${NAME}){0,8})\s(?:gave|gives|printed|prints|put|puts|added|wrote)\s(?:\p{Ll}+\s){0,3}$`,
  "u",
);

/** Whether a name is that of a document on which somebody else writes, whose figure it need not be. */
export function isWrittenOn(reading: string, { start }: Span): boolean {
  return WRITING_ON.test(reading.slice(Math.max(0, start - 70), start));
}

/** Who writes on a document and gives the figure: "Coast News and Port Times gave 600 in their stories on the report". */
export function writerOf(reading: string, document: Span, figure: Span): Span | null {
  const clause = clauseOf(reading, figure);
  if (document.start >= figure.end) {
    const found = WRITER_GIVES.exec(reading.slice(clause.start, figure.start));
    return found === null ? null : spanOf(found, clause.start);
  }
  const found = WRITER_BEFORE.exec(reading.slice(0, document.start));
  return found === null ? null : spanOf(found, 0);
}

function spanOf({ index, 1: name = "" }: RegExpExecArray, from: number): Span {
  return { start: from + index, end: from + index + name.length };
}

/** "One Member State told the Team that", at the head of a sentence. */
const STATES =
  /^(?:One|A|An?other|Two|Three|Several|Some|Many|Most) (?:UN )?Member States?(?=\s(?:told|said|reported|estimated|put|counted|assessed|noted)\b)/u;
/** "The 35th report cited one Member State on 3 million": the report passes it on. */
const CITES = /\bcit(?:ed|es|ing)\s((?:one|two|several|some|a) Member States?)\s(?:on|for|as|with)\s[^,;.]*$/u;

export function citedStates({ counted: { figure }, reported: { reading } }: Tally): Span | null {
  const found = CITES.exec(reading.slice(0, figure.start));
  if (found?.[1] === undefined) return null;
  const start = found.index + found[0].indexOf(found[1]);
  return { start, end: start + found[1].length };
}

const RECORDS = /^[^.;]{0,80}?\b(?:recorded|records|noted|notes|said|says|reported|found|stated)\sthat\b/u;
const PASSED_FROM =
  /\b(?:relayed|reported|quoted|cited)\s(?:also\s)?from\s(?:the\s)?(?:UN\s)?(?:Monitoring Team['’]s\s)?$/u;

const PEOPLE =
  "(?:activists?|organi[sz]ations?|groups?|witnesses|residents?|survivors?|officials?|sources?|observers?|experts?|analysts?|representatives?|NGOs?|media)";
/** "Human rights organizations estimated", "A security official spoke of", at the head of a sentence. */
const PEOPLE_TELL = new RegExp(
  `^(?:\\p{Lu}|\\p{L}+\\s)(?:[\\p{L}’'-]+\\s){0,3}?${PEOPLE}(?:\\sin media)?(?=\\s(?:instead\\s|also\\s)?(?:put|puts|estimated|reported|said|says|told|counted|alleged|claimed|noted|stated|documented|recorded|spoke|gave)\\b)`,
  "u",
);
const BODY =
  "(?:Office|Agency|Ministry|Commission|Commissioner|Institute|Portal|Project|Observatory|Bureau|Department|Association|Network|media reports|reports by [^,.;]{3,60})";
/** "according to the Human Rights Office", "according to survivors": no paper, which may pass on what others counted. */
const ACCORDING = new RegExp(
  `\\b[Aa]ccording to (?:the\\s)?((?:[\\p{L}’'-]+\\s){0,6}?(?:${BODY}|${PEOPLE}(?:\\sand\\s(?:[\\p{L}’'-]+\\s){0,3}${PEOPLE})?))(?=,\\s|\\.?$)`,
  "u",
);

/** Member States that are said to say it, or the one document that a sentence says it of. */
export function otherTeller({ counted: { figure }, reported: { reading, view } }: Tally, figures: readonly Figure[]) {
  const states = STATES.exec(reading)?.[0];
  const clause = clauseOf(reading, figure);
  if (states !== undefined && clause.start === 0) return { start: 0, end: states.length };
  const people = PEOPLE_TELL.exec(reading)?.[0];
  if (people !== undefined && clause.start === 0) return { start: 0, end: people.length };
  const body = ACCORDING.exec(reading);
  if (body?.[1] !== undefined) {
    const end = body.index + body[0].length;
    return { start: end - body[1].length, end };
  }
  const documents = view.names.filter(({ entries }) => entries.some(({ kind }) => kind === "document"));
  const [document] = documents;
  if (document === undefined || documents.length > 1 || document.end > figure.start) return null;
  const between = reading.slice(document.end, figure.start);
  // "The report recorded that some saw 6,000 while others saw 3,500": it tells both.
  const isRecorded = RECORDS.test(between) && !/\s(?:while|whereas|but)\s(?:the\s)?\p{Lu}/u.test(between);
  const isPassedOn =
    PASSED_FROM.test(reading.slice(0, document.start)) &&
    !figures.some(({ start, end }) => start >= document.end && end <= figure.start);
  return isRecorded || isPassedOn ? { start: document.start, end: document.end } : null;
}
