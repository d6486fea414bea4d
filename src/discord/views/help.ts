/** What Sitrep can do and what it cannot, with examples from this corpus; and the state of the bot. */

import type { Status } from "../../domain/service.ts";
import { textBlocks, type View } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { harmless } from "../text.ts";
import { suggestionBlocks } from "./answer.ts";
import { timestamp } from "./reports.ts";
import { startButton } from "./tour.ts";

/** @param corpus null where there are no reports yet. */
export function helpView(
  corpus: { readonly reports: number; readonly updated: string } | null,
  examples: readonly string[],
  settings: { readonly exchangesKeptDays: number; readonly mentions: boolean },
  strings: Strings,
): View {
  const { help, tour } = strings;
  const paragraphs = [
    ...(corpus === null ? [help.noReports] : []),
    tour.inHelp,
    ...help.can,
    ...(settings.mentions ? [help.mentions] : []),
    ...help.cannot,
  ];
  return {
    colour: "information",
    head: [`### ${help.title}`],
    blocks: [...textBlocks(paragraphs, "\n\n"), ...suggestionBlocks(examples, strings, help.examples)],
    foot: [
      `-# ${help.kept(settings.exchangesKeptDays)}`,
      ...(corpus === null ? [] : [`-# ${help.corpus(corpus.reports, timestamp(corpus.updated))}`]),
    ],
    buttons: [[startButton(strings, "secondary")]],
  };
}

/** What `/status` tells beside the index's own state. */
export interface BotState {
  /** ISO times. */
  readonly runningSince: string;
  readonly reindexingSince: string | null;
  readonly lastReindex: { readonly time: string; readonly outcome: string } | null;
  readonly questions: { readonly running: number; readonly waiting: number };
  readonly kept: { readonly exchanges: number; readonly helpful: number; readonly notHelpful: number } | null;
  /** Milliseconds of the last heartbeat; null before the first. */
  readonly heartbeat: number | null;
  /** The longest pause of the event loop in the last minutes, in milliseconds. */
  readonly longestPause: number;
}

/** @param index null where there is none yet. */
export function statusView(index: Status | null, state: BotState, strings: Strings): View {
  const { status } = strings;
  const lines = [
    ...(index === null
      ? [status.noIndex]
      : [
          status.snapshot(index.snapshot, timestamp(index.createdAt)),
          status.corpus(index.reports, index.passages),
          status.model(harmless(index.model), index.dimensions),
        ]),
    status.uptime(timestamp(state.runningSince)),
    status.work(state.questions.running, state.questions.waiting),
    ...(state.kept === null ? [] : [status.kept(state.kept.exchanges, state.kept.helpful, state.kept.notHelpful)]),
    status.connection(state.heartbeat, state.longestPause),
    ...(state.reindexingSince === null ? [] : [status.reindexing(timestamp(state.reindexingSince))]),
    ...(state.lastReindex === null
      ? []
      : [status.lastReindex(timestamp(state.lastReindex.time), state.lastReindex.outcome)]),
  ];
  return {
    colour: "information",
    head: [`### ${status.title}`],
    blocks: textBlocks(lines),
    foot: [],
    buttons: [],
  };
}
