/** Telling text in Windows-1252, which older office programs write, from damaged UTF-8 and from what is no text. */

/**
 * Code points of the bytes 80 to 9F; 0 for the five that stand for nothing (https://encoding.spec.whatwg.org/,
 * index-windows-1252, where they are controls). Our own table, because Node 20.20 decodes "windows-1252" as
 * ISO 8859-1, with a control character for each curly quote.
 */
const FROM_80 = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];
const UNITS = Uint16Array.from(
  { length: 256 },
  (_, byte) => (byte >= 0x80 && byte < 0xa0 ? FROM_80[byte - 0x80] : byte) ?? 0,
);

const [LOWER, UPPER, SYMBOL] = [1, 2, 3] as const;
/** What a byte is in Windows-1252; 0 for what is neither letter nor high symbol. */
const CLASSES = Uint8Array.from(UNITS, (unit, byte) => {
  const character = String.fromCharCode(unit);
  if (/\p{Lu}/u.test(character)) return UPPER;
  if (/\p{L}/u.test(character)) return LOWER;
  return byte < 0x80 ? 0 : SYMBOL;
});

/** What may stand between two letters: … ‘ ’ – — ™, no-break space, soft hyphen, ® ´ and the dot of Catalan. */
const INSIDE_WORDS = new Set([0x85, 0x91, 0x92, 0x96, 0x97, 0x99, 0xa0, 0xad, 0xae, 0xb4, 0xb7]);
/** What may follow a word: … ‘ ’ “ ” – — ™, no-break space, « ® ² ³ ¹ ». */
const AFTER_WORDS = new Set([0x85, 0x91, 0x92, 0x93, 0x94, 0x96, 0x97, 0x99, 0xa0, 0xab, 0xae, 0xb2, 0xb3, 0xb9, 0xbb]);

/** There are more ASCII letters than this for each byte above 7F, even in dense sentences of Icelandic. */
const ASCII_LETTERS_PER_HIGH = 2;
/** Bytes above 7F for each that is out of place: a text may have a slip of the pen, another encoding has many. */
const HIGH_PER_MISFIT = 20;
/** Letters above 7F in a row. Icelandic has four ("óþýður"); a word of Cyrillic or Greek has more. */
const LONGEST_HIGH_RUN = 4;
/** Code units per call, because arguments go on the stack. */
const UNITS_PER_CALL = 8192;

/**
 * The text of bytes in Windows-1252, or null where they are hardly that: with control characters or one of the bytes
 * 81, 8D, 8F, 90 and 9D, which stand for nothing (random bytes have them within the first few dozen); with too few
 * ASCII letters, or long runs of others (Cyrillic, Greek, Arabic, East Asian encodings); with many symbols inside
 * words or capitals after small letters (DOS and Macintosh encodings, Polish). What differs from Windows-1252 in some
 * letters only, as the encodings of Czech, Hungarian or Turkish do, cannot be told from it.
 */
export function decodeWindows1252(bytes: Uint8Array): string | null {
  let [ascii, high, misfits, run] = [0, 0, 0, 0];
  for (const [at, byte] of bytes.entries()) {
    const kind = classAt(bytes, at);
    if (byte < 0x80) {
      if ((byte < 0x20 && (byte < 0x09 || byte > 0x0d)) || byte === 0x7f) return null;
      run = 0;
      if (kind !== 0) ascii += 1;
      continue;
    }
    if (UNITS[byte] === 0) return null;
    high += 1;
    run = kind === SYMBOL ? 0 : run + 1;
    if (run > LONGEST_HIGH_RUN) return null;
    const before = classAt(bytes, at - 1);
    if (kind === SYMBOL) {
      if (isLetter(before) && isLetter(classAt(bytes, at + 1)) && !INSIDE_WORDS.has(byte)) misfits += 1;
    } else if (kind === UPPER && before === LOWER) misfits += 1;
  }
  if (ascii <= high * ASCII_LETTERS_PER_HIGH || misfits * HIGH_PER_MISFIT > high) return null;
  return textOfWindows1252(bytes);
}

/** The text of bytes that are said to be in Windows-1252. The five that stand for nothing become U+FFFD. */
export function textOfWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += UNITS_PER_CALL) {
    const units = Array.from(
      bytes.subarray(at, at + UNITS_PER_CALL),
      (byte) => UNITS[byte] || (byte === 0 ? 0 : 0xfffd),
    );
    parts.push(String.fromCharCode(...units));
  }
  return parts.join("");
}

export interface Utf8Traces {
  /** Offset of the first byte that belongs to no valid sequence; -1 where there is none. */
  readonly firstFault: number;
  /** Places that are not valid. */
  readonly faults: number;
  /** Sequences of several bytes, whole or cut off, that nobody would have written in Windows-1252. */
  readonly telling: number;
}

/**
 * What of bytes is UTF-8 (RFC 3629, section 4). A sequence of several bytes, read as Windows-1252, is a letter with
 * symbols behind it ("Ã©", "â€™"): hardly text, except for a letter from à to ï, or ß, before a mark that closes a
 * quotation or the like ("café»").
 */
export function utf8Traces(bytes: Uint8Array): Utf8Traces {
  let [firstFault, faults, telling, at] = [-1, 0, 0, 0];
  let isCutOff = false;
  while (at < bytes.length) {
    const { length, isWhole } = sequenceAt(bytes, at);
    if (!isWhole) {
      faults += 1;
      if (firstFault === -1) firstFault = at;
      isCutOff = at + length === bytes.length && needed(bytes[at] ?? 0) > 0;
    }
    if (length > 1 && !isNaturalAt(bytes, at, length)) telling += 1;
    at += length;
  }
  // A single fault, at the very end, is where a file was cut off, and hardly the one accent of a text.
  if (faults === 1 && isCutOff && telling === 0) telling = 1;
  return { firstFault, faults, telling };
}

/** The longest beginning of a sequence at an offset, at least one byte. */
function sequenceAt(bytes: Uint8Array, at: number): { length: number; isWhole: boolean } {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return { length: 1, isWhole: true };
  const more = needed(lead);
  let length = 1;
  while (length <= more) {
    const byte = bytes[at + length] ?? 0;
    // Longer forms than necessary, surrogates and what is above U+10FFFF are cut out by the second byte.
    const least = length > 1 ? 0x80 : lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const most = length > 1 ? 0xbf : lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (byte < least || byte > most) break;
    length += 1;
  }
  return { length, isWhole: more > 0 && length > more };
}

/** Bytes that have to follow a lead byte; 0 for one that leads nothing. */
function needed(lead: number): number {
  if (lead >= 0xc2 && lead <= 0xdf) return 1;
  if (lead >= 0xe0 && lead <= 0xef) return 2;
  return lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
}

/** Whether a sequence could be the end of a word in Windows-1252, with what stands behind the word. */
function isNaturalAt(bytes: Uint8Array, at: number, length: number): boolean {
  const lead = bytes[at] ?? 0;
  return lead >= 0xdf && lead <= 0xef && bytes.subarray(at + 1, at + length).every((byte) => AFTER_WORDS.has(byte));
}

function classAt(bytes: Uint8Array, at: number): number {
  return CLASSES[bytes[at] ?? 0] ?? 0;
}

function isLetter(kind: number): boolean {
  return kind === LOWER || kind === UPPER;
}
