/** Real child processes of the command line, over folders of their own. */

import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** As a URL, because the commands run in folders that have no packages. */
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
const MAIN = join(ROOT, "src", "cli", "main.ts");

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
}

/** A corpus folder and a data folder, removed by `remove`. */
export interface Folders {
  readonly root: string;
  readonly corpus: string;
  readonly data: string;
  remove(): void;
}

/** @param files text by path inside the corpus folder. */
export function foldersWith(files: Readonly<Record<string, string>>): Folders {
  const root = mkdtempSync(join(tmpdir(), "sitrep-cli-"));
  const corpus = join(root, "corpus");
  mkdirSync(corpus);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(corpus, path)), { recursive: true });
    writeFileSync(join(corpus, path), text);
  }
  return { root, corpus, data: join(root, "data"), remove: () => rmSync(root, { recursive: true, force: true }) };
}

export interface StartOptions {
  /** Path of the script, inside the repository; the command line when not given. */
  readonly script?: string;
  /** A program with arguments that runs what follows: in another name space, with less room, as somebody else. */
  readonly within?: readonly string[];
}

/** Starts the command line as `npm run` does, away from any `.env`, with only the settings given. */
export function start(
  args: readonly string[],
  folders: Pick<Folders, "root" | "corpus" | "data">,
  environment: Readonly<Record<string, string>> = {},
  { script, within = [] }: StartOptions = {},
): { child: ChildProcess; finished: Promise<Finished>; stderrHas(text: string): Promise<void> } {
  const began = performance.now();
  const { PATH = "", HOME = "", TMPDIR = tmpdir() } = process.env;
  const program = script === undefined ? MAIN : join(ROOT, script);
  const [command = process.execPath, ...rest] = [...within, process.execPath, "--import", TSX, program, ...args];
  const child = spawn(command, rest, {
    cwd: folders.root,
    env: { PATH, HOME, TMPDIR, CORPUS_DIR: folders.corpus, DATA_DIR: folders.data, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const waiting: { text: string; resolve: () => void }[] = [];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    for (const { text: wanted, resolve } of waiting) if (stderr.includes(wanted)) resolve();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stdout, stderr, milliseconds: performance.now() - began }));
  });
  const stderrHas = (text: string) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ text, resolve });
      void finished.then(() => reject(new Error(`Ended without saying ${JSON.stringify(text)}: ${stderr}`)), reject);
    });
  return { child, finished, stderrHas };
}

export function run(...parameters: Parameters<typeof start>): Promise<Finished> {
  return start(...parameters).finished;
}
