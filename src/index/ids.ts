/** Ids that are not to be guessed, short enough for the id of a button. */

import { randomBytes } from "node:crypto";

/** Crockford's base 32: no I, L, O or U, so that none is taken for another. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 10;

/** 10 letters and digits: 50 random bits. */
export function newId(): string {
  return Array.from(randomBytes(LENGTH), (byte) => ALPHABET[byte % ALPHABET.length]).join("");
}
