/** What is in the corpus: the list of reports, and one report in full. */

import type { ReportDetails, ReportHead } from "../../domain/service.ts";
import { customId } from "../custom-id.ts";
import { type MessagePaging, textBlocks, turning, type View } from "../pages.ts";
import { derivedLines, gradeLine, originLine, originsLines, part, placeLine } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";

/** Longest filter: it has to stand in a custom id. */
export const LONGEST_FILTER = 80;
const REPORTS_PER_PAGE = 8;

/** Reports whose title, publisher, author, kind and id hold every word of the filter, newest first. */
export function matching(reports: readonly ReportHead[], filter: string): readonly ReportHead[] {
  const words = plain(filter)
    .split(" ")
    .filter((word) => word !== "");
  return reports
    .filter(({ id, source: { title, publisher, author, kind } }) => {
      const text = plain([id, title, publisher ?? "", author ?? "", kind].join(" "));
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => (b.source.published ?? "").localeCompare(a.source.published ?? "") || (a.id < b.id ? -1 : 1));
}

/** Small letters, and hyphens as spaces: "op ed" finds "op-ed". */
function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\s-]+/g, " ")
    .trim();
}

export function reportsView(reports: readonly ReportHead[], filter: string, strings: Strings): View {
  const found = matching(reports, filter);
  const { sources } = strings;
  const shownFilter = brief(filter, LONGEST_FILTER);
  const title = filter === "" ? sources.allTitle(found.length) : sources.filtered(found.length, shownFilter);
  const nothing = reports.length === 0 ? sources.empty : sources.none(shownFilter);
  return {
    colour: "information",
    head: [`### ${title}`],
    blocks:
      found.length === 0
        ? textBlocks([nothing])
        : found.flatMap(({ id, source, path }) => textBlocks(entry(id, source, path, strings))),
    foot: found.length === 0 ? [] : [`-# ${sources.more}`],
    buttons: [],
    perPage: REPORTS_PER_PAGE,
  };
}

function entry(id: string, source: ReportHead["source"], path: string, strings: Strings): string[] {
  const lines = [
    originLine(source, strings),
    ...derivedLines(source, path, strings),
    `${gradeLine(source, strings)} · ${placeLine(source, id, strings)}`,
  ];
  return [`**${part(source.title)}**`, ...lines.map((line) => `-# ${line}`)];
}

export function reportsPaging(filter: string, strings: Strings): MessagePaging {
  return turning((page) => customId({ kind: "reports", page, filter }), strings);
}

/** Everything that is known about a report. */
export function reportView(report: ReportDetails, strings: Strings): View {
  const { source, id, path } = report;
  const words = strings.source;
  const lines = [
    originLine(source, strings),
    `${words.kinds[source.kind]} · ${words.language(part(source.language))}`,
    gradeLine(source, strings),
    ...derivedLines(source, path, strings),
    ...originsLines(source, strings),
    placeLine(source, id, strings),
    `${words.size(report.passages, report.pages)} · ${words.indexed(timestamp(report.ingestedAt))}`,
  ];
  return {
    colour: "information",
    head: [],
    blocks: textBlocks([`**${part(source.title)}**`, ...lines.map((line) => `- ${line}`)]),
    foot: [],
    buttons: [],
  };
}

/** A time that Discord shows in each reader's own time zone and language. */
export function timestamp(iso: string): string {
  const seconds = Math.floor(Date.parse(iso) / 1000);
  return Number.isNaN(seconds) ? iso : `<t:${seconds}:f>`;
}
