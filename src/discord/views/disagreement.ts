/** Where the reports of an answer contradict each other, or the question: side by side, and nobody is said to be right. */

import type { Answered, DifferingValue, Disagreement } from "../../domain/answer.ts";
import { whoCounted } from "../../domain/claim-rules.ts";
import { periodWords, whoWords } from "../claim-lines.ts";
import { text } from "../components.ts";
import type { Block } from "../pages.ts";
import type { Strings } from "../strings.ts";
import { brief } from "../text.ts";

/** Most disagreements shown, and figures of one; an answer has four claims at most. */
const MOST_DISAGREEMENTS = 3;
const MOST_VALUES = 8;
const LONGEST_ABOUT = 150;
const LONGEST_FIGURE = 60;
const LONGEST_RULE = 100;
const LONGEST_ASKED = 60;

/** Differing figures for the same thing, a block for each thing. */
export function disagreementBlocks(answer: Answered, strings: Strings): Block[] {
  return answer.disagreements.slice(0, MOST_DISAGREEMENTS).map((each) => disagreementBlock(each, answer, strings));
}

/** @param quoted the claims whose citations the figures stand in. */
export function disagreementBlock(of: Disagreement, quoted: Pick<Answered, "claims">, strings: Strings): Block {
  const left = of.values.length - MOST_VALUES;
  const lines = [
    titleOf(of, strings),
    ...of.values.slice(0, MOST_VALUES).map((value) => `- ${valueWords(value, quoted, strings)}`),
    ...(left > 0 ? [`- ${strings.disagreement.more(left)}`] : []),
    `-# ${strings.disagreement.neutral}`,
  ];
  return { components: [text(lines.join("\n"))] };
}

function titleOf({ about, period }: Disagreement, strings: Strings): string {
  const { title, titleIn } = strings.disagreement;
  const shown = brief(about, LONGEST_ABOUT);
  return period === null ? title(shown) : titleIn(shown, periodWords(period, strings));
}

/** "**at least 74** · PICSS · counts: civilians [2]". */
function valueWords(value: DifferingValue, quoted: Pick<Answered, "claims">, { disagreement }: Strings): string {
  const who = whoCounted(value, quoted);
  const parts = [
    `**${brief(value.written, LONGEST_FIGURE)}**`,
    ...(who === null ? [] : [whoWords(who)]),
    ...(value.rule === null ? [] : [disagreement.counted(brief(value.rule, LONGEST_RULE))]),
  ];
  return `${parts.join(" · ")} [${value.citation}]`;
}

/** Says at the head of an answer that its first quote contradicts what the question takes for granted. */
export function premiseLines({ premise }: Answered, { claim }: Strings): string[] {
  return premise === null ? [] : [claim.premise(brief(premise.asked, LONGEST_ASKED), premise.citation)];
}
