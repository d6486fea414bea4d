/** Every check that there is, each area apart: what fails in one keeps no other from being looked at. */

import type { Config } from "../config.ts";
import { SitrepError } from "../domain/errors.ts";
import { type Finding, fault, HEALTH_AREAS, type HealthArea, notChecked } from "../domain/health.ts";
import type { ReportHead } from "../domain/service.ts";
import type { ModelFiles } from "../embeddings/model-files.ts";
import type { StoredState } from "../index/examine.ts";
import { examineNode, examinePackages, PROJECT_FOLDER } from "./machine.ts";
import { examineNativeModules, type NativeModule } from "./native-modules.ts";

export interface HealthOptions {
  /** Leaves out embedding, passages and checksums. */
  readonly isQuick: boolean;
  /** Called with what is looked at, in a few words, before and during each area. */
  readonly onProgress?: ((what: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Replaces what a machine has; for tests. */
  readonly replaced?: Replaced | undefined;
}

export interface Replaced {
  /** As for `loadConfig`. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly projectFolder?: string;
  readonly nodeVersion?: string;
  readonly nativeModules?: readonly NativeModule[];
  readonly modelFiles?: ModelFiles;
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/**
 * All findings, in the order of the areas. Only reads: nothing is created, repaired or migrated. The index, the model
 * and the corpus are loaded only after the machine code that they need was tried.
 * @throws {SitrepError} "cancelled" by the signal; nothing else.
 */
export async function examine({ isQuick, onProgress, signal, replaced = {} }: HealthOptions): Promise<Finding[]> {
  const { projectFolder = PROJECT_FOLDER, nodeVersion = process.versions.node } = replaced;
  const findings: Finding[] = [];
  const examining = { isQuick, signal };

  /** Runs the checks of an area; what they do not foresee becomes a finding. */
  async function area<T>(name: HealthArea, what: string, work: () => Promise<T>): Promise<T | null> {
    onProgress?.(what);
    try {
      return await work();
    } catch (error) {
      if (signal?.aborted === true) throw new SitrepError("cancelled", "The examination was not finished");
      const reason = error instanceof Error ? error.message : String(error);
      const remedy =
        error instanceof SitrepError && error.hint !== null
          ? error.hint
          : "Nobody foresaw this. If it names a package, run `npm ci`; else please report it, with this message.";
      findings.push(fault(`${name}.unforeseen`, `The check of ${what} failed: ${reason}`, remedy));
      return null;
    }
  }

  await area("node", "Node", async () => findings.push(...(await examineNode(projectFolder, nodeVersion))));
  await area("modules", "packages", async () => findings.push(...(await examinePackages(projectFolder))));
  await area("modules", "native modules", async () =>
    findings.push(...(await examineNativeModules(projectFolder, replaced.nativeModules, { signal }))),
  );
  const works = (module: string) => !findings.some(({ id, level }) => id === `modules.${module}` && level === "fault");
  const settings = await area("settings", "settings", async () => {
    const { examineSettings } = await import("./settings.ts");
    return examineSettings(replaced.environment);
  });
  findings.push(...(settings?.findings ?? []));
  const config = settings?.config ?? null;
  if (config === null) {
    const because = "the settings cannot be used";
    for (const [name, what] of [
      ["model", "The embedding model"],
      ["data", "The data folder"],
      ["index", "The index"],
      ["corpus", "The corpus"],
    ] as const) {
      findings.push(notChecked(`${name}.settings`, what, because));
    }
    return inOrder(findings);
  }

  await area("model", "the embedding model", async () => {
    const { examineModel } = await import("../embeddings/examine.ts");
    const how = { ...examining, hasRuntime: works("onnxruntime-node"), files: replaced.modelFiles };
    findings.push(...(await examineModel(config.embeddings, how)));
  });
  await area("model", "the reader", async () => {
    const { examineReader } = await import("../embeddings/examine-reader.ts");
    const how = { ...examining, hasRuntime: works("onnxruntime-node") };
    findings.push(...(await examineReader(config.modelsDir, how)));
  });
  const stored = await storedIn(config);
  await area("settings", "MAX_MARKING", async () => {
    const { examineMarking } = await import("./settings.ts");
    findings.push(...examineMarking(config.maxMarking, headsOf(stored)));
  });
  await area("corpus", "the corpus", async () => {
    const { examineCorpus } = await import("../ingest/examine.ts");
    const { corpusDir, dataDir, ingestLimits } = config;
    findings.push(
      ...(await examineCorpus({
        ...examining,
        corpusDir,
        dataDir,
        maxBytes: ingestLimits.maxBytes,
        stored:
          stored.kind === "index" ? { heads: stored.heads, fingerprint: stored.snapshot.fingerprint } : stored.kind,
        onProgress: (done, total) => onProgress?.(`the corpus, ${share(done, total, "files")}`),
      })),
    );
  });
  return inOrder(findings);

  async function storedIn({ dataDir, embeddings }: Config): Promise<StoredState> {
    if (!works("better-sqlite3")) {
      findings.push(notChecked("data.modules", "The data folder", "better-sqlite3 cannot be used"));
      findings.push(notChecked("index.modules", "The index", "better-sqlite3 cannot be used"));
      return { kind: "unreadable" };
    }
    const modelId = await area("model", "the model's name", async () => {
      const { modelIdOf } = await import("../embeddings/examine.ts");
      return modelIdOf(embeddings);
    });
    const examined = await area("index", "the index", async () => {
      const { examineIndex } = await import("../index/examine.ts");
      return examineIndex({
        ...examining,
        dataDir,
        modelId,
        hasVectorLibrary: works("hnswlib-node"),
        freeBytes: replaced.freeBytes,
        onProgress: (done, total) => onProgress?.(`the index, ${share(done, total, "passages")}`),
      });
    });
    findings.push(...(examined?.findings ?? []));
    return examined?.stored ?? { kind: "unreadable" };
  }
}

function headsOf(stored: StoredState): readonly ReportHead[] {
  return stored.kind === "index" ? stored.heads : [];
}

function share(done: number, total: number, unit: string): string {
  return `${done.toLocaleString("en")} of ${total.toLocaleString("en")} ${unit}`;
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return HEALTH_AREAS.flatMap((area) => findings.filter((finding) => finding.area === area));
}
