import type { Json } from "./json.ts";
import type { Fault } from "./rules.ts";

/** What a set of commands breaks of the rules. */
export function commandFaults(_commands: readonly Json[]): Fault[] {
  return [];
}
