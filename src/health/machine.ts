/** Whether this machine can run Sitrep at all: Node and the installed packages. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { counted, type Finding, fault, named, warning, well } from "../domain/health.ts";

/** The folder of `package.json`. */
export const PROJECT_FOLDER = fileURLToPath(new URL("../..", import.meta.url));

interface Manifest {
  readonly version?: string;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** @param version such as "20.20.0". */
export async function examineNode(projectFolder: string, version: string): Promise<Finding[]> {
  const { engines } = await manifestIn(projectFolder);
  const wanted = engines?.node ?? "";
  const [, major = "0", minor = "0"] = /^>=(\d+)(?:\.(\d+))?/.exec(wanted) ?? [];
  const [isMajor = 0, isMinor = 0] = version.split(".").map(Number);
  const isEnough = isMajor > Number(major) || (isMajor === Number(major) && isMinor >= Number(minor));
  if (isEnough) return [well("node.version", `Node ${version}, and ${wanted} is needed`)];
  return [
    fault(
      "node.version",
      `Node ${version} is too old: ${wanted} is needed`,
      "Install a newer Node, then run `npm ci`.",
    ),
  ];
}

/** The packages that are needed at run time, in the versions of `package.json`. */
export async function examinePackages(projectFolder: string): Promise<Finding[]> {
  const { dependencies = {} } = await manifestIn(projectFolder);
  const missing: string[] = [];
  const others: string[] = [];
  for (const [name, wanted] of Object.entries(dependencies)) {
    const installed = await manifestIn(join(projectFolder, "node_modules", name)).catch(() => null);
    if (installed === null) missing.push(name);
    // A range would have to be interpreted; the project's own versions are exact.
    else if (/^\d/.test(wanted) && installed.version !== wanted) {
      others.push(`${name} ${installed.version ?? "without a version"} (not ${wanted})`);
    }
  }
  const remedy = "Run `npm ci`.";
  if (missing.length > 0) {
    const what = counted(missing.length, "package is", "packages are");
    return [fault("modules.packages", `${what} not installed: ${named(missing)}`, remedy)];
  }
  if (others.length > 0) {
    const what = counted(others.length, "package has", "packages have");
    return [warning("modules.packages", `${what} another version than in package.json: ${named(others)}`, remedy)];
  }
  const count = Object.keys(dependencies).length;
  return [well("modules.packages", `${counted(count, "package")} installed as package.json has them`)];
}

async function manifestIn(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Manifest;
}
