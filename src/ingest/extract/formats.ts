/** Which formats are read, and what reads each. */

import { posix } from "node:path";
import { SitrepError } from "../../domain/errors.ts";
import type { StructuredText } from "../../text/blocks.ts";
import { decodeText, foldSpaces, normaliseText } from "../../text/normalise.ts";
import { readFrontMatter } from "../metadata.ts";
import type { DocumentFacts, Extracted, ExtractionLimits } from "./extracted.ts";
import { extractMarkdown } from "./markdown.ts";
import { extractPlain } from "./plain.ts";

export type Format = "markdown" | "text" | "html" | "pdf" | "docx";

const FORMAT_OF_ENDING: Readonly<Record<string, Format>> = {
  ".md": "markdown",
  ".markdown": "markdown",
  ".txt": "text",
  ".html": "html",
  ".htm": "html",
  ".xhtml": "html",
  ".pdf": "pdf",
  ".docx": "docx",
};

/** For help texts and errors. */
export const READ_ENDINGS = Object.keys(FORMAT_OF_ENDING);

/** Endings of documents that people expect to be read, with what to do about them. */
export const UNREAD_ENDINGS: Readonly<Record<string, string>> = {
  ".doc": "save it as .docx",
  ".odt": "save it as .docx or .pdf",
  ".rtf": "save it as .docx or .pdf",
  ".epub": "save it as .html or .pdf",
  ".mht": "save the page as .html",
  ".mhtml": "save the page as .html",
};

/** The format of a file by its ending; null for one that is not read. */
export function formatOf(path: string): Format | null {
  return FORMAT_OF_ENDING[posix.extname(path).toLowerCase()] ?? null;
}

/** A document with the YAML of its front matter, which only Markdown has. */
export interface ExtractedFile extends Extracted {
  readonly front: string | null;
}

/**
 * The text of a file, its structure, and what it says about itself. The packages for HTML, PDF and DOCX are loaded
 * when the first such file is met.
 * @throws {SitrepError} "bad-corpus" with the reason, completing "the file ...".
 */
export async function extract(
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  limits: ExtractionLimits,
): Promise<ExtractedFile> {
  switch (formatOf(path)) {
    case "html": {
      const { extractHtml } = await import("./html.ts");
      return { ...extractHtml(bytes, limits), front: null };
    }
    case "pdf": {
      const { extractPdf } = await import("./pdf.ts");
      return { ...(await extractPdf(bytes, limits)), front: null };
    }
    case "docx": {
      const { extractDocx } = await import("./docx.ts");
      return { ...(await extractDocx(bytes, limits)), front: null };
    }
    case "text":
      return { document: extractPlain(textOf(bytes, limits)), facts: {}, front: null };
    case "markdown": {
      const text = textOf(bytes, limits);
      const front = readFrontMatter(text);
      const document = extractMarkdown(front?.body ?? text);
      // A front matter has to name the report itself, as the README says.
      return { document, facts: front === null ? markdownFacts(document) : {}, front: front?.yaml ?? null };
    }
    case null:
      throw new SitrepError("bad-corpus", `is of a format that is not read (${READ_ENDINGS.join(", ")} are)`);
  }
}

function textOf(bytes: Uint8Array, { maxCharacters }: ExtractionLimits): string {
  const text = normaliseText(decodeText(bytes));
  if (text.length <= maxCharacters) return text;
  throw new SitrepError("bad-corpus", `holds more than ${maxCharacters.toLocaleString("en")} characters of text`);
}

/** A Markdown text that begins with its one title names itself. */
function markdownFacts({ reading, blocks }: StructuredText): DocumentFacts {
  const [first, ...rest] = blocks;
  if (first?.kind !== "heading" || first.level !== 1 || rest.some(({ level }) => level === 1)) return {};
  return { title: foldSpaces(reading.slice(first.start, first.end)) };
}
