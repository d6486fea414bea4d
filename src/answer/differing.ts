/** Whether two figures of reports are for the same thing and cannot both be meant. */

import type { Hit } from "../domain/retrieval.ts";
import type { Glossary } from "../text/glossary.ts";
import { areApart, type Figure } from "./figures.ts";
import { sourcesOf } from "./surroundings.ts";
import { areOfOneEvent, isForTheSame, type Tally, talliesOf } from "./tally.ts";
import { reportedBy } from "./told.ts";
import { isOneVoice } from "./voices.ts";

/** Words by which a sentence says itself that its figures differ. */
const SAID_TO_DIFFER =
  /\b(?:differ(?:s|ed|ing)?|disagree[sd]?|depending on|rang(?:e|es|ed|ing) from|do(?:es)? not agree|contradict(?:s|ed)?|restated|revised|discrepanc(?:y|ies)|conflicting|at odds|several tolls|while others|others (?:said|held|put|gave|counted))\b/iu;
/** And by which it says that they cannot be set beside each other. */
const SAID_TO_BE_OTHER =
  /\b(?:not|never) (?:measure|count|cover) the same|\b(?:measure|count|cover|mean)s? different|\bcannot be (?:set|compared|put)|\bnot (?:be )?compar(?:ed|able)|\b(?:does|do) not contradict|\bdifferent (?:bases|definitions|periods|things|units?)\b|\bcounted (?:it |them )?together with/iu;

/** "Where sources disagree", "Rival totals": what stands under it is set beside each other there. */
export const isOfDifferences = (heading: string) => /\b(?:differ|disagree|rival|conflicting)/iu.test(heading);

/**
 * Whether two figures are set beside each other: of one sentence where it gives them as those of two sources, or says
 * that they differ; of two sentences where they are for the same, from another origin or in another count. Symmetric.
 */
export function areCompared(a: Tally, b: Tally): boolean {
  if (a.reported.view === b.reported.view) return isSetBeside(a, b);
  if (!isForTheSame(a, b) || isSaidToBeOther(a) || isSaidToBeOther(b)) return false;
  if (a.who !== null && b.who !== null) return a.who.key !== b.who.key || isOneCount(a, b);
  return !isOneVoice(a.reported, b.reported);
}

/** Of one counter: all the dead, said or not, are not those of attacks. */
const isOneCount = (a: Tally, b: Tally) => a.setting === b.setting || [a.setting, b.setting].sort().join("") === "all";

/** Whether a sentence sets two of its own figures beside each other. */
function isSetBeside(a: Tally, b: Tally): boolean {
  const { reading } = a.reported;
  if (a.what === null || a.what !== b.what || isSaidToBeOther(a)) return false;
  const isOneTime = a.time?.from === b.time?.from && a.time?.to === b.time?.to && a.time?.part === b.time?.part;
  const isOfOneEvent = areOfOneEvent(a, b);
  if (!isOneTime && !isOfOneEvent) return false;
  if (!isOfOneEvent && (!same(a.places, b.places) || !same(a.actors, b.actors))) return false;
  const areTwo = a.who !== null && b.who !== null && a.who.key !== b.who.key;
  if (areTwo) return true;
  const isSaid = SAID_TO_DIFFER.test(reading) || a.reported.hit.passage.locator.headings.some(isOfDifferences);
  return isSaid && a.setting === b.setting && a.narrowed === b.narrowed;
}

const isSaidToBeOther = ({ reported }: Tally) => SAID_TO_BE_OTHER.test(reported.reading);

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((each) => b.has(each));
}

/** One figure that is so many times the other counts something else under the same name. */
const FAR = 10;

/** Whether no value can be both. Symmetric. A rounded figure is the one that it was rounded from. */
export function areDifferent(a: Tally, b: Tally): boolean {
  const [one, other] = [a.counted.figure, b.counted.figure];
  const isFar = Math.max(one.high, other.high) > FAR * Math.min(one.low, other.low);
  return !isFar && areApart(opened(one), opened(other)) && !isRounding(one, other) && !isRounding(other, one);
}

/** "At least 74" leaves open how many more. */
function opened(figure: Figure): Figure {
  return figure.bound === "least" ? { ...figure, bound: "over", low: figure.low - 1e-6, high: figure.high } : figure;
}

/** "900" for 905, "42%" for 41.6%, "about 6,000" for 6,400. */
function isRounding(round: Figure, exact: Figure): boolean {
  if (round.low !== round.high || exact.low !== exact.high) return false;
  const [is, of] = [round.low, exact.low];
  if (Number.isInteger(is) && !Number.isInteger(of) && Math.round(of) === is) return true;
  const share = Math.abs(is - of) / Math.max(Math.abs(of), 1e-9);
  return (is % 100 === 0 && share <= 0.01) || (round.bound === "about" && share <= 0.1);
}

/**
 * For these passages, whether a sentence of theirs says of two figures, or of the dead that two sources count, that they
 * cannot be set beside each other.
 */
export function notComparedIn(hits: readonly Hit[], glossary: Glossary): (a: Tally, b: Tally) => boolean {
  const told = hits
    .flatMap((hit) => reportedBy(hit, glossary))
    .filter(({ reading }) => SAID_TO_BE_OTHER.test(reading))
    .map((reported) => ({
      values: new Set(talliesOf(reported, glossary).map(({ counted }) => counted.figure.low)),
      sources: new Set(sourcesOf(reported, glossary).map(({ key }) => key)),
    }));
  const isHarm = ({ counted }: Tally) => counted.fate !== null && counted.roles.size === 0;
  return (a, b) =>
    told.some(({ values, sources }) => {
      const areTheirs = a.who !== null && b.who !== null && sources.has(a.who.key) && sources.has(b.who.key);
      const areThese = values.has(a.counted.figure.low) && values.has(b.counted.figure.low);
      return areThese || (areTheirs && a.who?.key !== b.who?.key && isHarm(a) && isHarm(b));
    });
}
