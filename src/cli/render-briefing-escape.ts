/** Text of reports inside Markdown and HTML: exactly that text, never markup. Pure functions. */

import { oneLine, visible } from "../domain/visible.ts";
import { BLOCK_END } from "./render-answer.ts";
import { wrap } from "./terminal.ts";

/**
 * Characters that some Markdown gives a meaning to wherever they stand: "@" makes an e-mail address a link and pings. A
 * backslash before them shows them as they are.
 */
const MARKUP = /[\\`*_[\]<&|~$^#@]/g;
/** What makes an address a link without any brackets. */
const LINK = /:(?=\/\/)|(?<=www)\./gi;
/** Quotes, lists, rules under headings and definitions, which only begin a line. */
const LINE_START = /^(?=[>\-+=:])/;
const NUMBERED = /^(\d{1,9})(?=[.)](?:\s|$))/;
const ESCAPED_FOOTNOTE = /(?<!\\)\\\[\\\^([A-Za-z0-9-]{1,40})\\\](?!\\?[:({])/g;

/** One harmless line, white space folded; for the inside of a line, not for its beginning. */
export function markdown(text: string): string {
  return escaped(oneLine(text));
}

function escaped(line: string): string {
  return line.replace(MARKUP, "\\$&").replace(LINK, "\\$&");
}

/** An escaped line that begins nothing but text. */
function guarded(line: string): string {
  return line.replace(LINE_START, "\\").replace(NUMBERED, "$1\\");
}

/** An address that can be opened and copied; what is no plain web address is text. */
export function markdownAddress(url: string): string {
  return /^https?:\/\/[^\s<>\\]+$/i.test(url) && URL.canParse(url) && visible(url) === url ? `<${url}>` : markdown(url);
}

/**
 * Text on lines of its own behind `lead`, which stays as it is.
 * @param indent spaces before the lines after the first.
 */
export function markdownLines(lead: string, text: string, width: number, indent = 0): string[] {
  // Behind the mark of a list a line begins anew; behind anything else it has begun.
  const isAtStart = lead === "" || lead === "- ";
  return linesOfMarkdown(`${lead}${isAtStart ? guarded(markdown(text)) : markdown(text)}`, width, indent);
}

/** Wraps what is Markdown already, whose line ends mean nothing. */
export function linesOfMarkdown(line: string, width: number, indent = 0): string[] {
  // A mark that stood alone on its line would be an item without text.
  const mark = line.startsWith("- ") ? "- " : "";
  return wrap(line.slice(mark.length), width - Math.max(indent, mark.length)).map((each, at) =>
    at === 0 ? mark + each : " ".repeat(indent) + guarded(each),
  );
}

/**
 * The lines of a quote for the inside of a block quote. Where lines are not wrapped, taking the escapes back gives the
 * quote with what is dangerous written out and without the spaces at the ends of its lines, which Markdown would take for
 * code or for a line break; where they are, white space is folded.
 * @param width columns, Infinity for the quote's own lines.
 */
export function markdownQuote(text: string, width: number): string[] {
  if (width === Number.POSITIVE_INFINITY) return text.split("\n").map(quotedLine);
  return text
    .split(BLOCK_END)
    .map((block) => marked(markdown(block)))
    .filter((block) => block !== "")
    .flatMap((block) => wrap(block, width).map(guarded));
}

function quotedLine(line: string): string {
  const inner = line.replace(/^[ \t]+|[ \t]+$/g, "");
  return marked(guarded(escaped(inner.split("\t").map(visible).join("\t"))));
}

/**
 * Marks of footnotes as they stand in the report: here none of them is defined, so that they are text without escapes
 * too. Before these signs they could be a definition, a link or an attribute.
 */
function marked(escapedText: string): string {
  return escapedText.replace(ESCAPED_FOOTNOTE, "[^$1]");
}

/** What is in hand as HTML already; everything else is text. */
export interface Html {
  readonly html: string;
}

type HtmlPart = string | number | Html | readonly Html[];

/** HTML of a template: whatever stands in `${}` is text, unless it came from here itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly HtmlPart[]): Html {
  const last = strings[strings.length - 1] ?? "";
  return { html: parts.map((part, at) => `${strings[at]}${htmlOf(part)}`).join("") + last };
}

export const NO_HTML: Html = { html: "" };

function htmlOf(part: HtmlPart): string {
  if (typeof part === "string") return htmlText(part);
  if (typeof part === "number") return `${part}`;
  return "html" in part ? part.html : part.map((each) => each.html).join("\n");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text for the inside of an element or of an attribute in quotation marks; its line ends and tabs stay. */
export function htmlText(text: string): string {
  return text
    .split(/([\t\n])/)
    .map((part) => (part === "\t" || part === "\n" ? part : visible(part)))
    .join("")
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
