/** Whether quotes contain what an answer must contain, whatever its case, accents or markup. */

/** A number with what is glued to it ("3rd", "5m"), a word, or a sign that changes what a number means. */
const TOKEN = /\p{N}+(?:\.\p{N}+)*[\p{L}\p{N}]*|\p{L}[\p{L}\p{N}']*|[%$€£]/gu;
const DIGIT_FIRST = /^\p{N}/u;

/** Every group has a member in at least one of the quotes. */
export function carries(quotes: readonly string[], must: readonly (readonly string[])[]): boolean {
  const quoted = quotes.map(tokens);
  return must.every((group) => group.some((member) => quoted.some((quote) => containsTokens(quote, tokens(member)))));
}

/**
 * Whether the words of `member` stand in `text` one after the other. A word matches as a prefix
 * ("reject" in "rejected"), a number only whole ("74" not in "174", "7.4" or "74th"); "42%" is "42 per cent".
 */
export function contains(text: string, member: string): boolean {
  return containsTokens(tokens(text), tokens(member));
}

function containsTokens(text: readonly string[], member: readonly string[]): boolean {
  if (member.length === 0) return false;
  return text.some((_, from) =>
    member.every((token, offset) => {
      const found = text[from + offset];
      return found !== undefined && (DIGIT_FIRST.test(token) ? found === token : found.startsWith(token));
    }),
  );
}

/** Words, numbers and signs, folded. Footnote marks and link targets are no part of what a text says. */
function tokens(text: string): readonly string[] {
  const folded = text
    .replace(/\[\^[^\]\s]*\]/gu, " ")
    .replace(/\]\([^)\s]*\)/gu, "] ")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[‘’`´]/gu, "'")
    .replace(/(?<![\p{N}.,])\p{N}{1,3}(?:,\p{N}{3})+(?![\p{N}])/gu, (number) => number.replaceAll(",", ""))
    .replace(/\bper ?cent\b/gu, "%");
  return folded.match(TOKEN) ?? [];
}
