/** The levels of headings: the rank of the element, set right where sections say otherwise. */

import type { HtmlNode } from "./tree.ts";

interface Section {
  readonly node: HtmlNode | null;
  hasHeading: boolean;
  hasText: boolean;
}

interface Entry {
  readonly rank: number;
  readonly level: number;
  /** Whether it is the heading of its section. */
  readonly isFirst: boolean;
  section: Section;
  isClosed: boolean;
}

export interface Outline {
  enterSection(node: HtmlNode): void;
  leaveSection(node: HtmlNode): void;
  /** Says that text which is no heading follows. */
  text(): void;
  /** The level of the next heading, 1 to 6. @param rank 1 to 6, from the element's name. */
  heading(rank: number): number;
}

/**
 * A heading is below the headings before it with a lower rank, as everywhere. But what heads a `<section>` heads
 * nothing after that section, and what heads a section inside of another is below the outer one's heading, even
 * with the same rank. A section with headings alone is only a frame, and the headline (rank 1) heads everything.
 */
export function outline(): Outline {
  const entries: Entry[] = [];
  const sections: Section[] = [{ node: null, hasHeading: false, hasText: false }];
  const innermost = () => sections.at(-1) as Section;
  return {
    enterSection(node) {
      sections.push({ node, hasHeading: false, hasText: false });
    },
    leaveSection(node) {
      if (sections.length < 2 || innermost().node !== node) return;
      const section = sections.pop() as Section;
      const outer = innermost();
      outer.hasText ||= section.hasText;
      for (const entry of entries) {
        if (entry.section !== section) continue;
        if (section.hasText && entry.rank > 1) entry.isClosed = true;
        else entry.section = outer;
      }
    },
    text() {
      innermost().hasText = true;
    },
    heading(rank) {
      const section = innermost();
      let ceiling = rank;
      for (let last = entries.at(-1); last !== undefined; last = entries.at(-1)) {
        const isOuter = last.section !== section && last.isFirst && !last.isClosed;
        if (isOuter || (!last.isClosed && last.rank < rank)) break;
        ceiling = Math.min(ceiling, last.level);
        entries.pop();
      }
      const level = Math.min(6, Math.max((entries.at(-1)?.level ?? 0) + 1, ceiling));
      entries.push({ rank, level, isFirst: !section.hasHeading, section, isClosed: false });
      section.hasHeading = true;
      return level;
    },
  };
}
