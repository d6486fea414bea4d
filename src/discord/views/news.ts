/** What is new, as one message that comes by itself: the best lines of each section, and where the others are. */

import type { Briefing, BriefingLine, BriefingSection } from "../../domain/briefing.ts";
import type { Exchange } from "../../domain/exchange.ts";
import { button } from "../components.ts";
import { customId } from "../custom-id.ts";
import type { Letter } from "../letters.ts";
import { messageOf, pagesOf, SINGLE_PAGE, type View } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";
import { briefingView } from "./briefing.ts";

const LONGEST_SERVER = 60;

/** For whom the message is, and what its button ends. */
export interface NewsFor {
  readonly subscriptionId: string;
  readonly deliveryId: string;
  /** Name of the server. */
  readonly server: string;
  readonly isDirect: boolean;
}

/** Whether there is anything to tell: of all reports that one is new, changed or gone, of a subject a quote. */
export function hasNews({ subject, sections, reports = [] }: Briefing): boolean {
  return sections.length > 0 || (subject === null && reports.length > 0);
}

/** @param briefing of kind "changes". */
export function newsLetter(briefing: Briefing, reader: NewsFor, strings: Strings): Letter {
  let shown = new Set<BriefingLine>();
  for (const together of inOrder(briefing)) {
    const more = new Set([...shown, ...together]);
    if (pagesOf(newsView(briefing, more, reader, strings)).length === 1) shown = more;
  }
  return {
    body: messageOf(newsView(briefing, shown, reader, strings), 0, SINGLE_PAGE),
    quotes: [...shown].flatMap(({ citations }) => citations.map(({ quote }) => quote)),
  };
}

/** Lines that are shown together or not at all: the first ones of every section, then the second ones, and so on. */
function inOrder({ sections }: Briefing): readonly (readonly BriefingLine[])[] {
  const groups = sections.map(groupsOf);
  const longest = Math.max(0, ...groups.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => groups.flatMap((each) => each.slice(at, at + 1))).flat();
}

/** What stands against each other stays together. */
function groupsOf({ lines, pairs = [], disagreements = [] }: BriefingSection): readonly (readonly BriefingLine[])[] {
  const against = [
    ...pairs.map((pair) => pair.flatMap((index) => lines[index] ?? [])),
    ...disagreements.map(({ values }) => lines.filter((line) => values.some((each) => isIn(line, each.citation)))),
  ];
  const groups: BriefingLine[][] = [];
  for (const line of lines) {
    if (groups.some((group) => group.includes(line))) continue;
    const group = new Set([line]);
    // A line may stand against several, which then all belong together.
    for (const each of group)
      for (const those of against) if (those.includes(each)) for (const one of those) group.add(one);
    groups.push([...group]);
  }
  return groups;
}

function isIn({ citations }: BriefingLine, number: number): boolean {
  return citations.some((citation) => citation.number === number);
}

function newsView(briefing: Briefing, shown: ReadonlySet<BriefingLine>, reader: NewsFor, strings: Strings): View {
  const { subscriptions } = strings;
  const server = brief(reader.server, LONGEST_SERVER);
  const sections = briefing.sections.flatMap((section) => sectionOf(section, shown));
  const view = briefingView(exchangeOf(briefing), { ...briefing, sections }, strings);
  const left = briefing.sections.reduce((sum, { lines }) => sum + lines.length, 0) - shown.size;
  const unsubscribe = customId({
    kind: "unsubscribe",
    subscription: reader.subscriptionId,
    delivery: reader.deliveryId,
  });
  return {
    colour: view.colour,
    head: view.head,
    // What its buttons open needs a briefing that is kept, and a server to show it in.
    blocks: view.blocks.map(({ components }) => ({ components })),
    foot: [
      ...(left > 0 ? [subscriptions.more(left, server)] : []),
      ...view.foot,
      `-# ${reader.isDirect ? subscriptions.why(server) : subscriptions.whyChannel}`,
    ],
    buttons: unsubscribe === null ? [] : [[button(unsubscribe, subscriptions.unsubscribe)]],
  };
}

/** A section with those of its lines that are shown; none where that is none of them. */
function sectionOf(section: BriefingSection, shown: ReadonlySet<BriefingLine>): BriefingSection[] {
  const { id, title, pairs = [], disagreements = [] } = section;
  const lines = section.lines.filter((line) => shown.has(line));
  if (lines.length === 0) return [];
  const places = section.lines.map((line) => lines.indexOf(line));
  return [
    {
      id,
      title,
      lines,
      pairs: pairs.map((pair) => pair.map((index) => places[index] ?? -1)).filter((pair) => !pair.includes(-1)),
      disagreements: disagreements.filter(({ values }) =>
        values.every(({ citation }) => lines.some((line) => isIn(line, citation))),
      ),
    },
  ];
}

/** A briefing that nobody asked for is no exchange, and views want one. */
function exchangeOf(briefing: Briefing): Exchange {
  return {
    id: "",
    askedAt: briefing.createdAt,
    guildId: "",
    channelId: "",
    memberId: "",
    isPrivate: false,
    question: "",
    filters: {},
    follows: null,
    outcome: { kind: "brief", briefing },
  };
}
