import { describe, expect, test } from "vitest";
import type { ExtractionLimits } from "../../../src/ingest/extract/extracted.ts";
import { cleanCharacters } from "../../../src/ingest/extract/pdf/characters.ts";
import { extractPdf } from "../../../src/ingest/extract/pdf.ts";
import { CELL_GAP } from "../../../src/text/blocks.ts";
import { chunk } from "../../../src/text/chunk.ts";
import { MARGIN, pagesOf, pdfOf, put, putLines, WIDTH } from "./pdf-writer.ts";

const LIMITS: ExtractionLimits = { maxPages: 100, maxCharacters: 1_000_000 };

async function blocks(bytes: Uint8Array): Promise<string[]> {
  const { document } = await extractPdf(bytes, LIMITS);
  return document.blocks.map(
    ({ kind, level, start, end }) => `${kind}${level === 0 ? "" : ` ${level}`}: ${document.text.slice(start, end)}`,
  );
}

const row = (...cells: string[]): string => `table-row: ${cells.join(CELL_GAP)}`;
const head = (...cells: string[]): string => `table-head: ${cells.join(CELL_GAP)}`;

/** Prose of full sentences, different for each seed. */
function prose(seed: string, sentences: number): string {
  const parts = Array.from(
    { length: sentences },
    (_, index) =>
      `The ${seed} boat number ${index + 1} carried millet and salt along the slow brown river to the market.`,
  );
  return parts.join(" ");
}

const LEFT = [
  "Traders from the upper valley bring",
  "salt to the river towns each spring,",
  "and most of them travel by night to",
  "avoid the patrols along the road. In",
  "the towns they sell to three families",
  "who have held the trade for decades.",
  "Prices doubled after the floods, as",
  "the lower bridge was closed for weeks.",
];
const RIGHT = [
  "The council answered with a ration of",
  "two sacks for each household, which it",
  "lifted in June. Smugglers moved to the",
  "eastern ford, where no guards were to",
  "be seen until the end of the summer,",
  "and paid the ferrymen in flour and in",
  "cloth. By autumn the ford was known to",
  "everybody and the patrols had returned.",
];

describe("reading order", () => {
  test("columns are read one after the other, with the headings above and the text below them", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      put(pdf, "The salt trade of the upper valley and its routes", MARGIN, 80, 22, "Helvetica-Bold");
      putLines(pdf, LEFT, MARGIN, 140);
      putLines(pdf, RIGHT, 315, 140);
      const below =
        "Both sides of the river are now under one command, which reports to the council every second week.";
      put(pdf, below, MARGIN, 280, 10.5);
    });
    expect(await blocks(bytes)).toEqual([
      "heading 1: The salt trade of the upper valley and its routes",
      `paragraph: ${LEFT.join(" ")}`,
      `paragraph: ${RIGHT.join(" ")}`,
      "paragraph: Both sides of the river are now under one command, which reports to the council every second week.",
    ]);
  });

  test("a sentence goes on in the next column", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, [...LEFT.slice(0, 7), "the lower bridge was closed and the"], MARGIN, 140);
      putLines(pdf, ["ferry had sunk in the first storm. The", ...RIGHT.slice(1)], 315, 140);
    });
    const [first, ...rest] = await blocks(bytes);
    expect(first).toContain("closed and the ferry had sunk in the first storm.");
    expect(rest).toEqual([]);
  });

  test("a sidebar follows the main text", async () => {
    const long = LEFT.concat(RIGHT).map((line) => `${line} and more of it here`);
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, ["Key figures", "9 boats lost", "3 towns cut off"], MARGIN, 150, 9, 17);
      putLines(pdf, long, 220, 140);
    });
    const found = await blocks(bytes);
    expect(found[0]).toContain("Traders from the upper valley");
    expect(found.slice(1).join(" ")).toContain("9 boats lost");
  });

  test("texts beside each other with lines of their own are not mixed", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, ["Ford", "Report"], MARGIN, 100, 30, 36);
      putLines(pdf, ["Who crosses the river, and", "who takes the toll"], 320, 104, 14, 17);
    });
    expect((await blocks(bytes)).map((block) => block.replace(/^\w+(?: \d)?: /, ""))).toEqual([
      "Ford Report",
      "Who crosses the river, and who takes the toll",
    ]);
  });

  test("text that is turned is left out, unless the whole page is", async () => {
    const mixed = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, LEFT, MARGIN, 140);
      pdf.save().rotate(90, { origin: [40, 300] });
      put(pdf, "Draft of the council", 40, 300);
      pdf.restore();
    });
    expect((await blocks(mixed)).join(" ")).not.toContain("Draft");
    const turned = await pdfOf((pdf) => {
      pdf.addPage();
      pdf.save().rotate(-90, { origin: [300, 500] });
      putLines(pdf, LEFT, 200, 300);
      pdf.restore();
    });
    expect(await blocks(turned)).toEqual([`paragraph: ${LEFT.join(" ")}`]);
  });

  test("words set in pieces stay whole, and words set apart get their space", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      const pieces = ["Sec", "ur", "ity of the river"];
      let x = MARGIN;
      for (const piece of pieces) {
        put(pdf, piece, x, 100);
        x += pdf.widthOfString(piece) + 0.3;
      }
      put(pdf, "towns", x + 3, 100);
    });
    expect(await blocks(bytes)).toEqual(["paragraph: Security of the river towns"]);
  });
});

describe("pages", () => {
  test("each page's offset is where its text begins, empty pages too", async () => {
    const bytes = await pagesOf(["Alpha town lies upstream.", "", "Gamma town lies downstream."]);
    const { document } = await extractPdf(bytes, LIMITS);
    const { text, pages = [] } = document;
    expect(pages).toHaveLength(3);
    expect(text.slice(pages[0])).toMatch(/^Alpha/);
    expect(text.slice(pages[1])).toMatch(/^Gamma/);
    expect(text.slice(pages[2])).toMatch(/^Gamma/);
  });

  test("a sentence over a page break is one block, and the page begins in its middle", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, [...LEFT.slice(0, 7), "the lower bridge was closed for secu-"], MARGIN, 700);
      pdf.addPage();
      putLines(pdf, ["rity reasons, and the ferry had sunk in", "the first storm of the year."], MARGIN, 80);
    });
    const { document } = await extractPdf(bytes, LIMITS);
    expect(document.blocks).toHaveLength(1);
    expect(document.text).toContain("closed for security reasons, and the ferry had sunk in the first storm");
    expect(document.text.slice(document.pages?.[1])).toMatch(/^rity reasons/);
  });

  test("footnotes do not come between the halves of a sentence, and keep their page", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, [...LEFT.slice(0, 7), "the lower bridge was closed and the"], MARGIN, 600);
      put(pdf, "1", MARGIN, 752, 5);
      put(pdf, "Letter of a ferryman, kept in the town hall.", MARGIN + 2.6, 754, 8);
      pdf.addPage();
      putLines(pdf, ["ferry had sunk in the first storm. It was", "raised in May."], MARGIN, 80);
      put(pdf, "2 Minutes of the council, third volume.", MARGIN, 754, 8);
    });
    const { document } = await extractPdf(bytes, LIMITS);
    const { text, pages = [] } = document;
    expect(text).toContain("was closed and the ferry had sunk in the first storm.");
    expect(text.indexOf("1 Letter of a ferryman")).toBeGreaterThanOrEqual(pages[0] ?? -1);
    expect(text.indexOf("1 Letter of a ferryman")).toBeLessThan(pages[1] ?? -1);
    expect(text.indexOf("2 Minutes")).toBeGreaterThan(text.indexOf("raised in May."));
    expect(document.blocks).toHaveLength(3);
  });

  test("headers, footers and page numbers are left out", async () => {
    const texts = ["upper", "lower", "eastern", "western"].map((seed) => prose(seed, 12));
    const bytes = await pagesOf(texts, (pdf, page) => {
      put(pdf, `River Survey ${2019}`, MARGIN, 40, 9);
      put(pdf, `Page ${page + 1} of 4`, WIDTH - 130, 40, 9);
      put(pdf, page % 2 === 0 ? "Office of Waterways" : "Confidential draft", MARGIN, 800, 9);
      put(pdf, String(page + 7), WIDTH / 2, 815, 9);
    });
    const { document } = await extractPdf(bytes, LIMITS);
    expect(document.text).not.toMatch(/River Survey|Page \d|Office of|Confidential|^\d+$/m);
    expect(document.blocks.map(({ start, end }) => document.text.slice(start, end))).toEqual(texts);
  });

  test("the header of a chapter is left out beside its page number, text that is no header is not", async () => {
    const texts = ["upper", "lower", "eastern", "western"].map((seed) => prose(seed, 6));
    const bytes = await pagesOf(texts, (pdf, page) => {
      put(pdf, String(page + 7), WIDTH - 100, 40, 9);
      if (page === 1 || page === 2) put(pdf, "Chapter 2: Trade", MARGIN, 40, 9);
      if (page === 3) put(pdf, "Sent back for review", MARGIN, 40, 9);
    });
    const text = (await blocks(bytes)).join("\n");
    expect(text).not.toContain("Chapter");
    expect(text).toContain("Sent back for review");
  });

  test("what stands in the margin once stays, and so does a number that counts nothing", async () => {
    const bytes = await pagesOf([prose("upper", 4), prose("lower", 4), prose("eastern", 4)], (pdf, page) => {
      if (page === 1) put(pdf, "Sent back for review", MARGIN, 40, 9);
      if (page === 2) put(pdf, "1987", MARGIN, 40, 9);
    });
    const text = (await blocks(bytes)).join("\n");
    expect(text).toContain("Sent back for review");
    expect(text).toContain("1987");
  });

  test("a short document loses only what is surely a page number", async () => {
    const bytes = await pagesOf([prose("upper", 4), prose("lower", 4)], (pdf, page) => {
      put(pdf, "Council paper", MARGIN, 40, 9);
      put(pdf, `- ${page + 1} -`, WIDTH / 2, 810, 9);
    });
    const found = await blocks(bytes);
    expect(found.filter((block) => block.includes("Council paper"))).toHaveLength(2);
    expect(found.join(" ")).not.toMatch(/- \d -/);
  });
});

describe("words", () => {
  async function wordsOf(lines: readonly string[], extra = ""): Promise<string> {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, lines, MARGIN, 140);
      put(pdf, extra, MARGIN, 400);
    });
    return (await extractPdf(bytes, LIMITS)).document.text;
  }

  test.each([
    [["The patrols keep secu-", "rity along the road to the ford."], "", "keep security along"],
    [["He was a well-", "known trader in all of the valley."], "A well-known man.", "a well-known trader"],
    [["He was a well-", "known trader in all of the valley."], "It is known that all went well then.", "a well-known"],
    [["Fighters of al-", "Qaida were seen near to the ford."], "", "of al-Qaida were"],
    [["The wave of COVID-", "19 reached the valley in the autumn."], "", "of COVID-19 reached"],
    [["They planned for the short-", "and long-term needs of the towns."], "", "short- and long-term"],
    [
      ["They read https://river.example/news-", "of/2020/salt and wrote about it at length."],
      "",
      "news-of/2020/salt and",
    ],
  ])("%j with %j holds %j", async (lines, extra, expected) => {
    expect(await wordsOf(lines, extra)).toContain(expected);
  });

  test("ligatures, spaces and invisible characters are as a person types them; superscripts stay", () => {
    expect(cleanCharacters("e\ufb03cient \ufb02ow, \ufb01rst\u00a0of\u200b all\u0007")).toBe(
      "efficient flow, first of all",
    );
    expect(cleanCharacters("10 km² and ½")).toBe("10 km² and ½");
    expect(cleanCharacters("K E Y")).toBe("KEY");
  });

  test("marks of footnotes are left out, and raised ends of words and units are not", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      const parts: [string, boolean][] = [
        ["The bridge of the town", false],
        ["12", true],
        [" was closed on the 3", false],
        ["rd", true],
        [" of May for 40 km", false],
        ["2", true],
        [" of land.", false],
      ];
      let x = MARGIN;
      for (const [text, isRaised] of parts) {
        put(pdf, text, x, isRaised ? 98 : 100, isRaised ? 6 : 11);
        x += pdf.widthOfString(text);
      }
    });
    expect(await blocks(bytes)).toEqual([
      "paragraph: The bridge of the town was closed on the 3rd of May for 40 km2 of land.",
    ]);
  });
});

describe("structure", () => {
  test("headings have levels by their fonts; numbers and bullets begin items", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      put(pdf, "River Survey", MARGIN, 80, 24, "Helvetica-Bold");
      put(pdf, "Trade", MARGIN, 130, 16, "Helvetica-Bold");
      putLines(pdf, LEFT.slice(0, 6), MARGIN, 160);
      put(pdf, "Prices", MARGIN, 260, 11, "Times-Bold");
      putLines(pdf, RIGHT, MARGIN, 276);
      put(pdf, "•", MARGIN, 410);
      putLines(pdf, ["Salt from the upper valley, which is", "carried by night"], MARGIN + 18, 410);
      put(pdf, "•", MARGIN, 440);
      put(pdf, "Millet", MARGIN + 18, 440);
      put(pdf, "1.", MARGIN, 470);
      put(pdf, "Count the sacks", MARGIN + 18, 470);
    });
    expect(await blocks(bytes)).toEqual([
      "heading 1: River Survey",
      "heading 2: Trade",
      `paragraph: ${LEFT.slice(0, 6).join(" ")}`,
      "heading 3: Prices",
      `paragraph: ${RIGHT.join(" ")}`,
      "list-item: Salt from the upper valley, which is carried by night",
      "list-item: Millet",
      "list-item: 1. Count the sacks",
    ]);
  });

  test("paragraphs are told apart by gaps, by indents and by short last lines", async () => {
    const one = [...LEFT.slice(0, 3), "the patrols."];
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, one, MARGIN, 100);
      putLines(pdf, RIGHT.slice(0, 4), MARGIN, 170);
      putLines(pdf, LEFT.slice(4, 6), MARGIN, 300);
      put(pdf, LEFT[6] ?? "", MARGIN + 15, 328);
      put(pdf, LEFT[7] ?? "", MARGIN, 342);
    });
    expect((await blocks(bytes)).map((block) => block.slice(11))).toEqual([
      one.join(" "),
      RIGHT.slice(0, 4).join(" "),
      LEFT.slice(4, 6).join(" "),
      LEFT.slice(6).join(" "),
    ]);
  });

  test("the rows of a table are sentences of their own cells, below the names of the columns", async () => {
    const rows = [
      ["Country", "2023", "2024"],
      ["Mali", "1,024", "900"],
      ["Niger", "310", "415"],
      ["Chad", "77", "n/a"],
    ];
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      putLines(pdf, LEFT, MARGIN, 100);
      for (const [row, cells] of rows.entries()) {
        for (const [column, cell] of cells.entries()) put(pdf, cell, MARGIN + column * 120, 250 + row * 18);
      }
      putLines(pdf, RIGHT, MARGIN, 360);
    });
    expect(await blocks(bytes)).toEqual([
      `paragraph: ${LEFT.join(" ")}`,
      head("Country", "2023", "2024"),
      row("Mali", "1,024", "900"),
      row("Niger", "310", "415"),
      row("Chad", "77", "n/a"),
      `paragraph: ${RIGHT.join(" ")}`,
    ]);
  });

  test("cells that wrap stay together", async () => {
    const rows: [string[], string[], string[]][] = [
      [["Route"], ["Who guards it"], ["Since"]],
      [["Eastern", "ford"], ["Two patrols of the council", "and the ferrymen"], ["2019"]],
      [["Bridge"], ["The upper families"], ["2021"]],
    ];
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      for (const [row, cells] of rows.entries()) {
        for (const [column, lines] of cells.entries()) {
          for (const [line, text] of lines.entries()) {
            const font = row === 0 ? "Times-Bold" : "Times-Roman";
            put(pdf, text, MARGIN + column * 150, 100 + row * 40 + line * 12, 10, font);
          }
        }
      }
    });
    expect(await blocks(bytes)).toEqual([
      head("Route", "Who guards it", "Since"),
      row("Eastern ford", "Two patrols of the council and the ferrymen", "2019"),
      row("Bridge", "The upper families", "2021"),
    ]);
  });

  test("a table that goes on on the next page keeps its head, another table does not get it", async () => {
    const rows = (page: number) => [0, 1, 2, 3].map((n) => [`Land${page}${n}`, `${page}1${n}`, `${page}2${n}`]);
    const bytes = await pdfOf((pdf) => {
      for (const [page, columns] of [120, 120, 60].entries()) {
        pdf.addPage();
        const all = page === 0 ? [["Country", "2023", "2024"], ...rows(page)] : rows(page);
        for (const [line, cells] of all.entries()) {
          for (const [column, cell] of cells.entries()) put(pdf, cell, MARGIN + column * columns, 250 + line * 18);
        }
      }
    });
    const { document } = await extractPdf(bytes, LIMITS);
    const begins = document.blocks.map(({ beginsTable }) => beginsTable === true);
    expect(begins.flatMap((isFirst, index) => (isFirst ? [index] : []))).toEqual([9]);
    const count = (text: string) => text.split(/\s+/).length;
    const overheadTokens = (headings: readonly string[]) => count(headings.join(" "));
    const made = chunk(document, { countTokens: count, maxTokens: 40, targetTokens: 40, overheadTokens });
    expect(made.map(({ headings, sentences }) => [headings, sentences.length])).toEqual([
      [["Country | 2023 | 2024"], 8],
      [[], 4],
    ]);
  });

  test("lines of cells without a header stay whole", async () => {
    const bytes = await pdfOf((pdf) => {
      pdf.addPage();
      put(pdf, "Ferry:", MARGIN, 100);
      put(pdf, "closed", MARGIN + 150, 100);
      put(pdf, "Bridge:", MARGIN, 118);
      put(pdf, "open", MARGIN + 150, 118);
    });
    expect(await blocks(bytes)).toEqual([row("Ferry:", "closed"), row("Bridge:", "open")]);
  });
});
