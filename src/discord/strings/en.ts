/** Everything that the bot says in English. Other languages have the same entries. */

import type { Confidence } from "../../domain/answer.ts";
import type { Verdict } from "../../domain/check.ts";
import type { ErrorCode } from "../../domain/errors.ts";
import type { Progress } from "../../domain/ingest.ts";
import type { DerivableField, Reliability, ReportKind } from "../../domain/report.ts";
import { englishAnswers } from "./en-answers.ts";
import { englishBriefings } from "./en-briefings.ts";
import { englishSubscriptions } from "./en-subscriptions.ts";
import { englishTour } from "./en-tour.ts";

/** "1 report", "2,041 reports". */
function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

const confidence: Readonly<Record<Confidence, string>> = { high: "high", medium: "medium", low: "low" };

const reliability: Readonly<Record<Reliability, string>> = {
  A: "completely reliable",
  B: "usually reliable",
  C: "fairly reliable",
  D: "not usually reliable",
  E: "unreliable",
  F: "cannot be judged",
};

const kinds: Readonly<Record<ReportKind, string>> = {
  "un-report": "UN report",
  "think-tank": "think-tank",
  government: "government",
  news: "news",
  "op-ed": "op-ed: claims, not findings",
  reference: "reference",
  unknown: "unknown kind",
};

const fields: Readonly<Record<DerivableField, string>> = {
  title: "title",
  publisher: "publisher",
  author: "author",
  published: "date",
  language: "language",
  url: "address",
};

const verdicts: Readonly<Record<Verdict, string>> = {
  supported: "✅ Supported: a report says so",
  contradicted: "⚠️ Another figure: a report gives a different one; compare what each of them counts",
  "not-found": "❔ Not found: no sentence that says this was found, which does not make it false",
};

const faults: Readonly<Record<ErrorCode, string>> = {
  "bad-input": "This request cannot be used as it is.",
  "bad-config": "The bot's settings are wrong. A moderator has to look at them.",
  "bad-corpus": "The folder of reports cannot be read. A moderator has to look at it.",
  "index-missing": "No reports have been taken in yet. A moderator can do so with /reindex.",
  "index-unusable": "The index of the reports cannot be used. A moderator can make it again with /reindex.",
  "model-unusable": "The search model cannot be used. A moderator has to look at it.",
  "provider-failed": "The service of the search model did not answer. Try again in a minute.",
  busy: "Another process is changing the reports just now. Try again in a minute.",
  cancelled: "This was stopped.",
};

const phases: Readonly<Record<Progress["phase"], string>> = {
  look: "Looking at the files",
  read: "Reading files",
  embed: "Embedding passages",
  index: "Building the index",
  write: "Writing the index",
};

export const english = {
  ...englishAnswers,
  briefings: englishBriefings.briefings,
  subscriptions: englishSubscriptions,
  tour: englishTour.tour,

  commands: {
    ask: "Ask the reports a question; the answer is their own words, with sources",
    askQuestion: "Your question, in plain English",
    askReport: "Only this report",
    askSince: "Only reports from this date on: 2025, 2025-03 or 2025-03-31",
    askUntil: "Only reports up to this date: 2025, 2025-03 or 2025-03-31",
    askPrivate: "Show the answer only to me",
    ...englishBriefings.commands,
    ...englishTour.commands,
    search: "List the passages of the reports that are nearest to some words",
    searchTerms: "Words or names to look for",
    sources: "List the reports that answers come from",
    sourcesFilter: "Part of a title, a publisher, a kind or an id",
    report: "Show where a report comes from and when it was taken in",
    reportId: "The report",
    help: "What Sitrep can do and what it cannot, with examples",
    status: "Moderators: state of the bot and of its index",
    reindex: "Moderators: bring the index up to date with new, changed and removed reports",
    reindexForce: "Read every report again, also those that have not changed",
  },

  buttons: {
    moreEvidence: "More evidence",
    sources: "Sources",
    passage: (quote: number) => `[${quote}] in context`,
    followUp: "Ask a follow-up",
    helpful: "Helpful",
    notHelpful: "Not helpful",
    share: "Share",
    previous: "Previous",
    next: "Next",
  },

  source: {
    publisherUnknown: "publisher unknown",
    by: (author: string) => `by ${author}`,
    digestBy: (author: string) => `digest by ${author}`,
    dateUnknown: "date unknown",
    covers: (from: string, to: string) => (from === to ? `covers ${from}` : `covers ${from} to ${to}`),
    page: (page: number) => `page ${page}`,
    paragraph: (paragraph: number) => `paragraph ${paragraph}`,
    reliability: (grade: Reliability) => `reliability ${grade} (${reliability[grade]})`,
    unmarked: "unmarked: treat as TLP:AMBER+STRICT",
    kinds,
    titleIsFileName: "title is the file's name",
    unconfirmed: (of: readonly DerivableField[]) =>
      `${new Intl.ListFormat("en").format(of.map((field) => fields[field]))} read from the document, unconfirmed`,
    noAddress: "no public address",
    document: (id: string) => `document ${id}`,
    report: (id: string) => `report ${id}`,
    cites: (sources: string) => `cites: ${sources}`,
    indexed: (time: string) => `taken in ${time}`,
    size: (passages: number, pages: number) =>
      pages === 0 ? counted(passages, "passage") : `${counted(pages, "page")}, ${counted(passages, "passage")}`,
    language: (language: string) => `language ${language}`,
    origins: (titles: string) => `relies on: ${titles}`,
  },

  answer: {
    asked: (question: string) => `**Question:** ${question}`,
    understoodAs: (question: string) => `**Understood as:** ${question}`,
    searchedAs: (expansions: string) => `Also searched for: ${expansions}`,
    confidence: (level: Confidence) => `**Confidence:** ${confidence[level]}`,
    independent: (sources: number, titles: string) =>
      `${counted(sources, "independent source")}; also said by: ${titles}`,
    sameOrigin: (titles: string) => `also said by: ${titles} (same origin: one voice, not two)`,
    tooLong: "This quote is too long for a message; the button with its number shows it with what stands around it.",
    page: (page: number, of: number) => `Page ${page} of ${of}`,
    limitedTo: (report: string) => `only in: ${report}`,
    limitedSince: (date: string) => `from ${date} on`,
    limitedUntil: (date: string) => `up to ${date}`,
    sharedBy: (member: string) => `Shared by ${member}`,
    changed: "One of the reports quoted here was changed or removed since. Ask again for the present state.",
  },

  evidence: {
    title: "More evidence",
    hint: "Further passages that were found for the question. They are near it; they need not answer it.",
    none: "No further passage was found for this question.",
  },

  sources: {
    title: "Sources of this answer",
    allTitle: (count: number) => `${counted(count, "report")}`,
    filtered: (count: number, filter: string) => `${counted(count, "report")} with “${filter}”`,
    none: (filter: string) => `No report with “${filter}”. /sources alone lists them all.`,
    empty: "There are no reports yet.",
    more: "/report shows one of them in full.",
  },

  search: {
    title: (terms: string) => `Passages nearest to “${terms}”`,
    none: "No passage is near these words.",
  },

  around: {
    title: (quote: number) => `Quote [${quote}] where it stands`,
    before: "**Before it:**",
    quote: "**The quote:**",
    after: "**After it:**",
    gone: "This quote is no longer in the report: it was changed or removed since. Ask again for the present state.",
  },

  check: {
    title: "Checked against the reports",
    verdicts,
    claimed: (claimed: string, reported: string) => `the message: ${claimed} · a report: ${reported}`,
    omitted: (count: number) => `${counted(count, "further statement")} not checked: at most 10 at a time.`,
    nothing: "There is no statement in this message that could be checked.",
    noText: "This message has no text of its own. (Answers of mine need no check: they are quotes of the reports.)",
    neutral: "A report that says so does not make it true: see who says it, and how reliable they are.",
  },

  help: {
    title: "Sitrep: what the reports say, in their own words",
    can: [
      "**What it does.** It answers questions from a collection of security reports. An answer is made of quotes; each stands, character for character, in a named and dated report, and “in context” opens it there. A link below a quote leads to the publisher, or to what a digest rests on.",
      englishBriefings.help,
      "**Ask** with /ask. “Ask a follow-up” below an answer takes up what was asked before.",
      "**Look yourself** with /search, /sources and /report.",
      "**Check a message**: right-click it (on a phone: press and hold), Apps, “Check against sources”.",
    ],
    mentions:
      "**Mention me** to ask, too. The answer opens a thread: mention me there or reply to me to go on from what was asked before.",
    cannot: [
      "**What it does not do.** It has no opinion, makes no forecast, knows nothing of the present day, and says nothing that the reports do not. If they do not support an answer, it says so, and why.",
      "**Weigh what you read.** Every quote shows who says it, when, and how reliable the source is. Reports contradict each other; Sitrep does not decide who is right.",
      "**Confidence** says how well the quotes fit the question, and not whether they are true.",
      "Questions are understood in English.",
    ],
    noReports: "There are no reports yet: nothing can be asked before a moderator has taken some in.",
    kept: (days: number) =>
      `Questions and answers are kept for ${counted(days, "day")}, so that the buttons go on working; then they are forgotten.`,
    examples: "**Try one of these:**",
    corpus: (reports: number, updated: string) => `${counted(reports, "report")}, last changed ${updated}.`,
  },

  status: {
    title: "Status",
    snapshot: (number: number, time: string) => `**Snapshot** ${number}, made ${time}`,
    corpus: (reports: number, passages: number) =>
      `**Corpus** ${counted(reports, "report")} in ${counted(passages, "passage")}`,
    model: (model: string, dimensions: number) => `**Model** ${model}, ${dimensions} dimensions`,
    uptime: (since: string) => `**Running** since ${since}`,
    work: (running: number, waiting: number) => `**Questions** ${running} being answered, ${waiting} waiting`,
    kept: (exchanges: number, helpful: number, notHelpful: number) =>
      `**Kept** ${counted(exchanges, "exchange")}; ${helpful} found helpful, ${notHelpful} not helpful`,
    connection: (milliseconds: number | null, pause: number) =>
      `**Connection** ${milliseconds === null ? "no heartbeat yet" : `heartbeat ${milliseconds} ms`}; longest pause of the bot in the last minutes ${pause} ms`,
    noIndex: "**Snapshot** none: no reports have been taken in yet. /reindex does so.",
    reindexing: (since: string) => `**Reindex** running since ${since}`,
    lastReindex: (time: string, outcome: string) => `**Last reindex from here** ${time}: ${outcome}`,
  },

  reindex: {
    started: "Reindex started. Questions are answered as before until it is done.",
    phase: (phase: Progress["phase"], done: number, total: number) => `${phases[phase]}: ${done} of ${total}`,
    done: "Reindex finished.",
    unchanged: "Reindex finished: nothing had changed.",
    refusedSome: (count: number) => `Reindex finished; ${counted(count, "file")} refused`,
    counts: (added: number, changed: number, removed: number, unchanged: number) =>
      `${added} new, ${changed} changed, ${removed} removed, ${unchanged} unchanged`,
    total: (reports: number, passages: number, snapshot: number) =>
      `${counted(reports, "report")} in ${counted(passages, "passage")}, snapshot ${snapshot}`,
    took: (seconds: string) => `took ${seconds} s`,
    running: (since: string) => `A reindex is already running, since ${since}.`,
    busy: "Another process is changing the index just now; it was left alone. Try again when that is done.",
    failed: "Reindex failed; the reports are as they were before.",
    interrupted: "Reindex interrupted; the reports are as they were before.",
    more: (count: number) => `and ${count} more`,
  },

  feedback: {
    thanks: "Noted, thank you.",
    thanksNot: "Noted, thank you. Moderators can read it.",
    modalTitle: "What was wrong?",
    modalLabel: "In a few words (may be left empty)",
    modalPlaceholder: "For example: the quote is about another year",
  },

  followUp: {
    modalTitle: "Ask a follow-up",
    modalLabel: "Your question, in English",
    modalPlaceholder: "For example: and in 2023?",
    threadHint: "Mention me here, reply to me, or press “Ask a follow-up” to go on.",
    noThread: "I may not open threads in this channel; press “Ask a follow-up” to go on.",
  },

  mention: {
    empty: "Mention me with a question, or see /help.",
  },

  waiting: {
    place: (place: number) => `Many questions at once: yours is number ${place} in line and will be answered.`,
    full: "There are too many questions waiting. Please ask again in a minute.",
    cooldown: (seconds: number) => `Please wait ${counted(seconds, "second")} before your next question.`,
    stopping: "The bot is about to stop. Please ask again in a minute.",
  },

  faults: {
    codes: faults,
    unexpected: "Something went wrong that should not have. It was logged.",
    reference: (reference: string) => `Reference: ${reference}`,
    sharedAlready: "This was shared here already.",
    typed: "What you wrote:",
    forgotten: "This answer is too old and was forgotten. Please ask again.",
    notForYou: "Only moderators may do this.",
    notHere: "Sitrep does not serve this server.",
    cannotPost: "You may not write in this channel, so nothing was shared.",
    unknownCommand: "This command is not known any more. The commands have to be registered again.",
    date: (text: string) => `“${text}” is not a date; write it as 2025, 2025-03 or 2025-03-31.`,
    datesSwapped: "“since” is after “until”; swap the two dates.",
    noReport: (text: string) => `There is no report with the id “${text}”. Choose one from the list while typing.`,
  },
};

export type Strings = typeof english;
