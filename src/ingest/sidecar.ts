/** What is written about a path of the corpus, and what will be when a report is put there. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { GivenMetadata } from "../domain/ingest.ts";
import { descriptionsOf, type WrittenAbout } from "./descriptions.ts";
import type { Fetched } from "./fetch-report.ts";
import { corpusFiles } from "./files.ts";
import type { Written } from "./written.ts";

/** What is written about a path already: its sidecar's fields, and what stands elsewhere. */
export interface Before {
  /** Where the sidecar is, or would be, inside the corpus. */
  readonly sidecar: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly others: readonly Written[];
  /** Whether it is about another document than the one that is put there now. */
  readonly isOfAnother: boolean;
  /** Whether the sidecar is there and its report is not. */
  readonly isWaiting: boolean;
}

/** What says of a document when it is from, and is not true of another one in its place. */
const FIELDS_OF_ONE_EDITION: readonly string[] = ["published", "period"];

/**
 * What is written about a report that is, or will be, at a path inside the corpus; or what is wrong with it.
 * @param replace whether a document there is to be replaced. Its sidecar may be all that is left of it, where that was
 *   begun before and broken off.
 */
export async function writtenBefore(
  corpusDir: string,
  path: string,
  replace: boolean,
): Promise<({ readonly ok: true } & Before) | Extract<WrittenAbout, { ok: false }>> {
  const files = await corpusFiles(corpusDir);
  // Neither the manifest nor a sidecar has to wait for its report.
  const waiting = [`${path}.yaml`, `${path}.yml`].find((each) => existsSync(join(corpusDir, each)));
  const found = files.sidecars.get(path) ?? waiting;
  const sidecar = found ?? `${path}.yaml`;
  const sidecars = found === undefined ? files.sidecars : new Map([...files.sidecars, [path, found]]);
  const about = await (await descriptionsOf(corpusDir, { ...files, sidecars })).about(path);
  if (!about.ok) return about;
  const isThere = existsSync(join(corpusDir, path));
  return {
    ok: true,
    isOfAnother: isThere || (replace && found !== undefined),
    isWaiting: !isThere && found !== undefined,
    sidecar,
    fields: about.written.find(({ place }) => place === sidecar)?.fields ?? {},
    others: about.written.filter(({ place }) => place !== sidecar),
  };
}

/**
 * The fields of the sidecar of a report that is put into the corpus: what a person gives, where it was downloaded
 * from, and what its sidecar says already. In the place of another document, the dates and the address of that one
 * go with it.
 */
export function sidecarFields(before: Before, given: GivenMetadata, { url }: Fetched): Record<string, unknown> {
  const kept = Object.entries(before.fields).filter(
    ([field]) => !(before.isOfAnother && FIELDS_OF_ONE_EDITION.includes(field)),
  );
  const isAddressNew = url !== null && (before.isOfAnother || (before.fields.url ?? null) === null);
  return { ...Object.fromEntries(kept), ...(isAddressNew ? { url } : {}), ...fieldsOf(given) };
}

/** The date that is written about a path outside of its file, null where there is none. */
export function dateOf({ fields, others }: Before): string | null {
  const dates = [fields, ...others.map((each) => each.fields)].map(({ published }) => published);
  return dates.find((date): date is string => typeof date === "string") ?? null;
}

/** What a person has to know about what was written before. */
export function sidecarWarnings(before: Before, now: Readonly<Record<string, unknown>>): string[] {
  const { sidecar, fields, others } = before;
  if (!before.isOfAnother) return before.isWaiting ? [`${sidecar}: was there before, and is taken to be about it`] : [];
  if ((now.period ?? null) !== null) return [];
  const why = "the period of the file that is replaced";
  const elsewhere = others.find((each) => (each.fields.period ?? null) !== null);
  return [
    ...((fields.period ?? null) === null ? [] : [`${sidecar}: ${why} is dropped (${periodWords(fields.period)})`]),
    ...(elsewhere === undefined ? [] : [`${elsewhere.place}: gives ${why} (${periodWords(elsewhere.fields.period)})`]),
  ];
}

function periodWords(period: unknown): string {
  const { from, to } = (typeof period === "object" && period !== null ? period : {}) as Record<string, unknown>;
  return `${from} to ${to}`;
}

function fieldsOf({ periodFrom, periodTo, ...given }: GivenMetadata): Record<string, unknown> {
  const hasPeriod = periodFrom !== undefined || periodTo !== undefined;
  const period = hasPeriod ? { from: periodFrom ?? periodTo, to: periodTo ?? periodFrom } : undefined;
  return Object.fromEntries(Object.entries({ ...given, period }).filter(([, value]) => value !== undefined));
}
