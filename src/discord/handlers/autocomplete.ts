/** What is offered while somebody types: reports, and names that the reports use. */

import type { ApplicationCommandOptionChoiceData, AutocompleteInteraction } from "discord.js";
import type { Subject } from "../../domain/briefing.ts";
import { SitrepError } from "../../domain/errors.ts";
import type { KnownName } from "../../domain/service.ts";
import { LONGEST_SUBJECT } from "../commands.ts";
import type { BotParts } from "../parts.ts";
import { beginning, shortened } from "../text.ts";
import { LONGEST_FILTER, matching } from "../views/reports.ts";

/** Limits of Discord: choices, and characters of a choice's name and value. */
const MOST_CHOICES = 25;
const LONGEST_CHOICE = 100;
/** Of another name of a subject, which stands behind its own. */
const LONGEST_ALIAS = 50;

export async function onAutocomplete(parts: BotParts, interaction: AutocompleteInteraction<"cached">): Promise<void> {
  const { name, value } = interaction.options.getFocused(true);
  await interaction.respond(await offered(parts, name, value));
}

/** Nothing, where there are no reports yet. */
async function offered(parts: BotParts, option: string, typed: string) {
  try {
    return await choicesFor(parts, option, typed);
  } catch (fault) {
    if (fault instanceof SitrepError && fault.code === "index-missing") return [];
    throw fault;
  }
}

async function choicesFor(
  { catalogue }: BotParts,
  option: string,
  typed: string,
): Promise<ApplicationCommandOptionChoiceData<string>[]> {
  switch (option) {
    case "report":
    case "id": {
      const reports = matching(await catalogue.reports(), typed).slice(0, MOST_CHOICES);
      return unlike(reports.map(({ id, source }) => ({ title: source.title, date: source.published ?? "?", id })));
    }
    case "filter":
      return filtersFor(await catalogue.reports(), typed).map((filter) => choice(filter, filter));
    case "terms":
      return completed(typed, await catalogue.names()).map((terms) => choice(terms, terms));
    case "subject":
      return subjectsFor(await catalogue.subjects(), typed);
    default:
      return [];
  }
}

/** Reports by title and date, and by id too where those are alike: Discord takes no two choices of one name. */
function unlike(
  reports: readonly { readonly title: string; readonly date: string; readonly id: string }[],
): ApplicationCommandOptionChoiceData<string>[] {
  const named = reports.map(({ title, date, id }) => ({ name: withEnd(title, `(${date})`), title, id }));
  const counts = new Map<string, number>();
  for (const { name } of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  return named.map(({ name, title, id }) => choice(counts.get(name) === 1 ? name : withEnd(title, `[${id}]`), id));
}

function withEnd(title: string, end: string): string {
  return `${shortened(title, LONGEST_CHOICE - end.length - 1)} ${end}`;
}

function choice(name: string, value: string): ApplicationCommandOptionChoiceData<string> {
  return { name: shortened(name, LONGEST_CHOICE), value };
}

/** Publishers and kinds of the corpus, those with most reports first. */
function filtersFor(
  reports: readonly { source: { publisher: string | null; kind: string } }[],
  typed: string,
): string[] {
  const wanted = typed.trim().toLowerCase();
  const counts = new Map<string, number>();
  for (const { source } of reports) {
    for (const filter of [source.publisher, source.kind]) {
      if (filter === null || filter.length > LONGEST_FILTER || !filter.toLowerCase().includes(wanted)) continue;
      counts.set(filter, (counts.get(filter) ?? 0) + 1);
    }
  }
  return [...counts]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, MOST_CHOICES)
    .map(([filter]) => filter);
}

/**
 * What was typed with its last words completed to a known name: "attacks by the bal" to "attacks by the Balochistan
 * Liberation Army". Names that begin so come before those that only hold it.
 */
export function completed(typed: string, names: readonly KnownName[]): string[] {
  const text = typed.trimStart();
  const found = new Map<string, number>();
  const words = [...text.matchAll(/\S+/g)];
  // The longest end of the text first: "islamic st" means more than "st".
  for (const { index } of words.slice(-4)) {
    const start = text.slice(0, index);
    const end = text.slice(index).trim().toLowerCase();
    if (end.length < 2) continue;
    names.forEach(({ name, aliases }, at) => {
      const best = Math.min(...[name, ...aliases].map((each) => closeness(each.toLowerCase(), end)));
      const terms = `${start}${name}`;
      if (best < 2 && terms.length <= LONGEST_CHOICE && !found.has(terms)) {
        found.set(terms, best * names.length + at);
      }
    });
    if (found.size > 0) break;
  }
  if (text.trim() === "")
    names.slice(0, MOST_CHOICES).forEach(({ name }, at) => {
      if (name.length <= LONGEST_CHOICE) found.set(name, at);
    });
  // What was typed stays a choice: nobody has to take a name.
  const asTyped = text.trim() === "" ? [] : [beginning(text.trim(), LONGEST_CHOICE)];
  const best = [...found].toSorted(([, a], [, b]) => a - b).map(([terms]) => terms);
  return [...new Set([...asTyped, ...best])].slice(0, MOST_CHOICES);
}

/** Names and headings that begin with what was typed, or have a word that does; it stays a choice as it is. */
export function subjectsFor(subjects: readonly Subject[], typed: string): ApplicationCommandOptionChoiceData<string>[] {
  const wanted = typed.trim();
  const found = subjects
    .filter(({ name }) => name.trim() !== "" && name.length <= LONGEST_SUBJECT)
    .map((subject) => ({ subject, ...closest(subject, wanted.toLowerCase()) }))
    .filter(({ distance }) => distance < 2)
    .toSorted((a, b) => a.distance - b.distance)
    .map(({ subject: { name }, by }) => ({ ...choice(by === name ? name : withEnd(name, `(${by})`), name) }));
  const isFound = found.some(({ value }) => value.toLowerCase() === wanted.toLowerCase());
  const asTyped = wanted === "" || isFound ? [] : [choice(wanted, beginning(wanted, LONGEST_SUBJECT))];
  const all = [...found.slice(0, MOST_CHOICES - asTyped.length), ...asTyped];
  // Discord takes no two choices of one name.
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

/** How close a subject is to what was typed, and by which of its names; the shortest that fits. */
function closest({ name, aliases }: Subject, wanted: string): { readonly distance: number; readonly by: string } {
  const own = closeness(name.toLowerCase(), wanted);
  if (own < 2) return { distance: own, by: name };
  const by = aliases
    .filter((alias) => alias.length <= LONGEST_ALIAS)
    .map((alias) => ({ distance: closeness(alias.toLowerCase(), wanted), by: alias }));
  return by.toSorted((a, b) => a.distance - b.distance)[0] ?? { distance: own, by: name };
}

/** 0: begins with it; 1: a word of it begins so; 2: neither. */
function closeness(name: string, typed: string): number {
  if (name.startsWith(typed)) return 0;
  return name.includes(` ${typed}`) || name.includes(`-${typed}`) ? 1 : 2;
}
