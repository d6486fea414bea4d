/** Traffic Light Protocol 2.0 (FIRST): who may see a report. */

/** The five labels, from free to share to named recipients only. */
export const MARKINGS = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED"] as const;
export type Marking = (typeof MARKINGS)[number];

/**
 * How restricted a marking is: 0 (CLEAR) to 4 (RED). An unmarked report counts as AMBER+STRICT,
 * because nobody has said that it may leave the organisation.
 */
export function restriction(marking: Marking | null): number {
  return MARKINGS.indexOf(marking ?? "TLP:AMBER+STRICT");
}
