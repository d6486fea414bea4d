/** The kinds of questions in the project's own sets. */

export const ANSWERABLE_TYPES = [
  "figure",
  "attribution",
  "definition",
  "relation",
  "change",
  "disagreement",
  "paraphrase",
  "typo-alias",
] as const;
export const UNANSWERABLE_SUBTYPES = [
  "absent",
  "false-premise",
  "off-topic",
  "wrong-period",
  "wrong-entity",
  "live",
  "injection",
  "vague",
  "opinion",
] as const;
export const CASE_TYPES = [...ANSWERABLE_TYPES, "unanswerable"] as const;
export type CaseType = (typeof CASE_TYPES)[number];
export type UnanswerableSubtype = (typeof UNANSWERABLE_SUBTYPES)[number];
