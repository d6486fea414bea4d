/** Which sentences can be lines of a briefing, and what is quoted of them. */

import { pointsBack } from "../answer/matching.ts";
import type { Span } from "../domain/passage.ts";
import { CELL_GAP } from "../text/blocks.ts";
import type { Item } from "./material.ts";

const LEAST_WORDS = 6;
const MOST_WORDS = 75;
/** UTF-16 code units of a quote with the sentence that it needs. */
const LONGEST = 560;

/** What a sentence may begin with that means something said before; more than answers look at: no question stands above a line. */
const LEANS =
  /^\W*(?:(?:in|on|at|by|of|from|with|for|among|after|before|under|during|despite|beyond|besides) (?:this|that|these|those|them|it|him|his|her|its|their|all (?:this|that|these|those)|the (?:same|latter|former|other))\b|(?:there|here|nor|neither|such|hence|again|above|below|others?|another|one of (?:them|these|those)|(?:all|both|none|some|most|many|few|each|two|three|four) of (?:them|these|those)|as (?:such|above|noted|mentioned|a result)|for (?:example|instance|its part|his part)|the (?:remaining|rest|other|others|second|third|following|previous|earlier|same)|the (?:statement|decision|agreement|ban|list|listing|law|claim|claims|attackers?|gunmen|victims|dead|men|numbers?|figures?|increase|rise|fall|page|text|summary|excerpts?|account|article|story|item|table|result|reason|reasons)(?! (?:that|of|by|on|in|to|from|for|about|against|at|between)\b)|by (?:contrast|comparison)|in (?:response|contrast|turn|reply|return|comparison|doing so|fact|particular|other words)|on the other hand|at the (?:same time|time)|even so|still|thereafter|afterwards|moreover|besides|likewise|equally|indeed|first|second|third|finally|who|which|that)\b)/iu;
/** "While in Sudan, he": who, another sentence says. */
const OF_SOMEBODY = /^\W*(?!On\b)(?:\p{L}+ing|[\p{L}]+) [^,]{1,40}, (?:he|she|they|it|his|her|their)\b/u;
/** "Khan added that": who, another sentence says. */
const BARE_SURNAME =
  /^\W*(?!(?:Pakistan|India|Afghanistan|Iran|China|Kabul|Islamabad|Delhi|Beijing|Tehran|Washington|Moscow|Reuters|Dawn|Interpol|Taliban|Daesh|Parliament|Police|Nobody|Everyone|Officials|Analysts|Authorities|Residents|Witnesses|Militants|Attackers|Gunmen|Rebels|Experts|Lawyers|Families|Women|Hospitals)\b)(\p{Lu}\p{Ll}{2,}) (?:also |later |then |further )?(?:said|added|told|denied|rejected|alleged|claimed|argued|warned|noted|insisted|called|described|put|asked|urged|accused)\b/u;
/** "Far lower than that warning said": what, another sentence says. */
const LIKENED =
  /^\W*(?:[Ff]ar|[Mm]uch) (?:lower|higher|fewer|more|less)\b|\bthat (?:warning|figure|number|claim|statement|decision|attack|report|request|meeting|day|charge)\b(?! (?:of|that|which|who|by|on|in)\b)/u;
/** "(Photo: Reuters)", and a heading that runs into its sentence. */
const CAPTION =
  /^\W*(?:Photo|Image|Picture|File photo|Credit)\b|\((?:photo|image|file)\b|^\W*(?:\p{Lu}[\p{L}’'-]*,? (?:of |and |the |in |on |for )*){3,}[^.:]{0,60}(?<=\p{Lu}[\p{L}’'.…-]*): \p{Lu}/u;
const NO_STATEMENT = /https?:\/\/|www\.|@\S+\.\w/u;
const FOOTNOTE = /^\s*\[\^[^\]]+\]:/u;
const ENDS = /[.!?…]["'”’»)\]]*\s*$/u;
/** "Pakistan rejects this line": which one, another sentence says. */
const MEANS_OTHER =
  /^[^,]{1,40}, however,|\b(?:this|these|such an?) (?!year\b|month\b|week\b|day\b|time\b|period\b|is\b|was\b|are\b|were\b|report\b|by\b)\p{Ll}+|\bof this kind\b/u;
/** "One candidate for the incident": as above. */
const UNTOLD =
  /\bthe (?:incident|attack|blast|bombing|charge|charges|claim|sum|match|raid|assault|killings?|allegations?|accusations?|move|meeting)\b(?! (?:on|in|at|of|against|near|that|by|over|from|to|about|is|was)\b)/iu;
/** Who speaks to somebody tells newcomers nothing. */
const ADDRESS = /\b(?:I|[Ww]e|[Oo]ur|us|[Mm]y|[Yy]ou|[Yy]our)\b(?!['’.]?s?-)|^\W*(?:Mr|Madam|Dear)\b|\b[Ee]xcellenc/u;
const ORDERS =
  /^(?:Let|Please|Note|See|Click|Visit|Contact|Follow|Read|Download|Subscribe|Ensure|Consider|Configure|Deny|Use|Limit|Restrict|Review|Monitor|Implement|Allow|Disable|Enable|Block)\b|\bplease see\b/u;
/** A report that speaks of itself, or of what it rests on. */
const OF_ITSELF =
  /\b(?:our own (?:reading|arithmetic|comparison|count|check|calculation|sum)|(?:this|the present) (?:digest|page|document|file|report|paper|note|collection|corpus)|these pages|(?:known|described|located) here|(?:pages|texts) (?:consulted|read|seen)(?! by\b)|(?:is|are|from) (?:an )?interested part(?:y|ies)|what was said, not whether|press accounts of the (?:\p{L}+ )?reports?|the reports? (?:excerpted|used|read|seen) here|not (?:be )?(?:subtracted|added|compared|read as)|below|above|see (?:also|section|table|figure)|footnotes?)\b/iu;

const known = new WeakMap<Item, number>();

/**
 * How well a sentence stands alone in a briefing, 0 to 1; 0 for what is no statement or cannot be understood alone:
 * fragments, rows of tables, addresses, sentences whose beginning means something that is not quoted with them.
 */
export function standing(item: Item): number {
  const value = known.get(item) ?? standingOf(item);
  known.set(item, value);
  return value;
}

function standingOf(item: Item): number {
  const { reading, tokens, hit, sentence } = item;
  const text = hit.passage.text.slice(sentence.start - hit.passage.start, sentence.end - hit.passage.start);
  if (tokens.length < LEAST_WORDS || tokens.length > MOST_WORDS) return 0;
  if (NO_STATEMENT.test(reading) || FOOTNOTE.test(text) || text.includes(CELL_GAP) || text.includes("|")) return 0;
  const plain = reading.trim();
  if (!/^["'“‘«(]?[\p{Lu}\p{N}]/u.test(plain) || !ENDS.test(plain) || plain.endsWith("?") || ORDERS.test(plain))
    return 0;
  if (isLeaningAt(item, item.index)) {
    const first = firstOf(item);
    if (first === item.index || isLeaningAt(item, first) || !ENDS.test(readingAt(item, first).trim())) return 0;
    const { start, end } = lineSpan(item);
    return end - start > LONGEST ? 0 : 0.6;
  }
  let value = 1;
  if (plain.length > LONGEST) return 0;
  if (CAPTION.test(plain)) return 0;
  if (BARE_SURNAME.test(plain)) value *= 0.4;
  if (plain.length > 330) value *= 0.85;
  if (MEANS_OTHER.test(plain) || UNTOLD.test(plain.slice(0, 80))) value *= 0.35;
  if (ADDRESS.test(plain)) value *= 0.35;
  // Markup that begins or ends outside of the quote, or links: it can be quoted, and reads badly.
  if ((text.split("**").length - 1) % 2 === 1 || /\]\(|<\/?\w+>/u.test(text)) value *= 0.75;
  if (OF_ITSELF.test(plain)) value *= 0.4;
  return value;
}

function isLeaning(reading: string): boolean {
  return pointsBack(reading) || LEANS.test(reading) || OF_SOMEBODY.test(reading) || LIKENED.test(reading);
}

/** Whether the sentence before, in its paragraph, says who a bare surname at the beginning is. */
function isNamedBefore(item: Item, index: number): boolean {
  const [, surname] = BARE_SURNAME.exec(readingAt(item, index)) ?? [];
  const { sentences } = item.hit.passage;
  return (
    surname !== undefined &&
    sentences[index - 1]?.paragraph === sentences[index]?.paragraph &&
    readingAt(item, index - 1).includes(surname)
  );
}

const isLeaningAt = (item: Item, index: number): boolean =>
  isLeaning(readingAt(item, index)) || isNamedBefore(item, index);

function readingAt({ hit: { passage } }: Item, index: number): string {
  const sentence = passage.sentences[index];
  if (sentence === undefined) return "";
  return passage.reading.slice(sentence.start - passage.start, sentence.end - passage.start).replace(/\s+/g, " ");
}

/** Sentences before a leaning one that may be quoted with it. */
const MOST_BEFORE = 2;

/** Where its quote begins, among the sentences of its passage: before it only where it leans, within its paragraph. */
function firstOf(item: Item): number {
  const { sentences } = item.hit.passage;
  let first = item.index;
  while (
    first > 0 &&
    item.index - first < MOST_BEFORE &&
    isLeaningAt(item, first) &&
    sentences[first - 1]?.paragraph === item.sentence.paragraph
  ) {
    first -= 1;
  }
  return first;
}

/** What is quoted: the sentence, with those before it in its paragraph that it leans on. */
export function lineSpan(item: Item): Span {
  const first = item.hit.passage.sentences[firstOf(item)] ?? item.sentence;
  return { start: first.start, end: item.sentence.end };
}
