/** A DOCX file for tests, from the XML of its body. */

import { type ZipPart, zipOf } from "./zip-writer.ts";

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

export interface DocxParts {
  /** The inside of `w:body`. */
  readonly body: string;
  /** The texts of footnotes 1, 2, ... */
  readonly footnotes?: readonly string[];
  /** The inside of the root of docProps/core.xml. */
  readonly core?: string;
  readonly app?: string;
  readonly more?: readonly ZipPart[];
}

export function docxOf({ body, footnotes = [], core = "", app = "", more = [] }: DocxParts): Uint8Array {
  const part = (name: string, content: string): ZipPart => ({
    name,
    content: `<?xml version="1.0" encoding="UTF-8"?>${content}`,
    isDeflated: true,
  });
  return zipOf([
    part(
      "[Content_Types].xml",
      '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    ),
    part(
      "_rels/.rels",
      `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>`,
    ),
    part("word/document.xml", `<w:document ${WORD}><w:body>${body}</w:body></w:document>`),
    part("word/styles.xml", `<w:styles ${WORD}>${STYLES.map(style).join("")}</w:styles>`),
    part("word/numbering.xml", `<w:numbering ${WORD}>${NUMBERING}</w:numbering>`),
    part(
      "word/footnotes.xml",
      `<w:footnotes ${WORD}>${footnotes.map((text, index) => `<w:footnote w:id="${index + 1}">${paragraph(text)}</w:footnote>`).join("")}</w:footnotes>`,
    ),
    part(
      "docProps/core.xml",
      `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">${core}</cp:coreProperties>`,
    ),
    part(
      "docProps/app.xml",
      `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">${app}</Properties>`,
    ),
    ...more,
  ]);
}

const STYLES = ["Title", "Subtitle", "heading 1", "heading 2", "Quote", "caption"];

function style(name: string): string {
  return `<w:style w:type="paragraph" w:styleId="${name.replace(" ", "")}"><w:name w:val="${name}"/></w:style>`;
}

const NUMBERING = [
  ["1", "decimal"],
  ["2", "bullet"],
]
  .map(
    ([id, format]) =>
      `<w:abstractNum w:abstractNumId="${id}"><w:lvl w:ilvl="0"><w:numFmt w:val="${format}"/></w:lvl></w:abstractNum>` +
      `<w:num w:numId="${id}"><w:abstractNumId w:val="${id}"/></w:num>`,
  )
  .join("");

/** A paragraph, in a style by its id; `list` is 1 for numbers and 2 for bullets. Its text may hold run elements. */
export function paragraph(text: string, styleId = "", list = 0): string {
  const number = list === 0 ? "" : `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="${list}"/></w:numPr>`;
  const properties = `${styleId === "" ? "" : `<w:pStyle w:val="${styleId}"/>`}${number}`;
  return `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`;
}

/** The mark of a footnote, to be put into the text of a paragraph. */
export function footnote(id: number): string {
  return `</w:t></w:r><w:r><w:footnoteReference w:id="${id}"/></w:r><w:r><w:t xml:space="preserve">`;
}

export function table(rows: readonly (readonly string[])[], isHeaderMarked = false): string {
  const cell = (text: string) => `<w:tc>${paragraph(text)}</w:tc>`;
  const row = (cells: readonly string[], index: number) =>
    `<w:tr>${isHeaderMarked && index === 0 ? "<w:trPr><w:tblHeader/></w:trPr>" : ""}${cells.map(cell).join("")}</w:tr>`;
  return `<w:tbl>${rows.map(row).join("")}</w:tbl>`;
}
