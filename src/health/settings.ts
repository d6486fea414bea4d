/** Settings that are wrong, unknown, without effect, or make no sense together. No value that may be secret is said. */

import { realpathSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { type Config, type GivenNames, loadConfig, namesGiven, SETTING_NAMES } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import { counted, type Finding, fault, warning, well } from "../domain/health.ts";
import { restriction } from "../domain/marking.ts";
import type { ReportHead } from "../domain/service.ts";
import { nearest } from "../ingest/nearest.ts";

/** What a person sets only for Sitrep; other names in the environment may be any program's. */
const OWN_PREFIX = /^(?:EMBEDDINGS?|INGEST|CORPUS)_/;
/** The settings that a provider takes no notice of. */
const UNUSED_BY: Readonly<Record<Config["embeddings"]["provider"], readonly string[]>> = {
  bundled: ["EMBEDDINGS_MODEL", "EMBEDDINGS_BASE_URL", "EMBEDDINGS_API_KEY", "EMBEDDINGS_DIMENSIONS"],
  openai: ["EMBEDDINGS_THREADS"],
  ollama: ["EMBEDDINGS_THREADS", "EMBEDDINGS_API_KEY", "EMBEDDINGS_DIMENSIONS"],
};
const MEBIBYTE = 1024 * 1024;

/** @param environment as for `loadConfig`. The config is null where a setting is wrong. */
export function examineSettings(environment?: Readonly<Record<string, string | undefined>>): {
  readonly config: Config | null;
  readonly findings: readonly Finding[];
} {
  const given = namesGiven(environment);
  const names = [...unreadableFile(given), ...unknownNames(given), ...tracing(given)];
  try {
    const config = loadConfig(environment);
    const values = well("settings.values", "Every setting has a value that makes sense");
    return { config, findings: [values, ...names, ...unused(config, given), ...folders(config), ...demands(config)] };
  } catch (error) {
    if (!(error instanceof SitrepError)) throw error;
    const hint = error.hint ?? "See .env.example for every setting and its values.";
    return { config: null, findings: [fault("settings.values", error.message, hint), ...names] };
  }
}

function unreadableFile({ fileProblem }: GivenNames): Finding[] {
  if (fileProblem === null) return [];
  const message = `The file .env cannot be read (${fileProblem}): its settings have no effect`;
  return [fault("settings.file", message, "Make it a file that you may read, or take it away.")];
}

function unknownNames({ environment, file }: GivenNames): Finding[] {
  const strangers = [
    ...file.filter((name) => OWN_PREFIX.test(name) || nearest(name, SETTING_NAMES) !== null),
    ...environment.filter((name) => OWN_PREFIX.test(name)),
  ].filter((name) => !SETTING_NAMES.includes(name));
  const said = [...new Set(strangers)].map((name) => {
    const near = nearest(name, SETTING_NAMES);
    return near === null ? name : `${name} (did you mean ${near}?)`;
  });
  if (said.length === 0) return [well("settings.names", "No setting with a name that Sitrep does not know")];
  const what = counted(said.length, "variable that is no setting", "variables that are no settings");
  const remedy = "Mend the name, or take the line away; .env.example has every setting.";
  return [warning("settings.names", `${what}: ${said.join(", ")}`, remedy)];
}

function tracing({ tracing: variables }: GivenNames): Finding[] {
  if (variables.length === 0) return [well("settings.tracing", "LangChain is not told to send traces to LangSmith")];
  const message = `${variables.join(", ")}: LangChain sends traces of its calls, with texts, to LangSmith`;
  return [fault("settings.tracing", message, `Unset ${variables.join(", ")} where Sitrep runs; see SECURITY.md.`)];
}

function unused({ embeddings }: Config, { environment, file }: GivenNames): Finding[] {
  const { provider } = embeddings;
  const idle = UNUSED_BY[provider].filter((name) => environment.includes(name) || file.includes(name));
  if (idle.length === 0) return [];
  const message = `EMBEDDINGS_PROVIDER is ${provider}, which takes no notice of ${idle.join(", ")}`;
  const remedy = "Take them away, or set EMBEDDINGS_PROVIDER to the provider that is meant.";
  return [warning("settings.unused", message, remedy)];
}

function folders({ corpusDir, dataDir }: Config): Finding[] {
  const [corpus, data] = [realPath(corpusDir), realPath(dataDir)];
  const remedy = "Set CORPUS_DIR and DATA_DIR to two folders of which neither is in the other.";
  if (corpus === data) {
    return [fault("settings.folders", `The reports and the index are in one folder, ${corpusDir}`, remedy)];
  }
  if (isInside(corpus, data)) {
    const message =
      `The folder of reports, ${corpusDir}, is in the data folder, ${dataDir}: ` +
      "whoever deletes the index to make it again deletes the reports";
    return [fault("settings.folders", message, remedy)];
  }
  if (isInside(data, corpus)) {
    const message =
      `The data folder, ${dataDir}, is in the folder of reports, ${corpusDir}: ` +
      "every ingest looks through it, and a copy of the reports takes the index along";
    return [warning("settings.folders", message, remedy)];
  }
  return [well("settings.folders", "The folder of reports and the data folder are apart")];
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !/^[a-zA-Z]:/.test(way);
}

/** With every link on the way followed, as far as the path is there. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), path.slice(parent.length));
  }
}

/** What is asked of the machine, and what is sent out in the open. */
function demands({ embeddings, ingestLimits }: Config): Finding[] {
  const findings: Finding[] = [];
  const machine = Math.floor(totalmem() / MEBIBYTE);
  const { maxMemoryMebibytes: wanted } = ingestLimits;
  if (wanted > machine) {
    const message = `INGEST_MAX_MEMORY_MIB is ${wanted}, and this machine has ${machine} MiB of memory`;
    const remedy = "Set it lower, or one file can take all of the machine's memory.";
    findings.push(warning("settings.memory", message, remedy));
  }
  if (embeddings.provider === "bundled" && embeddings.threads > availableParallelism()) {
    const message = `EMBEDDINGS_THREADS is ${embeddings.threads}, and this machine has ${counted(availableParallelism(), "core")}`;
    findings.push(
      warning("settings.threads", message, "Take the setting away: more threads than cores make it slower."),
    );
  }
  if (embeddings.provider !== "bundled" && embeddings.baseUrl !== null && isInTheOpen(embeddings.baseUrl)) {
    const message = "EMBEDDINGS_BASE_URL begins with http: and leads to another machine, so reports travel in the open";
    findings.push(warning("settings.encryption", message, "Use an https address."));
  }
  return findings;
}

function isInTheOpen(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return protocol === "http:" && !/^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

/** Whether MAX_MARKING leaves any report to be used. */
export function examineMarking(maxMarking: Config["maxMarking"], heads: readonly ReportHead[]): Finding[] {
  if (heads.length === 0) return [];
  const usable = heads.filter(({ source }) => restriction(source.marking) <= restriction(maxMarking)).length;
  const left = `MAX_MARKING ${maxMarking} lets ${usable.toLocaleString("en")} of ${counted(heads.length, "report")} be used`;
  if (usable > 0) return [well("settings.marking", left)];
  const remedy =
    "Set MAX_MARKING less strictly, or mark the reports: one without a marking counts as TLP:AMBER+STRICT.";
  return [fault("settings.marking", left, remedy)];
}
