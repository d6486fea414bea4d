/** What of a question no report meets, in words of the member's language. */

import type { UnmetPart } from "../../domain/answer.ts";
import { text } from "../components.ts";
import type { Block } from "../pages.ts";
import { part } from "../source-lines.ts";
import type { Strings } from "../strings.ts";

const MOST_PARTS = 6;
const LONGEST_SURFACE = 120;

/** The missing parts as a list; nothing where none is known. */
export function unmetBlocks(unmet: readonly UnmetPart[], strings: Strings): Block[] {
  if (unmet.length === 0) return [];
  const left = unmet.length - MOST_PARTS;
  const lines = unmet.slice(0, MOST_PARTS).map((each) => `- ${unmetWords(each, strings)}`);
  if (left > 0) lines.push(`- ${strings.unmet.more(left)}`);
  return [{ components: [text([strings.unmet.title, ...lines].join("\n"))] }];
}

function unmetWords({ kind, surface }: UnmetPart, { unmet }: Strings): string {
  const isKnown = kind === "detail" && Object.hasOwn(unmet.details, surface);
  return unmet[kind](isKnown ? unmet.details[surface as keyof typeof unmet.details] : part(surface, LONGEST_SURFACE));
}
