/** Whether two sentences give one figure for what a question asks, or different ones. */

import type { Question } from "../retrieve/question.ts";
import type { Glossary } from "../text/glossary.ts";
import { type AskedCount, askedCount } from "./asked-count.ts";
import { FATES, ROLES, terms } from "./count-words.ts";
import { areCompared, areDifferent } from "./differing.ts";
import type { Candidate } from "./evidence.ts";
import type { Figure } from "./figures.ts";
import { isAboutPlace, isForTheSame, isPlainlyOther, type Tally, talliesOf } from "./tally.ts";
import { reportedBy } from "./told.ts";
import type { Wants } from "./wants.ts";

/** What a sentence says to the figures of one that is a claim already. */
export type FigureVerdict = "same" | "differs" | "neither";

/** Sentences by the figures that a question asks for. */
export interface AskedFigures {
  readonly compare: (claims: readonly Candidate[], candidate: Candidate) => FigureVerdict;
  /** Whether a sentence gives the asked figure for the very time, place and side, and in no narrower sense. */
  readonly isExact: (candidate: Candidate) => boolean;
  /** Whether the question is one of change: then how far behind the exact ones are says little, as it asks for one way. */
  readonly isOfChange: boolean;
  /** Whether a sentence gives figures, and only such as nobody asked for: beside an exact one it misleads. */
  readonly isBesideThePoint: (candidate: Candidate) => boolean;
  /** Whether a sentence gives the asked figure for the asked places and sides, for whatever time. */
  readonly isOfSubject: (candidate: Candidate) => boolean;
}

const NOT_ASKED: AskedFigures = {
  compare: () => "neither",
  isExact: () => false,
  isOfChange: false,
  isBesideThePoint: () => false,
  isOfSubject: () => false,
};

/** For questions of number and of change; for others every verdict is "neither". */
export function askedFigures(question: Question, wants: Wants, glossary: Glossary): AskedFigures {
  const asked = askedCount(question, wants, (entry) => glossary.term(entry));
  const isExactChange = (candidate: Candidate) =>
    talliesIn(candidate, glossary).some(
      (tally) =>
        isAskedChange(tally, asked) && isInTime(tally, question) && isAsAsked(tally, question, asked, glossary),
    );
  // "Did attacks fall in 2024?" is answered by how they changed, which way ever.
  const isOtherChange = (candidate: Candidate) => {
    const tallies = talliesIn(candidate, glossary);
    const shares = tallies.filter(({ counted }) => counted.figure.unit === "%");
    return shares.length > 0 && !shares.some((tally) => isAskedChange(tally, asked));
  };
  if (wants === "yes-no" && asked.isOfChange) {
    const changes = (candidate: Candidate) =>
      talliesIn(candidate, glossary).filter((tally) => isAskedChange(tally, asked));
    return {
      ...NOT_ASKED,
      compare: (claims, candidate) => verdict(claims.map(changes), changes(candidate)),
      isExact: isExactChange,
      isOfChange: true,
      isBesideThePoint: isOtherChange,
    };
  }
  if (wants !== "number" && wants !== "share") return NOT_ASKED;
  const kept = new Map<Candidate, readonly Tally[]>();
  const figures = (candidate: Candidate): readonly Tally[] => {
    const known = kept.get(candidate) ?? askedOf(candidate, asked, glossary);
    kept.set(candidate, known);
    return known;
  };
  return {
    compare: (claims, candidate) => verdict(claims.map(figures), figures(candidate)),
    isExact: (candidate) =>
      asked.isOfChange
        ? isExactChange(candidate)
        : figures(candidate).some((tally) => isInTime(tally, question) && isAsAsked(tally, question, asked, glossary)),
    isOfChange: asked.isOfChange,
    isBesideThePoint: (candidate) =>
      asked.isOfChange ? isOtherChange(candidate) : isOfOtherDeeds(talliesIn(candidate, glossary), asked),
    isOfSubject: (candidate) =>
      talliesIn(candidate, glossary).some(
        (tally) => isOfAskedKind(tally, asked.terms) && isAsAsked(tally, question, asked, glossary),
      ),
  };
}

/** Whether two sentences have figures in common, and all of them for other times, places, sides or people. Symmetric. */
export function areOfOthers(a: Candidate, b: Candidate, glossary: Glossary): boolean {
  const ofB = talliesIn(b, glossary);
  const common = talliesIn(a, glossary).flatMap((one) =>
    ofB.filter((other) => isOneFigure(one.counted.figure, other.counted.figure)).map((other) => ({ one, other })),
  );
  return common.length > 0 && common.every(({ one, other }) => isPlainlyOther(one, other));
}

function talliesIn({ hit, index }: Candidate, glossary: Glossary): readonly Tally[] {
  const reported = reportedBy(hit, glossary)[index];
  return reported === undefined ? [] : talliesOf(reported, glossary);
}

/** Whether a figure counts what is asked for, in words or by what is said of it: "put the group at 6,000" counts fighters. */
function isOfAskedKind(tally: Tally, asked: ReadonlySet<string>): boolean {
  const namesIn = (classes: typeof ROLES) =>
    classes.filter(([, members]) => [...members].some((term) => asked.has(term))).map(([name]) => name);
  const { fate, things } = tally.counted;
  const fates = namesIn(FATES);
  if (fates.length > 0) return fate !== null && fates.includes(fate);
  return (
    fate === null &&
    (namesIn(ROLES).some((role) => rolesOf(tally).has(role)) || [...things].some((thing) => asked.has(thing)))
  );
}

/** Who is counted: as its words say, or as is meant without them. */
function rolesOf({ what, counted }: Tally): ReadonlySet<string> {
  const meant = what?.split("|")[2] ?? "";
  return counted.roles.size > 0 || meant === "" ? counted.roles : new Set(meant.split(" "));
}

/** The figures of a sentence that count what is asked for; all of them where the question does not say what. */
function askedOf(candidate: Candidate, asked: AskedCount, glossary: Glossary): readonly Tally[] {
  return talliesIn(candidate, glossary).filter(({ counted }) => isAskedCount(counted, asked));
}

function isAskedCount({ fate, roles, things }: Tally["counted"], asked: AskedCount): boolean {
  if (asked.fates.size > 0) {
    if (fate === null || !asked.fates.has(fate)) return false;
    // "How many soldiers were killed?" is not answered by the number of civilians.
    return asked.roles.size === 0 ? roles.size === 0 || !asked.isOfPeople : meet([...roles], [...asked.roles]);
  }
  if (asked.deeds.size > 0) return fate === null && [...things].some((thing) => asked.deeds.has(thing));
  return meet([...roles], [...asked.roles]) || [...things].some((thing) => asked.terms.has(thing));
}

/** Whether a figure is a rise or a fall in what is asked for. One that two things share in a sentence is disputed. */
function isAskedChange({ counted, reported: { counts } }: Tally, asked: AskedCount): boolean {
  const alike = counts.counted.filter(({ figure }) => figure.unit === "%" && figure.low === counted.figure.low);
  if (alike.length > 1) return false;
  return counted.figure.unit === "%" && counted.direction !== null && isAskedCount(counted, asked);
}

/** "Killed in attacks": those killed in operations are others. */
function isOfOtherDeeds(tallies: readonly Tally[], asked: AskedCount): boolean {
  if (!asked.deeds.has("attack") || asked.fates.size === 0) return false;
  const harmed = tallies.filter(({ counted }) => counted.fate !== null && asked.fates.has(counted.fate));
  return harmed.length > 0 && harmed.every(({ setting }) => /\b(?:operation|strike)\b/u.test(setting));
}

/**
 * "same" where every figure of the sentence that can be set beside one of a claim is there; "differs" where one cannot be
 * meant together with one of a claim, and nobody's figure of a claim is the same.
 */
function verdict(claims: readonly (readonly Tally[])[], figures: readonly Tally[]): FigureVerdict {
  const known = claims.flat();
  const beside = figures.filter((one) => known.some((other) => isForTheSame(one, other)));
  const isKnown = (one: Tally) =>
    known.some((other) => isForTheSame(one, other) && isOneFigure(one.counted.figure, other.counted.figure));
  if (beside.length > 0 && beside.every(isKnown)) return "same";
  const differs = beside.some(
    (one) => !isKnown(one) && known.some((other) => areCompared(one, other) && areDifferent(one, other)),
  );
  return differs ? "differs" : "neither";
}

function isOneFigure(a: Figure, b: Figure): boolean {
  const isExact = (figure: Figure) => figure.bound === "exact" || figure.bound === "least";
  return a.low === b.low && a.high === b.high && (a.bound === b.bound || (isExact(a) && isExact(b)));
}

/** Whether a figure is for just the time of the question, if it names one. */
function isInTime({ time }: Tally, { periods }: Question): boolean {
  return (
    periods.length === 0 ||
    periods.some(({ from, to }) => time !== null && time.from === from && time.to === to && time.part === "")
  );
}

/** Whether a figure is for the place and the side of the question, for whom it asks of, and not in a part alone. */
function isAsAsked(tally: Tally, question: Question, asked: AskedCount, glossary: Glossary): boolean {
  const keysOf = (kind: string) =>
    question.names
      .filter((name) => name.entries.some((entry) => entry.kind === kind))
      .map((name) =>
        name.entries
          .map((entry) => glossary.term(entry))
          .sort()
          .join(" "),
      );
  const { setting, counted } = tally;
  // Militants mostly die in operations: those who die in attacks are a part as well.
  const isPartOfMilitants = setting === "attack" && counted.roles.has("militant") && !asked.terms.has("attack");
  const isPart =
    isPartOfMilitants ||
    (/\b(?:operation|strike)\b/u.test(setting) && ![...OPERATIONS].some((term) => asked.terms.has(term))) ||
    // "Killed in attacks" are not all who were killed.
    (asked.deeds.has("attack") && setting === "all");
  // An ambiguous name has all its meanings in its key.
  const isOf = (named: ReadonlySet<string>, wanted: readonly string[]) =>
    named.size === new Set(wanted).size &&
    wanted.every((key) => named.has(key) || [...named].some((other) => meet(other.split(" "), key.split(" "))));
  const places = keysOf("place");
  const isThere =
    tally.places.size > 0
      ? places.length === 0 || isOf(tally.places, places)
      : places.every((key) => isAboutPlace(tally, key));
  return (
    !isPart &&
    tally.narrowed === "" &&
    isThere &&
    isOf(tally.actors, keysOf("armed-group")) &&
    isOf(tally.events, keysOf("event")) &&
    isOf(rolesOf(tally), [...asked.roles]) &&
    isByAsked(tally, asked)
  );
}

/** Whether those counted who are asked for, if anybody is. */
function isByAsked({ who }: Tally, { sources }: AskedCount): boolean {
  if (sources.length === 0) return true;
  const keys = who === null ? [] : who.key.split(" ");
  return sources.some((terms) => meet(keys, terms));
}

function meet(a: readonly string[], b: readonly string[]): boolean {
  return a.some((each) => b.includes(each));
}

const OPERATIONS = terms("operation operations strike strikes");
