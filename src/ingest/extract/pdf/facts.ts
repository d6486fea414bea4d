/** What a PDF says about itself. */

import type { PDFDocumentProxy } from "unpdf/pdfjs";
import { isPartialDate } from "../../../domain/report.ts";
import type { StructuredText } from "../../../text/blocks.ts";
import { foldSpaces, normaliseText } from "../../../text/normalise.ts";
import { LONGEST_TITLE } from "../../metadata-schema.ts";
import type { DocumentFacts } from "../extracted.ts";

/** Names of files, of programs, and what programs fill in when nobody did. */
const NO_TITLE =
  /^(?:microsoft (?:word|powerpoint|excel) - .*|untitled.*|(?:power)?point presentation|slide \d+|document\d*|layout \d+|title|.*\.(?:docx?|pdf|indd|qxd|p65|pptx?|xlsx?|rtf|odt|tex|dvi|txt|html?|pages))$/i;
const NO_AUTHOR = /^(?:admin(?:istrator)?|user\d*|owner|unknown|default|author|guest|root|pc|laptop)$/i;

/** The facts of a document, with its largest heading on page 1 where its title field says nothing. */
export async function factsOf(pdf: PDFDocumentProxy, document: StructuredText): Promise<DocumentFacts> {
  const { info, metadata } = await pdf.getMetadata();
  const field = (name: string): unknown => (info as Readonly<Record<string, unknown>>)[name];
  const xmp = (name: string): unknown => (metadata as { get(name: string): unknown } | null)?.get(name);
  return {
    title: titleOf(field("Title")) ?? titleOf(xmp("dc:title")) ?? firstTitle(document),
    author: authorOf(field("Author")) ?? authorOf(xmp("dc:creator")),
    publisher: textOf(xmp("dc:publisher")),
    published: dateOf(field("CreationDate")),
    language: languageOf(field("Language")),
  };
}

function titleOf(value: unknown): string | undefined {
  const title = textOf(value);
  return title === undefined || NO_TITLE.test(title) || !/\p{L}{2}/u.test(title) ? undefined : title;
}

function authorOf(value: unknown): string | undefined {
  const author = textOf(value);
  return author === undefined || NO_AUTHOR.test(author) || !/\p{L}/u.test(author) ? undefined : author;
}

/** A text, or several with commas between. */
function textOf(value: unknown): string | undefined {
  const texts: unknown[] = Array.isArray(value) ? value : [value];
  const joined = texts.filter((text) => typeof text === "string").join(", ");
  const folded = foldSpaces(normaliseText(joined).toWellFormed());
  return folded === "" ? undefined : shortened(folded);
}

function shortened(text: string): string {
  return text.length <= LONGEST_TITLE ? text : text.slice(0, LONGEST_TITLE).toWellFormed().trim();
}

/** The first heading of the highest level that page 1 has. */
function firstTitle({ text, blocks, pages }: StructuredText): string | undefined {
  const end = pages?.[1] ?? text.length;
  const headings = blocks.filter(({ kind, start }) => kind === "heading" && start < end);
  const [first] = headings.sort((a, b) => a.level - b.level);
  if (first === undefined) return undefined;
  return shortened(text.slice(first.start, first.end).replace(/\s*:$/, ""));
}

/** The day of a PDF date, as "D:20230613104912-04'00'". */
function dateOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const [, year, month, day] = /^(?:D:)?(\d{4})(\d{2})?(\d{2})?/.exec(value.trim()) ?? [];
  const date = [year, month, day].filter((part) => part !== undefined).join("-");
  return isPartialDate(date) ? date : undefined;
}

function languageOf(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  return /^[a-z]{2,3}(?![a-z])/.exec(value.trim().toLowerCase())?.[0];
}
