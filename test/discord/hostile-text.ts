/** Texts that a report, its metadata or a person may hold to make a client show something else than they say. */

import * as fc from "fast-check";

/** Everything that Discord gives a meaning to, and what looks like something else to a reader. */
export const HOSTILE: readonly string[] = [
  "@everyone",
  "@here",
  "<@1>",
  "<@!1>",
  "<@&1>",
  "<#1>",
  "</ask:1>",
  "<id:customize>",
  "<t:1:R>",
  "<:ok:123>",
  "<a:ok:123>",
  ":smile:",
  ":+1::skin-tone-2:",
  "**bold**",
  "*italic*",
  "__under__",
  "_line_",
  "~~struck~~",
  "||spoiler||",
  "# heading",
  "### heading ###",
  "> quote",
  ">>> quote",
  "- list",
  "* list",
  "+ list",
  "1. list",
  "2025. list",
  "1) list",
  "-# small",
  "`code`",
  "``code ` code``",
  "```js\nlet x;\n```",
  "[click](https://evil.example)",
  "[https://good.example](https://evil.example)",
  "![image](https://evil.example/x.png)",
  "<https://evil.example>",
  "<mail@evil.example>",
  "<tel:+4912345>",
  "https://evil.example/a_b_c?d=e",
  "HTTPS://evil.example",
  "discord://evil",
  "https://user:pass@evil.example",
  "www.evil.example",
  "discord.gg/evil",
  "¯\\_(ツ)_/¯",
  "a\u200Bb\u2060c\uFEFFd",
  "\u202Egpj.exe\u202C",
  "\u2066isolated\u2069",
  "\u{E0041}",
  "\uD83D",
  "\uDE00",
  "\u0000\u001B[31m\u0085",
  "аррӏе.com",
  "👩‍👩‍👧‍👦🇵🇰",
  "تحریک طالبان پاکستان نے 2025-03 میں حملہ کیا",
  "الحركة (TTP) ‏قالت‏",
  "Donaudampfschifffahrtsgesellschaft".repeat(9),
];

/** The signs that any of them is made of. */
const SIGNS = [
  ..."*_~|`#>-+.<>@:/[]()\\\n\r\t 1a&!=",
  "https://a.b",
  "everyone",
  "<@1>",
  "```",
  "\n\n",
  "\u202E",
  "😀",
];

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 60 }),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.array(fc.constantFrom(...SIGNS), { maxLength: 40 }).map((signs) => signs.join("")),
  fc
    .array(fc.tuple(fc.constantFrom("", "\\", "\\\\", " "), fc.constantFrom(...HOSTILE)), { maxLength: 6 })
    .map((parts) => parts.map(([before, text]) => before + text).join(" ")),
);

/** Such text of a certain length, from short to as long as it may be. */
export function hostileOf(maxLength: number): fc.Arbitrary<string> {
  const filled = (text: string, length: number) =>
    text.trim() === "" ? "a".repeat(length) : text.repeat(Math.ceil(length / text.length)).slice(0, length);
  return fc.oneof(
    hostileText.map((text) => text.slice(0, maxLength)),
    fc.tuple(hostileText, fc.integer({ min: 1, max: maxLength })).map(([text, length]) => filled(text, length)),
    hostileText.map((text) => filled(text, maxLength)),
  );
}
