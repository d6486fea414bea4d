/**
 * How a Discord client shows a text: a small model of its Markdown. The expressions follow those of the client's own
 * parser (simple-markdown with Discord's additions), as far as they matter for what bots write.
 */

export type Inline = "bold" | "italic" | "underline" | "strike" | "spoiler";
export type Block = "quote" | "subtext" | "heading" | "item";

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: Inline | Block; readonly children: readonly Node[] }
  | { readonly kind: "code" | "codeblock"; readonly text: string }
  /** `masked` when the address is not what is shown. */
  | { readonly kind: "link"; readonly url: string; readonly masked: boolean; readonly children: readonly Node[] }
  | { readonly kind: "mention" | "emoji" | "timestamp" | "command"; readonly text: string };

interface Place {
  /** Whether headings, lists and quotes may begin at a line's start. */
  readonly blocks: boolean;
  readonly inQuote: boolean;
  readonly inLink: boolean;
  readonly depth: number;
}

/** Formatting in formatting, deeper than anybody can see. */
const DEEPEST = 30;

interface Match {
  readonly length: number;
  readonly nodes: readonly Node[];
}

type Rule = (source: string, at: number, place: Place) => Match | null;

/** A text as a tree of what is shown. */
export function parseMarkdown(source: string): Node[] {
  return parse(source, { blocks: true, inQuote: false, inLink: false, depth: 0 });
}

/** What a person reads: the text without the signs of its formatting; addresses only where they are shown. */
export function plainText(source: string): string {
  return shown(parseMarkdown(source));
}

/** The addresses that can be followed. */
export function linksOf(source: string): string[] {
  const found: string[] = [];
  visit(parseMarkdown(source), (node) => {
    if (node.kind === "link") found.push(node.url);
  });
  return found;
}

/** The kinds of everything in a text that is not plain text, each once: empty when it shows as it is. */
export function formattingOf(source: string): Node["kind"][] {
  const kinds = new Set<Node["kind"]>();
  visit(parseMarkdown(source), ({ kind }) => kinds.add(kind));
  kinds.delete("text");
  return [...kinds];
}

function visit(nodes: readonly Node[], see: (node: Node) => void): void {
  for (const node of nodes) {
    see(node);
    if ("children" in node) visit(node.children, see);
  }
}

function shown(nodes: readonly Node[]): string {
  return nodes.map((node) => ("children" in node ? shown(node.children) : node.text)).join("");
}

function parse(source: string, place: Place): Node[] {
  const nodes: Node[] = [];
  let plain = "";
  const add = (node: Node): void => {
    if (node.kind === "text") plain += node.text;
    else {
      if (plain !== "") nodes.push({ kind: "text", text: plain });
      plain = "";
      nodes.push(node);
    }
  };
  for (let at = 0; at < source.length; ) {
    const match = matchAt(source, at, place);
    if (match === null) plain += source[at];
    else for (const node of match.nodes) add(node);
    at += match === null ? 1 : match.length;
  }
  if (plain !== "") nodes.push({ kind: "text", text: plain });
  return nodes;
}

function matchAt(source: string, at: number, place: Place): Match | null {
  if (place.blocks && (at === 0 || source[at - 1] === "\n")) {
    for (const rule of BLOCKS) {
      const match = rule(source, at, place);
      if (match !== null) return match;
    }
  }
  for (const rule of INLINE[source[at] ?? ""] ?? []) {
    const match = rule(source, at, place);
    if (match !== null) return match;
  }
  return null;
}

/** A rule of an expression; `y` lets it begin where it is asked for and not before. */
function rule(expression: RegExp, make: (groups: string[], place: Place) => Node[] | null): Rule {
  const sticky = new RegExp(expression.source, `${expression.flags.replace("y", "")}y`);
  return (source, at, place) => {
    sticky.lastIndex = at;
    const match = sticky.exec(source);
    if (match === null) return null;
    const nodes = make(
      [...match].map((group) => group ?? ""),
      place,
    );
    return nodes === null ? null : { length: match[0].length, nodes };
  };
}

const text = (content: string): Node => ({ kind: "text", text: content });
const inline = (place: Place): Place => ({ ...place, blocks: false });

/** What is in it is read only once it is chosen: reading it for every rule that fits would take exponential time. */
function wrapped(kind: Inline, expression: RegExp): Rule {
  const sticky = new RegExp(expression.source, "y");
  return (source, at, place) => {
    sticky.lastIndex = at;
    const match = place.depth > DEEPEST ? null : sticky.exec(source);
    if (match === null) return null;
    const [whole, inside = ""] = match;
    return {
      length: whole.length,
      get nodes() {
        return [{ kind, children: parse(inside, { ...inline(place), depth: place.depth + 1 }) }];
      },
    };
  };
}

const ESCAPE = rule(/\\([^0-9A-Za-z\s])/u, ([, escaped = ""]) => [text(escaped)]);
const CODE_BLOCK = rule(/```(?:[a-z0-9_+\-.#]+?\n)?\n*([^\n][\s\S]*?)\n*```/i, ([, code = ""]) => [
  { kind: "codeblock", text: code },
]);
const CODE = rule(/(`+)([\s\S]*?[^`])\1(?!`)/, ([, , code = ""]) => [
  { kind: "code", text: code.replace(/^ (?= *`)|(?<=` *) $/g, "") },
]);
const BOLD = wrapped("bold", /\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/);
const ITALIC_STAR = wrapped("italic", /\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)/);
const UNDERLINE = wrapped("underline", /__((?:\\[\s\S]|[^\\])+?)__(?!_)/);
const ITALIC_LINE = wrapped("italic", /_((?:__|\\[\s\S]|[^\\_])+?)_\b/);
// Ends before anything that is no word character, too: `_\b` alone wants a letter or nothing after it.
const ITALIC_LINE_END = wrapped("italic", /_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)/);
const STRIKE = wrapped("strike", /~~([\s\S]+?)~~(?!_)/);
const SPOILER = wrapped("spoiler", /\|\|([\s\S]+?)\|\|/);
const MENTION = rule(/<(?:@[!&]?|#)\d+>/, ([whole = ""]) => [
  { kind: "mention", text: whole.replace(/^<([@#])[!&]?|>$/g, "$1") },
]);
const EVERYONE = rule(/@(?:everyone|here)/, ([whole = ""]) => [{ kind: "mention", text: whole }]);
const EMOJI = rule(/<a?:(\w+):\d+>/, ([, name = ""]) => [{ kind: "emoji", text: `:${name}:` }]);
const COMMAND = rule(/<\/([-_'\p{L}\p{N} ]+):\d+>/u, ([, name = ""]) => [{ kind: "command", text: `/${name}` }]);
const NAVIGATION = rule(/<id:(customize|browse|guide|linked-roles)(?::\d+)?>/, ([, name = ""]) => [
  { kind: "mention", text: name },
]);
const TIMESTAMP = rule(/<t:(-?\d{1,17})(?::[tTdDfFsSR])?>/, ([, seconds = ""]) => {
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? null : [{ kind: "timestamp", text: time.toISOString() }];
});
const ANGLE_LINK = rule(/<(https?:\/\/[^\s<>]+|discord:\/\/[^\s<>]+)>/i, ([, url = ""], { inLink }) =>
  bareLink(url, inLink),
);
const CONTACT = rule(
  /<((?:mailto:)?[^\s<>@:]+@[^\s<>@]+\.[^\s<>@]+|(?:tel:)?\+\d[\d-]{5,})>/i,
  ([, address = ""], { inLink }) => bareLink(address, inLink),
);
const URL_TEXT = /(?:https?|discord):\/\/[^\s<]+[^<.,:;"'\]\s]/iy;
const MASKED =
  /\[((?:\[[^\]]*\]|[^[\]]|\](?=[^[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['"]([\s\S]*?)['"])?\s*\)/y;

function bareLink(url: string, inLink: boolean): Node[] | null {
  return inLink ? null : [{ kind: "link", url, masked: false, children: [text(url)] }];
}

/** An address as it stands; a bracket at its end belongs to it only when it was opened in it. */
const URL_RULE: Rule = (source, at, { inLink }) => {
  if (inLink) return null;
  URL_TEXT.lastIndex = at;
  let url = URL_TEXT.exec(source)?.[0] ?? "";
  while (url.endsWith(")") && url.split(")").length > url.split("(").length) url = url.slice(0, -1);
  if (url.length < 9) return null;
  return { length: url.length, nodes: [{ kind: "link", url, masked: false, children: [text(url)] }] };
};

/** `[label](address)`. A label that is empty or looks like an address itself is not taken: it could lie. */
const MASKED_RULE: Rule = (source, at, place) => {
  if (place.inLink) return null;
  MASKED.lastIndex = at;
  const match = MASKED.exec(source);
  if (match === null) return null;
  const [whole, label = "", target = ""] = match;
  const url = target.replace(/\\([^0-9A-Za-z\s])/g, "$1");
  if (label.trim() === "" || /(?:https?|discord):\/\//i.test(label) || !/^(?:https?|discord):\/\/\S/i.test(url))
    return null;
  const children = parse(label, { ...inline(place), inLink: true });
  return { length: whole.length, nodes: [{ kind: "link", url, masked: true, children }] };
};

/** Of the rules that begin with the same sign, the one that takes the most; the first of those that take the same. */
function longest(...rules: readonly Rule[]): Rule {
  return (source, at, place) => {
    const matches = rules.flatMap((one) => one(source, at, place) ?? []);
    return matches.reduce<Match | null>(
      (best, match) => (best === null || match.length > best.length ? match : best),
      null,
    );
  };
}

/** Inline rules by the sign that they begin with, in the order they are tried. */
const INLINE: Readonly<Record<string, readonly Rule[]>> = {
  "\\": [ESCAPE],
  "`": [CODE_BLOCK, CODE],
  "*": [longest(ITALIC_STAR, BOLD)],
  _: [longest(ITALIC_LINE, ITALIC_LINE_END, UNDERLINE)],
  "~": [STRIKE],
  "|": [SPOILER],
  "<": [MENTION, EMOJI, COMMAND, TIMESTAMP, NAVIGATION, ANGLE_LINK, CONTACT],
  "@": [EVERYONE],
  "[": [MASKED_RULE],
  h: [URL_RULE],
  H: [URL_RULE],
  d: [URL_RULE],
  D: [URL_RULE],
};

/** What a block leaves behind it: the line break that ended it. */
const ended = (whole: string): Node[] => (whole.endsWith("\n") ? [text("\n")] : []);

const HEADING = rule(/ *(#{1,3})[ \t]+(?!#)([^\n]+?)#*[ \t]*(?:\n|$)/, ([whole = "", , title = ""], place) => [
  { kind: "heading", children: parse(title, inline(place)) },
  ...ended(whole),
]);
const SUBTEXT = rule(/ *-#[ \t]+(?!-#)([^\n]+?)(?:\n|$)/, ([whole = "", small = ""], place) => [
  { kind: "subtext", children: parse(small, inline(place)) },
  ...ended(whole),
]);
const QUOTE_REST = rule(/ *>>> ([\s\S]+)/, ([, quoted = ""], place) =>
  place.inQuote ? null : [{ kind: "quote", children: parse(quoted, { ...place, inQuote: true }) }],
);
const QUOTE = rule(/(?: *> [^\n]*(?:\n|$))+/, ([whole = ""], place) => {
  if (place.inQuote) return null;
  const quoted = whole.replace(/^ *> /gm, "").replace(/\n$/, "");
  return [{ kind: "quote", children: parse(quoted, { ...place, inQuote: true }) }, ...ended(whole)];
});
/** One item; what follows it in further lines is read by itself. A dash or star is shown as a dot. */
const ITEM = rule(
  /( *)([*-]|\d{1,10}\.)[ \t]+([^\n]+)(\n|$)/,
  ([whole = "", indent = "", sign = "", content = ""], place) => [
    { kind: "item", children: [text(`${indent}${/\d/.test(sign) ? sign : "•"} `), ...parse(content, inline(place))] },
    ...ended(whole),
  ],
);

const BLOCKS: readonly Rule[] = [HEADING, SUBTEXT, QUOTE_REST, QUOTE, ITEM];
