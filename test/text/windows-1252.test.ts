import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeWindows1252, utf8Traces } from "../../src/text/windows-1252.ts";

/** The characters of the bytes 80 to 9F, `.` for those that stand for nothing. */
const FROM_80 = "€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ";

/** One byte for each code unit. */
function inWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const found = character === "." ? -1 : FROM_80.indexOf(character);
    return found === -1 ? character.charCodeAt(0) : 0x80 + found;
  });
}

/** Another encoding with one byte for a character, turned around. */
function inEncoding(label: string, text: string): Uint8Array {
  const decoder = new TextDecoder(label);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Uint8Array.from(text, (character) => bytes.get(character) ?? 0x3f);
}

const TEXTS: [string, string][] = [
  [
    "English with typographic signs",
    "The group’s “emir” – killed on 5 May… – led 1,024 men; it cost €5 m (£4 m), and 90°, §3, ½, 5 × 3.",
  ],
  [
    "French",
    "« Les déplacés », selon l’État, étaient très nombreux à l’été : « où ça ? » L’armée créée en août a été défaite, déjà. Un café.",
  ],
  [
    "French with no-break spaces",
    "Il a dit «\u00a0déjà\u00a0» et «\u00a0été\u00a0», puis rien n’a été fait pour la sécurité des habitants de la région.",
  ],
  ["German", "„Der Spaß“, sagte er, »wäre größer«: Über 300 Kämpfer überquerten die Grüne Grenze. Äpfel, Öl, Übel."],
  ["Spanish", "¿Cuántos niños murieron? ¡Ninguno!, dijo el señor Núñez en Bogotá; el 3.º día llegó la Comisión."],
  [
    "Portuguese",
    "A situação em Cabo Delgado não é estável: há ações e operações militares, à luz do relatório, na região.",
  ],
  [
    "Icelandic",
    "Óþýður maður sagði að það væri ekki á þeirra færi að ráða við ástandið í heiminum, þó svo að íþróttir væru.",
  ],
  ["Swedish", "Säkerhetsläget i Mali är svårt. Översten såg på när trupperna lämnade Ménaka efter året som gått."],
  [
    "one accent among many words",
    "A long report without any accent in it, which ends with the one word résumé and a line end.\n",
  ],
];

describe("decodeWindows1252", () => {
  test.each(TEXTS)("reads %s", (_name, text) => {
    expect(decodeWindows1252(inWindows1252(text))).toBe(text);
    expect(decodeWindows1252(inWindows1252(`${text}\r\n\t`.repeat(300)))).toBe(`${text}\r\n\t`.repeat(300));
  });

  test("reads each of the bytes that stand for something", () => {
    const high = Array.from({ length: 128 }, (_, index) => 0x80 + index).filter(
      (byte) => ![0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    );
    const text = decodeWindows1252(Uint8Array.from(high.flatMap((byte) => [0x61, 0x20, byte, 0x20, 0x61, 0x62])));
    const rest = Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join("");
    expect(text?.replace(/a (.) ab/gsu, "$1")).toBe(FROM_80.replaceAll(".", "") + rest);
  });

  test.each([
    ["a byte that stands for nothing", [0x81]],
    ["NUL", [0x00]],
    ["a control character", [0x1b]],
    ["DEL", [0x7f]],
  ])("refuses %s among words", (_name, bytes) => {
    const words = inWindows1252("Les déplacés étaient très nombreux. ");
    expect(decodeWindows1252(Uint8Array.from([...words, ...bytes, ...words]))).toBeNull();
  });

  test.each([
    ["windows-1251", "Группа взяла ответственность за взрыв в Москве."],
    [
      "windows-1251",
      "The group (in Russian: Группа взяла ответственность) claimed the attack on the city and on its port.",
    ],
    ["koi8-r", "Группа взяла ответственность за взрыв в Москве."],
    ["ibm866", "Группа взяла ответственность за взрыв в Москве."],
    ["windows-1253", "Η ομάδα ανέλαβε την ευθύνη για την επίθεση στην Αθήνα."],
    ["windows-1256", "أعلنت الجماعة مسؤوليتها عن الهجوم في المدينة."],
    ["windows-1255", "הארגון נטל אחריות על הפיגוע בעיר."],
    [
      "windows-1250",
      "Grupa wzięła na siebie odpowiedzialność za zamach, w którym zginęło pięć osób. Była to największa akcja.",
    ],
    [
      "iso-8859-2",
      "Grupa wzięła na siebie odpowiedzialność za zamach, w którym zginęło pięć osób. Była to największa akcja.",
    ],
    ["macintosh", "Les déplacés étaient plus de mille dans la région, où l’armée a été défaite, a déclaré un témoin."],
  ])("refuses %s: %s", (label, text) => {
    expect(decodeWindows1252(inEncoding(label, text))).toBeNull();
  });

  test("refuses DOS text and East Asian text", () => {
    // Code page 850: "Die Kämpfer hörten größere Geräusche", and Shift JIS: "漢字の文章です" among words.
    const dos = { ä: 0x84, ö: 0x94, ß: 0xe1 } as const;
    const german = Uint8Array.from(
      "Die Kämpfer hörten schöne Geräusche",
      (each) => dos[each as "ä"] ?? each.charCodeAt(0),
    );
    expect(decodeWindows1252(german)).toBeNull();
    const japanese = [0x8a, 0xbf, 0x8e, 0x9a, 0x82, 0xcc, 0x95, 0xb6, 0x8f, 0xcd, 0x82, 0xc5, 0x82, 0xb7];
    expect(decodeWindows1252(Uint8Array.from([...inWindows1252("The words "), ...japanese]))).toBeNull();
  });

  test("refuses random bytes", () => {
    const junk = fc.uint8Array({ minLength: 64, maxLength: 200 });
    let taken = 0;
    fc.assert(
      fc.property(junk, (bytes) => {
        if (decodeWindows1252(bytes) !== null) taken += bytes.some((byte) => byte >= 0x80) ? 1 : 0;
      }),
      { numRuns: 500 },
    );
    expect(taken).toBe(0);
  });

  test("forgives a slip of the pen in a long text, and not in a short one", () => {
    const slip = "caf¤e ";
    expect(decodeWindows1252(inWindows1252(slip))).toBeNull();
    expect(decodeWindows1252(inWindows1252(slip + "été ".repeat(60) + "words ".repeat(60)))).toContain("caf¤e été");
  });
});

describe("utf8Traces", () => {
  const isUtf8 = (bytes: Uint8Array): boolean => {
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      return true;
    } catch {
      return false;
    }
  };

  test("finds a fault exactly where the platform's decoder does, and nothing wrong before it", () => {
    const byte = fc.oneof(
      fc.nat(255),
      fc.constantFrom(
        0x41,
        0x7f,
        0x80,
        0x8f,
        0x90,
        0x9f,
        0xa0,
        0xbf,
        0xc1,
        0xc2,
        0xdf,
        0xe0,
        0xed,
        0xef,
        0xf0,
        0xf4,
        0xf5,
      ),
    );
    const piece = fc.oneof(
      fc.array(byte, { maxLength: 6 }),
      fc.string({ unit: "binary", maxLength: 4 }).map((text) => [...new TextEncoder().encode(text)]),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
        const bytes = Uint8Array.from(pieces.flat());
        const { firstFault, faults } = utf8Traces(bytes);
        expect(firstFault === -1).toBe(isUtf8(bytes));
        expect(faults === 0).toBe(firstFault === -1);
        if (firstFault === -1) return;
        expect(isUtf8(bytes.subarray(0, firstFault))).toBe(true);
        expect(isUtf8(bytes.subarray(0, firstFault + 1))).toBe(false);
        const replaced = new TextDecoder().decode(Uint8Array.from([0x41, ...bytes])).match(/\ufffd/g)?.length ?? 0;
        const own = pieces.length === 0 ? 0 : replaced;
        expect(faults).toBeLessThanOrEqual(own);
      }),
      { numRuns: 1000 },
    );
  });

  test.each(TEXTS)("finds nothing telling in Windows-1252: %s", (_name, text) => {
    expect(utf8Traces(inWindows1252(text)).telling).toBe(0);
  });

  test("takes whole and cut-off sequences for signs of UTF-8", () => {
    expect(utf8Traces(new TextEncoder().encode("é ’ 😀"))).toEqual({ firstFault: -1, faults: 0, telling: 3 });
    expect(utf8Traces(Uint8Array.of(0x61, 0xe2, 0x80, 0x61))).toEqual({ firstFault: 1, faults: 1, telling: 1 });
    expect(utf8Traces(Uint8Array.of(0xe9, 0x61, 0xe9))).toEqual({ firstFault: 0, faults: 2, telling: 0 });
  });
});

test("ten megabytes are looked through in a moment", () => {
  const bytes = inWindows1252("Les déplacés étaient très nombreux à l’été. ".repeat(230_000));
  const before = performance.now();
  expect(utf8Traces(bytes).telling).toBe(0);
  expect(decodeWindows1252(bytes)).toHaveLength(bytes.length);
  expect(performance.now() - before).toBeLessThan(4000);
});
