import type { Json } from "./json.ts";
import type { Fault } from "./rules.ts";

/** What a modal breaks of the rules. */
export function modalFaults(_data: Json): Fault[] {
  return [];
}
