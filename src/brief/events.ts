/** Sentences that tell of an event, and when it was. */

import { asOf, contextOf } from "../answer/quoted-time.ts";
import { type SpokenTime, spokenTimes } from "../answer/spoken-times.ts";
import type { Passage, Span } from "../domain/passage.ts";
import { dateRange, type Period } from "../domain/report.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import { MONTH_ABBREVIATIONS, MONTHS } from "../text/words.ts";
import { isOfDifferences } from "./figure-groups.ts";
import { standing } from "./lines.ts";
import type { Item, Material, SubjectView } from "./material.ts";
import { isSource } from "./method.ts";

/** An event as one sentence tells it. */
export interface ToldEvent {
  readonly item: Item;
  /** One day or month, or a few days; a year where the sentence names no more. */
  readonly period: Period;
  /** 0 to 1: how much of an event it is. A deed is more of one than a statement. */
  readonly weight: number;
  /** Whether something happened then; otherwise somebody only spoke. */
  readonly isReal: boolean;
}

const DEED =
  /\b(?:attacked|bombed|(?<!-)hit|struck|stormed|hijacked|seized|ambushed|raided|killed|shot|assassinated|beheaded|exploded|detonated|blown up|blew up|captured|arrested|detained|extradited|executed|died|abducted|kidnapped|clashed|invaded|overran|fell to|took (?:power|over|control|Kabul)|withdrew|broke out|escaped|breached|hacked|leaked|targeted)\b/u;
const ACT =
  /\b(?:founded|formed|created|established|announced|declared|merged|split (?:off|from)|pledged|listed|designated|banned|outlawed|proscribed|sanctioned|blacklisted|delisted|indicted|convicted|sentenced|charged|launched|began|started|ended|approved|adopted|signed|ratified|appointed|elected|succeeded|released|freed|closed|reopened|expelled|met|visited|agreed|renewed|extended|circulated|published|issued|claimed responsibility|named(?= .{0,90}\bTerrorist)|took responsibility|added(?! (?:in|on|that)\b)|placed|offered|suspended|dissolved|deployed|handed over|repatriated|passed|resigned)\b/u;
const PUBLISHED = /\b(?:announced|declared|published|issued|released|circulated)\b/u;
const EVENT_NOUN =
  /\b(?:attack|bombing|blast|assault|raid|ambush|hijacking|siege|strikes?|airstrikes?|killings?|assassination|arrest|designation|listing|proscription|ban|acceptance|formation|foundation|founding|creation|merger|explosion|shooting|ceasefire|meeting|summit|talks|operation|takeover|coup|election|massacre)\b/iu;
const STATEMENT =
  /\b(?:said|told|rejected|denied|dismissed|accused|alleged|claimed|blamed|called|warned|asked|urged|condemned|described|complained|spoke|stated|confirmed|admitted|threatened|demanded|replied|answered|criticised|criticized|vowed|expressed|cited|argued|added (?:in|on|that)|insisted|noted|reiterated|welcomed|remarked|repeated|wrote|rejection|denials?|dossier|remarks?|regret|condolences)\b/iu;
const COUNTING =
  /\b(?:counted|recorded|logged|tallied|registered|documented|estimated|put (?:at|\p{Lu}|the)|averaged|rose|fell (?:by|from|to)|increased|decreased|dropped|totall?ed|per ?cent|figures? (?:for|of)|in all|the most since)\b|%/u;
/** A text that speaks of what could be seen of its sources tells of no event. */
const OF_SOURCES =
  /\b(?:not (?:visible|seen|found|located|checked)|no (?:account|statement|report|page)s?\b|was seen|were seen|excerpt|copy seen|copies seen|undated|unverified|arithmetic|misprint|wording|paraphrase)\b/iu;
/** "A report on the raid of 2019 described him as": what it tells of was not then. */
const REPORT_ON =
  /^\W*(?:[Aa]n?|[Tt]he)\s[^,;]{0,70}\b(?:reports?|stor(?:y|ies)|articles?|pages?|texts?|accounts?|entry|entries)\s(?:on|of|about)\s(?!the UN\b)/u;
/** Whose time is whose is hard to tell. */
const WHEREAS = /\b(?:whereas|while others)\b/u;
const HAS_TIME = new RegExp(
  `\\b(?:19|20)\\d\\d\\b|\\b(?:${MONTHS.join("|")}|${[...MONTH_ABBREVIATIONS.keys()].join("|")})\\b`,
  "iu",
);
const MONTH_NAME = new RegExp(
  `\\b(?:${MONTHS.map((month) => month.charAt(0).toUpperCase() + month.slice(1)).join("|")})\\b`,
  "u",
);
const AHEAD = /\b(?:will|would|is to|are to|plans? to|planned to|expected to|due to (?:be|take)|set to|scheduled)\b/iu;

/** A sentence must be at least so much about the subject; */
const LEAST_ABOUT = 0.5;
/** and so much where it stands under it. */
const LEAST_UNDER = 0.3;
/** Days that one event may take. */
const LONGEST = 4;

/** The event that a sentence tells of with its day, month or, alone, year; null where it tells of none on the subject. */
export function eventOf(item: Item, subject: SubjectView | null, glossary: Glossary): ToldEvent | null {
  const { reading, hit, reported } = item;
  // What has no time and tells of no deed is most of it.
  if (!HAS_TIME.test(reading) || weightOf(reading, false) === 0) return null;
  if (!isOnSubject(item, { subject, glossary }) || standing(item) === 0 || hit.source.kind === "op-ed") return null;
  if (isToldBy(item, subject)) return null;
  if (
    OF_SOURCES.test(reading) ||
    REPORT_ON.test(reading) ||
    AHEAD.test(reading) ||
    WHEREAS.test(reading) ||
    reported.polarity.isDoubted
  )
    return null;
  const spoken = spokenTimes(reading, contextOf(hit.source, hit.passage.locator.headings));
  const times = timesOf(reading, spoken);
  // "From July 2022 to May 22": no event takes so long.
  if (times.some(({ start }) => /\b(?:from|between)\s$/iu.test(reading.slice(0, start)))) return null;
  const told = eventTime(times, reading);
  if (told === null || isInFuture(told.period, item)) return null;
  const { period, isReal } = told;
  const weight = isReal ? weightOf(reading, false) : Math.min(STATED, weightOf(reading, true));
  // A day of which nobody knows the year stands beside it: the year is that of something else.
  if (period.from.length === YEAR.length && (weight < LEAST_OF_A_YEAR || MONTH_NAME.test(without(reading, spoken))))
    return null;
  const isDay = period.from.length > MONTH.length;
  if (weight === 0 || (!isDay && isOfFigures(item))) return null;
  // Under a heading that tells another time, the sentence's own may be misread, unless its day is written out.
  const isPlain =
    isReal &&
    isDay &&
    times.some(({ start, end, from }) => from === period.from && WRITTEN.test(reading.slice(start, end)));
  const about = isPlain ? null : asOf(item, item.sentence);
  if (!isPlain && isOfDifferences(item)) return null;
  const worth = isOfDifferences(item) ? weight * OF_DIFFERENCES : weight;
  return isPlain || about?.basis === "quote" ? { item, period, weight: worth, isReal } : null;
}

/** What sources differ on tells an event less plainly than they do. */
const OF_DIFFERENCES = 0.7;
const SOURCES = new Set(["think-tank", "document"]);

/** What a think-tank only counted or wrote of is no event of its own. */
function isToldBy({ reading, reported }: Item, subject: SubjectView | null): boolean {
  const [entry] = subject?.entries ?? [];
  if (entry === undefined || !SOURCES.has(entry.kind)) return false;
  return reported.view.names.every((name) => !name.entries.includes(entry) || isSource(reading, name));
}

const WRITTEN = /\b(?:19|20)\d\d\b/u;

/** The times that a sentence speaks of, without those that only place something else: "after the bombing of August 2021". */
function timesOf(reading: string, spoken: readonly SpokenTime[]): SpokenTime[] {
  const times: SpokenTime[] = [];
  for (const time of spoken) {
    const before = reading.slice(0, time.start);
    const last = times.at(-1);
    // "in reports of July 2024 and February 2025"
    const isListed =
      last?.isOfDocument === true && /^\s?(?:,|and|or|, and|to)\s$/u.test(reading.slice(last.end, time.start));
    // "placed on the list on 29 July 2011 as entry 132"
    const isDone = /\bon\s$/u.test(before) && (DEED.test(before) || ACT.test(before)) && !OF_A_TEXT.test(before);
    const isOfDocument = !isDone && (time.isOfDocument || isListed || OF_A_TEXT.test(before));
    const isOfSaying = isOfDocument || (time.isOfSaying && !time.isOfDocument);
    times.push({ ...time, isOfDocument, isOfSaying });
  }
  return times.filter(
    ({ start, end, isAsOf, from }) =>
      !isAsOf &&
      !NAMED_BY_DAY.test(reading.slice(end)) &&
      !BESIDE.test(reading.slice(0, start)) &&
      !(from.length <= MONTH.length && IN_PASSING.test(reading.slice(0, start))),
  );
}

/** A text without some stretches of it. */
function without(text: string, spans: readonly Span[]): string {
  return spans.reduce((left, { start, end }) => left.slice(0, start) + " ".repeat(end - start) + left.slice(end), text);
}

/** What is said in a text of that time is no event of it. */
const OF_A_TEXT =
  /\b(?:summar(?:y|ies)|figures?|tolls?|counts?|estimates?|data|pages?|lists?|texts?|taxonomy|fact ?sheets?|polls?)\s(?:\p{Ll}+\s)?(?:of|from|in|for|as of)\s(?:early\s|late\s|mid-?)?$/iu;
/** "Trials of May 9 rioters": the name of what was then. */
const NAMED_BY_DAY =
  /^\s(?:riot\w*|protest\w*|violence|attackers?|hijackers?|bombers?|marchers|unrest|verdict|massacre|coup|incidents?)\b/iu;
/** ", which was created in 2011": said in passing. */
const IN_PASSING = /\b(?:which|who|where|whose)\b[^,;:]{0,70}$/iu;
/** A time behind such a word is that of what came before, or goes on since. */
const BESIDE = /\b(?:after|following|since|before|prior to|until|till|ahead of)\b[^,;:]{0,80}$|\b(?:pre|post)[-–]$/iu;

const MONTH = "2025-01";
const YEAR = "2025";

/** What a statement is worth at most. */
const STATED = 0.5;
/** In the name of a year goes what happened, not what was said. */
const LEAST_OF_A_YEAR = 0.8;

/** Whether a sentence is on the subject by itself, or by where it stands. */
export function isOnSubject(item: Item, { subject, glossary }: Pick<Material, "subject" | "glossary">): boolean {
  if (item.aboutness >= LEAST_ABOUT) return true;
  return item.aboutness >= LEAST_UNDER && isUnder(item, subject, glossary);
}

/** Whether a sentence stands in a report, or under a heading, that names the subject and nothing else of its kind. */
function isUnder({ hit }: Item, subject: SubjectView | null, glossary: Glossary): boolean {
  const [entry] = subject?.entries ?? [];
  if (entry === undefined) return false;
  return headingsNames(hit.passage, hit.source.title, glossary).some((named) => {
    const others = named.filter(({ kind, name }) => kind === entry.kind && kind !== "place" && name !== entry.name);
    return named.includes(entry) && others.every(({ aliases }) => aliases.some((alias) => isPartOf(alias, entry)));
  });
}

const headed = new WeakMap<Passage, readonly (readonly GlossaryEntry[])[]>();

/** The names in the title of a passage's report, and in each heading over it. */
function headingsNames(passage: Passage, title: string, glossary: Glossary): readonly (readonly GlossaryEntry[])[] {
  const known = headed.get(passage);
  if (known !== undefined) return known;
  const found = [title, ...passage.locator.headings].map((text) =>
    glossary.find(text).flatMap(({ entries }) => entries),
  );
  headed.set(passage, found);
  return found;
}

/** "BLA Majeed Brigade": the name of a unit begins with that of its group. */
function isPartOf(alias: string, { name, aliases }: GlossaryEntry): boolean {
  const first = (alias.split(/[\s-]/u)[0] ?? "").toLowerCase();
  return [name, ...aliases].some((other) => other.toLowerCase() === first);
}

/** "In January 2025 PICSS counted 74 attacks": figures of a month are no event of it. */
function isOfFigures({ reading, reported }: Item): boolean {
  const isNamed = reported.view.names.some(({ entries }) => entries.some(({ kind }) => kind === "event"));
  return (
    COUNTING.test(reading) ||
    (!isNamed && reported.counts.counted.some(({ fate, figure }) => fate !== null && figure.unit === ""))
  );
}

/**
 * The time of an event: of several the first day on which something happened, before those on which somebody spoke; null
 * where only a document has one, or where a year or several months could be meant.
 */
function eventTime(
  times: readonly SpokenTime[],
  reading: string,
): { readonly period: Period; readonly isReal: boolean } | null {
  const happened = times.filter((time) => !time.isOfSaying && isOfDeed(reading, time));
  const real = oneTime(happened);
  if (real !== null) return { period: real, isReal: true };
  if (happened.length > 0) return null;
  const said = oneTime(times.filter(({ isOfDocument }) => !isOfDocument));
  return said === null ? null : { period: said, isReal: false };
}

/** In the order of the text. */
function oneTime(candidates: readonly SpokenTime[]): Period | null {
  const exact = candidates.filter(({ from, to }) => from === to && from.length >= MONTH.length);
  if (exact.length === 0) {
    const [only, ...others] = candidates;
    const isYear = only !== undefined && only.from === only.to && only.from.length === YEAR.length;
    return isYear && others.length === 0 ? { from: only.from, to: only.to } : null;
  }
  const days = exact.filter(({ from }) => from.length > MONTH.length);
  if (days.length === 0 && exact.length < candidates.length) return null;
  const inText = (days.length > 0 ? days : exact).map(({ from }) => from);
  const [first] = inText;
  const [from, to] = [[...inText].sort()[0], [...inText].sort().at(-1)];
  if (first === undefined || from === undefined || to === undefined) return null;
  if (from === to) return { from, to };
  if (days.length === 0) return null;
  return daysBetween(from, to) < LONGEST ? { from, to } : { from: first, to: first };
}

/**
 * Whether something was done at a time, by the last word before it that says what was then: a deed, or speech. Where none
 * stands before it, as in "On 3 May", by the first after it.
 */
function isOfDeed(reading: string, { start, end }: SpokenTime): boolean {
  const before = reading.slice(0, start);
  const [deed, said] = [lastOf(HAPPENED, before), lastOf(SPOKEN, before)];
  if (deed >= 0 || said >= 0) return deed > said;
  const after = reading.slice(end);
  const [done, spoken] = [after.search(HAPPENED), after.search(SPOKEN)];
  return done >= 0 && (spoken < 0 || done < spoken);
}

const HAPPENED = new RegExp([DEED, ACT, EVENT_NOUN].map(({ source }) => `(?:${source})`).join("|"), "u");
const SPOKEN = STATEMENT;

/** Where the last match in a text begins; -1 for none. */
function lastOf(pattern: RegExp, text: string): number {
  let last = -1;
  for (const { index } of text.matchAll(new RegExp(pattern.source, `g${pattern.flags}`))) last = index;
  return last;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
}

function isInFuture({ from }: Period, { hit: { source } }: Item): boolean {
  return source.published !== null && dateRange(from).from > dateRange(source.published).to;
}

function weightOf(reading: string, isSaid: boolean): number {
  const isStatement = STATEMENT.test(reading);
  if (isSaid) return isStatement || PUBLISHED.test(reading) ? 0.5 : 0;
  if (DEED.test(reading)) return isStatement ? 0.85 : 1;
  if (ACT.test(reading)) return isStatement ? 0.8 : 0.95;
  if (isStatement) return 0.5;
  return EVENT_NOUN.test(reading) ? 0.6 : 0;
}

/** Whether two sentences tell of one event: at one time, and alike, or of one event that has a name. */
export function isOneEvent(a: ToldEvent, b: ToldEvent, likeness: number): boolean {
  const [one, other] = [rangeOf(a.period), rangeOf(b.period)];
  if (one.to < other.from || other.to < one.from) return false;
  const isExact = a.period.from === b.period.from && a.period.to === b.period.to;
  const named = eventsOf(a);
  const areNamed = eventsOf(b).some((event) => named.includes(event));
  return likeness >= (areNamed ? 0.5 : isExact ? 0.58 : 0.66);
}

const rangeOf = ({ from, to }: Period): Period => ({ from: dateRange(from).from, to: dateRange(to).to });

function eventsOf({ item }: ToldEvent): string[] {
  return item.reported.view.names.flatMap(({ entries }) =>
    entries.filter(({ kind }) => kind === "event").map(({ name }) => name),
  );
}
