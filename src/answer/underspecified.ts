/** Questions that could mean several things: which ones, as whole questions to choose from. */

import type { Question } from "../retrieve/question.ts";
import type { FoundName, Glossary, GlossaryEntry } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import type { Refusal } from "./gate.ts";
import type { Judged } from "./select.ts";
import { ANSWER_THRESHOLD } from "./support.ts";
import { wantsOf } from "./wants.ts";

/** Sentences whose names are offered, best first. */
const MOST_READ = 20;
const MOST_CHOICES = 4;
const LEAST_CHOICES = 2;

const termsOf = (words: string): ReadonlySet<string> => new Set(tokens(words).map(({ term }) => term));

/** Subjects of every report: without a name or a day they say nothing of which. */
const GENERIC = termsOf(
  "attack attacks bombing bombings bomb blast explosion strike strikes incident incidents violence assault die died dying dead death deaths toll kill killed casualties victims injured wounded hurt people group groups outfit organisation organization movement militants militant terrorists terrorist insurgents fighters leader leaders leads head chief commander founder founded formed army military police soldiers forces troops government operation operations war conflict report reports responsibility responsible banned strength size situation security statistics carry carried conduct conducted perpetrated behind hit struck area country city region",
);
const OF_GROUPS = termsOf(
  "group groups outfit organisation organization movement leader leaders leads head chief commander founder founded formed fighters banned strength size",
);
const OF_STATES = termsOf("army military police soldiers forces troops government security situation");
const RESPONSIBLE = termsOf("responsibility responsible carry carried conducted perpetrated behind");
const OF_REPORTS = termsOf("report reports");

/** Kinds of names that tell which one is meant, the plainest first. */
function kindsFor(subjects: ReadonlySet<string>): readonly string[] {
  const has = (set: ReadonlySet<string>) => [...subjects].some((term) => set.has(term));
  if (has(OF_REPORTS)) return ["document"];
  if (has(OF_GROUPS)) return ["armed-group"];
  if (has(OF_STATES)) return ["place"];
  // Who claimed it is the question: a group would answer it.
  if (has(RESPONSIBLE)) return ["event", "place"];
  return ["event", "operation", "place", "armed-group"];
}

/**
 * Why a question cannot be answered before it says which one is meant, with two to four questions to choose from; null
 * where it says so, or the evidence leaves no choice. No choice is underspecified itself.
 * @param judged the evidence for the question, best first.
 */
export function underspecified(question: Question, judged: readonly Judged[], glossary: Glossary): Refusal | null {
  const entries = severalMeant(question, judged, glossary) ?? [];
  if (entries.length > 0)
    return back(
      entries,
      entries.map((entry) => named(question, entry)),
      glossary,
    );
  const subjects = openSubjects(question);
  if (subjects === null) return null;
  const labels = labelsOf(kindsFor(subjects), judged, glossary);
  return back(
    labels,
    labels.map((entry) => narrowed(question, entry)),
    glossary,
  );
}

/**
 * A refusal of a question that is too vague, as a question back where the evidence offers something to choose from.
 * @param judged the evidence for the question, best first.
 */
export function askedBack(
  refused: Refusal,
  question: Question,
  judged: readonly Judged[],
  glossary: Glossary,
): Refusal {
  return refused.reason === "too-vague" ? (underspecified(question, judged, glossary) ?? refused) : refused;
}

function back(entries: readonly GlossaryEntry[], questions: readonly string[], glossary: Glossary): Refusal | null {
  const choices = [...new Set(questions)].filter((choice) => isPlain(choice, glossary)).slice(0, MOST_CHOICES);
  if (choices.length < LEAST_CHOICES) return null;
  const names = entries.slice(0, MOST_CHOICES).map(({ name }) => name);
  const explanation = `The question does not say which one is meant, such as ${names.slice(0, -1).join(", ")} or ${names.at(-1)}.`;
  return { reason: "underspecified", explanation, unmet: [], choices };
}

/** Whether a question names one thing that is one only. */
function isPlain(choice: string, glossary: Glossary): boolean {
  const names = glossary.find(choice, true);
  return names.length > 0 && names.every(({ entries }) => entries.length === 1);
}

/** What a name that stands alone can mean, where sentences with it have several of them; null where there is one. */
function severalMeant(
  question: Question,
  judged: readonly Judged[],
  glossary: Glossary,
): readonly GlossaryEntry[] | null {
  const [name, ...more] = question.names;
  if (name === undefined || more.length > 0 || name.entries.length < 2) return null;
  // "Who is meant by ..." asks just that.
  if (/\b(?:meant|means?|meaning|stands? for|label|term|called|alias)\b/iu.test(question.corrected)) return null;
  const isAlone = question.units.every((unit) => unit.shaping || (unit.start >= name.start && unit.start < name.end));
  if (!isAlone) return null;
  const asked = name.surface.toLowerCase();
  const told = judged
    .slice(0, MOST_READ)
    .filter(({ support, candidate }) => support >= ANSWER_THRESHOLD && candidate.reading.toLowerCase().includes(asked))
    .flatMap(({ candidate }) => glossary.find(candidate.reading).filter(({ entries }) => entries.length === 1));
  const meant = name.entries.filter((entry) => told.some(({ entries }) => entries[0] === entry));
  return meant.length < LEAST_CHOICES ? null : meant;
}

function named({ corrected, text, names }: Question, entry: GlossaryEntry): string {
  const [name] = names;
  if (name === undefined) return asQuestion(corrected);
  const whole = text.slice(0, name.start) + withArticle(entry) + text.slice(name.end);
  return ASKS.test(whole) ? asQuestion(whole) : asQuestion(`What is ${withArticle(entry)}`);
}

/** The subjects of a question that any report could be about; null where it says which one it means. */
function openSubjects(question: Question): ReadonlySet<string> | null {
  if (question.names.length > 0 || wantsOf(question.corrected) === "list") return null;
  if (question.units.some(({ kind }) => kind === "name" || kind === "figure")) return null;
  if (question.periods.some(({ exactness }) => exactness === "day")) return null;
  const words = question.tokens.filter(({ stop }) => !stop);
  const isTimed = question.periods.length > 0;
  const subjects = words.filter(({ start, term }) => {
    const unit = question.units.find((each) => each.start === start);
    return unit?.kind === "word" && (!unit.shaping || OF_REPORTS.has(term));
  });
  if (!subjects.every(({ term }) => GENERIC.has(term))) return null;
  // "How many attacks in 2024" can be answered, "what happened in 2024" not.
  if (isTimed ? subjects.length > 0 : subjects.length === 0) return null;
  if (isTimed && !/\b(?:happen|went on|going on|take place|took place|occur)/iu.test(question.corrected)) return null;
  // "Several press stories call the report ...": whoever asks what a report says asks of all of them.
  const isOfReports = subjects.length > 0 && subjects.every(({ term }) => OF_REPORTS.has(term));
  if (isOfReports && !/\bthe report\b/iu.test(question.corrected)) return null;
  return new Set(subjects.map(({ term }) => term));
}

/** The names that tell the nearest sentences apart, one of a sentence. */
function labelsOf(kinds: readonly string[], judged: readonly Judged[], glossary: Glossary): GlossaryEntry[] {
  const labels: GlossaryEntry[] = [];
  for (const { candidate } of judged.slice(0, MOST_READ)) {
    const names = glossary.find(candidate.reading).filter(({ entries }) => entries.length === 1);
    const label = kinds.flatMap((kind) => names.filter((name) => isOf(name, kind, candidate.reading)))[0]?.entries[0];
    if (label !== undefined && !labels.includes(label)) labels.push(label);
    if (labels.length === MOST_CHOICES) break;
  }
  return labels;
}

/** "Pakistan Today" is a newspaper, and "Pakistani" says nothing of where. */
function isOf({ entries, surface, end }: FoundName, kind: string, reading: string): boolean {
  const [entry] = entries;
  if (entry?.kind !== kind) return false;
  return kind !== "place" || (entry.name.startsWith(surface) && !/^ \p{Lu}/u.test(reading.slice(end, end + 2)));
}

const ASKS =
  /\b(?:who|whom|whose|what|which|when|where|why|how|is|are|was|were|do|does|did|has|have|had|tell|explain|describe)\b/iu;
/** What a name can stand for, by the kinds of names. */
const STANDS_FOR: Readonly<Record<string, RegExp>> = {
  "armed-group": /\b(?:the|that|this|these|those) (?:group|outfit|organi[sz]ation|movement)s?\b|\b(?:it|they|them)\b/iu,
  document: /\b(?:the|that|this) report\b/iu,
  event: /\b(?:the|that|this) (?:attack|bombing|blast|explosion|strike|incident|assault)\b/iu,
  operation: /\b(?:the|that|this) operation\b/iu,
};
const ATTACKS = /\b(?:attack|bombing|blast|explosion|strike|assault|incident|kill)/iu;

/** Names of common words take an article: "the Red Army", and not "the AQIS". */
const WITH_ARTICLE =
  /\b(?:army|front|brigade|group|network|taliban|state|party|movement|council|fleet|forces?|emirate|ministry|protocol|committee|team|index|report|states|kingdom|emirates)$/iu;

function withArticle({ name, kind }: GlossaryEntry): string {
  return kind === "event" || kind === "document" || WITH_ARTICLE.test(name) ? `the ${name}` : name;
}

/** The question with a name that says which one is meant. */
function narrowed({ corrected }: Question, entry: GlossaryEntry): string {
  const whole = corrected.replace(/[\s?!.,;:]+$/u, "").replace(/^[\s,;:.]+/u, "");
  const name = withArticle(entry);
  if (!ASKS.test(whole)) {
    if (entry.kind === "document") return asQuestion(`What does ${name} say`);
    if (entry.kind === "event") return asQuestion(`What is known about ${name}`);
    const thing = /\s|s$/u.test(whole) ? whole : `the ${whole}`;
    return asQuestion(`What is known about ${thing} ${whichOf(entry, name, whole)}`);
  }
  const stands = STANDS_FOR[entry.kind];
  if (stands?.test(whole) === true) return asQuestion(whole.replace(stands, name));
  return asQuestion(`${whole} ${whichOf(entry, name, whole)}`);
}

function whichOf({ kind }: GlossaryEntry, name: string, text: string): string {
  if (kind === "document") return `according to ${name}`;
  if (/\bresponsib\w+$/iu.test(text)) return kind === "event" ? `for ${name}` : `for attacks in ${name}`;
  if (kind !== "armed-group") return `in ${name}`;
  const isOfGroup = tokens(text).some(({ term }) => OF_GROUPS.has(term));
  return isOfGroup ? `of ${name}` : ATTACKS.test(text) ? `by ${name}` : `in attacks by ${name}`;
}

function asQuestion(text: string): string {
  const trimmed = text.replace(/[\s?!.]+$/u, "").trim();
  const mark = /^(?:please )?(?:tell|explain|describe|show|give)\b/iu.test(trimmed) ? "." : "?";
  return `${trimmed.charAt(0).toUpperCase()}${trimmed.slice(1)}${mark}`;
}
