/** A briefing as a message: what it is made from, then its sections, each on pages of its own where it has to be. */

import type { Quote } from "../../domain/answer.ts";
import type { Briefing, BriefingLine, BriefingSection, Picture, SectionId } from "../../domain/briefing.ts";
import { citationsIn } from "../../domain/briefing.ts";
import type { Exchange } from "../../domain/exchange.ts";
import { type Button, button, type Component, LONGEST_LABEL, menu, row, text } from "../components.ts";
import { customId } from "../custom-id.ts";
import { type Block, textBlocks, type View } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { brief, shortened } from "../text.ts";
import { lineBlocks, rowBlocks } from "./briefing-lines.ts";
import { scopeLines } from "./briefing-scope.ts";
import { disagreementBlock } from "./disagreement.ts";
import { timestamp } from "./reports.ts";

const LONGEST_SUBJECT = 100;
/** Buttons in one row. */
const MOST_NAMES = 5;

/** Which picture a section has, where it can be made. */
const PICTURES: Readonly<Partial<Record<SectionId, Picture["id"]>>> = { figures: "chart", timeline: "timeline" };
/** Sections whose labels are names that can be briefed on. */
const NAMING: ReadonlySet<SectionId> = new Set(["actors", "relations"]);

/** The name of a picture's file. */
export function pictureName(id: Picture["id"]): string {
  return `${id}.png`;
}

export function briefingView(exchange: Exchange, briefing: Briefing, strings: Strings): View {
  const { briefings, buttons } = strings;
  const { sections } = briefing;
  const hasQuotes = citationsIn(briefing).length > 0;
  const jump = customId({ kind: "jump", exchange: exchange.id });
  const bottom: Button[] = [
    ...(hasQuotes ? [simple({ kind: "open", exchange: exchange.id, view: "sources" }, buttons.sources)] : []),
    ...(exchange.isPrivate && hasQuotes ? [simple({ kind: "share", exchange: exchange.id }, buttons.share)] : []),
    ...(briefing.kind === "changes"
      ? [simple({ kind: "brief", subject: subjectForButton(briefing) }, briefings.whole)]
      : []),
  ];
  return {
    colour: "information",
    head: [`### ${titleOf(briefing, strings)}`],
    blocks: [
      ...textBlocks(scopeLines(briefing, strings)),
      ...sections.flatMap((section) => sectionBlocks(section, briefing, exchange, strings)),
      ...missingBlocks(briefing, strings),
    ],
    foot: [`-# ${briefings.asOf(timestamp(briefing.createdAt))}`],
    buttons: bottom.length === 0 ? [] : [bottom],
    menu:
      jump === null || sections.length < 2
        ? undefined
        : menu(
            jump,
            briefings.jump,
            sections.map(({ id }) => ({ label: briefings.sections[id], value: id })),
          ),
  };
}

function titleOf({ kind, subject }: Briefing, { briefings }: Strings): string {
  if (subject === null) return kind === "changes" ? briefings.newsTitle : briefings.corpusTitle;
  const shown = brief(subject, LONGEST_SUBJECT);
  return kind === "changes" ? briefings.newsTitleOn(shown) : briefings.title(shown);
}

/** A subject that is too long for a custom id leads to all reports. */
function subjectForButton({ subject }: Briefing): string {
  return subject !== null && customId({ kind: "brief", subject }) !== null ? subject : "";
}

function simple(action: Parameters<typeof customId>[0], label: string): Button {
  return button(customId(action) ?? "", label);
}

/** The title stands above the first block, and above whatever of the section begins a page. */
function sectionBlocks(section: BriefingSection, briefing: Briefing, exchange: Exchange, strings: Strings): Block[] {
  const { briefings } = strings;
  const title = briefings.sections[section.id];
  const picture = briefing.kind === "changes" ? undefined : PICTURES[section.id];
  const blocks = [
    ...contentBlocks(section, exchange.id, strings),
    ...(NAMING.has(section.id) ? nameBlocks(section.lines, briefing, strings) : []),
  ];
  return blocks.map((block, at) => {
    if (at > 0) return { ...block, continued: heading(briefings.continued(title)) };
    const hint = section.table === undefined ? [] : [`-# ${briefings.rows}`];
    return {
      ...block,
      components: [text([heading(title), ...hint].join("\n")), ...block.components],
      part: section.id,
      // A picture tells of the whole section.
      ...(picture === undefined ? {} : { picture: pictureName(picture), quotes: quotesOf(section) }),
    };
  });
}

function heading(title: string): string {
  return `**${title}**`;
}

function quotesOf(section: BriefingSection): Quote[] {
  return citationsIn({ sections: [section] }).map(({ quote }) => quote);
}

function contentBlocks(section: BriefingSection, exchange: string, strings: Strings): Block[] {
  return [...rowBlocks(section.table ?? [], exchange, strings), ...againstBlocks(section, exchange, strings)];
}

/** The lines of a section; those that stand against each other together, with what they differ in above them. */
function againstBlocks(section: BriefingSection, exchange: string, strings: Strings): Block[] {
  const { lines, disagreements = [], pairs = [] } = section;
  const shown = new Set<BriefingLine>();
  const take = (line: BriefingLine, above: readonly string[] = []): Block[] => {
    shown.add(line);
    return lineBlocks(line, exchange, strings, above);
  };
  const left = () => lines.filter((line) => !shown.has(line));
  return [
    ...disagreements.flatMap((each) => {
      const numbers = new Set(each.values.map(({ citation }) => citation));
      const isOfIt = ({ citations }: BriefingLine) => citations.some(({ number }) => numbers.has(number));
      const quotes = lines.filter(isOfIt).flatMap(({ citations }) => citations.map(({ quote }) => quote));
      return [
        { ...disagreementBlock(each, { claims: lines }, strings), quotes },
        ...left()
          .filter(isOfIt)
          .flatMap((line) => take(line)),
      ];
    }),
    ...pairs.flatMap((pair) => {
      const sides = pair.flatMap((index) => lines[index] ?? []);
      const blocks: Block[] = [];
      let above: string[] = [];
      sides.forEach((line, at) => {
        const side = at === 0 ? strings.briefings.oneSide : strings.briefings.otherSide;
        if (!shown.has(line)) {
          blocks.push(...take(line, [...above, side]));
          above = [];
        } else above.push(`${side} ${line.citations.map(({ number }) => `[${number}]`).join(" ")}`);
      });
      return [...blocks, ...(above.length === 0 ? [] : textBlocks(above))];
    }),
    ...left().flatMap((line) => take(line)),
  ];
}

/** A button for each name among the labels. */
function nameBlocks(lines: readonly BriefingLine[], { subject }: Briefing, { briefings }: Strings): Block[] {
  const names = lines.flatMap(({ label }) => (label?.kind === "name" && label.name !== subject ? [label.name] : []));
  return briefButtons(names, briefings.briefOn);
}

/** @param names those that are too long for a button are left out; the first 5 have one. */
function briefButtons(names: readonly string[], title: string): Block[] {
  const buttons = [...new Set(names)].flatMap((subject) => {
    const id = customId({ kind: "brief", subject });
    return id === null || subject.trim() === "" ? [] : [button(id, shortened(subject, LONGEST_LABEL))];
  });
  if (buttons.length === 0) return [];
  const components: Component[] = [text(title), row(...buttons.slice(0, MOST_NAMES))];
  return [{ components }];
}

function missingBlocks({ kind, missing, sections }: Briefing, { briefings }: Strings): Block[] {
  // Of what is new, a section without anything is no gap of the reports.
  if (kind === "changes" || missing.length === 0 || sections.length === 0) return [];
  return textBlocks([briefings.missing(missing.map((id) => briefings.sections[id]).join(" · "))]);
}

/** That the reports say too little about a subject, and what else there is. */
export function nothingView(subject: string, instead: readonly string[], { briefings }: Strings): View {
  const whole = simple({ kind: "brief", subject: "" }, briefings.corpusButton);
  return {
    colour: "abstention",
    head: [`### ${briefings.nothingTitle(brief(subject, LONGEST_SUBJECT))}`],
    blocks: [...textBlocks([briefings.nothing]), ...briefButtons(instead, briefings.nearest)],
    foot: [],
    buttons: [[whole]],
  };
}
