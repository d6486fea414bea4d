/** What an examination of an installation finds, and what a person can do about it. */

/** What is examined, in the order in which it is shown: each rests on those before it. */
export const HEALTH_AREAS = ["node", "modules", "settings", "model", "data", "index", "corpus"] as const;
export type HealthArea = (typeof HEALTH_AREAS)[number];

/** A fault means that answers are missing, wrong or sent where they should not be; a warning is worth a look. */
export type HealthLevel = "ok" | "warning" | "fault";

/** The result of one check. */
export interface Finding {
  /** Stable name of the check: the area, a dot, and what was looked at. */
  readonly id: string;
  readonly area: HealthArea;
  readonly level: HealthLevel;
  /** One sentence for a person. It holds no secret. */
  readonly message: string;
  /** What to do; null only where nothing has to be done. */
  readonly remedy: string | null;
}

type FindingId = `${HealthArea}.${string}`;

/** A check that found nothing wrong. */
export function well(id: FindingId, message: string): Finding {
  return { id, area: areaOf(id), level: "ok", message, remedy: null };
}

export function warning(id: FindingId, message: string, remedy: string): Finding {
  return { id, area: areaOf(id), level: "warning", message, remedy };
}

export function fault(id: FindingId, message: string, remedy: string): Finding {
  return { id, area: areaOf(id), level: "fault", message, remedy };
}

/** A check that could not be made because of something else that was found. */
export function notChecked(id: FindingId, what: string, because: string): Finding {
  return warning(id, `${what}: not checked, because ${because}`, "Mend that first, then run `npm run doctor` again.");
}

function areaOf(id: FindingId): HealthArea {
  const name = id.slice(0, id.indexOf("."));
  const area = HEALTH_AREAS.find((each) => each === name);
  if (area === undefined) throw new RangeError(`${id} is of no area`);
  return area;
}

/** Names in a finding; the others are only counted. */
const MOST_NAMES = 5;

/** "a.md, b.md and 3 more". */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(", ");
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

/** "1 report", "2,000 reports". */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : plural}`;
}
