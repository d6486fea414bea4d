/** The characters of a PDF as a person would type them. */

/** Latin, Armenian, Hebrew and Arabic forms of presentation: how letters look, not which they are. */
const PRESENTATION_FORMS = /[\ufb00-\ufdff\ufe70-\ufefc]/g;
/** Where fonts without names for their glyphs keep "fi" and "fl". */
const PRIVATE_LIGATURES: Readonly<Record<string, string>> = { "\uf001": "fi", "\uf002": "fl" };
/** Bullets of the Symbol and Wingdings fonts. */
const PRIVATE_BULLETS = /[\uf06c\uf06e\uf076\uf0a7\uf0a8\uf0b7\uf0d8\uf0e8\uf0fc]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is what this is for.
const CONTROLS = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g;
/** Zero width, or only a hint for the direction of writing. */
const INVISIBLE = /[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const SPACES = /\s/g;
/** Letters set apart for looks: "K E Y". Two single letters may be initials or words. */
const SPACED_OUT = /^\p{L}(?: \p{L}){2,}$/u;

/**
 * Ligatures become letters, and every space an ordinary one; invisible characters go. Soft hyphens stay, because
 * what they mean is seen only at the end of a line. Nothing else changes: superscripts and fractions are text.
 */
export function cleanCharacters(raw: string): string {
  const text = raw
    .toWellFormed()
    .replace(CONTROLS, "")
    .replace(INVISIBLE, "")
    .replace(SPACES, " ")
    .replace(PRESENTATION_FORMS, (form) => form.normalize("NFKC"))
    .replace(/[\uf001\uf002]/g, (form) => PRIVATE_LIGATURES[form] ?? form)
    .replace(PRIVATE_BULLETS, "•");
  return SPACED_OUT.test(text) ? text.replaceAll(" ", "") : text;
}

/** Whether most letters of a text are written from right to left. */
export function isRightToLeft(text: string): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const backward = text.match(/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/g)?.length ?? 0;
  return backward > letters / 2;
}
