/** The `search` command: the passages nearest to some words, without an answer drawn from them. */

import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import type { SearchResult } from "../domain/service.ts";
import { type OpenedSitrep, pathWithin, unlessInterrupted } from "./edge.ts";
import type { Io } from "./io.ts";
import type { SearchingOptions } from "./options.ts";
import { renderSearch } from "./render-answer.ts";
import { renderTrace, traceJson } from "./render-trace.ts";
import { safeJson } from "./terminal.ts";

export async function searchCommand(
  { sitrep, config }: OpenedSitrep,
  io: Io,
  terms: string,
  options: SearchingOptions,
): Promise<ExitCode> {
  const { filters, limit } = options;
  const result = await unlessInterrupted(sitrep.search(terms, { filters, limit }), io.signal);
  const trace = { ...result, retrieved: result.hits, evidence: [] };
  if (options.json) {
    const found = searchJson(result);
    io.out.write(`${safeJson(options.trace ? { ...found, trace: traceJson(trace) } : found)}\n`);
    return EXIT.ok;
  }
  if (options.trace) io.err.write(`${renderTrace(trace, io.err)}\n`);
  const pathOf = pathWithin(config.corpusDir);
  io.out.write(renderSearch(result, { width: io.out.width, colors: io.out.colors, pathOf }));
  return EXIT.ok;
}

/** The hits for programs; `text` is exactly the slice of the report's canonical text. */
export function searchJson({ question, hits, milliseconds }: SearchResult) {
  return {
    question: question.text,
    hits: hits.map(({ passage, reportPath, source, score }) => {
      const { sources: _footnotes, ...head } = source;
      const { text, start, end, reportId, locator } = passage;
      return { text, doc: reportPath, start, end, report: reportId, score, locator, source: head };
    }),
    latency_ms: Math.round(milliseconds * 100) / 100,
  };
}
