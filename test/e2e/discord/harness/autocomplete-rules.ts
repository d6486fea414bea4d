import type { Json } from "./json.ts";
import type { Fault } from "./rules.ts";

/** What the choices of an autocomplete break of the rules. */
export function autocompleteFaults(_data: Json, _focused: Json | null): Fault[] {
  return [];
}
