/**
 * Pages in another language. A translation holds prose only: where the English page has its n-th fenced block, the translation has
 * a line `[[n]]`, so that no example stands in two places.
 */

/** The fenced blocks of a page, in their order. */
export function fencedBlocks(page: string): string[] {
  return page.match(/^```[^\n]*\n[\s\S]*?^```$/gm) ?? [];
}

/** The translation with the blocks of the English page; the English page where there is none. */
export function translatedPage(english: string, translation: string | undefined): string {
  if (translation === undefined) return english;
  const blocks = fencedBlocks(english);
  return translation.replace(/^\[\[(\d+)\]\]$/gm, (place, number: string) => blocks[Number(number) - 1] ?? place);
}
