/** What of HTML in Markdown is markup: known tags and comments. Other angle brackets are text. */

/** Elements of HTML. `<unknown actor>` is text that a report wants read. */
const ELEMENTS = new Set(
  (
    "a abbr acronym address area article aside audio b base bdi bdo big blockquote body br button canvas caption center " +
    "cite code col colgroup data datalist dd del details dfn dialog div dl dt em embed fieldset figcaption figure font " +
    "footer form frame h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img input ins kbd label legend li link " +
    "main map mark menu meta meter nav noscript object ol optgroup option output p param picture pre progress q rp rt " +
    "ruby s samp script section select small source span strike strong style sub summary sup svg table tbody td " +
    "template textarea tfoot th thead time title tr track tt u ul var video wbr"
  ).split(" "),
);

/** A tag that begins or ends a block, so that what stands before it is another paragraph. */
const BLOCK_TAG =
  /<\/?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|figcaption|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])/iy;

/** Longest tag that is recognised, in characters. */
const LONGEST_TAG = 4096;

/** The offset after the HTML tag that starts at `at` (a `<`), or -1 where there is none before `limit`. */
export function tagEnd(text: string, at: number, limit: number): number {
  const name = /^<\/?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])/.exec(text.slice(at, Math.min(limit, at + 16)))?.[1];
  if (name === undefined || !ELEMENTS.has(name.toLowerCase())) return -1;
  const stop = Math.min(limit, at + LONGEST_TAG);
  let quote = "";
  for (let i = at + name.length + 1; i < stop; i += 1) {
    const character = text.charAt(i);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === ">") return i + 1;
    else if (character === "<") return -1;
    else if ((character === '"' || character === "'") && text.charAt(i - 1) === "=") quote = character;
  }
  return -1;
}

/** Whether a block-level tag starts at `at`. */
export function isBlockTag(text: string, at: number): boolean {
  BLOCK_TAG.lastIndex = at;
  return BLOCK_TAG.test(text);
}

/** Finds where comments, scripts and styles end; each search that fails is never made again. */
export interface HtmlRegions {
  /** The offset after the comment, script or style that starts at `at`, or -1. */
  endOf(at: number): number;
}

export function htmlRegions(text: string): HtmlRegions {
  const hopeless = new Set<string>();
  return {
    endOf(at) {
      const name = /^<(!--|script(?=[\s>])|style(?=[\s>]))/i.exec(text.slice(at, at + 8))?.[1]?.toLowerCase();
      if (name === undefined || hopeless.has(name)) return -1;
      const closing = name === "!--" ? /-->/g : name === "script" ? /<\/script\s*>/gi : /<\/style\s*>/gi;
      closing.lastIndex = at + 1 + name.length;
      const found = closing.exec(text);
      if (found !== null) return found.index + found[0].length;
      hopeless.add(name);
      return -1;
    },
  };
}
