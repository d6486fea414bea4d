/** Each test breaks one thing between a corpus and its index, and expects exactly its finding. */

import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import type { Finding } from "../../src/domain/health.ts";
import { openStore } from "../../src/index/store.ts";
import { type CorpusExamination, examineCorpus } from "../../src/ingest/examine.ts";
import { fingerprintOf, glossaryPaths } from "../../src/ingest/fingerprint.ts";
import { loadGlossary } from "../../src/ingest/glossary-file.ts";
import { ingest } from "../../src/ingest/run.ts";
import { temporaryFolder, termsOf } from "../index/samples.ts";
import { fakeModel, LIMITS, preparerHere } from "./fake-model.ts";

const described = (id: string, more = "") => `---
id: ${id}
title: Report ${id}
publisher: Institute
published: 2025-02-03
kind: think-tank
reliability: B
marking: "TLP:CLEAR"
${more}---
The convoy of ${id} left on Monday.
`;
const SIDECAR = `title: Boats
publisher: Institute
published: 2025-02-03
kind: news
reliability: C
marking: "TLP:GREEN"
`;

let corpusDir: string;
let dataDir: string;

const put = (path: string, text: string | Buffer) => {
  mkdirSync(dirname(join(corpusDir, path)), { recursive: true });
  writeFileSync(join(corpusDir, path), text);
};

async function ingestIt(): Promise<void> {
  const model = fakeModel();
  const loaded = await loadGlossary(glossaryPaths(corpusDir), dataDir);
  await ingest({
    corpusDir,
    dataDir,
    model,
    preparer: preparerHere(model),
    maxBytes: LIMITS.maxBytes,
    termsOf,
    fingerprint: fingerprintOf(loaded),
    warn: () => undefined,
  });
}

function stored(): CorpusExamination["stored"] {
  const store = openStore(dataDir, { mode: "read" });
  const fingerprint = store.currentSnapshot()?.fingerprint ?? "";
  const heads = store.listReports();
  store.close();
  return { heads, fingerprint };
}

async function examined(changes: Partial<CorpusExamination> = {}): Promise<readonly Finding[]> {
  const how = { corpusDir, dataDir, stored: stored(), maxBytes: LIMITS.maxBytes, isQuick: false, ...changes };
  return examineCorpus(how);
}

/** What is not well. */
async function found(changes: Partial<CorpusExamination> = {}) {
  return (await examined(changes)).filter(({ level }) => level !== "ok");
}

const one = (id: string, message: RegExp, remedy: RegExp, level: Finding["level"] = "fault") => [
  expect.objectContaining({
    id,
    level,
    message: expect.stringMatching(message),
    remedy: expect.stringMatching(remedy),
  }),
];
const INGEST = /npm run ingest/;

beforeEach(async () => {
  corpusDir = join(temporaryFolder(), "corpus");
  dataDir = join(temporaryFolder(), "data");
  put("a.md", described("a"));
  put("un/b.md", described("b"));
  put("c.txt", "Three boats came back.\n");
  put("c.txt.yaml", SIDECAR);
  put("manifest.yaml", "reports:\n  a.md: { language: en }\n");
  await ingestIt();
});

test("a corpus that is ingested, described, graded and marked has nothing to find", async () => {
  const findings = await examined();
  expect(findings.filter(({ level }) => level !== "ok")).toEqual([]);
  expect(findings.map(({ id }) => id)).toEqual([
    "corpus.folder",
    "corpus.refused",
    "corpus.readable",
    "corpus.descriptions",
    "corpus.ingested",
    "corpus.gone",
    "corpus.changed",
    "corpus.strangers",
    "corpus.described",
    "corpus.glossary",
  ]);
});

describe("the folder", () => {
  test("is missing, a file, or empty", async () => {
    const folder = corpusDir;
    corpusDir = join(folder, "nowhere");
    expect(await found()).toEqual(one("corpus.folder", /nowhere cannot be read/, /CORPUS_DIR/));
    corpusDir = join(folder, "a.md");
    expect(await found()).toEqual(one("corpus.folder", /a\.md is not a folder/, /CORPUS_DIR/));
    corpusDir = join(folder, "empty");
    mkdirSync(corpusDir);
    expect(await found()).toEqual(one("corpus.folder", /holds no report/, /CORPUS_DIR/));
  });

  test("has files of kinds that are not read, and links out of it", async () => {
    put("old.doc", "x");
    symlinkSync("/etc/hosts", join(corpusDir, "hosts.txt"));
    const message =
      /2 files are not read: hosts\.txt is a symbolic link that leads out.*old\.doc \.doc files are not read: save it as \.docx/;
    expect(await found()).toEqual(one("corpus.refused", message, /take them out/, "warning"));
  });
});

describe("a file", () => {
  test("is new", async () => {
    put("d.md", described("d"));
    expect(await found()).toEqual(one("corpus.ingested", /1 file is not in the index: d\.md/, INGEST));
    expect(await found({ isQuick: true })).toEqual(one("corpus.ingested", /d\.md/, INGEST));
  });

  test("was changed", async () => {
    put("un/b.md", described("b").replace("Monday", "Sunday"));
    expect(await found()).toEqual(one("corpus.changed", /^Since the last ingest 1 file changed: un\/b\.md$/, INGEST));
    expect(await found({ isQuick: true })).toEqual([]);
    await ingestIt();
    expect(await found()).toEqual([]);
  });

  test("was only touched", async () => {
    put("un/b.md", described("b"));
    expect(await found()).toEqual([]);
  });

  test("is gone, and its report still in answers", async () => {
    rmSync(join(corpusDir, "a.md"));
    put("manifest.yaml", "reports: {}\n");
    expect(await found()).toEqual(one("corpus.gone", /1 report .*file is gone.*: a\.md/, /npm run ingest/));
  });

  test("was renamed", async () => {
    rmSync(join(corpusDir, "un/b.md"));
    put("un/new.md", described("b"));
    expect(await found()).toEqual([
      ...one("corpus.ingested", /: un\/new\.md/, INGEST),
      ...one("corpus.gone", /: un\/b\.md/, INGEST),
    ]);
  });

  test("is larger than may be", async () => {
    expect(await found({ maxBytes: 100 })).toEqual(
      one(
        "corpus.readable",
        /2 files of the corpus cannot be taken in: a\.md is larger than .*un\/b\.md/,
        /make them smaller/,
      ),
    );
  });
});

describe("what is written about a report", () => {
  test("was changed", async () => {
    put("c.txt.yaml", SIDECAR.replace("Boats", "Ships"));
    expect(await found()).toEqual(
      one("corpus.changed", /^Since the last ingest what is written about 1 file changed: c\.txt$/, INGEST),
    );
  });

  test("beside it, cannot be read", async () => {
    put("c.txt.yaml", "title: [");
    expect(await found()).toEqual(one("corpus.descriptions", /cannot be used: c\.txt\.yaml:\d+: /, /Mend the file/));
  });

  test("in the manifest, cannot be read: said once, not for every report", async () => {
    put("manifest.yaml", "report:\n  a.md: {}\n");
    const findings = await found();
    expect(findings).toEqual(
      one("corpus.descriptions", /cannot be used: manifest\.yaml:1: report: is not a known field/, /Mend/),
    );
    expect(findings[0]?.message.match(/manifest\.yaml/g)).toHaveLength(1);
  });

  test("has no report", async () => {
    put("manifest.yaml", "reports:\n  a.md: { language: en }\n  z.md: { language: en }\n");
    put("y.pdf.yaml", SIDECAR);
    const message = /y\.pdf\.yaml: there is no y\.pdf.*manifest\.yaml: there is no report z\.md/;
    expect(await found()).toEqual(one("corpus.strangers", message, /Mend the names/, "warning"));
  });
});

describe("reports that nobody has described", () => {
  test("are counted and named, each lack apart", async () => {
    put("plain.txt", "Nobody says where this comes from.\n");
    put("notes/other.txt", "Nor this.\n");
    await ingestIt();
    const remedy = /front matter.*manifest\.yaml/;
    expect(await found()).toEqual([
      ...one("corpus.kind", /2 reports of unknown kind: notes\/other\.txt, plain\.txt/, remedy, "warning"),
      ...one("corpus.reliability", /2 reports whose reliability nobody has judged/, remedy, "warning"),
      ...one("corpus.marking", /2 reports without a marking, which count as TLP:AMBER\+STRICT/, remedy, "warning"),
      ...one("corpus.derived", /2 reports with a title, .*nobody has confirmed/, remedy, "warning"),
    ]);
  });

  test("are named up to five", async () => {
    for (let number = 1; number <= 7; number += 1) put(`x${number}.md`, described(`x${number}`).replace("B\n", "F\n"));
    await ingestIt();
    expect(await found()).toEqual(
      one("corpus.reliability", /7 reports .*: x1\.md, x2\.md, x3\.md, x4\.md, x5\.md and 2 more$/, /./, "warning"),
    );
  });
});

describe("the glossary", () => {
  test("was changed", async () => {
    put("glossary.yaml", "entries: []\n");
    expect(await found()).toEqual(one("corpus.glossary", /changed since the last ingest/, INGEST, "warning"));
    await ingestIt();
    expect(await found()).toEqual([]);
  });

  test("cannot be read", async () => {
    put("glossary.yaml", "entries: [");
    expect(await found()).toEqual(one("corpus.glossary", /glossary\.yaml is not valid YAML/, /Mend the glossary/));
  });
});

describe("without an index to compare with", () => {
  test("before the first ingest", async () => {
    expect(await found({ stored: "none" })).toEqual(
      one("corpus.ingested", /Nothing .* in the index yet/, INGEST, "warning"),
    );
  });

  test("when it cannot be read, the folder is looked at all the same", async () => {
    put("c.txt.yaml", "title: [");
    expect(await found({ stored: "unreadable" })).toEqual([
      ...one("corpus.descriptions", /c\.txt\.yaml/, /Mend/),
      ...one("corpus.ingested", /not checked, because the index cannot be read/, /npm run doctor/, "warning"),
    ]);
  });
});

test("an interrupted examination says so", async () => {
  await expect(examined({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
});
