/** Questions with a verb and no subject ("how many were injured?"), completed with what the one before was about. */

import type { Glossary } from "../../text/glossary.ts";
import { tokens } from "../../text/tokens.ts";
import { tail } from "./clause.ts";
import { namesIn } from "./names.ts";
import { beforeTime } from "./put-name.ts";
import { timesIn } from "./times.ts";
import { COUNTING, HARMED, SAYING } from "./words.ts";

const MOST_WORDS = 9;
/** Forms that name nothing of their own; each whole. */
const FORMS: readonly RegExp[] = [
  /^how (?:many|much)\b(?!.*\b(?:do|does|did|you|we|i|to|can|could|should|would|is a|is an|of)\b)/,
  /^(?:was|were|is|are) (?:there )?(?:any|anyone|anybody|many|people|civilians|women|children|soldiers|police)\b/,
  /^who (?:claimed (?:responsibility|it)|was (?:responsible|behind it|to blame|blamed)|did it|carried it out|died|survived)$/,
  /^what (?:happened|was the (?:death |overall |total )?(?:toll|number|figure|total|cause|motive|damage))$/,
  /^which (?:group|province|country|city|region|district|month|year|area)s? (?:was|were|had|saw|suffered)\b/,
  /^(?:did|has) (?:anyone|anybody|somebody) (?:claim|die|survive|been)\b/,
];
const NAMES_ITS_OWN = /\b(?:reports?|sources?|documents?|corpus|bot|quotes?|questions?)\b/;

/** Whether a question leaves out what it is about. */
export function isIncomplete(text: string, glossary: Glossary): boolean {
  const bare = tail(text, 0).toLowerCase();
  if (tokens(bare).length > MOST_WORDS || NAMES_ITS_OWN.test(bare)) return false;
  if (!FORMS.some((form) => form.test(bare))) return false;
  const isTimed = timesIn(text).some(({ shift, year }) => shift === null && year !== null);
  return !isTimed && namesIn(text, glossary).length === 0;
}

/** The question with event or place, group, time and source of the one before; null where that names none of them. */
export function completed(text: string, base: string, glossary: Glossary): string | null {
  const made = withContext(text, base, glossary, true);
  return made === `${tail(text, 0)}?` ? null : made;
}

/**
 * A question with the place and time of the one before, where it has none itself.
 * @param withNames also its event, its group, and who counted.
 */
export function withContext(text: string, base: string, glossary: Glossary, withNames = false): string {
  const own = namesIn(text, glossary);
  const names = namesIn(base, glossary);
  let made = `${tail(text, 0)}?`;
  const add = (phrase: string) => {
    made = beforeTime(made, phrase);
  };
  const event = names.find(({ sort }) => sort === "event");
  const group = names.find(({ sort }) => sort === "group");
  if (withNames && event !== undefined) {
    const isFor = /\b(?:responsib\w+|to blame|blamed)\b/iu.test(text);
    add(`${isFor ? "for" : "in"} ${base.slice(event.from, event.end)}`);
  } else if (withNames && group !== undefined) {
    const isDone = tokens(text).some(({ surface }) => HARMED.has(surface.toLowerCase())) || /\battacks?\b/iu.test(text);
    add(`${group.preposition === "by" || isDone ? "by" : "of"} ${base.slice(group.from, group.end)}`);
  }
  const place = names.find(
    ({ sort, preposition, isAdjective }) => sort === "place" && preposition !== null && !isAdjective,
  );
  if (place !== undefined && !own.some(({ sort }) => sort === "place")) {
    add(`${place.preposition} ${base.slice(place.from, place.end)}`);
  }
  const time = timesIn(base)[0];
  if (time !== undefined && timesIn(made).length === 0) {
    made = `${tail(made, 0)} ${time.preposition?.word ?? "in"} ${time.text}?`;
  }
  const words = tokens(base);
  const counter = names.find(({ sort, end, preposition }) => {
    const next = words.find(({ start }) => start >= end)?.surface.toLowerCase() ?? "";
    const speaks = preposition === null && (COUNTING.has(next) || SAYING.has(next));
    return preposition === "according to" || (speaks && sort !== "place" && sort !== "group") || sort === "think-tank";
  });
  if (withNames && counter !== undefined) {
    made = `${tail(made, 0)} according to ${base.slice(counter.from, counter.end)}?`;
  }
  return made;
}
