/** What a quote cannot say by itself: of what time it speaks, who says it, and that it is an opinion. */

import type { AsOf, Citation, Claim, Corroboration, QuotedChange, Voice } from "../domain/answer.ts";
import { independentSources, isOpinion, isPeriodOfReport, opinionOf } from "../domain/claim-rules.ts";
import { periodInWords } from "../domain/period-words.ts";
import type { Period } from "../domain/report.ts";
import { listed, part } from "./source-lines.ts";
import type { Strings } from "./strings.ts";
import { brief } from "./text.ts";

/** Longest name of who says something. */
const LONGEST_WHO = 100;
/** Longest period; one of dates is shorter. */
const LONGEST_PERIOD = 60;

/** A name as a report writes it, short enough for a line of small print. */
export function whoWords(who: string): string {
  return part(who, LONGEST_WHO);
}

export function periodWords(period: Period, { claim }: Strings): string {
  return brief(periodInWords(period, claim.periods), LONGEST_PERIOD);
}

/** Stands above a quote that is an opinion, so that nobody reads it as a finding; nothing above any other. */
export function opinionLines(
  { source }: Pick<Citation, "source">,
  claim: Claim | null,
  { claim: words }: Strings,
): string[] {
  const voice = claim?.voice ?? null;
  if (!isOpinion(source, voice)) return [];
  const who = opinionOf(voice);
  return [who === null ? words.opinion : words.opinionOf(whoWords(who))];
}

/**
 * Stands below a quote: its time, unless that is only the period which stands with the report, who says it, and what a
 * change is measured against. An
 * older figure has a line that is no small print.
 */
export function claimLines(
  { source }: Pick<Citation, "source">,
  { asOf, voice, changes = [] }: Claim,
  strings: Strings,
): string[] {
  const isOlder = asOf?.isOlder === true;
  const isSaidElsewhere = asOf === null || isOlder || isPeriodOfReport(asOf, source);
  const small = [
    ...(isSaidElsewhere ? [] : [timeWords(asOf, strings)]),
    ...voiceWords(voice, strings),
    ...changeWords(changes, strings),
  ];
  return [
    ...(isOlder ? [strings.claim.older(timeWords(asOf, strings))] : []),
    ...(small.length === 0 ? [] : [`-# ${small.join(" · ")}`]),
  ];
}

/** Of each change whose base the quote does not say, what it is measured against. */
function changeWords(changes: readonly QuotedChange[], strings: Strings): string[] {
  return changes
    .filter(({ isBaseQuoted }) => !isBaseQuoted)
    .map(({ written, base }) =>
      base === null
        ? strings.claim.baseNotSaid(whoWords(written))
        : strings.claim.comparedWith(whoWords(written), periodWords(base, strings)),
    );
}

function timeWords(asOf: AsOf, strings: Strings): string {
  return strings.claim.asOf[asOf.basis](periodWords(asOf, strings));
}

function voiceWords({ kind, who }: Voice, { claim: words }: Strings): string[] {
  switch (kind) {
    case "attributed":
      return [who === null ? words.attributedToNobody : words.attributed(whoWords(who))];
    case "relayed":
      return [who === null ? words.relayedFromNobody : words.relayed(whoWords(who))];
    // The report is named below the quote, and an opinion above it.
    case "report":
    case "opinion":
      return [];
  }
}

/** How many say so independently, and which reports only repeat it. */
export function corroborationNotes(corroboration: readonly Corroboration[], { answer }: Strings): string[] {
  const titles = (independent: boolean) =>
    listed(corroboration.filter((each) => each.independent === independent).map(({ title }) => part(title)));
  const [others, echoes] = [titles(true), titles(false)];
  return [
    ...(others === "" ? [] : [answer.independent(independentSources(corroboration), others)]),
    ...(echoes === "" ? [] : [answer.sameOrigin(echoes)]),
  ];
}
