/** Who is one voice: two reports that rest on one document are no two sources. */

import type { Corroboration } from "../domain/answer.ts";
import type { ReportSource } from "../domain/report.ts";
import type { Glossary } from "../text/glossary.ts";
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
 * the claim's and than that of every report before it: two that rest on one document, or give one counter's figure
 * ("according to PICSS"), count as one.
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
      voices.every((voice) => !isOneVoice(voice, one) && !nameOneSource(voice, one, glossary));
    const independent = sentences.every(isAnother);
    if (independent) voices.push(...sentences);
    return { reportId, title: sentences[0]?.hit.source.title ?? "", independent };
  });
}

/** Whether two sentences name the same source for what they say. */
function nameOneSource(a: Said, b: Said, glossary: Glossary): boolean {
  const ofB = namedIn(b, glossary);
  return [...namedIn(a, glossary)].some((key) => ofB.has(key));
}

function namedIn({ hit, index }: Said, glossary: Glossary): ReadonlySet<string> {
  const reported = reportedBy(hit, glossary)[index];
  return new Set(reported === undefined ? [] : sourcesOf(reported, glossary).map(({ key }) => key));
}
