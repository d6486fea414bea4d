/** What reports that are new or changed have added, altered or contradicted. */

import { type Fingerprint, fingerprintOf, likenessOf } from "../text/fingerprints.ts";
import { choose } from "./choose.ts";
import { disagreementsSection } from "./disagreements.ts";
import { telling } from "./key-facts.ts";
import type { Item, Material, SectionDraft, Taken } from "./material.ts";
import type { Pause } from "./pausing.ts";
import { areAlike, nothingTaken } from "./taken.ts";
import { trust } from "./what.ts";

/** What a report was: the same as now, not there, something that nobody knows any more, or these sentences. */
export type Former = "same" | "absent" | "unknown" | readonly Fingerprint[];

/** What is new about a sentence: it stands in no earlier version, or in other words. */
type News = "added" | "altered";

const MOST_ADDED = 8;
const MOST_ALTERED = 6;
/** Sentences that share so many of their words are one in other words. */
const SAME_SENTENCE = 0.6;
const LEAST_ABOUT = 0.6;
/** Sentences that are held against each other: the new ones, and others that speak of the same. */
const MOST_FRESH = 250;
const MOST_BESIDE = 500;
/** Likeness in meaning below which two sentences surely do not say the same. */
const NEAR = 0.5;
/** Lines of one report, where several are new. */
const PER_REPORT = 3;

/**
 * The sections of a briefing on what is new: contradicted, added and altered, in the order of CHANGE_SECTIONS.
 * @param formerOf what a report was.
 * @param pause between steps: there may be thousands of sentences.
 */
export async function changeSections(
  material: Material,
  formerOf: (reportId: string) => Former,
  pause: Pause,
): Promise<SectionDraft[]> {
  const news = await newsIn(material, formerOf, pause);
  if (news.size === 0) return [];
  const taken = nothingTaken(material.likeness);
  const contradicted = await contradictions(material, news, taken, pause);
  await pause();
  const altered = section("altered", MOST_ALTERED);
  await pause();
  const added = section("added", MOST_ADDED);
  return [added, altered, contradicted].filter((draft) => draft !== null);

  function section(id: News, limit: number): SectionDraft | null {
    const reports = new Set([...news].filter(([, each]) => each === id).map(([item]) => item.hit.passage.reportId));
    const perReport = reports.size === 1 ? limit : PER_REPORT;
    const score = (item: Item) => {
      if (news.get(item) !== id || item.aboutness < LEAST_ABOUT) return 0;
      return (0.5 * item.aboutness + 0.5 * item.centrality) * trust(item) * telling(item);
    };
    const lines = choose(material, taken, { limit, score, perReport });
    return lines.length === 0 ? null : { id, lines };
  }
}

/** The sentences that are new; not those that say only what an unchanged report says. */
async function newsIn(
  { items, likeness }: Material,
  formerOf: (reportId: string) => Former,
  pause: Pause,
): Promise<Map<Item, News>> {
  const former = new Map<string, Former>();
  const byReport = new Map<string, Item[]>();
  for (const item of items) {
    const { reportId } = item.hit.passage;
    byReport.set(reportId, [...(byReport.get(reportId) ?? []), item]);
    if (!former.has(reportId)) former.set(reportId, formerOf(reportId));
  }
  const old = items.filter(({ hit }) => former.get(hit.passage.reportId) === "same");
  const news = new Map<Item, News>();
  for (const [reportId, own] of byReport) {
    const before = former.get(reportId) ?? "unknown";
    if (before === "same") continue;
    const kinds = typeof before === "string" ? own.map((): News => "added") : newsAgainst(before, own);
    for (const [at, item] of own.entries()) {
      await pause();
      const kind = kinds[at] ?? null;
      // What is said already elsewhere is not new to anybody; other words of a report that was read are.
      const isOld = (other: Item) => {
        const alike = likeness(item, other);
        // Without vectors nothing is known of what they mean.
        return (alike === 0 || alike >= NEAR) && areAlike(item, other, likeness);
      };
      if (kind === null || (kind === "added" && old.some(isOld))) continue;
      news.set(item, kind);
    }
  }
  return news;
}

/** Which of a report's sentences are new against the version before. */
function newsAgainst(before: readonly Fingerprint[], items: readonly Item[]): (News | null)[] {
  const now = items.map(({ reading }) => fingerprintOf(reading));
  const known = new Set(before.map(({ whole }) => whole));
  const still = new Set(now.map(({ whole }) => whole));
  // A sentence that stands unchanged is not the former form of another one.
  const gone = before.filter(({ whole }) => !still.has(whole));
  return now.map((print) => {
    if (known.has(print.whole)) return null;
    return gone.some((other) => likenessOf(print, other) >= SAME_SENTENCE) ? "altered" : "added";
  });
}

/** Where something new stands against something else: only groups and pairs with a new sentence among them. */
async function contradictions(
  material: Material,
  news: ReadonlyMap<Item, News>,
  taken: Taken,
  pause: Pause,
): Promise<SectionDraft | null> {
  const fresh = mostCentral([...news.keys()], MOST_FRESH);
  const isNear = nearTo(fresh);
  const near: Item[] = [];
  for (const item of material.items) {
    await pause();
    if (!news.has(item) && isNear(item)) near.push(item);
  }
  const compared = new Set([...fresh, ...mostCentral(near, MOST_BESIDE)]);
  const items = material.items.filter((item) => compared.has(item));
  const inItems = new Set(items.map(({ hit, index }) => `${hit.passage.id} ${index}`));
  const figures = material.figures.filter(({ passageId, sentence }) => inItems.has(`${passageId} ${sentence}`));
  const all = disagreementsSection({ ...material, items, figures }, nothingTaken(material.likeness));
  if (all === null) return null;
  const isNew = (position: number) => {
    const line = all.lines[position - 1];
    return line !== undefined && news.has(line.item);
  };
  const disagreements = (all.disagreements ?? []).filter(({ values }) =>
    values.some(({ citation }) => isNew(citation)),
  );
  const pairs = (all.pairs ?? []).filter((pair) => pair.some((index) => isNew(index + 1)));
  const used = [
    ...new Set([
      ...disagreements.flatMap(({ values }) => values.map(({ citation }) => citation)),
      ...pairs.flat().map((index) => index + 1),
    ]),
  ].sort((a, b) => a - b);
  const lines = used.flatMap((position) => all.lines[position - 1] ?? []);
  if (lines.length === 0) return null;
  for (const { item } of lines) taken.add(item);
  const renumbered = (position: number) => used.indexOf(position) + 1;
  return {
    id: "contradicted",
    lines,
    disagreements: disagreements.map((each) => ({
      ...each,
      values: each.values.map((value) => ({ ...value, citation: renumbered(value.citation) })),
    })),
    pairs: pairs.map((pair) => pair.map((index) => renumbered(index + 1) - 1)),
  };
}

function mostCentral(items: readonly Item[], most: number): readonly Item[] {
  return items.length <= most ? items : items.toSorted((a, b) => b.centrality - a.centrality).slice(0, most);
}

/** Words and names that a sentence shares with a new one from which on it can stand against it. */
const SHARED = 3;

/** Whether a sentence speaks of what a new one speaks of: comparing all with all would take too long. */
function nearTo(items: readonly Item[]): (item: Item) => boolean {
  const terms = items.map((item) => new Set(telltale(item)));
  return (item) => {
    const own = telltale(item);
    return terms.some((each) => own.filter((term) => each.has(term)).length >= SHARED);
  };
}

const telltale = ({ tokens, terms }: Item): string[] => [
  ...new Set([
    ...tokens.filter(({ stop, numeric }) => !stop && !numeric).map(({ term }) => term),
    ...[...terms].filter((term) => term.startsWith("@")),
  ]),
];
