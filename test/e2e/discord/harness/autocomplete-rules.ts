/** The rules for autocomplete choices that Discord's description of its API misses. */

import { type Json, objects } from "./json.ts";
import type { Fault } from "./rules.ts";

const VALUE = 100;

/**
 * What the choices of an autocomplete break of the rules.
 * @param focused the option that is being typed, as it was registered
 */
export function autocompleteFaults(data: Json, focused: Json | null): Fault[] {
  const faults: Fault[] = [];
  const choices = objects(data.choices);
  for (const { name, value } of choices) {
    const isWanted = focused?.type === 3 ? typeof value === "string" : typeof value === "number";
    if (!isWanted) faults.push({ rule: "choice-value", message: `"${name}" has a ${typeof value} as its value` });
    if (typeof value === "string" && (value.length === 0 || value.length > VALUE)) {
      faults.push({
        rule: "choice-value",
        message: `"${name}" has a value of ${value.length} characters, 1 to ${VALUE}`,
      });
    }
  }
  const names = choices.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) faults.push({ rule: "choice-duplicate", message: `two choices are called "${twice}"` });
  return faults;
}
