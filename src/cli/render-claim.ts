/** What the quotes of an answer cannot say by themselves, in words. Every line is harmless, whatever a report says. */

import type {
  Abstained,
  Answered,
  AsOf,
  Citation,
  Claim,
  Corroboration,
  DifferingValue,
  Disagreement,
  QuotedChange,
  UnmetPart,
  Voice,
} from "../domain/answer.ts";
import { independentSources, isOpinion, isPeriodOfReport, opinionOf, whoCounted } from "../domain/claim-rules.ts";
import { ENGLISH_PERIODS, periodInWords } from "../domain/period-words.ts";
import type { Period } from "../domain/report.ts";
import { oneLine } from "../domain/visible.ts";

/** "Opinion of A. Writer, not a finding:", above a quote that is one; null above any other. */
export function opinionWords({ source }: Citation, claim: Claim | null): string | null {
  const voice = claim?.voice ?? null;
  if (!isOpinion(source, voice)) return null;
  const who = opinionOf(voice);
  return `${who === null ? "Opinion" : `Opinion of ${oneLine(who)}`}, not a finding:`;
}

/** "as of 2024 · according to PICSS, as this report quotes it"; null where the source below says enough. */
export function claimWords({ source }: Citation, { asOf, voice, changes = [] }: Claim): string | null {
  const isSaidElsewhere = asOf === null || (!asOf.isOlder && isPeriodOfReport(asOf, source));
  const words = [...(isSaidElsewhere ? [] : [timeWords(asOf)]), ...voiceWords(voice), ...changeWords(changes)];
  return words.length === 0 ? null : words.join(" · ");
}

function timeWords(asOf: AsOf): string {
  const period = periodWords(asOf);
  const time = {
    quote: `as of ${period}`,
    heading: `as of ${period} (from the context)`,
    report: `the report covers ${period}; the quote gives no date`,
  }[asOf.basis];
  return asOf.isOlder ? `OLDER FIGURE: ${time}; the reports have a newer one` : time;
}

function periodWords(period: Period): string {
  return oneLine(periodInWords(period, ENGLISH_PERIODS));
}

function voiceWords({ kind, who }: Voice): string[] {
  switch (kind) {
    case "attributed":
      return [
        who === null
          ? "according to somebody whom the report does not name"
          : `according to ${oneLine(who)}, as this report quotes it`,
      ];
    case "relayed":
      return [`relayed: from ${who === null ? "another source" : oneLine(who)}, passed on by this report`];
    case "report":
    case "opinion":
      return [];
  }
}

/** Of each change whose base the quote does not say, what it is measured against. */
function changeWords(changes: readonly QuotedChange[]): string[] {
  return changes
    .filter(({ isBaseQuoted }) => !isBaseQuoted)
    .map(({ written, base }) =>
      base === null
        ? `${oneLine(written)}: it is not said compared with what`
        : `${oneLine(written)}: compared with ${periodWords(base)}`,
    );
}

/** How many say so independently, and which reports only repeat it. */
export function corroborationWords(corroboration: readonly Corroboration[]): string[] {
  const titles = (independent: boolean) =>
    corroboration
      .filter((each) => each.independent === independent)
      .map(({ title }) => oneLine(title))
      .join("; ");
  const [others, echoes] = [titles(true), titles(false)];
  return [
    ...(others === "" ? [] : [`${independentSources(corroboration)} independent sources; also said by: ${others}`]),
    ...(echoes === "" ? [] : [`also said by: ${echoes} (same origin: one voice, not two)`]),
  ];
}

/** What the question takes for granted and a quote contradicts. */
export function premiseWords({ premise }: Answered): string | null {
  if (premise === null) return null;
  const asked = oneLine(premise.asked);
  return `The reports say otherwise: the question takes "${asked}" for granted; quote [${premise.citation}] contradicts it.`;
}

/** Differing figures side by side: what they are of, a line for each, and that none of them is taken for right. */
export interface DisagreementWords {
  readonly title: string;
  readonly values: readonly string[];
  readonly note: string;
}

export function disagreementWords(
  { about, period, values }: Disagreement,
  answer: Pick<Answered, "claims">,
): DisagreementWords {
  const when = period === null ? "" : ` (${periodWords(period)})`;
  return {
    title: `The reports differ on ${oneLine(about)}${when}:`,
    values: values.map((value) => `${differingWords(value, answer)} [${value.citation}]`),
    note: "None of them is taken for right here; compare who counted, and what.",
  };
}

/** "at least 74 · PICSS · counts: militants": one of the differing figures. */
export function differingWords(value: DifferingValue, answer: Pick<Answered, "claims">): string {
  const who = whoCounted(value, answer);
  const parts = [
    oneLine(value.written),
    ...(who === null ? [] : [oneLine(who)]),
    ...(value.rule === null ? [] : [`counts: ${oneLine(value.rule)}`]),
  ];
  return parts.join(" · ");
}

/** What is missing, apart from what the explanation says already; null where that is all. */
export function unmetWords({ unmet, explanation }: Abstained): string | null {
  const left = unmet.filter(({ surface }) => !explanation.includes(surface));
  return left.length === 0 ? null : `Not found for this question: ${left.map(partWords).join("; ")}.`;
}

function partWords({ kind, surface }: UnmetPart): string {
  const shown = oneLine(surface);
  return {
    name: `the name "${shown}"`,
    period: `the time "${shown}"`,
    figure: `the figure "${shown}"`,
    word: `"${shown}" in the sense that is asked`,
    detail: `what is asked for (${shown})`,
  }[kind];
}
