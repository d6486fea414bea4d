import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { examineNode, examinePackages, PROJECT_FOLDER } from "../../src/health/machine.ts";
import { examineNativeModules, NATIVE_MODULES, type NativeModule } from "../../src/health/native-modules.ts";
import { temporaryFolder } from "../index/samples.ts";

describe("Node", () => {
  test.each([
    ["20.19.0", "ok"],
    ["20.20.2", "ok"],
    ["24.0.0", "ok"],
    ["20.18.9", "fault"],
    ["18.99.0", "fault"],
  ])("%s is %s", async (version, level) => {
    const [finding] = await examineNode(PROJECT_FOLDER, version);
    expect(finding).toMatchObject({ id: "node.version", level });
    expect(finding?.remedy ?? "").toMatch(level === "ok" ? /^$/ : /newer Node/);
  });
});

/** A project with a manifest and what is in its node_modules, by name. */
function projectWith(manifest: object, installed: Record<string, Record<string, string>>): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  for (const [name, files] of Object.entries(installed)) {
    mkdirSync(join(folder, "node_modules", name), { recursive: true });
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, "node_modules", name, file), text);
  }
  return folder;
}
const version = (number: string) => ({ "package.json": JSON.stringify({ version: number }) });

describe("packages", () => {
  const manifest = { dependencies: { "@a/b": "1.2.3", c: "2.0.0", d: "^3.0.0" } };

  test("that are installed as they should be", async () => {
    const folder = projectWith(manifest, { "@a/b": version("1.2.3"), c: version("2.0.0"), d: version("3.9.9") });
    expect(await examinePackages(folder)).toMatchObject([{ id: "modules.packages", level: "ok" }]);
    expect(await examinePackages(PROJECT_FOLDER)).toMatchObject([{ level: "ok" }]);
  });

  test("that are missing", async () => {
    const [finding] = await examinePackages(projectWith(manifest, { c: version("2.0.0") }));
    expect(finding).toMatchObject({
      level: "fault",
      message: "2 packages are not installed: @a/b, d",
      remedy: "Run `npm ci`.",
    });
  });

  test("of another version", async () => {
    const folder = projectWith(manifest, { "@a/b": version("1.2.4"), c: version("2.0.0"), d: version("3.0.0") });
    const [finding] = await examinePackages(folder);
    expect(finding).toMatchObject({ level: "warning", remedy: "Run `npm ci`." });
    expect(finding?.message).toContain("@a/b 1.2.4 (not 1.2.3)");
  });
});

describe("native modules", () => {
  test("that are installed here work", async () => {
    const findings = await examineNativeModules(PROJECT_FOLDER);
    expect(findings.map(({ id, level }) => `${id} ${level}`)).toEqual([
      "modules.better-sqlite3 ok",
      "modules.hnswlib-node ok",
      "modules.onnxruntime-node ok",
    ]);
  });

  test("that are not installed", async () => {
    const findings = await examineNativeModules(projectWith({}, {}));
    for (const [at, { name }] of NATIVE_MODULES.entries()) {
      expect(findings[at]).toMatchObject({
        level: "fault",
        message: `${name} is not installed`,
        remedy: "Run `npm ci`.",
      });
    }
  });

  test("whose binary is none, or is not there", async () => {
    const broken = projectWith(
      {},
      {
        "better-sqlite3": { "index.js": `require("./a.node")`, "a.node": "no machine code" },
        "hnswlib-node": { "index.js": `require("./build/Release/addon.node")` },
      },
    );
    const [sqlite, hnswlib] = await examineNativeModules(broken, NATIVE_MODULES.slice(0, 2));
    expect(sqlite).toMatchObject({ level: "fault", remedy: expect.stringContaining("npm rebuild better-sqlite3") });
    expect(sqlite?.message).toMatch(/^better-sqlite3 cannot be used: \S/);
    expect(sqlite?.remedy).toMatch(/python3, make and g\+\+/);
    expect(hnswlib).toMatchObject({ level: "fault", remedy: expect.stringContaining("npm rebuild hnswlib-node") });
    expect(hnswlib?.message).toMatch(/Cannot find module '.*addon\.node'/);
  });

  test("that do something else than they should", async () => {
    const other = projectWith(
      {},
      {
        "better-sqlite3": { "index.js": `module.exports = class { pragma() { return "odd" } }` },
      },
    );
    const [finding] = await examineNativeModules(other, NATIVE_MODULES.slice(0, 1));
    expect(finding).toMatchObject({ level: "fault", message: expect.stringContaining("is not whole: odd") });
  });

  const tried = async (trial: string) => {
    const module: NativeModule = { name: "broken", trial, remedy: "Mend it." };
    const [finding] = await examineNativeModules(PROJECT_FOLDER, [module], { milliseconds: 2000 });
    expect(finding).toMatchObject({ id: "modules.broken", level: "fault", remedy: "Mend it." });
    return finding?.message;
  };

  test.skipIf(process.platform === "win32")("that end the process they are in", async () => {
    expect(await tried(`process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 10_000)`)).toContain("(SIGSEGV)");
    expect(await tried("process.abort()")).toContain("(SIGABRT)");
    expect(await tried("process.exit(7)")).toContain("code 7");
  });

  test("that throw, at once or later", async () => {
    expect(await tried(`throw new TypeError("wrong ABI")`)).toBe("broken cannot be used: wrong ABI");
    expect(await tried(`Promise.reject(new Error("no such device"))`)).toBe("broken cannot be used: no such device");
    const abi = `const e = new Error("compiled against a different Node.js version"); e.code = "ERR_DLOPEN_FAILED"; throw e`;
    expect(await tried(abi)).toContain("different Node.js version");
  });

  test("that never end", async () => {
    expect(await tried("setInterval(() => {}, 1000)")).toBe("broken cannot be used: it did not end within 2 s");
  });

  test("settings of Node's in the environment are kept from them", async () => {
    const module: NativeModule = { name: "bare", trial: "if (process.env.PATH) throw new Error()", remedy: "" };
    expect(await examineNativeModules(PROJECT_FOLDER, [module])).toMatchObject([{ level: "ok" }]);
  });
});
