/** Colours and shapes of pictures. */

import type { Theme } from "../../domain/briefing.ts";

export interface Palette {
  readonly background: string;
  readonly text: string;
  /** For what stands beside: sources, dates, the foot. */
  readonly quiet: string;
  readonly grid: string;
  /** Behind values that belong together; lines of the grid are seen on it. */
  readonly band: string;
  /** One for each series; after Okabe and Ito, as light or dark as the background needs. */
  readonly series: readonly string[];
}

/**
 * The eight colours of Okabe and Ito ("Color Universal Design", 2008) without black, which people tell apart however
 * they see colour. Their lightness is changed so that each stands out from the background by 3 to 1 (WCAG 2.2, 1.4.11),
 * and text by 4.5 to 1 (1.4.3).
 */
export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    background: "#ffffff",
    text: "#16181d",
    quiet: "#50555e",
    grid: "#d0d4da",
    band: "#f0f2f5",
    series: ["#0072b2", "#c04a00", "#007a59", "#a8437f", "#8a6a00", "#2a86b8", "#5b5f66"],
  },
  dark: {
    background: "#1e1f24",
    text: "#f4f5f7",
    quiet: "#b9bec8",
    grid: "#454952",
    band: "#2a2c33",
    series: ["#56b4e9", "#e69f00", "#2fc79b", "#e08fbf", "#f0e442", "#ff8a4c", "#c3c7cf"],
  },
};

/** Marks of the series, which tell them apart without colour: outlines in a square of 20. */
export const SHAPES = [
  "M10 0A10 10 0 1 1 10 20A10 10 0 1 1 10 0Z",
  "M1 1H19V19H1Z",
  "M10 0L20 18H0Z",
  "M10 0L20 10L10 20L0 10Z",
  "M0 2H20L10 20Z",
  "M7 0H13V7H20V13H13V20H7V13H0V7H7Z",
  "M10 0L20 8L16 20H4L0 8Z",
  "M4 0L10 6L16 0L20 4L14 10L20 16L16 20L10 14L4 20L0 16L6 10L0 4Z",
  "M0 6H20V14H0Z",
] as const;
