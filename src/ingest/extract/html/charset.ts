/** The character encoding of an HTML file. */

import { textOfWindows1252 } from "../../../text/windows-1252.ts";

/** Bytes in which the HTML standard has an encoding declared (1024); many pages come to it later. */
const DECLARED_WITHIN = 4096;

/**
 * The text of an HTML file. The encoding is that of the byte order mark, the given one, the one that the page
 * declares, UTF-8 where the bytes are, else windows-1252. Text that is declared as Latin and is valid UTF-8
 * nevertheless is UTF-8, and the other way round: both are common faults of servers. Never throws.
 * @param charset of the HTTP header, where there was one; an unknown name is passed over.
 */
export function decodeHtml(bytes: Uint8Array, charset?: string): string {
  const encoding = encodingOfMark(bytes) ?? labelled(charset) ?? declared(bytes) ?? "utf-8";
  if (encoding === "windows-1252" && isUtf8(bytes)) return new TextDecoder("utf-8").decode(bytes);
  if (encoding === "windows-1252") return textOfWindows1252(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  return encoding === "utf-8" && isBroken(text) ? textOfWindows1252(bytes) : text;
}

function encodingOfMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

/** The name that the decoder has for an encoding, or null for one that it does not know. */
function labelled(label: string | undefined): string | null {
  try {
    return label === undefined ? null : new TextDecoder(label.trim().replace(/^["']|["']$/g, "")).encoding;
  } catch {
    return null;
  }
}

function declared(bytes: Uint8Array): string | null {
  const head = new TextDecoder("windows-1252")
    .decode(bytes.subarray(0, DECLARED_WITHIN))
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "");
  const label =
    /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})/i.exec(head)?.[1] ??
    /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{1,40})/i.exec(head)?.[1];
  const encoding = labelled(label);
  // A page whose declaration could be read byte by byte is not UTF-16.
  return encoding?.startsWith("utf-16") ? "utf-8" : encoding;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Whether most of what is not ASCII could not be decoded: single faults are no reason to change the encoding. */
function isBroken(text: string): boolean {
  const faults = text.match(/\ufffd/g)?.length ?? 0;
  if (faults === 0) return false;
  const others = text.match(/[\u0080-\ufffc\u{10000}-\u{10ffff}]/gu)?.length ?? 0;
  return faults > others;
}
