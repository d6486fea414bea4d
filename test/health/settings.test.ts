import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config.ts";
import type { Finding } from "../../src/domain/health.ts";
import { examineMarking, examineSettings } from "../../src/health/settings.ts";
import { sourceWith } from "../cli/fakes.ts";
import { temporaryFolder } from "../index/samples.ts";

/** What is not well about an environment. */
function found(environment: Record<string, string>): readonly Finding[] {
  return examineSettings(environment).findings.filter(({ level }) => level !== "ok");
}

test("no setting at all is well, and each check says so", () => {
  const { config, findings } = examineSettings({});
  expect(config).toEqual(loadConfig({}));
  expect(findings.map(({ id, level }) => `${id} ${level}`)).toEqual([
    "settings.values ok",
    "settings.names ok",
    "settings.tracing ok",
    "settings.folders ok",
  ]);
});

test("values that are wrong are named, all of them, and never said", () => {
  const { config, findings } = examineSettings({
    LOG_LEVEL: "hunter2",
    MAX_MARKING: "hunter2",
    EMBEDDINGS_THREADS: "0",
  });
  expect(config).toBeNull();
  expect(findings[0]).toMatchObject({
    id: "settings.values",
    level: "fault",
    remedy: expect.stringContaining(".env.example"),
  });
  for (const name of ["LOG_LEVEL", "MAX_MARKING", "EMBEDDINGS_THREADS"]) expect(findings[0]?.message).toContain(name);
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});

test("a setting that the provider needs is missing", () => {
  const { config, findings } = examineSettings({ EMBEDDINGS_PROVIDER: "openai" });
  expect(config).toBeNull();
  expect(findings[0]).toMatchObject({ id: "settings.values", level: "fault" });
  expect(findings[0]?.message).toContain("EMBEDDINGS_API_KEY is not set");
});

test.each([
  ["EMBEDDING_PROVIDER", "EMBEDDINGS_PROVIDER"],
  ["EMBEDDINGS_THREAD", "EMBEDDINGS_THREADS"],
  ["INGEST_MAX_FILE_SIZE_MIB", "INGEST_MAX_FILE_MIB"],
  ["CORPUS_FOLDER", null],
])("%s is no setting", (name, meant) => {
  const [finding] = found({ [name]: "secret-value" });
  expect(finding).toMatchObject({
    id: "settings.names",
    level: "warning",
    remedy: expect.stringContaining(".env.example"),
  });
  expect(finding?.message).toContain(meant === null ? name : `${name} (did you mean ${meant}?)`);
  expect(finding?.message).not.toContain("secret-value");
});

test("variables of other programs are theirs, and one that is set to nothing is not set", () => {
  expect(found({ PATH: "/bin", DATA_DIRS: "/x", LOGLEVEL: "1", OPENAI_API_KEY: "x", EMBEDDINGS_NOPE: "" })).toEqual([]);
});

test.each([
  [{ EMBEDDINGS_MODEL: "m", EMBEDDINGS_API_KEY: "k" }, "bundled", ["EMBEDDINGS_MODEL", "EMBEDDINGS_API_KEY"]],
  [
    { EMBEDDINGS_BASE_URL: "https://x.example", EMBEDDINGS_DIMENSIONS: "64" },
    "bundled",
    ["EMBEDDINGS_BASE_URL", "EMBEDDINGS_DIMENSIONS"],
  ],
  [
    { EMBEDDINGS_PROVIDER: "openai", EMBEDDINGS_API_KEY: "k", EMBEDDINGS_THREADS: "1" },
    "openai",
    ["EMBEDDINGS_THREADS"],
  ],
  [{ EMBEDDINGS_PROVIDER: "ollama", EMBEDDINGS_MODEL: "m", EMBEDDINGS_API_KEY: "k" }, "ollama", ["EMBEDDINGS_API_KEY"]],
])("settings that the provider takes no notice of: %j", (environment, provider, names) => {
  const message = `EMBEDDINGS_PROVIDER is ${provider}, which takes no notice of ${names.join(", ")}`;
  expect(found(environment as Record<string, string>)).toEqual([
    expect.objectContaining({ id: "settings.unused", level: "warning", message, remedy: expect.any(String) }),
  ]);
});

describe("the two folders", () => {
  const folder = "/srv/sitrep";

  test("are one: a fault", () => {
    expect(found({ CORPUS_DIR: folder, DATA_DIR: `${folder}/` })).toEqual([
      expect.objectContaining({ id: "settings.folders", level: "fault", remedy: expect.stringContaining("DATA_DIR") }),
    ]);
  });

  test("the reports are in the data folder: a fault", () => {
    const [finding] = found({ CORPUS_DIR: `${folder}/reports`, DATA_DIR: folder });
    expect(finding).toMatchObject({ id: "settings.folders", level: "fault" });
    expect(finding?.message).toMatch(/deletes the reports/);
  });

  test("the data folder is in the reports: a warning", () => {
    expect(found({ CORPUS_DIR: folder, DATA_DIR: `${folder}/a/..b` })).toEqual([
      expect.objectContaining({ id: "settings.folders", level: "warning", remedy: expect.stringContaining("neither") }),
    ]);
  });

  test("are apart, though one name begins with the other", () => {
    expect(found({ CORPUS_DIR: folder, DATA_DIR: `${folder}-data` })).toEqual([]);
    expect(found({ CORPUS_DIR: `${folder}/a`, DATA_DIR: `${folder}/b` })).toEqual([]);
  });

  test("are compared where links lead", () => {
    const root = temporaryFolder();
    mkdirSync(join(root, "reports"));
    symlinkSync(join(root, "reports"), join(root, "link"));
    const [finding] = found({ CORPUS_DIR: join(root, "reports"), DATA_DIR: join(root, "link", "not", "there", "yet") });
    expect(finding).toMatchObject({ id: "settings.folders", level: "warning" });
  });
});

test.each(["LANGSMITH_TRACING", "LANGCHAIN_TRACING_V2", "LANGCHAIN_TRACING", "LANGSMITH_TRACING_V2"])(
  "%s sends traces",
  (name) => {
    expect(found({ [name]: "true" })).toEqual([
      expect.objectContaining({
        id: "settings.tracing",
        level: "fault",
        message: expect.stringContaining(name),
        remedy: expect.stringContaining(`Unset ${name}`),
      }),
    ]);
    expect(found({ [name]: "false" })).toEqual([]);
  },
);

test("more memory and threads than the machine has", () => {
  // 64 GiB are the most that can be set, and a machine may have them.
  const ids = found({ INGEST_MAX_MEMORY_MIB: "65536", EMBEDDINGS_THREADS: "64" }).map(({ id }) => id);
  expect(["settings.memory", "settings.threads"]).toEqual(expect.arrayContaining(ids));
  expect(found({ INGEST_MAX_MEMORY_MIB: "256", EMBEDDINGS_THREADS: "1" })).toEqual([]);
});

test("reports that travel in the open", () => {
  const to = (address: string) =>
    found({ EMBEDDINGS_PROVIDER: "ollama", EMBEDDINGS_MODEL: "m", EMBEDDINGS_BASE_URL: address }).map(({ id }) => id);
  expect(to("http://models.example:11434")).toEqual(["settings.encryption"]);
  for (const near of ["https://models.example", "http://127.0.0.1:11434", "http://localhost:1", "http://[::1]:1"]) {
    expect(to(near)).toEqual([]);
  }
});

test("MAX_MARKING that leaves no report to be used", () => {
  const heads = (...markings: ("TLP:CLEAR" | "TLP:AMBER" | null)[]) =>
    markings.map((marking, at) => ({ id: `${at}`, path: `${at}.md`, source: sourceWith({ marking }) }));
  expect(examineMarking("TLP:GREEN", heads("TLP:AMBER", null))).toEqual([
    expect.objectContaining({
      id: "settings.marking",
      level: "fault",
      message: "MAX_MARKING TLP:GREEN lets 0 of 2 reports be used",
      remedy: expect.stringContaining("MAX_MARKING"),
    }),
  ]);
  expect(examineMarking("TLP:GREEN", heads("TLP:AMBER", "TLP:CLEAR"))[0]).toMatchObject({ level: "ok" });
  expect(examineMarking("TLP:CLEAR", [])).toEqual([]);
});
