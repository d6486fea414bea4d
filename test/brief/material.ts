import { figuresOfPassage } from "../../src/answer/reported-figures.ts";
import { aboutName } from "../../src/brief/aboutness.ts";
import { materialOf } from "../../src/brief/gather.ts";
import type { LineDraft, Material, RowDraft, SectionDraft } from "../../src/brief/material.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import { createGlossary, type Glossary } from "../../src/text/glossary.ts";
import { tokens } from "../../src/text/tokens.ts";
import { entry, hit, passage } from "../helpers/sources.ts";

/** The names of the reports in these tests. */
export const NAMES: Glossary = createGlossary([
  entry("Harbour Institute", "think-tank", ["HI"]),
  entry("Coast Institute", "think-tank"),
  entry("Port Council", "government-body"),
  entry("Red Fleet", "armed-group"),
  entry("Blue Fleet", "armed-group"),
  entry("Narva", "place"),
  entry("Lagos", "place"),
  { ...entry("Pier Four bombing", "event", ["bombing at Pier Four"]), date: "2024-05-04" },
  { ...entry("Mill fire", "event"), date: "2024-02-01" },
]);

/** A report of one passage. */
export interface Told {
  readonly sentences: readonly string[];
  readonly source?: Partial<ReportSource>;
  readonly heading?: string;
  /** Reports of one origin are one voice; without one it is its own. */
  readonly origin?: string;
}

/**
 * The material of a briefing on a name, or with null on all: as it is gathered from an index, with words in the place of
 * a model, so that sentences are as alike as their words.
 */
export function material(subject: string | null, reports: readonly Told[]): Promise<Material> {
  const found = subject === null ? undefined : NAMES.entries.find(({ name }) => name === subject);
  if (subject !== null && found === undefined) throw new Error(`No name ${subject}`);
  const hits = reports.map(({ sentences, source, heading, origin }, index) => {
    const id = `r${index + 1}`;
    const base = passage(index + 1, id, sentences);
    const title = source?.title ?? `Report ${index + 1}`;
    const origins = [{ title: origin ?? title, publisher: null, documentId: null, published: null, url: null }];
    const headed = { ...base, locator: { ...base.locator, headings: heading === undefined ? [] : [heading] } };
    return hit(headed, { title, origins, ...source });
  });
  return materialOf({
    subject: found === undefined ? null : { name: found.name, entries: [found], terms: new Set([NAMES.term(found)]) },
    hits,
    glossary: NAMES,
    aboutness:
      found === undefined ? ({ passage: { sentences } }) => sentences.map(() => 1) : aboutName(found, NAMES, hits),
    vectors: new Map(hits.map(({ passage: { id } }, index) => [id, (reports[index]?.sentences ?? []).map(vectorOf)])),
    figures: hits.flatMap((each) => figuresOfPassage(each, NAMES)),
    pause: async () => {},
  });
}

const DIMENSIONS = 512;

/** Words of a text as a direction: the more of them two texts share, the more alike they are. */
function vectorOf(text: string): Float32Array {
  const vector = new Float32Array(DIMENSIONS);
  for (const { term, stop } of tokens(text)) {
    if (stop) continue;
    let place = 7;
    for (const unit of term) place = (place * 31 + (unit.codePointAt(0) ?? 0)) % DIMENSIONS;
    vector[place] = 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((value) => (length === 0 ? 0 : value / length));
}

/** What a line quotes. */
export function quoted({ item: { hit: of }, span }: LineDraft): string {
  return of.passage.text.slice(span.start - of.passage.start, span.end - of.passage.start);
}

/** A row in short: value, what is counted, from when, report. */
export function rowText({ figure }: RowDraft): string {
  return `${figure.written} ${figure.counted} ${figure.time?.from} ${figure.reportId}`;
}

/** The lines of a section as they are quoted; none where there is no section. */
export function quotes(section: SectionDraft | null): string[] {
  return section?.lines.map(quoted) ?? [];
}
