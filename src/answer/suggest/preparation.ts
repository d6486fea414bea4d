/** The suggestions of one snapshot: made in small steps in the background, and given out while they are made. */

import { setImmediate as turn } from "node:timers/promises";
import type { Passage } from "../../domain/passage.ts";
import type { Reading, ReportHead } from "../../domain/service.ts";
import type { Glossary } from "../../text/glossary.ts";
import { tokenise } from "../../text/tokens.ts";
import { askingOrder } from "./asking-order.ts";
import { type Idea, ideasOf } from "./ideas.ts";
import { bestIdeas, chosenFrom, confirmed, kinship, MOST_ASKED, type Near, type Suggestion } from "./pool.ts";
import { type Subjects, subjectCollector } from "./subjects.ts";
import { ONLY_WHERE_NEAR } from "./templates.ts";
import { topics } from "./topics.ts";

export interface PreparationParts {
  readonly glossary: Glossary;
  /** The reports that may be used. */
  readonly titles: readonly ReportHead[];
  /** Ids of the passages to read. */
  readonly sample: readonly number[];
  readonly read: (ids: readonly number[]) => Promise<readonly Passage[]>;
  readonly ask: Reading["ask"];
  /** Whether people's questions are being answered: they go first. */
  readonly isBusy: () => boolean;
}

/** What is known once the passages were read. */
export interface Prepared {
  /** Finds the subjects of questions. */
  readonly finder: Glossary;
}

export interface Preparation {
  /** Resolves when the passages were read, or at the deadline (of performance.now()) with what the glossary knows. */
  prepared(deadline: number): Promise<Prepared>;
  /**
   * @param deadlines when to answer with what there is, and when to answer though there is nothing.
   */
  suggest(
    near: Near | null,
    limit: number,
    deadlines: { readonly soon: number; readonly first: number },
  ): Promise<string[]>;
  isStopped(): boolean;
  stop(): Promise<void>;
}

/** Milliseconds of work before others get their turn. */
const STEP = 8;
/** Passages read from the store at once. */
const PAGE = 20;
/** Passages that are read before all others, and ideas of them that are asked meanwhile. */
const FIRST_READ = 80;
const FIRST_ASKED = 12;
/** Ideas that are asked for one question, and for all questions of one snapshot. */
const MOST_FOR_ONE = 8;
const MOST_FOR_ALL = 160;

/** Passages so near to a question that names nobody that what they answer is of interest, whatever its words. */
const NEAREST = 3;

/** Begins at once. */
export function preparation({ glossary, titles, sample, read, ask, isBusy }: PreparationParts): Preparation {
  let subjects: Subjects = subjectCollector(glossary).subjects();
  let general: readonly Idea[] = [];
  let hasRead = false;
  let isStopped = false;
  let askedForOthers = 0;
  const headings = topics(titles);
  const order = askingOrder(async (idea) => confirmed(idea, await ask(idea.question), subjects), isBusy);
  const reading = readAll().catch(() => {
    // The index is gone, or another is being made: whoever asks for suggestions next begins anew.
    isStopped = true;
    return order.stop();
  });

  /** A few passages first, so that whoever waits for suggestions already gets some. */
  async function readAll(): Promise<void> {
    const step = Math.max(1, Math.ceil(sample.length / FIRST_READ));
    await readSome(sample.filter((_, at) => at % step === 0));
    if (step > 1) await readSome(sample);
    hasRead = true;
    order.later([]);
  }

  async function readSome(ids: readonly number[]): Promise<void> {
    const collector = subjectCollector(glossary);
    await eachPassage(ids, (passage) => {
      collector.add(passage);
      headings.learn(passage);
    });
    subjects = collector.subjects();
    const ideas: Idea[] = [];
    await eachPassage(ids, (passage) => {
      ideas.push(...ideasFrom(passage));
    });
    ideas.push(...headings.ofTitles(subjects));
    general = bestIdeas(
      ideas.filter(({ weight }) => weight > ONLY_WHERE_NEAR),
      ids.length === sample.length ? MOST_ASKED : FIRST_ASKED,
    );
    order.later(general);
  }

  function ideasFrom(passage: Passage): Idea[] {
    const topic = headings.ofPassage(passage, subjects);
    return [...ideasOf(passage, subjects), ...(topic === null ? [] : [topic])];
  }

  async function eachPassage(ids: readonly number[], use: (passage: Passage) => void): Promise<void> {
    let began = performance.now();
    for (let at = 0; at < ids.length && !isStopped; at += PAGE) {
      for (const passage of await read(ids.slice(at, at + PAGE))) {
        use(passage);
        if (performance.now() - began < STEP) continue;
        await turn();
        began = performance.now();
      }
    }
  }

  async function suggest(
    near: Near | null,
    limit: number,
    { soon, first }: { readonly soon: number; readonly first: number },
  ): Promise<string[]> {
    const own = near === null ? [] : ideasNear(near);
    order.soon(own);
    const known = (ideas: readonly Idea[]) => ideas.flatMap((idea) => order.resultOf(idea) ?? []);
    const isAsked = (idea: Idea) => order.resultOf(idea) !== undefined;
    const isAllAsked = () => hasRead && own.every(isAsked) && general.every(isAsked);
    await order.until(() => isAllAsked() || (own.every(isAsked) && known(general).length >= limit * 2), soon);
    await order.until(() => isAllAsked() || known([...own, ...general]).length > 0, first);
    const suggestions = new Map<string, Suggestion>();
    for (const suggestion of known([...general, ...own])) suggestions.set(suggestion.question, suggestion);
    const questions = new Set(own.map(({ question }) => question));
    return chosenFrom([...suggestions.values()], near === null ? null : { ...near, questions }, limit, tokenise);
  }

  /** The questions that the passages near a question answer: at most a few, and not without end for one snapshot. */
  function ideasNear(near: Near): Idea[] {
    const kin = near.passages.flatMap((passage, rank) =>
      ideasFrom(passage).filter(
        (idea) =>
          kinship(idea, near, tokenise) > 0 ||
          (rank < NEAREST && near.names.size === 0 && idea.weight > ONLY_WHERE_NEAR),
      ),
    );
    const best = bestIdeas(kin, MOST_FOR_ONE);
    const isNew = (idea: Idea) => order.resultOf(idea) === undefined;
    const affordable = best.filter((idea) => !isNew(idea) || askedForOthers++ < MOST_FOR_ALL);
    return affordable;
  }

  return {
    async prepared(deadline) {
      const timer = new AbortController();
      const wait = new Promise((resolve) => {
        const timeout = setTimeout(resolve, Math.max(0, deadline - performance.now()));
        timer.signal.addEventListener("abort", () => clearTimeout(timeout));
      });
      await Promise.race([reading, wait]);
      timer.abort();
      return subjects;
    },
    suggest,
    isStopped: () => isStopped || order.isStopped(),
    async stop() {
      isStopped = true;
      await Promise.all([reading, order.stop()]);
    },
  };
}
