/** The `feedback` command: what members thought of the answers they got, for moderators. */

import type { Config } from "../config.ts";
import type { FeedbackEntry, Opinion } from "../domain/exchange.ts";
import { EXIT, type ExitCode } from "../domain/exit-codes.ts";
import { oneLine } from "../domain/visible.ts";
import { counted } from "./ingest.ts";
import type { Colors, Io } from "./io.ts";
import { safeJson, wrap } from "./terminal.ts";

export interface FeedbackCommandOptions {
  readonly json?: boolean;
  readonly limit?: number;
}

const WORDS: Readonly<Record<Opinion, string>> = { helpful: "helpful", "not-helpful": "not helpful" };
const INDENT = "  ";

/** Lists feedback, newest first. A data folder without any is not changed. */
export async function feedbackCommand(
  config: Pick<Config, "dataDir"> & { readonly discord: Pick<Config["discord"], "exchangesKeptDays"> },
  io: Io,
  { json = false, limit = 20 }: FeedbackCommandOptions,
): Promise<ExitCode> {
  const { hasExchanges, openExchanges } = await import("../app.ts");
  if (!hasExchanges(config)) {
    io.out.write(json ? "[]\n" : renderFeedback([], { helpful: 0, notHelpful: 0 }, io.out));
    return EXIT.ok;
  }
  const exchanges = openExchanges(config, {
    warn: (message) => io.err.write(`${io.err.colors.yellow("warning:")} ${oneLine(message)}\n`),
  });
  try {
    const entries = exchanges.feedback(limit);
    io.out.write(json ? `${safeJson(entries)}\n` : renderFeedback(entries, exchanges.counts(), io.out));
    return EXIT.ok;
  } finally {
    exchanges.close();
  }
}

/** A block for each entry, and the sum of all that are kept last. */
export function renderFeedback(
  entries: readonly FeedbackEntry[],
  { helpful, notHelpful }: { readonly helpful: number; readonly notHelpful: number },
  { width, colors }: { readonly width: number; readonly colors: Colors },
): string {
  if (helpful + notHelpful === 0) return "Nobody has said anything about an answer.\n";
  const blocks = entries.map((entry) => `${linesOf(entry, width, colors).join("\n")}\n\n`);
  const shown = entries.length < helpful + notHelpful ? `; the newest ${entries.length} are shown` : "";
  return `${blocks.join("")}${counted(helpful + notHelpful, "opinion")}: ${helpful} helpful, ${notHelpful} not${shown}.\n`;
}

function linesOf({ opinion, givenAt, memberId, question, comment }: FeedbackEntry, width: number, colors: Colors) {
  const paint = opinion === "helpful" ? colors.green : colors.yellow;
  const time = givenAt.slice(0, 16).replace("T", " ");
  const indented = (text: string) => wrap(oneLine(text), width - INDENT.length, true).map((line) => INDENT + line);
  return [
    `${paint(WORDS[opinion])} · ${oneLine(`${time} · member ${memberId}`)}`,
    ...indented(question),
    ...(comment === "" ? [] : indented(`"${comment}"`).map((line) => colors.dim(line))),
  ];
}
