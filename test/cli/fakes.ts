/** A Sitrep of set results, for tests of what the command line makes of them. */

import type { Edge } from "../../src/cli/edge.ts";
import { outputInMemory } from "../../src/cli/io.ts";
import type { Abstained, Answered, Citation, Claim } from "../../src/domain/answer.ts";
import type { IngestSummary } from "../../src/domain/ingest.ts";
import type { ReportSource } from "../../src/domain/report.ts";
import type { Hit } from "../../src/domain/retrieval.ts";
import type { AskResult, Sitrep } from "../../src/domain/service.ts";

export function sourceWith(changes: Partial<ReportSource> = {}): ReportSource {
  return {
    title: "Digest: attacks in January",
    publisher: "Institute of Figures",
    author: "A. Writer",
    published: "2025-02-03",
    period: { from: "2025-01", to: "2025-01" },
    documentId: "IF/2025/7",
    url: "https://example.org/january",
    kind: "think-tank",
    language: "en",
    reliability: "B",
    marking: "TLP:CLEAR",
    origins: [],
    sources: [
      { key: "a", title: "Daily Paper, report on the figures", url: "https://example.org/a", date: "2025-02-02" },
    ],
    derived: [],
    ...changes,
  };
}

export function citationWith(
  changes: Partial<Omit<Citation, "quote">> & { text?: string; start?: number } = {},
): Citation {
  const { text = "The institute counted 74 attacks in January 2025.", start = 10, ...rest } = changes;
  const source = rest.source ?? sourceWith();
  return {
    number: 1,
    quote: { reportId: "january", start, end: start + text.length, text },
    path: "january.md",
    locator: { page: null, headings: ["Figures", "Attacks"], paragraph: 2 },
    footnotes: source.sources,
    ...rest,
    source,
  };
}

export function hitWith(citation: Citation, changes: Partial<Hit> = {}): Hit {
  const { quote, locator, path, source } = citation;
  const sentences = [{ start: quote.start, end: quote.end, paragraph: 1, footnotes: [] }];
  return {
    passage: { ...quote, id: 1, ordinal: 0, reading: quote.text, locator, sentences },
    reportPath: path,
    source,
    score: 0.91,
    lexicalRank: 1,
    lexicalScore: 12.3456,
    denseRank: null,
    denseScore: null,
    why: ["matched: attacks, january"],
    ...changes,
  };
}

/** A claim of one quote, or of the quotes given. */
export function claimWith(changes: Partial<Claim> = {}): Claim {
  const { citations = [citationWith()] } = changes;
  const text = citations[0]?.quote.text ?? "";
  return { text, corroboration: [], asOf: null, voice: { kind: "report", who: null }, ...changes, citations };
}

export function answered(changes: Partial<Answered> = {}): Answered {
  return {
    kind: "answer",
    claims: [claimWith()],
    confidence: "medium",
    support: 0.714,
    disagreements: [],
    premise: null,
    ...changes,
  };
}

export function abstained(changes: Partial<Abstained> = {}): Abstained {
  return {
    kind: "abstention",
    reason: "nothing-near",
    explanation: "No report says who won the match.",
    nearest: [{ citation: citationWith(), score: 0.2 }],
    support: 0.1,
    unmet: [],
    choices: [],
    ...changes,
  };
}

export function resultWith(answer: AskResult["answer"], changes: Partial<AskResult> = {}): AskResult {
  return {
    question: {
      text: "How many attacks?",
      wants: "number",
      names: ["TTP"],
      period: null,
      isMadeWhole: false,
      expansions: ["atacks -> attacks"],
    },
    answer,
    retrieved: [hitWith(citationWith())],
    evidence: [
      {
        reportId: "january",
        start: 10,
        end: 43,
        text: "The institute counted 74 attacks.",
        score: 0.8,
        parts: { meaning: 0.7, words: 0.9 },
        fate: "chosen",
      },
    ],
    milliseconds: 12.3456,
    ...changes,
  };
}

export function summaryWith(changes: Partial<IngestSummary> = {}): IngestSummary {
  return {
    dryRun: false,
    added: ["january"],
    changed: [],
    renamed: [],
    unchanged: 0,
    removed: [],
    refused: [],
    warnings: [],
    reports: 1,
    passages: 3,
    embeddingsComputed: 3,
    embeddingsReused: 0,
    snapshot: 1,
    milliseconds: 1500,
    ...changes,
  };
}

const unused = async (): Promise<never> => {
  throw new Error("No briefing was set");
};

/** A Sitrep that answers as told and counts what was called. */
export function fakeSitrep(changes: Partial<Sitrep> = {}): Sitrep & { readonly calls: string[] } {
  const calls: string[] = [];
  const note =
    <Args extends unknown[], Result>(name: string, act: (...args: Args) => Result) =>
    (...args: Args): Result => {
      calls.push(name);
      return act(...args);
    };
  return {
    calls,
    ask: note("ask", changes.ask ?? (async () => resultWith(answered()))),
    brief: note("brief", changes.brief ?? unused),
    changes: note("changes", changes.changes ?? unused),
    baseline: note("baseline", changes.baseline ?? unused),
    subjects: note("subjects", changes.subjects ?? (async () => [])),
    pictures: note("pictures", changes.pictures ?? (async () => [])),
    check: note("check", changes.check ?? (async () => ({ statements: [], omitted: 0, milliseconds: 1 }))),
    search: note(
      "search",
      changes.search ??
        (async (terms) => ({
          question: { ...resultWith(answered()).question, text: terms },
          hits: [hitWith(citationWith())],
          milliseconds: 1,
        })),
    ),
    ingest: note("ingest", changes.ingest ?? (async () => summaryWith())),
    reports: note(
      "reports",
      changes.reports ?? (async () => [{ id: "january", path: "january.md", source: sourceWith() }]),
    ),
    report: note(
      "report",
      changes.report ??
        (async (id) => ({
          id,
          path: `${id}.md`,
          source: sourceWith(),
          ingestedAt: "2025-03-01T10:00:00.000Z",
          characters: 4321,
          pages: 3,
          passages: 12,
        })),
    ),
    draft: note(
      "draft",
      changes.draft ??
        (async () => {
          throw new Error("No draft was set");
        }),
    ),
    remove: note(
      "remove",
      changes.remove ?? (async (id) => ({ ...summaryWith({ added: [], removed: [id] }), restorable: true })),
    ),
    restore: note("restore", changes.restore ?? (async (id) => summaryWith({ added: [id] }))),
    removed: note("removed", changes.removed ?? (async () => [])),
    reportText: note("reportText", changes.reportText ?? (async () => "")),
    status: note(
      "status",
      changes.status ??
        (async () => ({
          snapshot: 4,
          createdAt: "2025-03-01T10:00:00.000Z",
          model: "minilm",
          dimensions: 384,
          reports: 1,
          usableReports: 1,
          passages: 3,
          dataDir: "/tmp/data",
          corpusDir: "/tmp/corpus",
        })),
    ),
    suggest: note("suggest", changes.suggest ?? (async () => [])),
    names: note("names", changes.names ?? (async () => [])),
    surroundings: note(
      "surroundings",
      changes.surroundings ??
        (async () => {
          throw new Error("No surroundings were set");
        }),
    ),
    verify: note("verify", changes.verify ?? (async (quotes) => quotes.map(() => true))),
    hasIndex: changes.hasIndex ?? (() => true),
    close: note("close", changes.close ?? (async () => undefined)),
  };
}

/** An edge over `sitrep` with outputs that can be read. */
export function fakeEdge(sitrep: Sitrep, signal: AbortSignal = new AbortController().signal) {
  const out = outputInMemory();
  const err = outputInMemory();
  const discord = { exchangesKeptDays: 30 };
  const config = { corpusDir: "/tmp/corpus", dataDir: "/tmp/data", logLevel: "warn", discord } as const;
  const edge: Edge = { io: { out, err, signal, prompt: null }, open: async () => ({ sitrep, config }) };
  return { edge, out, err };
}
