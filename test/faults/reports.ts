/** Reports of which every sentence says which version of which report it is of. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const PLACES = ["Westport", "Eastmouth", "Northbay", "Southhaven", "Midford", "Lakeside", "Stonebridge", "Fairwater"];
const THINGS = ["boats", "lorries", "barges", "tankers", "ferries", "trawlers", "convoys", "drones"];

/** One version of a report, as Markdown with front matter. */
export function versionOf(id: string, round: number, sentences = 12): string {
  return `${frontOf(id, round)}${textOf(id, round, sentences)}`;
}

function frontOf(id: string, round: number): string {
  return `---
id: ${id}
title: "Count of ${id}, round ${round}"
publisher: Institute of ${id}
published: 2025-02-03
kind: think-tank
reliability: B
marking: "TLP:CLEAR"
---
`;
}

/** What offsets point into: the text without its front matter. Each sentence is a passage. */
export function textOf(id: string, round: number, sentences = 12): string {
  const sections = Array.from({ length: sentences }, (_, at) => `## Count ${at + 1}\n\n${sentence(id, round, at)}\n`);
  return `\n${sections.join("\n")}`;
}

function sentence(id: string, round: number, at: number): string {
  const place = PLACES[at % PLACES.length];
  const thing = THINGS[Math.floor(at / PLACES.length) % THINGS.length];
  const number = (1000 + round).toLocaleString("en");
  return `In round ${round} the institute of ${id} counted ${number} ${thing} and ${at} sheds at ${place}.`;
}

/** Which version of which report a text is of; null where it names none. Throws where it names two. */
export function namedIn(text: string): { readonly id: string; readonly round: number } | null {
  const found = [...text.matchAll(/In round (\d+) the institute of ([\w-]+) counted ([\d,]+) /g)];
  const named = new Set(found.map(([, round, id, number]) => `${round} ${id} ${number?.replace(",", "")}`));
  if (named.size > 1) throw new Error(`Two versions in one text: ${[...named].join("; ")}`);
  const [first] = found;
  if (first === undefined) return null;
  const round = Number(first[1]);
  if (Number(first[3]?.replace(",", "")) !== 1000 + round) throw new Error(`Parts of two versions: ${first[0]}`);
  return { id: first[2] ?? "", round };
}

/** The question that every report answers. */
export function questionAbout(id: string, at = 0): string {
  return `How many ${THINGS[0]} did the institute of ${id} count at ${PLACES[at % PLACES.length]}?`;
}

export function put(corpus: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(corpus, path)), { recursive: true });
  writeFileSync(join(corpus, path), content);
}

/** Writes so many reports `report-0` to `report-<count - 1>` of one round. */
export function putAll(corpus: string, count: number, round: number, sentences?: number): void {
  for (let at = 0; at < count; at += 1) {
    put(corpus, `report-${at}.md`, versionOf(`report-${at}`, round, sentences));
  }
}
