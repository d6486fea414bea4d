/** What the bot says in English on the guided tour. */

import type { Marking } from "../../domain/marking.ts";
import type { Reliability } from "../../domain/report.ts";

/** "1 report", "2,041 reports". */
function reports(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "report" : "reports"}`;
}

/** "none here", "18 reports here". */
function here(count: number): string {
  return count === 0 ? "none here" : `${reports(count)} here`;
}

const uses: Readonly<Record<Reliability, string>> = {
  A: "Quote it, with its source.",
  B: "Quote it, with its source; better still with a second one.",
  C: "Look for a second, independent source.",
  D: "A lead to follow, not a finding.",
  E: "Rest nothing on it.",
  F: "Nobody can tell yet: neither good nor bad.",
};

const markings: Readonly<Record<Marking, string>> = {
  "TLP:CLEAR": "To everybody; it may be published.",
  "TLP:GREEN": "To your community of peers and partners, but not in public.",
  "TLP:AMBER": "In your organisation and to its clients, to those who need to know.",
  "TLP:AMBER+STRICT": "In your organisation only, to those who need to know.",
  "TLP:RED": "To nobody: it is for those only who were given it.",
};

export const englishTour = {
  commands: {
    start: "A guided tour in five steps: what this is, and how to read it",
    startPost: "Moderators: post a “Start here” message in this channel",
  },

  tour: {
    heading: (step: number, of: number, title: string) => `Step ${step} of ${of}: ${title}`,
    resumed: (step: number) => `You were at step ${step}. It goes on from there.`,
    finishedBefore: "You have done this tour before. Here it is again from the beginning.",

    buttons: {
      start: "Start here",
      back: "Back",
      next: "Next",
      finish: "Finish",
      startOver: "Start over",
    },

    what: {
      title: "What this is",
      lines: [
        "**It is** a way to ask a collection of security reports. What it shows as a quote stands, character for character, in a named and dated report, and a button opens it there.",
        "**It is not** an author. It has no opinion, makes no forecast and knows nothing of today. What the reports do not support, it does not say; it says that they do not, and why.",
        "**It is no judge.** A report can be wrong, and reports contradict each other. What you read is what somebody says, with their name.",
      ],
      corpus: (count: number, from: string, to: string) =>
        `**The collection:** ${reports(count)}, published ${from === to ? `in ${from}` : `from ${from} to ${to}`}.`,
      undated: (count: number) => `**The collection:** ${reports(count)}.`,
      yours: "Only you see this tour. /start leads back to where you left it.",
    },

    citation: {
      title: "How to read a citation",
      example: (question: string) => `From a real answer, to: “${question}”`,
      ofBriefing: "From the briefing on all reports",
      none: "No quote can be shown just now. These are the parts of a citation:",
      whole: "See the whole answer",
      wholeBriefing: "See the whole briefing",
      parts: {
        number: (value: string) =>
          `**Number** ${value} · below an answer, the button with it opens the passage around the quote`,
        quote: "**Bar at the side** · the report’s own words, character for character; nothing else has that bar",
        voice: "**Right below the quote** · the time that it speaks of, and whom the report names for it",
        title: (value: string) => `**Title** ${value} · the report; /report tells all about it`,
        publisher: (value: string) => `**Publisher** ${value} · who brought the report out`,
        published: (value: string) => `**Date** ${value} · when it came out; “covers” is the time that it is about`,
        place: (value: string) => `**Place** ${value} · where the quote stands: section, and page or paragraph`,
        reliability: (value: string) => `**Reliability** ${value} · how far to trust the source: see the next step`,
        marking: (value: string) =>
          `**Marking** ${value} · whom you may pass it on to: see the next step; left out where that is everybody`,
        address: (value: string) => `**Link** ${value} · leads to the publisher, or to what a digest rests on`,
      },
    },

    grades: {
      title: "Reliability and markings",
      reliability: "**Reliability** grades the source (the Admiralty code), and not the single statement:",
      uses,
      markings: (standard: string) => `**Markings** (${standard}) say whom you may pass a report and its quotes on to:`,
      passOn: markings,
      counted: (count: number) => here(count),
      opEds: (count: number) =>
        `**Op-eds** (${here(count)}) hold claims of their authors, not findings; a line above the quote says so.`,
      contradictions:
        "**Contradictions** are shown side by side, each with its source. Nobody decides here which is right.",
    },

    briefing: {
      title: "Your first briefing",
      lines: [
        "A briefing is all reports on one page, or one subject: key facts, figures, dates, relations, what the sources disagree on, what is not known, and what to read first.",
        "Every line is a quote with its source. Sections that the reports cannot fill are left out, and named.",
      ],
      press: "**Press one;** the briefing comes below, and the tour stays here.",
      whole: "All reports on one page",
      more: "Later: /brief, with any actor, place, event or theme.",
    },

    question: {
      title: "Your first question",
      ask: "**Ask** with /ask, in plain English. A name, a place or a year in it helps.",
      mention: "**Or mention me** with your question; the answer opens a thread.",
      followUps: (button: string, example: string) =>
        `**Go on** with “${button}” below an answer: “${example}” is enough, it takes up what was asked before.`,
      noAnswer: "**No answer is an answer too:** it says what is missing in the reports, and shows what comes nearest.",
    },

    goOn: (news: string, subscribe: string) =>
      `**And then:** ${news} shows what is new since your last briefing, ${subscribe} sends that by itself, and /help tells the rest.`,

    end: {
      title: "The tour is done",
      text: "Welcome. Weigh what you read: who says it, when, and how reliable they are.",
      again: "/start shows it once more.",
    },

    inHelp:
      "**New here?** /start is a guided tour in five steps, and /brief puts all reports, or one subject, on one page.",

    post: {
      title: "New here?",
      text: "Sitrep answers questions from a collection of security reports, in the reports’ own words. A tour of five steps shows how to read what it says, gives you a first briefing, and asks a first question with you.",
      yours: "Only you see your tour, and it goes on where you left it.",
      done: (channel: string) => `“Start here” stands in ${channel} now.`,
      earlier: (channel: string) => `There is an earlier one in ${channel}; both work.`,
      toPost: "Show it",
      toEarlier: "Show the earlier one",
      botLacks: (channel: string, permissions: string) =>
        `I cannot post in ${channel}. What I lack there: ${permissions}.`,
      memberLacks: (channel: string) => `You may not write in ${channel}, so nothing was posted.`,
      refused: (channel: string) => `Discord does not let me post in ${channel}. Nothing was posted.`,
    },
  },
};
