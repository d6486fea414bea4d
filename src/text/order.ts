/** The order of texts where it must be the same on every machine. */

/** By code units; for `sort`. */
export function inCodeOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
