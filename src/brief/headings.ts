/** Which headings of reports say what a text is about. */

/** Where in a document one is, or that something is told, and not what about. */
const NOT_TELLING =
  /^(?:introduction|(?:executive )?summary|conclusions?|overview|background\b.*|contents|table of contents|references|sources?|notes?|appendix\b.*|annex\b.*|glossary|acknowledg\w+|bibliography|method\w*|abstract|recommendations?|disclaimer|about(?: (?:us|this report))?|key points|further reading|see also|attribution|feedback|description|preface|foreword|where (?:the )?(?:sources|reports|accounts|figures|numbers) (?:(?:dis)?agree|differ)\b.*|what (?:the )?sources (?:dis)?agree on|open questions|(?:section|chapter|part|table|figure)\s+[\dIVXLCA-Z]+)[.:]?$/iu;

export function isTelling(heading: string): boolean {
  const bare = heading.replace(/^\s*(?:\d+(?:\.\d+)*|[ivxlc]+|[a-z])[.):]\s+/iu, "").trim();
  return /\p{L}{3}/u.test(bare) && bare.length <= 90 && !NOT_TELLING.test(bare);
}
