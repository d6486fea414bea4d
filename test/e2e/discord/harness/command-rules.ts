/** The rules for commands that Discord's description of its API misses. */

import { Locale } from "discord.js";
import { isObject, type Json, number, objects, text } from "./json.ts";
import type { Fault, Rule } from "./rules.ts";

/** Names of slash commands and their options, from Discord's documentation of application commands. */
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: ReadonlySet<string> = new Set(Object.values(Locale));
const DESCRIPTION = 100;
const CHOICE = 100;
const LENGTH = 8000;
/** How many commands of each type there may be. */
const COUNTS: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

type Say = (rule: Rule, message: string) => void;

/** What a set of commands breaks of the rules. @param isGlobal whether they are for all servers */
export function commandFaults(commands: readonly Json[], isGlobal: boolean): Fault[] {
  const faults: Fault[] = [];
  const keys = commands.map((command) => `${kindOf(command)} ${command.name}`);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) faults.push({ rule: "command-duplicate", message: `two commands of type ${twice}` });
  for (const [type, most] of Object.entries(COUNTS)) {
    const count = commands.filter((command) => kindOf(command) === Number(type)).length;
    if (count > most)
      faults.push({ rule: "command-count", message: `${count} commands of type ${type}, ${most} at most` });
  }
  return [...faults, ...commands.flatMap((command) => oneCommand(command, isGlobal))];
}

const kindOf = (command: Json): number => number(command.type) ?? 1;

function oneCommand(command: Json, isGlobal: boolean): Fault[] {
  const faults: Fault[] = [];
  const say: Say = (rule, message) => faults.push({ rule, message: `command "${command.name}": ${message}` });
  const isChat = kindOf(command) === 1;
  for (const name of [command.name, ...localized(command.name_localizations, say)]) nameFault(name, isChat, say);
  for (const description of [command.description, ...localized(command.description_localizations, say)]) {
    descriptionFault(description, isChat, "it", say);
  }
  const options = objects(command.options);
  if (!isChat && options.length > 0) say("command-options", "a context-menu command has no options");
  optionFaults(options, 0, say);
  const length = lengthOf(command);
  if (length > LENGTH) say("command-length", `${length} characters in all, ${LENGTH} at most`);
  // Discord takes both; they are what a bot should no longer rely on.
  const taken = (message: string): void => {
    faults.push({ rule: "command-deprecated", message: `command "${command.name}": ${message}`, isTaken: true });
  };
  if (command.dm_permission != null) taken("dm_permission is deprecated, use contexts");
  if (isGlobal && !(Array.isArray(command.contexts) && Array.isArray(command.integration_types))) {
    taken("it does not say contexts and integration_types");
  }
  return faults;
}

/** The localizations of a text; a locale that Discord does not have is a fault. */
function localized(localizations: unknown, say: Say): unknown[] {
  if (!isObject(localizations)) return [];
  for (const locale of Object.keys(localizations)) {
    if (!LOCALES.has(locale)) say("command-locale", `Discord has no locale "${locale}"`);
  }
  return Object.values(localizations).filter((value) => value !== null);
}

function nameFault(name: unknown, isChat: boolean, say: Say): void {
  const written = text(name) ?? "";
  const fits = isChat ? NAME.test(written) && written === written.toLowerCase() : /^.{1,32}$/u.test(written.trim());
  if (!fits) say("command-name", `the name "${written}" is not one that Discord takes`);
}

function descriptionFault(description: unknown, isNeeded: boolean, what: string, say: Say): void {
  const written = text(description) ?? "";
  if (!isNeeded && written !== "") say("command-description", "a context-menu command has no description");
  if (isNeeded && (written === "" || written.length > DESCRIPTION)) {
    say("command-description", `${what} has a description of ${written.length} characters, 1 to ${DESCRIPTION}`);
  }
}

/** @param depth 0 for the options of a command, 1 in a group or subcommand, 2 in a subcommand of a group */
function optionFaults(options: readonly Json[], depth: number, say: Say): void {
  const names = options.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) say("command-duplicate", `two options are called "${twice}"`);
  const nested = options.filter(({ type }) => type === 1 || type === 2).length;
  if (nested > 0 && nested < options.length) say("command-options", "subcommands and plain options side by side");
  const firstOptional = options.findIndex((option) => option.required !== true);
  if (
    nested === 0 &&
    options.some((option, index) => option.required === true && index > firstOptional && firstOptional >= 0)
  ) {
    say("command-options", "a required option after one that is not");
  }
  for (const option of options) {
    for (const name of [option.name, ...localized(option.name_localizations, say)]) nameFault(name, true, say);
    for (const description of [option.description, ...localized(option.description_localizations, say)]) {
      descriptionFault(description, true, `the option "${option.name}"`, say);
    }
    if (option.type === 2 && depth > 0) say("command-options", `the group "${option.name}" is not at the top`);
    if (option.type === 1 && objects(option.options).some(({ type }) => type === 1 || type === 2)) {
      say("command-options", `the subcommand "${option.name}" holds subcommands`);
    }
    choiceFaults(option, say);
    optionFaults(objects(option.options), depth + 1, say);
  }
}

function choiceFaults(option: Json, say: Say): void {
  const name = `the option "${option.name}"`;
  const choices = objects(option.choices);
  const names = choices.map((choice) => choice.name);
  const twice = names.find((one, index) => names.indexOf(one) !== index);
  if (twice !== undefined) say("command-duplicate", `two choices of ${name} are called "${twice}"`);
  if (choices.length > 0 && option.autocomplete === true)
    say("command-options", `${name} has choices and autocomplete`);
  for (const choice of choices) {
    localized(choice.name_localizations, say);
    if (typeof choice.value === "string" && choice.value.length > CHOICE) {
      say("command-options", `a choice of ${name} has a value of ${choice.value.length} characters, ${CHOICE} at most`);
    }
  }
  const crossed = (least: unknown, most: unknown): boolean =>
    typeof least === "number" && typeof most === "number" && least > most;
  if (crossed(option.min_length, option.max_length) || crossed(option.min_value, option.max_value)) {
    say("command-options", `${name} has a minimum above its maximum`);
  }
}

/** Names, descriptions and values of a command and all its options, the longest localization of each counted. */
function lengthOf(part: Json): number {
  const longest = (own: unknown, others: unknown): number =>
    Math.max(0, ...[own, ...(isObject(others) ? Object.values(others) : [])].map((one) => text(one)?.length ?? 0));
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    (text(part.value)?.length ?? 0) +
    [...objects(part.options), ...objects(part.choices)].reduce((sum, inner) => sum + lengthOf(inner), 0)
  );
}
