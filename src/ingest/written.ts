/** What people have written down about a report, as YAML: in its front matter, beside it, or in the manifest. */

import { isMap, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";

/** Fields of one report as they are written in one place. Plain data: it is sent to another process. */
export interface Written {
  /** Path, inside the corpus folder, of the file that they stand in; null for the report's own front matter. */
  readonly place: string | null;
  readonly fields: Readonly<Record<string, unknown>>;
  /** 1-based line of each field that is there, by its path as JSON. */
  readonly lines: ReadonlyMap<string, number>;
  /** Line of what holds the fields. */
  readonly line: number;
}

/** Something wrong in what was written. */
export interface MetadataProblem {
  /** 1-based line of the file. */
  line: number;
  /** Path of the field, as "sources[2].url" for the second source; empty where the whole front matter is meant. */
  field: string;
  reason: string;
  /** The file that the line is of, where that is not the report itself. */
  file?: string;
}

export type FieldPath = readonly (string | number)[];

export type ReadYaml =
  | { ok: true; data: unknown; lines: Map<string, number> }
  | { ok: false; problems: MetadataProblem[] };

const DEEP = "nested too deeply, or unreadable";
/** Faults that are named of one text: a broken one can have as many as characters. */
const MOST_FAULTS = 10;
/**
 * Parts of what is written about one report: more than a hundred sources need. YAML is read in the process that
 * ingests, so a hostile text must cost little: 20,000 parts take a third of a second.
 */
const MOST_PARTS = 20_000;
/** Parts of a manifest of 10,000 reports. */
export const MOST_MANIFEST_PARTS = 250_000;
/** Characters of a line: nobody writes longer ones, and a part on the same line costs more the deeper it stands. */
const LONGEST_LINE = 20_000;

/**
 * Reads YAML in which every scalar stays the text that was written, so that `2025` and `2025-02-02` are both
 * dates; empty values, `~` and `null` are null. Aliases are refused: nobody needs them here, a few lines of them can
 * stand for gigabytes, and one can stand for what it is in.
 * @param firstLine 1-based line of the file where the YAML starts.
 */
export function readYaml(yaml: string, firstLine: number, mostParts = MOST_PARTS): ReadYaml {
  const counter = new LineCounter();
  const lineAt = (offset: number): number => firstLine + Math.max(1, counter.linePos(offset).line) - 1;
  const problem = (reason: string, line = firstLine): MetadataProblem => ({
    line,
    field: "",
    reason: `not valid YAML: ${reason}`,
  });
  const broken = (...problems: MetadataProblem[]): ReadYaml => ({ ok: false, problems });
  const long = lineLongerThan(yaml, LONGEST_LINE);
  if (long !== null) return broken(problem(`a line of more than ${LONGEST_LINE} characters`, firstLine + long));
  if (partsOf(yaml) > mostParts) return broken(problem(`more than ${mostParts.toLocaleString("en")} lines and items`));
  try {
    // Whether keys are unique is looked at below: the parser compares each with all before it.
    const document = parseDocument(yaml, {
      schema: "failsafe",
      lineCounter: counter,
      prettyErrors: false,
      uniqueKeys: false,
    });
    if (document.errors.length > 0) {
      return broken(
        ...document.errors
          .slice(0, MOST_FAULTS)
          .map(({ message, pos }) => problem(/call stack/.test(message) ? DEEP : message, lineAt(pos[0]))),
      );
    }
    const repeated: number[] = [];
    const aliases: number[] = [];
    visit(document, {
      Map: (_, node) => {
        for (const offset of repeatedKeys(node.items)) repeated.push(offset);
      },
      Alias: (_, node) => void aliases.push(node.range?.[0] ?? 0),
      Scalar: (key, node) => {
        if (key !== "key" && node.type === "PLAIN" && /^(?:|~|null)$/i.test(String(node.value))) node.value = null;
      },
    });
    if (repeated.length > 0) {
      return broken(...repeated.slice(0, MOST_FAULTS).map((at) => problem("Map keys must be unique", lineAt(at))));
    }
    if (aliases.length > 0) {
      const reason = "aliases (*name) are not read; write the value out";
      return broken(...aliases.slice(0, MOST_FAULTS).map((at) => problem(reason, lineAt(at))));
    }
    if (!isMap(document.contents)) return broken(problem("expected fields such as `title: ...`"));
    return { ok: true, data: document.toJS(), lines: linesOf(document.contents, lineAt) };
  } catch {
    return broken(problem(DEEP));
  }
}

/** What costs the parser time: at least as many as it makes of a text. */
const PART = /[\n,[\]{}"'&*!%|>`@#]|[-?:](?=[\s,[\]{}]|$)/g;

function partsOf(yaml: string): number {
  let parts = 0;
  for (const _ of yaml.matchAll(PART)) parts += 1;
  return parts;
}

/** 0-based number of the first line that is longer; null where none is. */
function lineLongerThan(text: string, most: number): number | null {
  let line = 0;
  for (let start = 0; start <= text.length; line += 1) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    if (end - start > most) return line;
    start = end + 1;
  }
  return null;
}

/** Offsets of keys that stood in the same map before. */
function repeatedKeys(items: readonly { readonly key: unknown }[]): number[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    if (seen.has(name)) return [key.range?.[0] ?? 0];
    seen.add(name);
    return [];
  });
}

/** The line of every field and list item. */
function linesOf(root: unknown, lineAt: (offset: number) => number): Map<string, number> {
  const lines = new Map<string, number>();
  const pending: { node: unknown; path: FieldPath }[] = [{ node: root, path: [] }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { node, path } = next;
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        if (!isScalar(key)) continue;
        const field = [...path, String(key.value)];
        lines.set(JSON.stringify(field), lineAt(key.range?.[0] ?? 0));
        pending.push({ node: value, path: field });
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        const field = [...path, index];
        const range = (item as { range?: readonly number[] | null } | null)?.range;
        if (range?.[0] !== undefined) lines.set(JSON.stringify(field), lineAt(range[0]));
        pending.push({ node: item, path: field });
      });
    }
  }
  return lines;
}

/** The line of a field, or of the innermost field above it that is there. */
export function lineOf({ lines, line }: Pick<Written, "lines" | "line">, path: FieldPath): number {
  for (let length = path.length; length > 0; length -= 1) {
    const found = lines.get(JSON.stringify(path.slice(0, length)));
    if (found !== undefined) return found;
  }
  return line;
}

/** "sources[2].url" for the address of the second source. */
export function fieldName(path: FieldPath): string {
  return path.reduce<string>((name, segment) => {
    if (typeof segment === "number") return `${name}[${segment + 1}]`;
    return name === "" ? segment : `${name}.${segment}`;
  }, "");
}
