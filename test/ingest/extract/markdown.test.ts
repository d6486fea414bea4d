import { describe, expect, test } from "vitest";
import { extractMarkdown } from "../../../src/ingest/extract/markdown.ts";
import { foldSpaces } from "../../../src/text/normalise.ts";

/** The reading view without the white space that stands for markup. */
const read = (markdown: string): string => foldSpaces(extractMarkdown(markdown).reading);

/** Kind (with the level of headings) and reading text of each block. */
const blocks = (markdown: string): string[] => {
  const { reading, blocks } = extractMarkdown(markdown);
  return blocks.map(({ kind, level, start, end }) => `${kind}${level || ""}: ${foldSpaces(reading.slice(start, end))}`);
};

describe("the reading view", () => {
  test("is as long as the text, with each readable character at its own offset", () => {
    const markdown = "## A *b*\n\n> - [c](d) `e` 😀 **f**[^1]\n\n[^1]: gone\n";
    const { text, reading } = extractMarkdown(markdown);
    expect(text).toBe(markdown);
    expect(reading).toBe("   A  b \n\n     c      e  😀   f      \n\n          \n");
    expect(reading.length).toBe(markdown.length);
  });

  test.each([
    ["emphasis", "*a* _b_ **c** __d__ ***e*** ~~f~~ **g *h* i**", "a b c d e f g h i"],
    ["a mark inside a word", "**P**akistan's un*frigging*believable", "P akistan's un frigging believable"],
    [
      "underscores in names",
      "More_eggs and snake_case_name and __init__ here",
      "More_eggs and snake_case_name and init here",
    ],
    [
      "signs that are no marks",
      "5 * 3 * 2, ~50 or ~ 60 killed, a ** b, C* and *",
      "5 * 3 * 2, ~50 or ~ 60 killed, a ** b, C* and *",
    ],
    ["code marks", "`a*b*` and ``c ` d`` and ` alone", "a*b* and c ` d and ` alone"],
    ["backslashes", "\\*a\\* 1\\. \\[x\\] C:\\Users end\\", "*a * 1 . [x ] C:\\Users end\\"],
    ["a hard break", "one\\\ntwo  \nthree", "one two three"],
    ["line breaks in tags", "one<br>two<br/>three", "one two three"],
    ["entities", "AT&amp;T &lt;b&gt;", "AT&amp;T &lt;b&gt;"],
  ])("of %s", (_name, markdown, expected) => {
    expect(read(markdown)).toBe(expected);
  });

  test.each([
    ["a link", 'see [the *UN* report](https://a.example/b_(c)_d "title") now', "see the UN report now"],
    [
      "a link in brackets",
      "discovery [(T1046)](https://a.example/), [(T1069)](https://b.example/)",
      "discovery (T1046) , (T1069)",
    ],
    ["a link in angle brackets", "[a](<b c> 'd') [e](<>)", "a e"],
    ["an image, of which the description stays", "![A map](map.png) here", "A map here"],
    ["an image in a link", "[![A map](map.png)](https://a.example)", "A map"],
    ["an autolink", "<https://a.example/x_y_z> <mail@a.example>", "https://a.example/x_y_z mail@a.example"],
    ["a bare address", "https://a.example/_x_/y_ *z*", "https://a.example/_x_/y_ z"],
    [
      "no link",
      "[a] (b), [c]d, e](f), [g](h i), 54.38.139[.]20, a[0](",
      "[a] (b), [c]d, e](f), [g](h i), 54.38.139[.]20, a[0](",
    ],
  ])("of %s", (_name, markdown, expected) => {
    expect(read(markdown)).toBe(expected);
  });

  test("of reference links, whose definitions are blank", () => {
    const markdown = "[a][one] [One][] [one] [x][none]\n\n[ONE]: https://a.example 'title'\n[two]:<b c>\n";
    expect(read(markdown)).toBe("a One one [x][none]");
  });

  test("keeps a definition that reads like a sentence", () => {
    expect(read("[Note]: unverified\n\n[Editor]: see below for more")).toBe(
      "[Note]: unverified [Editor]: see below for more",
    );
  });

  test("of HTML: tags, comments, scripts and styles", () => {
    expect(read('<p class="a > b">One <b>two</b></p>\n<!-- gone -->three<!-- gone\n\ngone --> four')).toBe(
      "One two three<!-- gone gone --> four",
    );
    expect(read("<!-- gone\n\n# gone -->\nstays\n<script>gone()\n\ngone</script>\n<style>gone</style> stays")).toBe(
      "stays stays",
    );
  });

  test("keeps what only looks like HTML, and what is never closed", () => {
    expect(read("a < b > c, <unknown actor> and <b unclosed")).toBe("a < b > c, <unknown actor> and <b unclosed");
    expect(read("<!-- never closed\n\nevidence")).toBe("<!-- never closed evidence");
    expect(read("<script> never closed\n\nevidence")).toBe("never closed evidence");
  });
});

describe("blocks", () => {
  test("headings of both kinds, and paragraphs with soft breaks", () => {
    expect(blocks("# One #\n###### Six\n####### seven\n#none\n\nTwo\n===\n\nThree\n---\ntext\nmore\n")).toEqual([
      "heading1: One",
      "heading6: Six",
      "paragraph: ####### seven #none",
      "heading1: Two",
      "heading2: Three",
      "paragraph: text more",
    ]);
  });

  test("a paragraph of several lines above dashes stays a paragraph", () => {
    expect(blocks("First line of evidence\nand its second line.\n---\nnext")).toEqual([
      "paragraph: First line of evidence and its second line.",
      "paragraph: next",
    ]);
  });

  test("rules are blank, and end a paragraph", () => {
    expect(blocks("a\n***\nb\n\n- - -\n\nc\n___")).toEqual(["paragraph: a", "paragraph: b", "paragraph: c"]);
  });

  test("lists, nested and with paragraphs in their items", () => {
    expect(
      blocks("- one\n  goes on\n  - inner\n    1. deep\n\n  second *par*\n* [x] done\n+ [ ] open\n10) ten\n\nafter"),
    ).toEqual([
      "list-item: one goes on",
      "list-item: inner",
      "list-item: deep",
      "list-item: second par",
      "list-item: done",
      "list-item: open",
      "list-item: ten",
      "paragraph: after",
    ]);
  });

  test("numbers that are no list", () => {
    expect(blocks("2024. The year began.\n\nIt was the year\n14. and no list\n-3 degrees")).toEqual([
      "paragraph: 2024. The year began.",
      "paragraph: It was the year 14. and no list -3 degrees",
    ]);
  });

  test("quotes, nested and with lazy lines", () => {
    expect(blocks("> one\nlazy\n>> two\n> > three\n\n> # Head\n> - item\n\nafter")).toEqual([
      "quote: one lazy",
      "quote: two three",
      "heading1: Head",
      "list-item: item",
      "paragraph: after",
    ]);
  });

  test("code, fenced and indented, keeps its text and loses its fences", () => {
    expect(
      blocks(
        "```yara\nrule *a* {\n\n  > [b](c)\n```\n\n    indented *d*\n\n    more\n\n~~~\n```\n~~~~\ntext\n```\nunclosed",
      ),
    ).toEqual([
      "code: rule *a* { > [b](c)",
      "code: indented *d* more",
      "code: ```",
      "paragraph: text",
      "code: unclosed",
    ]);
  });

  test("tables: a block for each row, without pipes and the row of dashes", () => {
    expect(
      blocks("Intro\n| ID | *Name* |\n| :-: | --- |\n| 1 | a \\| b |\n| 2 | [c](d) `e` |\nshort\n\nafter | not a row"),
    ).toEqual([
      "paragraph: Intro",
      "table-head: ID Name",
      "table-row: 1 a | b",
      "table-row: 2 c e",
      "table-row: short",
      "paragraph: after | not a row",
    ]);
    expect(blocks("a | b\n--- | ---|\n1 | 2\n# Head")).toEqual(["table-head: a b", "table-row: 1 2", "heading1: Head"]);
  });

  test("tables in quotes and lists have heads and rows too", () => {
    const heads = ["table-head: a b", "table-row: 1 2"];
    expect(blocks("> a | b\n> --|--\n> 1 | 2\n\n- a | b\n  --|--\n  1 | 2")).toEqual([...heads, ...heads]);
  });

  test("a table without anything in its head says so at its first row that holds something", () => {
    const { blocks } = extractMarkdown(
      "a | b\n--|--\n1 | 2\n\n| | ![](x.png) |\n|--|--|\n| | |\n| 3 | 4 |\n| 5 | 6 |\n",
    );
    expect(blocks.map(({ kind, beginsTable }) => [kind, beginsTable])).toEqual([
      ["table-head", undefined],
      ["table-row", undefined],
      ["table-row", true],
      ["table-row", undefined],
    ]);
    expect(extractMarkdown("| | |\n|--|--|\n\nText.").blocks).toEqual([
      { kind: "paragraph", start: 15, end: 20, level: 0 },
    ]);
  });

  test("HTML blocks part paragraphs, HTML headings are headings", () => {
    expect(blocks("<h2 id='x'>Head</h2>\nOne\n<p>Two\nthree</p>\n<li>Four")).toEqual([
      "heading2: Head",
      "paragraph: One",
      "paragraph: Two three",
      "paragraph: Four",
    ]);
  });

  test("what holds nothing to read is no block", () => {
    expect(blocks("# \n\n-\n\n>\n\n```\n```\n\n![](x.png)\n\n[^1]\n\n| | |\n|-|-|\n")).toEqual([]);
  });

  test("spans hold a block's own markup, in order", () => {
    const { text, blocks } = extractMarkdown("## Head ##\n\n- **a**.[^1]\n");
    expect(blocks.map(({ start, end }) => text.slice(start, end))).toEqual(["## Head ##", "**a**.[^1]"]);
  });
});

describe("footnotes", () => {
  test("marks are blank and noted; definitions are blank and kept", () => {
    const markdown =
      "Ten died.[^s7][^s8] More.[^none]\n\n[^s7]: Dawn, *report*\n    goes on\n\n    after a blank\n[^s8]: ISPR\nlazy\n\nBody.\n";
    const { reading, footnotes, definitions } = extractMarkdown(markdown);
    expect(foldSpaces(reading)).toBe("Ten died. More. Body.");
    expect(footnotes).toEqual([
      { key: "s7", at: 9 },
      { key: "s8", at: 14 },
      { key: "none", at: 25 },
    ]);
    expect(definitions).toEqual([
      { key: "s7", text: "Dawn, *report* goes on after a blank" },
      { key: "s8", text: "ISPR lazy" },
    ]);
  });

  test("a definition ends where something else begins", () => {
    expect(blocks("[^1]: note\n# Head\n[^2]: note\n- item\n[^3]: note\n\nText.")).toEqual([
      "heading1: Head",
      "list-item: item",
      "paragraph: Text.",
    ]);
  });

  test("superscript marks are blank with their numbers, and lead to their sources", () => {
    const { reading, footnotes, definitions } = extractMarkdown(
      "One.<sup>[1]</sup> Two.<sup>[2] [3](https://c.example)</sup> Three,<sup>4,5</sup> m<sup>2</sup> 5<sup>th</sup>\n\n[1]:https://a.example\n[2]: https://b.example\n",
    );
    expect(foldSpaces(reading)).toBe("One. Two. Three, m 2 5 th");
    expect(footnotes.map(({ key }) => key)).toEqual(["1", "2", "3", "4", "5"]);
    expect(definitions).toEqual([
      { key: "1", text: "https://a.example" },
      { key: "2", text: "https://b.example" },
      { key: "3", text: "https://c.example" },
    ]);
  });

  test("a number in brackets with a definition is a mark, without one it is text", () => {
    const { reading, footnotes } = extractMarkdown("One [1] and [2].\n\n[1]: https://a.example\n");
    expect(foldSpaces(reading)).toBe("One and [2].");
    expect(footnotes).toEqual([{ key: "1", at: 4 }]);
  });
});

describe("hostile input", () => {
  const many = 50_000;
  /** Longer units are repeated less often, to keep the tests fast. */
  const times = (unit: string): number => (unit.length === 1 ? many : many / 2);
  test.each([
    "[",
    "]",
    "*",
    "_",
    "~",
    "`",
    ">",
    "<",
    "!",
    "#",
    "|",
    "\\",
    "-",
    "=",
    "(",
    "&",
    "+ ",
    "- ",
    "1. ",
    "> ",
    "* a ",
    "![",
    "[^",
    "](",
    "[a](",
    "[a](<",
    "[a](b '",
    '[a](b "',
    "[](b (",
    "[a][",
    "[a]: ",
    "[^a]: b\n",
    "[a]: b/c\n",
    "**a ",
    "a** ",
    "_a",
    "a_ ",
    "*_~~",
    "~~a ",
    "<a ",
    "<a b='",
    '<a b="',
    "</",
    "<!--",
    "<!-- ",
    "<script>",
    "<style>\n",
    "<sup>",
    "<sup>[1]",
    "<https:",
    "<a@",
    "https://_",
    "www.",
    "|-",
    "| a ",
    "a|b\n-|-\n",
    "`a",
    "`` ` ",
    "```\n",
    "~~~\n",
    "    a\n",
    "\t",
    "> - ",
    "- > ",
    ">\n",
    "-\n",
    "- a\n",
    "  - a\n",
    "\n",
    "a\n",
    "a\n\n",
    "#\n",
    "# a\n",
    "a\n=\n",
    "a\n--\n",
    "😀",
    "\ud800",
    "\udc00",
    "[😀",
    "*😀",
    "<h1>",
    "<h1></h1>\n",
    "<li>\n",
    "&lt;",
  ])("many of %j are read in linear time", (unit) => {
    const text = unit.repeat(times(unit));
    const before = performance.now();
    const { reading } = extractMarkdown(text);
    expect(performance.now() - before).toBeLessThan(4000);
    expect(reading.length).toBe(text.length);
  });

  test.each([
    ["backticks of growing length", Array.from({ length: 700 }, (_, i) => "`".repeat(i + 1)).join(" ")],
    ["openers, then closers", `${"[".repeat(many)}a${"](b)".repeat(many)}`],
    ["openers, then links", `${"[".repeat(many)}${"[a](b) ".repeat(many)}\n\n[a]: b/c\n`],
    ["one long address", `https://${"_".repeat(many)}x`],
    ["white space in a tag", `<a ${" ".repeat(many)}`],
    ["white space in a table row", `a|b\n---|${" ".repeat(many)}x`],
    ["white space in a definition", `[a]: b/c${" ".repeat(many)}x`],
    ["an escape at the very end of a cell", `a|b\n-|-\n${"\\|".repeat(many)}\\`],
    ["quotes that deepen line by line", Array.from({ length: 400 }, (_, i) => ">".repeat(i)).join("a\n")],
    ["lists that deepen line by line", Array.from({ length: 400 }, (_, i) => `${"  ".repeat(i)}- a`).join("\n")],
  ])("%s", (_name, text) => {
    const before = performance.now();
    const { reading } = extractMarkdown(text);
    expect(performance.now() - before).toBeLessThan(4000);
    expect(reading.length).toBe(text.length);
  });
});
