/** Which stored report a file of the corpus is: by its path, or, when it was renamed, by its content. */

import { createHash } from "node:crypto";
import { type Marking, restriction } from "../domain/marking.ts";
import type { ReportSource } from "../domain/report.ts";
import type { StoredReportHead } from "../index/records.ts";
import { reportIdFromPath } from "./metadata.ts";

/** A file as it was when it was looked at. */
export interface Looked {
  readonly path: string;
  readonly fileSha256: string;
  readonly contentSha256: string;
}

/** What somebody has judged about a report. */
export type Grades = Pick<ReportSource, "kind" | "reliability" | "marking">;

/** What a file was before it was taken out of the corpus. */
export interface Former {
  readonly id: string;
  /** Null where nobody kept them. */
  readonly grades: Grades | null;
}

/** Characters of an id that leave room for a checksum behind it. */
const LONGEST_STEM = 70;

export class Identities {
  readonly #byId: ReadonlyMap<string, StoredReportHead>;
  readonly #byPath: ReadonlyMap<string, StoredReportHead>;
  readonly #present: ReadonlySet<string>;
  readonly #former: ReadonlyMap<string, Former>;
  readonly #matched = new Map<string, StoredReportHead>();
  /** Where each matched report's file is now. */
  readonly #pathOf = new Map<string, string>();
  readonly #fromPaths = new Map<string, string>();

  /**
   * @param heads what is stored.
   * @param present paths of all files that are in the corpus, also of those that are not looked at.
   * @param former what files were before, by path.
   */
  constructor(
    heads: readonly StoredReportHead[],
    present: readonly string[],
    former: ReadonlyMap<string, Former> = new Map(),
  ) {
    this.#byId = new Map(heads.map((head) => [head.id, head]));
    this.#byPath = new Map(heads.map((head) => [head.path, head]));
    this.#present = new Set(present);
    this.#former = former;
  }

  /**
   * Finds the report of each file that was looked at. The same content in the same place comes first; then the same
   * content elsewhere, where its old place is empty or holds something else now; then the same place.
   */
  match(looked: readonly Looked[]): void {
    const changed: Looked[] = [];
    const moved = new Map<string, StoredReportHead[]>();
    const lookedAt = new Map(looked.map((file) => [file.path, file]));
    for (const head of this.#byId.values()) {
      const file = lookedAt.get(head.path);
      if (file?.contentSha256 === head.contentSha256) this.#assign(head.path, head);
      // An empty checksum is that of a report which was ingested before checksums were kept.
      else if (head.contentSha256 !== "" && (file !== undefined || !this.#present.has(head.path))) {
        moved.set(head.contentSha256, [...(moved.get(head.contentSha256) ?? []), head]);
      }
    }
    for (const file of looked) {
      if (this.#matched.has(file.path)) continue;
      const head = moved.get(file.contentSha256)?.shift();
      if (head === undefined) changed.push(file);
      else this.#assign(file.path, head);
    }
    for (const { path } of changed) {
      const head = this.#byPath.get(path);
      if (head !== undefined && !this.#pathOf.has(head.id)) this.#assign(path, head);
    }
  }

  #assign(path: string, head: StoredReportHead): void {
    this.#matched.set(path, head);
    this.#pathOf.set(head.id, path);
  }

  /** The stored report that a file is; undefined for a new file. */
  of(path: string): StoredReportHead | undefined {
    const matched = this.#matched.get(path);
    if (matched !== undefined) return matched;
    const head = this.#byPath.get(path);
    return head === undefined || this.#pathOf.has(head.id) ? undefined : head;
  }

  /** Where a file was, and how it was judged, as far as that is known. */
  before(path: string): { readonly path: string; readonly grades: Grades } | null {
    const head = this.of(path);
    if (head !== undefined) return { path: head.path, grades: head.source };
    const grades = this.#former.get(path)?.grades ?? null;
    return grades === null ? null : { path, grades };
  }

  stored(id: string): StoredReportHead | undefined {
    return this.#byId.get(id);
  }

  /** The path of the file that an id is stored for; undefined when that file is gone. */
  ownerOf(id: string): string | undefined {
    const found = this.#pathOf.get(id);
    if (found !== undefined) return found;
    const head = this.#byId.get(id);
    return head !== undefined && this.#present.has(head.path) ? head.path : undefined;
  }

  /** The id of a file about which none is written: the one that it has, or one from its path that is free. */
  idFor(path: string): string {
    const former = this.of(path)?.id ?? this.#former.get(path)?.id;
    if (former !== undefined) return former;
    const id = reportIdFromPath(path);
    const isTaken = this.#byId.has(id) || (this.#fromPaths.get(id) ?? path) !== path;
    if (!isTaken) {
      this.#fromPaths.set(id, path);
      return id;
    }
    return `${id.slice(0, LONGEST_STEM)}-${createHash("sha256").update(path).digest("hex").slice(0, 8)}`;
  }
}

/**
 * Why a file cannot go in as it is described now; null where nothing is lost. A marking must not become weaker because
 * what is written about a report was not moved along with it, or disappeared.
 * @param now null where nothing is written about it.
 */
export function lostGrades(before: ReturnType<Identities["before"]>, path: string, now: Grades | null): string | null {
  if (before === null) return null;
  const { kind, reliability, marking } = before.grades;
  const isUndescribed = kind === "unknown" && reliability === "F" && marking === null;
  const was = `before: ${kind}, reliability ${reliability}, ${marking ?? "unmarked"}`;
  if (now === null && !isUndescribed) {
    return before.path === path
      ? `nothing is written about it any more (${was}); write it in ${path}.yaml or manifest.yaml`
      : `was ${before.path}, and what was written about that (${was}) did not come along; ` +
          `rename its sidecar too, or its entry in manifest.yaml`;
  }
  if (now === null || before.path === path || !isWeaker(now.marking, marking)) return null;
  return (
    `was ${before.path}, marked ${marking}, and is marked ${now.marking} here; ` +
    "ingest it with its old marking first, then change that"
  );
}

/** Whether a marking lets more people see a report than the one that somebody gave it before. */
export function isWeaker(now: Marking | null, before: Marking | null): boolean {
  return before !== null && restriction(now) < restriction(before);
}
