/** Where a sentence says that somebody says something: "X said", "according to X", "as relayed by X", "citing X". */

import type { Span } from "../domain/passage.ts";
import { MONTHS } from "../text/words.ts";
import { SURE, UNSURE } from "./saying-words.ts";
import { type Speaker, type SpeakerContext, speakerAfter, speakerAtStart, speakerBefore } from "./speakers.ts";

/** What part in a chain of telling somebody has. */
export type Part =
  /** Says it: the subject of a verb of saying. */
  | "says"
  /** Is named as the source: "according to X", "in the view of X". */
  | "source"
  /** Passes on what others say: "as relayed by X". */
  | "relay"
  /** Is who a speaker cites: nearer to the origin than the speaker. */
  | "cited";

export interface Saying {
  readonly who: Speaker;
  readonly part: Part;
  /** Where the words of saying begin and end in the sentence. */
  readonly start: number;
  readonly end: number;
}

/** What cannot be a statement of fact: it is denied, wished for or possible. */
const NOT_SAID =
  /(?:\b(?:not|never|without|to|could|would|should|can|cannot|may|might|must|will|if|whether|nor|let|neither|who)|n['’]t)\s+(?:\p{Ll}+ly\s+|have\s+|also\s+|be\s+)?$/u;
const PASSIVE = /\b(?:was|were|is|are|been|being|be|get|got)\s+(?:\p{Ll}+ly\s+|also\s+|first\s+|again\s+|then\s+)?$/u;
const BY_AFTER = /^(?:\s(?:on|in)\s[^,;.]{1,30}|\s\p{Ll}+ly|\sagain)?\sby\s/u;
const RELAYED =
  /(?:\bas\s(?:first\s|later\s|also\s)?)?\b(?:relayed|reported|carried|quoted|published|reproduced|excerpted|summari[sz]ed|cited|noted|told|recorded|described|given|seen|paraphrased|documented|translated|shown)\s(?:on\s[^,;.]{1,24}\s|again\s|in \p{Lu}\p{Ll}+ \d{4}\s|\p{Ll}+ly\s)?by\s/gu;
const ACCORDING =
  /\b(?:[Aa]ccording to|[Ii]n the (?:view|opinion|words|estimation|judg?e?ment|assessment|accounts?|version|telling|reading|estimate|count) of|[Oo]n the word of|on the authority of)\s/gu;
const FINDING_OF =
  /\b[Tt]he (?:estimate|finding|figure|count|view|assessment|claim|conclusion|wording|verdict|words) of\s/gu;
const PER = /(?:^Per|\b(?:as )?per)\s(?=(?:the\s)?\p{Lu})/gu;
const CITING = /\b(?:[Cc]iting|[Qq]uoting|quotes|cites|cited|quoted)\s(?!by\b|as\b)/gu;
const ATTRIBUTED =
  /(?<!\b(?:was|were|is|are|been|be)\s)\b(?:attributed|attributes|ascribed|credited)\s(?:(?:this|that|the|its|these|two|both|it|them)\s)?(?:(?:claims?|figures?|numbers?|information|estimates?|statements?|reports?|accounts?|quotes?)\s)?to\s/gu;
const RELAYED_FROM = /\brelayed\s[^.;:]{1,90}?\sfrom\s/gu;
/** "The Courier reported from the 12th report": only a document, as "reported from Quetta" is where. */
const REPORTED_FROM = /\b(?:reported|wrote|noted|gave|printed|excerpted)\sfrom\s/gu;
/** "In Dunya News's account", "as Dawn's story makes clear". */
const ACCOUNT_OF_ITS =
  /\b(?:[Ii]n|[Bb]y|[Oo]n|[Ff]rom|[Aa]s)\s(?<who>(?:(?!\s(?:in|by|on|from|as)\s)[^,;:.()]){2,70}?)['’]s?\s(?:own\s|later\s|first\s|\p{Lu}\p{Ll}+\s\d{4}\s)?(?:view|opinion|words|estimates?|assessment|accounts?|data|count|tally|reckoning|figures|telling|version|table|scale|story|article|records)\b/gu;
/** "In the PICSS data", "in the 36th report", "in the State Department release". */
const ACCOUNT =
  /\b(?:[Ii]n|[Ff]rom|[Bb]y)\s(?:the|a|an)\s(?<who>(?:[\p{L}\d’'-]+\s){1,7}?(?:data|figures|accounts?|statistics|tally|count|summary|taxonomy|estimates|reports?|release|story|listing|index|survey|press copies))\b(?!\s(?:pages?|summary|reports?|data|figures)\b)/gu;
/** "The 35th report of February 2025, as relayed by": a document that others pass on. */
const DOCUMENT =
  /\b(?:reports?|data|figures|statement|release|summary|index|survey|statistics|study|count|line|estimates?|GTI(?: \d{4})?)$/u;
const HEDGES =
  /\b(?:(?<!\b(?:of|the|an?|with|for|some|many|over|their|its|as|other|those|individuals|persons|people|members)\s)(?:reportedly|allegedly|purportedly|supposedly)|[Ii]t (?:is|was|has been|had been) (?:also\s|widely\s)?(?:reported|alleged|claimed|believed|said|estimated|thought|rumou?red) that|(?:is|are|was|were) (?:also\s|widely\s|commonly\s|generally\s)?(?:said|reported|believed|thought|alleged|rumou?red|understood|claimed) to\b|[Tt]here (?:were|was|are|have been|had been) (?:(?!no\b)\p{Ll}+,?\s){0,4}(?:reports?|allegations|claims|accusations|accounts|complaints)\b)/gu;
/** "Strictly according to the Koran", "according to judges' orders": what is followed, and nobody who tells. */
const FOLLOWED_BEFORE =
  /(?:\b(?:live[sd]?|living|act(?:s|ed|ing)?|solely|only|treated|vary|varied|varies|differ(?:s|ed)?|paid|ranked|sorted)|\p{Ll}ly)\s$/u;
const FOLLOWED =
  /\b(?:orders?|instructions|rules|procedures?|standards?|principles|criteria|needs|beliefs|sharia|[KQ][uo]r['’]?an|schedule|plans?|protocols?|preferences?|guidelines|polic(?:y|ies)|laws?)$/iu;
const NO_SOURCE =
  /^(?:the\s)?(?:law|plan|plans|schedule|need|needs|rank|custom|tradition|age|gender|type|size|severity|rules|whether|how|what|instructions|their|his|her|its own)\b(?!\s(?:enforcement|firm))/iu;

/** The sayings of a sentence in its order. `text` has single spaces for white space. Nothing is said twice. */
export function sayingsIn(text: string, context: SpeakerContext): Saying[] {
  const found: Saying[] = [];
  const add = (who: Speaker | null, part: Part, start: number, end: number) => {
    if (who === null) return;
    const isTwice = found.some(
      (other) =>
        (start < other.end && other.start < end && other.part === part) ||
        (who.kind === "named" &&
          other.who.kind === "named" &&
          who.span.start < other.who.span.end &&
          other.who.span.start < who.span.end &&
          !(part === "cited" || other.part === "cited")),
    );
    if (!isTwice) found.push({ who, part, start, end });
  };
  const after = (pattern: RegExp, part: Part, isSource: boolean) => {
    for (const { index, 0: words } of text.matchAll(pattern)) {
      const end = index + words.length;
      if (isSource && (NO_SOURCE.test(text.slice(end, end + 40)) || FOLLOWED_BEFORE.test(text.slice(0, index))))
        continue;
      const who = speakerAfter(text, end, isSource, context);
      if (isSource && who?.kind === "named" && FOLLOWED.test(text.slice(who.span.start, who.span.end))) continue;
      add(who, part, index, end);
    }
  };
  after(ACCORDING, "source", true);
  after(PER, "source", false);
  after(FINDING_OF, "source", false);
  for (const match of [...text.matchAll(ACCOUNT_OF_ITS), ...text.matchAll(ACCOUNT)]) {
    const who = match.groups?.who ?? "";
    const at = match.index + match[0].indexOf(who, match[0].indexOf(" "));
    add(accountOf(text, at, who, context), "source", match.index, match.index + match[0].length);
  }
  for (const { index, 0: words } of text.matchAll(RELAYED)) {
    if (NOT_SAID.test(text.slice(Math.max(0, index - 24), index))) continue;
    const isPassive = PASSIVE.test(text.slice(Math.max(0, index - 24), index));
    // "Claimed by X" as a mere attribute says nothing of the rest; a report that is passed on does.
    add(
      speakerAfter(text, index + words.length, false, context),
      isPassive ? "says" : "relay",
      index,
      index + words.length,
    );
    const document = isPassive
      ? null
      : speakerBefore(text, text.slice(0, index).replace(/,?\s*$/u, "").length, false, context);
    if (document?.kind === "named" && DOCUMENT.test(text.slice(document.span.start, document.span.end))) {
      add(document, "source", document.span.start, document.span.end);
    }
  }
  after(CITING, "cited", false);
  after(ATTRIBUTED, "cited", false);
  after(RELAYED_FROM, "cited", false);
  for (const { index, 0: words } of text.matchAll(REPORTED_FROM)) {
    const who = speakerAfter(text, index + words.length, false, context);
    if (who?.kind === "named" && DOCUMENT.test(text.slice(who.span.start, who.span.end)))
      add(who, "cited", index, index + words.length);
  }
  // In the order of the sentence: a further verb has the subject of the one before it.
  const verbs = [...SURE.map((verb) => [verb, true] as const), ...UNSURE.map((verb) => [verb, false] as const)]
    .flatMap(([[pattern, follows], isSure]) =>
      Array.from(text.matchAll(pattern), ({ index, 0: verb }) => ({
        start: index,
        end: index + verb.length,
        follows,
        isSure,
      })),
    )
    .sort((a, b) => a.start - b.start);
  for (const verb of verbs) addVerb(text, verb, context, found, add);
  for (const { index, 0: words } of text.matchAll(SAYING_AFTER)) {
    add(speakerAtStart(text, index, context), "says", index, index + words.length);
  }
  for (const { index, 0: words } of text.matchAll(HEDGES))
    add({ kind: "nobody" }, "source", index, index + words.length);
  return found.sort((a, b) => a.start - b.start);
}

type Add = (who: Speaker | null, part: Part, start: number, end: number) => void;

/** What may stand behind a speaker who follows his verb: "said the report in the accounts of the press". */
const BEHIND_SPEAKER = /^\s?(?:[(,.;]|$|as\b|in\b|on\b|with\b|of\b|at\b|from\b)/u;
/** Where a verb at the end of a sentence says who passed on all that was before it: ", Dawn reported on Monday." */
const AT_THE_END = /^(?:\s(?:on|in|at)\s[^,;.]{1,40})?[.”"’)\s]*$/u;

interface FoundVerb extends Span {
  readonly follows: RegExp | null;
  readonly isSure: boolean;
}

function addVerb(
  text: string,
  { start, end, follows, isSure }: FoundVerb,
  context: SpeakerContext,
  found: readonly Saying[],
  add: Add,
): void {
  const before = text.slice(Math.max(0, start - 40), start);
  const after = text.slice(end, end + 160);
  if (NOT_SAID.test(before)) return;
  if (PASSIVE.test(before)) {
    const by = BY_AFTER.exec(after);
    if (by !== null) add(speakerAfter(text, end + by[0].length, false, context), "says", start, end);
    return;
  }
  if (BY_AFTER.test(after)) return;
  const isPlain = isSure || /^(?:\s(?:on|in)\s[^,;.]{1,40})?\sthat\b/u.test(after);
  const who = subjectOf(text, start, isPlain, context, found);
  if (who === null && isSure && /[,”"’?!]\s$/u.test(before)) {
    const behind = speakerAfter(text, end + 1, false, context);
    const isSubject = behind?.kind === "named" && BEHIND_SPEAKER.test(text.slice(behind.span.end));
    if (isSubject) add(behind, "says", start, end);
    return;
  }
  if (who === null || (follows !== null && !follows.test(after))) return;
  const from = who.kind === "named" ? who.span.start : start;
  const lead = text.slice(Math.max(0, from - 8), from);
  // "If unions called for a march": nobody did.
  if (/\b(?:[Ii]f|[Uu]nless|[Ww]hether)\s(?:the\s|an?\s)?$/u.test(text.slice(Math.max(0, from - 16), from))) return;
  // "In other Gulf states." is no verb; ", the summary states." is.
  const isLast = /^\.?$/u.test(after) && !/(?:,|\b[Aa]s)\s(?:the\s|an?\s)?$/u.test(lead);
  const isListed = /\bas\s[^,;]{1,90}\sand\s(?:the\s)?$/u.test(text.slice(Math.max(0, from - 110), from));
  if (isLast && !(isListed && text.slice(start, end) === "say")) return;
  const isRelay =
    who.kind === "named" &&
    (/(?:^|[\s,])[Aa]s\s(?:the\s|an?\s)?$/u.test(lead) ||
      (/,\s(?:the\s|an?\s)?$/u.test(lead) && AT_THE_END.test(after)));
  add(who, isRelay ? "relay" : "says", start, end);
}

/** Who is the subject of a verb: right before it, or, where it is a further verb of its sentence, at the beginning. */
function subjectOf(
  text: string,
  start: number,
  isSure: boolean,
  context: SpeakerContext,
  found: readonly Saying[],
): Speaker | null {
  const who = speakerBefore(text, start, isSure, context);
  if (who !== null || !/\s(?:and|but)(?:\s(?:also|\p{Ll}+ly))?\s$/u.test(text.slice(Math.max(0, start - 24), start)))
    return who;
  return found.some(({ part, end }) => part === "says" && end <= start) ? null : speakerAtStart(text, start, context);
}

/** "..., saying that": the subject is that of the sentence. */
const SAYING_AFTER = /,\s(?:saying|claiming|alleging|arguing|stating|insisting|warning|denying|adding|asserting)\s/gu;

function accountOf(text: string, start: number, who: string, context: SpeakerContext): Speaker | null {
  if (/^(?:our|my)\b/u.test(who)) return { kind: "self" };
  if (/^(?:its|his|her|their)\b/u.test(who)) return { kind: "pronoun" };
  // "In a July report": there has to be a name, or the number of a report.
  const isNamed = who
    .split(" ")
    .some((word) => /^(?:\p{Lu}|\d+(?:st|nd|rd|th)$)/u.test(word) && !MONTH_OR_DAY.test(word));
  const found = isNamed ? speakerAfter(text.slice(0, start + who.length), start, false, context) : null;
  return found?.kind === "named" ? found : null;
}

const MONTH_OR_DAY = new RegExp(`^(?:${MONTHS.join("|")}|\\p{L}+day)$`, "iu");
