/** A name of a follow-up put into the question before it: in the place of its like, or added. */

import type { Glossary } from "../../text/glossary.ts";
import { tokens } from "../../text/tokens.ts";
import { countingOf, tail } from "./clause.ts";
import { adjectiveOf, type NameSlot, namesIn, type Sort } from "./names.ts";
import { timesIn } from "./times.ts";
import { AUXILIARIES, CONJUNCTIONS, COUNTING, PLACE_PREPOSITIONS, PREPOSITIONS, SAYING } from "./words.ts";

const BODIES: ReadonlySet<Sort> = new Set(["group", "body", "think-tank"]);
/** "By the group" is not "against the group": one does not take the place of the other. */
const OPPOSED = new Set(["by", "against", "from", "to"]);
/** What somebody does: counted, it is "by" a group. */
const DEEDS =
  /\b(?:attacks?|bombings?|killings?|raids?|operations?|assaults?|strikes?|incidents?|kidnappings?|murders?|claims?|killed|injured|wounded)\b/iu;

interface Place {
  readonly slot: NameSlot;
  readonly fit: number;
}

/**
 * The question with the name in it.
 * @returns null when nothing in the question is of its kind, and it cannot be added either.
 */
export function putName(base: string, typed: NameSlot, glossary: Glossary): string | null {
  const slots = namesIn(base, glossary);
  const words = tokens(base).map(({ surface }) => surface.toLowerCase());
  const isSaying = words.some((word) => SAYING.has(word));
  const isDefinition = slots.length === 1 && isAboutOneThing(base, slots[0] as NameSlot);
  if (isDefinition) return replaced(base, slots[0] as NameSlot, typed);
  const places = slots
    .map((slot): Place => ({ slot, fit: fitOf(base, slot, typed, isSaying) }))
    .filter(({ fit }) => fit > 0);
  const best = Math.max(...places.map(({ fit }) => fit));
  const fitting = places.filter(({ fit }) => fit === best);
  // Who speaks is asked for first; else what comes last is what the question is about.
  const chosen = isSaying && typed.preposition === null ? fitting[0] : fitting.at(-1);
  return chosen === undefined ? added(base, typed, glossary) : replaced(base, chosen.slot, typed);
}

/** "Who is X?", "What is X?", "Tell me about X": anything may be asked in its place. */
function isAboutOneThing(base: string, slot: NameSlot): boolean {
  if (!/^[\s?.!]*$/u.test(base.slice(slot.end))) return false;
  const before = base.slice(0, slot.from).trim();
  return (
    /^(?:who|what)(?:['’]s| is| are| was| were)$/iu.test(before) ||
    /^(?:please )?(?:tell me|explain|describe|define)(?: about)?$/iu.test(before)
  );
}

/** How well a name of the question gives way to the one typed; 0 not at all. */
function fitOf(base: string, slot: NameSlot, typed: NameSlot, isSaying: boolean): number {
  if (slot.isAdjective && !typed.isAdjective && (typed.entry === null || adjectiveOf(typed.entry) === null)) return 0;
  const [own, other] = [slot.preposition, typed.preposition];
  if (other === "according to") return own === "according to" || isCounter(base, slot) ? 5 : 0;
  if (own !== other && own !== null && other !== null && OPPOSED.has(other)) return 0;
  const fit = sortFit(base, slot, typed, isSaying);
  return fit === 0
    ? 0
    : fit +
        (own !== other ? 0 : own === null ? 0.25 : 0.5) +
        (slot.isAdjective && typed.isAdjective ? 1 : 0) -
        (slot.isAdjective && !typed.isAdjective ? 1 : 0);
}

function sortFit(base: string, slot: NameSlot, typed: NameSlot, isSaying: boolean): number {
  const isSpeaker = slot.preposition === null && (isSaying || isSubject(base, slot));
  const isBare = typed.preposition === null;
  if (typed.sort === "unknown") return unknownFit(slot, typed);
  if (slot.sort === typed.sort) return 4;
  if (slot.sort === "unknown") return typed.sort === "place" ? (isBare ? 1.5 : 0) : 2;
  if (BODIES.has(slot.sort) && BODIES.has(typed.sort)) {
    if (typed.sort === "think-tank" || slot.sort === "think-tank")
      return typed.sort === "group" || slot.sort === "group" ? 0 : 2;
    return typed.sort === "group" && isCounter(base, slot) ? 0 : 2;
  }
  // A country speaks as an organisation does.
  if (isSpeaker && isBare && slot.sort === "place" && BODIES.has(typed.sort)) return 2;
  if (isSpeaker && isBare && typed.sort === "place" && BODIES.has(slot.sort) && slot.sort !== "think-tank") return 2;
  if (isSpeaker && isBare && slot.sort === "document" && BODIES.has(typed.sort)) return 1;
  return 0;
}

/** "Has the UN listed": right after what turns a question around. */
function isSubject(base: string, slot: NameSlot): boolean {
  const before = tokens(base.slice(0, slot.from)).at(-1)?.surface.toLowerCase() ?? "";
  const after = tokens(base.slice(slot.end)).length;
  return AUXILIARIES.has(before) && !/^(?:is|are|was|were)$/.test(before) && after > 0 && !isCounter(base, slot);
}

/** A name that no glossary has: what it may stand for is read from its form. */
function unknownFit(slot: NameSlot, typed: NameSlot): number {
  if (typed.preposition !== null && PLACE_PREPOSITIONS.has(typed.preposition)) return slot.sort === "place" ? 4 : 0;
  if (slot.sort === "unknown") return 3.5;
  const isManyWords = /[\s-]/.test(typed.written.trim());
  if (typed.determiner !== null || /^[\p{Lu}\d-]{2,}$/u.test(typed.written)) {
    return slot.sort === "group" || slot.sort === "body" ? 3 : slot.sort === "think-tank" ? 1 : 0;
  }
  if (slot.sort === "person") return isManyWords ? 3 : 2;
  if (slot.sort === "place") return isManyWords ? 2 : 3;
  return slot.sort === "group" || slot.sort === "body" ? 2.5 : 0;
}

/** Whether a name is that of whoever counts, and not of what is counted. */
function isCounter(base: string, slot: NameSlot): boolean {
  if (slot.preposition === "according to" || slot.sort === "think-tank") return true;
  const next = tokens(base.slice(slot.end, slot.end + 60))[0]?.surface.toLowerCase() ?? "";
  return slot.preposition === null && COUNTING.has(next);
}

function replaced(base: string, slot: NameSlot, typed: NameSlot): string {
  const asAdjective = slot.isAdjective && typed.entry !== null;
  const written = asAdjective
    ? (adjectiveOf(typed.entry) ?? typed.written)
    : typed.isAdjective
      ? (typed.entry?.name ?? typed.written)
      : typed.written;
  const isOwned = /['’]s?\s$/u.test(base.slice(0, slot.from));
  const determiner = isOwned ? null : slot.isAdjective || isModifier(base, slot) ? slot.determiner : typed.determiner;
  // "The 36th" in the place of "the 35th report".
  const noun = /^\d+\p{L}{2}$/u.test(written) ? (/\s[\p{L}\s]+$/u.exec(slot.written)?.[0] ?? "") : "";
  const name = `${determiner === null ? "" : `${determiner.toLowerCase()} `}${written}${noun}`;
  const before = base.slice(0, slot.from);
  const isWho = /^(?:who|what)(['’]s| is| was)\s+$/iu.exec(before);
  const asked =
    isWho === null || typed.sort === "unknown" ? before : `${typed.sort === "person" ? "Who" : "What"}${isWho[1]} `;
  return asked + name + base.slice(slot.end);
}

/** "The TTP leader": its article belongs to what follows. */
function isModifier(base: string, slot: NameSlot): boolean {
  const next = tokens(base.slice(slot.end, slot.end + 60))[0];
  if (next === undefined || !/^\s$/.test(base.slice(slot.end, slot.end + next.start))) return false;
  const lower = next.surface.toLowerCase();
  if ([PREPOSITIONS, AUXILIARIES, CONJUNCTIONS, SAYING, COUNTING].some((each) => each.has(lower))) return false;
  const before =
    tokens(base.slice(Math.max(0, slot.from - 30), slot.from))
      .at(-1)
      ?.surface.toLowerCase() ?? "";
  return lower !== "according" && !lower.endsWith("ed") && !AUXILIARIES.has(before);
}

/** The name added where the question has none of its kind: before its time, or at its end. */
function added(base: string, typed: NameSlot, glossary: Glossary): string | null {
  const { sort, preposition, determiner, written } = typed;
  const name = determiner === null ? written : `${determiner.toLowerCase()} ${written}`;
  if (preposition === "according to") return `${tail(base, 0)}, according to ${name}?`;
  if (preposition !== null) return beforeTime(base, `${preposition} ${name}`);
  if (sort === "place") return beforeTime(base, `in ${typed.isAdjective ? (typed.entry?.name ?? written) : name}`);
  if (sort === "group" || sort === "unknown") return doneBy(base, name, glossary);
  if (sort === "body" || sort === "think-tank") return `${tail(base, 0)} according to ${name}?`;
  return null;
}

/** "How many attacks by the group did PICSS count": beside what is counted; else before the time. */
function doneBy(base: string, name: string, glossary: Glossary): string {
  const counting = countingOf(base, glossary);
  const isDone = counting === null ? DEEDS.test(base) : DEEDS.test(base.slice(counting.noun.start, counting.restStart));
  const phrase = `${isDone ? "by" : "for"} ${name}`;
  const isOfOthers = counting?.subject != null && counting.noun.start < counting.noun.end;
  if (!isDone || !isOfOthers) return beforeTime(base, phrase);
  return `${base.slice(0, counting.noun.end)} ${phrase}${base.slice(counting.noun.end)}`;
}

/** Before the time at the end of a question, or at its end. */
export function beforeTime(base: string, phrase: string): string {
  const last = timesIn(base).at(-1);
  const isAtEnd = last?.preposition != null && tail(base, last.end) === "";
  if (!isAtEnd) return `${tail(base, 0)} ${phrase}?`;
  const { start } = last.preposition as { start: number };
  return start === 0 ? `${tail(base, 0)} ${phrase}?` : `${base.slice(0, start)}${phrase} ${base.slice(start)}`;
}
