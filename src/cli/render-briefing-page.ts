/** The page around a briefing: one file that loads nothing, for phones and desks, light and dark. */

import { createHash } from "node:crypto";
import type { Theme } from "../domain/briefing.ts";
import { type Html, html } from "./render-briefing-escape.ts";

const COLOURS: Readonly<Record<Theme, string>> = {
  light:
    "--page:#fff;--text:#1b1f24;--quiet:#57606a;--bar:#0a6a8f;--soft:#f3f5f7;--line:#d0d7de;--link:#0757b0;--mark:#8a4b00",
  dark: "--page:#14181d;--text:#e6e9ec;--quiet:#9aa5b1;--bar:#5ab8dc;--soft:#1d232a;--line:#38414b;--link:#7db7ff;--mark:#f0b35e",
};

const RULES = `
*{box-sizing:border-box}
body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25}
h2{margin:2.2rem 0 .8rem;padding-top:.8rem;border-top:1px solid var(--line);font-size:1.25rem}
h3{margin:1.4rem 0 .3rem;font-size:1rem}
a{color:var(--link)}
nav ul{display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;list-style:none}
blockquote{margin:.3rem 0;padding:.3rem .8rem;border-left:4px solid var(--bar);background:var(--soft);white-space:pre-wrap}
.about,.quiet,figcaption{color:var(--quiet);font-size:.875rem}
.about{margin:.2rem 0 1.2rem;padding-left:1.2rem}
.mark{color:var(--mark)}
.table{overflow-x:auto}
table{border-collapse:collapse;font-size:.9rem;overflow-wrap:normal}
caption{text-align:left;color:var(--quiet);font-size:.875rem}
th,td{padding:.35rem .6rem;border:1px solid var(--line);text-align:left;vertical-align:top;min-width:5rem}
thead th{background:var(--soft)}
details{margin:1rem 0}
summary{color:var(--link);cursor:pointer}
figure{margin:1rem 0}
img{display:block;max-width:100%;height:auto}
:target{outline:2px solid var(--bar)}
@media print{body{max-width:none}a{color:inherit}details::details-content{display:block;block-size:auto;content-visibility:visible}}
`;

/** @param theme null follows the reader's device. */
function styleOf(theme: Theme | null): string {
  if (theme !== null) return `:root{color-scheme:${theme};${COLOURS[theme]}}${RULES}`;
  const dark = `@media (prefers-color-scheme:dark){:root{${COLOURS.dark}}}`;
  return `:root{color-scheme:light dark;${COLOURS.light}}${dark}${RULES}`;
}

/**
 * A whole page, ending in a line end. Its policy allows its own style sheet and pictures inside it, and nothing else:
 * no script, no request, no form.
 */
export function page(title: string, body: Html, theme: Theme | null): string {
  const style = styleOf(theme);
  const hash = createHash("sha256").update(style).digest("base64");
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`;
  const { html: text } = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${{ html: style }}</style>
</head>
<body>
${body}
</body>
</html>
`;
  return text;
}
