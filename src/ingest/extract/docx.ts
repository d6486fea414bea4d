/** DOCX: what mammoth makes of it in HTML, as blocks, and the properties of the document. */

import mammoth from "mammoth";
import { SitrepError } from "../../domain/errors.ts";
import { canonicalWriter } from "./canonical-writer.ts";
import type { DocumentFacts, Extracted, ExtractionLimits } from "./extracted.ts";
import { factDate, factText } from "./fact-values.ts";
import { writeHtmlBlocks } from "./html/blocks.ts";
import { findAll, findFirst, type HtmlParent, isElement, parseHtml, parseXml, textWithin } from "./html/tree.ts";
import { readZip, storedZip, type ZipEntry } from "./zip.ts";

/** What a file of the old Office formats begins with, and a password-protected DOCX, which is packed into one. */
const OLE = [0xd0, 0xcf, 0x11, 0xe0];

/** Styles beside those that mammoth knows by itself. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='heading 7'] => h6:fresh",
  "p[style-name='heading 8'] => h6:fresh",
  "p[style-name='heading 9'] => h6:fresh",
  "p[style-name='caption'] => p:fresh",
  "p[style-name='Caption'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Block Text'] => blockquote > p:fresh",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
];

/** Titles that programs give to a document that nobody has given one. */
const NO_TITLE = /^(?:(?:untitled|document|dokument|doc|word document|powerpoint presentation)\s?\d*|normal)$/i;

/**
 * The canonical text of a DOCX file and its facts. Notes stand at the end, each a paragraph; their marks are left
 * out of the text. Pictures, comments, headers and footers are not read. The day of creation is taken for that of
 * publication, as nothing in the format is nearer to it.
 * @throws {SitrepError} "bad-corpus" when it is no DOCX file, harmful, damaged, or without text.
 */
export async function extractDocx(bytes: Uint8Array, limits: ExtractionLimits): Promise<Extracted> {
  if (OLE.every((byte, index) => bytes[index] === byte)) {
    throw new SitrepError("bad-corpus", "is a .doc or password-protected file; save it as .docx without a password");
  }
  const entries = readZip(bytes, (name) => /\.(?:xml|rels)$/i.test(name));
  if (entries === null || !entries.some(({ name }) => name === "[Content_Types].xml")) {
    throw new SitrepError("bad-corpus", "is not a DOCX file");
  }
  refuseDeclarations(entries);
  const tree = parseHtml(await htmlOf(entries));
  releaseNotes(tree);
  const writer = canonicalWriter(limits.maxCharacters);
  writeHtmlBlocks(tree, writer, { chrome: new Set(), hasUnmarkedHeaders: true });
  if (writer.length() === 0) throw new SitrepError("bad-corpus", "holds no text");
  return { document: writer.finish(), facts: factsOf(entries, tree) };
}

/** A document type can declare entities that grow without end; the format forbids it. */
function refuseDeclarations(entries: readonly ZipEntry[]): void {
  const signs = [Buffer.from("<!DOCTYPE"), Buffer.from("<!DOCTYPE", "utf16le"), Buffer.from("<!ENTITY")];
  for (const { name, bytes } of entries) {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (signs.some((sign) => buffer.includes(sign))) {
      throw new SitrepError(
        "bad-corpus",
        `is not a DOCX file: ${JSON.stringify(name.slice(0, 80))} declares a document type`,
      );
    }
  }
}

/** Mammoth is given what was checked, packed anew, and never the file: the two could be read in different ways. */
async function htmlOf(entries: readonly ZipEntry[]): Promise<string> {
  try {
    const buffer = Buffer.from(storedZip(entries));
    const { value } = await mammoth.convertToHtml(
      { buffer },
      {
        styleMap: STYLES,
        // A style map in the file could hide text.
        includeEmbeddedStyleMap: false,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: "" })),
      },
    );
    return value;
  } catch (cause) {
    if (cause instanceof RangeError) throw new SitrepError("bad-corpus", "is nested too deeply to be read", { cause });
    const reason = cause instanceof Error ? cause.message.split("\n", 1)[0] : "";
    if (reason?.startsWith("Could not find main document part")) {
      throw new SitrepError("bad-corpus", "is not a DOCX file: it holds no document", { cause });
    }
    throw new SitrepError("bad-corpus", "is not a DOCX file that can be read", { cause });
  }
}

/** The notes, which mammoth puts into a list at the end with numbers of its own, become paragraphs. */
function releaseNotes(tree: HtmlParent): void {
  for (const item of findAll(
    tree,
    ({ name, attribs }) => name === "li" && /^(?:foot|end)note-/.test(attribs.id ?? ""),
  )) {
    item.name = "div";
    if (item.parent !== null && isElement(item.parent) && item.parent.name === "ol") item.parent.name = "div";
  }
}

function factsOf(entries: readonly ZipEntry[], tree: HtmlParent): DocumentFacts {
  const core = propertiesOf(entries, "docProps/core.xml");
  const app = propertiesOf(entries, "docProps/app.xml");
  const title = factText(core.get("title")?.replace(/^Microsoft Word - /, ""));
  const h1 = findFirst(tree, ({ name }) => name === "h1");
  return {
    title: title === undefined || NO_TITLE.test(title) ? factText((h1 && textWithin(h1, 200)) ?? undefined) : title,
    author: factText(core.get("creator")),
    publisher: factText(app.get("Company")),
    published: factDate(core.get("created")),
    language: /^([a-z]{2,3})(?![a-z])/i.exec(core.get("language")?.trim() ?? "")?.[1]?.toLowerCase(),
  };
}

/** The texts of a part's elements by local name, the first of each. */
function propertiesOf(entries: readonly ZipEntry[], part: string): Map<string, string> {
  const properties = new Map<string, string>();
  const entry = entries.find(({ name }) => name === part);
  if (entry === undefined) return properties;
  for (const element of findAll(parseXml(new TextDecoder().decode(entry.bytes)), () => true)) {
    const name = element.name.replace(/^.*:/, "");
    const text = textWithin(element)?.trim() ?? "";
    if (text !== "" && !properties.has(name)) properties.set(name, text);
  }
  return properties;
}
