/** From sentences and headings to questions that they answer. */

import type { Passage } from "../../domain/passage.ts";
import { periodsIn } from "../../retrieve/period.ts";
import { meantBy, type Subject, type Subjects } from "./subjects.ts";
import { type About, TEMPLATES } from "./templates.ts";

/** A question that a sentence or a heading seems to answer. */
export interface Idea {
  readonly question: string;
  readonly template: string;
  /** Names of the entries that it is about. */
  readonly about: readonly string[];
  /** The heading that it was made from; null for one made from a sentence. */
  readonly heading: string | null;
  /** The place that the report with that heading is about. */
  readonly place: string | null;
  /** Passages of those that were read that use its subject, at least 1. */
  readonly passages: number;
  readonly weight: number;
}

/** The questions that a passage's sentences answer. */
export function ideasOf(passage: Passage, subjects: Subjects): Idea[] {
  return passage.sentences.flatMap(({ start, end }) =>
    ideasIn(passage.reading.slice(start - passage.start, end - passage.start), subjects),
  );
}

/** The questions that one sentence answers. */
export function ideasIn(sentence: string, subjects: Subjects): Idea[] {
  const reading = sentence.replace(/\s+/g, " ").trim();
  const ideas: Idea[] = [];
  for (const about of viewsOf(reading, subjects)) {
    for (const { name, weight, question } of TEMPLATES) {
      const text = question(about);
      if (text === null || text.length > LONGEST) continue;
      const { entry, passages } = about.subject;
      const others = about.others.filter(({ shown }) => text.includes(shown)).map((other) => other.entry.name);
      const names = [entry.name, ...others];
      ideas.push({ question: text, template: name, about: names, heading: null, place: null, passages, weight });
    }
  }
  return ideas;
}

/** Longer questions are no help to a newcomer, and too long for a button. */
const LONGEST = 80;

/** The sentence once for each subject that it names. */
function viewsOf(reading: string, subjects: Subjects): About[] {
  const found = subjects.finder.find(reading).flatMap(({ start, end, surface, entries }) => {
    const entry = meantBy(entries);
    const subject = entry === null ? null : subjects.of(entry);
    return subject === null || isStandIn(surface, subject) ? [] : [{ start, end, subject }];
  });
  const distinct = [...new Set(found.map(({ subject }) => subject))];
  const periods = periodsIn(reading)
    .filter(({ exactness }) => exactness !== "day")
    .map(({ start, end }) => reading.slice(start, end));
  return distinct.map((subject) => ({
    subject,
    // "ISIL" in "ISIL-K" is no second name.
    others: distinct.filter((other) => other !== subject && !isPartOf(other, subject) && !isPartOf(subject, other)),
    periods,
    marked: marked(
      reading,
      found.filter((each) => each.subject === subject),
    ),
  }));
}

/** "Islamabad" for Pakistan means its government, or the city. */
function isStandIn(surface: string, { entry: { kind, name } }: Subject): boolean {
  return kind === "place" && surface.slice(0, 3).toLowerCase() !== name.slice(0, 3).toLowerCase();
}

function isPartOf(one: Subject, other: Subject): boolean {
  return other.shown.toLowerCase().includes(one.shown.toLowerCase().replace(/^the /, ""));
}

function marked(reading: string, places: readonly { readonly start: number; readonly end: number }[]): string {
  let text = "";
  let last = 0;
  for (const { start, end } of places) {
    text += `${reading.slice(last, start).replace(/\b[Tt]he $/, "")}@`;
    last = end;
  }
  return text + reading.slice(last);
}
