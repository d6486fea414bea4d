/** What kind of answer a question wants, read from its form. */

import type { Question } from "../retrieve/question.ts";
import { nearTerms } from "../text/thesaurus.ts";
import { type Token, tokens } from "../text/tokens.ts";
import { MONTHS, NUMBER_WORDS } from "../text/words.ts";
import { creditOf, type Likeness } from "./matching.ts";

export const WANTS = [
  "number",
  "share",
  "date",
  "person",
  "group",
  "place",
  "definition",
  "list",
  "yes-no",
  "reason",
  "statement",
  "other",
] as const;
export type Wants = (typeof WANTS)[number];

/** First match wins. */
const FORMS: readonly [Wants, RegExp][] = [
  [
    "share",
    /\b(what|which|how (big|large|high)) (an? )?(percentage|per ?cent|share|proportion)\b|\bby how much\b|\bhow much (higher|lower|more|less|did .* (rise|fall|grow|increase|drop))/iu,
  ],
  [
    "number",
    /\bhow (many|much|large|big|strong|high|long|old|far|often)\b|\b(what|which)('s| is| was| were| are)? (the )?(total |official |overall |combined |latest |current |newest |most recent |present )?(number|figure|count|toll|death toll|amount|total|cost|size|strength|sum|reward|bounty|estimate)\b|^\W*(the )?(latest|current|newest|most recent) ([\p{L}-]+ ){0,2}(numbers?|figures?|counts?|toll|totals?|size|strength|estimates?)\b|\b(death|casualty) (toll|count)\b|\bfatal\w*\b.{0,10}\?*$/iu,
  ],
  [
    "date",
    /\bwhen\b|\b(what|which) (date|day|month|year|time)\b|\b(on|since|until|by) (what|which) (date|day|month|year)\b/iu,
  ],
  ["reason", /\bwhy\b|\bhow come\b|\bfor what reason\b|\bwhat (is|was|were) the (reason|cause|motive)/iu],
  [
    "person",
    /^\s*([Ss]o |[Aa]nd )?[Ww]ho('s| is| was| are| were) (?!\p{Lu})(the |a |an |its |their )?.*\b(of|in|for|at|behind)\b|^\s*[Ww]ho('s| is| was)\b.*['’]s \w+/u,
  ],
  [
    "definition",
    /^\s*(please |can you |could you )?(what|who)('s| is| are| was| were)\s+(an? |the )?[^?]{1,60}\?*\s*$|\bstands? for\b|\bmeaning of\b|\bwhat does .* mean\b|^\s*(define|explain)\b|\bwhat (kind|sort|type) of\b/iu,
  ],
  [
    "statement",
    /\b(what|how) (did|does|do|has|have) .* (say|said|says|claim|argue|respond|reply|react|describe|deny|call|conclude|find|allege|tell|warn|state)\b|\b(reaction|response|reply|position|view) (of|to)\b/iu,
  ],
  ["person", /\bwho\b|\bwhose\b|\bwhich (person|man|woman|leader|official|spokes\w+|ambassador|minister)\b/iu],
  [
    "group",
    /\b(which|what) (armed |militant |terror\w* |insurgent )?(group|outfit|organi[sz]ation|faction|gang|party|agency|body|institute|think.?tank|outlet|network|unit|crew|actor)\b/iu,
  ],
  ["place", /\bwhere\b|\b(which|what) (country|province|city|region|district|place|area|village|town)\b/iu],
  [
    "list",
    /\b(which|what) (countries|provinces|groups|places|factions|organi[sz]ations|members|people|sources|outlets|names|labels|levels|grades|districts)\b|^\s*(list|name|give)\b/iu,
  ],
  ["yes-no", /^\s*(is|are|was|were|do|does|did|has|have|had|can|could|will|would|should)\b/iu],
];

/** The kind of answer wanted: a name alone asks what it is. */
export function wantsFrom(question: Question): Wants {
  const wants = wantsOf(question.corrected);
  const isNameAlone = question.units.length === 1 && question.names.length === 1;
  return wants === "other" && isNameAlone ? "definition" : wants;
}

/** The kind of answer wanted, from the words alone; "other" where the form does not tell. */
export function wantsOf(text: string): Wants {
  for (const [wants, pattern] of FORMS) if (pattern.test(text)) return wants;
  return "other";
}

const MONTH_TERMS = new Set(MONTHS.map((month) => month));

/**
 * Whether a sentence holds something of the wanted kind that the question itself does not already hold:
 * 1 it does, -1 it does not, 0 the kind cannot be seen from the words.
 */
export function holdsWanted(wants: Wants, question: Question, reading: string, sentence: readonly Token[]): number {
  const asked = new Set(question.tokens.map((token) => token.term));
  const fresh = sentence.filter((token) => !asked.has(token.term));
  const figures = () => fresh.filter((token) => isFigure(token) && !dated(reading, token));
  const verdict = (found: boolean) => (found ? 1 : -1);
  switch (wants) {
    case "number":
      return verdict(figures().length > 0);
    case "reason":
      return verdict(REASON.test(reading));
    case "share":
      return fresh.some((token) => token.term.endsWith("%") || /^per ?cent/i.test(token.surface))
        ? 1
        : figures().length > 0
          ? 0
          : -1;
    case "date":
      return verdict(fresh.some((token) => isYear(token) || MONTH_TERMS.has(token.surface.toLowerCase())));
    case "person":
    case "group":
    case "place":
      return verdict(
        fresh.some((token, index) => /^\p{Lu}/u.test(token.surface) && (index > 0 || token.surface.length > 1)),
      );
    case "definition":
      return question.names.some((name) => defines(sentence, name.surface)) || definesWords(question, sentence) ? 1 : 0;
    default:
      return 0;
  }
}

/** Words after a name by which a sentence says what it is. */
const COPULAS = new Set("is are was were means mean meant stands refers denotes".split(" "));
const ARTICLES = new Set(["a", "an", "the", "also", "one", "another"]);

/** "The Majeed Brigade is the suicide unit", "ISPR, the media wing", "TLP as a party means": name, then what it is. */
function defines(sentence: readonly Token[], name: string): boolean {
  const last =
    name
      .split(/[\s-]+/)
      .at(-1)
      ?.toLowerCase() ?? "";
  const at = sentence.findIndex(
    (token) => token.surface.toLowerCase() === last || token.surface.toLowerCase().endsWith(`-${last}`),
  );
  return at >= 0 && at < 12 && saysWhat(sentence, at);
}

function definesWords(question: Question, sentence: readonly Token[]): boolean {
  const [unit] = question.units.filter((each) => !each.shaping);
  if (unit === undefined || question.names.length > 0) return false;
  const term = unit.alternatives[0]?.[0];
  const at = sentence.findIndex((token) => token.term === term);
  return at >= 0 && at < 8 && saysWhat(sentence, at);
}

function saysWhat(sentence: readonly Token[], at: number): boolean {
  for (let index = at + 1; index <= at + 5; index += 1) {
    const word = sentence[index]?.surface.toLowerCase() ?? "";
    const next = sentence[index + 1]?.surface.toLowerCase() ?? "";
    if (COPULAS.has(word)) return true;
    if (index === at + 1 && ARTICLES.has(word) && next !== "") return true;
  }
  return false;
}

/** Words by which a sentence gives a reason. */
const REASON =
  /\b(because|since|due to|owing to|thanks to|citing|cited|cites?|reasons?|grounds?|so that|in order to|in (response|retaliation|revenge|protest)|response to|retaliat\w+|revenge|attribut\w+|caus\w+|led to|result\w*|driven by|therefore|too (little|few|many|much)|for lack of|tie[sd]? .{1,60} to|link\w* .{1,60} to|blam\w+|explain\w*|wanted|in exchange|to (ease|avoid|protect|punish|force|pressure|stop|prevent))\b/iu;

/** "One" is a figure only by its letters ("one Member State"). */
function isFigure(token: Token): boolean {
  if (token.numeric || /^\d[\d.,–-]*%?$/.test(token.surface)) return true;
  const word = token.surface.toLowerCase();
  return word !== "one" && NUMBER_WORDS.has(word);
}

/** Whether a figure is a year or the day of a date. */
function dated(reading: string, token: Token): boolean {
  if (isYear(token)) return true;
  const after = reading.slice(token.end, token.end + 12).toLowerCase();
  const before = reading.slice(Math.max(0, token.start - 12), token.start).toLowerCase();
  return MONTHS.some((month) => after.startsWith(` ${month}`) || before.endsWith(`${month} `));
}

function isYear(token: Token): boolean {
  return /^(19|20)\d\d$/.test(token.term);
}

/**
 * How certainly a figure stands close to what is counted ("how many *soldiers*": "70,000 of our brave soldiers"):
 * up to 1 for the very word, less for one that means nearly the same, -1 where no figure is near such a word;
 * 0 where no number is asked for, or not of what.
 * @param counted what is asked for, as in the question.
 */
export function countsTheRightThing(
  wants: Wants,
  question: Question,
  counted: readonly string[],
  reading: string,
  sentence: readonly Token[],
  likeness: Likeness,
): number {
  if (wants !== "number" || counted.length === 0) return 0;
  const heads = counted.map((surface) => {
    const term = tokens(surface)[0]?.term ?? surface;
    return { surface, term, near: nearTerms(term) };
  });
  const asked = new Set(question.tokens.map((token) => token.term));
  let best = 0;
  sentence.forEach((token, index) => {
    if (!isFigure(token) || dated(reading, token) || asked.has(token.term)) return;
    // "70,000 of our brave soldiers": the counted word follows within a few words, or stands just before ("deaths: 91").
    for (let other = Math.max(0, index - 4); other <= Math.min(sentence.length - 1, index + 6); other += 1) {
      const word = sentence[other];
      if (word === undefined || other === index) continue;
      for (const { surface, term, near } of heads) {
        const isSame = word.term === term;
        best = Math.max(best, isSame ? 1 : near.has(word.term) ? NEARLY : creditOf(likeness(surface, word.surface)));
      }
    }
  });
  return best > 0 ? best : -1;
}

/** A word of the same class counts as nearly the word, as in matching.ts. */
const NEARLY = 0.9;
