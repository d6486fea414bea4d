/** Which files of the corpus folder are reports. */

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { extname, join } from "node:path";
import { SitrepError } from "../domain/errors.ts";

/** Endings of the formats that are read. */
const READ = new Set([".md", ".markdown", ".txt"]);
/** Formats of reports that this version does not read; told of, not refused. */
const NOT_READ_YET = new Set([".html", ".htm", ".pdf", ".docx"]);

export interface CorpusFiles {
  /** Paths inside the folder with forward slashes, in code-unit order, so that every run sees the same order. */
  readonly paths: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * The reports of a folder and its subfolders. Hidden files and folders and symbolic links are passed over.
 * @throws {SitrepError} "bad-corpus" when the folder cannot be read or holds no report.
 */
export async function corpusFiles(corpusDir: string): Promise<CorpusFiles> {
  const paths: string[] = [];
  const warnings: string[] = [];
  const pending = [""];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of await entries(corpusDir, folder)) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.name.startsWith(".")) continue;
      if (entry.isSymbolicLink()) warnings.push(`${path}: a symbolic link is not followed`);
      else if (entry.isDirectory()) pending.push(path);
      else if (entry.isFile()) {
        const ending = extname(entry.name).toLowerCase();
        if (READ.has(ending)) paths.push(path);
        else if (NOT_READ_YET.has(ending)) warnings.push(`${path}: ${ending} files are not read yet`);
      }
    }
  }
  if (paths.length === 0) {
    throw new SitrepError("bad-corpus", `The folder ${corpusDir} holds no report`, {
      hint: "Put Markdown (.md) or text (.txt) files there, or name another folder with CORPUS_DIR.",
    });
  }
  return { paths: paths.sort(), warnings: warnings.sort() };
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
