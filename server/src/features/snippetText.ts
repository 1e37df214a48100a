/** Text in the snippet syntax that LSP and VS Code share. */

/** A choice of more words than this is a list that nobody reads: the place stays empty, and completion offers the words. */
const MOST_CHOICES = 20;

/** A place to fill in: with a choice of words, or empty. */
export function snippetChoice(words: readonly string[]): string {
  if (words.length === 0 || words.length > MOST_CHOICES) return '$1';
  return `\${1|${words.map((word) => word.replace(/[\\,|$}]/g, '\\$&')).join(',')}|}`;
}

/** An element as text, with every attribute value and text in it a place to fill in; the last place is behind it. */
export function snippetOf(xml: string): string {
  let place = 0;
  return `${escapeSnippet(xml).replace(
    /=(['"])([^'"]*)\1|>([^<>\s][^<>]*)</g,
    (_whole, quote: string | undefined, value: string, text: string | undefined) =>
      quote === undefined ? `>\${${++place}:${text}}<` : `=${quote}\${${++place}:${value}}${quote}`,
  )}$0`;
}

/** Text that stands for itself in a snippet. */
export function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
