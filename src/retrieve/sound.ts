/** How a name sounds, whatever way it is written in Latin letters: Tehreek and Tehrik, Laden and Ladin, Qaeda and Qaida. */

/** Letters of another script that are written in several ways, as one. Longer ones first. */
const CONSONANTS: readonly (readonly [RegExp, string])[] = [
  [/ph/g, "f"],
  [/(?:tch|ch|tsch|č)/g, "C"],
  [/(?:sch|sh)/g, "S"],
  [/kh/g, "X"],
  [/gh/g, "g"],
  [/th/g, "t"],
  [/dh/g, "d"],
  [/zh|dj/g, "j"],
  [/ck|q|c(?![eiy])/g, "k"],
  [/c/g, "s"],
  [/x/g, "ks"],
  [/z/g, "z"],
];

/**
 * A key that names share which differ only in how they are spelt: vowels are dark (o, u) or bright (a, e, i, y), runs
 * of vowels and doubled letters count once, and letters for one sound are one. Words of one key sound alike; words
 * that sound alike need not have one key.
 * @param word folded: lower case, without accents.
 */
export function soundOf(word: string): string {
  let key = word.replace(/[^\p{L}]/gu, "");
  for (const [pattern, sound] of CONSONANTS) key = key.replace(pattern, sound);
  key = key
    // W before a vowel at the start is how some write the dark one: Wuld and Ould.
    .replace(/^wu/, "u")
    .replace(/[aeiouy]+/g, (vowels) => (/[ou]/.test(vowels) ? "o" : "a"))
    .replace(/ow(?=[^ao]|$)/g, "o")
    .replace(/(\p{L})\1+/gu, "$1");
  // The h at the end of a name comes and goes.
  return key.replace(/h$/, "");
}

const INITIALS: Readonly<Record<string, string>> = {
  k: "kqcx",
  o: "ouwaeiy",
  a: "aeiy",
  f: "fp",
  S: "s",
  C: "ct",
  X: "k",
  j: "jzd",
  s: "sc",
};

/** The letters that a word with this key can begin with. */
export function initialsOf(key: string): string[] {
  const first = key.slice(0, 1);
  return [...(INITIALS[first] ?? first)];
}
