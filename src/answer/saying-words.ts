/** Verbs of saying, counting and finding, each with what has to follow it where it is another word as well. */

/** A verb, and what has to stand behind it: null for anything. */
export type SayingVerb = readonly [verb: RegExp, follows: RegExp | null];

/** Verbs that only somebody who speaks can be the subject of, with what has to follow where they are other words too. */
export const SURE: readonly SayingVerb[] = [
  [
    /\b(?:said|says|told|tells|asserted|asserts|alleged|alleges|argued|argues|insisted|insists|contended|contends|warned|warns|complained|complains|remarked|remarks|commented|acknowledged|acknowledges|conceded|concedes|recounted|recalled|spoke of|explained|explains)\b/gu,
    null,
  ],
  [
    /\b(?:say|allege|assert|argue|insist|deny|warn|believe|contend|acknowledge|complain|(?<=(?:[a-rt-z]s|ies|people|police|media|women|men)\s)(?:estimate|claim|report|state|note))\b/gu,
    /^(?:,[^,]{1,80},)?\s(?:that\b|there\b|the\b|they\b|it\b|he\b|no\b|\p{Lu}|at least\b|about\b|more\b|up to\b|\d)|^\.?$/u,
  ],
  [
    /\b(?:denied|denies)\b/gu,
    /^\s(?:that|any|it|this|such|having|involvement|responsibility|knowledge|wrongdoing|\p{L}+ing\b|(?:\p{L}+\s){0,4}?(?:charges?|allegations?|claims?|accusations?|reports?|presence|role|involvement|existence|link|links|that)\b)/u,
  ],
  [/\badded\b/gu, /^(?:\s(?:on|in)\s[^,;.]{1,40})?\sthat\b|^[:,]?\s["“]|^\.?$/u],
  [/\b(?:wrote|writes)\b/gu, /^\s(?:that|in|on|of)\b|^[:,]/u],
  [/\b(?:believed|believes)\b/gu, /^\s(?:that|there|it|they|the\s\p{L}+\s(?:was|were|had|is|are))\b/u],
  [/\bclaimed\b/gu, /^(?!\s(?:the\s|at least\s|over\s|about\s)?(?:\d[\d,]*\s|\p{Ll}+\s)?(?:lives|life)\b)/u],
  [
    /\b(?:claims|states|notes|reports|estimates|comments|maintains|adds|admits|holds|concludes|finds|suggests|shows|indicates|confirms|observes|records|assesses)\b/gu,
    /^(?:,[^,]{1,80},|\s(?:in|on|for)\s[^,]{1,40})?\s(?:that\b|,)|^\s(?:(?:not\s)?to|he|she|they)\s|^(?:,[^,]{1,80},)\sthat\b|^\.?$/u,
  ],
  [/\b(?:announced|announces|declared)\b/gu, /^(?:\s(?:on|in|at)\s[^,;.]{1,40})?\sthat\b/u],
  [
    /\b(?:stated|admitted|confirmed|observed|noted|considered|conveyed|emphasi[sz]ed|stressed|testified|predicted|speculated|assumed|judged)\b/gu,
    /^(?:,[^,]{1,100},|\s(?:on|in|at|to|as)\s[^,;.]{1,60})?(?:\sthat\b|:|,\s["“])|^,?\s["“]|^\s(?:the|there|he|she|they|it|no|these|his|their|its|some|many|\p{Lu}|\d)|^[.]?$|^[.]/u,
  ],
  // "They maintained “close coordination”" says nothing; "he maintained that nobody fled" does.
  [/\bmaintain(?:ed|s)\b/gu, /^(?:,[^,]{1,100},|\s(?:on|in|at|to)\s[^,;.]{1,60})?(?:\sthat\b|:|,\s["“])|^\.?$/u],
  [
    /\b(?:rejected|rejects|dismissed|dismisses|refuted|refutes|disputed|disputes)\b/gu,
    /^[^.;]{0,60}?\b(?:charge|charges|allegation|allegations|claim|claims|accusation|accusations|report|reports|suggestion|suggestions|notion|finding|findings|involvement|blame|baseless|assertion|assertions|criticism|this line|that line|statement|idea|briefing|any|false|propaganda|as)\b/u,
  ],
  [/\b(?:accused|accuses|blamed|blames)\b/gu, /^(?!\s(?:of|for|persons?|individuals?|in)\b)/u],
];
/** Verbs that have other subjects as well: only somebody who is plainly a speaker counts. */
export const UNSURE: readonly SayingVerb[] = [
  [
    /\b(?:reported|recorded|counted|measured|logged|documented|tallied|calculated|concluded|relayed|criticis?zed|criticised|described|describes|alleged|portrayed|characteri[sz]ed|urged|urges|traces|traced|remarked|assessed)\b/gu,
    /^(?!\s(?:by|to be|missing|in the press)\b)/u,
  ],
  [/\bestimated\b/gu, /^\s(?:that|there|the|it|at|\d|more|between|up|about|around|over|nearly|some|\p{Lu})/u],
  [
    /\b(?:found|finds|showed|shows|indicated|indicates|suggested|suggests|revealed|reveals|determined|demonstrated)\b/gu,
    /^(?:,[^,]{1,80},)?\s(?:that\b|no\b|evidence\b|widespread\b|\d|at least\b|more\b|most\b|many\b|some\b|a\s(?:rise|fall|drop|decline|total|sharp)|\p{Lu}|the\b)/u,
  ],
  [
    /\b(?:condemned|criticized|voiced|expressed|raised)\b/gu,
    /^\s(?:the|concerns?|doubts?|fears?|worry|alarm|what|\p{Lu})/u,
  ],
  [/\b(?:called|calls)\b/gu, /^(?:,[^,]{1,80},)?\s(?:for|on|it|the|this|such|these|those|\p{Lu}|\d)/u],
  [
    /\b(?:put|puts|placed|places)\b/gu,
    /^\s[^.;]{1,90}?\s(?:at|in)\s(?:\p{Ll}+\s){0,3}(?:[\d$]|US|several|tens|hundreds|thousands)|^\s\d/u,
  ],
  // "The office gave ISIL-K 2,000 fighters" counts; "they gave the leader 3 million" pays.
  [
    /(?<!ly\s)\b(?:gave|gives)\b/gu,
    /^\s(?:(?:[\p{Lu}\d][^\s,;.]*\s){0,4}(?:(?:about|over|at least|more than|up to|nearly|around|some|a total of)\s)?\d|no\s(?:figures?|numbers?|date|evidence)\b|letter\b)/u,
  ],
  [
    /\b(?:classed|identified|printed|prints|listed|attributed|attributes|credited|credits|ranked|ranks|rated|dates)\b/gu,
    /^\s(?:[\d"“]|[^.;]{0,40}?\b(?:\d|second|third|fourth|first|to\b|as\b))/u,
  ],
  [/\b(?:cited|cites|quoted|quotes)\b/gu, null],
];
