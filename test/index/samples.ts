/** Small stores for the tests of the index. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ReportSource } from "../../src/domain/report.ts";
import { type Change, embeddingKey, type NewEmbedding, type NewPassage } from "../../src/index/records.ts";

export const MODEL = "test-model";
export const DIMENSIONS = 16;

export const SOURCE: ReportSource = {
  title: "Situation in the north",
  publisher: "Observatory",
  author: null,
  published: "2024-05",
  period: { from: "2024-01", to: "2024-04" },
  documentId: "S/2024/71",
  url: null,
  kind: "think-tank",
  language: "en",
  reliability: "B",
  marking: "TLP:GREEN",
  origins: [],
  sources: [{ key: "3", title: "A source", url: null, date: null }],
  derived: [],
};

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "sitrep-test-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A direction that depends on the text alone. */
export function vectorFor(text: string, dimensions = DIMENSIONS): Float32Array {
  let state = 2166136261;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619);
  return Float32Array.from({ length: dimensions }, () => {
    state = Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9;
    return (state >>> 0) / 2 ** 31 - 1;
  });
}

export type Upsert = Change["upserts"][number];

/** A report of which every paragraph is a passage and every sentence ends with a full stop. */
export function sampleReport(id: string, paragraphs: readonly string[], path = `${id}.md`): Upsert {
  const text = paragraphs.join("\n\n");
  const reading = text.replaceAll("*", " ");
  let end = -2;
  const passages = paragraphs.map((paragraph, ordinal): NewPassage => {
    const start = end + 2;
    end = start + paragraph.length;
    return {
      ordinal,
      start,
      end,
      text: paragraph,
      reading: reading.slice(start, end),
      locator: { page: ordinal === 0 ? null : ordinal, headings: ["Part one", "Details"], paragraph: ordinal + 1 },
      sentences: [...paragraph.matchAll(/[^.]+\./g)].map((match, number) => ({
        start: start + match.index,
        end: start + match.index + match[0].length,
        paragraph: 1,
        footnotes: number === 0 ? ["3"] : [],
      })),
      embeddingKey: embeddingKey(MODEL, paragraph, []),
    };
  });
  return {
    report: { id, path, source: SOURCE, text, pages: [] },
    reading,
    fileSha256: `sha-of-${id}`,
    contentSha256: `content-of-${id}`,
    passages,
    figures: [],
  };
}

export function embeddingsOf(upserts: readonly Upsert[], dimensions = DIMENSIONS): NewEmbedding[] {
  return upserts.flatMap(({ report, passages }) =>
    passages.map(({ embeddingKey: key, text, sentences }) => ({
      key,
      vector: vectorFor(text, dimensions),
      sentenceVectors: sentences.map(({ start, end }) => vectorFor(report.text.slice(start, end), dimensions)),
    })),
  );
}

export function changeOf(upserts: readonly Upsert[], parts: Partial<Change> = {}): Change {
  return {
    upserts,
    removals: [],
    embeddings: embeddingsOf(upserts),
    model: MODEL,
    dimensions: DIMENSIONS,
    fingerprint: "settings-1",
    ...parts,
  };
}

const WORDS = "convoy river border market drone village bridge militia harvest clinic radio ministry".split(" ");

/** So many passages of four words and their number, in reports of five. */
export function manyReports(passages: number): Upsert[] {
  const paragraphs = Array.from({ length: passages }, (_, number) => {
    const words = [1, 3, 5, 7].map((step) => WORDS[(number * step + Math.floor(number / 12)) % WORDS.length]);
    return `The ${words.join(" ")} number ${number}.`;
  });
  const reports: Upsert[] = [];
  for (let first = 0; first < passages; first += 5) {
    reports.push(sampleReport(`report-${first}`, paragraphs.slice(first, first + 5)));
  }
  return reports;
}

export function termsOf(title: string, headings: readonly string[], reading: string): string[] {
  return (
    [title, ...headings, reading]
      .join(" ")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}
