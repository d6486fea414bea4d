/** What pictures and their text alternatives call things: the subject, times, sources. */

import type { Claim } from "../../domain/answer.ts";
import type { Briefing, FigureRow } from "../../domain/briefing.ts";
import type { FigureTime } from "../../domain/figure.ts";
import { ENGLISH_PERIODS, type PeriodWords, periodInWords } from "../../domain/period-words.ts";
import type { Period } from "../../domain/report.ts";
import { oneLine } from "../../domain/visible.ts";

const SHORT_PERIODS: PeriodWords = {
  months: ENGLISH_PERIODS.months.map((month) => (month.length > 4 ? month.slice(0, 3) : month)),
  to: "to",
};

/** Parts of a time that say which way from it: "since 2021"; others are parts of it: "second half of 2024". */
const WAYS = /^(?:since|from|after|before|until|till|up to|by|as of|early|mid|late)\b/i;

export function titleOf({ kind, subject }: Pick<Briefing, "kind" | "subject">): string {
  if (subject !== null) return oneLine(subject);
  return kind === "changes" ? "What is new" : "All reports";
}

/** The foot of a picture, which makes it known again where it is passed on without its message. */
export function footOf({ snapshot }: Pick<Briefing, "snapshot">): string {
  return `Sitrep · snapshot ${snapshot} · numbers refer to the briefing`;
}

export function shortPeriod(period: Period): string {
  return periodInWords(period, SHORT_PERIODS);
}

/** "March 2025", "second half of 2024", "since 2021". */
export function timeWords(time: Pick<FigureTime, "from" | "to" | "part">, isShort: boolean): string {
  const words = periodInWords(time, isShort ? SHORT_PERIODS : ENGLISH_PERIODS);
  const part = oneLine(time.part);
  if (part === "") return words;
  return WAYS.test(part) ? `${part} ${words}` : `${part} of ${words}`;
}

/** Who says a line, as far as it fits beside its number: whom the report names, else who published it. */
export function speakerOf({ voice, citations }: Pick<Claim, "voice" | "citations">): string {
  const source = citations[0]?.source;
  const publisher = oneLine(source?.publisher ?? source?.title ?? "");
  const who = voice.who === null ? "" : oneLine(voice.who);
  if (voice.kind === "opinion") return `opinion of ${who === "" ? publisher : who}`;
  if (who === "" || who === publisher) return publisher;
  return voice.kind === "relayed" ? `${who}, in ${publisher}` : who;
}

/** Who counted a figure: whom the report names, else who published it. */
export function counterOf({ who, citation: { source } }: Pick<FigureRow, "who" | "citation">): string {
  return oneLine(who?.text ?? source.publisher ?? source.title);
}

export function numbersOf({ citations }: Pick<Claim, "citations">): string {
  return citations.map(({ number }) => `[${number}]`).join("");
}

export function capital(text: string): string {
  const [first = ""] = text;
  return first.toUpperCase() + text.slice(first.length);
}
