/** What happened when: dated events in order. */

import type { SectionMaker } from "./material.ts";

export const timelineSection: SectionMaker = () => null;
