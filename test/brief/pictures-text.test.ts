/** Words, font and colours of pictures. */

import { Resvg } from "@resvg/resvg-js";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Fonts, loadFonts } from "../../src/brief/pictures/font.ts";
import { PALETTES, SHAPES } from "../../src/brief/pictures/palette.ts";
import { drawable, readable, shortened, withoutTeller, wrapped } from "../../src/brief/pictures/text.ts";
import { THEMES } from "../../src/domain/briefing.ts";

let fonts: Fonts;
beforeAll(async () => {
  fonts = await loadFonts();
});

describe("the font", () => {
  it("is as wide as resvg draws it", () => {
    const text = "Hamburgefonstiv 1,234 to 5,678";
    for (const [weight, face] of [
      ["normal", fonts.regular],
      ["bold", fonts.bold],
    ] as const) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="90"><text x="20" y="50" font-family="Noto Sans" font-weight="${weight}" font-size="40">${text}</text></svg>`;
      const box = new Resvg(svg, { font: { loadSystemFonts: false, fontFiles: [...fonts.files] } }).getBBox();
      // The box is that of the ink, without the room beside the first and the last letter.
      expect(Math.abs((box?.width ?? 0) - face.widthOf(text, 40))).toBeLessThan(8);
    }
  });

  it("is told of where it is missing, with what to do", async () => {
    const missing = { regular: "@expo-google-fonts/noto-sans/none.ttf", bold: "@expo-google-fonts/noto-sans/none.ttf" };
    await expect(loadFonts(missing)).rejects.toMatchObject({
      code: "bad-config",
      hint: expect.stringContaining("npm ci"),
    });
  });

  it("is told of where the file is none", async () => {
    const wrong = {
      regular: "@expo-google-fonts/noto-sans/package.json",
      bold: "@expo-google-fonts/noto-sans/package.json",
    };
    await expect(loadFonts(wrong)).rejects.toMatchObject({ code: "bad-config" });
  });
});

describe("a text in lines", () => {
  const text = fc
    .array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }), { maxLength: 40 })
    .map((words) => drawable(words.join(" "), fonts.regular));

  it("has no line wider than it may be, nor more lines", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 90, max: 600 }), fc.integer({ min: 1, max: 4 }), (words, width, most) => {
        const lines = wrapped(words, width, { face: fonts.regular, size: 24 }, most, "[12]");
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(fonts.regular.widthOf(line, 24)).toBeLessThanOrEqual(width);
        expect(lines.join(" ").endsWith("[12]")).toBe(true);
      }),
    );
  });

  it("is whole, or cut with an ellipsis behind a beginning of it", () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 90, max: 600 }), (words, width) => {
        const shown = wrapped(words, width, { face: fonts.regular, size: 24 }, 3).join("").replace(/ /g, "");
        const all = words.replace(/ /g, "");
        if (shown !== all) {
          expect(shown.endsWith("…")).toBe(true);
          expect(all.startsWith(shown.slice(0, -1))).toBe(true);
        }
      }),
    );
  });

  it("ends at a word", () => {
    const style = { face: fonts.regular, size: 24 };
    expect(wrapped("one two, three four", 130, style, 1)).toEqual(["one two…"]);
  });
});

describe("a quote in a picture", () => {
  it("is without the marks of Markdown", () => {
    expect(readable("## Heading\n\n- It was **said** by [the paper](https://e.example/a_(b)).[^s12]\nAnd *so*.")).toBe(
      "Heading It was said by the paper. And so.",
    );
  });

  it("keeps what only looks like a mark", () => {
    expect(readable("5 * 3 and 2 * 4, snake_case_name, [sic] (of 2024), a|b")).toBe(
      "5 * 3 and 2 * 4, snake_case_name, [sic] (of 2024), a|b",
    );
  });

  it("shows what would reorder it", () => {
    expect(readable("a\u202eb")).toBe("a\\u{202e}b");
  });

  it("is shortened at a word and never inside a character", () => {
    expect(shortened("one two three", 9)).toBe("one two…");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 30 }), (words, length) => {
        const short = shortened(words, length);
        expect(short.length).toBeLessThanOrEqual(Math.max(length, 1));
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("the colours", () => {
  for (const theme of THEMES) {
    const { background, band, text, quiet, series } = PALETTES[theme];

    it(`of text stand out by 4.5 to 1: ${theme}`, () => {
      for (const behind of [background, band]) {
        expect(contrast(text, behind)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(quiet, behind)).toBeGreaterThanOrEqual(4.5);
      }
    });

    it(`of marks stand out by 3 to 1: ${theme}`, () => {
      for (const colour of series)
        for (const behind of [background, band]) expect(contrast(colour, behind)).toBeGreaterThanOrEqual(3);
    });

    it(`of the first four series differ for those who see no red or no green: ${theme}`, () => {
      for (const seen of [PROTANOPIA, DEUTERANOPIA]) {
        const colours = series.slice(0, 4).map((colour) => through(seen, linear(colour)));
        for (const [index, one] of colours.entries()) {
          for (const other of colours.slice(index + 1)) {
            expect(Math.hypot(...one.map((value, channel) => value - (other[channel] ?? 0)))).toBeGreaterThan(0.1);
          }
        }
      }
    });
  }

  it("are not the only difference: each series that there is room for has a mark of its own", () => {
    expect(new Set(SHAPES).size).toBe(SHAPES.length);
    expect(SHAPES.length).toBeGreaterThanOrEqual(9);
  });
});

/** Machado, Oliveira and Fernandes (2009), severity 1, for linear sRGB. */
const PROTANOPIA = [
  [0.152286, 1.052583, -0.204868],
  [0.114503, 0.786281, 0.099216],
  [-0.003882, -0.048116, 1.051998],
];
const DEUTERANOPIA = [
  [0.367322, 0.860646, -0.227968],
  [0.280085, 0.672501, 0.047413],
  [-0.01182, 0.04294, 0.968881],
];

function through(matrix: readonly (readonly number[])[], colour: readonly number[]): number[] {
  return matrix
    .map((line) => line.reduce((sum, factor, channel) => sum + factor * (colour[channel] ?? 0), 0))
    .map((value) => Math.cbrt(Math.max(0, value)));
}

function linear(colour: string): number[] {
  return [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = linear(colour);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

describe("a text without who tells it", () => {
  it("is the rest of it, where the front names who stands beside", () => {
    expect(withoutTeller("The ministry said that it rained.", "the ministry")).toBe("…it rained.");
    expect(withoutTeller("According to the ministry, it rained.", "The ministry")).toBe("…it rained.");
    expect(withoutTeller("UN pages state that it rained that day.", "UN pages")).toBe("…it rained that day.");
  });

  it("is none where somebody else tells it, or the front is more than telling", () => {
    expect(withoutTeller("The ministry said that it rained.", null)).toBeNull();
    expect(withoutTeller("The ministry said that it rained.", "police")).toBeNull();
    expect(withoutTeller("The ministry never said that it rained.", "the ministry")).toBeNull();
    expect(withoutTeller("The ministry claimed that it rained.", "the ministry")).toBeNull();
    expect(withoutTeller("The ministry denied reports. It said that it rained.", "the ministry")).toBeNull();
    expect(withoutTeller("It rained, the ministry said.", "the ministry")).toBeNull();
  });
});
