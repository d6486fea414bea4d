/** What the bot says: the same in every language, inside Discord's limits, and nowhere else than in its place. */

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parseAst } from "vitest/node";
import { loadConfig } from "../../src/config.ts";
import { CHECK_COMMAND, commandDefinitions } from "../../src/discord/commands.ts";
import { LONGEST_LABEL } from "../../src/discord/components.ts";
import { english } from "../../src/discord/strings/en.ts";
import { urdu } from "../../src/discord/strings/ur.ts";
import { LANGUAGES, type Strings, stringsFor } from "../../src/discord/strings.ts";
import { commandFaults } from "../e2e/discord/harness/command-rules.ts";
import { schemaFaults } from "../e2e/discord/harness/schemas.ts";

/** Values of entries that do not take just anything. All others take numbers, which show as they are. */
const SAMPLES: Readonly<Record<string, readonly (readonly unknown[])[]>> = {
  "answer.confidence": [["high"], ["medium"], ["low"]],
  "source.reliability": [["A"], ["B"], ["C"], ["D"], ["E"], ["F"]],
  "source.unconfirmed": [[["title"]], [["publisher", "author", "published", "language", "url"]]],
  "source.covers": [
    [2024, 2024],
    [2024, 2025],
  ],
  "source.size": [
    [1, 0],
    [2041, 17],
  ],
  "status.connection": [
    [41, 7],
    [null, 7],
  ],
  "reindex.phase": (["look", "read", "embed", "index", "write"] as const).map((phase) => [phase, 3, 20]),
};

type Entry = string | ((...values: never[]) => string);

interface Said {
  /** "answer.asked". */
  readonly path: string;
  readonly values: readonly unknown[];
  readonly text: string;
}

/** Every entry of a language, by its path. */
function entriesOf(value: unknown, path = ""): [string, Entry][] {
  if (typeof value === "string" || typeof value === "function") return [[path, value as Entry]];
  return Object.entries(value as object).flatMap(([key, each]) =>
    entriesOf(each, path === "" ? key : `${path}.${key}`),
  );
}

/** Everything that a language can say; entries with parameters once for each of their samples. */
function everything(strings: Strings): Said[] {
  return entriesOf(strings).flatMap(([path, entry]) => {
    if (typeof entry === "string") return [{ path, values: [], text: entry }];
    const call = entry as (...values: readonly unknown[]) => string;
    const counts = (values: readonly number[]) => Array.from({ length: entry.length }, (_, at) => values[at]);
    const samples = SAMPLES[path] ?? [counts([1, 1, 1, 1]), counts([2041, 17, 356, 98])];
    return samples.map((values) => ({ path, values, text: call(...values) }));
  });
}

const ISOLATES = /[\u2066-\u2069]/g;
const MARKS = /[\u200E\u200F]/g;

test("DISCORD_LANGUAGE can be each language that there is", () => {
  for (const language of Object.keys(LANGUAGES)) {
    expect(loadConfig({ DISCORD_LANGUAGE: language }).discord.language).toBe(language);
  }
});

test.each([
  [null, english],
  ["de", english],
  ["", english],
  ["constructor", english],
  ["en-GB", english],
  ["ur", urdu],
  ["ur-PK", urdu],
  ["UR", urdu],
])("who has the interface language %j is spoken to in one that the bot speaks", (locale, strings) => {
  expect(stringsFor(locale)).toBe(strings);
});

describe.each(Object.entries(LANGUAGES))("%s", (_, strings) => {
  const said = everything(strings);

  test("has the entries of English, with the same parameters", () => {
    const shape = (of: Strings) => entriesOf(of).map(([path, entry]) => [path, typeof entry]);
    const parameters = (of: Strings) =>
      entriesOf(of).flatMap(([path, entry]) => (typeof entry === "function" ? [[path, entry.length]] : []));
    expect(shape(strings)).toEqual(shape(english));
    expect(parameters(strings)).toEqual(parameters(english));
    expect(Object.keys(SAMPLES).filter((path) => !said.some((each) => each.path === path))).toEqual([]);
  });

  test("says something in each, and every value that it is given", () => {
    expect(said.filter(({ text }) => text.replace(ISOLATES, "").replace(MARKS, "").trim() === "")).toEqual([]);
    const shows = ({ text }: Said, value: unknown) =>
      text.includes(String(value)) || (typeof value === "number" && text.includes(value.toLocaleString("en")));
    const missing = said.filter((each) =>
      each.values.some((value) => typeof value === "number" && value > 0 && !shows(each, value)),
    );
    expect(missing).toEqual([]);
  });

  test.each([
    [100, /^commands\./],
    [LONGEST_LABEL, /^buttons\./],
    // More than this is cut off on a phone.
    [30, /^buttons\./],
    [45, /\.modal(?:Title|Label)$/],
    [100, /\.modalPlaceholder$/],
  ])("has at most %d characters in %s", (limit, paths) => {
    const measured = said.filter(({ path }) => paths.test(path));
    expect(measured.length).toBeGreaterThan(1);
    expect(measured.filter(({ text }) => text.length > limit).map(({ text }) => `${text.length} ${text}`)).toEqual([]);
  });

  test("fits into the head and the foot of a message", () => {
    // A block has 3,000 characters at most; the help is the longest.
    const help = [...strings.help.can, ...strings.help.cannot].join("\n\n");
    expect(help.length).toBeLessThan(3000);
    const others = said.filter(({ path, text }) => !path.startsWith("help.") && text.length > 250);
    expect(others).toEqual([]);
  });

  test("mentions nobody, and opens no mark-up that it does not close", () => {
    const broken = said.filter(({ text }) => {
      const plain = text.replace(ISOLATES, "").replace(MARKS, "");
      const withoutBold = plain.replace(/\*\*(?=\S)[^*\n]+?(?<=\S)\*\*/g, "");
      // What begins a line belongs to the view that shows it.
      return /[*`~|_<>]|@(?:everyone|here)|\]\(|\n/.test(withoutBold) || /^(?:#|-|\+|>|\d+[.)])/.test(plain);
    });
    expect(broken).toEqual([]);
  });

  test("closes every isolate that it opens", () => {
    const open = ({ text }: Said) => {
      let depth = 0;
      for (const [mark] of text.matchAll(ISOLATES)) {
        depth += mark === "\u2069" ? -1 : 1;
        if (depth < 0) return true;
      }
      return depth !== 0;
    };
    expect(said.filter(open)).toEqual([]);
  });

  test("commands are as Discord wants them", () => {
    const commands = commandDefinitions(strings);
    // Discord takes permissions as a text too, which its description of the API misses.
    const described = commands.map((command) =>
      "default_member_permissions" in command
        ? { ...command, default_member_permissions: Number(command.default_member_permissions) }
        : command,
    );
    expect(described.flatMap((command) => schemaFaults("ApplicationCommandUpdateRequest", command))).toEqual([]);
    expect(commandFaults(JSON.parse(JSON.stringify(commands)), true)).toEqual([]);
  });
});

describe("Urdu", () => {
  const said = everything(urdu);
  /** Names of things that have no other: the bot, markings, grades, commands, options, Discord's own menus, units. */
  const LATIN =
    /\bSitrep\b|\bTLP:AMBER\+STRICT\b|\/[a-z]+\b|\b(?:since|until|channel|subscribe|Apps|ID|ms|[A-F])\b|and in 2023\?/g;

  test("is Urdu throughout", () => {
    const withEnglish = said.filter(({ text }) =>
      /[A-Za-z]/.test(text.replace(CHECK_COMMAND, "").replaceAll(LATIN, "")),
    );
    expect(withEnglish).toEqual([]);
    expect(said.filter(({ path, text }) => path !== "sources.title" && !/\p{Script=Arabic}/u.test(text))).toEqual([]);
  });

  test("has Western digits, and letters of Urdu where Arabic has others", () => {
    // Arabic's kaf, yeh and heh look like Urdu's and are not found by who looks for those.
    expect(said.filter(({ text }) => /[٠-٩۰-۹كيىه]/.test(text))).toEqual([]);
  });

  test("isolates whatever stands in Latin script or is a date", () => {
    const mixed = said.filter(({ path, text }) => {
      if (path.startsWith("buttons.")) return false;
      // Inside the innermost isolates it is alone.
      const outside = text.replace(/[\u2066\u2068][^\u2066-\u2069]*\u2069/g, "");
      return /[A-Za-z]|\d-\d/.test(outside);
    });
    expect(mixed).toEqual([]);
  });

  test("is laid out from right to left where a text begins or ends with what has no direction of its own", () => {
    const astray = said.filter(({ path, text }) => {
      if (path.startsWith("buttons.")) return false;
      const plain = text.replaceAll("**", "");
      return !/^(?:\u200F?\u2067[\s\S]*\u2069|\p{Script=Arabic}[\s\S]*[\p{Script=Arabic}۔؟])$/u.test(plain);
    });
    expect(astray).toEqual([]);
  });

  test("speaks of buttons by their labels", () => {
    for (const text of [urdu.help.can.join(" "), urdu.followUp.threadHint, urdu.followUp.noThread]) {
      expect(text).toContain(urdu.buttons.followUp);
    }
  });
});

test("English speaks of buttons and commands by their names", () => {
  for (const text of [english.help.can.join(" "), english.followUp.threadHint, english.followUp.noThread]) {
    expect(text).toContain(`“${english.buttons.followUp}”`);
  }
  for (const strings of Object.values(LANGUAGES)) {
    expect(strings.help.can.join(" ")).toContain(CHECK_COMMAND);
    const names = commandDefinitions(strings).map(({ name }) => name);
    const spokenOf = everything(strings).flatMap(({ text }) => Array.from(text.matchAll(/\/([a-z]+)/g), ([, n]) => n));
    expect(spokenOf.length).toBeGreaterThan(4);
    expect(spokenOf.filter((name = "") => !names.includes(name))).toEqual([]);
  }
});

/** Functions whose arguments people read. */
const SHOWING = new Set([
  "text",
  "section",
  "button",
  "textBlocks",
  "faultMessage",
  "noteMessage",
  "Refusal",
  "harmless",
]);

describe("words stand in src/discord/strings only", () => {
  test.each([
    [`text("Hello there")`, ["Hello there"]],
    [`text(\`\${title} was not found\`)`, [" was not found"]],
    [`throw new Refusal(isOld ? "Too old" : words.gone)`, ["Too old"]],
    [`text([strings.title, "and more words"].join("\\n"))`, ["and more words"]],
    [`text(\`### \${strings.title} · \${part(name)}\`); log("a fault of it")`, []],
  ])("%s", (code, found) => {
    expect(wordsShown(code)).toEqual(found);
  });

  test("nowhere else", () => {
    const root = join(import.meta.dirname, "../../src/discord");
    const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
      (name) => name.endsWith(".ts") && !name.startsWith("strings"),
    );
    expect(files.length).toBeGreaterThan(20);
    const found = files.map((name) => [name, wordsShown(readFileSync(join(root, name), "utf8"))] as const);
    expect(found.filter(([, words]) => words.length > 0)).toEqual([]);
  });
});

/** Words that are given, as they stand in the code, to a function that shows them: text with a letter and a space. */
function wordsShown(code: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown, isShown: boolean): void => {
    if (Array.isArray(value)) for (const each of value) visit(each, isShown);
    if (typeof value !== "object" || value === null || !("type" in value)) return;
    const node = value as Readonly<Record<string, unknown>>;
    const words = node.type === "Literal" ? node.value : (node.value as { raw?: unknown } | undefined)?.raw;
    if (isShown && typeof words === "string" && /[a-z]/.test(words) && /\S\s|\s\S/.test(words)) found.push(words);
    const isCall = node.type === "CallExpression" || node.type === "NewExpression";
    const callee = node.callee as { name?: string } | undefined;
    for (const [key, child] of Object.entries(node)) {
      visit(child, isShown || (isCall && key === "arguments" && SHOWING.has(callee?.name ?? "")));
    }
  };
  visit(parseAst(code, { lang: "ts" }, "file.ts"), false);
  return found;
}
