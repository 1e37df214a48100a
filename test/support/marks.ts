/** Takes the marks out of a text: `|` where the cursor stands, and `«…»` around the spans that are expected. */
export function atMarks(marked: string): {
  readonly text: string;
  readonly offset: number;
  readonly spans: readonly { readonly start: number; readonly end: number }[];
} {
  const spans: { start: number; end: number }[] = [];
  let text = '';
  let offset = -1;
  let open = -1;
  for (const character of marked) {
    if (character === '|') offset = text.length;
    else if (character === '«') open = text.length;
    else if (character === '»') spans.push({ start: open, end: text.length });
    else text += character;
  }
  if (offset < 0) throw new Error('no | in the text');
  return { text, offset, spans };
}
