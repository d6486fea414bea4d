/** What is measured of a sentence, as a row of numbers: a question has a hundred such rows, and they are made for each. */

import { CUES } from "./cues.ts";

/** Each is explained where it is computed (evidence.ts, coverage.ts, cues.ts). Ranges are 0..1 or -1..1. */
export const FEATURES = [
  "sentenceCover",
  "contextCover",
  "predicate",
  "name",
  "nameAbsent",
  "leastHeld",
  "partsHeld",
  "unmetMost",
  "unmetTwo",
  "unmetWord",
  "unmetName",
  "phraseAbsent",
  "strangers",
  "things",
  "deed",
  "nearness",
  "otherSubject",
  "sentenceMeaning",
  "passageMeaning",
  "wanted",
  "counts",
  "period",
  "dated",
  "retrieval",
  "place",
  "fragment",
  "reliability",
  "primary",
  "misses",
  "missesPeriod",
  "missesWanted",
  "missesThings",
  "missesDeed",
  "missesPredicate",
  ...CUES,
] as const;
export type FeatureName = (typeof FEATURES)[number];
export type Features = Readonly<Record<FeatureName, number>>;

const PLACES: ReadonlyMap<string, number> = new Map(FEATURES.map((name, place) => [name, place]));

/** A row in the order of FEATURES. @param parts hold every feature between them, each once. */
export function rowOf(...parts: readonly Partial<Features>[]): Float64Array {
  const row = new Float64Array(FEATURES.length);
  for (const part of parts) {
    for (const name in part) row[PLACES.get(name) as number] = part[name as FeatureName] as number;
  }
  return row;
}

/** One feature of a measured sentence. */
export function feature({ row }: { readonly row: Float64Array }, name: FeatureName): number {
  return row[PLACES.get(name) as number] as number;
}

/** The row by name, for people and tests. */
export function featuresOf({ row }: { readonly row: Float64Array }): Features {
  return Object.fromEntries(FEATURES.map((name, place) => [name, row[place]])) as Features;
}
