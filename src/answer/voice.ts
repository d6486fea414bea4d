/** Who says what a quote says: its report, somebody whom the report names, an origin, or the author of an op-ed. */

import type { Voice } from "../domain/answer.ts";
import type { Span } from "../domain/passage.ts";
import type { ReportSource } from "../domain/report.ts";
import type { Glossary } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import type { Candidate } from "./evidence.ts";
import { type Saying, sayingsIn } from "./sayings.ts";
import type { SpeakerContext } from "./speakers.ts";

/** A name in a quote, as it stands there. */
type Named = string;

/**
 * The voice of the quoted span of a candidate's passage.
 *
 * "report": nobody else is named, or it says that it counted or compared itself. "attributed": the quoted words name who
 * says it, or only that somebody does ("reportedly"), and then nobody is named. "relayed": they name the origin of a chain
 * ("PICSS, as relayed by Dawn"), or a document or publisher that the report has as its origin. "opinion": an op-ed
 * says it; where it plainly passes on what another said, that other is named and it is "relayed".
 *
 * Of a chain the one at its beginning is named. `who` is a slice of the quoted canonical text, at most 80 characters,
 * except for an opinion piece: there it is its author or publisher from the metadata. A person behind a pronoun is
 * named only where the quoted sentence before names one.
 */
export function voiceOf({ hit: { passage, source } }: Pick<Candidate, "hit">, span: Span, glossary: Glossary): Voice {
  const context: SpeakerContext = { glossary, isKnown: knownIn(source) };
  const isOpEd = source.kind === "op-ed";
  const sentences = passage.sentences.filter(({ start, end }) => start < span.end && span.start < end);
  let before: readonly Told[] = [];
  let voice: Voice | null = null;
  let areAllRelayed = true;
  for (const sentence of sentences) {
    const [start, end] = [
      Math.max(sentence.start, span.start) - passage.start,
      Math.min(sentence.end, span.end) - passage.start,
    ];
    const text = folded(passage.reading.slice(start, end));
    const told = sayingsIn(text.reading, context).map((saying) => ({
      saying,
      name:
        saying.who.kind === "named"
          ? sliceOf(passage.text, start, text, behindAccount(text.reading, saying.who.span))
          : null,
    }));
    const own = voiceIn(text.reading, told, before, source, glossary);
    if (own !== null) voice = own;
    areAllRelayed &&= own?.kind === "relayed";
    before = told;
  }
  if (isOpEd)
    // One sentence of the writer's own makes the quote his.
    return areAllRelayed && voice?.kind === "relayed" && voice.who !== null
      ? voice
      : { kind: "opinion", who: writerOf(source) };
  return voice ?? { kind: "report", who: null };
}

interface Told {
  readonly saying: Saying;
  /** As it stands in the canonical text; null where nobody is named, or markup is within the name. */
  readonly name: Named | null;
}

/** Whoever only tells what another says: "press accounts of", "a copy of". */
const ACCOUNT_OF =
  /^(?:[^,]{0,60}\s)?(?:accounts?|cop(?:y|ies)|excerpts?|mirror copy|coverage)\s(?:of|from)\s(?:the\s|an?\s)?(?=\p{Lu}|\d+(?:st|nd|rd|th)\s)/u;

/** Of "Dawn's account of the PICSS data" the part that is told of. */
function behindAccount(reading: string, { start, end }: Span): Span {
  const account = ACCOUNT_OF.exec(reading.slice(start, end));
  return { start: start + (account?.[0].length ?? 0), end };
}

/** "By our own arithmetic": the report itself reckons with what others said. */
const OWN = /^\W*(?:by|in|on|from) our own\b|\b(?:means?|is|are|was|were)\s(?:also\s)?by our own\b/iu;
const OPINION =
  /\b(?:op-?eds?|opinion (?:piece|column|article|essay)s?|editorials?|columns?|columnists?|commentary|commentators?)\b/iu;
const OWN_REPORT = /^(?:present|this) (?:report|paper|study|digest|assessment|brief|review)$/iu;

/** The voice of one sentence; null where it names nobody. */
function voiceIn(
  text: string,
  told: readonly Told[],
  before: readonly Told[],
  source: ReportSource,
  glossary: Glossary,
): Voice | null {
  if (OWN.test(text)) return source.kind === "op-ed" ? null : { kind: "report", who: null };
  const chain = told
    .map((each) => resolved(each, before))
    .filter((each, _at, all) => !isAddition(each, all, text))
    .filter(
      ({ saying, name }) =>
        !(saying.who.kind === "self") && !(name !== null && isOfItself(name, text, saying, source, glossary)),
    );
  // No one name stands for all of them, and it is not so that nobody is named: the quote does that itself.
  if (source.kind !== "op-ed" && chain.some(({ saying }) => saying.who.kind === "several"))
    return { kind: "report", who: null };
  const [origin] = chain.length > 0 ? [originOf(chain, text, source)] : [];
  if (origin === undefined) return told.length > 0 && chain.length === 0 ? { kind: "report", who: null } : null;
  const { name } = origin;
  const others = chain.filter((each) => each.name !== null && each.name !== name);
  if (source.kind === "op-ed" && (name === null || OPINION.test(name) || isWriter(name, source))) {
    const other = chain.find((each) => each.name !== null && !OPINION.test(each.name) && !isWriter(each.name, source));
    return other === undefined ? null : { kind: "relayed", who: other.name };
  }
  if (source.kind === "op-ed") return { kind: "relayed", who: name };
  if (name === null) return { kind: "attributed", who: null };
  if (OPINION.test(name) && others.every((each) => OPINION.test(each.name ?? "")))
    return { kind: "opinion", who: name };
  const isChain = others.some(
    (each) =>
      each.saying.part !== "says" || origin.saying.part === "cited" || isNested(each.saying, origin.saying, text),
  );
  if (isChain || isOrigin(name, source, glossary)) return { kind: "relayed", who: name };
  return { kind: "attributed", who: name };
}

/** "..., according to RVI; the Courier also gives 90": what another adds behind is not said by him before. */
function isAddition({ saying }: Told, all: readonly Told[], text: string): boolean {
  if (
    saying.part !== "says" ||
    saying.who.kind !== "named" ||
    !/\balso\b/u.test(text.slice(saying.who.span.end, saying.end))
  )
    return false;
  const mark = text.lastIndexOf(";", saying.who.span.start);
  return all.some((other) => other.name !== null && other.saying.end <= mark);
}

/** A pronoun is the one who is named in the quoted sentence before it, where that is only one. */
function resolved(told: Told, before: readonly Told[]): Told {
  if (told.saying.who.kind !== "pronoun") return told;
  const names = new Set(before.flatMap(({ name, saying }) => (name === null || saying.part === "relay" ? [] : [name])));
  const [only] = names;
  return names.size === 1 && only !== undefined ? { ...told, name: only } : told;
}

/** Outlets pass on; what they cite or relay is nearer to the beginning. */
const OUTLET =
  /\b(?:news|times|tribune|post|herald|tv|reuters|afp|associated press|ap|ians|ani|app|dawn|express|observer|daily|wikipedia|gazette|journal|agency|media|press|newspaper|outlet|website|page|copy|mirror|wire|channel|broadcaster|radio|bbc|cnn|voa|telegraph|guardian|independent|standard|chronicles?|bulletin|magazine|wiki|accounts?|stories|story|article)\b/iu;

/** The one at the beginning of the chain. */
function originOf(chain: readonly Told[], text: string, source: ReportSource): Told {
  const isOutlet = (each: Told) => each.name === null || OUTLET.test(each.name) || isFootnote(each.name, source);
  const named = chain.filter(({ name }) => name !== null);
  const cited = named.find(({ saying }) => saying.part === "cited");
  if (cited !== undefined && named.some(({ saying }) => saying.part !== "cited")) return cited;
  const says = named.filter(({ saying }) => saying.part === "says");
  let first = says[0];
  // "Dawn reported that the ISPR said": each one within what the one before it says.
  for (const next of says.slice(1)) if (first !== undefined && isNested(first.saying, next.saying, text)) first = next;
  const sources = named.filter(({ saying }) => saying.part === "source");
  const speaker = first ?? sources[0];
  if (first !== undefined && isOutlet(first)) return sources.find((each) => !isOutlet(each)) ?? first;
  return speaker ?? named[0] ?? (chain[0] as Told);
}

const CLAIMING = /\b(?:claim|alleg|insist|argu|believ|suspect|accus)\p{L}*$/u;

/** Whether the second is told by the first: "Dawn reported on Monday that the ISPR said". */
function isNested(outer: Saying, inner: Saying, text: string): boolean {
  if (inner.who.kind !== "named" || inner.who.span.start < outer.end) return false;
  // Who claims that another admitted something is the one who says it: the other may never have.
  if (CLAIMING.test(text.slice(outer.start, outer.end))) return false;
  const between = text.slice(outer.end, inner.who.span.start);
  return /^(?:,[^,]{1,80},|\s(?:on|in|at|to)\s(?:(?!\sand\s)[^,;]){1,40}?)?\s(?:that\s)?(?:the\s|an?\s|some\s|several\s)?$/u.test(
    between,
  );
}

/** Whether a name is the report's own: its publisher, where it is no digest of others, or "this report". */
function isOfItself(name: Named, text: string, { who }: Saying, source: ReportSource, glossary: Glossary): boolean {
  const full = who.kind === "named" ? text.slice(Math.max(0, who.span.start - 8), who.span.end) : name;
  if (OWN_REPORT.test(name) || /\b(?:this|present) (?:report|paper|study|digest)$/iu.test(full)) return true;
  return (
    source.origins.length === 0 &&
    source.publisher !== null &&
    source.kind !== "op-ed" &&
    isSameName(name, source.publisher, glossary)
  );
}

function isWriter(name: Named, source: ReportSource): boolean {
  const folded = fold(name);
  return (
    [source.author, source.publisher].some((each) => each !== null && fold(each) === folded) ||
    /^(?:author|writer|columnist|article)$/iu.test(name)
  );
}

/** Who stands behind an opinion piece; null where nobody is named. Of a digest it is the piece that it is a digest of. */
function writerOf({ author, publisher, origins }: ReportSource): string | null {
  const names = origins.length > 0 ? origins.map((origin) => origin.publisher) : [author, publisher];
  return (
    names.find(
      (name): name is string => name !== null && !/^(?:not stated|unknown|anonymous|none|n\/a)$/iu.test(name),
    ) ?? null
  );
}

/** Whether a name is one of the documents or publishers that a report has as its origins. */
function isOrigin(name: Named, { origins }: ReportSource, glossary: Glossary): boolean {
  return origins.some(
    ({ title, publisher }) =>
      isSameName(name, title, glossary) || (publisher !== null && isSameName(name, publisher, glossary)),
  );
}

/** Whether two names mean the same: a glossary entry that they share, or the words of the one in the other. */
function isSameName(a: string, b: string, glossary: Glossary): boolean {
  const entries = new Set(glossary.find(b).flatMap((found) => found.entries));
  const ofA = glossary.find(a).filter((found) => found.entries.every(({ kind }) => kind !== "place"));
  if (ofA.some((found) => found.entries.some((entry) => entries.has(entry)))) return true;
  const [short, long] = [a, b].map(
    (name) =>
      ` ${fold(name)
        .replace(/[^\p{L}\p{N}]+/gu, " ")
        .trim()} `,
  );
  return (short ?? "").trim().split(" ").length > 1
    ? (long ?? "").includes(short ?? "")
    : /^\p{Lu}{3,}$/u.test(a) && (long ?? "").includes(short ?? "");
}

function isFootnote(name: Named, { sources }: ReportSource): boolean {
  const folded = fold(name).replace(/^the /u, "");
  return sources.some(({ title }) => fold(title).replace(/^the /u, "").startsWith(folded));
}

/** Whether a name stands in a report's own metadata: then one word with a capital is a name. */
function knownIn({ publisher, author, origins, sources }: ReportSource): (name: string) => boolean {
  const all = [
    publisher,
    author,
    ...origins.flatMap((origin) => [origin.title, origin.publisher]),
    ...sources.map(({ title }) => title),
  ];
  const words = new Set(
    all.flatMap((text) => (text === null ? [] : (text.match(/\p{Lu}[\p{L}\p{N}'’-]*/gu) ?? []).map(fold))),
  );
  return (name) =>
    name.split(" ").every((word) => !/^\p{Lu}/u.test(word) || words.has(fold(word.replace(/[.,]$/u, ""))));
}

interface Folded {
  /** With single spaces for white space. */
  readonly reading: string;
  /** For each character of it, where it stands in the text; one more for its end. */
  readonly at: readonly number[];
}

function folded(text: string): Folded {
  let reading = "";
  const at: number[] = [];
  for (const { index, 0: piece } of text.matchAll(/\s+|\S+/gu)) {
    if (/^\s/u.test(piece)) {
      reading += " ";
      at.push(index);
    } else {
      reading += piece;
      for (let offset = 0; offset < piece.length; offset += 1) at.push(index + offset);
    }
  }
  at.push(text.length);
  return { reading, at };
}

/** A name as it stands in the canonical text; null where markup that nobody reads stands within it. */
function sliceOf(text: string, start: number, { reading, at }: Folded, { start: from, end: to }: Span): Named | null {
  const [first = 0, last = 0] = [at[from], at[to - 1]];
  const slice = text.slice(start + first, start + last + 1);
  return slice.replace(/\s+/gu, " ") === reading.slice(from, to) ? slice : null;
}
