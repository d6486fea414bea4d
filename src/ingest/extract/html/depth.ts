/** Keeping the depth of an HTML text within bounds before it is parsed. */

/**
 * Elements deeper than this lose their tags, as in browsers (there at 512): the parsing rules for `<div>` and
 * `<ul>` look through all open elements, so that time would grow with the square of the depth.
 */
export const DEEPEST = 1000;

const VOID = new Set("area base br col embed frame hr img input link meta param source track wbr".split(" "));
/** Elements that may stay open without being nested: the next of their kind ends them. */
const OPTIONAL_END = new Set(
  "p li dt dd tr td th tbody thead tfoot option optgroup colgroup rt rp html body".split(" "),
);
/** What is in these is not parsed. */
const RAW = new Set("script style textarea title xmp iframe noembed noframes noscript".split(" "));
/** These stay open in spite of `/>`; what is drawn (`<path/>`) does not. */
const OPEN_ALWAYS = new Set("div span section article ul ol dl table b i em strong font center blockquote".split(" "));

const TAG = /<(?:!--|(\/?)([a-z][a-z0-9-]*)([^<>]*))/gi;

/** The text with tags below the deepest level as `<wbr>`, which holds nothing; what they hold stays. Linear. */
export function flattened(html: string): string {
  const parts: string[] = [];
  let written = 0;
  let depth = 0;
  TAG.lastIndex = 0;
  for (let match = TAG.exec(html); match !== null; match = TAG.exec(html)) {
    const [, slash = "", name, rest = ""] = match;
    const small = name?.toLowerCase();
    if (small === undefined || (RAW.has(small) && slash === "")) {
      const end = small === undefined ? html.indexOf("-->", TAG.lastIndex) : endOfRaw(html, small, TAG.lastIndex);
      if (end === -1) break;
      TAG.lastIndex = end;
      continue;
    }
    if (VOID.has(small) || OPTIONAL_END.has(small)) continue;
    if (slash === "" && rest.endsWith("/") && !OPEN_ALWAYS.has(small)) continue;
    if (slash === "") depth += 1;
    if (depth > DEEPEST) {
      parts.push(html.slice(written, match.index), `<${slash}wbr`);
      written = match.index + 1 + slash.length + small.length;
    }
    if (slash !== "") depth = Math.max(0, depth - 1);
  }
  return written === 0 ? html : parts.join("") + html.slice(written);
}

function endOfRaw(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, "gi");
  end.lastIndex = from;
  return end.exec(html)?.index ?? -1;
}
