/** Rules of showing a claim that hold wherever it is shown: what must be said of it, and what would only repeat. */

import type { Answered, AsOf, Claim, Corroboration, DifferingValue, Voice } from "./answer.ts";
import type { ReportSource } from "./report.ts";

/**
 * Whether a quote is somebody's opinion, which must nowhere look like a finding: also where an opinion piece says
 * whom it has its figures from, and where nobody has looked who speaks.
 * @param voice null for a quote that no claim was made of.
 */
export function isOpinion({ kind }: Pick<ReportSource, "kind">, voice: Voice | null): boolean {
  return kind === "op-ed" || voice?.kind === "opinion";
}

/** Whose opinion it is; null where nobody is named. */
export function opinionOf(voice: Voice | null): string | null {
  return voice?.kind === "opinion" ? voice.who : null;
}

/** Whether the time of a claim is only the period that stands with its report anyway. */
export function isPeriodOfReport({ basis, from, to }: AsOf, { period }: Pick<ReportSource, "period">): boolean {
  return basis === "report" && period !== null && period.from === from && period.to === to;
}

/** How many say so independently of one another, the claim's own report among them. */
export function independentSources(corroboration: readonly Corroboration[]): number {
  return 1 + corroboration.filter(({ independent }) => independent).length;
}

/** The claim that a citation carries; null where it is of no claim. */
export function claimOf(claims: readonly Claim[], citation: number): Claim | null {
  return claims.find(({ citations }) => citations.some(({ number }) => number === citation)) ?? null;
}

/** Who gives a differing figure: whom the quote names, or else the title of its report; null where that is not there. */
export function whoCounted({ who, citation }: DifferingValue, { claims }: Pick<Answered, "claims">): string | null {
  const quoted = claims.flatMap(({ citations }) => citations).find(({ number }) => number === citation);
  return who ?? quoted?.source.title ?? null;
}
