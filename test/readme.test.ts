/** Keeps the documents true: their commands, code, links, settings and exit codes are compared with the project. */

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative as relativeTo } from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { refusalLines } from "../src/cli/ingest.ts";
import { loadConfig } from "../src/config.ts";
import { EXIT } from "../src/domain/exit-codes.ts";
import { parseMetadata, readFrontMatter } from "../src/ingest/metadata.ts";
import { propertyNames } from "./helpers/architecture.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");

const DECISIONS = readdirSync(join(ROOT, "docs/decisions")).map((name) => `docs/decisions/${name}`);
const DOCUMENTS = [
  ...["README.md", "docs/reports.md", "docs/discord.md", "docs/reader.md"],
  ...["ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"],
  ...DECISIONS,
] as const;
const README = read("README.md");
const SETTINGS = Array.from(
  read(".env.example").matchAll(/^#([A-Z][A-Z0-9_]+)=(.*)$/gm),
  ([, name = "", value = ""]) => ({
    name,
    value,
  }),
);

/** The fenced blocks of a document in a language; "" for those that name none. */
function blocksOf(markdown: string, language: string): string[] {
  const fences = markdown.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm);
  return Array.from(fences).flatMap(([, named, body = ""]) => (named?.trim() === language ? [body] : []));
}

/** Runs a program to its end; a status other than 0 is a result, not a fault. */
function run(
  program: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; timeout: number },
): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { cwd: ROOT, ...options }, (fault, stdout, stderr) => {
      resolve({ status: fault === null ? 0 : typeof fault.code === "number" ? fault.code : null, stdout, stderr });
    });
    child.stdin?.end();
  });
}

/** This process's environment as a new user has it: no settings of Sitrep, not even from a `.env` file. */
function cleanEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_ENV)/.test(name)),
  );
  return { ...environment, ...Object.fromEntries(SETTINGS.map(({ name }) => [name, ""])), ...settings };
}

describe("the README's two commands", () => {
  const commands = (blocksOf(README, "")[0] ?? "").trim().split("\n");

  test("are an install with a question, and an install with the tests", () => {
    expect(commands).toHaveLength(2);
    for (const command of commands) expect(command).toMatch(/^npm ci && npm (run ask -- "[^"]+"|test)$/);
  });

  test("the first, run as it is written less the install, answers the question", async () => {
    const [command = ""] = commands;
    const dataDir = mkdtempSync(join(tmpdir(), "sitrep-readme-"));
    try {
      const { status, stdout, stderr } = await run("sh", ["-c", command.replace(/^npm ci && /, "")], {
        env: cleanEnvironment({ DATA_DIR: dataDir }),
        timeout: 170_000,
      });
      expect(`${status}\n${stderr}`).toMatch(/^0\n/);
      expect(stdout).toContain("42%");
      expect(stdout).toContain("December 2024");
      expect(stderr).toContain("reading the reports");
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
    }
  }, 180_000);

  test("the second is part of what .ci/run runs", () => {
    expect(manifest.scripts.test).toBeDefined();
    expect(manifest.scripts.check).toMatch(/&& npm test$/);
    const steps = Array.from(read(".ci/run").matchAll(/^step (npm (?:ci|run|test).*)$/gm), ([, step]) => step);
    expect(steps.slice(0, 2)).toEqual(["npm ci", "npm run check"]);
  });
});

describe.each(DOCUMENTS)("%s", (path) => {
  const text = read(path);

  test("names only npm scripts that exist", () => {
    expect(scriptsIn(text).filter((script) => !(script in manifest.scripts))).toEqual([]);
  });

  test("links only to what exists", () => {
    const folder = join(ROOT, path, "..");
    const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
    const relative = targets.filter((target) => !/^[a-z]+:/i.test(target)).map((target) => target.split("#"));
    expect(relative.filter(([file = ""]) => file !== "" && !existsSync(join(folder, file)))).toEqual([]);
    for (const [file = "", heading] of relative) {
      const target = file === "" ? path : relativeTo(ROOT, join(folder, file));
      if (heading !== undefined) expect(headingsOf(read(target))).toContain(heading);
    }
  });

  test("names only paths that exist", () => {
    const code = Array.from(text.matchAll(/`([^`\n]+)`/g), ([, words = ""]) => words);
    const paths = code.filter((words) =>
      /^(?:src|test|corpus|docs|scripts|bench|eval|\.ci)\/[\w./-]*$|^[\w.-]+\.(?:md|json)$/.test(words),
    );
    expect(paths.filter((each) => !existsSync(join(ROOT, each)))).toEqual([]);
  });

  test("names only settings that exist", () => {
    const inCode = Array.from(
      text.matchAll(/`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`\n]*)?`/g),
      ([, name = ""]) => name,
    );
    const inFiles = blocksOf(text, "ini").flatMap((block) =>
      Array.from(block.matchAll(/^([A-Z][A-Z0-9_]+)=/gm), ([, name = ""]) => name),
    );
    const known = SETTINGS.map(({ name }) => name);
    // LangChain's own, and what a test of pictures takes.
    const ofOthers = /^(?:LANG(?:SMITH|CHAIN)_|UPDATE_PICTURES$)/;
    expect([...inCode, ...inFiles].filter((name) => !known.includes(name) && !ofOthers.test(name))).toEqual([]);
  });
});

/** The scripts of "npm run X". */
function scriptsIn(text: string): string[] {
  return Array.from(text.matchAll(/\bnpm run (?:--silent )?([a-z][a-z:-]*)/g), ([, script = ""]) => script);
}

function headingsOf(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, "")
      .trim()
      .replace(/\s+/g, "-"),
  );
}

test("what the code tells people to run exists", () => {
  const files = readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".ts"),
  );
  const text = files.map((name) => read(`src/${name}`)).join("\n");
  expect(scriptsIn(text).length).toBeGreaterThan(3);
  expect(scriptsIn(text).filter((script) => !(script in manifest.scripts))).toEqual([]);
});

test("ARCHITECTURE.md has every folder of src", () => {
  const folders = readdirSync(join(ROOT, "src"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const text = read("ARCHITECTURE.md");
  expect(folders.map(({ name }) => name).filter((name) => !text.includes(`| \`src/${name}/\` |`))).toEqual([]);
});

test("the ts blocks type-check with the project's own settings", async () => {
  const blocks = ["README.md", "ARCHITECTURE.md"].flatMap((path) => blocksOf(read(path), "ts"));
  expect(blocks.length).toBeGreaterThan(0);
  const folder = mkdtempSync(join(ROOT, "test/.readme-"));
  try {
    blocks.forEach((block, index) => {
      writeFileSync(join(folder, `block-${index + 1}.ts`), block);
    });
    // Shows that a fault would be seen.
    writeFileSync(join(folder, "wrong.ts"), `import { createSitrep } from "./src/app.ts";\ncreateSitrep(1);\n`);
    // rootDirs lets "./src/app.ts" mean what it means to a reader: a path from the project's root.
    const settings = {
      extends: "../../tsconfig.json",
      compilerOptions: { rootDirs: ["../..", "."] },
      include: ["*.ts", "../../src/types"],
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
    const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
    const { stdout } = await run(process.execPath, [compiler, "--noEmit", "--pretty", "false", "-p", folder], {
      timeout: 60_000,
    });
    const faults = stdout.split("\n").filter((line) => /(?:block-\d+|wrong)\.ts\(/.test(line));
    expect(faults).toEqual([expect.stringMatching(/wrong\.ts\(2,1\): error TS2554/)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 70_000);

describe("settings", () => {
  test("of .env.example are those of src/config.ts", () => {
    const schema = propertyNames(read("src/config.ts"), "environmentSchema");
    expect(schema.length).toBeGreaterThan(5);
    expect(SETTINGS.map(({ name }) => name).sort()).toEqual([...schema].sort());
  });

  test.each(SETTINGS)("$name has its default as the value in .env.example", ({ name, value }) => {
    expect(loadConfig({ [name]: value })).toEqual(loadConfig({}));
  });

  test("a line of .env.example is a comment until somebody changes it", () => {
    expect(
      read(".env.example")
        .split("\n")
        .filter((line) => line !== "" && !line.startsWith("#")),
    ).toEqual([]);
  });
});

test("the README's exit codes are those of src/domain/exit-codes.ts", () => {
  const table = README.slice(README.indexOf("| exit code |")).split("\n\n")[0] ?? "";
  const codes = Array.from(table.matchAll(/^\| (\d+) \|/gm), ([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});

describe("options", () => {
  const named = (words: string) => [
    ...new Set(Array.from(words.matchAll(/(?<![\w-])--[a-z][a-z-]+/g), ([option]) => option)),
  ];
  const ofNpm = ["--silent", "--help"];
  const ofNode = ["--import"];

  test("that the documents name are in a command's help", async () => {
    const commands = [
      "ask",
      "brief",
      "search",
      "ingest",
      "ingest add",
      "ingest list",
      "ingest show",
      "status",
      "feedback",
      "doctor",
      "eval",
    ];
    const helps = await Promise.all(
      commands.map((command) =>
        run(process.execPath, ["--import", "tsx", "src/cli/main.ts", ...command.split(" "), "--help"], {
          env: cleanEnvironment({}),
          timeout: 30_000,
        }),
      ),
    );
    const ofBench = named(read("bench/main.ts"));
    const known = [...named(helps.map(({ stdout }) => stdout).join("\n")), ...ofBench, ...ofNpm, ...ofNode];
    expect(known.length).toBeGreaterThan(10);
    const inDocuments = DOCUMENTS.flatMap((path) => named(read(path)));
    expect(inDocuments.length).toBeGreaterThan(5);
    expect(inDocuments.filter((option) => !known.includes(option))).toEqual([]);
  }, 40_000);
});

describe("the README's report", () => {
  const [example = ""] = blocksOf(README, "yaml");
  const refusal = blocksOf(README, "").find((block) => block.startsWith("refused ")) ?? "";
  const front = readFrontMatter(example);

  test("is taken in, and has every field that there is", () => {
    expect(parseMetadata(front?.yaml ?? "", 2)).toMatchObject({ ok: true, id: "example-institute-2025-03" });
    const fields = propertyNames(read("src/ingest/metadata-schema.ts"), "FrontMatter");
    expect(Array.from((front?.yaml ?? "").matchAll(/^(\w+):/gm), ([, field = ""]) => field)).toEqual(fields);
  });

  test("is refused, with a wrong date and a slip in a name, in the words that the README shows", () => {
    const slips = (front?.yaml ?? "").replace("2025-04-02", "2 April 2025").replace("reliability:", "reliablity:");
    const parsed = parseMetadata(slips, 2);
    const problems = parsed.ok ? [] : parsed.problems;
    expect(refusalLines([{ path: "march.md", problems }]).join("\n")).toBe(refusal.trim());
  });

  test("its required fields are those that the README names", () => {
    const sentence = /^(.+) are required\./m.exec(README)?.[1] ?? "";
    const named = Array.from(sentence.matchAll(/`(\w+)`/g), ([, field = ""]) => field);
    const parsed = parseMetadata("x: y\n", 2);
    const missing = (parsed.ok ? [] : parsed.problems).filter(({ reason }) => reason === "is required");
    expect(named).toEqual(missing.map(({ field }) => field));
  });
});

test("NOTICE has every direct dependency with the licence of its manifest", () => {
  const rows = (group: object, use: string) =>
    Object.keys(group).map((name) => {
      const { license } = JSON.parse(read(`node_modules/${name}/package.json`)) as { license?: string };
      return `${name} | ${license ?? "none"} | ${use}`;
    });
  const wanted = [...rows(manifest.dependencies, "at run time"), ...rows(manifest.devDependencies, "for development")];
  const table = read("NOTICE").split(/^Package .*$/m)[1] ?? "";
  const present = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/ {2,}/).join(" | "));
  expect(present).toEqual(wanted);
});
