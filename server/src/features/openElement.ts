/** Comments, CDATA, processing instructions, end tags, start tags with their values: what can hold a `<` or close an element. */
const TOKEN =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<\/([\w:.-]+)|<([A-Za-z_][\w:.-]*)(?:[^<>"']|"[^"<]*"|'[^'<]*')*?(\/?)>/g;

/**
 * The name of the element that is still open at the end of a text, or undefined. Asked of the text before `</`, not of the tree:
 * there the parser has already taken the `</` for the end of something.
 */
export function openElementName(text: string): string | undefined {
  const open: string[] = [];
  for (const [, closed, opened, selfClosing] of text.matchAll(TOKEN)) {
    if (opened !== undefined && selfClosing === '') open.push(opened);
    // An end tag closes its element, and whatever was left open inside.
    if (closed !== undefined && open.includes(closed)) open.length = open.lastIndexOf(closed);
  }
  return open.at(-1);
}
