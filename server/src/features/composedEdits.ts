/** Edits that are made one after the other, as edits to the first text. */
import type { TextEdit } from '../finding.ts';
import { applyEdits } from '../finding.ts';

interface Change {
  /** What an edit of the first round covers: in the text before it, and in the text between the two rounds. */
  readonly before: { readonly start: number; readonly end: number };
  readonly between: { readonly start: number; readonly end: number };
}

/**
 * One set of edits in place of two that follow each other.
 * @param first edits to a text, which do not overlap
 * @param between the text after them
 * @param second edits to that text, which do not overlap
 */
export function composeEdits(first: readonly TextEdit[], between: string, second: readonly TextEdit[]): TextEdit[] {
  const changes = changesOf(first);
  const touched = merged([...changes.map((change) => change.between), ...second]);
  return touched.map(({ start, end }) => {
    const within = second
      .filter((edit) => edit.start >= start && edit.end <= end)
      .map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return {
      start: start - growth(changes, start, false),
      end: end - growth(changes, end, true),
      newText: applyEdits(between.slice(start, end), within),
    };
  });
}

/** Where a place of a text stood before edits to it that do not overlap; undefined for what they brought. */
export function placeBefore(edits: readonly TextEdit[], place: number): number | undefined {
  const changes = changesOf(edits);
  if (changes.some(({ between }) => between.start <= place && place < between.end)) return undefined;
  return place - growth(changes, place, true);
}

function changesOf(edits: readonly TextEdit[]): Change[] {
  let shift = 0;
  return [...edits]
    .sort((a, b) => a.start - b.start || a.end - b.end)
    .map(({ start, end, newText }) => {
      const between = { start: start + shift, end: start + shift + newText.length };
      shift += newText.length - (end - start);
      return { before: { start, end }, between };
    });
}

/** How much longer the text has become up to a place; `itself`: also by a change that ends there. */
function growth(changes: readonly Change[], place: number, itself: boolean): number {
  return changes
    .filter(({ between }) => (itself ? between.end <= place : between.end < place))
    .reduce((sum, { before, between }) => sum + (between.end - between.start) - (before.end - before.start), 0);
}

/** Spans that touch become one: two edits at one place could not be told apart afterwards. */
function merged(spans: readonly { readonly start: number; readonly end: number }[]) {
  const all: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || a.end - b.end)) {
    const last = all.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else all.push({ start, end });
  }
  return all;
}
