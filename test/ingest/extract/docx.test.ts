import { describe, expect, test } from "vitest";
import { extractDocx } from "../../../src/ingest/extract/docx.ts";
import { CELL_GAP } from "../../../src/text/blocks.ts";
import { docxOf, footnote, paragraph, table } from "./docx-writer.ts";
import { zipOf } from "./zip-writer.ts";

const LIMITS = { maxPages: 100, maxCharacters: 1_000_000 };

async function blocks(body: string, footnotes: string[] = []): Promise<string[]> {
  const { document } = await extractDocx(docxOf({ body, footnotes }), LIMITS);
  return document.blocks.map(
    ({ kind, level, start, end }) => `${kind}${level === 0 ? "" : ` ${level}`}: ${document.text.slice(start, end)}`,
  );
}

test("titles, headings, paragraphs, quotes and lists keep what they are", async () => {
  const body = [
    paragraph("Trade in the Delta", "Title"),
    paragraph("A survey", "Subtitle"),
    paragraph("The river", "heading1"),
    paragraph("Boats carry most goods."),
    paragraph("The markets", "heading2"),
    paragraph("We walk for two days.", "Quote"),
    paragraph("Salt", "", 2),
    paragraph("Millet", "", 2),
    paragraph("Count the sacks", "", 1),
    paragraph("Weigh them", "", 1),
  ].join("");
  expect(await blocks(body)).toEqual([
    "heading 1: Trade in the Delta",
    "paragraph: A survey",
    "heading 1: The river",
    "paragraph: Boats carry most goods.",
    "heading 2: The markets",
    "quote: We walk for two days.",
    "list-item: Salt",
    "list-item: Millet",
    "list-item: 1. Count the sacks",
    "list-item: 2. Weigh them",
  ]);
});

test("marks of notes are left out of the text; the notes are paragraphs at its end", async () => {
  const body = paragraph(`Nine boats sank${footnote(1)}, and two burned${footnote(2)}.`) + paragraph("Then it rained.");
  expect(await blocks(body, ["Harbour log, May.", "Letter of a fisherman."])).toEqual([
    "paragraph: Nine boats sank, and two burned.",
    "paragraph: Then it rained.",
    "paragraph: Harbour log, May.",
    "paragraph: Letter of a fisherman.",
  ]);
});

describe("a table", () => {
  const rows = [
    ["District", "Boats", "Lost"],
    ["Upper", "1,024", "9"],
    ["Lower", "310", ""],
  ];
  const row = (...cells: string[]) => `table-row: ${cells.join(CELL_GAP)}`;
  const headed = [`table-head: ${rows[0]?.join(CELL_GAP)}`, row("Upper", "1,024", "9"), row("Lower", "310")];

  test("has its marked header as head", async () => {
    expect(await blocks(table(rows, true))).toEqual(headed);
  });

  test("has a first row of words as head", async () => {
    expect(await blocks(table(rows))).toEqual(headed);
  });

  test("of names and values has none", async () => {
    const pairs = [
      ["Place", "The northern quay"],
      ["Witness", "A fisherman"],
    ];
    expect(await blocks(table(pairs))).toEqual(pairs.map((pair) => row(...pair)));
  });
});

test("facts come from the properties, and the title from the text where they have none that says anything", async () => {
  const core =
    "<dc:title>Document1</dc:title><dc:creator>Awa  Traoré</dc:creator><dc:language>FR-ml</dc:language>" +
    "<dcterms:created>2024-02-29T10:00:00Z</dcterms:created><dcterms:modified>2025-01-01T00:00:00Z</dcterms:modified>";
  const body = paragraph("Boats and floods", "Title") + paragraph("The water rose.");
  const { facts } = await extractDocx(docxOf({ body, core, app: "<Company>River Office</Company>" }), LIMITS);
  expect(facts).toEqual({
    title: "Boats and floods",
    author: "Awa Traoré",
    publisher: "River Office",
    published: "2024-02-29",
    language: "fr",
  });
});

describe("refuses", () => {
  const body = paragraph("Some text.");
  const megabytes = (count: number) => Buffer.alloc(count * 1024 * 1024, "<a/>");
  const bomb = (count: number, declaredSize?: number) =>
    docxOf({
      body,
      more: [
        { name: "word/more.xml", content: megabytes(count), isDeflated: true, ...(declaredSize && { declaredSize }) },
      ],
    });

  test.each<[string, Uint8Array, string | RegExp]>([
    ["no zip file", Buffer.from("Some text."), "is not a DOCX file"],
    ["nothing at all", new Uint8Array(), "is not a DOCX file"],
    ["a zip file of something else", zipOf([{ name: "notes.txt", content: "x" }]), "is not a DOCX file"],
    ["a .doc", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), /\.doc or password-protected/],
    ["half of a file", docxOf({ body }).subarray(0, 900), "is not a DOCX file"],
    ["a password", zipOf([{ name: "[Content_Types].xml", content: "x", flags: 1 }]), /password/],
    ["much from little", bomb(20), /^is a zip bomb: its text is packed too tightly/],
    ["too much", bomb(70), /^is a zip bomb: its text is larger than 64 MiB/],
    ["too much that is said to be little", bomb(70, 10), /^is a zip bomb: its text is larger than 64 MiB/],
    [
      "entries in each other",
      docxOf({ body, more: [{ name: "word/again.xml", content: "x", overlapsFirst: true }] }),
      /^is a zip bomb: its entries overlap/,
    ],
    [
      "very many entries",
      docxOf({ body, more: Array.from({ length: 5001 }, (_, index) => ({ name: `${index}.png`, content: "" })) }),
      /^is a zip bomb: it holds more than 5000 entries/,
    ],
    [
      "one name twice",
      docxOf({ body, more: [{ name: "word/document.xml", content: "<w/>" }] }),
      /^is damaged: it holds "word\/document.xml" twice/,
    ],
    ["no text", docxOf({ body: paragraph("  ") }), "holds no text"],
    ["broken XML", docxOf({ body: "<w:p>" }), "is not a DOCX file that can be read"],
    [
      "entities",
      docxOf({ body, more: [{ name: "customXml/item.xml", content: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>' }] }),
      /declares a document type/,
    ],
  ])("%s", async (_, bytes, message) => {
    await expect(extractDocx(bytes, LIMITS)).rejects.toMatchObject({
      code: "bad-corpus",
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
  });

  test("an entry that cannot be unpacked", async () => {
    const bytes = Buffer.from(docxOf({ body }));
    const name = "word/document.xml";
    const at = bytes.indexOf(name) + name.length;
    bytes.fill(0xff, at, at + 40);
    await expect(extractDocx(bytes, LIMITS)).rejects.toThrow(/^is damaged: "word\/document.xml" cannot be unpacked/);
  });

  test("more text than the limit", async () => {
    await expect(extractDocx(docxOf({ body }), { ...LIMITS, maxCharacters: 5 })).rejects.toThrow(
      /more than 5 characters/,
    );
  });
});

test("pictures and other bytes in the file do no harm", async () => {
  const more = [{ name: "word/media/image1.png", content: Buffer.alloc(3_000_000, 7), isDeflated: true }];
  const { document } = await extractDocx(docxOf({ body: paragraph("Some text."), more }), LIMITS);
  expect(document.text).toBe("Some text.");
});
