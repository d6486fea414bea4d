/** Sentences that give another doer or another figure than the one that a question takes for granted. */

import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { countsTheSame, narrowing } from "./counted.ts";
import { areApart } from "./figures.ts";
import {
  type Asking,
  type Contradiction,
  contentOf,
  holds,
  mainTimes,
  namesMet,
  type Rule,
  shareOf,
  termsOf,
  timesMet,
} from "./premise-parts.ts";
import { isNarrowed, isOfTheNamed } from "./scope.ts";
import type { Reported } from "./told.ts";

const ATTACKS = termsOf(
  "carry attack attacked bomb bombed hijack hijacked claim claimed storm stormed raid raided conduct conducted perpetrate perpetrated stage staged strike struck ambush ambushed blow blew massacre massacred behind kill killed assassinate assassinated shoot shot mount mounted launch launched plot plotted kidnap kidnapped seize seized",
);
const EVENTS = termsOf(
  "attack bombing bomb blast explosion shooting assault massacre hijacking siege raid ambush strike killing assassination kidnapping stabbing",
);
/** How much of an event a sentence must hold to be about it. */
const SAME_EVENT = 0.7;

/** "Why did A carry out the bombing of ..." where B did. */
export const otherActor: Rule = (asking, sentences) => {
  const { question, glossary } = asking;
  const deed = question.tokens.find(({ term }) => ATTACKS.has(term));
  const groups = question.names.filter(isGroup);
  const [group] = groups;
  if (deed === undefined || group === undefined || groups.length !== 1 || group.start > deed.start + MOST_BEHIND)
    return null;
  const own = new Set(group.entries.map((entry) => glossary.term(entry)));
  const isOwn = (name: FoundName) => name.entries.some((entry) => own.has(glossary.term(entry)));
  if (!isOneEvent(asking, deed.start, group)) return null;
  const event = contentOf(asking, new Set([deed.start]));
  const isNamed = question.names.some(isEventName);
  const isOfEvent = (reported: Reported) =>
    namesMet(asking, reported, new Set([group.start])) &&
    isNamedItself(asking, reported, group) &&
    timesMet(asking, reported) &&
    (isNamed || shareOf(event, reported, asking) >= SAME_EVENT);
  let result: Contradiction | null = null;
  for (const [index, reported] of sentences.entries()) {
    const names = reported.view.names.filter(isGroup);
    const isAbout = isOfEvent(reported);
    // Whoever else is said to have done it: the asked group stands beside the event somewhere.
    const isBeside = names.some(isOwn) || holdsName(group, reported, asking);
    if (isBeside && shareOf(event, reported, asking) >= SAME_EVENT / 2 && isPlaced(asking, reported, group))
      return null;
    if (!isAbout || isBeside || result !== null) continue;
    const { polarity } = reported;
    if (polarity.isDenied || polarity.isDoubted || polarity.negated.flat().length > 0) continue;
    const doer = names.find((name) => !isOwn(name) && isResponsible(name, reported));
    if (doer === undefined || doer.entries.some((other) => group.entries.some((entry) => areKin(entry, other))))
      continue;
    result = { index, at: [group.start, deed.start, ...event.map(({ start }) => start)] };
  }
  return result;
};

/** Characters that a group may stand behind its deed: "the attack that was claimed by". */
const MOST_BEHIND = 40;

function isGroup({ entries }: FoundName): boolean {
  return entries.every(({ kind }) => kind === "armed-group");
}

function isEventName({ entries }: FoundName): boolean {
  return entries.every(({ kind }) => kind === "event");
}

function holdsName(group: FoundName, reported: Reported, asking: Asking): boolean {
  const unit = asking.question.units.find(({ start }) => start === group.start);
  return unit !== undefined && holds(unit, reported.view, asking);
}

/** An event by its name; or a place or a day, with two words of it or more. */
function isOneEvent(asking: Asking, deed: number, group: FoundName): boolean {
  const { question, claim } = asking;
  if (question.names.some(isEventName)) return true;
  const names = question.units.filter((unit) => unit.kind === "name" && unit.start !== group.start);
  const words = contentOf(asking, new Set([deed]));
  const isDated = mainTimes(claim.counts.times).some(({ exactness }) => exactness !== "year");
  const isDone = question.tokens.some(({ start, term }) => start === deed && EVENTS.has(term));
  const isEvent = words.some((unit) => unit.alternatives.some(([term]) => term !== undefined && EVENTS.has(term)));
  return names.length > 0 && (isEvent || isDone) && words.length + (isDone ? 1 : 0) >= (isDated ? 2 : 3);
}

/** Whether the sentence itself has the event or a place of it, and not only its report. */
function isNamedItself(asking: Asking, reported: Reported, group: FoundName): boolean {
  return asking.question.units
    .filter((unit) => unit.kind === "name" && unit.start !== group.start)
    .every(
      (unit) =>
        holds(unit, reported.view, asking) || (reported.before !== null && holds(unit, reported.before.view, asking)),
    );
}

function isPlaced(asking: Asking, reported: Reported, group: FoundName): boolean {
  return asking.question.units.some(
    (unit) => unit.kind === "name" && unit.start !== group.start && holds(unit, reported.view, asking),
  );
}

/** "Claimed by B", "B claimed responsibility", "B carried out". */
function isResponsible(name: FoundName, { reading }: Reported): boolean {
  const before = reading.slice(Math.max(0, name.start - 48), name.start);
  const after = reading.slice(name.end, name.end + 60);
  return (
    /\b(?:claimed|carried out|perpetrated|conducted|executed|staged|mounted|hijacked|bombed|stormed|ambushed)(?: \p{L}+ly)? by (?:the |militants (?:of|from) (?:the )?)?$/iu.test(
      before,
    ) ||
    /^(?:\)| \([^)]{1,12}\))?(?: (?:militants|fighters|gunmen|terrorists|insurgents|separatists|bombers?|spokes\p{L}+))?,? (?:later |also |has |had |then |immediately )?(?:claimed (?:responsibility|the (?:attack|bombing|blast|assault|hijacking))|carried out|claiming responsibility|took responsibility|hijacked|bombed|stormed|ambushed|perpetrated)\b/iu.test(
      after,
    )
  );
}

/** Whether one group is part of the other, by what the glossary says of them. */
function areKin(one: GlossaryEntry, other: GlossaryEntry): boolean {
  const speaksOf = (a: GlossaryEntry, b: GlossaryEntry) =>
    [b.name, ...b.aliases].some((name) => name.length > 2 && a.gloss.includes(name));
  return one === other || speaksOf(one, other) || speaksOf(other, one);
}

/** "On what basis did it raise its estimate to 60,000" where its estimate is 6,000. */
export const otherFigure: Rule = (asking, sentences) => {
  const { question, claim, glossary } = asking;
  const asked = claim.counts.counted.filter(({ figure }) => figure.bound === "exact" && figure.unit !== "rank");
  const [each] = asked;
  if (
    each === undefined ||
    (each.things.size === 0 && each.fate === null) ||
    asked.length !== 1 ||
    claim.counts.counted.length !== 1
  )
    return null;
  // "Which 2 groups", "how many of the 500": a figure that only says which are meant.
  if (/\b(?:which|what|whose|these|those)\s+$/iu.test(question.text.slice(0, each.figure.start))) return null;
  const names = question.units.filter(({ kind }) => kind === "name");
  const inFigure = question.units.filter(({ start }) => each.figure.start <= start && start < each.figure.end);
  const rest = contentOf(asking, new Set(inFigure.map(({ start }) => start)));
  if (names.length === 0 || rest.length === 0) return null;
  // "88 attacks on polio teams" are narrower than attacks: what follows the figure in its clause must be there.
  const clause =
    /[,;]|\s(?:who|what|which|when|where|why|how)\s|$/iu.exec(question.text.slice(each.figure.end))?.index ?? 0;
  const ofFigure = rest.filter(({ start }) => start > each.figure.start && start < each.figure.end + clause);
  const isValue = ({ counts }: Reported) =>
    counts.counted.some(({ figure }) => figure.low <= each.figure.low && each.figure.low <= figure.high);
  // The figure stands somewhere: reports differ, and that is no premise.
  if (sentences.some(isValue)) return null;
  const has = (term: string) => claim.view.terms.has(term);
  const index = sentences.findIndex((reported) => {
    const { counts, polarity } = reported;
    if (!namesMet(asking, reported) || !names.some((unit) => holds(unit, reported.view, asking))) return false;
    if (!timesMet(asking, reported) || polarity.isDenied || polarity.isDoubted) return false;
    if (polarity.negated.flat().length > 0 || polarity.conditional.some(Boolean)) return false;
    if (!ofFigure.every((unit) => holds(unit, reported.view, asking))) return false;
    // Two names say what is spoken of; a single one may be all that the sentence has in common with the question.
    const isNamed = names.filter((unit) => holds(unit, reported.view, asking)).length > 1;
    if (!isNamed && shareOf(rest, reported, asking) < SAME_THING) return false;
    const same = counts.counted.filter(
      (other) =>
        countsTheSame(other, each, true) &&
        isOfTheNamed(other, claim, reported, glossary) &&
        !narrowing(other, has) &&
        !isNarrowed(other, claim, reported, glossary),
    );
    return same.length > 0 && same.every((other) => areApart(other.figure, each.figure));
  });
  if (index < 0) return null;
  const reported = sentences[index];
  const held = rest.filter((unit) => reported !== undefined && holds(unit, reported.view, asking));
  return { index, at: [each.figure.start, each.figure.end - 1, ...held.map(({ start }) => start)] };
};
const SAME_THING = 0.5;
