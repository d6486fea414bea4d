/** What to read first, and why. */

import { viewOf } from "../answer/matching.ts";
import type { ReadingReason } from "../domain/briefing.ts";
import type { Span } from "../domain/passage.ts";
import { dateRange, RELIABILITIES, type Report } from "../domain/report.ts";
import type { Hit } from "../domain/retrieval.ts";
import { isTelling } from "./headings.ts";
import { lineSpan, standing } from "./lines.ts";
import type { Item, LineDraft, Material, SectionDraft, Taken } from "./material.ts";

const MOST = 5;
/** Share of what the best report is worth below which one is not recommended. */
const LEAST_WORTH = 0.12;

/** What the sections before have of a report. */
export interface Quoted {
  /** Lines and rows, by report. */
  readonly times: ReadonlyMap<string, number>;
  /** Reports that disagree with others. */
  readonly disagreeing: ReadonlySet<string>;
  readonly report: (id: string) => Report | null;
}

interface Worth {
  readonly reportId: string;
  readonly items: readonly Item[];
  readonly amount: number;
  readonly times: number;
  readonly hit: Hit;
}

/** Made last: what is worth reading depends on what is quoted. */
export function readingSection(material: Material, taken: Taken, quoted: Quoted): SectionDraft | null {
  const reports = worths(material, quoted);
  if (reports.length === 0) return null;
  const most = Math.max(...reports.map(amountOf));
  const good = reports.filter((each) => amountOf(each) >= LEAST_WORTH * most);
  const broadest = good.reduce((best, each) => (each.amount > best.amount ? each : best), good[0] as Worth);
  const dates = good.flatMap(({ hit }) => (hit.source.published === null ? [] : [dateRange(hit.source.published).to]));
  const newest = dates.reduce((latest, each) => (each > latest ? each : latest), "");
  const gradeOf = ({ hit }: Worth) => RELIABILITIES.indexOf(hit.source.reliability);
  const best = Math.min(...good.map(gradeOf));
  // What most of them have says nothing for one of them.
  const isCommon = good.filter((each) => gradeOf(each) === best).length > good.length / 2;

  const reasonsFor = (each: Worth): ReadingReason[] => {
    const { source } = each.hit;
    const reasons: ReadingReason[] = [];
    if (each.times > 0) reasons.push({ kind: "quoted", times: each.times });
    if (each === broadest) reasons.push({ kind: "broad" });
    if (source.published !== null && dateRange(source.published).to === newest) reasons.push({ kind: "newest" });
    if (!isCommon && gradeOf(each) === best && source.reliability !== "F")
      reasons.push({ kind: "reliable", grade: source.reliability });
    if (quoted.disagreeing.has(each.reportId)) reasons.push({ kind: "other-view" });
    return reasons;
  };
  // Many reasons go before much text; then one publisher's second report waits behind another's first.
  const ranked = good
    .map((each) => ({ each, why: reasonsFor(each) }))
    .filter(({ each, why }) => why.length > 0 && (!isWeak(each) || why.some(({ kind }) => kind === "other-view")))
    // What is weakly sourced, or opinion, is never the first to read.
    .sort(
      (a, b) =>
        Number(isWeak(a.each)) - Number(isWeak(b.each)) ||
        rankOf(b, most) - rankOf(a, most) ||
        (a.each.reportId < b.each.reportId ? -1 : 1),
    );
  const { subject, glossary } = material;
  const isOf = (heading: string) => {
    const { terms } = viewOf(heading, glossary);
    return subject !== null && [...subject.terms].some((term) => terms.has(term));
  };
  const lines: LineDraft[] = [];
  const places = new Set<string>();
  for (const { each, why } of ranked) {
    if (lines.length === MOST) break;
    const place = placeIn(each, taken, places, quoted.report, isOf);
    if (place === null) continue;
    places.add(place.text);
    lines.push({
      item: place.item,
      span: place.span,
      label: { kind: "report", reportId: each.reportId, why },
      same: [],
    });
  }
  return lines.length === 0 ? null : { id: "reading", lines };
}

function worths({ items }: Material, { times }: Quoted): Worth[] {
  const byReport = new Map<string, Item[]>();
  for (const item of items) {
    if (item.aboutness < LEAST_ABOUT || standing(item) === 0) continue;
    const { reportId } = item.hit.passage;
    const known = byReport.get(reportId);
    if (known === undefined) byReport.set(reportId, [item]);
    else known.push(item);
  }
  return [...byReport].flatMap(([reportId, of]) => {
    const [first] = of;
    if (first === undefined) return [];
    const amount = of.reduce((sum, { aboutness, centrality }) => sum + aboutness * (0.5 + 0.5 * centrality), 0);
    return [{ reportId, items: of, amount, times: times.get(reportId) ?? 0, hit: first.hit }];
  });
}

const LEAST_ABOUT = 0.5;

const isWeak = ({ hit: { source } }: Worth): boolean =>
  source.kind === "op-ed" || source.reliability === "D" || source.reliability === "E";
const amountOf = ({ amount, times }: Worth): number => amount + 2 * times;
const rankOf = ({ each, why }: { each: Worth; why: readonly ReadingReason[] }, most: number): number =>
  amountOf(each) / most + 0.25 * why.filter(({ kind }) => kind !== "quoted").length;

/** How much more a heading counts that has words of the subject. */
const OF_SUBJECT = 2;

interface Place {
  readonly item: Item;
  readonly span: Span;
  readonly text: string;
}

/** Where in a report the subject is treated: the heading over most of it, else its first fitting sentence. */
function placeIn(
  { items, reportId }: Worth,
  taken: Taken,
  places: ReadonlySet<string>,
  reportOf: (id: string) => Report | null,
  isOf: (heading: string) => boolean,
): Place | null {
  const report = reportOf(reportId);
  if (report === null) return null;
  const amounts = new Map<string, { amount: number; item: Item }>();
  for (const item of items) {
    // A heading is over all that stands under those below it.
    for (const heading of new Set(item.hit.passage.locator.headings.filter(isTelling))) {
      const known = amounts.get(heading);
      const worth = item.aboutness * (isOf(heading) ? OF_SUBJECT : 1);
      amounts.set(heading, { amount: (known?.amount ?? 0) + worth, item: known?.item ?? item });
    }
  }
  const ordered = [...amounts].sort((a, b) => b[1].amount - a[1].amount);
  for (const [heading, { item }] of ordered) {
    const span = headingSpan(report.text, heading, item.sentence.start);
    if (span !== null && !places.has(heading)) return { item, span, text: heading };
  }
  const fitting = [...items].sort((a, b) => b.aboutness * standing(b) - a.aboutness * standing(a));
  const sentence = fitting.find((item) => !taken.has(item));
  if (sentence === undefined) return null;
  taken.add(sentence);
  return { item: sentence, span: lineSpan(sentence), text: sentence.reading };
}

/** The heading's words where they stand alone on their line, before a sentence; null where markup is among them. */
export function headingSpan(text: string, heading: string, before: number): Span | null {
  for (
    let at = text.lastIndexOf(heading, before - 1);
    at >= 0;
    at = at === 0 ? -1 : text.lastIndexOf(heading, at - 1)
  ) {
    const end = at + heading.length;
    if (end > before) continue;
    const lineStart = text.lastIndexOf("\n", at - 1) + 1;
    const lineEnd = text.indexOf("\n", end);
    const rest = text.slice(end, lineEnd < 0 ? text.length : lineEnd);
    if (/^[#\s\d.)*_]*$/u.test(text.slice(lineStart, at)) && /^[#\s*_]*$/u.test(rest)) return { start: at, end };
  }
  return null;
}
