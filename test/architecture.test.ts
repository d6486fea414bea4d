/** The direction of imports, and where certain things may stand. The rules themselves: helpers/architecture.ts. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { importsOf, layerOf, MAX_LINES, MAY_IMPORT, type SourceFile, violations } from "./helpers/architecture.ts";

const ROOT = join(import.meta.dirname, "..");
const DEPENDENCIES = new Set(Object.keys(manifest.dependencies));

function filesOf(folder: string): SourceFile[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.[mc]?[jt]s$/.test(name))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "utf8") }));
}

describe("the project's own files", () => {
  const files = [...filesOf("src"), ...filesOf("scripts")];

  test("every rule holds in every file", () => {
    expect(files.flatMap((file) => violations(file, DEPENDENCIES))).toEqual([]);
  });

  test("the rules are put to something: files of every layer from the domain to the command line, with imports", () => {
    const layers = new Set(files.filter(({ path }) => path.startsWith("src/")).map(({ path }) => layerOf(path)));
    expect([...layers]).toEqual(
      expect.arrayContaining([
        "domain",
        "text",
        "embeddings",
        "index",
        "ingest",
        "retrieve",
        "answer",
        "app",
        "cli",
        "eval",
      ]),
    );
    const imports = files.flatMap(({ path, text }) => importsOf(text, path));
    expect(imports.length).toBeGreaterThan(files.length);
    expect(files.some(({ path }) => path.startsWith("scripts/"))).toBe(true);
  });

  test("no layer is above itself", () => {
    const above = (layer: string, seen: readonly string[]): readonly string[] =>
      seen.includes(layer)
        ? [...seen, layer]
        : (MAY_IMPORT[layer] ?? []).flatMap((next) => above(next, [...seen, layer]));
    expect(Object.keys(MAY_IMPORT).flatMap((layer) => above(layer, []))).toEqual([]);
  });
});

describe("the checker", () => {
  const faults = (path: string, text: string) => violations({ path, text }, DEPENDENCIES);

  test.each([
    ["a static import", `import { a } from "../index/store.ts";\nexport const b = a;`],
    ["an import for types", `import type { A } from "../index/store.ts";\nexport type B = A;`],
    ["an import for what it does", `import "../index/store.ts";`],
    ["a re-export", `export { a } from "../index/store.ts";`],
    ["a re-export of all", `export * from "../index/store.ts";`],
    ["a re-export of types", `export type { A } from "../index/store.ts";`],
    ["a dynamic import", `export const a = await import("../index/store.ts");`],
    ["a type that names a module", `export type A = import("../index/store.ts").A;`],
    ["an import over several lines", `import {\n  a,\n} from\n  "../index/store.ts";\nexport const b = a;`],
  ])("sees %s", (_, text) => {
    expect(faults("src/text/made-up.ts", text)).toEqual([
      "src/text/made-up.ts:1: text imports index (../index/store.ts)",
    ]);
  });

  test("does not take comments, strings and regular expressions for code", () => {
    const text = [
      `// import { a } from "../index/store.ts";`,
      `/* console.log(process.env.HOME) */`,
      `export const words = 'import { a } from "../index/store.ts"; console.log(1)';`,
      `export const more = "process.env" + words;`,
      `export const pattern = /import "better-sqlite3"/;`,
      `export const prose = "SELECT what you want, and UPDATE it";`,
    ].join("\n");
    expect(faults("src/text/made-up.ts", text)).toEqual([]);
  });

  test.each([
    ["src/domain/a.ts", `import "../text/tokens.ts";`, "domain imports text"],
    ["src/embeddings/a.ts", `import "../index/store.ts";`, "embeddings imports index"],
    ["src/index/a.ts", `import "../embeddings/factory.ts";`, "index imports embeddings"],
    ["src/index/a.ts", `import "../config.ts";`, "index imports config"],
    ["src/retrieve/a.ts", `import "../ingest/run.ts";`, "retrieve imports ingest"],
    ["src/ingest/extract/a.ts", `import "../../answer/gate.ts";`, "ingest imports answer"],
    ["src/answer/a.ts", `import "../index/store.ts";`, "answer imports index"],
    ["src/answer/a.ts", `import "../app.ts";`, "answer imports app"],
    ["src/logger.ts", `import "./app.ts";`, "logger imports app"],
    ["src/app.ts", `import "./cli/main.ts";`, "app imports cli"],
    ["src/cli/a.ts", `import "../index/store.ts";`, "cli imports index"],
    ["src/cli/a.ts", `import "../discord/bot.ts";`, "cli imports discord"],
    ["src/eval/a.ts", `import "../cli/io.ts";`, "eval imports cli"],
    ["src/web/a.ts", `import "../discord/bot.ts";`, "web imports discord"],
    ["src/cli/a.ts", `import "../../scripts/ingest.ts";`, "outside of src"],
    ["scripts/a.ts", `import "../src/index/store.ts";`, "scripts imports index"],
    ["scripts/a.ts", `import "../src/app.ts";`, "scripts imports app"],
    ["src/elsewhere/a.ts", `export const a = 1;`, "has no place"],
    ["src/domain/a.ts", `import "zod";`, "domain is pure"],
    ["src/domain/a.ts", `import "node:fs";`, "domain is pure"],
    ["src/text/a.ts", `import "yaml";`, "text is pure"],
    ["src/retrieve/a.ts", `import "better-sqlite3";`, "belongs to src/index"],
    ["src/retrieve/a.ts", `import "@langchain/community/vectorstores/hnswlib";`, "belongs to src/index"],
    ["src/answer/a.ts", `import type { Tensor } from "onnxruntime-node";`, "belongs to src/embeddings"],
    ["src/cli/a.ts", `import "discord.js";`, "belongs to src/discord"],
    ["src/cli/a.ts", `import "vitest";`, "not a dependency at run time"],
    ["src/app.ts", `const name = "./x.ts"; await import(name);`, "computed name"],
    ["src/retrieve/a.ts", `export const q = "SELECT id FROM passages";`, "holds SQL"],
    ["src/app.ts", "export const q = `DELETE FROM passages`;", "holds SQL"],
    ["src/app.ts", `export const a = process.env.HOME;`, "reads process.env"],
    ["src/app.ts", `export const a = process["env"];`, "reads process.env"],
    ["src/app.ts", `export const { env } = process;`, "reads process.env"],
    ["src/app.ts", `import { env } from "node:process"; export const a = env;`, "reads process.env"],
    ["scripts/a.ts", `export const a = process.env.HOME;`, "reads process.env"],
    ["src/cli/a.ts", `console.error("no");`, "writes to the console"],
    ["src/cli/a.ts", "export const a = 1;\n".repeat(MAX_LINES + 1), "more than 400"],
  ])("refuses in %s: %s", (path, text, reason) => {
    const found = faults(path, text);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(reason);
  });

  test.each([
    ["src/text/a.ts", `import stem from "wink-porter2-stemmer"; import "../domain/report.ts"; export default stem;`],
    ["src/index/a.ts", `import "better-sqlite3"; import "hnswlib-node"; export const q = "SELECT id FROM passages";`],
    ["src/embeddings/a.ts", `import "onnxruntime-node"; import "node:worker_threads"; import "../text/tokens.ts";`],
    ["src/answer/a.ts", `import "../retrieve/period.ts"; import "./gate.ts"; import "../text/tokens.ts";`],
    ["src/cli/a.ts", `import "../app.ts"; import "../eval/run.ts"; import "../../package.json" with { type: "json" };`],
    ["src/config.ts", `export const a = process.env; import "./domain/marking.ts";`],
    ["src/types/a.d.ts", `declare module "m" { export default function stem(word: string): string; }`],
    ["scripts/a.ts", `import "../src/cli/main.ts"; import "../bench/fit.ts"; console.log(process.argv);`],
    ["src/cli/a.ts", "export const a = 1;\n".repeat(MAX_LINES)],
  ])("allows in %s: %s", (path, text) => {
    expect(faults(path, text)).toEqual([]);
  });
});
