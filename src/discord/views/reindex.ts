/** A reindex under way, and what came of it. */

import type { IngestSummary, Progress } from "../../domain/ingest.ts";
import { type Colour, container, type MessageBody, text } from "../components.ts";
import type { ReindexOutcome } from "../reindexing.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";

/** Refused files that are named; the script names them all. */
const MOST_NAMED = 8;

/** @param progress null before the first. */
export function reindexingMessage(progress: Progress | null, { reindex }: Strings): MessageBody {
  const lines = [reindex.started];
  if (progress !== null) lines.push(reindex.phase(progress.phase, progress.done, progress.total), bar(progress));
  return container("information", [text(lines.join("\n"))]);
}

const BAR_WIDTH = 20;

function bar({ done, total }: Progress): string {
  const filled = Math.round((total === 0 ? 1 : Math.min(1, done / total)) * BAR_WIDTH);
  return `${"▰".repeat(filled)}${"▱".repeat(BAR_WIDTH - filled)}`;
}

export function reindexedMessage(outcome: ReindexOutcome, strings: Strings): MessageBody {
  const lines = outcome.kind === "done" ? summaryLines(outcome.summary, strings) : [outcomeWords(outcome, strings)];
  if (outcome.kind === "failed") lines.push(`-# ${brief(withoutFolders(outcome.message), 500)}`);
  const colour: Colour = outcome.kind === "done" ? "answer" : outcome.kind === "failed" ? "fault" : "information";
  return container(colour, [text(lines.join("\n"))]);
}

/** What is wrong without where on the machine it is: everybody in the channel reads it. The log has it whole. */
function withoutFolders(message: string): string {
  return message.replace(/(?:[A-Za-z]:)?(?:[\\/][^\s\\/'"]+){2,}/g, (path) => path.split(/[\\/]/).at(-1) ?? "");
}

/** One line; also for `/status`. */
export function outcomeWords(outcome: ReindexOutcome, { reindex }: Strings): string {
  if (outcome.kind !== "done") return reindex[outcome.kind];
  const { refused, added, changed, removed, renamed } = outcome.summary;
  if (refused.length > 0) return reindex.refusedSome(refused.length);
  const isSame = added.length + changed.length + removed.length + renamed.length === 0;
  return isSame ? reindex.unchanged : reindex.done;
}

function summaryLines(summary: IngestSummary, strings: Strings): string[] {
  const { reindex } = strings;
  const { added, changed, removed, unchanged, refused, warnings } = summary;
  const lines = [
    `**${outcomeWords({ kind: "done", summary }, strings)}**`,
    ...refused.slice(0, MOST_NAMED).map(({ path, problems }) => {
      const [first] = problems;
      const place = first === undefined || first.line === null ? "" : `:${first.line}`;
      const field = first?.field ? `${first.field}: ` : "";
      return `- ${brief(`${path}${place}: ${field}${first?.reason ?? ""}`, 220)}`;
    }),
    ...(refused.length > MOST_NAMED ? [`- ${reindex.more(refused.length - MOST_NAMED)}`] : []),
    reindex.counts(added.length, changed.length, removed.length, unchanged),
    `-# ${reindex.total(summary.reports, summary.passages, summary.snapshot)} · ${reindex.took((summary.milliseconds / 1000).toFixed(1))}`,
    ...warnings.slice(0, 3).map((warning) => `-# ${brief(warning, 200)}`),
  ];
  return lines;
}
