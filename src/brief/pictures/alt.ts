/** Pictures in words, for who cannot see them. */

import type { Briefing, BriefingLine } from "../../domain/briefing.ts";
import { ENGLISH_PERIODS, periodInWords } from "../../domain/period-words.ts";
import type { ChartData } from "./comparable.ts";
import { numbersOf, speakerOf, timeWords, titleOf } from "./naming.ts";
import { readable, shortened, withoutTeller } from "./text.ts";
import type { Event } from "./timeline.ts";

/** Discord's limit for the description of an attachment, in UTF-16 code units. */
export const ALT_LENGTH = 1024;

const TITLE_LENGTH = 100;
const NAME_LENGTH = 80;
const QUOTE_LENGTH = 110;

/** "Timeline of TTP, with 3 events from March 2020 to May 2025. On 3 March 2020, says Dawn [1]: ..." */
export function timelineAlt(briefing: Briefing, events: readonly Event[]): string {
  const [first, last] = [events[0]?.period.from ?? "", events.at(-1)?.period.to ?? ""];
  const span = periodInWords({ from: first, to: last }, ENGLISH_PERIODS);
  const intro = `Timeline of ${subjectOf(briefing)}: ${events.length} events, ${span}.`;
  const entries = events.map(({ period, line }) => {
    const when = periodInWords(period, ENGLISH_PERIODS);
    const who = shortened(speakerOf(line), NAME_LENGTH);
    return `${when} (${who} ${numbersOf(line)}): ${sentence(quoteOf(line))}`;
  });
  return joined(intro, entries);
}

/** "Chart of militants killed over time, of TTP: 3 values from 2 sources. January 2025: 74, says PICSS [4]. ..." */
export function chartAlt(briefing: Briefing, { counted, values, sources }: ChartData): string {
  const from = sources.length === 1 ? "1 source" : `${sources.length} sources`;
  const what = shortened(counted, TITLE_LENGTH);
  const intro = `Chart of figures over time, of ${subjectOf(briefing)}. ${what}: ${values.length} values from ${from}.`;
  const entries = values.map(({ time, words, source, citation }) => {
    const who = shortened(source, NAME_LENGTH);
    return `${timeWords(time, false)}: ${shortened(words, NAME_LENGTH)}, according to ${who} [${citation}].`;
  });
  return joined(intro, entries);
}

function subjectOf(briefing: Briefing): string {
  if (briefing.subject !== null) return shortened(titleOf(briefing), TITLE_LENGTH);
  return briefing.kind === "changes" ? "what is new" : "all reports";
}

/** As the picture cuts it: of a long quote the event, where who tells it stands in front of it. */
function quoteOf({ text, voice }: BriefingLine): string {
  const quote = readable(text);
  const event = quote.length <= QUOTE_LENGTH ? null : withoutTeller(quote, voice.who);
  return shortened(event ?? quote, QUOTE_LENGTH);
}

function sentence(text: string): string {
  return /[.!?…]["”’')\]]*$/u.test(text) ? text : `${text}.`;
}

/** As many entries as there is room for, and how many more there are. */
function joined(intro: string, entries: readonly string[]): string {
  let text = intro;
  for (const [index, entry] of entries.entries()) {
    const left = entries.length - index;
    const longer = `${text} ${entry}`;
    const reserved = left > 1 ? more(left - 1).length : 0;
    if (longer.length + reserved > ALT_LENGTH) return text + more(left);
    text = longer;
  }
  return text;
}

function more(count: number): string {
  return ` And ${count} more.`;
}
