/** What README.md and docs/discord.md say of the bot, compared with it. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PermissionsBitField } from "discord.js";
import { expect, test } from "vitest";
import { commandDefinitions } from "../../src/discord/commands.ts";
import { english } from "../../src/discord/strings/en.ts";
import { BOT_PERMISSIONS } from "../e2e/discord/bot-on-stage.ts";

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const GUIDE = read("docs/discord.md");

/** The first column of the table that has this head. */
function firstColumn(markdown: string, head: string): string[] {
  const table = markdown.slice(markdown.indexOf(`| ${head} |`)).split("\n\n")[0] ?? "";
  return table
    .split("\n")
    .slice(2)
    .map((row) => row.split("|")[1]?.trim() ?? "");
}

test("the invitation asks for the permissions that the tests give the bot, and the guide names them", () => {
  const [, number = ""] = /[?&]permissions=(\d+)/.exec(GUIDE) ?? [];
  expect(new PermissionsBitField(BigInt(number)).toArray().sort()).toEqual([...BOT_PERMISSIONS].sort());
  const words = BOT_PERMISSIONS.map((name) => name.replace("ViewChannel", "ViewChannels"));
  const named = firstColumn(GUIDE, "permission").map((name) => name.replace(/ (?:in )?/g, (gap) => gap.trim()));
  expect(named.map((name) => name.toLowerCase()).sort()).toEqual(words.map((name) => name.toLowerCase()).sort());
  expect(GUIDE).toContain("scope=bot+applications.commands");
});

test("the README has every command, and its options", () => {
  const rows = firstColumn(read("README.md"), "in Discord");
  const commands = commandDefinitions(english);
  const shown = commands.map((command) =>
    "description" in command ? `\`/${command.name}\`` : `Apps, ${command.name}`,
  );
  expect(rows).toEqual(shown);
  const [ask] = commands;
  const options = ask !== undefined && "options" in ask ? (ask.options ?? []) : [];
  for (const { name } of options.slice(1)) expect(read("README.md")).toContain(`\`${name}\``);
  expect(options.length).toBeGreaterThan(1);
});

test("what the guide quotes the bot as saying, it says", () => {
  const source = ["deploy", "client", "bot", "process", "strings/en-subscriptions"]
    .map((name) => read(`src/discord/${name}.ts`))
    .join("\n");
  const symptoms = firstColumn(GUIDE, "symptom").flatMap((row) => /^"(.+)"$/.exec(row)?.[1] ?? []);
  const said = `${source}\n${JSON.stringify(english)}`;
  const ofDiscord = ["The application did not respond"];
  expect(symptoms.length).toBeGreaterThan(5);
  expect(symptoms.filter((words) => !said.includes(words) && !ofDiscord.includes(words))).toEqual([]);
  expect(source).toContain("Sitrep is ready: ");
  expect(source).toContain("Sitrep has stopped.");
});
