/** The head of a briefing: what it is made from, and what is in it. */

import type { Briefing, BriefingScope, ReportChange } from "../../domain/briefing.ts";
import { periodWords } from "../claim-lines.ts";
import { part } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { timestamp } from "./reports.ts";

const MOST_NAMES = 3;
const LONGEST_NAME = 80;
/** Reports that are named of those that are new, changed or gone. */
const MOST_REPORTS = 8;
const LONGEST_TITLE = 150;

/** What stands above the first section. */
export function scopeLines(briefing: Briefing, strings: Strings): string[] {
  const { briefings } = strings;
  const { kind, sections, scope, alsoKnownAs } = briefing;
  const contents = sections.map(({ id }) => briefings.sections[id]).join(" · ");
  return [
    ...(alsoKnownAs.length === 0 ? [] : [`-# ${briefings.alsoKnownAs(named(alsoKnownAs, strings))}`]),
    ...changeLines(briefing, strings),
    ...(sections.length === 0
      ? kind === "changes"
        ? []
        : [briefings.nothing]
      : [
          ...madeFrom(scope, strings).map((line) => `-# ${line}`),
          briefings.contents(contents),
          `-# ${briefings.neutral}`,
        ]),
  ];
}

/** How many reports, by whom, from when; how reliable they are and who may see them. */
function madeFrom({ quoted, usable, publishers, published, ...shares }: BriefingScope, strings: Strings): string[] {
  const { briefings } = strings;
  const made = [
    briefings.reports(quoted, usable),
    ...(publishers.length === 0 ? [] : [briefings.publishers(named(publishers, strings))]),
    ...(published === null ? [] : [briefings.published(periodWords(published, strings))]),
  ];
  const grades = shares.reliability.map(({ grade, reports }) => briefings.share(grade, reports));
  const markings = shares.markings.map(({ marking, reports }) =>
    briefings.share(marking ?? briefings.unmarked, reports),
  );
  const weighed = [
    ...(grades.length === 0 ? [] : [briefings.grades(grades.join(", "))]),
    ...(markings.length === 0 ? [] : [briefings.markings(markings.join(", "))]),
  ];
  return [made, weighed].filter((parts) => parts.length > 0).map((parts) => parts.join(" · "));
}

function named(names: readonly string[], { briefings }: Strings): string {
  const left = names.length - MOST_NAMES;
  return [
    ...names.slice(0, MOST_NAMES).map((name) => part(name, LONGEST_NAME)),
    ...(left > 0 ? [briefings.morePublishers(left)] : []),
  ].join("; ");
}

/** Of what is new: since when, and which reports are. */
function changeLines({ kind, since, reports = [], sections }: Briefing, strings: Strings): string[] {
  if (kind !== "changes") return [];
  const { briefings } = strings;
  const left = reports.length - MOST_REPORTS;
  return [
    ...(since === undefined ? [] : [`-# ${briefings.since(timestamp(since.createdAt))}`]),
    ...reports.slice(0, MOST_REPORTS).map((report) => `- ${reportWords(report, strings)}`),
    ...(left > 0 ? [`- ${briefings.moreReports(left)}`] : []),
    ...(reports.length === 0 && sections.length === 0 ? [briefings.nothingNew] : []),
    ...(reports.length > 0 && sections.length === 0 ? [briefings.nothingToQuote] : []),
  ];
}

function reportWords({ kind, title, published }: ReportChange, { briefings, source }: Strings): string {
  return briefings.change(briefings.changes[kind], part(title, LONGEST_TITLE), published ?? source.dateUnknown);
}
