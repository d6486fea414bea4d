import type { Passage } from "../../src/domain/passage.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import type { Hit } from "../../src/domain/retrieval.ts";
import type { ReportHead } from "../../src/domain/service.ts";
import type { GlossaryEntry } from "../../src/text/glossary.ts";
import { sentenceSpans } from "../../src/text/sentences.ts";

/** A report's source with plain defaults. */
export function source(fields: Partial<ReportSource> = {}): ReportSource {
  return {
    title: "A report",
    publisher: "A publisher",
    author: null,
    published: "2025-02-03",
    period: null,
    documentId: null,
    url: null,
    kind: "news",
    language: "en",
    reliability: "B",
    marking: "TLP:CLEAR",
    origins: [],
    sources: [],
    derived: [],
    ...fields,
  };
}

export function head(id: string, fields: Partial<ReportSource> = {}): ReportHead {
  return { id, path: `${id}.md`, source: source(fields) };
}

/** A passage whose sentences are the given texts, one space between them, beginning at `start` of its report. */
export function passage(id: number, reportId: string, sentences: readonly string[], start = 0): Passage {
  const text = sentences.join(" ");
  let offset = start;
  const spans = sentences.map((sentence) => {
    const span = { start: offset, end: offset + sentence.length, paragraph: 1, footnotes: [] };
    offset += sentence.length + 1;
    return span;
  });
  return {
    id,
    reportId,
    ordinal: 0,
    start,
    end: start + text.length,
    text,
    reading: text,
    locator: { page: null, headings: [], paragraph: 1 },
    sentences: spans,
  };
}

export function hit(of: Passage, fields: Partial<ReportSource> = {}, score = 1): Hit {
  return {
    passage: of,
    reportPath: `${of.reportId}.md`,
    source: source(fields),
    score,
    lexicalRank: 1,
    lexicalScore: 5,
    denseRank: 1,
    denseScore: 0.6,
    why: [],
  };
}

/** A name of a glossary. */
export function entry(name: string, kind: string, aliases: readonly string[] = []): GlossaryEntry {
  return { name, aliases: [...aliases], kind, gloss: name, ambiguous: [] };
}

/** A text as the only passage of a report, found first by words and by meaning. */
export function hitOfText(body: string, fields: Partial<ReportSource> = {}): Hit {
  const passage: Passage = {
    id: 1,
    reportId: "r",
    ordinal: 0,
    start: 0,
    end: body.length,
    text: body,
    reading: body,
    locator: { page: null, headings: [], paragraph: 1 },
    sentences: sentenceSpans(body, 0, body.length).map((span) => ({ ...span, paragraph: 1, footnotes: [] })),
  };
  const ranks = { lexicalRank: 1, lexicalScore: 1, denseRank: 1, denseScore: 0.5 };
  return { passage, reportPath: "r.md", source: source({ publisher: null, ...fields }), score: 1, ...ranks, why: [] };
}

/** The file of a report with a marking. */
export function markedReport(id: string, marking: string, text: string): string {
  return `---
id: ${id}
title: Title of ${id}
publisher: Harbour Institute
published: 2025-02-03
kind: think-tank
reliability: B
marking: "${marking}"
---

${text}
`;
}
