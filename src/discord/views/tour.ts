/** The guided tour, step by step, and the message that leads to it. */

import type { Citation, Claim } from "../../domain/answer.ts";
import { MARKINGS } from "../../domain/marking.ts";
import { RELIABILITIES } from "../../domain/report.ts";
import { claimLines } from "../claim-lines.ts";
import { SINCE_LAST } from "../commands.ts";
import { type Button, button, LONGEST_LABEL, row, sizeOf } from "../components.ts";
import { customId, TOUR_END, TOUR_STEPS } from "../custom-id.ts";
import { type Block, textBlocks, type View } from "../pages.ts";
import { locatorLine, part } from "../source-lines.ts";
import type { Strings } from "../strings.ts";
import { brief, hostOf, quoted, shortened } from "../text.ts";
import { suggestionBlocks } from "./answer.ts";
import type { CorpusSummary } from "./corpus-summary.ts";
import { quoteBlock } from "./quotes.ts";

/** A quote to be taken apart. */
export interface Sample {
  /** What its answer is to; null for one of the briefing on all reports. */
  readonly question: string | null;
  readonly claim: Claim;
  readonly citation: Citation;
}

/** What a step can show; each step uses what it needs. */
export interface TourMaterial {
  /** null where there are no reports. */
  readonly corpus: CorpusSummary | null;
  /** One that `isShowable`. */
  readonly sample: Sample | null;
  /** Subjects to be briefed on, the main ones first; the first three that a button can hold are shown. */
  readonly subjects: readonly string[];
  /** At most three. */
  readonly questions: readonly string[];
  /** Whether the bot answers mentions. */
  readonly mentions: boolean;
  /** Why the member sees this step, where they did not choose it. */
  readonly arrival: "resumed" | "finished-before" | null;
}

const MOST_SUBJECTS = 3;
/** Longest part of a citation where it is taken apart: it stands whole above. */
const LONGEST_VALUE = 60;
/** On a phone the quote has to stand on one screen with its parts. */
const LONGEST_QUOTE = 700;
/** A citation that is longer would leave no room for its parts. */
const LONGEST_SAMPLE = 1900;
const LONGEST_QUESTION = 120;
/** Of a citation without a sample. */
const ANYTHING = "…";

/** Whether a citation can be shown whole beside its parts. */
export function isShowable(sample: Sample, strings: Strings): boolean {
  // A quote that is short enough is never left out of a block that is.
  return (
    quoted(sample.citation.quote.text).length <= LONGEST_QUOTE &&
    sizeOf(sampleBlock(sample, strings).components).text <= LONGEST_SAMPLE
  );
}

/** Whether a citation has all the parts that one can have. */
export function isFull({ citation: { source, locator } }: Sample): boolean {
  const { publisher, published, url } = source;
  return publisher !== null && published !== null && url !== null && locator.headings.length > 0;
}

/** A step of the tour on a single page. @param step 1 to TOUR_END. */
export function tourView(step: number, material: TourMaterial, strings: Strings): View {
  const { tour, help } = strings;
  const titled = [tour.what, tour.citation, tour.grades, tour.briefing, tour.question][step - 1];
  const { arrival, corpus } = material;
  return {
    colour: "information",
    head: [
      `### ${titled === undefined ? tour.end.title : tour.heading(step, TOUR_STEPS, titled.title)}`,
      ...(arrival === "resumed" ? [`-# ${tour.resumed(step)}`] : []),
      ...(arrival === "finished-before" ? [`-# ${tour.finishedBefore}`] : []),
      ...(corpus === null ? [`-# ${help.noReports}`] : []),
    ],
    blocks: blocksOf(step, material, strings),
    foot: [],
    buttons: [wayButtons(step, arrival === "resumed", strings)],
  };
}

function blocksOf(step: number, material: TourMaterial, strings: Strings): Block[] {
  const { tour } = strings;
  switch (step) {
    case 1:
      return textBlocks([...tour.what.lines, ...corpusLines(material.corpus, strings), `-# ${tour.what.yours}`]);
    case 2:
      return citationBlocks(material.sample, strings);
    case 3:
      return gradeBlocks(material.corpus, strings);
    case 4:
      return briefingBlocks(material, strings);
    case 5:
      return questionBlocks(material, strings);
    default:
      return textBlocks([tour.end.text, goOnLine(strings), `-# ${tour.end.again}`]);
  }
}

function corpusLines(corpus: CorpusSummary | null, { tour }: Strings): string[] {
  if (corpus === null) return [];
  const { reports, published } = corpus;
  return [published === null ? tour.what.undated(reports) : tour.what.corpus(reports, published.from, published.to)];
}

function citationBlocks(sample: Sample | null, strings: Strings): Block[] {
  const { citation: words } = strings.tour;
  if (sample === null) return textBlocks([words.none, ...partLines(null, strings)]);
  const { question } = sample;
  const id = customId(question === null ? { kind: "brief", subject: "" } : { kind: "try", question });
  const label = question === null ? words.wholeBriefing : words.whole;
  return [
    sampleBlock(sample, strings),
    ...textBlocks(partLines(sample, strings)),
    ...(id === null ? [] : [{ components: [row(button(id, label))] }]),
  ];
}

/** The citation as it stands in an answer. Its own button would lead nowhere: no answer is kept here. */
function sampleBlock({ question, claim, citation }: Sample, strings: Strings): Block {
  const { citation: words } = strings.tour;
  const above = [`-# ${question === null ? words.ofBriefing : words.example(brief(question, LONGEST_QUESTION))}`];
  return { components: quoteBlock({ ...citation, footnotes: [] }, "", strings, { above, claim }).components };
}

/** What each part of a citation tells, in the order in which they stand. */
function partLines(sample: Sample | null, strings: Strings): string[] {
  const { parts } = strings.tour.citation;
  const line = (explain: (value: string) => string, value: (sample: Sample) => string) =>
    explain(sample === null ? ANYTHING : part(value(sample), LONGEST_VALUE));
  // What the bot itself says is harmless already, and keeps its marks of direction.
  const said = (explain: (value: string) => string, value: (citation: Citation) => string) =>
    explain(sample === null ? ANYTHING : value(sample.citation));
  const { source } = strings;
  const hasVoice = sample === null || claimLines(sample.citation, sample.claim, strings).length > 0;
  return [
    line(parts.number, ({ citation }) => `[${citation.number}]`),
    parts.quote,
    ...(hasVoice ? [parts.voice] : []),
    line(parts.title, ({ citation }) => citation.source.title),
    line(parts.publisher, ({ citation }) => citation.source.publisher ?? source.publisherUnknown),
    line(parts.published, ({ citation }) => citation.source.published ?? source.dateUnknown),
    said(parts.place, ({ locator }) => locatorLine({ ...locator, headings: shortHeadings(locator.headings) }, strings)),
    line(parts.reliability, ({ citation }) => citation.source.reliability),
    said(parts.marking, ({ source: { marking } }) => marking ?? source.unmarked),
    line(
      parts.address,
      ({ citation: { source: of } }) => (of.url === null ? null : hostOf(of.url)) ?? source.noAddress,
    ),
  ].map((each) => `- ${each}`);
}

function shortHeadings(headings: readonly string[]): string[] {
  return headings.length === 0 ? [] : [shortened(headings.join(" › "), LONGEST_VALUE)];
}

function gradeBlocks(corpus: CorpusSummary | null, strings: Strings): Block[] {
  const { grades: words } = strings.tour;
  const line = (name: string, count: number | undefined, meaning: string | null) =>
    `- ${[`**${name}**`, ...(count === undefined ? [] : [words.counted(count)]), ...(meaning === null ? [] : [meaning])].join(" · ")}`;
  return [
    ...textBlocks([
      words.reliability,
      ...RELIABILITIES.map((grade) =>
        line(strings.source.reliability(grade), corpus?.reliability[grade], words.uses[grade]),
      ),
    ]),
    ...textBlocks([
      words.markings(TLP_STANDARD),
      ...MARKINGS.map((marking) => line(marking, corpus?.markings[marking], words.passOn[marking])),
      line(strings.source.unmarked, corpus?.markings.unmarked, null),
    ]),
    ...textBlocks([words.opEds(corpus?.opEds ?? 0), words.contradictions]),
  ];
}

const TLP_STANDARD = "TLP 2.0";

function briefingBlocks({ corpus, subjects }: TourMaterial, strings: Strings): Block[] {
  const { briefing: words } = strings.tour;
  const whole = customId({ kind: "brief", subject: "" });
  const bySubject = new Map(
    subjects.flatMap((subject): [string, string][] => {
      const [id, label] = [customId({ kind: "brief", subject }), shortened(subject, LONGEST_LABEL)];
      return id === null || label === "" ? [] : [[id, label]];
    }),
  );
  const buttons: Button[] = [
    ...(whole === null ? [] : [button(whole, words.whole)]),
    ...[...bySubject].slice(0, MOST_SUBJECTS).map(([id, label]) => button(id, label)),
  ];
  return [
    ...textBlocks(words.lines, "\n\n"),
    // Without reports there is nothing to press for.
    ...(corpus === null
      ? []
      : [
          {
            components: [...textsOf(words.press), ...buttons.map((each) => row(each)), ...textsOf(`-# ${words.more}`)],
          },
        ]),
  ];
}

function textsOf(line: string): Block["components"] {
  return textBlocks([line]).flatMap(({ components }) => components);
}

/** An example of what is asked in English whatever language the bot speaks. */
const FOLLOW_UP_EXAMPLE = "and in 2023?";

function questionBlocks({ questions, mentions }: TourMaterial, strings: Strings): Block[] {
  const { tour, help, buttons } = strings;
  const { question: words } = tour;
  return [
    ...textBlocks([words.ask, ...(mentions ? [words.mention] : [])]),
    ...suggestionBlocks(questions, strings, help.examples),
    ...textBlocks([words.followUps(buttons.followUp, FOLLOW_UP_EXAMPLE), words.noAnswer, goOnLine(strings)]),
  ];
}

function goOnLine({ tour }: Strings): string {
  return tour.goOn(`/brief since:${SINCE_LAST}`, "/brief subscribe");
}

function wayButtons(step: number, isResumed: boolean, { tour: { buttons } }: Strings): Button[] {
  const to = (target: number, label: string, style: "primary" | "secondary" = "secondary") =>
    button(tourId(target), label, { style });
  const startsOver = (isResumed && step > 1) || step === TOUR_END;
  // At step 2 "Back" and "Start over" are one, and no two buttons may have one id.
  const hasBack = step > 1 && !(startsOver && step === 2);
  return [
    ...(hasBack ? [to(step - 1, buttons.back)] : []),
    ...(step < TOUR_STEPS ? [to(step + 1, buttons.next, "primary")] : []),
    ...(step === TOUR_STEPS ? [to(TOUR_END, buttons.finish, "primary")] : []),
    ...(startsOver ? [to(1, buttons.startOver)] : []),
  ];
}

/** Id of a button to a step; 0: to where the member left the tour. */
function tourId(step: number): string {
  return customId({ kind: "tour", step }) ?? "";
}

/** Leads everybody who presses it into their own tour. */
export function startButton({ tour }: Strings, style: "primary" | "secondary" = "primary"): Button {
  return button(START_ID, tour.buttons.start, { style });
}

/** The id of that button; it is the same in every message and language. */
export const START_ID = tourId(0);

/** The message for a channel. */
export function startHereView(strings: Strings): View {
  const { post } = strings.tour;
  return {
    colour: "information",
    head: [`### ${post.title}`],
    blocks: textBlocks([post.text, `-# ${post.yours}`]),
    foot: [],
    buttons: [[startButton(strings)]],
  };
}
