/** Stored figures that a question of number or change asks for. */

import type { ReportedFigure } from "../domain/figure.ts";
import { dateRange } from "../domain/report.ts";
import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { fold } from "../text/tokens.ts";
import { type AskedCount, askedCount } from "./asked-count.ts";
import type { Wants } from "./wants.ts";

/** What stored figures are to be for a question. */
export interface FigureLookup {
  /** One lookup for each; see `ReportedFigure.countedKey`. */
  readonly countedKeys: readonly string[];
  readonly period: Question["periods"][number];
  /** Of the groups that are named; absent where none is. */
  readonly terms?: readonly string[] | undefined;
  readonly isAsked: (figure: ReportedFigure) => boolean;
}

const SETTINGS = ["", "attack", "violence"];

/**
 * What to look up for a question; null for one that asks for no figure, for none in one plain time, or for something that
 * is not counted by one key.
 */
export function figureLookup(question: Question, wants: Wants, glossary: Glossary): FigureLookup | null {
  if (wants !== "number" && wants !== "share" && wants !== "yes-no") return null;
  const [period, ...others] = question.periods;
  if (period === undefined || others.length > 0) return null;
  const asked = askedCount(question, wants, (entry) => glossary.term(entry));
  if (wants === "yes-no" && !asked.isOfChange) return null;
  const countedKeys = keysOf(asked);
  if (countedKeys.length === 0) return null;
  const termsOf = (kind: string) =>
    question.names.flatMap(({ entries }) =>
      entries.filter((entry) => entry.kind === kind).map((entry) => glossary.term(entry)),
    );
  const [actors, places] = [termsOf("armed-group"), termsOf("place")];
  const sources = question.names
    .filter(({ entries }) =>
      asked.sources.some((terms) => entries.some((entry) => terms.includes(glossary.term(entry)))),
    )
    .flatMap(({ entries }) => entries.flatMap(({ name, aliases }) => [name, ...aliases].map(fold)));
  const whole = { from: dateRange(period.from).from, to: dateRange(period.to).to };
  return {
    countedKeys,
    period,
    terms: actors.length === 0 ? undefined : actors,
    isAsked: ({ time, actors: of, placeTerms, who }) =>
      time !== null &&
      time.part === "" &&
      time.from === whole.from &&
      time.to === whole.to &&
      (actors.length === 0 ? of.length === 0 : actors.some((term) => of.includes(term))) &&
      // Where a sentence names no place, its report may be about one.
      (placeTerms.length === 0 || places.some((term) => placeTerms.includes(term))) &&
      (sources.length === 0 || (who !== null && sources.some((name) => fold(who.text).includes(name)))),
  };
}

function keysOf({ fates, roles, deeds, isOfChange }: AskedCount): string[] {
  const [unit, changes] = isOfChange ? ["%", ["up", "down"]] : ["", [""]];
  const who = [...roles].sort().join(" ");
  if (fates.size === 1) {
    const [fate] = fates;
    const settings = deeds.has("attack") ? SETTINGS : ["", "all", ...SETTINGS.slice(1)];
    return changes.flatMap((change) => settings.map((setting) => `${unit}|${fate}|${who}||${change}//${setting}/`));
  }
  if (fates.size > 1) return [];
  if (deeds.size === 1) return changes.map((change) => `${unit}|||${[...deeds].join("")}|${change}///`);
  return !isOfChange && who === "militant" ? ["||militant||///"] : [];
}
