/** Whether what questions rest on is in the text that was extracted from the documents. */

import { z } from "zod";
import { SitrepError } from "../domain/errors.ts";
import type { Sitrep } from "../domain/service.ts";

/** A passage of a document that carries an answer. */
export interface EvidenceString {
  readonly question: string;
  /** Path of the document inside the corpus folder. */
  readonly document: string;
  readonly text: string;
}

export interface ExtractionFigures {
  readonly strings: number;
  readonly found: number;
  readonly missing: readonly EvidenceString[];
}

const evidenceSchema = z.array(z.object({ doc: z.string(), text: z.string() }));
const rowSchema = z.object({
  id: z.union([z.string(), z.number()]),
  evidence: evidenceSchema.nullish(),
  refuting_evidence: z.union([evidenceSchema, z.object({ doc: z.string(), text: z.string() })]).nullish(),
});

/**
 * The evidence of a JSON Lines text of questions, in order.
 * @param file name for messages.
 * @throws {SitrepError} "bad-input" for a line that is none, or when there is no evidence at all.
 */
export function parseEvidence(jsonl: string, file: string): readonly EvidenceString[] {
  const found = jsonl.split("\n").flatMap((line, index) => {
    if (line.trim() === "") return [];
    const row = rowSchema.safeParse(parsedJson(line));
    if (!row.success) {
      throw new SitrepError("bad-input", `${file}:${index + 1}: not a question with evidence of { doc, text }`);
    }
    const { id, evidence, refuting_evidence: refuting } = row.data;
    const all = [...(evidence ?? []), ...(refuting == null ? [] : [refuting].flat())];
    return all.map(({ doc, text }) => ({ question: String(id), document: doc, text }));
  });
  if (found.length === 0) throw new SitrepError("bad-input", `${file} has no evidence`);
  return found;
}

/** Looks for every string in the canonical text of its document. A document that was not taken in has none of them. */
export async function findEvidence(
  sitrep: Pick<Sitrep, "reports" | "reportText">,
  strings: readonly EvidenceString[],
): Promise<ExtractionFigures> {
  const ids = new Map((await sitrep.reports()).map(({ id, path }) => [path, id]));
  const texts = new Map<string, string>();
  for (const { document } of strings) {
    const id = ids.get(document);
    if (id !== undefined && !texts.has(document)) texts.set(document, comparable(await sitrep.reportText(id)));
  }
  const missing = strings.filter(({ document, text }) => texts.get(document)?.includes(comparable(text)) !== true);
  return { strings: strings.length, found: strings.length - missing.length, missing };
}

/**
 * A text without what extractions may differ in: case, compatibility forms, white space, hyphens and dashes (words
 * may have been broken at line ends), forms of quotation marks, invisible characters.
 */
export function comparable(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u2018-\u201b\u2032`\u00b4]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\s\u00ad\u200b-\u200d\u2060\ufeff\u2010-\u2015\u2212-]/g, "");
}

function parsedJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
