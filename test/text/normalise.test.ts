import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SitrepError } from "../../src/domain/errors.ts";
import { decodeText, foldSpaces, normaliseText } from "../../src/text/normalise.ts";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe("normaliseText", () => {
  test("knows one line end only", () => {
    expect(normaliseText("a\r\nb\rc\nd")).toBe("a\nb\nc\nd");
  });

  test("drops a byte order mark and control characters, and keeps tabs", () => {
    expect(normaliseText("\ufeffone\u0000\u0007\ttwo\u001b\u007f")).toBe("one\ttwo");
  });

  test("keeps words apart at a page break", () => {
    expect(normaliseText("page one\fpage two\vline")).toBe("page one\npage two\nline");
  });

  test("leaves markup, spaces and every other character as they are", () => {
    const text = "  **Bold**  ‘x’ \u00a0 é e\u0301 😀 ۔\u200f\n\n\n  ";
    expect(normaliseText(text)).toBe(text);
  });

  test("is idempotent", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const once = normaliseText(text);
        expect(normaliseText(once)).toBe(once);
      }),
    );
  });
});

describe("decodeText", () => {
  test("reads UTF-8, with or without a byte order mark", () => {
    expect(decodeText(new TextEncoder().encode("Águila 😀"))).toBe("Águila 😀");
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61))).toBe("a");
  });

  test("reads UTF-16 with a byte order mark, in either order", () => {
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0x00, 0x34, 0xd8, 0x1e, 0xdd))).toBe("a\u{1d11e}");
    expect(decodeText(bytes(0xfe, 0xff, 0x00, 0x61))).toBe("a");
  });

  test.each([
    ["a stray byte", bytes(0x61, 0xff, 0x62), /not valid UTF-8/],
    ["accents with hardly a letter between", bytes(0xc9, 0x74, 0xe9), /not valid UTF-8/],
    ["half a character", bytes(0xe2, 0x82), /not valid UTF-8/],
    ["half a UTF-16 unit", bytes(0xff, 0xfe, 0x61, 0x00, 0x61), /not valid UTF-16LE/],
    ["half a UTF-16 pair", bytes(0xff, 0xfe, 0x34, 0xd8, 0x61, 0x00), /not valid UTF-16LE/],
    ["a NUL character", bytes(0x61, 0x00, 0x62), /NUL character \(at character 2\)/],
    ["UTF-16 without a mark", bytes(0x61, 0x00, 0x62, 0x00), /NUL/],
  ])("refuses %s with a reason and a hint", (_name, input, message) => {
    let fault: unknown;
    try {
      decodeText(input);
    } catch (error) {
      fault = error;
    }
    expect(fault).toBeInstanceOf(SitrepError);
    expect(fault).toMatchObject({ code: "bad-corpus", message: expect.stringMatching(message) });
    expect((fault as SitrepError).hint).toContain("UTF-8");
  });

  test("reads an empty file", () => {
    expect(decodeText(bytes())).toBe("");
  });

  test("reads Windows-1252 where the bytes are not UTF-8", () => {
    expect(decodeText(bytes(0x93, ...new TextEncoder().encode("In the old Caf"), 0xe9, 0x94, 0x0a))).toBe(
      "“In the old Café”\n",
    );
  });

  test.each([
    ["a wrong byte", [0x61, 0xc3, 0xa9, 0xc3, 0xa9, 0xff, 0x62], "offset 5 (0xFF)"],
    ["a sequence cut off at the end", [0x61, 0xe2, 0x82], "offset 1 (0xE2)"],
    [
      "its only sequence cut off after one byte",
      [...new TextEncoder().encode("A naive cafe"), 0xc3],
      "offset 12 (0xC3)",
    ],
    ["a sequence that lost its end", [0xe2, 0x80, 0x99, 0x73, 0xe2, 0x80, 0x73], "offset 4 (0xE2)"],
    ["a byte order mark and an accent of Windows-1252", [0xef, 0xbb, 0xbf, 0x63, 0x61, 0x66, 0xe9], "offset 6 (0xE9)"],
  ])("refuses UTF-8 with %s, saying where, and does not make mojibake of it", (_name, values, place) => {
    expect(() => decodeText(bytes(...values))).toThrow(place);
    expect(() => decodeText(bytes(...values))).toThrow(/^The file is not valid UTF-8 text: /);
  });

  test("any text of several scripts with one byte changed or dropped is read or refused, and never comes out as mojibake", () => {
    const part = fc.constantFrom("café", "Łódź", "“so”", "naïve", "漢字", "تحریک", "😀", "plain words", "Москва");
    fc.assert(
      fc.property(fc.array(part, { minLength: 3, maxLength: 30 }), fc.nat(), fc.nat(255), (parts, at, byte) => {
        const text = parts.join(" ");
        const encoded = new TextEncoder().encode(text);
        const place = at % encoded.length;
        for (const damaged of [encoded.with(place, byte), encoded.filter((_, index) => index !== place)]) {
          let read: string;
          try {
            read = decodeText(damaged);
          } catch {
            continue;
          }
          // Where other sequences are whole, none of them may have been read byte by byte.
          if (parts.filter((each) => /\P{ASCII}/u.test(each)).length > 1) expect(read).not.toMatch(/Ã©|Ã¯|â€|Å‚|ðŸ/);
        }
      }),
    );
  });
});

test("foldSpaces makes runs of white space one space", () => {
  expect(foldSpaces(" \n a\t\u00a0b   c \n")).toBe("a b c");
});
