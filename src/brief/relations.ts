/** Relations of a subject to other actors, each with the sentence that says so. */

import type { Span } from "../domain/passage.ts";
import type { FoundName, GlossaryEntry } from "../text/glossary.ts";
import { lineOf } from "./choose.ts";
import { standing } from "./lines.ts";
import type { Item, LineDraft, Material, SectionMaker, Taken } from "./material.ts";
import { isOutright, isState, isTeller, meantBy } from "./names.ts";
import { trust } from "./what.ts";

const MOST_ACTORS = 8;
const MOST_LINES = 10;
const LEAST_ABOUT = 0.6;

/** What one does to or for the other. */
const RELATES =
  /\b(?:support\w*|back(?:s|ed|ing)|fund(?:s|ed|ing)|financ\w+|pa(?:ys|id|ying|yments?)|shelter\w*|hosts?|hosted|harbou?r\w*|sponsor\w*|train(?:s|ed|ing)|arm(?:s|ed) (?!group|forces)|suppl(?:y|ies|ied)|equip\w*|fights?|fought|fighting|clash\w*|alli(?:ed|es|ance)|merg\w+|pledg\w+|split|broke away|cooperat\w+|collaborat\w+|coordinat\w+|join(?:s|ed|ing)|joint\w*|oppos\w+|negotiat\w+|talks|mediat\w+|relocat\w+|extradit\w+|nexus|links?|linked|ties|tied|affiliat\w+|branch of|wing of|unit of|part of|led by|leads?|has led|leader of|headed|commander|founder|founded by|successor|safe haven|sanctuar\w+|rivals?|rivalry|enem\w+|handed over|loyal\w*|allegiance|umbrella|help(?:s|ed|ing)?|recruits?|recruited|threat to|liability|treat(?:s|ed)?|tolerat\w+|complicit|separate|distance)\b/iu;
/** What states do to it, or it to them. */
const OF_STATES =
  /\b(?:ban(?:s|ned)?|outlaw\w*|proscrib\w+|designat\w+|list(?:s|ed|ing)|sanction\w*|accus\w+|blam\w+|alleg\w+|den(?:y|ies|ied|ial)|reject\w*|dismiss\w*|condemn\w*|arrest\w*|detain\w*|strikes?|struck|bomb(?:s|ed)|offer\w*|reward|support\w*|back(?:s|ed|ing)|fund(?:s|ed|ing)|financ\w+|sponsor\w*|shelter\w*|hosts?|hosted|harbou?r\w*|pa(?:ys|id|yments?)|ties|links?|nexus|safe haven|sanctuar\w+|held|blocked|vetoed|negotiat\w+|talks)\b/iu;
/** What offices and organisations decide on it. */
const OF_BODIES =
  /\b(?:ban(?:s|ned)?|outlaw\w*|proscrib\w+|designat\w+|list(?:s|ed|ing)?|sanction\w*|accus\w+|blam\w+|den(?:y|ies|ied|ial)|reject\w*|dismiss\w*|condemn\w*|arrest\w*|notified|renamed|label(?:s|led)?)\b/iu;
const DENIES =
  /\b(?:den(?:y|ies|ied|ials?)|reject\w*|dismiss\w*|refut\w+|baseless|unfounded|disput\w+|no (?:evidence|link|ties|proof))\b/iu;

/** Who gives a subject support, money or shelter, or what is found of a denial of that. */
const TIES =
  /\b(?:(?:support|backing|funding|funds|financing|sponsorship|shelter|sanctuary|safe havens?|weapons)\b[^.,;]{0,30}?\b(?:from|by)\b|(?:gave|gives|given|provide[sd]?|received?|receives|enjoy(?:s|ed))\b[^.;]{0,60}?\b(?:support|backing|funding|funds|money|shelter|sanctuary|safe havens?|weapons)\b|(?:supports|supported|backs|backed|finances|financed|funds|funded|shelters|sheltered|harbou?r(?:s|ed)) (?:the )?\p{Lu}|not credible)/u;

/** Whether a sentence tells of support for its subject, as a finding and not as a charge. */
export function isOfTies({ reading }: Item): boolean {
  return TIES.test(reading) && !/\b(?:alleg\w+|accus\w+|claim(?:s|ed))\b/iu.test(reading);
}

interface Relation {
  readonly item: Item;
  readonly other: GlossaryEntry;
  readonly score: number;
  readonly isDenial: boolean;
}

export const relationsSection: SectionMaker = (material, taken) => {
  const { items, subject }: Material = material;
  const [self] = subject?.entries ?? [];
  if (self === undefined || subject?.entries.length !== 1 || !canRelate(self)) return null;
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
  for (const [rank, { other, relations }] of actors.entries()) {
    const claims = taking(relations, rank < FIRST_ACTORS ? 2 : 1, false, taken);
    for (const { item } of [...claims, ...taking(relations, 1, true, taken)]) {
      if (lines.length < MOST_LINES) lines.push(lineOf(material, item, { kind: "name", name: other.name }));
    }
  }
  return lines.length === 0 ? null : { id: "relations", lines };
};

/** The best of an actor that no line says; of several reports before several of one. */
function taking(relations: readonly Relation[], most: number, isDenial: boolean, taken: Taken): Relation[] {
  const chosen: Relation[] = [];
  const reports = new Set<string>();
  for (const relation of relations) {
    const { reportId } = relation.item.hit.passage;
    if (chosen.length === most || relation.score < LEAST_SCORE) break;
    if (relation.isDenial !== isDenial || reports.has(reportId) || taken.has(relation.item)) continue;
    taken.add(relation.item);
    reports.add(reportId);
    chosen.push(relation);
  }
  return chosen;
}

/** Whether a subject of a kind can be related to others: a count or a district cannot. */
function canRelate(entry: GlossaryEntry): boolean {
  return entry.kind === "event" || ACTORS.has(entry.kind) || BODIES.has(entry.kind) || isState(entry);
}

const ACTORS = new Set(["armed-group", "person"]);
const BODIES = new Set(["government-body", "organisation"]);
/** So many of the actors with most to say of them may have two lines, and then a denial. */
const FIRST_ACTORS = 3;
const LEAST_SCORE = 0.2;

/** Characters between the two names beyond which a verb hardly joins them. */
const REACH = 140;
/** Names beyond which a sentence is a list. */
const LIST = 5;

function relationsIn(item: Item, self: GlossaryEntry): Relation[] {
  const { reading } = item;
  const names = item.reported.view.names.filter((name) => isOutright(name, reading));
  const own = names.filter(
    (name) => name.entries.includes(self) && !isTeller(reading, name) && !isWhere(reading, name, self),
  );
  const found = new Map<GlossaryEntry, Relation>();
  const isDenial = DENIES.test(reading);
  const actors = new Set(names.flatMap(({ entries }) => entries)).size;
  for (const name of names) {
    const other = meantBy(name);
    if (other === null || other === self) continue;
    const verbs = ACTORS.has(other.kind)
      ? RELATES
      : BODIES.has(other.kind)
        ? OF_BODIES
        : isState(other)
          ? OF_STATES
          : null;
    // Who only tells is in no relation; a state or an office that denies or accuses is, though that is told.
    if (verbs === null || (isTeller(reading, name) && (other.kind === "person" || !isActing(reading, name)))) continue;
    if (isWhere(reading, name, other)) continue;
    const nearest = nearestOf(name, own);
    if (nearest === null || nearest.gap < LEAST_GAP || nearest.gap > REACH) continue;
    const joined = joins(reading, name, nearest.name, verbs);
    const score =
      joined *
      item.aboutness *
      standing(item) *
      trust(item) *
      (1 - 0.4 * (nearest.gap / REACH)) *
      (actors > LIST ? 0.5 : 1);
    if (score > (found.get(other)?.score ?? 0)) found.set(other, { item, other, score, isDenial });
  }
  return [...found.values()];
}

const ACTS =
  /^[^.;]{0,60}?\b(?:accus\w+|blam\w+|alleg\w+|den(?:y|ies|ied)|reject\w*|dismiss\w*|condemn\w*|bann?(?:s|ed)?|designat\w+|arrest\w*)\b/iu;

function isActing(reading: string, { end }: Span): boolean {
  return ACTS.test(reading.slice(end));
}

/** "The largest group in Afghanistan": where something is, unless it is given shelter there. */
function isWhere(reading: string, { start, end }: Span, { kind }: GlossaryEntry): boolean {
  if (kind !== "place" || SHELTERS.test(reading)) return false;
  return (
    WHERE.test(reading.slice(0, start)) ||
    /^ (?:airport|restaurant|soil|border|territory|province)\b/u.test(reading.slice(end))
  );
}

const WHERE = /\b(?:in|inside|across|within|from|into|near|throughout|outside|to) (?:the )?$/iu;
const SHELTERS = /\b(?:safe havens?|sanctuar\w+|shelter\w*|hosts?|hosted|harbou?r\w*|support(?:s|ed)? from)\b/iu;
/** "Afghanistan's de facto authorities" is one thing. */
const LEAST_GAP = 4;

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

/** How well the words between and around the two names join them: 1 between, less around; 0 not at all. */
function joins(reading: string, one: Span, two: Span, verbs: RegExp): number {
  const [from, to] = [Math.min(one.end, two.end), Math.max(one.start, two.start)];
  const between = reading.slice(from, Math.max(from, to));
  if (/[;]|\b(?:while|whereas)\b/u.test(between)) return 0;
  if (verbs.test(between)) return 1;
  const around = reading.slice(Math.max(0, Math.min(one.start, two.start) - 40), Math.max(one.end, two.end) + 40);
  return verbs.test(around) ? 0.6 : 0;
}
