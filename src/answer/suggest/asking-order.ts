/** Asks ideas one after the other, in the background, and mostly when nobody asks anything. */

import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import type { Idea } from "./ideas.ts";
import type { Suggestion } from "./pool.ts";

export interface AskingOrder {
  /** Ideas that nobody waits for: after those that somebody does. */
  later(ideas: readonly Idea[]): void;
  /** Ideas that somebody waits for. */
  soon(ideas: readonly Idea[]): void;
  /** What an idea came to; null for no good answer, undefined where it was not asked yet. */
  resultOf(idea: Idea): Suggestion | null | undefined;
  /** Resolves when `isEnough`, asked after each result, when it was stopped, or at the deadline (performance.now()). */
  until(isEnough: () => boolean, deadline: number): Promise<void>;
  isStopped(): boolean;
  /** Nothing is asked any more; resolves when the last one is done. */
  stop(): Promise<void>;
}

/** Milliseconds between two ideas that nobody waits for, and how many times as long as the last one took. */
const LEAST_PAUSE = 40;
const PAUSE_FACTOR = 2;
/** Milliseconds that an idea waits for people's questions at most, so that it is its turn some time, and how often it looks. */
const LONGEST_WAIT = 250;
const LOOK_INTERVAL = 10;

/**
 * @param ask what an idea comes to. When it throws, nothing more is asked.
 * @param isBusy whether people's questions are being answered.
 */
export function askingOrder(ask: (idea: Idea) => Promise<Suggestion | null>, isBusy: () => boolean): AskingOrder {
  const results = new Map<string, Suggestion | null>();
  let urgent: Idea[] = [];
  let general: Idea[] = [];
  let waiting = 0;
  let isStopped = false;
  let running: Promise<void> | null = null;
  let wake = new AbortController();
  /** Called after each result. */
  let listeners: (() => void)[] = [];

  function next(): Idea | undefined {
    for (;;) {
      const idea = urgent.shift() ?? general.shift();
      if (idea === undefined || !results.has(idea.question)) return idea;
    }
  }

  async function run(): Promise<void> {
    while (!isStopped) {
      await untilQuiet();
      const idea = next();
      if (idea === undefined) return;
      const began = performance.now();
      try {
        results.set(idea.question, await ask(idea));
      } catch {
        // The index is gone, or another is being made: whoever asks for suggestions next begins anew.
        isStopped = true;
      }
      tell();
      // The busier the process is, the longer an answer takes, and the longer this waits.
      if (waiting > 0) await turn();
      else await rest(Math.max(LEAST_PAUSE, PAUSE_FACTOR * (performance.now() - began)));
    }
  }

  async function untilQuiet(): Promise<void> {
    const end = performance.now() + LONGEST_WAIT;
    while (isBusy() && !isStopped && performance.now() < end) await pause(LOOK_INTERVAL, undefined, { ref: false });
  }

  async function rest(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { ref: false, signal: wake.signal }).catch(() => undefined);
  }

  function start(): void {
    running ??= run().finally(() => {
      running = null;
      tell();
      if (!isStopped && urgent.length + general.length > 0) start();
    });
  }

  function tell(): void {
    for (const listener of [...listeners]) listener();
  }

  function hurry(): void {
    wake.abort();
    wake = new AbortController();
  }

  return {
    later(ideas) {
      general = [...general, ...ideas];
      tell();
      start();
    },
    soon(ideas) {
      urgent = [...urgent, ...ideas];
      start();
    },
    resultOf: ({ question }) => results.get(question),
    async until(isEnough, deadline) {
      waiting += 1;
      hurry();
      try {
        await new Promise<void>((resolve) => {
          const end = () => {
            clearTimeout(timer);
            listeners = listeners.filter((each) => each !== look);
            resolve();
          };
          const look = () => {
            if (isEnough() || isStopped) end();
          };
          const timer = setTimeout(end, Math.max(0, deadline - performance.now()));
          listeners.push(look);
          look();
        });
      } finally {
        waiting -= 1;
      }
    },
    isStopped: () => isStopped,
    async stop() {
      isStopped = true;
      hurry();
      tell();
      await running;
    },
  };
}
