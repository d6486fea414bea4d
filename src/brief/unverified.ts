/** What remains unverified: what is only alleged, doubted, or not known. */

import { choose } from "./choose.ts";
import type { Item, SectionMaker } from "./material.ts";
import { isOfMethod } from "./method.ts";
import { meantBy } from "./names.ts";

const MOST = 5;
/** The whole corpus is one page. */
const MOST_OF_CORPUS = 3;
const PER_REPORT = 2;
const LEAST_ABOUT = 0.55;
/** What plainly is open may stand under a heading of the subject without naming it. */
const LEAST_PLAIN = 0.35;
const NAMED = new Set(["armed-group", "person", "event", "place", "government-body"]);
export const PLAIN = 0.85;

/** How plainly a sentence says that something is open. */
const UNPROVEN =
  /\b(?:un(?:confirmed|verified|substantiated|proven|clear|corroborated)|(?:is|was|are|were|remain(?:s|ed)?) (?:still )?unknown|(?:could|can|had|has|have|was|were|is|are)(?: not|n['’]t) (?:be |been )?(?:immediately |independently |publicly )?(?:verif|confirm|corroborat|establish|known|clear)\w*|cannot be (?:independently )?(?:verified|confirmed)|not (?:been )?(?:independently )?(?:confirmed|verified|corroborated)|no (?:independent|public|direct|hard|open|conclusive|credible) (?:\p{Ll}+ )?(?:evidence|proof|confirmation|verification|source|account)|no (?:evidence|proof|confirmation)|without (?:\p{Ll}+ )?(?:evidence|proof|confirmation)|it is not known|is not known|remains? (?:open|disputed|contested|uncertain|unclear|unknown)|(?<!no )doubts? (?:about|over|on|whether|remain)|cast doubt|doubted)\b/iu;
const SIGNS: readonly (readonly [number, RegExp])[] = [
  [1, UNPROVEN],
  [
    0.85,
    /\b(?:did not (?:respond|comment|say|reply|name|give|specify|disclose)|declined to|offered no|gave no|provided no|do(?:es)? not (?:say|state|give|name|explain|know)|nobody (?:has )?claimed|no group (?:has )?claimed)\b/iu,
  ],
  [0.75, /\b(?:alleged(?:ly)?|alleges?|allegations?|purported(?:ly)?|supposed(?:ly)?|rumou?r\w*|accus\w+)\b/iu],
  [0.65, /\b(?:reportedly|is believed|are believed|is thought|was reported|were reported|is said to|are said to)\b/iu],
  [0.6, /\b(?:den(?:y|ies|ied|ials?)|reject(?:s|ed)?|dismiss(?:es|ed)?|refut\w+|baseless|unfounded)\b/iu],
  [0.5, /(?<!\bhad |\bhas )\b(?:claims?|claimed|asserts?|asserted)\b(?! (?:by|responsibility|the\b))/iu],
];

export const unverifiedSection: SectionMaker = (material, taken) => {
  const score = (item: Item) => {
    if (isOfMethod(item.reading) || CONDITION.test(item.reading)) return 0;
    const open = doubtOf(item);
    const isNaming = item.reported.view.names.some((name) => NAMED.has(meantBy(name)?.kind ?? ""));
    // Of the whole corpus, what is open is open about somebody: how sources are graded is not.
    if (material.subject === null && !isNaming) return 0;
    const least = open >= PLAIN && isNaming ? LEAST_PLAIN : LEAST_ABOUT;
    return open === 0 || item.aboutness < least ? 0 : open * (0.5 * item.aboutness + 0.2 * item.centrality + 0.3);
  };
  const lines = choose(material, taken, {
    limit: material.subject === null ? MOST_OF_CORPUS : MOST,
    score,
    perReport: PER_REPORT,
    opinions: 1,
  });
  return lines.length === 0 ? null : { id: "unverified", lines };
};

/**
 * What makes open whether it is so. A denial, a source's silence or a verdict on a denial leaves nothing of the subject
 * open: who differs with whom stands under what the sources differ on.
 */
const DOUBTS: readonly (readonly [number, RegExp])[] = [
  [1, UNPROVEN],
  [0.85, /\b(?:nobody (?:has )?claimed|no group (?:has )?claimed|whereabouts (?:are|were|remain) )/iu],
  [0.75, /\b(?:alleged(?:ly)?|alleges?|allegations?|purported(?:ly)?|supposed(?:ly)?|rumou?r\w*)\b/iu],
  [0.65, /\b(?:reportedly|is believed|are believed|is thought|was reported to|were reported to)\b/iu],
];
/** The doubt is of a denial, of a court's matter, or only a silence. */
const NO_DOUBT =
  /\b(?:not credible|no credib\w+|without credibility|candidates? for|civil (?:case|suit)|lawsuit|did not (?:specify|respond|comment|reply)|declined to|den(?:y|ies|ied|ials?)|reject(?:s|ed)|dismiss(?:es|ed)|baseless|unfounded)\b/iu;

/** How far a sentence leaves open whether something of its matter is so, 0 to 1. */
function doubtOf(item: Item): number {
  if (NO_DOUBT.test(item.reading)) return 0;
  return DOUBTS.find(([, sign]) => sign.test(item.reading))?.[0] ?? 0;
}

/** "If a certificate did not specify the kind": a rule, of which nothing is open. */
const CONDITION = /^\W*(?:If|When|Where|Unless)\b/u;

/** 0 where nothing is left open. */
export function openness({ reading }: Item): number {
  return SIGNS.find(([, sign]) => sign.test(reading))?.[0] ?? 0;
}
