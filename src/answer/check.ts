/** Verdicts on statements: what reports carry, what they give another figure for, and what they do not say. */

import type { Citation } from "../domain/answer.ts";
import type { CheckedStatement, DifferingFigure, Verdict } from "../domain/check.ts";
import type { Hit } from "../domain/retrieval.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { type Agreement, agreement } from "./agreement.ts";
import { type AnswerSources, citationOf } from "./extractive.ts";
import { isOneVoice } from "./select.ts";
import { LEANS, type Statement } from "./statements.ts";
import { timesOf } from "./times.ts";
import { claimed, type Reported, reportedBy } from "./told.ts";

/** Statements of a text that are checked; further ones are counted. */
export const MOST_STATEMENTS = 10;
const MOST_CITATIONS = 2;
/** A "sentence" that is longer than this says more than one passage can carry, and is not looked for. */
export const LONGEST_READING = 1000;

/** A statement with what was found for it. */
export interface ToCheck {
  readonly statement: Statement;
  readonly question: Question;
  readonly hits: readonly Hit[];
}

export type CheckSources = Omit<AnswerSources, "meaning">;

/**
 * What is looked for: the reading of each statement, with the subject and the time that it takes over from the one
 * before ("It has 700 members", "..., while PIPS counted 521"). A statement with a time of its own keeps it.
 */
export function readingsOf(statements: readonly Statement[], glossary: Glossary): string[] {
  const whole: string[] = [];
  for (const { reading, leansOn } of statements)
    whole.push(leansOn === null ? reading : madeWhole(reading, whole[leansOn] ?? "", glossary));
  return whole;
}

function madeWhole(reading: string, before: string, glossary: Glossary): string {
  const subject = glossary.find(before, true)[0];
  const pronoun = LEANS.exec(reading)?.[0];
  const isOwned = pronoun !== undefined && /\b(?:its|their|his|her)$/iu.test(pronoun);
  const named =
    pronoun === undefined || subject === undefined
      ? reading
      : `${subject.surface}${isOwned ? "'s" : ""}${reading.slice(pronoun.length)}`;
  const [time] = timesOf(before).filter(({ isEdition, isBase }) => !isEdition && !isBase);
  const isTimed = time === undefined || timesOf(reading).some(({ isEdition }) => !isEdition);
  return isTimed || pronoun !== undefined ? named : `In ${before.slice(time.start, time.end)}, ${named}`;
}

/** Times that only the writer's calendar knows; not "Pakistan Today", which is a newspaper. */
const RELATIVE =
  /\b(?:today|tonight|yesterday|tomorrow|right now|(?:this|last|next|past|previous) (?:year|month|week|quarter|decade|summer|winter|spring|autumn|fall|night|\w+day|January|February|March|April|May|June|July|August|September|October|November|December)|\d{1,3} (?:years|months|weeks|days|hours) ago|so far this)\b/u;

/** The statements with verdict and citations, in order. Quotes that fail their last check are dropped and told of. */
export function checkFrom(items: readonly ToCheck[], sources: CheckSources): CheckedStatement[] {
  const checked: CheckedStatement[] = [];
  let number = 0;
  for (const { statement, question, hits } of items) {
    const { verdict, differences, carrying } = judge(
      question,
      hits.flatMap((hit) => reportedBy(hit, sources.glossary)),
      sources,
    );
    const citations: Citation[] = [];
    for (const reported of carrying) {
      const citation = citationOf(reported.hit, spanOf(reported), number + 1, sources);
      if (citation === null) continue;
      number += 1;
      citations.push(citation);
    }
    const { start, end, text } = statement;
    const stands = citations.length > 0;
    checked.push({
      start,
      end,
      text,
      verdict: stands ? verdict : "not-found",
      citations,
      differences: stands ? differences : [],
    });
  }
  return checked;
}

interface Judgement {
  readonly verdict: Verdict;
  readonly differences: readonly DifferingFigure[];
  readonly carrying: readonly Reported[];
}

const NOT_FOUND: Judgement = { verdict: "not-found", differences: [], carrying: [] };

function judge(question: Question, sentences: readonly Reported[], { glossary, likeness }: CheckSources): Judgement {
  if (RELATIVE.test(question.text.charAt(0).toLowerCase() + question.text.slice(1))) return NOT_FOUND;
  const claim = claimed(question, glossary);
  const weighed = sentences.map((reported) => ({ reported, ...agreement(claim, reported, glossary, likeness) }));
  const supporting = weighed.filter(({ verdict }) => verdict === "supported");
  if (supporting.length > 0)
    return { verdict: "supported", differences: [], carrying: chosen(supporting).map(({ reported }) => reported) };
  // Where the very figure stands for the same thing, in another place or in other words, nothing can be told.
  const held = new Set(weighed.flatMap(({ holds }) => holds));
  const against = chosen(
    weighed.filter(
      ({ verdict, differences }) => verdict === "contradicted" && !differences.some((each) => held.has(each.claimed)),
    ),
  );
  if (against.length === 0) return NOT_FOUND;
  const differences = new Map(
    against.flatMap(({ differences: each }) => each).map((each) => [`${each.claimed}\n${each.reported}`, each]),
  );
  return {
    verdict: "contradicted",
    differences: [...differences.values()],
    carrying: against.map(({ reported }) => reported),
  };
}

type Weighed = Agreement & { readonly reported: Reported };

/** The closest, and the closest of those that are another voice; else of another report. */
function chosen(weighed: readonly Weighed[]): Weighed[] {
  const sorted = [...weighed].sort((a, b) => b.closeness - a.closeness);
  const [best, ...rest] = sorted;
  if (best === undefined) return [];
  const second =
    rest.find(({ reported }) => !isOneVoice(reported, best.reported)) ??
    rest.find(({ reported }) => reported.hit.passage.reportId !== best.reported.hit.passage.reportId);
  return [best, ...(second === undefined ? [] : [second])].slice(0, MOST_CITATIONS);
}

/** The sentence, with the one before it where it points back. */
function spanOf({ hit, index, sentence, before }: Reported) {
  const previous = before === null ? undefined : hit.passage.sentences[index - 1];
  return { start: previous?.start ?? sentence.start, end: sentence.end };
}
