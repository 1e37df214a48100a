/** What the features of an editor say of any text: it lies inside of the text, and edits apply and keep what they must. */
import assert from 'node:assert/strict';
import { closing } from '../../server/src/features/closingTags.ts';
import { foldingRanges } from '../../server/src/features/foldingRanges.ts';
import { format } from '../../server/src/features/formatting/format.ts';
import { libvirtStyle } from '../../server/src/features/formatting/style.ts';
import { HINT_KINDS } from '../../server/src/features/inlayHints/hint.ts';
import { inlayHints } from '../../server/src/features/inlayHints/inlayHints.ts';
import { linkedNames } from '../../server/src/features/linkedEditing.ts';
import { selectionRanges } from '../../server/src/features/selectionRanges.ts';
import { semanticTokens } from '../../server/src/features/semanticTokens.ts';
import { sortElements } from '../../server/src/features/sortElements.ts';
import { documentSymbols } from '../../server/src/features/symbols.ts';
import { applyEdits, type TextEdit } from '../../server/src/finding.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import type { Span, XmlDocument } from '../../server/src/xml/tree.ts';
import { withBlanks } from './sameMeaning.ts';

/** @param at where the cursor is */
export function assertFeatures(document: XmlDocument, at: number): void {
  const { text } = document;
  assertSpans([...documentSymbols(document), ...(linkedNames(document, at) ?? [])], text);
  assertGrowing(selectionRanges(document, at), text);
  for (const { startLine, endLine } of foldingRanges(document)) assert.ok(startLine < endLine);
  assertInOrder(semanticTokens(document), text);
  const hints = inlayHints(document, { start: 0, end: text.length }, { kinds: new Set(HINT_KINDS) });
  assertSpans(
    hints.map(({ offset }) => ({ start: offset, end: offset })),
    text,
  );
  closing(document, at);
  assertFormatting(document);
  assertSorting(document);
}

function assertFormatting(document: XmlDocument): void {
  const once = formatted(document);
  // Of a broken text the layout may say how it is broken: another layout, another reading.
  if (document.problems.length === 0) assert.equal(formatted(parseXml(once)), once, 'laid out twice');
}

function formatted(document: XmlDocument): string {
  const edits = format(document, libvirtStyle);
  assertInOrder(sorted(edits), document.text);
  return withBlanks(document.text, edits);
}

function assertSorting(document: XmlDocument): void {
  const { text, problems } = document;
  const edits = sortElements(document);
  assertInOrder(sorted(edits), text);
  const once = applyEdits(text, edits);
  assert.equal([...once].sort().join(''), [...text].sort().join(''), 'nothing is lost or added');
  if (problems.length === 0) assert.deepEqual(sortElements(parseXml(once)), [], 'sorted twice');
}

function sorted(edits: readonly TextEdit[]): TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

function assertSpans(spans: readonly Span[], text: string): void {
  for (const { start, end } of spans)
    assert.ok(start >= 0 && start <= end && end <= text.length, `range ${start} to ${end}`);
}

function assertInOrder(spans: readonly Span[], text: string): void {
  assertSpans(spans, text);
  spans.forEach(({ start }, index) => {
    assert.ok(start >= (spans[index - 1]?.end ?? 0), `${start} lies in the one before`);
  });
}

function assertGrowing(spans: readonly Span[], text: string): void {
  assertSpans(spans, text);
  spans.forEach(({ start, end }, index) => {
    const inner = spans[index - 1] ?? { start, end: start };
    assert.ok(start <= inner.start && inner.end <= end, 'each holds the one before');
  });
}
