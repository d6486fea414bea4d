/** Reports that a question points to: by title, publisher, file name or year, or because they begin with its names. */

import { dateRange, type Period, type ReportSource } from "../domain/report.ts";
import type { ReportHead } from "../domain/service.ts";
import { tokenise } from "../text/tokens.ts";
import { overlaps, periodsIn } from "./period.ts";
import type { AskedUnit, Question } from "./question.ts";
import { asksForLatest } from "./recency.ts";

/** What a report is known by. */
interface Profile {
  /** Terms of title, publisher, author, document id and file name. */
  readonly label: ReadonlySet<string>;
  /** Terms of its first sentences, which say who speaks and of whom. */
  readonly lead: ReadonlySet<string>;
  /** The times that it says it is about, in its metadata or else in its title or file name. */
  readonly covers: readonly Period[];
  readonly published: Period | null;
  /** The last day that it can tell of, as days since 1970; null where that is not known. */
  readonly known: number | null;
}

export interface Profiles {
  readonly profiles: readonly Profile[];
  /** In how many reports a term is one of the label or the lead. */
  readonly frequency: ReadonlyMap<string, number>;
}

/** UTF-16 code units of a report that count as its beginning. */
export const LEAD_LENGTH = 600;
/** What a name is worth that stands in the beginning only. */
const IN_LEAD = 0.5;
/** What it is worth that a report is about the time asked for, as ln of how rare a word would have to be. */
const SAME_TIME = 1;
const PUBLISHED_THEN = 0.5;
/** What it is worth to be the newest of the reports, where the newest is asked for; half of it after so many days. */
const NEWEST = 1;
const HALF_AFTER = 365;
/** Points below which even the report that is pointed to most is favoured only in part. */
const SURE = 3;

/**
 * @param heads by number of the report.
 * @param beginnings of the reports' texts, by number of the report; `LEAD_LENGTH` of them is read.
 */
export function profilesOf(heads: readonly ReportHead[], beginnings: readonly string[]): Profiles {
  const profiles = heads.map(({ path, source }, number): Profile => {
    const name = asWords(path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, ""));
    const label = [source.title, source.publisher, source.author, source.documentId, name].filter(
      (text) => text !== null,
    );
    return {
      label: new Set(label.flatMap((text) => [...tokenise(text), ...tokenise(asWords(text))])),
      lead: new Set(tokenise((beginnings[number] ?? "").slice(0, LEAD_LENGTH))),
      covers: source.period !== null ? [source.period] : periodsIn(`${source.title} ${name}`),
      published: source.published === null ? null : dateRange(source.published),
      known: lastDayOf(source),
    };
  });
  const frequency = new Map<string, number>();
  for (const { label, lead } of profiles) {
    for (const term of new Set([...label, ...lead])) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return { profiles, frequency };
}

const asWords = (text: string): string => text.replace(/[-_./]+/g, " ");

/**
 * How much a question points to each report, 0 to 1, by number of the report: each of its names, times and words is
 * worth the more the fewer reports are known by it.
 */
export function favourOf({ profiles, frequency }: Profiles, question: Question): Float64Array {
  const points = new Float64Array(profiles.length);
  const rarity = (term: string): number => Math.log(profiles.length / (frequency.get(term) ?? profiles.length));
  for (const unit of question.units) {
    if (unit.shaping) continue;
    const alternatives = wordsOf(unit);
    if (!alternatives.some(({ terms }) => terms.every((term) => frequency.has(term)))) continue;
    profiles.forEach(({ label, lead }, number) => {
      let best = 0;
      for (const { terms, isName } of alternatives) {
        const inLabel = terms.every((term) => label.has(term));
        const share = inLabel ? 1 : isName && terms.every((term) => label.has(term) || lead.has(term)) ? IN_LEAD : 0;
        if (share > 0) best = Math.max(best, share * Math.min(...terms.map(rarity)));
      }
      points[number] = (points[number] ?? 0) + best;
    });
  }
  for (const asked of question.periods) {
    profiles.forEach(({ covers, published }, number) => {
      const isAbout = covers.some((period) => overlaps(period, asked));
      const isOfThen = published !== null && overlaps(published, asked);
      const worth = isAbout ? SAME_TIME : isOfThen ? PUBLISHED_THEN : 0;
      points[number] = (points[number] ?? 0) + worth / question.periods.length;
    });
  }
  if (asksForLatest(question.text)) {
    const newest = Math.max(...profiles.map(({ known }) => known ?? Number.NEGATIVE_INFINITY));
    profiles.forEach(({ known }, number) => {
      const worth = known === null ? 0 : NEWEST * 0.5 ** ((newest - known) / HALF_AFTER);
      points[number] = (points[number] ?? 0) + worth;
    });
  }
  const most = Math.max(SURE, ...points);
  return points.map((each) => each / most);
}

function lastDayOf({ published, period }: ReportSource): number | null {
  const days = [published, period?.to ?? null].flatMap((date) => (date === null ? [] : [dateRange(date).to]));
  const last = days.sort().at(-1);
  return last === undefined ? null : Date.parse(last.replace("-02-29", "-02-28")) / DAY_MS;
}

const DAY_MS = 86_400_000;

/** The alternatives of a unit that are words: no report is known by the index term of a glossary entry. */
function wordsOf({ kind, alternatives }: AskedUnit): { terms: readonly string[]; isName: boolean }[] {
  return alternatives
    .filter((terms) => terms.length > 0 && !terms.some((term) => term.startsWith("@")))
    .map((terms) => ({ terms, isName: kind !== "word" }));
}
