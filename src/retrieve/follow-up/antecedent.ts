/** What a pointer means: the best name of its kind in the questions before, and in what they were answered with. */

import type { Turn } from "../../domain/conversation.ts";
import type { Glossary } from "../../text/glossary.ts";
import { described } from "./clause.ts";
import { definiteIn } from "./definite.ts";
import { type NameSlot, namesIn, type Sort } from "./names.ts";
import type { Pointer } from "./pointing.ts";
import { joinedNames } from "./substitute.ts";
import { timesIn } from "./times.ts";

/** How far back a pointer reaches. */
const MOST_TURNS = 4;
const MOST_QUOTES = 4;
/** Of a quote, in UTF-16 code units: what a pointer means is named early. */
const MOST_OF_A_QUOTE = 1200;

/**
 * A sort of name; "counted": what the question counts ("the attacks that PICSS counted"); "actor": a country that does
 * something; "thing": what has no name ("the ceasefire").
 */
type Choice = Sort | "counted" | "actor" | "thing";

const THING: readonly Choice[] = [
  "group",
  "event",
  "thing",
  "body",
  "document",
  "term",
  "unknown",
  "actor",
  "think-tank",
];
const MANY: readonly Choice[] = ["group", "counted", "body", "person", "unknown", "actor", "think-tank"];
const PARTITIVE: readonly Choice[] = ["counted", "group", "body", "person"];

/** What the rest of the question says of the pointer tells its kind: each with the kinds that come first. */
const HINTS: readonly (readonly [RegExp, "thing" | "many" | "both", readonly Choice[]])[] = [
  [
    /\b(?:counts?|counted|counting|define|defined|measure|methodology|publish|published)\b/iu,
    "both",
    ["think-tank", "body"],
  ],
  [
    /\b(?:leads?|led|leaders?|leadership|heads?|commands?|commander|emir|chief|members?|fighters?|ideology|fund(?:s|ed|ing)?|financ\w*|recruit\w*|banned|ban|designated|proscribed|founded|founder|strength|allied|allies|operates?|split|spokes\w+|headquarter\w*|suppl\w+|arms|armed|backs|backed|supports?|supported|sponsor\w*|trains?|trained)\b/iu,
    "both",
    ["group", "body", "unknown"],
  ],
  [
    /\b(?:happen(?:ed)?|occur(?:red)?|claim(?:ed|s)?|responsib\w+|behind|killed|died|die|injured|carried out|planned|victims?|toll)\b/iu,
    "thing",
    ["event"],
  ],
  [
    /\b(?:says?|said|mentions?|mentioned|states?|concludes?|concluded|finds?|found)\b/iu,
    "thing",
    ["document", "body", "group", "think-tank"],
  ],
  [
    /\b(?:says?|said|deny|denies|denied|claims?|claimed|want|react|respond|agree|admit)\b/iu,
    "many",
    ["group", "actor", "body", "person", "unknown", "think-tank"],
  ],
  [/\b(?:happen(?:ed)?|occur(?:red)?|take place|target(?:ed)?)\b/iu, "many", ["counted"]],
  [/\b(?:capital|population|borders?|located|governor|inhabitants)\b/iu, "both", ["place", "unknown"]],
];

/**
 * The words that a pointer stands for, or null when the conversation names nothing of its kind.
 * @param text the question that points, for what it says of it, and for names that it cannot mean.
 * @param turns whole ones, the newest last.
 */
export function antecedentOf(
  pointer: Pointer,
  text: string,
  turns: readonly Turn[],
  glossary: Glossary,
): string | null {
  const recent = turns.slice(-MOST_TURNS).reverse();
  if (pointer.meant === "time") {
    const time = recent.flatMap(({ question }) => timesIn(question))[0];
    if (time === undefined) return null;
    // After a range, "since then" is since its end.
    const isAfter = /\b(?:since|after)\s$/iu.test(text.slice(0, pointer.start));
    return isAfter && time.lastYear !== null && time.lastYear !== time.year ? String(time.lastYear) : time.text;
  }
  const own = new Set(namesIn(text, glossary).map(({ written }) => written.toLowerCase()));
  const choices = choicesOf(pointer, text);
  for (const kinds of choices) {
    for (const turn of recent) {
      const found = fromQuestion(turn.question, kinds, own, glossary) ?? fromQuotes(turn, kinds, own, glossary);
      if (found !== null) return found;
    }
  }
  return null;
}

/** First what the question hints at, then all that its kind may mean. */
function choicesOf(pointer: Pointer, text: string): (readonly Choice[])[] {
  switch (pointer.meant) {
    case "person":
      return [["person"]];
    case "place":
      return [["place"]];
    case "event":
      return [["event"], ["counted"]];
    case "counted":
      return [["counted"], ["group", "event"]];
    case "group":
      return [
        ["group", "body"],
        ["unknown", "think-tank"],
      ];
    default: {
      if (pointer.isPartitive) return [PARTITIVE];
      const kind = pointer.meant === "many" ? "many" : "thing";
      const hints = HINTS.filter(([pattern, of]) => (of === "both" || of === kind) && pattern.test(text));
      return [...hints.slice(0, 1).map(([, , kinds]) => kinds), kind === "many" ? MANY : THING];
    }
  }
}

function fromQuestion(
  question: string,
  kinds: readonly Choice[],
  own: ReadonlySet<string>,
  glossary: Glossary,
): string | null {
  const names = joinedNames(question, namesIn(question, glossary)).filter((name) => isOther(name, own));
  for (const kind of kinds) {
    if (kind === "counted") {
      const counted = described(question, glossary);
      if (counted !== null) return counted;
    }
    if (kind === "thing") {
      const thing = definiteIn(question, glossary);
      if (thing !== null) return thing;
    }
    const found = names.find((name) =>
      kind === "actor"
        ? name.sort === "place" && name.preposition === null && !name.isAdjective
        : name.sort === kind && !(name.isAdjective && kind !== "place"),
    );
    if (found !== undefined) return phrase(found);
  }
  // "What is a car bomb?": a thing without a name.
  return kinds === THING ? definedIn(question) : null;
}

function definedIn(question: string): string | null {
  const match = /^(?:what|who)(?:['’]s| is| are| was| were)\s+((?:an?|the) [^?,.]{1,60})\??$/iu.exec(
    question.slice(0, 120),
  );
  return match?.[1]?.trim() ?? null;
}

function fromQuotes(
  { question, quotes }: Turn,
  kinds: readonly Choice[],
  own: ReadonlySet<string>,
  glossary: Glossary,
): string | null {
  if (kinds[0] === "person") return personIn({ question, quotes }, glossary);
  for (const quote of quotes.slice(0, MOST_QUOTES)) {
    const names = namesIn(quote.text.slice(0, MOST_OF_A_QUOTE), glossary).filter((name) => isOther(name, own));
    for (const kind of kinds) {
      // A name that no glossary has is too uncertain in running text.
      const found =
        kind === "unknown" ? undefined : names.find(({ sort, isAdjective }) => sort === kind && !isAdjective);
      if (found !== undefined) return phrase(found);
    }
  }
  return null;
}

/** Whom the quotes of an answer name, who is not in its question; null where they name nobody. */
export function personIn({ question, quotes }: Turn, glossary: Glossary): string | null {
  const asked = new Set(namesIn(question, glossary).map(({ written }) => written.toLowerCase()));
  const isForPerson =
    /\bwho(?:m|se)?\b|\b(?:leader|spokes\w+|head|chief|founder|commander|minister|president|director)\b/iu.test(
      question,
    );
  for (const quote of quotes.slice(0, MOST_QUOTES)) {
    const names = namesIn(quote.text.slice(0, MOST_OF_A_QUOTE), glossary).filter((name) => isOther(name, asked));
    const known = names.find(({ sort }) => sort === "person");
    if (known !== undefined) return known.written;
    // Two capitalised words in the answer to "who" that nothing explains are most likely a person.
    const unknown = names.find(({ sort, written }) => sort === "unknown" && /^\S+(?:\s\S+){1,3}$/.test(written));
    if (isForPerson && unknown !== undefined) return unknown.written;
  }
  return null;
}

function isOther({ written }: NameSlot, own: ReadonlySet<string>): boolean {
  return !own.has(written.toLowerCase());
}

function phrase({ determiner, written, sort, isAdjective, entry }: NameSlot): string {
  if (isAdjective && sort === "place" && entry !== null) return entry.name;
  return determiner === null || /^an?$/iu.test(determiner) ? written : `${determiner.toLowerCase()} ${written}`;
}
