/** Questions that no report can answer, known from their wording alone, before anything is searched. */

import type { Abstained } from "../domain/answer.ts";
import type { Question } from "../retrieve/question.ts";

/** Why there is no answer, apart from what is near. */
export type Refusal = Pick<Abstained, "reason" | "explanation" | "unmet" | "choices">;

type Refused = Pick<Refusal, "reason" | "explanation">;

/** Orders to the bot about itself, or to make something up. They are data like any other text, but not questions. */
const ORDERS: readonly RegExp[] = [
  /\b(ignore|disregard|forget|override|bypass)\b.{0,40}\b(instruction|rule|prompt|previous|above|prior|guideline|restriction|report|source|corpus|evidence)/iu,
  /\byou are now\b|\bact as\b|\brole-?play\b|\bjailbreak\b|\bdeveloper mode\b|\b(system|hidden|initial) (prompt|message|instruction)/iu,
  /\b(pretend|imagine|suppose|make up|invent|fabricate|hallucinate|made[- ]up)\b/iu,
  /\b(repeat|print|reveal|show|output) (everything|all|the (words|text|lines?)|your)\b.{0,40}\b(above|before|prompt|instructions?|rules)\b/iu,
  /\b(turn|switch) off\b.{0,30}\b(abstention|citation|check|filter|safety|verification)/iu,
  /^\s*(please )?(say|write|reply with|respond with|answer with|output|repeat)\b.{0,20}["'‘“]/iu,
  /\bunrestricted\b|\b(skip|drop|omit|without|no) (the |any )?(sources?|citations?|quotes?|quoting|citing)\b|\bcitation mode\b/iu,
  /\b(write|compose|draft|tell)\b( me| us)? an? (\w+ ){0,2}(poem|joke|song|story|haiku|limerick|essay|tweet|speech|manifesto|script|statement|article|blog|press release)/iu,
];

/** Questions about the asker's own doings. Reports speak of others. */
const OWN_DOINGS =
  /\bhow (do|can|could|should|would|might) (i|we|one|somebody|someone) (?!know\b|tell\b|read\b|interpret\b|weigh\b|trust\b|find out\b|understand\b)|\b(help|teach|show) me (to|how)\b|\bshould (i|we)\b|\bmy (own|house|computer|phone|account|server|boss|friend|family)\b/iu;

/** Words that mean the moment of asking. A report is always of the past. */
const THIS_MOMENT =
  /\b(right now|at (this|the) (very )?moment|as we speak|today|tonight|yesterday|tomorrow|this (morning|afternoon|evening|week)|last night|breaking news|latest news|in the (last|past) (\w+ )?(hours?|minutes?|days?))\b|\b(currently|now) (happening|going on|under way|unfolding)\b|\b(yesterday|today)'s\b/iu;

const FORECAST =
  /\bwill\b.{1,60}\b(next (year|month|decade)|in the future|by 20[3-9]\d|ever|soon|win|collapse|succeed|fail)\b|\b(do|don't|would) you (think|believe|feel|reckon|recommend|agree|prefer|like)\b|\bin your (opinion|view)\b|\byour (opinion|view|favou?rite)\b|\bwho will win\b|\bpredict\b/iu;

/** Why a question cannot be put to reports, or null when it can. */
export function refuseByForm(question: Question): Refusal | null {
  const refused = formFault(question);
  return refused === null ? null : { ...refused, unmet: [], choices: [] };
}

function formFault(question: Question): Refused | null {
  const { text } = question;
  if (isOrder(text) || OWN_DOINGS.test(text)) {
    return {
      reason: "not-a-question-for-reports",
      explanation: "This asks for something other than what the reports say. Sitrep only quotes reports.",
    };
  }
  if (FORECAST.test(text)) {
    return {
      reason: "not-a-question-for-reports",
      explanation: "This asks for an opinion or a forecast. Sitrep has none: it quotes what reports say.",
    };
  }
  if (THIS_MOMENT.test(text)) {
    return {
      reason: "live-event",
      explanation: "This asks about the present moment. Reports are of the past: ask about a date or a period.",
    };
  }
  const subjects = question.units.filter((unit) => !unit.shaping);
  if (subjects.length === 0) {
    return {
      reason: "too-vague",
      explanation: "The question names no subject. Name a group, a place, a period or a figure.",
    };
  }
  if (subjects.every((unit) => !unit.known)) {
    return {
      reason: "nothing-near",
      explanation: `No report holds ${listed(subjects.map((unit) => unit.surface))}.`,
    };
  }
  const [only] = subjects;
  if (subjects.length === 1 && only !== undefined && only.kind === "word" && question.tokens.length <= 2) {
    return {
      reason: "too-vague",
      explanation: `One word, "${only.surface}", is too little to answer. Say what about it, of whom, and when.`,
    };
  }
  return null;
}

/** Whether a text is an order to the bot about itself, or to make something up. */
export function isOrder(text: string): boolean {
  return ORDERS.some((pattern) => pattern.test(text));
}

/** "a", "b" and "c", for a sentence. */
export function listed(words: readonly string[]): string {
  const quoted = words.slice(0, 4).map((word) => `"${word}"`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} or ${last}`;
}
