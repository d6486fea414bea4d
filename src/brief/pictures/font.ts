/** The bundled font: where its files are, how wide its letters are, and which it has. */

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { SitrepError } from "../../domain/errors.ts";

export const FAMILY = "Noto Sans";

const FILES = {
  regular: "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf",
  bold: "@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf",
} as const;

export interface Face {
  /** Width of a text in one line, in pixels; pairs that the font draws closer together count in full. */
  widthOf(text: string, size: number): number;
  /** Whether the font can draw the character with this code point. */
  has(point: number): boolean;
}

export interface Fonts {
  readonly regular: Face;
  readonly bold: Face;
  /** Paths of the font's files. */
  readonly files: readonly string[];
}

/** @throws {SitrepError} "bad-config" where the font's files are not there or are none. */
export async function loadFonts(names: Readonly<Record<keyof typeof FILES, string>> = FILES): Promise<Fonts> {
  const [regular, bold] = await Promise.all([readFace(names.regular), readFace(names.bold)]);
  return { regular: regular.face, bold: bold.face, files: [regular.path, bold.path] };
}

async function readFace(name: string): Promise<{ face: Face; path: string }> {
  try {
    const path = createRequire(import.meta.url).resolve(name);
    return { face: faceOf(await readFile(path)), path };
  } catch (cause) {
    throw new SitrepError("bad-config", `The font for pictures cannot be read: ${name}`, {
      hint: "It comes with the packages of Sitrep: npm ci puts it back.",
      cause,
    });
  }
}

/**
 * Reads the tables "head", "hhea", "hmtx" and "cmap" (subtable of format 12) of a TrueType file.
 * https://learn.microsoft.com/typography/opentype/spec/otff
 * @throws {RangeError} where the bytes are no such file.
 */
function faceOf(bytes: Buffer): Face {
  const head = tableAt(bytes, "head");
  const metrics = tableAt(bytes, "hmtx");
  const unitsPerEm = bytes.readUInt16BE(head + 18);
  const count = bytes.readUInt16BE(tableAt(bytes, "hhea") + 34);
  const groups = groupsAt(bytes, tableAt(bytes, "cmap"));
  const glyphs = new Map<number, number>();

  const glyphOf = (point: number): number => {
    let glyph = glyphs.get(point);
    if (glyph === undefined) {
      const group = groups.find(({ first, last }) => first <= point && point <= last);
      glyph = group === undefined ? 0 : group.glyph + point - group.first;
      glyphs.set(point, glyph);
    }
    return glyph;
  };
  return {
    widthOf(text, size) {
      let units = 0;
      for (const character of text) {
        const glyph = Math.min(glyphOf(character.codePointAt(0) ?? 0), count - 1);
        units += bytes.readUInt16BE(metrics + 4 * glyph);
      }
      return (units * size) / unitsPerEm;
    },
    has: (point) => glyphOf(point) !== 0,
  };
}

function tableAt(bytes: Buffer, tag: string): number {
  const count = bytes.readUInt16BE(4);
  for (let at = 12; at < 12 + 16 * count; at += 16) {
    if (bytes.toString("latin1", at, at + 4) === tag) return bytes.readUInt32BE(at + 8);
  }
  throw new RangeError(`The font has no table "${tag}"`);
}

/** Runs of characters whose glyphs follow one another. */
function groupsAt(bytes: Buffer, cmap: number): { first: number; last: number; glyph: number }[] {
  const count = bytes.readUInt16BE(cmap + 2);
  for (let record = cmap + 4; record < cmap + 4 + 8 * count; record += 8) {
    const table = cmap + bytes.readUInt32BE(record + 4);
    if (bytes.readUInt16BE(table) !== 12) continue;
    return Array.from({ length: bytes.readUInt32BE(table + 12) }, (_, index) => {
      const at = table + 16 + 12 * index;
      return { first: bytes.readUInt32BE(at), last: bytes.readUInt32BE(at + 4), glyph: bytes.readUInt32BE(at + 8) };
    });
  }
  throw new RangeError("The font has no table of characters that can be read");
}
