/** The commands under `ingest`, over a Sitrep of set results: what is asked, shown and passed on. */

import { describe, expect, test } from "vitest";
import { runCommandLine } from "../../src/cli/program.ts";
import type { Candidate, GivenMetadata } from "../../src/domain/ingest.ts";
import type { Draft, IngestOptions, Sitrep } from "../../src/domain/service.ts";
import { fakeEdge, fakeSitrep, sourceWith, summaryWith } from "./fakes.ts";

async function run(args: readonly string[], changes: Partial<Sitrep> = {}, answers: readonly string[] | null = null) {
  const sitrep = fakeSitrep(changes);
  const { edge, out, err } = fakeEdge(sitrep);
  const asked: string[] = [];
  const left = [...(answers ?? [])];
  const prompt = async (question: string) => {
    asked.push(question);
    const answer = left.shift();
    if (answer === undefined) throw new Error(`Nothing to answer ${question}`);
    return answer;
  };
  const io = { ...edge.io, prompt: answers === null ? null : prompt };
  const code = await runCommandLine(["ingest", ...args], { ...edge, io });
  return { code, out: out.text, err: err.text, asked, left, calls: sitrep.calls };
}

describe("ingest", () => {
  test("passes its options on, and says that a rehearsal changed nothing", async () => {
    const seen: IngestOptions[] = [];
    const ingest = async (options: IngestOptions = {}) => {
      seen.push(options);
      return summaryWith({ dryRun: true, renamed: ["moved"] });
    };
    const { code, out } = await run(["--dry-run", "--only", "un/**", "--force", "--allow-empty"], { ingest });
    expect(code).toBe(0);
    expect(seen).toMatchObject([{ dryRun: true, only: "un/**", force: true, allowEmpty: true }]);
    expect(out).toMatch(/^Nothing was changed; .*\n {2}new +1 \(january\)\n/);
    expect(out).toContain("renamed     1 (moved)");
  });

  test("names the file that a wrong line stands in", async () => {
    const problems = [
      { line: 12, field: "published", reason: "must be a date", file: "manifest.yaml" },
      { line: null, field: null, reason: "is larger than 20 MiB" },
      { line: 3, field: "", reason: "not valid YAML" },
    ];
    const ingest = async () => summaryWith({ refused: [{ path: "a\u001b[31m.pdf", problems }] });
    const { code, err } = await run([], { ingest });
    expect(code).toBe(3);
    expect(err.split("\n")).toEqual([
      "refused a\\x1b[31m.pdf (manifest.yaml:12): published: must be a date",
      "refused a\\x1b[31m.pdf: is larger than 20 MiB",
      "refused a\\x1b[31m.pdf:3: not valid YAML",
      "",
    ]);
  });

  test.each([["nonsense"], ["add"], ["remove"], ["show"], ["--only", " "]])("refuses %s", async (...args) => {
    expect((await run(args)).code).toBe(2);
  });
});

describe("list and show", () => {
  const reports = async () => [
    { id: "january", path: "january.md", source: sourceWith() },
    {
      id: "leak",
      path: "x/leak.pdf",
      source: sourceWith({ title: "A \u202eleak", publisher: null, published: null, marking: null }),
    },
  ];

  test("lists what the words name, harmlessly", async () => {
    const { out } = await run(["list"], { reports });
    expect(out).toContain("january  2025-02-03  think-tank  B");
    expect(out).toContain("A \\u{202e}leak");
    expect(out).toMatch(/unmarked .* unknown/);
    expect(out).toContain("2 reports.");
    expect((await run(["list", "X/LEAK", "unknown"], { reports })).out).toContain("0 reports.");
    expect((await run(["list", "X/LEAK"], { reports })).out).toContain("1 report.");
    expect(JSON.parse((await run(["list", "--json"], { reports })).out)).toHaveLength(2);
  });

  test("lists what was removed", async () => {
    const removed = async () => [{ id: "old", path: "old.md", title: "Old", removedAt: "2026-01-02T03:04:05.678Z" }];
    expect((await run(["list", "--removed"], { removed })).out).toMatch(
      /old +2026-01-02T03:04:05 +old\.md +Old\n.*restore ID/s,
    );
    expect((await run(["list", "--removed"])).out).toBe("No report was removed.\n");
  });

  test("shows what the document told itself as unconfirmed", async () => {
    const source = sourceWith({ derived: ["title", "published"], marking: null });
    const report = async (id: string) => ({
      id,
      path: "a.pdf",
      source,
      ingestedAt: "2026",
      characters: 1234,
      pages: 2,
      passages: 1,
    });
    const { out } = await run(["show", "a"], { report });
    expect(out).toContain("title        Digest: attacks in January (read from the document, unconfirmed)\n");
    expect(out).toContain("published    2025-02-03 (read from the document, unconfirmed)\n");
    expect(out).toContain("publisher    Institute of Figures\n");
    expect(out).toContain("marking      none: treated as TLP:AMBER+STRICT\n");
    expect(out).toContain("text         1,234 characters, 2 pages, 1 passage\n");
  });

  test("shows a title that is only the file's name as that", async () => {
    const source = sourceWith({ title: "scan 0042", derived: ["title"] });
    const facts = { ingestedAt: "2026", characters: 1, pages: 0, passages: 1 };
    const report = async (id: string) => ({ id, path: "un/scan  0042.pdf", source, ...facts });
    const { out } = await run(["show", "a"], { report });
    expect(out).toContain("title        scan 0042 (the file's name, unconfirmed)\n");
  });

  test("gives the text as it is, and nothing else", async () => {
    const text = "One.\n\n  Two\u0085 \u202ethree.\n";
    const { out } = await run(["show", "a", "--text"], { reportText: async () => text });
    expect(out).toBe(text);
  });
});

describe("remove and restore", () => {
  test("say how to undo it", async () => {
    const { code, err, calls } = await run(["remove", "january"]);
    expect([code, calls]).toEqual([0, ["remove", "close"]]);
    expect(err).toBe("To undo this: npm run ingest -- restore january\n");
    expect((await run(["restore", "january"])).calls).toEqual(["restore", "close"]);
  });

  test("say that there is nothing to put back where the file was gone", async () => {
    const remove = async () => ({ ...summaryWith({ removed: ["january"] }), restorable: false });
    const { code, err } = await run(["remove", "january"], { remove });
    expect([code, err]).toEqual([0, "Its file was gone already: there is nothing to put back.\n"]);
  });

  test("restore passes on which one of several is meant", async () => {
    const seen: unknown[] = [];
    const restore: Sitrep["restore"] = async (id, options) => {
      seen.push(id, options?.removedAt);
      return summaryWith();
    };
    await run(["restore", "january", "--removed", "2026-01-02T03:04"], { restore });
    expect(seen).toEqual(["january", "2026-01-02T03:04"]);
  });
});

describe("add", () => {
  const given = {
    title: "Bulletin 7",
    publisher: "Harbour Board",
    published: "2025-06",
    kind: "news",
    reliability: "C",
    marking: "TLP:GREEN",
  };
  const options = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);

  /** A draft of a PDF that tells its title and nothing else. */
  function drafted(parts: Partial<Pick<Draft, "isDescribed" | "dateToGive">> & { replaces?: string } = {}) {
    const added: GivenMetadata[] = [];
    const candidateWith = (fields: GivenMetadata): Candidate => ({
      id: fields.id ?? "bulletin",
      path: "bulletin.pdf",
      sidecar: "bulletin.pdf.yaml",
      source: sourceWith({
        title: "The bulletin",
        publisher: null,
        published: null,
        kind: "unknown",
        reliability: "F",
        marking: null,
        derived: ["title"],
        ...(fields as object),
      }),
      bytes: 4000,
      characters: 12_345,
      pages: 3,
      passages: 40,
      beginning: "Boats were \u001b[2Jseen.",
      replaces: parts.replaces ?? null,
      contentSha256: "",
      warnings: [],
    });
    const draft: Draft = {
      candidate: candidateWith({}),
      isDescribed: parts.isDescribed ?? false,
      dateToGive: parts.dateToGive ?? null,
      check: async (fields) => ({ ok: true, candidate: candidateWith(parts.isDescribed ? {} : fields) }),
      add: async (fields) => {
        added.push(fields);
        return summaryWith({ added: ["bulletin"] });
      },
      close: () => undefined,
    };
    return { added, changes: { draft: async () => draft } };
  }

  test("with everything said and nobody to ask, adds and shows what it does", async () => {
    const { added, changes } = drafted();
    const { code, err, out } = await run(["add", "b.pdf", ...options], changes);
    expect(code).toBe(0);
    expect(added).toMatchObject([given]);
    expect(err).toContain("bulletin.pdf (4 KiB, 3 pages, 12,345 characters, 40 passages)");
    expect(err).toContain("begins       Boats were \\x1b[2Jseen.");
    expect(err).toContain("This will write bulletin.pdf and bulletin.pdf.yaml in the corpus folder, and ingest it.");
    expect(out).toContain("new         1 (bulletin)");
  });

  test("names the options that are missing where nobody can be asked", async () => {
    const { added, changes } = drafted();
    const { code, err } = await run(["add", "b.pdf", "--kind", "news"], changes);
    expect(code).toBe(2);
    expect(err).toContain("Not said: --title, --publisher, --published, --reliability, --marking");
    expect(added).toEqual([]);
  });

  test("asks for what is missing, with what the document says to be confirmed, and then for consent", async () => {
    const { added, changes } = drafted();
    const answers = ["", "", "Harbour Board", "2025-06", "gossip", "News", "c", "green", "y"];
    const { code, asked, err } = await run(["add", "b.pdf"], changes, answers);
    expect(code).toBe(0);
    expect(asked[0]).toBe("Title [The bulletin]: ");
    expect(asked.filter((question) => question.startsWith("Publisher"))).toHaveLength(2);
    expect(err).toContain("This has to be known.");
    expect(err).toContain("Choose one of un-report,");
    expect(added).toEqual([{ ...given, title: "The bulletin" }]);
  });

  test("a no adds nothing; --yes and --dry-run do not ask", async () => {
    const { added, changes } = drafted();
    expect(await run(["add", "b.pdf", ...options], changes, ["n"])).toMatchObject({ code: 0, left: [] });
    expect(await run(["add", "b.pdf", ...options, "--dry-run"], changes, [])).toMatchObject({ code: 0, asked: [] });
    expect(added).toEqual([]);
    expect(await run(["add", "b.pdf", ...options, "--yes"], changes, [])).toMatchObject({ code: 0, asked: [] });
    expect(added).toHaveLength(1);
  });

  test("asks nothing of a file that says it itself, and does not pass over an option that it contradicts", async () => {
    const { added, changes } = drafted({ isDescribed: true });
    expect(await run(["add", "b.pdf"], changes, ["yes"])).toMatchObject({ code: 0, asked: ["Add it? (y/n) "] });
    const { code, err } = await run(["add", "b.pdf", "--title", "Another"], changes, []);
    expect(code).toBe(2);
    expect(err).toContain("says otherwise itself about: title");
    expect(added).toHaveLength(1);
  });

  test("in the place of another asks only for its date, offers what it says itself, and tells where the old one is", async () => {
    const { added, changes } = drafted({
      isDescribed: true,
      dateToGive: { suggestion: "2025-06-01" },
      replaces: "bulletin.pdf",
    });
    const nobody = await run(["add", "b.pdf", "--replace"], changes);
    expect(nobody).toMatchObject({ code: 2, out: "" });
    expect(nobody.err).toContain("Not said: --published\n");
    const { asked, err } = await run(["add", "b.pdf", "--replace"], changes, ["", "y"]);
    expect(asked).toEqual(["Published (YYYY, YYYY-MM or YYYY-MM-DD) [2025-06-01]: ", "Add it? (y/n) "]);
    expect(err).toContain("This will REPLACE bulletin.pdf, which is kept in .removed, and write bulletin.pdf and");
    expect(err).toContain("What it replaced can be restored");
    expect(added).toEqual([{ published: "2025-06-01" }]);
  });

  test("passes on to the draft what was said, and whether it may replace", async () => {
    const { changes } = drafted();
    const seen: unknown[] = [];
    const draft: Sitrep["draft"] = async (from, options) => {
      seen.push(from, options);
      return changes.draft();
    };
    await run(["add", "b.pdf", ...options, "--as", "un/b.pdf", "--replace", "--dry-run"], { draft });
    expect(seen).toMatchObject(["b.pdf", { as: "un/b.pdf", replace: true, given }]);
  });

  test("says what is wrong with the fields, and adds nothing", async () => {
    const { added, changes } = drafted();
    const draft = await changes.draft();
    const problems = [{ line: 1, field: "period", reason: "must not end before it starts", file: "b.pdf.yaml" }];
    const refusing: Draft = { ...draft, check: async () => ({ ok: false, refusal: { path: "b.pdf", problems } }) };
    const { code, err } = await run(["add", "b.pdf", ...options], { draft: async () => refusing });
    expect(code).toBe(3);
    expect(err).toContain("refused b.pdf (b.pdf.yaml:1): period: must not end before it starts");
    expect(added).toEqual([]);
  });
});
