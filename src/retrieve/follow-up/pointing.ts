/** The words of a question that point back ("it", "that group", "there"), where nothing in it is what they mean. */

import type { Span } from "../../domain/passage.ts";
import type { Glossary } from "../../text/glossary.ts";
import { type Token, tokens } from "../../text/tokens.ts";
import { type NameSlot, namesIn } from "./names.ts";
import {
  AUXILIARIES,
  BE_FORMS,
  EVENT_NOUNS,
  GROUP_NOUNS,
  PERSON_NOUNS,
  PLACE_NOUNS,
  PREPOSITIONS,
  QUESTION_STARTS,
  SAYING,
} from "./words.ts";

export type Meant = "person" | "thing" | "many" | "place" | "time" | "group" | "event" | "counted";

/** A word, or a few, that stand for something said before. */
export interface Pointer extends Span {
  readonly meant: Meant;
  readonly isPossessive: boolean;
  /** "How many of them". */
  readonly isPartitive: boolean;
  /** What follows it in a contraction ("they're"), in full. */
  readonly more: string;
}

const PERSONS = new Set(["he", "she", "him", "her", "his", "hers", "himself", "herself"]);
const THINGS = new Set(["it", "its", "itself"]);
const MANY = new Set(["they", "them", "their", "theirs", "themselves"]);
const POSSESSIVE = new Set(["his", "its", "their", "hers", "theirs"]);
const CONTRACTIONS: Readonly<Record<string, string>> = { re: " are", ve: " have", ll: " will", d: " had", s: " is" };
/** "It" that stands for nothing: "is it true that", "how long does it take". */
const EMPTY_IT =
  /\b(?:(?:is|was|isn['’]t) it (?:true|correct|right|likely|possible|known|clear|fair|the case|really|because)|(?:does|did) it (?:take|matter|mean|look|seem)|it (?:is|was|has been) (?:said|claimed|reported|believed|thought|known|alleged|true|likely|possible|clear)|what time is it)\b/giu;

/** The pointers of a text in order that mean something outside of it. */
export function pointersIn(text: string, glossary: Glossary): Pointer[] {
  const all = tokens(text);
  const names = namesIn(text, glossary);
  const empty = Array.from(text.matchAll(EMPTY_IT), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  const found: Pointer[] = [];
  for (let index = 0; index < all.length; index += 1) {
    const token = all[index] as Token;
    if ([...names, ...empty].some((span) => span.start < token.end && token.start < span.end)) continue;
    const pointer = pronounAt(all, index) ?? placeOrTimeAt(all, index) ?? classAt(text, all, index, names);
    if (pointer !== null && !isMeantInside(text, all, index, pointer, names)) found.push(pointer);
  }
  return found;
}

function pronounAt(all: readonly Token[], index: number): Pointer | null {
  const token = all[index] as Token;
  // "IT" in capitals is a trade.
  if (token.surface.length > 1 && token.surface === token.surface.toUpperCase()) return null;
  const [word = "", ending = ""] = token.surface.toLowerCase().split(/['’]/u);
  const meant = PERSONS.has(word) ? "person" : THINGS.has(word) ? "thing" : MANY.has(word) ? "many" : null;
  if (meant === null) return null;
  const next = all[index + 1]?.surface.toLowerCase();
  const isHers =
    word === "her" && next !== undefined && !PREPOSITIONS.has(next) && !AUXILIARIES.has(next) && next !== "and";
  const before = all[index - 1]?.surface.toLowerCase();
  return {
    start: token.start,
    end: token.end,
    meant,
    isPossessive: POSSESSIVE.has(word) || isHers,
    isPartitive: before === "of" && word === "them",
    more: CONTRACTIONS[ending] ?? "",
  };
}

function placeOrTimeAt(all: readonly Token[], index: number): Pointer | null {
  const token = all[index] as Token;
  const word = token.surface.toLowerCase();
  const before = all[index - 1]?.surface.toLowerCase() ?? "";
  const next = all[index + 1]?.surface.toLowerCase() ?? "";
  const plain = { start: token.start, end: token.end, isPossessive: false, isPartitive: false, more: "" };
  if (word === "there" && index > 0 && !AUXILIARIES.has(before) && !BE_FORMS.has(before) && !AUXILIARIES.has(next)) {
    return { ...plain, meant: "place" };
  }
  if (word === "then" && /^(?:back|since|until|till|by|before|after)$/.test(before)) {
    return { ...plain, start: before === "back" ? (all[index - 1]?.start ?? token.start) : token.start, meant: "time" };
  }
  return null;
}

const POINTING_DETERMINERS = new Set(["that", "this", "these", "those"]);

/** "That group", "the same province", "those attacks"; "the attack" where nothing says which. */
function classAt(text: string, all: readonly Token[], index: number, names: readonly NameSlot[]): Pointer | null {
  const token = all[index] as Token;
  const word = token.surface.toLowerCase();
  const next = all[index + 1]?.surface.toLowerCase() ?? "";
  const plain = { start: token.start, isPossessive: false, isPartitive: false, more: "" };
  const isSame = word === "the" && next === "same";
  const noun = all[index + (isSame ? 2 : 1)];
  if (
    POINTING_DETERMINERS.has(word) &&
    all[index - 1]?.surface.toLowerCase() === "of" &&
    (noun === undefined || AUXILIARIES.has(next) || QUESTION_STARTS.has(next))
  ) {
    return { ...plain, end: token.end, meant: "counted", isPartitive: true };
  }
  if (noun === undefined || !(POINTING_DETERMINERS.has(word) || word === "the")) return null;
  if (!/^\s+(?:same\s+)?$/iu.test(text.slice(token.end, noun.start))) return null;
  const possessive = /['’]s$/u.exec(noun.surface);
  const lower = (possessive === null ? noun.surface : noun.surface.slice(0, possessive.index)).toLowerCase();
  const singular = lower.replace(/s$/, "");
  const after = all[index + (isSame ? 3 : 2)]?.surface.toLowerCase() ?? "";
  if (word === "the" && !isSame) {
    const isOpen =
      names.length === 0 && !/^(?:of|that|which|who|on|in|at|by|against|with|called|named|near|from)$/.test(after);
    if (!isOpen || !(lower === "group" || EVENT_NOUNS.has(lower))) return null;
  } else if (/^(?:that|which|who|called|named)$/.test(after)) return null;
  const isPlural = lower !== singular && !EVENT_NOUNS.has(lower);
  const meant: Meant | null = EVENT_NOUNS.has(singular)
    ? isPlural
      ? "counted"
      : "event"
    : GROUP_NOUNS.has(singular) || GROUP_NOUNS.has(lower)
      ? isPlural
        ? "many"
        : "group"
      : PLACE_NOUNS.has(singular)
        ? "place"
        : PERSON_NOUNS.has(lower)
          ? "person"
          : /^(?:these|those)$/.test(word) &&
              /^(?:people|persons|men|women|fighters|deaths|victims|killings|figures|numbers|civilians|soldiers|militants)$/.test(
                lower,
              )
            ? "counted"
            : null;
  const end = possessive === null ? noun.end : noun.start + possessive.index;
  return meant === null ? null : { ...plain, end, meant };
}

/** Whether a name in the same text is what the pointer means ("Did the group say that it would stop?"). */
function isMeantInside(
  text: string,
  all: readonly Token[],
  index: number,
  pointer: Pointer,
  names: readonly NameSlot[],
): boolean {
  if (pointer.meant === "place" || pointer.meant === "time" || pointer.isPartitive) return false;
  const before = names.filter((name) => name.end <= pointer.start && mayMean(pointer.meant, name));
  const nearest = before.at(-1);
  if (nearest === undefined) return false;
  const between = all
    .filter(({ start, end }) => start >= nearest.end && end <= pointer.start)
    .map(({ surface }) => surface.toLowerCase());
  const isSpeaker = nearest.preposition === null && SAYING.has(between[0] ?? "");
  // "What did the UN say about their leader", "did the UN say who leads it": of whom it was said before.
  if (isSpeaker && (between.includes("about") || between.some((word) => QUESTION_STARTS.has(word)))) return false;
  if (pointer.isPossessive) return true;
  const gap = text.slice(nearest.end, pointer.start);
  const isOtherClause = /[,;:.?!]/u.test(gap) || between.some((word) => CLAUSE_WORDS.has(word) || SAYING.has(word));
  const next = all[index + 1]?.surface.toLowerCase() ?? "";
  const isObject = next === "" || PREPOSITIONS.has(next) || PREPOSITIONS.has(between.at(-1) ?? "");
  return isObject ? between.some((word) => CLAUSE_WORDS.has(word)) || /[;.?!]/u.test(gap) : isOtherClause;
}

const CLAUSE_WORDS = new Set(
  "and but when after before because if while that whether since although though who what where why how which or".split(
    " ",
  ),
);

function mayMean(meant: Meant, { sort, preposition }: NameSlot): boolean {
  switch (meant) {
    case "person":
      return sort === "person" || sort === "unknown";
    case "thing":
    case "group":
      return sort !== "person" && !(sort === "place" && preposition !== null);
    case "event":
      return sort === "event";
    default:
      return sort === "group" || sort === "body" || sort === "person" || sort === "think-tank" || sort === "unknown";
  }
}
