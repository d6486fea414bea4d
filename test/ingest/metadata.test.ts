import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SitrepError } from "../../src/domain/errors.ts";
import { extractMarkdown } from "../../src/ingest/extract/markdown.ts";
import {
  footnoteProblems,
  parseMetadata,
  readFrontMatter,
  reportIdFromPath,
  sourceWithoutMetadata,
} from "../../src/ingest/metadata.ts";

const REQUIRED = {
  id: "picss-january-2025",
  title: '"Digest: PICSS report"',
  publisher: "PICSS",
  published: "2025-02-02",
  kind: "think-tank",
  reliability: "B",
  marking: "TLP:CLEAR",
};

/** Front matter with the required fields, some of them changed or (undefined) left out. */
const yaml = (changes: Record<string, string | undefined> = {}): string =>
  Object.entries({ ...REQUIRED, ...changes })
    .flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}\n`]))
    .join("");

const problems = (text: string): string[] => {
  const parsed = parseMetadata(text, 2);
  return parsed.ok ? [] : parsed.problems.map(({ line, field, reason }) => `${line} ${field} ${reason}`);
};

describe("readFrontMatter", () => {
  test("parts front matter and body, and knows where the body starts", () => {
    const text = "---\nid: a\ntitle: b\n---\n\n## Head\n";
    expect(readFrontMatter(text)).toEqual({ yaml: "id: a\ntitle: b\n", body: "\n## Head\n", bodyLine: 5 });
    expect(text.split("\n")[5 - 1]).toBe("");
  });

  test("ends at three dots as well, and at the end of the file", () => {
    expect(readFrontMatter("---  \na: 1\n...\nbody")?.body).toBe("body");
    expect(readFrontMatter("---\na: 1\n---")).toEqual({ yaml: "a: 1\n", body: "", bodyLine: 4 });
  });

  test.each([
    "",
    "text",
    "\n---\na: 1\n---\n",
    "---\na: 1\n",
    "---\nSome text.\n---\n",
    "----\na: 1\n---\n",
    "--- x\na: 1\n---",
  ])("sees none in %j", (text) => {
    expect(readFrontMatter(text)).toBeNull();
  });
});

describe("parseMetadata", () => {
  test("reads the form of the starter corpus", () => {
    const text = yaml({
      author: "Sitrep starter corpus            # our digest",
      period: "{ from: 2025-01-01, to: 2025-01-31 }",
      documentId: "S/2025/71",
      url: "https://example.org/a?b=c#d",
      language: "ur",
      marking: '"TLP:AMBER+STRICT"',
      origins: "\n  - title: Monthly data\n    publisher: PICSS\n    published: 2025-02\n    documentId: 0123",
      sources:
        "\n  - key: s7\n    title: Dawn, report\n    url: http://example.org\n    date: 2025\n  - { key: s8, title: 'ISPR' }",
    });
    expect(parseMetadata(text, 2)).toEqual({
      ok: true,
      id: "picss-january-2025",
      source: {
        title: "Digest: PICSS report",
        publisher: "PICSS",
        author: "Sitrep starter corpus",
        published: "2025-02-02",
        period: { from: "2025-01-01", to: "2025-01-31" },
        documentId: "S/2025/71",
        url: "https://example.org/a?b=c#d",
        kind: "think-tank",
        language: "ur",
        reliability: "B",
        marking: "TLP:AMBER+STRICT",
        origins: [{ title: "Monthly data", publisher: "PICSS", published: "2025-02", documentId: "0123", url: null }],
        sources: [
          { key: "s7", title: "Dawn, report", url: "http://example.org", date: "2025" },
          { key: "s8", title: "ISPR", url: null, date: null },
        ],
        derived: [],
      },
    });
  });

  test("needs little, and fills in the rest", () => {
    for (const rest of ["", "author:\nperiod: ~\nurl: null\nlanguage:\norigins:\nsources: []\ndocumentId: ~\n"]) {
      expect(parseMetadata(yaml() + rest, 2)).toMatchObject({
        ok: true,
        source: { author: null, period: null, documentId: null, url: null, language: "en", origins: [], sources: [] },
      });
    }
  });

  test.each(["2025", "2025-02", "2024-02-29", '"2025"', "1979-12-31"])("takes the date %s", (published) => {
    expect(parseMetadata(yaml({ published }), 2)).toMatchObject({
      ok: true,
      source: { published: published.replaceAll('"', "") },
    });
  });

  test.each([
    "2025-02-29",
    "2025-13",
    "2025-00-10",
    "2025-1-2",
    "25",
    "02.02.2025",
    "2025-02-02T10:00:00Z",
    "0000",
    "soon",
    "20250202",
    "-2025",
  ])("refuses the date %s", (published) => {
    expect(problems(yaml({ published }))).toEqual([
      "5 published must be a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD",
    ]);
  });

  test.each([
    [
      "id",
      "Not A Slug",
      "must be small letters, digits, dots, dashes or underscores, and start with a letter or digit",
    ],
    ["id", "-a", "must be small letters, digits, dots, dashes or underscores, and start with a letter or digit"],
    ["id", "a".repeat(81), "must have at most 80 characters"],
    ["title", '" "', "must not be empty"],
    ["title", "x".repeat(301), "must have at most 300 characters"],
    ["publisher", "[a, b]", "must be text"],
    ["kind", "blog", "must be one of un-report, think-tank, government, news, op-ed, reference, unknown"],
    ["reliability", "b", "must be one of A, B, C, D, E, F"],
    ["marking", "TLP:WHITE", "must be one of TLP:CLEAR, TLP:GREEN, TLP:AMBER, TLP:AMBER+STRICT, TLP:RED"],
    ["url", "ftp://example.org", "must be an http or https address"],
    ["url", "javascript:alert(1)", "must be an http or https address"],
    ["url", "https://user:secret@example.org", "must be an http or https address"],
    ["url", "https://exa mple.org", "must be an http or https address"],
    ["language", "English", "must be a language code of two or three small letters, as en"],
    ["period", "2025", "must be { from: DATE, to: DATE }"],
    ["period", "{ from: 2025-02, to: 2025-01-31 }", "must not end before it starts"],
    ["origins", "a", "must be a list"],
    ["origins[1]", "- a", "must be fields such as `title: ...`"],
    ["sources[1].title", "[{ key: a }]", "is required"],
    ["sources[1].key", "[{ key: a b, title: c }]", "must have no spaces or brackets"],
    ["period.to", "{ from: 2025 }", "is required"],
  ])("refuses %s: %s", (field, value, reason) => {
    const key = field.replace(/[[.].*/, "");
    const found = problems(yaml({ [key]: value.startsWith("- ") ? `\n  ${value}` : value }));
    expect(found.map((problem) => problem.replace(/^\d+ /, ""))).toEqual([`${field} ${reason}`]);
  });

  test("takes a period within one partial date", () => {
    expect(problems(yaml({ period: "{ from: 2025, to: 2025-01 }" }))).toEqual([]);
  });

  test.each(Object.keys(REQUIRED))("requires %s", (field) => {
    expect(problems(yaml({ [field]: undefined }))).toEqual([`2 ${field} is required`]);
    expect(problems(yaml({ [field]: "" })).map((problem) => problem.replace(/^\d+ /, ""))).toEqual([
      `${field} is required`,
    ]);
  });

  test("reports every problem, each with its line, in order", () => {
    const text =
      "id: A\ntitle: t\npublisher: p\n\n# a remark\npublished: never\nkind: news\nreliability: B\nmarking: TLP:CLEAR\nsources:\n  - key: a\n    title: b\n  - key: A\n    titel: c\n    url: x\npublisched: 2025\n";
    expect(problems(text)).toEqual([
      "2 id must be small letters, digits, dots, dashes or underscores, and start with a letter or digit",
      "7 published must be a date of the calendar as YYYY, YYYY-MM or YYYY-MM-DD",
      "14 sources[2].key is used for another source already",
      "14 sources[2].title is required",
      '15 sources[2].titel is not a known field; did you mean "title"?',
      "16 sources[2].url must be an http or https address",
      '17 publisched is not a known field; did you mean "published"?',
    ]);
  });

  test.each([
    ["Publisher", "publisher"],
    ["document_id", "documentId"],
    ["document-id", "documentId"],
    ["langauge", "language"],
    ["source", "sources"],
    ["relability", "reliability"],
  ])("knows what %s means", (wrong, right) => {
    expect(problems(`${yaml()}${wrong}: x\n`)).toEqual([`9 ${wrong} is not a known field; did you mean "${right}"?`]);
  });

  test("lists the fields where none is near", () => {
    expect(problems(`${yaml()}colour: red\n`)[0]).toMatch(
      /^9 colour is not a known field; known are id, title, .*sources$/,
    );
    expect(problems(`${yaml()}__proto__: { a: b }\n`)[0]).toMatch(/^9 __proto__ is not a known field/);
  });

  test.each([
    ["a colon in a bare title", yaml({ title: "Digest: PICSS: more" }), /^3 {2}not valid YAML: Nested mappings/],
    ["an open quote", 'id: a\ntitle: "b\n', /^\d {2}not valid YAML: .*quote/],
    ["a key twice", `${yaml()}id: b\n`, /^9 {2}not valid YAML: Map keys must be unique/],
    ["a tab for indentation", "id: a\nperiod:\n\tfrom: 2025\n", /^\d {2}not valid YAML/],
    ["a list", "- a: 1\n- b\n", /^2 {2}not valid YAML: expected fields/],
    ["a text", "hello", /^2 {2}not valid YAML: expected fields/],
    ["nothing", "", /^2 {2}not valid YAML: expected fields/],
    ["an unknown alias", "id: *none\n", /^2 {2}not valid YAML/],
  ])("refuses %s as YAML", (_name, text, message) => {
    expect(problems(text)[0]).toMatch(message);
  });

  test("refuses aliases, also a bomb of them, one in itself, and more parts than anybody writes, in no time", () => {
    const reason = "not valid YAML: aliases (*name) are not read; write the value out";
    expect(problems(yaml({ publisher: "&p PICSS", author: "*p" }))).toEqual([expect.stringContaining(reason)]);
    expect(problems("a: &a\n  b: *a\n")).toEqual([expect.stringMatching(/^3 {2}.*aliases/)]);
    const levels = Array.from(
      { length: 12 },
      (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(", ")}]`,
    );
    const before = performance.now();
    expect(problems(["l0: &l0 [a, a]", ...levels].join("\n"))).toHaveLength(10);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test("refuses more parts than anybody writes, whatever they are, and endless lines, in no time", () => {
    const parts = [
      "- ",
      "? ",
      "a: ",
      "&a ",
      "!a ",
      "]",
      "}",
      '"',
      "[",
      "{",
      ",",
      "{b: ",
      "*a ",
      "# x\n",
      "k: v\n",
      "%a b\n",
      "|\n",
      "'",
    ];
    const before = performance.now();
    for (const part of parts) {
      expect([part, problems(`a: ${part.repeat(2_000_000)}`)[0]]).toEqual([
        part,
        expect.stringMatching(/^\d+ {2}not valid YAML: (?:more than 20,000 lines|a line of more than 20000 char)/),
      ]);
      const lines = `a: ${`${part.repeat(100)}\n`.repeat(1000)}`;
      expect([part, problems(lines)[0]]).toEqual([part, expect.stringContaining("more than 20,000 lines and items")]);
    }
    expect(performance.now() - before).toBeLessThan(8000);
  });

  test("refuses nesting without end", () => {
    for (const text of [
      `a: ${"[".repeat(50_000)}`,
      `a: ${"{a: ".repeat(20_000)}`,
      `a: ${"[".repeat(5000)}${"]".repeat(5000)}`,
    ]) {
      expect(problems(text).length).toBeGreaterThan(0);
    }
  });

  test("never throws, and never takes what it reports", () => {
    const token = fc.constantFrom(
      "id",
      "title",
      ":",
      " ",
      "\n",
      "  - ",
      "a",
      "2025",
      "&x ",
      "*x",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "|",
      ">",
      "#",
      "!!int ",
      "? ",
      "---\n",
      "\t",
      "😀",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 40 }), (tokens) => {
        const parsed = parseMetadata(tokens.join(""), 2);
        expect(parsed.ok || parsed.problems.length > 0).toBe(true);
        if (!parsed.ok) for (const { line } of parsed.problems) expect(line).toBeGreaterThanOrEqual(2);
      }),
      { numRuns: 500 },
    );
  });
});

describe("sourceWithoutMetadata", () => {
  test("knows the file's name and nothing else", () => {
    expect(sourceWithoutMetadata("un/S_2025 71.final.txt")).toEqual({
      title: "S_2025 71.final",
      publisher: null,
      author: null,
      published: null,
      period: null,
      documentId: null,
      url: null,
      kind: "unknown",
      language: "en",
      reliability: "F",
      marking: null,
      origins: [],
      sources: [],
      derived: ["title"],
    });
  });

  test("takes what it is told, where it is true to form", () => {
    const told = { title: " A  title ", publisher: "P", published: "2025-02", url: "https://example.org" };
    expect(sourceWithoutMetadata("a.txt", told)).toMatchObject({ ...told, title: "A title" });
    expect(sourceWithoutMetadata("a.txt", { title: "", publisher: undefined })).toMatchObject({
      title: "a",
      publisher: null,
    });
    expect(() => sourceWithoutMetadata("a.txt", { published: "2025-02-30" })).toThrow(SitrepError);
    expect(() => sourceWithoutMetadata("a.txt", { url: "example.org" })).toThrow(
      /a\.txt: "example.org" is not an http or https address/,
    );
  });
});

describe("reportIdFromPath", () => {
  test.each([
    ["picss-january-2025.md", "picss-january-2025"],
    ["UN Reports/S_2025 71.v2.txt", "un-reports-s_2025-71.v2"],
    ["Águila Ciega.txt", "aguila-ciega"],
    ["...odd--.md", "odd"],
    ["_x.md", "x"],
  ])("%s is %s", (path, id) => {
    expect(reportIdFromPath(path)).toBe(id);
  });

  test("is always a slug, and differs where letters were lost", () => {
    expect(reportIdFromPath("رپورٹ.txt")).toMatch(/^report-[0-9a-f]{8}$/);
    expect(reportIdFromPath("رپورٹ.txt")).not.toBe(reportIdFromPath("خبر.txt"));
    expect(reportIdFromPath(`${"a".repeat(100)}.txt`)).not.toBe(reportIdFromPath(`${"a".repeat(101)}.txt`));
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(reportIdFromPath(`${name}.txt`)).toMatch(/^[a-z0-9][a-z0-9._-]{0,79}$/);
      }),
    );
  });
});

test("footnoteProblems names marks that lead nowhere and notes defined twice", () => {
  const source = { ...sourceWithoutMetadata("a.md"), sources: [{ key: "S7", title: "Dawn", url: null, date: null }] };
  const document = extractMarkdown("One.[^s7][^s8] Two.[^s9][^s9] Three.<sup>[4]</sup>\n\n[^s8]: a\n[^s8]: b\n");
  expect(footnoteProblems(document, source)).toEqual([
    'footnote "s8" is defined more than once',
    'footnote "s9" has neither a definition nor an entry in "sources"',
    'footnote "4" has neither a definition nor an entry in "sources"',
  ]);
});
