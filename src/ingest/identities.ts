/** Which stored report a file of the corpus is: by its path, or, when it was renamed, by its content. */

import { createHash } from "node:crypto";
import type { StoredReportHead } from "../index/records.ts";
import { reportIdFromPath } from "./metadata.ts";

/** A file as it was when it was looked at. */
export interface Looked {
  readonly path: string;
  readonly fileSha256: string;
  readonly contentSha256: string;
}

/** Characters of an id that leave room for a checksum behind it. */
const LONGEST_STEM = 70;

export class Identities {
  readonly #byId: ReadonlyMap<string, StoredReportHead>;
  readonly #byPath: ReadonlyMap<string, StoredReportHead>;
  readonly #present: ReadonlySet<string>;
  readonly #formerIds: ReadonlyMap<string, string>;
  readonly #matched = new Map<string, StoredReportHead>();
  /** Where each matched report's file is now. */
  readonly #pathOf = new Map<string, string>();
  readonly #fromPaths = new Map<string, string>();

  /**
   * @param heads what is stored.
   * @param present paths of all files that are in the corpus, also of those that are not looked at.
   * @param formerIds ids that files had before, by path.
   */
  constructor(
    heads: readonly StoredReportHead[],
    present: readonly string[],
    formerIds: ReadonlyMap<string, string> = new Map(),
  ) {
    this.#byId = new Map(heads.map((head) => [head.id, head]));
    this.#byPath = new Map(heads.map((head) => [head.path, head]));
    this.#present = new Set(present);
    this.#formerIds = formerIds;
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
    const former = this.of(path)?.id ?? this.#formerIds.get(path);
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
 * Why a file cannot go in without what was written about its report before; null where nothing is lost. A marking
 * must not become weaker because a sidecar was not moved along.
 */
export function lostMetadata(before: StoredReportHead | undefined, path: string): string | null {
  if (before === undefined) return null;
  const { kind, reliability, marking } = before.source;
  if (kind === "unknown" && reliability === "F" && marking === null) return null;
  const was = `before: ${kind}, reliability ${reliability}, ${marking ?? "unmarked"}`;
  return before.path === path
    ? `nothing is written about it any more (${was}); write it in ${path}.yaml or manifest.yaml, or remove the report`
    : `was ${before.path}, and what was written about that (${was}) did not come along; ` +
        `rename its sidecar too, or its entry in manifest.yaml`;
}
