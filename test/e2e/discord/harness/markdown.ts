/** What a person reads of a text. */
export function plainText(source: string): string {
  return source;
}

/** The addresses of a text's links. */
export function linksOf(_source: string): string[] {
  return [];
}
