/** The sections of a briefing from its material, in the order in which they may choose. */

import { CORPUS_SECTIONS, type SectionId, SUBJECT_SECTIONS } from "../domain/briefing.ts";
import type { Report } from "../domain/report.ts";
import { actorsSection, coversSection } from "./corpus.ts";
import { disagreementsSection } from "./disagreements.ts";
import { figuresSection } from "./figures.ts";
import { fewFactsSection, keyFactsSection, sentencesOn, tiesSection } from "./key-facts.ts";
import type { Material, SectionDraft, SectionMaker } from "./material.ts";
import { readingSection } from "./reading.ts";
import { relationsSection } from "./relations.ts";
import { shortened } from "./shorten.ts";
import { nothingTaken } from "./taken.ts";
import { timelineSection } from "./timeline.ts";
import { unverifiedSection } from "./unverified.ts";
import { whatSection } from "./what.ts";

/** Who chooses first: what can stand in one place only goes before what can be put otherwise. */
const OF_SUBJECT: readonly SectionMaker[] = [
  whatSection,
  disagreementsSection,
  timelineSection,
  tiesSection,
  relationsSection,
  unverifiedSection,
  keyFactsSection,
  figuresSection,
];
/** Of a subject on which little is told, its facts go before what is alleged of it and how it stands to others. */
const OF_SMALL_SUBJECT: readonly SectionMaker[] = [
  whatSection,
  disagreementsSection,
  timelineSection,
  tiesSection,
  fewFactsSection,
  relationsSection,
  unverifiedSection,
  keyFactsSection,
  figuresSection,
];
/** Sentences on a subject below which little is told of it. */
const FEW = 30;
const OF_CORPUS: readonly SectionMaker[] = [
  disagreementsSection,
  actorsSection,
  coversSection,
  unverifiedSection,
  figuresSection,
];

/** Sections in the order of a briefing. @param pause between sections. */
export async function draftsOf(
  material: Material,
  report: (id: string) => Report | null,
  pause: () => Promise<void>,
): Promise<SectionDraft[]> {
  const taken = nothingTaken(material.likeness);
  const drafts: SectionDraft[] = [];
  for (const make of makersFor(material)) {
    await pause();
    const draft = make(material, taken);
    const begun = draft === null ? -1 : drafts.findIndex(({ id }) => id === draft.id);
    if (draft !== null && begun >= 0) {
      drafts.splice(begun, 1, {
        ...draft,
        lines: [...(drafts[begun]?.lines ?? []), ...draft.lines].slice(0, MOST_FACTS),
      });
      continue;
    }
    if (draft !== null && material.subject === null && draft.id === "disagreements") {
      drafts.push(shortened(draft, MOST_DISAGREEING));
    } else if (draft !== null && draft.lines.length + (draft.rows?.length ?? 0) > 0) drafts.push(draft);
  }
  await pause();
  const times = new Map<string, number>();
  const disagreeing = new Set<string>();
  for (const { lines, rows = [], pairs = [] } of drafts) {
    for (const { item } of [...lines, ...rows]) {
      const { reportId } = item.hit.passage;
      times.set(reportId, (times.get(reportId) ?? 0) + 1);
    }
    for (const ids of sidesOf(lines, pairs)) for (const id of ids) disagreeing.add(id);
  }
  const reading = readingSection(material, taken, { times, disagreeing, report });
  if (reading !== null) drafts.push(reading);
  const order = sectionsFor(material);
  return drafts.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

/** The reports of lines that stand against each other, where they are of several reports: within one no view differs. */
function sidesOf(lines: SectionDraft["lines"], pairs: NonNullable<SectionDraft["pairs"]>): ReadonlySet<string>[] {
  return pairs
    .map((pair) => new Set(pair.flatMap((at) => lines[at]?.item.hit.passage.reportId ?? [])))
    .filter((reports) => reports.size > 1);
}

function makersFor(material: Material): readonly SectionMaker[] {
  if (material.subject === null) return OF_CORPUS;
  return sentencesOn(material) < FEW ? OF_SMALL_SUBJECT : OF_SUBJECT;
}

/** Key facts, where they were chosen in two turns. */
const MOST_FACTS = 8;
/** Lines of the corpus page on which sources disagree: it is one page. */
const MOST_DISAGREEING = 6;

export function sectionsFor({ subject }: Pick<Material, "subject">): readonly SectionId[] {
  return subject === null ? CORPUS_SECTIONS : SUBJECT_SECTIONS;
}
