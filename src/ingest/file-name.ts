/** What a server calls the file that it gives. */

/** Longest name, in UTF-16 code units. */
const LONGEST = 120;
/** Longest ending that is kept when a name is cut, with its dot. */
const LONGEST_ENDING = 12;

/**
 * The name of a downloaded file: that of the header Content-Disposition (RFC 6266; `filename*` goes before
 * `filename`), else the last part of the address's path. Only a base name, without control, format and unpaired
 * characters, without dots or spaces at its start, at most 120 code units; null where nothing is left.
 * @param disposition the header as Node gives it, one character for each byte.
 */
export function fileNameOf(disposition: string | undefined, url: URL): string | null {
  const named = disposition === undefined ? [] : namesIn(disposition);
  const path = url.pathname.slice(url.pathname.lastIndexOf("/") + 1);
  for (const candidate of [...named, percentDecoded(path) ?? path]) {
    const name = safeName(candidate);
    if (name !== "") return name;
  }
  return null;
}

/** The text of a header: servers send UTF-8, though only ASCII is allowed; Node reads it byte by byte. */
export function headerText(header: string): string {
  const bytes = Uint8Array.from(header, (character) => character.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return header;
  }
}

function namesIn(disposition: string): string[] {
  const names: string[] = [];
  // RFC 8187: charset, language, percent-encoded bytes. UTF-8 is the one that everybody must know.
  const extended = /;\s*filename\*\s*=\s*utf-8'[^']*'([^\s;]*)/i.exec(disposition)?.[1];
  const decoded = extended === undefined ? null : percentDecoded(extended);
  if (decoded !== null) names.push(decoded);
  const [, quoted, token] = /;\s*filename\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(disposition) ?? [];
  // Browsers send Windows paths unescaped, so that a backslash is only an escape before a quote or itself.
  if (quoted !== undefined) names.push(headerText(quoted).replace(/\\(["\\])/g, "$1"));
  if (token !== undefined) names.push(headerText(token));
  return names;
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function safeName(raw: string): string {
  const base = raw.slice(Math.max(raw.lastIndexOf("/"), raw.lastIndexOf("\\")) + 1);
  const name = base
    .replace(/[\p{C}\u2028\u2029]/gu, "")
    .replace(/^[.\s]+|[.\s]+$/g, "")
    .normalize("NFC");
  if (name.length <= LONGEST) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot !== -1 && name.length - dot <= LONGEST_ENDING ? name.slice(dot) : "";
  return name.slice(0, LONGEST - ending.length).replace(/[\ud800-\udbff]$/, "") + ending;
}
