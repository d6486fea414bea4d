/** Whether the index holds what the corpus folder holds, and whether people have said where the reports come from. */

import { SitrepError } from "../domain/errors.ts";
import { counted, type Finding, fault, named, notChecked, warning, well } from "../domain/health.ts";
import type { StoredReportHead } from "../index/records.ts";
import { type Descriptions, descriptionsOf } from "./descriptions.ts";
import { type CorpusFiles, corpusFiles, noReports } from "./files.ts";
import { checksumsOf, fingerprintOf, glossaryPaths } from "./fingerprint.ts";
import { loadGlossary } from "./glossary-file.ts";
import { readCorpusFile } from "./read.ts";

export interface CorpusExamination {
  readonly corpusDir: string;
  readonly dataDir: string;
  /** What the index holds; "none" before the first ingest, "unreadable" where it cannot be told. */
  readonly stored:
    | { readonly heads: readonly StoredReportHead[]; readonly fingerprint: string }
    | "none"
    | "unreadable";
  /** Files that are larger are refused, in bytes. */
  readonly maxBytes: number;
  /** Compares the names of files only, not what is in them. */
  readonly isQuick: boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

const INGEST = "Run `npm run ingest`; a file that it refuses is named with the reason.";
const DESCRIBE =
  "Say it in the front matter of the file, in FILE.yaml beside it or in manifest.yaml, then run `npm run ingest`.";

/** @throws {SitrepError} "cancelled" by the signal. */
export async function examineCorpus(examination: CorpusExamination): Promise<Finding[]> {
  const { corpusDir, stored } = examination;
  const heads = typeof stored === "string" ? [] : stored.heads;
  const about = [...examineDescribed(heads), ...(await examineGlossary(examination))];
  try {
    const files = await corpusFiles(corpusDir);
    if (files.paths.length === 0 && files.refused.length === 0) throw noReports(corpusDir);
    const descriptions = await descriptionsOf(corpusDir, files);
    const folder = well("corpus.folder", `${counted(files.paths.length, "file")} in the folder ${corpusDir}`);
    const compared = await examineFiles(examination, files, descriptions);
    return [folder, refused(files), ...compared, strangers(files, descriptions), ...about];
  } catch (error) {
    if (!(error instanceof SitrepError) || error.code !== "bad-corpus") throw error;
    const hint = error.hint ?? "Name the folder of reports with CORPUS_DIR.";
    return [fault("corpus.folder", error.message, hint), ...about];
  }
}

function refused({ refused: refusals }: CorpusFiles): Finding {
  if (refusals.length === 0) return well("corpus.refused", "No file of a kind that is not read");
  const said = refusals.map(({ path, problems }) => `${path} ${problems.map(({ reason }) => reason).join(", ")}`);
  const what = counted(refusals.length, "file is", "files are");
  const remedy = "Do what is said of each, or take them out of the folder.";
  return warning("corpus.refused", `${what} not read: ${named(said)}`, remedy);
}

function strangers(files: CorpusFiles, descriptions: Descriptions): Finding {
  const said = [...files.warnings, ...descriptions.warnings];
  if (said.length === 0) return well("corpus.strangers", "Whatever is written about a report has its report");
  return warning("corpus.strangers", `Without effect: ${named(said)}`, "Mend the names, or take them away.");
}

/** Files of the folder, by how they stand to the index. */
interface Compared {
  readonly unreadable: string[];
  /** What is wrong with sidecars and the manifest, each once. */
  readonly undescribed: Set<string>;
  readonly absent: string[];
  readonly changed: string[];
  readonly described: string[];
}

async function examineFiles(
  examination: CorpusExamination,
  files: CorpusFiles,
  descriptions: Descriptions,
): Promise<Finding[]> {
  const { stored, isQuick, onProgress, signal } = examination;
  const heads = typeof stored === "string" ? [] : stored.heads;
  const compared: Compared = { unreadable: [], undescribed: new Set(), absent: [], changed: [], described: [] };
  const byPath = new Map(heads.map((head) => [head.path, head]));
  for (const [done, path] of files.paths.entries()) {
    if (signal?.aborted === true) throw new SitrepError("cancelled", "The examination was not finished");
    onProgress?.(done, files.paths.length);
    const head = byPath.get(path);
    if (head === undefined) compared.absent.push(path);
    await compare(path, isQuick ? undefined : head, examination, descriptions, compared);
  }
  const present = new Set([...files.paths, ...files.refused.map(({ path }) => path)]);
  const gone = heads.filter(({ path }) => !present.has(path)).map(({ path }) => path);
  return [...(isQuick ? [] : [readability(compared)]), usability(compared), ...verdicts(examination, compared, gone)];
}

async function compare(
  path: string,
  head: StoredReportHead | undefined,
  { corpusDir, maxBytes, isQuick }: CorpusExamination,
  descriptions: Descriptions,
  compared: Compared,
): Promise<void> {
  const about = await descriptions.about(path);
  if (!about.ok) {
    for (const { file, line, field, reason } of about.problems) {
      const what = field === null || field === "" ? reason : `${field}: ${reason}`;
      compared.undescribed.add(`${file ?? path}:${line}: ${what}`);
    }
  }
  if (isQuick) return;
  const file = await readCorpusFile(corpusDir, path, maxBytes);
  if (!file.ok) {
    compared.unreadable.push(`${path} ${file.reason}`);
    return;
  }
  if (head === undefined) return;
  const { contentSha256, fileSha256 } = checksumsOf(file.bytes, about.ok ? about.sha256 : "", undefined);
  // An empty one is of a database from before there was this checksum.
  if (head.contentSha256 !== "" && head.contentSha256 !== contentSha256) compared.changed.push(path);
  else if (about.ok && head.fileSha256 !== fileSha256) compared.described.push(path);
}

function readability({ unreadable }: Compared): Finding {
  if (unreadable.length === 0) return well("corpus.readable", "Every file of the corpus can be read");
  const message = `${counted(unreadable.length, "file")} of the corpus cannot be taken in: ${named(unreadable)}`;
  const remedy = "Give yourself the right to read them, make them smaller, or take them out of the folder.";
  return fault("corpus.readable", message, remedy);
}

function usability({ undescribed }: Compared): Finding {
  if (undescribed.size === 0) return well("corpus.descriptions", "What is written beside the reports can be read");
  const message = `What is written about reports cannot be used: ${named([...undescribed])}`;
  return fault("corpus.descriptions", message, "Mend the file that is named, then run `npm run ingest`.");
}

function verdicts({ stored, isQuick }: CorpusExamination, compared: Compared, gone: readonly string[]): Finding[] {
  const id = "corpus.ingested";
  if (stored === "unreadable")
    return [notChecked(id, "Whether every file is in the index", "the index cannot be read")];
  if (stored === "none") return [warning(id, "Nothing of the corpus is in the index yet", INGEST)];
  const findings: Finding[] = [];
  const { absent, changed, described } = compared;
  if (absent.length > 0) {
    findings.push(
      fault(id, `${counted(absent.length, "file is", "files are")} not in the index: ${named(absent)}`, INGEST),
    );
  } else findings.push(well(id, "Every file of the corpus is in the index"));
  if (gone.length > 0) {
    const message = `${counted(gone.length, "report")} of the index whose file is gone, still in answers: ${named(gone)}`;
    findings.push(fault("corpus.gone", message, "Run `npm run ingest` to take them out, or put the files back."));
  } else findings.push(well("corpus.gone", "Every report of the index has its file"));
  if (isQuick) return findings;
  const what = [
    ...(changed.length > 0 ? [`${counted(changed.length, "file")} changed: ${named(changed)}`] : []),
    ...(described.length > 0
      ? [`what is written about ${counted(described.length, "file")} changed: ${named(described)}`]
      : []),
  ];
  if (what.length === 0) findings.push(well("corpus.changed", "Every file is as it was when it was ingested"));
  else findings.push(fault("corpus.changed", `Since the last ingest ${what.join("; ")}`, INGEST));
  return findings;
}

/** Reports that nobody has described, graded or marked, or only in part. */
function examineDescribed(heads: readonly StoredReportHead[]): Finding[] {
  if (heads.length === 0) return [];
  const findings: Finding[] = [];
  const tell = (id: `corpus.${string}`, what: string, isSo: (head: StoredReportHead) => boolean) => {
    const paths = heads.filter(isSo).map(({ path }) => path);
    if (paths.length > 0)
      findings.push(warning(id, `${counted(paths.length, "report")} ${what}: ${named(paths)}`, DESCRIBE));
  };
  tell("corpus.kind", "of unknown kind", ({ source }) => source.kind === "unknown");
  tell("corpus.reliability", "whose reliability nobody has judged (F)", ({ source }) => source.reliability === "F");
  tell("corpus.marking", "without a marking, which count as TLP:AMBER+STRICT", ({ source }) => source.marking === null);
  tell(
    "corpus.derived",
    "with a title, date or publisher that nobody has confirmed",
    ({ source }) => source.derived.length > 0,
  );
  return findings.length > 0 ? findings : [well("corpus.described", "Every report is described, graded and marked")];
}

async function examineGlossary({ corpusDir, dataDir, stored }: CorpusExamination): Promise<Finding[]> {
  try {
    const loaded = await loadGlossary(glossaryPaths(corpusDir), dataDir);
    const id = "corpus.glossary";
    if (typeof stored === "string") return [well(id, "The glossary can be read")];
    if (stored.fingerprint === fingerprintOf(loaded)) return [well(id, "The glossary is the one of the last ingest")];
    const message = "The glossary, or the way in which reports are read, changed since the last ingest";
    return [warning(id, message, "Run `npm run ingest` to use what changed.")];
  } catch (error) {
    if (!(error instanceof SitrepError)) throw error;
    return [fault("corpus.glossary", error.message, error.hint ?? "Mend the glossary.")];
  }
}
