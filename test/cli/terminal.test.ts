import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { displayWidth, safeJson, table, truncate, wrap } from "../../src/cli/terminal.ts";
import { oneLine, visible } from "../../src/domain/visible.ts";

/** Text with a good share of the characters that terminals obey. */
const hostileText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      "\x1b",
      "\x9b",
      "\x07",
      "\b",
      "\r",
      "\n",
      "\u202e",
      "\u2066",
      "\u2028",
      "\ufeff",
      "\ud800",
      "\u{e0041}",
      "[31m",
    ),
    fc.string({ unit: "binary", maxLength: 3 }),
  ),
});
const OBEYED = /[\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]/u;

describe("visible", () => {
  test("shows what a terminal would obey, and leaves other scripts alone", () => {
    expect(visible("\x1b[2Jgone")).toBe("\\x1b[2Jgone");
    expect(visible("a\u202eb")).toBe("a\\u{202e}b");
    expect(visible("\x9b31m\x7f")).toBe("\\x9b31m\\x7f");
    expect(visible("کا\u200cلعدم — تحریک 74% ✓ 👍🏽")).toBe("کا\u200cلعدم — تحریک 74% ✓ 👍🏽");
  });

  test("nothing dangerous passes", () => {
    fc.assert(fc.property(hostileText, (text) => !OBEYED.test(visible(text)) && !OBEYED.test(oneLine(text))));
  });
});

test("oneLine folds white space", () => {
  expect(oneLine("  one\r\n\n two\tthree ")).toBe("one two three");
});

test("safeJson parses to the same value and has no dangerous character but its own line ends", () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom(undefined, 2), (text, indent) => {
      const json = safeJson({ text, list: [text] }, indent);
      expect(JSON.parse(json)).toEqual({ text, list: [text] });
      expect(json.replaceAll("\n", "")).not.toMatch(OBEYED);
    }),
  );
});

describe("wrap", () => {
  test("breaks at spaces", () => {
    expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
    expect(wrap("one two three", Number.POSITIVE_INFINITY)).toEqual(["one two three"]);
  });

  test("leaves long words whole, or breaks them", () => {
    expect(wrap("see https://example.org/long now", 10)).toEqual(["see", "https://example.org/long", "now"]);
    expect(wrap("see abcdefghijkl now", 5, true)).toEqual(["see", "abcde", "fghij", "kl", "now"]);
  });

  test("loses no character, and no line is too wide", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }).map(oneLine), fc.integer({ min: 2, max: 30 }), (text, width) => {
        const lines = wrap(text, width, true);
        expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
    );
  });
});

test("width counts columns, not code units", () => {
  expect(displayWidth("abc")).toBe(3);
  expect(displayWidth("漢字")).toBe(4);
  expect(displayWidth("e\u0301")).toBe(1);
  expect(displayWidth("\u{1f680}")).toBe(2);
  expect(truncate("漢字漢字", 5)).toBe("漢字…");
  expect(truncate("short", 5)).toBe("short");
});

test("a table is aligned", () => {
  const columns = [{ title: "n", right: true }, { title: "name" }, { title: "x" }];
  expect(
    table(columns, [
      ["10", "漢", "y"],
      ["9", "abcd", "z"],
    ]),
  ).toEqual([" n  name  x", "10  漢    y", " 9  abcd  z"]);
});
