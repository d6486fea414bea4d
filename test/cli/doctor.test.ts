/** `doctor` as people run it, and what it makes of an installation with one thing broken. */

import { execFile } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { doctorCommand } from "../../src/cli/doctor.ts";
import { outputInMemory } from "../../src/cli/io.ts";
import type { Finding } from "../../src/domain/health.ts";
import { BUNDLED_MODEL_FILES } from "../../src/embeddings/model-files.ts";
import type { Replaced } from "../../src/health/examine.ts";
import { PROJECT_FOLDER } from "../../src/health/machine.ts";
import { type Folders, foldersWith, run } from "./processes.ts";

const REPORT = `---
id: january
title: Figures of January
publisher: Institute
published: 2025-02-03
kind: think-tank
reliability: B
marking: "TLP:GREEN"
---
The institute counted 74 attacks in January 2025. They killed 91 people.
`;

/** A corpus with its index, of which every test gets a copy. */
let healthy: Folders;
beforeAll(async () => {
  healthy = foldersWith({ "january.md": REPORT });
  const ingested = await run(["ingest"], healthy);
  expect(`${ingested.code} ${ingested.stderr}`).toMatch(/^0 /);
}, 60_000);
afterAll(() => healthy.remove());

function copied(): Folders {
  const root = mkdtempSync(join(tmpdir(), "sitrep-doctor-"));
  cpSync(healthy.root, root, { recursive: true });
  const remove = () => rmSync(root, { recursive: true, force: true });
  onTestFinished(remove);
  return { root, corpus: join(root, "corpus"), data: join(root, "data"), remove };
}

/** In this process, without the native modules being tried, which takes the longest. */
async function examined(
  folders: Folders,
  environment: Record<string, string> = {},
  replaced: Replaced = {},
  quick = true,
) {
  const [out, err] = [outputInMemory(), outputInMemory()];
  const io = { out, err, signal: new AbortController().signal, prompt: null };
  const code = await doctorCommand(
    io,
    { json: true, quick },
    {
      environment: { CORPUS_DIR: folders.corpus, DATA_DIR: folders.data, ...environment },
      nativeModules: [],
      ...replaced,
    },
  );
  expect(err.text).toBe("");
  const findings = JSON.parse(out.text) as Finding[];
  return { code, findings, found: findings.filter(({ level }) => level !== "ok") };
}

/** Names, sizes and times of all files of a folder, without SQLite's own beside its database. */
function state(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !/-(?:wal|shm)$/.test(name))
    .sort()
    .map((name) => {
      const facts = statSync(join(folder, name));
      return facts.isFile() ? `${name} ${facts.size} ${facts.mtimeMs}` : name;
    });
}

describe("of a healthy project", () => {
  test("everything is well, exit 0, and nothing is changed", async () => {
    const folders = copied();
    const before = state(folders.root);
    const { code, stdout, stderr } = await run(["doctor"], folders);
    expect(`${code}\n${stderr}`).toBe("0\n");
    expect(stdout).toMatch(/\n\d+ checks: all well\n$/);
    expect(stdout).toMatch(/^node\n {2}ok {7}Node /);
    expect(stdout).toContain("\nmodules\n");
    expect(stdout).toMatch(/\n {2}ok {7}1 passage of 1 report, each a slice of its report\n/);
    expect(
      stdout
        .split("\n")
        .filter((line) => /^\S/.test(line))
        .map((line) => line.split(" ")[0]),
    ).toEqual([...["node", "modules", "settings", "model", "data", "index", "corpus"], expect.stringMatching(/^\d+$/)]);
    expect(state(folders.root)).toEqual(before);
  });

  test("--quick and --json: an array of findings, with no embedding and no checksum among them", async () => {
    const { code, stdout } = await run(["doctor", "--quick", "--json"], copied());
    expect(code).toBe(0);
    const findings = JSON.parse(stdout) as Finding[];
    expect(Object.keys(findings[0] ?? {})).toEqual(["id", "area", "level", "message", "remedy"]);
    const ids = findings.map(({ id }) => id);
    expect(ids).toContain("index.vectors");
    expect(ids).not.toContain("model.embedding");
    expect(ids).not.toContain("index.passages");
    expect(ids).not.toContain("corpus.changed");
  });

  test("an unknown option is bad usage", async () => {
    const { code, stderr } = await run(["doctor", "--quik"], healthy);
    expect(code).toBe(2);
    expect(stderr).toMatch(/unknown option '--quik'/);
  });
});

describe("exit 0 for warnings alone", () => {
  test("no data folder yet, which stays missing", async () => {
    const folders = copied();
    rmSync(folders.data, { recursive: true });
    const { code, stdout } = await run(["doctor", "--quick"], folders);
    expect(code).toBe(0);
    expect(stdout).toContain("  warning  There is no index yet\n             Run `npm run ingest`.\n");
    expect(stdout).toMatch(/\n\d+ checks, 2 warnings, 0 faults\n$/);
    expect(() => readdirSync(folders.data)).toThrow();
  });

  test("a slip in .env, which is named and its value is not", async () => {
    const folders = copied();
    writeFileSync(join(folders.root, ".env"), "EMBEDDINGS_APIKEY=hunter2\nUNRELATED=hunter2\n");
    const { code, stdout } = await run(["doctor", "--quick"], folders);
    expect(code).toBe(0);
    expect(stdout).toContain("EMBEDDINGS_APIKEY (did you mean EMBEDDINGS_API_KEY?)");
    expect(stdout).not.toMatch(/UNRELATED|hunter2/);
  });
});

describe("exit 1 for a fault", () => {
  test("in the settings, of which all are named; what rests on them is not looked at", async () => {
    const settings = { MAX_MARKING: "hunter2", LOG_LEVEL: "hunter2" };
    const { code, stdout, stderr } = await run(["doctor", "--quick"], copied(), settings);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/ {2}FAULT {4}Settings that make no sense: LOG_LEVEL: .*MAX_MARKING: /);
    expect(stdout).toContain("warning  The corpus: not checked, because the settings cannot be used");
    expect(stdout).not.toContain("hunter2");
    expect(stdout).toMatch(/\n\d+ checks, 4 warnings, 1 fault\n$/);
  });

  test("in .env, which is a folder", async () => {
    const folders = copied();
    mkdirSync(join(folders.root, ".env"));
    const { code, stdout } = await run(["doctor", "--quick"], folders);
    expect(code).toBe(1);
    expect(stdout).toContain("FAULT    The file .env cannot be read (EISDIR)");
  });

  test("traces that a line of .env turns on", async () => {
    const folders = copied();
    writeFileSync(join(folders.root, ".env"), "LANGSMITH_TRACING=true\n");
    const { code, stdout } = await run(["doctor", "--quick"], folders);
    expect(code).toBe(1);
    expect(stdout).toContain("FAULT    LANGSMITH_TRACING: LangChain sends traces");
  });

  const vectors = (folders: Folders) => join(folders.data, "vectors-000001.hnsw");
  const lexical = (folders: Folders) => join(folders.data, "lexical-000001.bin");
  const overwrite = (path: string, at: number) => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(path, bytes);
  };
  const table: [string, string, RegExp, RegExp, (folders: Folders) => void][] = [
    [
      "one byte of the vectors",
      "index.vectors",
      /another checksum/,
      /npm run status/,
      (at) => overwrite(vectors(at), 400),
    ],
    ["lexical file cut short", "index.lexical", /cut short/, /npm run status/, (at) => truncateSync(lexical(at), 70)],
    [
      "changed report",
      "corpus.changed",
      /january\.md/,
      /npm run ingest/,
      (at) => writeFileSync(join(at.corpus, "january.md"), REPORT.replace("74", "75")),
    ],
    [
      "deleted report",
      "corpus.gone",
      /january\.md/,
      /npm run ingest/,
      (at) => {
        writeFileSync(join(at.corpus, "february.md"), REPORT.replace("id: january", "id: february"));
        rmSync(join(at.corpus, "january.md"));
      },
    ],
    ["empty corpus", "corpus.folder", /holds no report/, /CORPUS_DIR/, (at) => rmSync(join(at.corpus, "january.md"))],
    ["no corpus", "corpus.folder", /cannot be read/, /CORPUS_DIR/, (at) => rmSync(at.corpus, { recursive: true })],
    [
      "glossary",
      "corpus.glossary",
      /not valid YAML/,
      /Mend/,
      (at) => writeFileSync(join(at.corpus, "glossary.yaml"), "entries: ["),
    ],
    [
      "another program's database",
      "index.database",
      /not a database/,
      /Delete/,
      (at) => writeFileSync(join(at.data, "sitrep.sqlite"), "no database ".repeat(500)),
    ],
    [
      "a file for a data folder",
      "data.folder",
      /is a file/,
      /DATA_DIR/,
      (at) => {
        rmSync(at.data, { recursive: true });
        writeFileSync(at.data, "");
      },
    ],
  ];
  test.each(table)("%s: %s", async (_, id, message, remedy, spoil) => {
    const folders = copied();
    spoil(folders);
    const before = state(folders.root);
    const { code, found } = await examined(folders, {}, {}, false);
    expect(code).toBe(1);
    const finding = found.find((each) => each.id === id);
    expect(finding?.level).toBe("fault");
    expect(finding?.message).toMatch(message);
    expect(finding?.remedy).toMatch(remedy);
    expect(state(folders.root)).toEqual(before);
  });

  test.each([
    ["MAX_MARKING that no report passes", { MAX_MARKING: "TLP:CLEAR" }, "settings.marking", /0 of 1 report be used/],
    [
      "another model",
      { EMBEDDINGS_PROVIDER: "ollama", EMBEDDINGS_MODEL: "m" },
      "index.model",
      /but ollama\/m.* is configured/,
    ],
  ])("%s", async (_, environment, id, message) => {
    const { code, found } = await examined(copied(), environment as Record<string, string>);
    expect(code).toBe(1);
    expect(found).toEqual([expect.objectContaining({ id, level: "fault", message: expect.stringMatching(message) })]);
  });

  test("reports in the data folder", async () => {
    const folders = copied();
    const { code, found } = await examined(folders, { CORPUS_DIR: folders.corpus, DATA_DIR: folders.root });
    expect(code).toBe(1);
    expect(found[0]).toMatchObject({ id: "settings.folders", level: "fault" });
  });

  test("an old Node, a package that is missing", async () => {
    const folders = copied();
    const projectFolder = join(folders.root, "project");
    mkdirSync(projectFolder);
    cpSync(join(PROJECT_FOLDER, "package.json"), join(projectFolder, "package.json"));
    const { code, found } = await examined(folders, {}, { nodeVersion: "18.0.0", projectFolder });
    expect(code).toBe(1);
    expect(found.map(({ id, level }) => `${id} ${level}`)).toEqual(["node.version fault", "modules.packages fault"]);
  });

  test("other weights", async () => {
    const folders = copied();
    const weightsPath = join(folders.root, "weights");
    writeFileSync(weightsPath, "no weights");
    const { code, found } = await examined(folders, {}, { modelFiles: { ...BUNDLED_MODEL_FILES, weightsPath } }, false);
    expect(code).toBe(1);
    expect(found.map(({ id, level }) => `${id} ${level}`)).toEqual(["model.weights fault", "model.embedding warning"]);
  });

  test.skipIf(process.platform === "win32")(
    "a native module that ends its process: the others and the corpus are checked",
    async () => {
      const folders = copied();
      rmSync(join(folders.corpus, "january.md"));
      const crash = `process.kill(process.pid, "SIGSEGV"); setTimeout(() => {}, 10_000)`;
      const nativeModules = [{ name: "better-sqlite3", trial: crash, remedy: "Run `npm rebuild better-sqlite3`." }];
      const { code, found } = await examined(folders, {}, { nativeModules });
      expect(code).toBe(1);
      expect(found.map(({ id, level }) => `${id} ${level}`)).toEqual([
        "modules.better-sqlite3 fault",
        "data.modules warning",
        "index.modules warning",
        "corpus.folder fault",
      ]);
      expect(found[0]?.message).toContain("(SIGSEGV)");
      expect(found[1]?.message).toMatch(/not checked, because better-sqlite3 cannot be used/);
    },
  );
});

test.skipIf(process.platform === "win32")("a file and a data folder that one has no right to", async ({ skip }) => {
  // The superuser may do anything: the process is somebody else then.
  const user = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const folders = copied();
  chmodSync(folders.root, 0o755);
  chmodSync(folders.data, 0o555);
  writeFileSync(join(folders.corpus, "secret.md"), REPORT);
  chmodSync(join(folders.corpus, "secret.md"), 0o000);
  onTestFinished(() => chmodSync(folders.data, 0o755));
  const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
  const environment = {
    PATH: process.env.PATH,
    CORPUS_DIR: folders.corpus,
    DATA_DIR: folders.data,
    TSX_DISABLE_CACHE: "1",
  };
  const done = await new Promise<{ error: Error | null; stdout: string; stderr: string }>((resolve) => {
    const args = ["--import", "tsx/esm", main, "doctor", "--json"];
    const options = { ...user, cwd: dirname(dirname(dirname(main))), env: environment };
    execFile(process.execPath, args, options, (error, stdout, stderr) => resolve({ error, stdout, stderr }));
  });
  skip(/EACCES|permission denied/i.test(done.stderr), "another user cannot read this checkout");
  const found = (JSON.parse(done.stdout) as Finding[]).filter(({ level }) => level !== "ok");
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        id: "data.folder",
        level: "warning",
        message: expect.stringContaining("permission denied"),
      }),
      expect.objectContaining({
        id: "corpus.readable",
        level: "fault",
        message: expect.stringContaining("secret.md cannot be read: permission denied"),
      }),
    ]),
  );
  expect(done.error).toMatchObject({ code: 1 });
});
