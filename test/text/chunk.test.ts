import { describe, expect, test } from "vitest";
import { extractMarkdown } from "../../src/ingest/extract/markdown.ts";
import { type Block, CELL_GAP, type StructuredText } from "../../src/text/blocks.ts";
import { type Chunk, type ChunkOptions, chunk } from "../../src/text/chunk.ts";
import { createGlossary } from "../../src/text/glossary.ts";
import { passageTerms } from "../../src/text/indexed.ts";
import { tokenise } from "../../src/text/tokens.ts";

/** Words and signs, so that a test can count by eye. */
const countTokens = (text: string): number => text.match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)?.length ?? 0;

const options = (changes: Partial<ChunkOptions> = {}): ChunkOptions => ({
  countTokens,
  maxTokens: 40,
  targetTokens: 20,
  overheadTokens: (headings) => countTokens(headings.join(" ")),
  ...changes,
});

const chunks = (markdown: string, changes?: Partial<ChunkOptions>): Chunk[] =>
  chunk(extractMarkdown(markdown), options(changes));

/** The canonical text of each chunk. */
const texts = (markdown: string, changes?: Partial<ChunkOptions>): string[] =>
  chunks(markdown, changes).map(({ start, end }) => markdown.slice(start, end));

/** A sentence of `words` tokens and a full stop among them. */
const sentence = (name: string, words: number): string => `${name}${" word".repeat(words - 2)}.`;

type MadeBlock = Pick<Block, "kind" | "context" | "beginsTable"> & { readonly text: string };

const head = (...cells: string[]): MadeBlock => ({ kind: "table-head", text: cells.join(CELL_GAP) });
const row = (...cells: string[]): MadeBlock => ({ kind: "table-row", text: cells.join(CELL_GAP) });

/** A document as it is made of a page or a PDF. */
function made(parts: readonly MadeBlock[]): StructuredText {
  let text = "";
  const blocks = parts.map(({ text: own, ...block }): Block => {
    const start = text === "" ? 0 : text.length + 1;
    text += text === "" ? own : `\n${own}`;
    return { ...block, level: 0, start, end: start + own.length };
  });
  return { text, reading: text, blocks, footnotes: [], definitions: [] };
}

describe("packing", () => {
  test("puts whole paragraphs together until the target would be passed", () => {
    const [a, b, c, d] = [sentence("A", 8), sentence("B", 8), sentence("C", 10), sentence("D", 10)];
    expect(texts(`${a}\n\n${b}\n\n${c}\n\n${d}`)).toEqual([`${a}\n\n${b}`, `${c}\n\n${d}`]);
  });

  test("does not cut a paragraph that fits the target", () => {
    const [a, b] = [`${sentence("A", 6)} ${sentence("B", 6)}`, `${sentence("C", 9)} ${sentence("D", 9)}`];
    expect(texts(`${a}\n\n${b}`)).toEqual([a, b]);
  });

  test("cuts a longer paragraph at sentence ends into roughly equal parts", () => {
    const parts = "ABCDEFGH".split("").map((name) => sentence(name, 7));
    const made = chunks(parts.join(" "));
    expect(made.map(({ sentences }) => sentences.length)).toEqual([3, 3, 2]);
    expect(made.map(({ paragraph }) => paragraph)).toEqual([1, 1, 1]);
  });

  test("sends a few words along with the long paragraph that they lead to", () => {
    const long = [sentence("A", 12), sentence("B", 12)].join(" ");
    expect(texts(`Mr. President,\n\n${long}`)).toEqual([`Mr. President,\n\n${sentence("A", 12)}`, sentence("B", 12)]);
  });

  test("adds a short rest to the chunk before it", () => {
    const [a, rest] = [sentence("A", 19), sentence("Rest", 4)];
    expect(texts(`${a}\n\n${rest}`)).toEqual([`${a}\n\n${rest}`]);
    expect(texts(`${a}\n\n${rest}\n\n## Next\n\n${rest}`)).toEqual([`${a}\n\n${rest}`, `Next\n\n${rest}`]);
  });

  test("never crosses a heading", () => {
    expect(texts("One.\n\n# Head\n\nTwo.")).toEqual(["One.", "Head\n\nTwo."]);
  });

  test("numbers paragraphs, without headings", () => {
    const [a, b] = [sentence("A", 18), sentence("B", 18)];
    expect(chunks(`# H\n\n${a}\n\n${b}\n\n## I\n\n- ${a}\n- ${b}`).map(({ paragraph }) => paragraph)).toEqual([
      1, 2, 3, 4,
    ]);
  });
});

test("the limit holds for the whole text of a chunk, even where a counter finds more in it than in its parts", () => {
  const countTwice = (text: string): number => Math.floor(text.length / 3);
  const made = texts("A b. ".repeat(200), { countTokens: countTwice, maxTokens: 16, targetTokens: 16 });
  expect(made.length).toBeGreaterThan(10);
  expect(Math.max(...made.map((text) => countTwice(text)))).toBeLessThanOrEqual(16);
});

describe("headings", () => {
  test("are the path of their chunks, and never sentences", () => {
    const made = chunks("# One\n\na.\n\n## Two *x*\n\nb.\n\n### Three\n\nc.\n\n## Four\n\nd.\n\n# Five\n\ne.");
    expect(made.map(({ headings }) => headings)).toEqual([
      ["One"],
      ["One", "Two x"],
      ["One", "Two x", "Three"],
      ["One", "Four"],
      ["Five"],
    ]);
    expect(made.flatMap(({ sentences }) => sentences)).toHaveLength(5);
  });

  test("open the chunk of the text that follows, with all that stand directly above it", () => {
    const markdown = "# One\n\n## Two\n\nText.";
    expect(chunks(markdown)).toEqual([
      {
        start: 2,
        end: 20,
        headings: ["One", "Two"],
        paragraph: 1,
        sentences: [{ start: 15, end: 20, paragraph: 1, footnotes: [] }],
      },
    ]);
  });

  test("at the end of a document are a chunk without sentences", () => {
    expect(chunks("Text.\n\n# One\n\n## Two")).toMatchObject([
      { headings: [] },
      { start: 9, end: 20, headings: ["One", "Two"], paragraph: 1, sentences: [] },
    ]);
    expect(chunks("# Only")).toMatchObject([{ headings: ["Only"], paragraph: 1, sentences: [] }]);
  });

  test("in a long row without text become chunks of their own", () => {
    const made = chunks(Array.from({ length: 30 }, (_, i) => `## Head ${i}`).join("\n"));
    expect(made.every(({ sentences }) => sentences.length === 0)).toBe(true);
    expect(made.map(({ end, start }) => end - start).reduce((a, b) => Math.max(a, b))).toBeLessThan(80);
  });

  test("too long to be context are paragraphs, so that they can be quoted", () => {
    const long = sentence("Long", 12);
    expect(chunks(`# H\n\n## ${long}\n\nText.`)).toMatchObject([
      { headings: ["H"], paragraph: 1, sentences: [{ footnotes: [] }, { footnotes: [] }] },
    ]);
  });

  test("are paragraphs as well where the context leaves little room", () => {
    const made = chunks(`## ${sentence("Head", 8)}\n\nText.`, { overheadTokens: () => 30 });
    expect(made[0]).toMatchObject({ headings: [], paragraph: 1, sentences: [{ start: 3 }, { footnotes: [] }] });
  });

  test("that take too much room lose the outer ones", () => {
    const made = chunks("# one two three\n\n## four five\n\n### six\n\ntext.", {
      overheadTokens: (headings) => headings.join(" ").split(" ").length * 7,
    });
    expect(made[0]?.headings).toEqual(["four five", "six"]);
  });
});

describe("long sentences", () => {
  test("are cut at clause ends, each part within the limit", () => {
    const clauses = "ABCDEF".split("").map((name) => `${name}${" word".repeat(9)}`);
    const made = chunks(`${clauses.join("; ")}.`, { maxTokens: 40 }).flatMap(({ sentences }) => sentences);
    expect(made).toHaveLength(2);
    const text = `${clauses.join("; ")}.`;
    expect(made.map(({ start, end }) => text.slice(start, end))).toEqual([
      `${clauses.slice(0, 3).join("; ")};`,
      `${clauses.slice(3).join("; ")}.`,
    ]);
  });

  test("without clauses are cut between words, without words anywhere but in a surrogate pair", () => {
    const words = "word ".repeat(100).trim();
    for (const { start, end } of chunks(words)) expect(words.slice(start, end)).toMatch(/^word(?: word)*$/);
    for (const signs of ["😀".repeat(1000), `x${"😀".repeat(1000)}`]) {
      const made = texts(signs);
      expect(made.join("")).toBe(signs);
      expect(made.every((text) => /^x?(?:😀)*$/u.test(text) && countTokens(text) <= 40)).toBe(true);
    }
  });

  test("of one endless word are cut, though a model may see one token in them", () => {
    const made = texts("x".repeat(10_000), { countTokens: () => 1 });
    expect(Math.max(...made.map((text) => text.length))).toBeLessThanOrEqual(40 * 20);
  });

  test("keep their footnotes on each part", () => {
    const text = `${"word ".repeat(60)}end.[^1][^2] Next.[^3]\n\n[^1]: a\n[^2]: b\n[^3]: c\n`;
    const made = chunks(text).flatMap(({ sentences }) => sentences.map(({ footnotes }) => footnotes.join()));
    expect(made).toEqual(["1,2", "1,2", "3"]);
  });
});

describe("footnotes", () => {
  test("stand on the sentence before them, or around them", () => {
    const text = "One.[^a][^b] Two[^c] goes on.[^a][^a] Three.\n\nFour.[^d]\n\n[^a]: x";
    expect(chunks(text).flatMap(({ sentences }) => sentences.map(({ footnotes }) => footnotes))).toEqual([
      ["a", "b"],
      ["c", "a"],
      [],
      ["d"],
    ]);
  });

  test("before the first sentence of a paragraph go to that sentence, those on headings to none", () => {
    const made = chunks("# Head[^h]\n\n[^a] One.\n\n[^b]\n\nTwo.");
    expect(made.flatMap(({ sentences }) => sentences.map(({ footnotes }) => footnotes))).toEqual([["a", "b"], []]);
  });

  test("in a table stand on their row, those of the head on every row of that table", () => {
    const keys = (markdown: string): string[] =>
      chunks(markdown).flatMap(({ sentences }) => sentences.map(({ footnotes }) => footnotes.join()));
    expect(keys("a | b\n--|--\n1.[^x] Yes | 2[^y]\n3 | 4[^z]\n")).toEqual(["x,y", "z"]);
    expect(keys("a[^h] | b[^h]\n--|--\n1[^x] | 2\n3 | 4\n\nText.\n\na | b\n--|--\n5 | 6")).toEqual([
      "h,x",
      "h",
      "",
      "",
    ]);
    const many = Array.from({ length: 500 }, (_, i) => `[^n${i}]`).join("");
    expect(keys(`a${many} | b\n--|--\n1 | 2\n`)[0]?.split(",")).toHaveLength(32);
  });
});

test("a table row is one sentence where it fits, a line of code always", () => {
  const sentences = (markdown: string): string[] =>
    chunks(markdown).flatMap((made) => made.sentences.map(({ start, end }) => markdown.slice(start, end)));
  expect(sentences("a | b\n--|--\nOne. Two. | Three.\nFour. | Five.")).toEqual(["One. Two. | Three.", "Four. | Five."]);
  expect(sentences("```\nalpha\nbeta. Gamma\n```")).toEqual(["alpha", "beta.", "Gamma"]);
});

describe("the head of a table", () => {
  const head = "| Country | *2023* | [2024](https://a.example/x) |\n|---|--:|--:|";
  const paths = (markdown: string, changes?: Partial<ChunkOptions>): [string, string[]][] =>
    chunks(markdown, changes).map(({ start, end, headings }) => [markdown.slice(start, end), headings]);

  test("is the innermost heading of its rows, whose first chunk starts at it, and of nothing else", () => {
    const columns = "Country | 2023 | 2024";
    expect(
      paths(`# One\n\nBefore.\n\n${head}\n| Mali | 1,024 | 7 |\n| Niger | 3 | 4 |\n\nAfter.\n\n## Two\n\nEnd.`),
    ).toEqual([
      ["One\n\nBefore.", ["One"]],
      [`${head.slice(2)}\n| Mali | 1,024 | 7 |\n| Niger | 3 | 4`, ["One", columns]],
      ["After.", ["One"]],
      ["Two\n\nEnd.", ["One", "Two"]],
    ]);
  });

  test("goes with every chunk of its rows, and is no sentence", () => {
    const rows = Array.from({ length: 9 }, (_, i) => `| Land${i} | 1 | 2 |`).join("\n");
    const made = chunks(`# One\n\n${head}\n${rows}\n`);
    expect(made.length).toBeGreaterThan(1);
    for (const { headings } of made) expect(headings).toEqual(["One", "Country | 2023 | 2024"]);
    expect(made.flatMap(({ sentences }) => sentences)).toHaveLength(9);
  });

  test("opens a chunk together with the headings directly above", () => {
    const markdown = "## H\n\na | b\n--|--\n1 | 2";
    expect(paths(markdown)).toEqual([[markdown.slice(3), ["H", "a | b"]]]);
  });

  test("gives way to the head of the next table, and to a heading of any level", () => {
    const table = (name: string): string => `${name} | x\n--|--\n1 | 2\n\n`;
    expect(paths(`# One\n\n${table("a")}${table("b")}###### Six\n\nText.`).map(([, headings]) => headings)).toEqual([
      ["One", "a | x"],
      ["One", "b | x"],
      ["One", "Six"],
    ]);
  });

  test("is not taken for that of a table below that has none", () => {
    const markdown = "a | b\n--|--\n1 | 2\n\n| | |\n|--|--|\n| 3 | 4 |\n";
    expect(paths(markdown).map(([, headings]) => headings)).toEqual([["a | b"], []]);
  });

  test("names its columns without strokes that are no borders, and without columns that have no name", () => {
    const row = "\n|-|-|-|\n| 1 | 2 | 3 |";
    expect(chunks(`| | a \\| b | [c](d\\|e) |${row}`)[0]?.headings).toEqual(["a | b | c"]);
  });

  test("may take half of what fits into a chunk, and then is a chunk without its long rows", () => {
    const names = ["Killed in attacks on villages", "Hurt in attacks on villages", "Homes burned down"];
    const row = `${"word ".repeat(18)}| 2 | 3`;
    const made = chunks(`${names.join(" | ")}\n--|--|--\n${row}\n4 | 5 | 6`);
    expect(made.map(({ headings, sentences }) => [headings, sentences.length])).toEqual([
      [[names.join(" | ")], 0],
      [[names.join(" | ")], 2],
    ]);
  });

  test("is a row where no row follows it, so that it can be quoted", () => {
    expect(chunks("Text.\n\na | b\n--|--\n\nMore.")).toMatchObject([
      { headings: [], sentences: [{ paragraph: 1 }, { paragraph: 2, start: 7, end: 12 }, { paragraph: 3 }] },
    ]);
    const alone = chunks("a | b\n--|--\n1 | 2\n\nc | d\n--|--\n");
    expect(alone.map(({ headings, sentences }) => [headings, sentences.length])).toEqual([
      [["a | b"], 1],
      [[], 1],
    ]);
  });

  test("too long to be context is a row as well, under the path above it", () => {
    const made = paths(`# H\n\n${"word ".repeat(16)}| ${"word ".repeat(4)}\n--|--\n1 | 2`);
    expect(made).toHaveLength(1);
    expect(made[0]?.[1]).toEqual(["H"]);
    // Ten names are ten tokens in the row and nineteen in the path.
    const wide = `${"a | ".repeat(9)}a\n${"-|".repeat(9)}-\n${"1 | ".repeat(9)}1`;
    expect(chunks(wide)[0]).toMatchObject({ headings: [], sentences: [{ start: 0 }, {}] });
    expect(chunks(wide, { maxTokens: 80 })[0]).toMatchObject({ headings: [wide.slice(0, 37)], sentences: [{}] });
  });
});

describe("a table whose text was made at ingest", () => {
  const sections = (blocks: readonly MadeBlock[], changes?: Partial<ChunkOptions>): [string[], string[]][] => {
    const document = made(blocks);
    return chunk(document, options(changes)).map(({ headings, sentences }) => [
      headings,
      sentences.map(({ start, end }) => document.text.slice(start, end).replaceAll(CELL_GAP, " / ")),
    ]);
  };

  test("has rows that are a sentence each, with the head as their innermost heading", () => {
    expect(sections([head("Country", "2023", "2024"), row("Mali", "1,024", "7. Up"), row("Niger", "9")])).toEqual([
      [["Country | 2023 | 2024"], ["Mali / 1,024 / 7. Up", "Niger / 9"]],
    ]);
    expect(sections([head("a|b", "2024"), row("Mali", "7")])[0]?.[0]).toEqual(["a|b | 2024"]);
  });

  test("may have names of columns beside the head's own text, as far as they are not too long", () => {
    const rows = [row("Mali", "5", "6"), row("Niger", "7", "8")];
    const context = "2023 Killed | 2023 Hurt";
    expect(sections([{ ...head("2023", "Killed", "Hurt"), context }, ...rows])[0]?.[0]).toEqual([context]);
    expect(sections([{ ...head("2023", "Killed", "Hurt"), context: "long ".repeat(30) }, ...rows])[0]?.[0]).toEqual([
      "2023 | Killed | Hurt",
    ]);
  });

  test("has a section for the rows that a cell stands in, and its first chunk starts at the head", () => {
    const blocks = [
      head("Country", "Year"),
      { ...row("Mali", "2023"), context: "Mali" },
      { ...row("2024"), context: "Mali" },
      row("Niger", "2023"),
      { ...row("Chad", "2023"), context: "Chad" },
      { ...row("2024"), context: "Chad" },
    ];
    const columns = "Country | Year";
    const after: MadeBlock = { kind: "paragraph", text: "After." };
    expect(sections([...blocks, after])).toEqual([
      [
        [columns, "Mali"],
        ["Mali / 2023", "2024"],
      ],
      [[columns], ["Niger / 2023"]],
      [
        [columns, "Chad"],
        ["Chad / 2023", "2024"],
      ],
      [[], ["After."]],
    ]);
    expect(chunk(made(blocks), options())[0]?.start).toBe(0);
    const next = { ...row("x", "y"), beginsTable: true as const };
    expect(sections([...blocks, next]).at(-1)).toEqual([[], ["x / y"]]);
    // What is too long to head the rows stands in the first of them all the same.
    expect(sections([head("a", "b"), { ...row("1", "2"), context: "long ".repeat(30) }])).toEqual([
      [["a | b"], ["1 / 2"]],
    ]);
  });

  test("is cut between cells where a row is too long, and only a long cell at its sentences", () => {
    const cells = ["A. b c d e f g.", "H i j k l m n.", "O p q r s t u. V."];
    const long = `${sentence("One", 15)} ${sentence("Two", 15)}`;
    expect(sections([row(...cells, long, "end")]).flatMap(([, texts]) => texts)).toEqual([
      `${cells[0]} / ${cells[1]}`,
      cells[2],
      sentence("One", 15),
      sentence("Two", 15),
      "end",
    ]);
  });

  test("is found by a question in the words of its columns and rows", () => {
    const document = made([head("Country", "2023", "2024"), row("Mali", "1,024", "7"), row("Niger", "9", "8")]);
    // So little room that each row is a chunk, the second one without the head in its own text.
    const terms = chunk(document, options({ targetTokens: 5 })).map(({ start, end, headings }) =>
      passageTerms({ title: "", headings, reading: document.text.slice(start, end) }, createGlossary([])),
    );
    expect(terms).toHaveLength(2);
    expect(terms[0]).toEqual(expect.arrayContaining(tokenise("Mali in 2023")));
    expect(terms[1]).toEqual(expect.arrayContaining(tokenise("Niger in 2023")));
  });
});

test("an empty document has no chunks", () => {
  expect(chunks("")).toEqual([]);
  expect(chunks("\n\n<!-- nothing -->\n")).toEqual([]);
});

test.each([{ maxTokens: 15 }, { targetTokens: 0 }, { overheadTokens: () => 36 }, { maxTokens: Number.NaN }])(
  "options %j leave no room for text",
  (changes) => {
    expect(() => chunks("Text.", changes)).toThrow(RangeError);
  },
);

test("a megabyte is chunked in linear time", () => {
  const paragraph =
    "The institute counted **74 attacks** in January 2025, 42% more than before.[^s7] Gen. Khan denied [it](https://example.org) on 5 February. The U.S. Army said nothing.\n\n";
  const section = `## A heading\n\n${paragraph.repeat(9)}`;
  const document = extractMarkdown(section.repeat(Math.ceil(1e6 / section.length)));
  const before = performance.now();
  const made = chunk(
    document,
    options({ countTokens: (text) => Math.ceil(text.length / 4), maxTokens: 256, targetTokens: 140 }),
  );
  expect(performance.now() - before).toBeLessThan(4000);
  expect(made.length).toBeGreaterThan(1000);
});
