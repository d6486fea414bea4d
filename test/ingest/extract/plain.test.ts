import { describe, expect, test } from "vitest";
import { extractPlain } from "../../../src/ingest/extract/plain.ts";
import { foldSpaces } from "../../../src/text/normalise.ts";

const blocks = (text: string): string[] => {
  const { reading, blocks } = extractPlain(text);
  return blocks.map(({ kind, start, end }) => `${kind}: ${foldSpaces(reading.slice(start, end))}`);
};

/** A sentence of `length` characters that begins with a capital. */
const filler = (length: number): string => `F${"illing words ".repeat(Math.ceil(length / 13)).slice(0, length - 2)}.`;

test("the reading view of plain text is the text, marks and all", () => {
  const text = "Not *emphasis*, not [a link](x), not # a heading.\n";
  const { reading, footnotes, definitions } = extractPlain(text);
  expect(reading).toBe(text);
  expect([footnotes, definitions]).toEqual([[], []]);
});

describe("long lines", () => {
  test("are a paragraph each", () => {
    const [one, two] = [filler(150), filler(200)];
    expect(blocks(`${one}\n${two}\n\n${one}`)).toEqual([`paragraph: ${one}`, `paragraph: ${two}`, `paragraph: ${one}`]);
  });

  test("go on where a line ends without punctuation before a small letter", () => {
    const long = filler(200);
    expect(blocks(`${long}\n- it has killed people in fake\n“encounters”; and\n- villages\n${long}`)).toEqual([
      `paragraph: ${long}`,
      "list-item: - it has killed people in fake “encounters”; and",
      "list-item: - villages",
      `paragraph: ${long}`,
    ]);
  });

  test("with short lines between them: salutations are paragraphs, lines in capitals are headings", () => {
    const long = filler(200);
    expect(blocks(`Mr. President,\n${long}\nTHE SITUATION IN AFGHANISTAN\n${long}\nThank you.`)).toEqual([
      "paragraph: Mr. President,",
      `paragraph: ${long}`,
      "heading: THE SITUATION IN AFGHANISTAN",
      `paragraph: ${long}`,
      "paragraph: Thank you.",
    ]);
  });
});

describe("hard-wrapped text", () => {
  const wrapped = `The group was already a potent adversary of the country by early
1999. Its leader and his chief of operations occupied undisputed
leadership positions atop the structure.`;

  test("is joined to paragraphs, which blank lines end", () => {
    expect(blocks(`${wrapped}\n\n${wrapped}\n   \n${wrapped}`)).toEqual(
      Array(3).fill(`paragraph: ${foldSpaces(wrapped)}`),
    );
  });

  test("ends a paragraph after a short last line", () => {
    expect(blocks(`${wrapped}\n${wrapped}`)).toEqual(Array(2).fill(`paragraph: ${foldSpaces(wrapped)}`));
  });

  test("with hanging indents starts a paragraph at each outdented line", () => {
    const hanging = wrapped.replaceAll("\n", "\n    ");
    const next = hanging.replace("structure.", "structure, which he had built himself in the years.");
    expect(blocks(`  ${next}\n  ${next}\n  ${hanging}`)).toEqual([
      `paragraph: ${foldSpaces(next)}`,
      `paragraph: ${foldSpaces(next)}`,
      `paragraph: ${foldSpaces(wrapped)}`,
    ]);
  });

  test("with first-line indents starts a paragraph at each indented line", () => {
    const full = wrapped.replace("structure.", "structure of the organisation.");
    expect(blocks(`    ${full}\n    ${full}\n    ${full}`)).toEqual(Array(3).fill(`paragraph: ${foldSpaces(full)}`));
  });

  test("is not split at a number or a dash that begins a line", () => {
    const text = `The attackers came from the north of the province on the day of\n12. June and left - as the army said in its statement on the case -\n- or so it seemed - before anybody had seen them on the main road.`;
    expect(blocks(text)).toEqual([`paragraph: ${foldSpaces(text)}`]);
  });

  test("has lists", () => {
    expect(
      blocks(
        "The army listed what it had found in the houses of the village:\n- rifles and ammunition of several makes, among them many old\n  ones;\n- radios.\n\n1. First point.\n2. Second point.",
      ),
    ).toEqual([
      "paragraph: The army listed what it had found in the houses of the village:",
      "list-item: - rifles and ammunition of several makes, among them many old ones;",
      "list-item: - radios.",
      "list-item: 1. First point.",
      "list-item: 2. Second point.",
    ]);
  });

  test("keeps short unpunctuated lines apart", () => {
    expect(blocks(`${wrapped}\n\n12 January: Bannu, three dead\n13 January: Tank, two dead\n14 January: none`)).toEqual(
      [
        `paragraph: ${foldSpaces(wrapped)}`,
        "paragraph: 12 January: Bannu, three dead",
        "paragraph: 13 January: Tank, two dead",
        "paragraph: 14 January: none",
      ],
    );
  });
});

describe("headings", () => {
  const text =
    "The group was already a potent adversary of the country by early\n1999. Its leader was not known then, and nobody had asked about him.";
  const isHeading = (line: string, below = text): boolean =>
    blocks(`${text}\n\n${line}\n\n${below}`)[1] === `heading: ${line}`;

  test.each([
    "AL QAEDA AIMS AT THE AMERICAN HOMELAND",
    'THE "PLANES OPERATION"',
    "The Plan Evolves",
    "Recent operations in the north",
    "1. Introduction",
    "12 January 2025",
    "Mohamed Atta",
  ])("%s", (line) => {
    expect(isHeading(line)).toBe(true);
  });

  test.each([
    "Nobody was hurt.",
    "Mr. President,",
    "The following were found:",
    "- An item",
    "nothing was found there",
    "CVE-2024-3400",
    "B7E23EC29AF22B0B4E41DA31E868D57226121C84",
    "Bannu   3   12",
    "A line that stands alone but is much too long for a heading, as it has more than eighty characters in all",
    "Four people were killed and eleven more were wounded there yesterday",
  ])("not: %s", (line) => {
    expect(blocks(`${text}\n\n${line}\n\n${text}`)[1]).toMatch(/^(?:paragraph|list-item): /);
  });

  test("directly above their text", () => {
    expect(blocks(`${text}\n\nTHE PLAN\n${text}\n\nThe Plan Evolves\n${text}`)).toEqual([
      `paragraph: ${foldSpaces(text)}`,
      "heading: THE PLAN",
      `paragraph: ${foldSpaces(text)}`,
      "heading: The Plan Evolves",
      `paragraph: ${foldSpaces(text)}`,
    ]);
  });

  test("are none at the end of a text, nor in a list of short lines", () => {
    expect(blocks(`${text}\n\nTHE END`).at(-1)).toBe("paragraph: THE END");
    expect(isHeading("Attacks rose by half", "Deaths rose too")).toBe(false);
  });

  test("are of level 2", () => {
    expect(extractPlain(`THE PLAN\n\n${text}`).blocks[0]).toEqual({ kind: "heading", start: 0, end: 8, level: 2 });
  });
});

test.each(["a\n", "A b.\n", "\n", "AAAA BBBB\n", "- a\n", "    a\n a\n", "1. a\n", "x", " ", "Word Word\n\n"])(
  "many of %j are read in linear time",
  (unit) => {
    const long = unit.repeat(25_000);
    const before = performance.now();
    expect(extractPlain(long).reading).toBe(long);
    expect(performance.now() - before).toBeLessThan(3000);
  },
);
