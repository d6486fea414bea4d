/** Packages with machine code, each tried in a process of its own: a broken binary can end the process it is in. */

import { spawn } from "node:child_process";
import { type Finding, fault, well } from "../domain/health.ts";

export interface NativeModule {
  readonly name: string;
  /** A program (CommonJS) that uses it a little, and throws when it does not do what it should. */
  readonly trial: string;
  /** What to do where its binary is missing or does not run here. */
  readonly remedy: string;
}

const COMPILING = "where npm finds no prebuilt binary, that takes python3, make and g++";
/** A model of ONNX with one operator: y is x. */
const IDENTITY_MODEL = "CAg6NwoQCgF4EgF5IghJZGVudGl0eRIBZ1oPCgF4EgoKCAgBEgQKAggBYg8KAXkSCgoICAESBAoCCAFCBAoAEA0=";

export const NATIVE_MODULES: readonly NativeModule[] = [
  {
    name: "better-sqlite3",
    trial: `
      const Database = require("better-sqlite3");
      const database = new Database(":memory:");
      const answer = database.pragma("quick_check", { simple: true });
      if (answer !== "ok") throw new Error("a new database is not whole: " + answer);`,
    remedy: `Run \`npm rebuild better-sqlite3\`; ${COMPILING}.`,
  },
  {
    name: "hnswlib-node",
    trial: `
      const { HierarchicalNSW } = require("hnswlib-node");
      const index = new HierarchicalNSW("cosine", 2);
      index.initIndex(2);
      index.addPoint([1, 0], 0);
      index.addPoint([0, 1], 1);
      const [found] = index.searchKnn([0.1, 1], 1).neighbors;
      if (found !== 1) throw new Error("the nearest of two vectors was not found");`,
    remedy: `Run \`npm rebuild hnswlib-node\`; ${COMPILING}.`,
  },
  {
    name: "onnxruntime-node",
    trial: `
      const ort = require("onnxruntime-node");
      const model = Buffer.from("${IDENTITY_MODEL}", "base64");
      ort.InferenceSession.create(model, { intraOpNumThreads: 1 })
        .then((session) => session.run({ x: new ort.Tensor("float32", [7], [1]) }))
        .then(({ y }) => {
          if (y.data[0] !== 7) throw new Error("a model of one operator gives " + y.data[0]);
        });`,
    remedy:
      "Run `npm ci`. Its binaries come with the package, for Linux (glibc), macOS and Windows on x64 and arm64; " +
      "on another system set EMBEDDINGS_PROVIDER to openai or ollama.",
  },
];

/** Milliseconds for a trial, on a machine that is busy. */
const TRIAL_TIME = 30_000;
/** Of what a trial says when it fails. */
const MOST_OUTPUT = 20_000;

/**
 * One finding for each module, under the id `modules.` and its name.
 * @param projectFolder whose `node_modules` has them.
 */
export async function examineNativeModules(
  projectFolder: string,
  modules: readonly NativeModule[] = NATIVE_MODULES,
  { signal, milliseconds = TRIAL_TIME }: { signal?: AbortSignal | undefined; milliseconds?: number } = {},
): Promise<Finding[]> {
  return Promise.all(
    modules.map(async ({ name, trial, remedy }) => {
      const problem = await problemOf(trial, projectFolder, milliseconds, signal);
      if (problem === null) return well(`modules.${name}`, `${name} loads and works`);
      const isMissing = problem.includes("Cannot find module") && problem.includes(`'${name}'`);
      if (isMissing) return fault(`modules.${name}`, `${name} is not installed`, "Run `npm ci`.");
      return fault(`modules.${name}`, `${name} cannot be used: ${problem}`, remedy);
    }),
  );
}

/** What went wrong with a program, in one sentence; null for nothing. */
function problemOf(
  program: string,
  folder: string,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  return new Promise((resolve) => {
    // Its environment is empty, so that no setting of Node's that somebody has changes what is found.
    const child = spawn(process.execPath, ["-e", program], {
      cwd: folder,
      env: {},
      stdio: ["ignore", "ignore", "pipe"],
      timeout: milliseconds,
      killSignal: "SIGKILL",
      signal,
    });
    let output = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (output.length < MOST_OUTPUT) output += text;
    });
    child.once("error", (cause) => resolve(cause.message));
    child.once("close", (code, killedBy) => {
      if (code === 0) resolve(null);
      else if (killedBy === "SIGKILL") resolve(`it did not end within ${milliseconds / 1000} s`);
      else if (killedBy !== null) resolve(`it ends the process (${killedBy})`);
      else resolve(errorIn(output) ?? `it ends the process with code ${code}`);
    });
  });
}

/** "Error: ..." out of what Node prints about an error that nobody caught. */
function errorIn(output: string): string | null {
  return /^(?:\w*Error)(?: \[\w+\])?: (.+)$/m.exec(output)?.[1]?.trim() ?? null;
}
