/** Who is one voice: two reports that rest on one document are no two sources. */

import type { Corroboration } from "../domain/answer.ts";
import type { ReportSource } from "../domain/report.ts";
import type { Glossary, GlossaryEntry } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import type { Candidate, Said } from "./evidence.ts";
import { sourcesOf } from "./surroundings.ts";
import { reportedBy } from "./told.ts";

/** Whether two reports rest on one underlying document: then they are one voice. */
export function shareOrigin(a: ReportSource, b: ReportSource): boolean {
  if (a === b) return true;
  const keys = (source: ReportSource) =>
    new Set(
      source.origins.length > 0
        ? source.origins.flatMap((origin) => [
            origin.documentId,
            origin.url,
            `${origin.title}|${origin.publisher ?? ""}`,
          ])
        : [source.documentId, source.url, `${source.title}|${source.publisher ?? ""}`],
    );
  const ofB = keys(b);
  for (const key of keys(a)) if (key !== null && ofB.has(key)) return true;
  return false;
}

/** A sentence with its report. */
type Voice = Pick<Candidate, "hit" | "sentence">;

/**
 * Whether two sentences are one voice: their reports rest on one document, or their footnotes name one page.
 */
export function isOneVoice(a: Voice, b: Voice): boolean {
  if (shareOrigin(a.hit.source, b.hit.source)) return true;
  const pages = (candidate: Voice) =>
    candidate.hit.source.sources
      .filter(({ key }) => candidate.sentence.footnotes.includes(key))
      .map(({ url, title }) => url ?? title);
  const ofB = new Set(pages(b));
  return pages(a).some((page) => ofB.has(page));
}

/**
 * The reports that say the same as a claim's sentence, each once. Independent is one whose sentence is another voice than
 * the claim's and than that of every report before it: two that rest on one document, are of one publisher, or give one
 * counter's figure ("according to PICSS"), count as one; so do a body's own report and one that passes on what it said.
 */
export function corroborationOf(candidate: Said, same: readonly Said[], glossary: Glossary): Corroboration[] {
  const reports = new Map<string, Said[]>();
  for (const other of same) {
    const { reportId } = other.hit.passage;
    if (reportId === candidate.hit.passage.reportId) continue;
    reports.set(reportId, [...(reports.get(reportId) ?? []), other]);
  }
  const voices: Said[] = [candidate];
  return [...reports].map(([reportId, sentences]) => {
    const isAnother = (one: Said) =>
      voices.every((voice) => !isOneVoice(voice, one) && !areOfOneBody(voice, one, glossary));
    const independent = sentences.every(isAnother);
    if (independent) voices.push(...sentences);
    return { reportId, title: sentences[0]?.hit.source.title ?? "", independent };
  });
}

/** Whether one body stands behind two sentences: it published both reports, or both name it, or one names the other's. */
function areOfOneBody(a: Said, b: Said, glossary: Glossary): boolean {
  if (areOfOnePublisher(a.hit.source, b.hit.source)) return true;
  const [namedA, namedB] = [namedIn(a, glossary), namedIn(b, glossary)];
  if ([...namedA.keys()].some((key) => namedB.has(key))) return true;
  return isOf(namedA, b.hit.source, glossary) || isOf(namedB, a.hit.source, glossary);
}

/** Whether one publisher stands behind two reports: behind the documents that they rest on, where they name any. */
export function areOfOnePublisher(a: ReportSource, b: ReportSource): boolean {
  const ofB = bodiesOf(b);
  return [...bodiesOf(a)].some((body) => ofB.has(body));
}

/** Publishers of the documents that a report rests on, else its own, in a form that can be compared. */
function bodiesOf({ origins, publisher }: ReportSource): ReadonlySet<string> {
  const names = origins.length > 0 ? origins.map((origin) => origin.publisher) : [publisher];
  return new Set(names.flatMap((name) => (name === null ? [] : [plain(name)])).filter((name) => !NOBODY.test(name)));
}

const NOBODY = /^(?:|not stated|unknown|anonymous|none|various|n a)$/u;

/** Without what stands in brackets, "via press", and marks. */
function plain(name: string): string {
  return fold(name)
    .replace(/\([^)]*\)|,?\s+via\s.*$|^the\s/gu, " ")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** Whether one of the named is the publisher of a report's documents, or stands in the title of one. */
function isOf(named: ReadonlyMap<string, string>, { title, publisher, origins }: ReportSource, glossary: Glossary) {
  const documents = origins.length > 0 ? origins : [{ title, publisher }];
  const texts = documents.flatMap((each) => (each.publisher === null ? [each.title] : [each.title, each.publisher]));
  const keys = new Set(
    texts.flatMap((text) => glossary.find(text).map(({ entries }) => keyOfEntries(entries, glossary))),
  );
  const words = texts.map((text) => ` ${plain(text)} `);
  return [...named].some(([key, surface]) => {
    const name = plain(surface);
    // One word may be anything's.
    return keys.has(key) || (name.includes(" ") && words.some((text) => text.includes(` ${name} `)));
  });
}

const keyOfEntries = (entries: readonly GlossaryEntry[], glossary: Glossary): string =>
  entries
    .map((entry) => glossary.term(entry))
    .sort()
    .join(" ");

/** "The 36th report": reports with numbers are one body's series. */
const NUMBERED = /\b\d+(?:st|nd|rd|th) report\b/u;

/** Whom a sentence names as having said or counted it, as written, by what makes two namings equal. */
function namedIn({ hit, index }: Said, glossary: Glossary): ReadonlyMap<string, string> {
  const reported = reportedBy(hit, glossary)[index];
  if (reported === undefined) return new Map();
  const named = new Map(sourcesOf(reported, glossary).map(({ key, surface }) => [key, surface]));
  const numbered = NUMBERED.exec(reported.reading);
  if (numbered !== null) named.set("numbered report", numbered[0]);
  return named;
}
