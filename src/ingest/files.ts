/** Which files of the corpus folder are reports, and which say something about one. */

import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { extname, join, sep } from "node:path";
import { SitrepError } from "../domain/errors.ts";
import type { Refusal } from "../domain/ingest.ts";
import { formatOf, READ_ENDINGS, UNREAD_ENDINGS } from "./extract/formats.ts";

/** Metadata of all files in one, in the corpus folder itself. */
export const MANIFEST_NAME = "manifest.yaml";
const GLOSSARY_NAME = "glossary.yaml";
const SIDECAR_FORM = "what is written about report.pdf is in report.pdf.yaml, or for all reports in manifest.yaml";
const SIDECAR = /\.ya?ml$/i;
/** Control characters, separators and reordering marks: a name with one cannot be shown as it is. */
export const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

export interface CorpusFiles {
  /** Paths inside the folder with forward slashes, in code-unit order, so that every run sees the same order. */
  readonly paths: readonly string[];
  /** Path of the file with a report's metadata, by the report's path. */
  readonly sidecars: ReadonlyMap<string, string>;
  readonly hasManifest: boolean;
  /** What looks like a report and cannot be read as one. */
  readonly refused: readonly Refusal[];
  readonly warnings: readonly string[];
}

/**
 * The reports of a folder and its subfolders. Hidden files and folders are passed over, symbolic links not followed.
 * @throws {SitrepError} "bad-corpus" when the folder cannot be read.
 */
export async function corpusFiles(corpusDir: string): Promise<CorpusFiles> {
  const found = new Found(corpusDir);
  const pending = [""];
  /** One folder inside that cannot be read must not keep the others out. */
  const entriesOf = (folder: string) =>
    folder === ""
      ? entries(corpusDir, folder)
      : entries(corpusDir, folder).catch((error) => found.addUnread(folder, error));
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await entriesOf(folder)) {
      if (entry.name.startsWith(".")) continue;
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (await found.add(path, entry)) pending.push(path);
    }
  }
  return found.files();
}

/** The fault of a folder without a report. */
export function noReports(corpusDir: string): SitrepError {
  return new SitrepError("bad-corpus", `The folder ${corpusDir} holds no report`, {
    hint: `Put files (${READ_ENDINGS.join(", ")}) there, or name another folder with CORPUS_DIR.`,
  });
}

class Found {
  readonly #corpusDir: string;
  readonly #paths: string[] = [];
  readonly #yaml: string[] = [];
  readonly #refused: Refusal[] = [];
  readonly #warnings: string[] = [];
  #hasManifest = false;

  constructor(corpusDir: string) {
    this.#corpusDir = corpusDir;
  }

  /** Takes an entry of a folder; true for a folder that is to be looked into. */
  async add(path: string, entry: Dirent): Promise<boolean> {
    const ending = extname(path).toLowerCase();
    const isDocument = formatOf(path) !== null;
    if (entry.isSymbolicLink()) {
      await this.#addLink(path, isDocument);
      return false;
    }
    if (!entry.isDirectory() && !entry.isFile()) return false;
    if (UNSHOWABLE.test(entry.name) && (isDocument || entry.isDirectory())) {
      this.#refuse(path, "has a control character in its name; rename it");
      return false;
    }
    // Node puts this where the bytes of a name are no UTF-8; no such file can be opened by that name.
    if (entry.name.includes("\ufffd") && (isDocument || entry.isDirectory())) {
      this.#refuse(path, "has a name that is not valid UTF-8; rename it");
      return false;
    }
    if (entry.isDirectory()) return true;
    if (isDocument) this.#paths.push(path);
    else if (path === MANIFEST_NAME) this.#hasManifest = true;
    else if (SIDECAR.test(path)) this.#yaml.push(path);
    else if (UNREAD_ENDINGS[ending] !== undefined) {
      this.#refuse(path, `${ending} files are not read: ${UNREAD_ENDINGS[ending]}`);
    }
    return false;
  }

  async #addLink(path: string, isDocument: boolean): Promise<void> {
    // What is said about reports must not go missing without a word: reading it will say that it is a link.
    if (path === MANIFEST_NAME) this.#hasManifest = true;
    else if (SIDECAR.test(path)) this.#yaml.push(path);
    const full = join(this.#corpusDir, path);
    const isFolder = (await stat(full).catch(() => null))?.isDirectory() ?? false;
    if (!isDocument && !isFolder) return;
    const root = await realpath(this.#corpusDir);
    const target = await realpath(full).catch(() => null);
    if (target?.startsWith(root + sep)) this.#warnings.push(`${path}: a symbolic link is not followed`);
    else if (target === null) this.#refuse(path, "is a symbolic link that leads nowhere");
    else this.#refuse(path, "is a symbolic link that leads out of the corpus folder");
  }

  /** Takes a folder inside that cannot be read; one that is gone by now is none. */
  addUnread(path: string, { cause }: Error): readonly Dirent[] {
    const code = cause instanceof Error && "code" in cause ? cause.code : null;
    if (code === "EACCES" || code === "EPERM") this.#refuse(path, "is a folder that cannot be read: permission denied");
    else if (code !== "ENOENT" && code !== "ENOTDIR") this.#refuse(path, "is a folder that cannot be read");
    return [];
  }

  #refuse(path: string, reason: string): void {
    this.#refused.push({ path, problems: [{ line: null, field: null, reason }] });
  }

  files(): CorpusFiles {
    const paths = this.#paths.sort();
    const known = new Set(paths);
    const sidecars = new Map<string, string>();
    for (const path of this.#yaml.sort()) {
      const about = path.replace(SIDECAR, "");
      if (formatOf(about) === null) {
        if (path !== GLOSSARY_NAME) this.#warnings.push(`${path}: is about no report; ${SIDECAR_FORM}`);
        continue;
      }
      if (!known.has(about)) this.#warnings.push(`${path}: there is no ${about} that it could be about`);
      else if (sidecars.has(about)) this.#warnings.push(`${path}: ${sidecars.get(about)} is used, not this one`);
      else sidecars.set(about, path);
    }
    return {
      paths,
      sidecars,
      hasManifest: this.#hasManifest,
      refused: this.#refused.sort((left, right) => (left.path < right.path ? -1 : 1)),
      warnings: this.#warnings.sort(),
    };
  }
}

async function entries(corpusDir: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(join(corpusDir, folder), { withFileTypes: true });
  } catch (cause) {
    const path = join(corpusDir, folder);
    const isFile = cause instanceof Error && "code" in cause && cause.code === "ENOTDIR";
    throw new SitrepError("bad-corpus", isFile ? `${path} is not a folder` : `The folder ${path} cannot be read`, {
      hint: "Name the folder of reports with CORPUS_DIR.",
      cause,
    });
  }
}
