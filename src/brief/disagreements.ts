/** What the reports disagree on, side by side. */

import type { SectionMaker } from "./material.ts";

export const disagreementsSection: SectionMaker = () => null;
