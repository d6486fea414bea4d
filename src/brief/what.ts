/** What or who a subject is: where it comes from, what it is called and listed as, who leads it. */

import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { tokens } from "../text/tokens.ts";
import { lineOf } from "./choose.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, SectionMaker } from "./material.ts";

const MOST = 4;
const LEAST_ABOUT = 0.75;
const LEAST_SCORE = 0.5;
const PER_REPORT = 2;

/** What a sentence tells of somebody's nature; of each kind one is enough. */
const KINDS: readonly { readonly kind: string; readonly worth: number; readonly sign: RegExp }[] = [
  {
    kind: "is",
    worth: 1,
    sign: /\b(?:is|was|are|were|as|remains?) (?:\p{Lu}[\p{L}'’]+['’]s? )?(?:an?|the|one of|part of|another name|the name) (?:[\p{L}'’-]+ ){0,5}?(?:group|movement|organi[sz]ation|branch|affiliate|wing|arm|faction|unit|brigade|party|militia|network|outfit|alliance|front|leader|head|chief|commander|emir|founder|spokesman|spokesperson|minister|province|region|country|state|city|district|train|attack|think[- ]tank|centre|center|institute|body|office|agency|committee|team|index|label|term|name|acronym|malware|tool|operation|campaign|crime|practice)\b|\bdescribe[sd]? (?:itself|\p{Lu}[\p{L}-]+) as\b|\b(?:means|refers to|is defined as|stands for)\b/u,
  },
  {
    kind: "origin",
    worth: 1.05,
    sign: /\b(?:founded|formed|established|announced|created|emerged|set up|origins?|dates? (?:from|back)|born|split|broke away|began|active since|since \d{4})\b/iu,
  },
  {
    kind: "names",
    worth: 0.75,
    sign: /\b(?:also known as|alias(?:es)?|formerly|other names?|self-name|names? (?:itself|for)|calls? (?:itself|the)|called|label(?:s|led)?|renamed|one and the same|different from|separate from|distinct from|not the same)\b/iu,
  },
  {
    kind: "listing",
    worth: 0.85,
    sign: /\b(?:designat\w+|listed|lists|listing|proscribed|banned|bans?|outlawed|sanctions? list|Foreign Terrorist Organi[sz]ation|FTO|SDGT|entry QD)\b/iu,
  },
  {
    kind: "leader",
    worth: 0.8,
    sign: /\b(?:leads|led by|has led|leader|headed by|emir|chief|commander|head of|succeeded)\b/iu,
  },
];
/** Who the subject is not told by: attacks and counts are no nature. */
const OF_COUNTS = /\b(?:attacks? (?:rose|fell|in)|killed|per cent|%|increase|decrease)\b/iu;

export const whatSection: SectionMaker = (material, taken) => {
  const { items, subject } = material;
  if (subject === null) return null;
  const [entry] = subject.entries;
  const gloss = new Set(
    entry === undefined || subject.entries.length > 1
      ? []
      : tokens(entry.gloss).flatMap(({ stop, term }) => (stop ? [] : [term])),
  );
  const scored = items
    .filter((item) => item.aboutness >= LEAST_ABOUT && standing(item) > 0)
    .flatMap((item) => {
      const best = kindsOf(item, entry ?? null);
      const shared = gloss.size === 0 ? 0 : [...gloss].filter((term) => item.terms.has(term)).length / gloss.size;
      const worth = Math.max(best?.worth ?? 0, shared >= LEAST_SHARED ? shared : 0);
      const score =
        (worth + GLOSS * shared) * item.aboutness * standing(item) * trust(item) + CENTRAL * item.centrality;
      return worth === 0 ? [] : [{ item, kind: best?.kind ?? "gloss", score }];
    })
    .sort((a, b) => b.score - a.score);
  const lines: LineDraft[] = [];
  const kinds = new Set<string>();
  const ofReport = new Map<string, number>();
  for (const { item, kind, score } of scored) {
    if (lines.length === MOST || score < LEAST_SCORE) break;
    const { reportId } = item.hit.passage;
    if (kinds.has(kind) || (ofReport.get(reportId) ?? 0) >= PER_REPORT || taken.has(item)) continue;
    kinds.add(kind);
    ofReport.set(reportId, (ofReport.get(reportId) ?? 0) + 1);
    taken.add(item);
    lines.push(lineOf(material, item, null));
  }
  return lines.length === 0 ? null : { id: "what", lines };
};

const LEAST_SHARED = 0.35;
const GLOSS = 0.6;
const CENTRAL = 0.1;

/** The best kind of statement on a subject's nature, near its name; null for none. */
export function kindsOf(
  { reading, reported }: Item,
  entry: GlossaryEntry | null,
): { kind: string; worth: number } | null {
  const own = reported.view.names.filter((name: FoundName) => entry !== null && name.entries.includes(entry));
  let best: { kind: string; worth: number } | null = null;
  for (const { kind, worth, sign } of KINDS) {
    const match = sign.exec(reading);
    if (match === null) continue;
    const gap = own.reduce(
      (least, { start, end }) =>
        Math.min(least, start > match.index ? start - match.index : Math.max(0, match.index - end)),
      entry === null ? 0 : Number.POSITIVE_INFINITY,
    );
    const near = gap <= NEAR ? 1 : gap <= FAR ? 0.7 : 0.4;
    const value = worth * near * (OF_COUNTS.test(reading) ? 0.6 : 1);
    if (best === null || value > best.worth) best = { kind, worth: value };
  }
  return best;
}

/** Characters between a name and what is said of it. */
const NEAR = 30;
const FAR = 90;

/** How far a source's word goes at first sight: its Admiralty letter, and whether it is opinion. */
export function trust({ hit: { source } }: Item): number {
  const grades = { A: 1, B: 0.95, C: 0.9, D: 0.75, E: 0.65, F: 0.85 } as const;
  return grades[source.reliability] * (source.kind === "op-ed" ? 0.7 : 1);
}
