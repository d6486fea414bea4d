/** The `ask` command: a question in, an answer with its quotes or an abstention out. */

import { answerJson } from "../domain/answer-json.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import { type OpenedSitrep, pathWithin, unlessInterrupted } from "./edge.ts";
import { ingestFirst } from "./ingest.ts";
import type { Io } from "./io.ts";
import type { SearchingOptions } from "./options.ts";
import { renderAnswer } from "./render-answer.ts";
import { renderTrace, traceJson } from "./render-trace.ts";
import { safeJson } from "./terminal.ts";

/** Answers; ingests first when there is no index. An abstention is an answer: it exits with 0. */
export async function askCommand(
  { sitrep, config }: OpenedSitrep,
  io: Io,
  question: string,
  options: SearchingOptions,
): Promise<ExitCode> {
  const pathOf = pathWithin(config.corpusDir);
  if (!sitrep.hasIndex()) {
    await ingestFirst(sitrep, io, { corpus: pathOf("."), data: config.dataDir });
  }
  const { filters, limit } = options;
  const result = await unlessInterrupted(sitrep.ask(question, { filters, limit, signal: io.signal }), io.signal);
  if (options.json) {
    const answer = answerJson(result);
    io.out.write(`${safeJson(options.trace ? { ...answer, trace: traceJson(result) } : answer)}\n`);
    return EXIT.ok;
  }
  if (options.trace) io.err.write(`${renderTrace(result, io.err)}\n`);
  io.out.write(renderAnswer(result, { width: io.out.width, colors: io.out.colors, pathOf }));
  return EXIT.ok;
}
