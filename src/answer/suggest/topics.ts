/** From headings and titles to questions. */

import type { Passage } from "../../domain/passage.ts";
import { isTitledByFile } from "../../domain/report.ts";
import type { ReportHead } from "../../domain/service.ts";
import type { Idea } from "./ideas.ts";
import type { Subjects } from "./subjects.ts";
import { sayAbout } from "./templates.ts";

/** Headings that say where in a document one is, or that something is told, and not what about. */
const NO_TOPICS =
  /\b(?:introduction|summary|conclusions?|overview|background|contents|references|sources?|notes?|appendix|annex|glossary|acknowledg\w+|bibliography|methodology|abstract|recommendations?|section|chapter|part|table|figures?|documents?|reports?|differ|disagree|questions?|period|which|how|what|about|totals?|later|following|single|coverage|reply|further|read|claims|key points|assessment|attribution|feedback|description|solution|evolves|begins|ends|emerges|continues)\b/i;
const LONGEST = 100;
const MOST_WORDS = 9;

/** What is needed to make questions of headings: learnt from the passages that are read. */
export interface Topics {
  /** Reads a passage: which words are names everywhere. */
  learn(passage: Passage): void;
  /** The question that the section of a passage answers; null where its heading is no topic. */
  ofPassage(passage: Passage, subjects: Subjects): Idea | null;
  /** Those that whole reports answer. */
  ofTitles(subjects: Subjects): Idea[];
}

/** @param reports those that may be used. */
export function topics(reports: readonly ReportHead[]): Topics {
  const names = nameWords();
  const titles = new Map(reports.map(({ id, source }) => [id, source.title]));
  /** For the subjects that are known by now: as more is read, there are more. */
  const placesFor = new WeakMap<Subjects, Map<string, string | null>>();

  /** "Mali" of "2023 Country Reports on Human Rights Practices: Mali". */
  function placeOf(reportId: string, subjects: Subjects): string | null {
    const places = placesFor.get(subjects) ?? new Map<string, string | null>();
    placesFor.set(subjects, places);
    const known = places.get(reportId);
    if (known !== undefined) return known;
    const title = titles.get(reportId) ?? "";
    const last = title.slice(title.lastIndexOf(":") + 1).trim();
    const [name] = subjects.finder.find(last);
    const isPlace = name?.surface === last && name.entries.every(({ kind }) => kind === "place");
    const place = isPlace || subjects.isPlace(last) ? last : null;
    places.set(reportId, place);
    return place;
  }

  function idea(heading: string, place: string | null, subjects: Subjects): Idea | null {
    const topic = topicOf(heading, place !== null, names);
    if (topic === null) return null;
    const isWithin = place === null || topic.includes(place);
    const question = sayAbout(isWithin ? topic : `${topic} in ${place}`);
    if (question.length > LONGEST) return null;
    const found = subjects.finder.find(topic).flatMap(({ entries }) => entries.map(({ name }) => name));
    return {
      question,
      template: "topic",
      about: [...new Set([...found, ...(isWithin ? [] : [place])])],
      heading,
      place: isWithin ? null : place,
      passages: 1,
      weight: 0.55,
    };
  }

  return {
    learn: ({ reading }) => names.add(reading),
    ofPassage(passage, subjects) {
      const heading = passage.locator.headings.at(-1);
      return heading === undefined ? null : idea(heading, placeOf(passage.reportId, subjects), subjects);
    },
    ofTitles: (subjects) =>
      reports
        .filter(({ path, source }) => !isTitledByFile(source, path))
        .flatMap(({ source }) => idea(source.title, null, subjects) ?? []),
  };
}

/**
 * What a heading is about as words for a question; null where it is no topic.
 * @param isOneEnough whether one word alone is particular enough, because the place is added.
 */
export function topicOf(heading: string, isOneEnough: boolean, names: NameWords): string | null {
  const bare = heading
    .replace(/^\s*(?:(?:section|chapter|part)\s+)?(?:\d+(?:\.\d+)+\s|(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])[.):]\s)\s*/i, "")
    .replace(/[.:]\s*$/, "")
    .trim();
  const words = bare.split(/\s+/);
  if (words.length < (isOneEnough ? 1 : 2) || words.length > MOST_WORDS) return null;
  if (!/^\p{L}[\p{L}\p{N}\s,'’-]+$/u.test(bare) || NO_TOPICS.test(bare)) return null;
  if (bare === bare.toUpperCase() || /^\p{L}+ing (?:an?|the)\b/iu.test(bare)) return null;
  const isKept = (word: string) => /^\p{Lu}.*\p{Lu}/u.test(word) || names.has(word.replace(/[,'’].*$/u, ""));
  // A first name: "Marwan al Shehhi".
  const isFirst = (word: string, at: number) => names.mayBe(word) && words.slice(at + 1, at + 3).some(isKept);
  return words.map((word, at) => (isKept(word) || isFirst(word, at) ? word : word.toLowerCase())).join(" ");
}

/** A word with a capital once or twice may stand in a title. */
const LEAST_CAPITALS = 3;

export interface NameWords {
  /** Whether a word has a capital inside sentences as well, and is never written without one. */
  has(word: string): boolean;
  /** Whether it is never written without one. */
  mayBe(word: string): boolean;
}

function nameWords(): NameWords & { add(text: string): void } {
  const capital = new Map<string, number>();
  const small = new Set<string>();
  return {
    add(text) {
      for (const [word] of text.matchAll(/(?<![\p{L}'’-])\p{Ll}{2,}(?![\p{L}'’-])/gu)) small.add(word);
      for (const [word] of text.matchAll(/(?<=\p{Ll},? )\p{Lu}[\p{L}-]+/gu))
        capital.set(word, (capital.get(word) ?? 0) + 1);
    },
    has: (word) => (capital.get(word) ?? 0) >= LEAST_CAPITALS && !small.has(word.toLowerCase()),
    mayBe: (word) => /^\p{Lu}/u.test(word) && !small.has(word.toLowerCase()),
  };
}
