/** What the bot says in English of briefings. */

import type { ReadingReason, ReportChange, SectionId } from "../../domain/briefing.ts";

const sections: Readonly<Record<SectionId, string>> = {
  covers: "What the reports cover",
  actors: "Main actors",
  what: "What it is",
  "key-facts": "Key facts",
  added: "Added",
  altered: "Altered",
  contradicted: "Contradicted",
  figures: "Figures",
  timeline: "Timeline",
  relations: "Relations to others",
  disagreements: "Where the sources differ",
  unverified: "What remains unverified",
  reading: "What to read",
};

const changes: Readonly<Record<ReportChange["kind"], string>> = {
  added: "new",
  changed: "changed",
  removed: "removed",
};

/** Of which nothing but the kind is told. */
const reasons: Readonly<Record<Exclude<ReadingReason["kind"], "quoted" | "reliable">, string>> = {
  newest: "the newest here",
  "other-view": "has another view than others",
  broad: "speaks of it at most length",
};

export const englishBriefings = {
  commands: {
    brief: "Brief me: the whole corpus on one page, or one subject, every line quoted",
    briefSubject: "An actor, place, event or theme; leave it out for the whole corpus",
    briefSince: "Only what is new or changed in the reports",
    briefSinceLast: "since my last briefing",
    briefSubscribe: "Get what is new by itself",
    briefSchedules: {
      weekly: "every week",
      "on-new-reports": "when reports are new or changed",
      list: "show what I have subscribed to",
    },
    briefChannel: "Moderators: post it in this channel and not to me",
  },

  help: "**New here?** /brief shows what the reports say, all of them or on one subject, every line a quote. With “since” it shows what is new since your last briefing on all reports; one on a subject does not count as that.",

  briefings: {
    title: (subject: string) => `Briefing: ${subject}`,
    corpusTitle: "Briefing: all reports",
    newsTitle: "What is new in the reports",
    newsTitleOn: (subject: string) => `What is new in the reports: ${subject}`,
    since: (time: string) => `since ${time}`,
    sections,
    continued: (section: string) => `${section} (continued)`,
    alsoKnownAs: (names: string) => `also known as: ${names}`,
    reports: (quoted: number, usable: number) =>
      `quotes ${quoted.toLocaleString("en")} of ${usable.toLocaleString("en")} ${usable === 1 ? "report" : "reports"}`,
    publishers: (names: string) => `by ${names}`,
    morePublishers: (count: number) => `${count.toLocaleString("en")} more`,
    published: (period: string) => `published ${period}`,
    grades: (grades: string) => `reliability: ${grades}`,
    markings: (markings: string) => `markings: ${markings}`,
    unmarked: "unmarked",
    share: (of: string, reports: number) => `${of} (${reports.toLocaleString("en")})`,
    contents: (list: string) => `**In it:** ${list}`,
    neutral: "Every line is a quote of a report. Sitrep quotes; it does not decide who is right.",
    asOf: (time: string) => `The reports as of ${time}`,
    missing: (list: string) =>
      `**Not in this briefing:** ${list} (nothing was found for it that is not said elsewhere in it)`,
    jump: "Go to a section",
    sourcesTitle: "Sources of this briefing",

    according: (who: string) => `according to ${who}`,
    noTime: "the report gives no time",
    up: (base: string) => `up, compared with ${base}`,
    down: (base: string) => `down, compared with ${base}`,
    upOfUnknown: "up; the report does not say compared with what",
    downOfUnknown: "down; the report does not say compared with what",
    rows: "Each row is read from one sentence; “in context” with its number shows that.",

    oneSide: "**On one side:**",
    otherSide: "**On the other:**",

    why: (list: string) => `Why: ${list}`,
    quotedTimes: (times: number) =>
      times === 1 ? "quoted 1 time here" : `quoted ${times.toLocaleString("en")} times here`,
    reliable: (reliability: string) => `none here is graded better: ${reliability}`,
    reasons,

    changes,
    change: (kind: string, title: string, date: string) => `**${kind}:** ${title} (${date})`,
    moreReports: (count: number) => `and ${count.toLocaleString("en")} more`,
    nothingNew: "Nothing in the reports is new or changed.",
    nothingToQuote: "Nothing in them is new on this.",
    firstTime: "You had no briefing on all reports here before, so nothing is left out. Next time you see what is new.",
    whole: "The whole briefing",

    corpusButton: "Brief me on everything",
    nothingTitle: (subject: string) => `No briefing: ${subject}`,
    nothing: "The reports say too little about this.",
    nearest: "**Nearest to it in the reports:**",
    briefOn: "**Brief me on:**",

    channelAlone:
      "The option “channel” goes with “subscribe”: a briefing itself is shown to you alone, and “Share” shows it to others.",
  },
};
