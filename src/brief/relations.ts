/** Relations of a subject to other actors, each with the sentence that says so. */

import type { Span } from "../domain/passage.ts";
import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { lineOf } from "./choose.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, SectionMaker } from "./material.ts";
import { trust } from "./what.ts";

const MOST_ACTORS = 8;
const MOST_LINES = 10;
const LEAST_ABOUT = 0.6;

/** Those who can stand in a relation, whatever it is; */
const ACTORS = new Set(["armed-group", "person"]);
/** and those who do by their states, or by what they decide. */
const STATES = new Set(["place", "government-body", "organisation"]);

/** What one does to or for the other. */
const RELATES =
  /\b(?:support\w*|back(?:s|ed|ing)|fund(?:s|ed|ing)|financ\w+|pa(?:ys|id|ying|yments?)|shelter\w*|host(?:s|ed|ing)|harbou?r\w*|sponsor\w*|train(?:s|ed|ing)|arm(?:s|ed) (?!group)|suppl(?:y|ies|ied)|equip\w*|fights?|fought|fighting|clash\w*|alli(?:ed|es|ance)|merg\w+|pledg\w+|split|broke away|cooperat\w+|collaborat\w+|coordinat\w+|join(?:s|ed|ing)|joint\w*|oppos\w+|negotiat\w+|talks|mediat\w+|relocat\w+|extradit\w+|nexus|links?|linked|ties|tied|affiliat\w+|branch of|wing of|unit of|part of|led by|leads?|has led|leader of|headed|commander|founder|founded by|successor|safe haven|sanctuar\w+|rivals?|rivalry|enem\w+|handed over|responsib\w+ for|loyal\w*|allegiance|umbrella)\b/iu;
/** What states and bodies do to it. */
const DECIDES =
  /\b(?:ban(?:s|ned)?|outlaw\w*|proscrib\w+|designat\w+|list(?:s|ed|ing)|sanction\w*|accus\w+|blam\w+|alleg\w+|den(?:y|ies|ied|ial)|reject\w*|dismiss\w*|condemn\w*|arrest\w*|detain\w*|strikes?|struck|bomb(?:s|ed)|target\w*|kill(?:s|ed)|offer\w*|reward|support\w*|back(?:s|ed|ing)|fund(?:s|ed|ing)|financ\w+|sponsor\w*|shelter\w*|host(?:s|ed|ing)|harbou?r\w*|pa(?:ys|id|yments?)|ties|links?|nexus|safe haven|sanctuar\w+|recruit\w*)\b/iu;
const DENIES =
  /\b(?:den(?:y|ies|ied|ials?)|reject\w*|dismiss\w*|refut\w+|baseless|unfounded|disput\w+|no (?:evidence|link|ties|proof))\b/iu;

interface Relation {
  readonly item: Item;
  readonly other: GlossaryEntry;
  readonly score: number;
  readonly isDenial: boolean;
}

export const relationsSection: SectionMaker = (material, taken) => {
  const { items, subject } = material;
  if (subject === null || subject.entries.length !== 1) return null;
  const [self] = subject.entries;
  if (self === undefined) return null;
  const byActor = new Map<GlossaryEntry, Relation[]>();
  for (const item of items) {
    if (item.aboutness < LEAST_ABOUT || standing(item) === 0) continue;
    for (const relation of relationsIn(item, self)) {
      const known = byActor.get(relation.other);
      if (known === undefined) byActor.set(relation.other, [relation]);
      else known.push(relation);
    }
  }
  const actors = [...byActor]
    .map(([other, relations]) => ({
      other,
      relations: relations.sort((a, b) => b.score - a.score),
      weight: relations.reduce((sum, { score }) => sum + score, 0),
    }))
    .sort((a, b) => b.weight - a.weight || (a.other.name < b.other.name ? -1 : 1))
    .slice(0, MOST_ACTORS);
  const lines: LineDraft[] = [];
  for (const { other, relations } of actors) {
    const claim = relations.find(({ isDenial, item }) => !isDenial && !taken.has(item));
    if (claim !== undefined) taken.add(claim.item);
    const denial = relations.find(({ isDenial, item }) => isDenial && !taken.has(item));
    if (denial !== undefined) taken.add(denial.item);
    for (const relation of [claim, denial]) {
      if (relation === undefined || lines.length === MOST_LINES) continue;
      lines.push(lineOf(material, relation.item, { kind: "name", name: other.name }));
    }
  }
  return lines.length === 0 ? null : { id: "relations", lines };
};

/** Characters between the two names beyond which a verb hardly joins them. */
const REACH = 140;
/** Names beyond which a sentence is a list. */
const LIST = 5;

function relationsIn(item: Item, self: GlossaryEntry): Relation[] {
  const { names } = item.reported.view;
  const own = names.filter((name) => name.entries.includes(self));
  const found: Relation[] = [];
  const seen = new Set<GlossaryEntry>();
  const actors = new Set(names.flatMap(({ entries }) => entries)).size;
  for (const name of names) {
    const [other] = name.entries;
    if (other === undefined || name.entries.length > 1 || other === self || seen.has(other)) continue;
    if (!ACTORS.has(other.kind) && !STATES.has(other.kind)) continue;
    const nearest = nearestOf(name, own);
    if (nearest === null || nearest.gap > REACH) continue;
    const verb = verbFor(item.reading, name, nearest.name, other);
    if (verb === 0) continue;
    seen.add(other);
    const score =
      verb *
      item.aboutness *
      standing(item) *
      trust(item) *
      (1 - 0.4 * (nearest.gap / REACH)) *
      (actors > LIST ? 0.5 : 1);
    found.push({ item, other, score, isDenial: DENIES.test(item.reading) });
  }
  return found;
}

function nearestOf(
  name: FoundName,
  own: readonly FoundName[],
): { readonly name: FoundName; readonly gap: number } | null {
  let best: { name: FoundName; gap: number } | null = null;
  for (const each of own) {
    const gap = Math.max(each.start - name.end, name.start - each.end, 0);
    if (best === null || gap < best.gap) best = { name: each, gap };
  }
  return best;
}

/** "according to Pakistan", "the Foreign Office said that": who tells is in no relation by that. */
const TELLS_BEFORE = /\b(?:according to|relayed by|reported by|told|citing|excerpted by|in) (?:the )?$/iu;
const TELLS_AFTER =
  /^(?:['’]s? [\p{L} -]{0,40})?,? (?:said|says|told|reported|reports|recorded|stated|noted|wrote|estimated|counted|relayed|gave)\b/iu;

/** How well the words between and around the two names join them: 1 between, less around; 0 not at all. */
function verbFor(reading: string, one: Span, two: Span, other: GlossaryEntry): number {
  const isTeller =
    TELLS_BEFORE.test(reading.slice(Math.max(0, one.start - 24), one.start)) ||
    TELLS_AFTER.test(reading.slice(one.end, one.end + 60));
  if (isTeller) return 0;
  const verbs = ACTORS.has(other.kind) ? RELATES : DECIDES;
  const [from, to] = [Math.min(one.end, two.end), Math.max(one.start, two.start)];
  const between = reading.slice(from, Math.max(from, to));
  if (/[;]|\b(?:while|whereas)\b/u.test(between)) return 0;
  if (verbs.test(between)) return 1;
  const around = reading.slice(Math.max(0, Math.min(one.start, two.start) - 40), Math.max(one.end, two.end) + 40);
  return verbs.test(around) ? 0.6 : 0;
}
