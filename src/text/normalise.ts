/** From bytes to the text that every offset points into. */

import { SitrepError } from "../domain/errors.ts";
import { decodeWindows1252, utf8Traces } from "./windows-1252.ts";

/** C0 controls that are neither a line end nor a tab, and DEL: invisible, and never part of a sentence. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for.
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f]/g;

/**
 * The canonical form of a text: no byte order mark, `\n` as the only line end, no control characters.
 * Nothing else changes, so that a quote can be found in the file with any editor. Form feeds and
 * vertical tabs become line ends: they stand between pages and lines, and words must not run together.
 * Idempotent.
 */
export function normaliseText(raw: string): string {
  return raw
    .replace(/^\ufeff+/, "")
    .replace(/\r\n?|\f|\v/g, "\n")
    .replace(CONTROLS, "");
}

/**
 * The text of a file: UTF-8, UTF-16 with a byte order mark, or Windows-1252, which is what bytes are taken for that
 * are not UTF-8 and could well be that (the rule is at `decodeWindows1252`). UTF-8 with a few wrong bytes is refused,
 * because it would come out as "Ã©".
 * @throws {SitrepError} `bad-corpus` when the bytes are not valid text or contain NUL characters; for UTF-8 with a
 *   few wrong bytes with the offset of the first, counted from 0.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = encodingOf(bytes);
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    const older = encoding === "utf-8" ? textOfOlderFile(bytes, cause) : null;
    if (older !== null) return older;
    throw new SitrepError("bad-corpus", `The file is not valid ${encoding.toUpperCase()} text.`, {
      hint: "Save it as UTF-8. If it is not a text file, give it the extension of its format.",
      cause,
    });
  }
  const nul = text.indexOf("\u0000");
  if (nul !== -1) {
    throw new SitrepError("bad-corpus", `The file contains a NUL character (at character ${nul + 1}): not text.`, {
      hint: "Save it as UTF-8 text, or give it the extension of its format.",
    });
  }
  return text;
}

/** The text of bytes that are not UTF-8, if they are Windows-1252. */
function textOfOlderFile(bytes: Uint8Array, cause: unknown): string | null {
  const { firstFault, faults, telling } = utf8Traces(bytes);
  if (telling === 0) return decodeWindows1252(bytes);
  // Binary files have such sequences too, and more that is wrong: their first wrong byte is of no use to anybody.
  if (telling < faults) return null;
  const byte = (bytes[firstFault] ?? 0).toString(16).toUpperCase();
  throw new SitrepError(
    "bad-corpus",
    `The file is not valid UTF-8 text: the byte at offset ${firstFault} (0x${byte}) does not belong there.`,
    { hint: "Mend that place, or get the file again if it was cut off, and save it as UTF-8.", cause },
  );
}

/** White space runs as one space, none at the ends: the form in which text is counted and compared. */
export function foldSpaces(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return "utf-8";
}
