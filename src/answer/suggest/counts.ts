/** What a sentence counts, as words for a question. The subject stands as "@". */

import { STOP_WORDS } from "../../text/words.ts";

/** Not a year. */
const NUMBER = "(?!(?:19|20)\\d\\d\\b)(?:\\d[\\d,]*\\d|\\d)(?:\\.\\d+)?";
const ABOUT = "(?:at least |about |around |nearly |a total of |more than |over )?";
const THINGS = "((?:[a-z-]+ )?[a-z]{3,}s|people|persons)";
const BY = new RegExp(`@[^.;]{0,40}\\b(counted|recorded|documented|registered) ${ABOUT}${NUMBER} ${THINGS}\\b`);
const KILLED = new RegExp(
  `\\bkill(?:ed|ing) ${ABOUT}${NUMBER} ${THINGS}\\b|\\b${NUMBER} ${THINGS} (?:were |had been )?killed\\b`,
);
const THERE = new RegExp(
  `\\b${NUMBER} ((?:[a-z-]+ )?(?:attacks|bombings|incidents|operations|deaths|killings|cases|arrests|strikes|clashes|` +
    `abductions|kidnappings|fatalities|refugees|executions))\\b`,
);
const VERBS: Readonly<Record<string, string>> = {
  counted: "count",
  recorded: "record",
  documented: "document",
  registered: "register",
};
/** Nothing that can be counted and asked for. */
const NO_THINGS =
  /\b(?:years|months|days|hours|weeks|minutes|times|cents|points|pages|countries|states|dollars|provinces|districts|sources|reports|articles|sections|series|others|persons|members|percent)$/;

export interface Counted {
  readonly things: string;
  readonly verb: string;
}

/** "PICSS counted 74 militant attacks in January 2025": things, "count", the period. */
export function countedBy(marked: string, periods: readonly string[]): (Counted & { readonly period: string }) | null {
  const match = BY.exec(marked);
  const period = match === null ? null : periodOf(marked, match, periods);
  const [, verb = "", things = ""] = match ?? [];
  if (period === null || !isCountable(things)) return null;
  return { things, verb: VERBS[verb] ?? "count", period };
}

/** "905 militant attacks in Pakistan in 2024": things, "were there"; without a period only what is particular. */
export function countedIn(
  marked: string,
  periods: readonly string[],
): (Counted & { readonly period: string | null }) | null {
  if (!/\b(?:in|across) @/.test(marked)) return null;
  const killed = KILLED.exec(marked);
  const victims = (killed?.[1] ?? killed?.[2] ?? "").replace("persons", "people");
  const match = killed !== null && isCountable(victims) ? killed : THERE.exec(marked);
  if (match === null) return null;
  const things = match === killed ? victims : (match[1] ?? "");
  const period = periodOf(marked, match, periods);
  if (!isCountable(things) || (period === null && !things.includes(" "))) return null;
  if (match === killed) return { things, verb: "were killed", period };
  return /^(?:deaths|fatalities)$/.test(things)
    ? { things: "people", verb: "died", period }
    : { things, verb: "were there", period };
}

function isCountable(things: string): boolean {
  return things !== "" && !NO_THINGS.test(things) && !things.split(" ").some((word) => STOP_WORDS.has(word));
}

/** The period of a count: named soon after it ("905 attacks in Pakistan in 2024"), or what the sentence begins with. */
function periodOf(marked: string, { index, 0: count }: RegExpExecArray, periods: readonly string[]): string | null {
  const end = index + count.length;
  for (const period of periods) {
    if (/^(?:For|In|During) $/.test(marked.slice(0, Math.max(0, marked.indexOf(period))))) return period;
    const at = marked.indexOf(period, end);
    if (at >= 0 && at - end <= 45 && /\b(?:in|for|during) $/.test(marked.slice(end, at))) return period;
  }
  return null;
}
