/** What the bot says of answers in English: the time and voice of claims, where they differ, and why there is none. */

import type { AbstentionReason } from "../../domain/answer.ts";
import { ENGLISH_PERIODS } from "../../domain/period-words.ts";

const reasons: Readonly<Record<AbstentionReason, string>> = {
  "empty-question": "There was no question.",
  "not-a-question-for-reports": "This is not something that reports can answer.",
  "too-vague": "The question says too little.",
  underspecified: "The question can mean several things.",
  "nothing-near": "No report speaks of this.",
  "name-not-in-reports": "A name or word of the question is in no report.",
  "period-not-covered": "The reports speak of another time.",
  "asked-detail-missing": "The reports speak of this, but not of the detail that is asked for.",
  "weak-support": "Nothing in the reports supports an answer well enough.",
  "live-event": "Reports are of the past; this asks about the present moment.",
};

/** The kinds of answer that a question can want; kept as what is missing where none is given. */
const details = {
  number: "a number",
  share: "a share or a change",
  date: "a date",
  person: "a person",
  group: "a group",
  place: "a place",
  definition: "what it is",
  list: "a list",
  "yes-no": "a yes or no",
  reason: "a reason",
  statement: "what was said",
  other: "this detail",
};

export const englishAnswers = {
  claim: {
    periods: ENGLISH_PERIODS,
    asOf: {
      quote: (period: string) => `as of ${period}`,
      heading: (period: string) => `as of ${period} (from the context)`,
      report: (period: string) => `the report covers ${period}; the quote gives no date`,
    },
    older: (time: string) => `**Older figure:** ${time}; the reports have a newer one`,
    attributed: (who: string) => `according to ${who}, as this report quotes it`,
    attributedToNobody: "according to somebody whom the report does not name",
    relayed: (who: string) => `relayed: from ${who}, passed on by this report`,
    relayedFromNobody: "relayed: from another source, passed on by this report",
    comparedWith: (written: string, base: string) => `${written}: compared with ${base}`,
    baseNotSaid: (written: string) => `${written}: it is not said compared with what`,
    opinionOf: (who: string) => `**Opinion of ${who}, not a finding**`,
    opinion: "**Opinion, not a finding**",
    premise: (asked: string, quote: number) =>
      `**The reports say otherwise:** the question takes “${asked}” for granted; quote [${quote}] contradicts it.`,
  },

  disagreement: {
    title: (about: string) => `**The reports differ on ${about}**`,
    titleIn: (about: string, period: string) => `**The reports differ on ${about} (${period})**`,
    counted: (rule: string) => `counts: ${rule}`,
    neutral: "None of them is taken for right here; compare who counted, and what.",
    more: (count: number) => `and ${count.toLocaleString("en")} more`,
  },

  abstention: {
    title: "No answer in these reports",
    reasons,
    inEnglish: (example: string) => `Questions are understood in English only. For example: ${example}`,
    near: "**Not an answer, but near:**",
    suggestions: "**The reports do answer:**",
    didYouMean: "**Did you mean:**",
  },

  unmet: {
    title: "**Not found for this question:**",
    name: (surface: string) => `the name “${surface}”`,
    period: (surface: string) => `the time “${surface}”`,
    figure: (surface: string) => `the figure “${surface}”`,
    word: (surface: string) => `“${surface}”, in the sense that is asked`,
    detail: (wanted: string) => `what is asked for: ${wanted}`,
    details,
    more: (count: number) => `and ${count.toLocaleString("en")} more`,
  },
};
