/** Words that tell what or who something is, by the kind of name. */

import type { GlossaryEntry } from "../text/glossary.ts";

/** A kind of statement on somebody's nature, by what stands right after and right before the name. */
export interface Kind {
  readonly kind: string;
  readonly worth: number;
  readonly after: RegExp;
  readonly before: RegExp;
}

const NEVER = /(?!)/u;
const ASIDE = String.raw`(?:\s\([^()]{1,60}\))?(?:,[^,]{1,60},)?`;

const IS: Kind = {
  kind: "is",
  worth: 1,
  after: new RegExp(
    `^(?:${ASIDE}|,[^;]{1,120}?),?\\s(?:(?:is|was|are|were|remains?|remained)\\s(?:(?:(?:an?|the)\\s(?!(?:[\\p{L}\\d-]+\\s){0,2}(?:term|label|self-name|name|abbreviation|acronym)\\b)|(?:one of|part of|another|known|described|(?:thought|believed|considered) to be an?)\\b)|\\p{Lu}[\\p{L}'’-]+['’]s\\b|separate|distinct|different)|stands? for|means|refers to|operates? (?:as|under)|has been active)|^${ASIDE}, an? (?!\\p{Lu})[^,.;]{6,70},`,
    "u",
  ),
  before: NEVER,
};
const OF_ACTORS: readonly Kind[] = [
  IS,
  {
    kind: "origin",
    worth: 1.1,
    after: new RegExp(
      `^${ASIDE}\\s(?:[\\p{L}'’-]+\\s){0,3}(?:announced|founded|formed|established|created|set up|emerged|dates? (?:from|back)|split (?:from|off)|broke away|active since)\\b`,
      "u",
    ),
    before:
      /\b(?:announced|founded|formed|established|created|founder of|foundation of|formation of|creation of|emergence of|origins? of|branch of)\s(?:the\s)?(?:[\p{L}'’-]+\s){0,2}$/iu,
  },
  {
    kind: "listing",
    worth: 0.9,
    after:
      /^[^.;]{0,50}\b(?:(?:was|were|is|has been) (?:also )?(?:designated|listed|proscribed|banned|outlawed|added)|on (?:its|the|a) (?:\p{L}+ )?(?:sanctions? )?list|a (?:Specially )?Designated|a Foreign Terrorist)\b/iu,
    before:
      /\b(?:designat\w+|listed|lists|proscribed|banned|outlawed|placed|(?:listing|ban|designation) (?:of|on))\s(?:the\s)?(?:\p{L}+\s)?$/iu,
  },
  {
    kind: "leader",
    worth: 0.85,
    after:
      /^(?:\s\([^()]{1,40}\))?\s(?:(?:is|was) (?:now )?(?:led|headed) by|(?:is|are) under)\b|^['’]s? (?:leader|emir|chief)\b|^\s(?:leader|emir|chief)\s\p{L}/iu,
    before:
      /\b(?:has led|have led|leads?|led|heads?|headed|(?<!former |first )leader of|head of|emir of|chief of)\s(?:the\s)?$/iu,
  },
  {
    kind: "names",
    worth: 0.8,
    after:
      /^[^.;\p{Lu}]{0,30}\b(?:also (?:known|called|spelt|written)|alias(?:es)?|formerly|other names?|calls? itself|renamed|variously spelt|is (?:an?|the) (?:\S+ ){0,2}(?:term|label|self-name|abbreviation|acronym|name)\b)/u,
    before:
      /\b(?:(?:terms?|labels?|names?|abbreviation|acronym) for|(?:self-name|alias(?:es)?) (?:for|of))\s(?:the\s)?$/iu,
  },
];
const OF_PERSONS: readonly Kind[] = [
  {
    kind: "leads",
    worth: 1.15,
    after:
      /^[^.;]{0,40}\b(?:has led|have led|leads|led|heads|headed|succeeded|took over|was (?:made|named|appointed))\b/iu,
    before: /\b(?:led|headed|succeeded|founded) by\s(?:\p{L}+\s)?$/iu,
  },
  {
    ...IS,
    before:
      /\b(?:leader|emir|deputy|chief|spokes\w+|ambassador|founder|commander|head|minister|envoy|director(?: general)?|official|figure|president|charg[eé]\s\p{L}+)(?:\s(?:of|in|to)\s[^,.;]{1,40},?)?\s$/iu,
  },
  ...OF_ACTORS.slice(2).filter(({ kind }) => kind !== "leader"),
];
const OF_EVENTS: readonly Kind[] = [
  {
    kind: "event",
    worth: 1,
    after:
      /^[^;]{0,160}\b(?:attacked|attack|killed|dead|bomb\w*|blown|hit|struck|claimed|hijack\w*|hostages?|left \d|took place|happened)\b/iu,
    before:
      /\b(?:attack|bombing|assault|raid|siege|blast|strikes?|hijacking) (?:on|in|at|of)\s(?:the\s|an?\s)?(?:\p{L}+\s)?$/iu,
  },
];
const OF_PLACES: readonly Kind[] = [
  {
    ...IS,
    after:
      /^[^.;]{0,12}\s(?:is|was|remains) (?:(?:an?|the|one of|part of|\p{Lu}[\p{L}'’-]+['’]s) )?(?:[\p{L}'’-]+ ){0,4}?(?:province|region|country|state|territory|district|city|republic|nation|area|valley)\b/u,
  },
];

/** The kinds of statement that tell what something of a kind is. */
export function kindsFor(entry: GlossaryEntry | null): readonly Kind[] {
  switch (entry?.kind) {
    case "person":
      return OF_PERSONS;
    case "event":
    case "operation":
      return OF_EVENTS;
    case "place":
      return OF_PLACES;
    case "armed-group":
    case "organisation":
    case "government-body":
      return OF_ACTORS;
    default:
      return [IS];
  }
}
