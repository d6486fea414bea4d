/** How a Discord client shows a text. The first table is what Discord's own guide to Markdown says. */

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formattingOf, linksOf, type Node, parseMarkdown, plainText } from "./markdown.ts";

describe("what is formatted", () => {
  test.each<[string, string, Node["kind"][]]>([
    ["**bold**", "bold", ["bold"]],
    ["*italic*", "italic", ["italic"]],
    ["_italic_", "italic", ["italic"]],
    ["_italic_, and on", "italic, and on", ["italic"]],
    ["__under__", "under", ["underline"]],
    ["~~struck~~", "struck", ["strike"]],
    ["||hidden||", "hidden", ["spoiler"]],
    ["***both***", "both", ["italic", "bold"]],
    ["**a _b_ c**", "a b c", ["bold", "italic"]],
    ["`code *x*`", "code *x*", ["code"]],
    ["``a ` b``", "a ` b", ["code"]],
    ["```ts\nlet *x*;\n```", "let *x*;", ["codeblock"]],
    ["# Title\nbody", "Title\nbody", ["heading"]],
    ["### Title", "Title", ["heading"]],
    ["-# small\nbody", "small\nbody", ["subtext"]],
    ["> quoted\n> twice\nbody", "quoted\ntwice\nbody", ["quote"]],
    [">>> all\nof it", "all\nof it", ["quote"]],
    ["> # Title", "Title", ["quote", "heading"]],
    ["- one\n- two", "• one\n• two", ["item"]],
    ["1. one\n2. two", "1. one\n2. two", ["item"]],
    ["* one", "• one", ["item"]],
    ["[label](https://a.test/x)", "label", ["link"]],
    ["[label](<https://a.test/x>)", "label", ["link"]],
    ["see https://a.test/x.", "see https://a.test/x.", ["link"]],
    ["<https://a.test/x>", "https://a.test/x", ["link"]],
    ["<mail@a.test>", "mail@a.test", ["link"]],
    ["hi <@123> and <@&4> in <#5>", "hi @123 and @4 in #5", ["mention"]],
    ["@everyone", "@everyone", ["mention"]],
    ["mail@here.org", "mail@here.org", ["mention"]],
    ["<:ok:123>", ":ok:", ["emoji"]],
    ["</ask:123>", "/ask", ["command"]],
    ["<t:0:R>", "1970-01-01T00:00:00.000Z", ["timestamp"]],
  ])("%j", (source, plain, kinds) => {
    expect(plainText(source)).toBe(plain);
    expect(formattingOf(source).toSorted()).toEqual(kinds.toSorted());
  });
});

describe("what is not", () => {
  test.each([
    "snake_case_name",
    "2 * 3 * 4",
    "a # b",
    "#tag",
    "#### four",
    "-1 degree",
    "1.5 million",
    "a > b",
    "5 - 3",
    ":smile:",
    "[label](not an address)",
    "[label](javascript:x)",
    "[label] (https is not here)",
    "<not a mention>",
    "** open",
    "a_b",
    "line\n\nline",
    "C:\\Users",
  ])("%j", (source) => {
    expect(formattingOf(source)).toEqual([]);
    expect(plainText(source)).toBe(source);
  });

  test.each([
    ["\\*not italic\\*", "*not italic*"],
    ["\\# no title", "# no title"],
    ["\\- no item", "- no item"],
    ["1\\. no item", "1. no item"],
    ["\\> no quote", "> no quote"],
    ["-\\# not small", "-# not small"],
    ["\\<@123>", "<@123>"],
    ["\\@everyone", "@everyone"],
    ["https\\://a.test", "https://a.test"],
    ["\\[label](x)", "[label](x)"],
    ["\\`no code\\`", "`no code`"],
    ["\\\\", "\\"],
  ])("escaped: %j", (source, plain) => {
    expect(formattingOf(source)).toEqual([]);
    expect(plainText(source)).toBe(plain);
  });
});

describe("links", () => {
  test.each<[string, string[]]>([
    ["(see https://a.test/x_(y))", ["https://a.test/x_(y)"]],
    ["https://a.test/a_b_c, https://b.test", ["https://a.test/a_b_c", "https://b.test"]],
    ["[a **b**](https://a.test/x) and <https://b.test>", ["https://a.test/x", "https://b.test"]],
    ["`https://a.test`", []],
    ["xhttps://a.test", ["https://a.test"]],
    // A label that is an address itself could lie, so it is shown as it stands.
    ["[https://a.test](https://b.test)", ["https://a.test](https://b.test)"]],
    ["[a](https://a.test/x\\)y)", ["https://a.test/x)y"]],
  ])("%j", (source, links) => {
    expect(linksOf(source)).toEqual(links);
  });

  test("a backslash in an address as it stands is part of the address", () => {
    expect(linksOf("https://a.test/a\\_b")).toEqual(["https://a.test/a\\_b"]);
  });
});

describe("for every text", () => {
  /** Texts that are full of signs. */
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc
      .array(fc.constantFrom(..."*_~|`#>-+.<>@:/[]()\\\n 1a&!=", "https://a.b", "everyone", "<@1>", "```"), {
        maxLength: 40,
      })
      .map((parts) => parts.join("")),
  );
  const escaped = (source: string): string => source.replace(/[!-/:-@[-`{-~]/g, "\\$&");

  test("with all its punctuation escaped, it shows as it is and nothing else", () => {
    fc.assert(
      fc.property(texts, (source) => {
        expect(formattingOf(escaped(source))).toEqual([]);
        expect(plainText(escaped(source))).toBe(source);
      }),
      { numRuns: 2000 },
    );
  });

  test("it can be read, neighbouring plain texts are one, and none is empty", () => {
    fc.assert(
      fc.property(texts, (source) => {
        const check = (nodes: readonly Node[]): void => {
          nodes.forEach((node, index) => {
            if (node.kind === "text") {
              expect(node.text).not.toBe("");
              expect(nodes[index + 1]?.kind).not.toBe("text");
            }
          });
        };
        check(parseMarkdown(source));
      }),
      { numRuns: 1000 },
    );
  });

  test("words without punctuation show as they are", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 \n]*$/), (source) => {
        expect(plainText(source)).toBe(source);
        expect(formattingOf(source)).toEqual([]);
      }),
    );
  });

  test("hostile lengths take no time that anybody would notice", () => {
    const started = performance.now();
    for (const part of ["*", "_", "[", "(", "<", "`", "||", "**a", "> ", "[a](", "\\"])
      parseMarkdown(part.repeat(4000 / part.length));
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
