/** Figures over time, as a table. */

import type { SectionMaker } from "./material.ts";

export const figuresSection: SectionMaker = () => null;
