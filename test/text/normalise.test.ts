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
    ["Latin-1", bytes(0xc9, 0x74, 0xe9), /not valid UTF-8/],
    ["half a character", bytes(0xe2, 0x82), /not valid UTF-8/],
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
});

test("foldSpaces makes runs of white space one space", () => {
  expect(foldSpaces(" \n a\t\u00a0b   c \n")).toBe("a b c");
});
