/** The canonical order: children stand as libvirt prints them, each with the comments that belong to it. */
import { childRanks } from '../domain/elementOrder.ts';
import { applyEdits, type TextEdit } from '../finding.ts';
import { startWithComments } from '../xml/comments.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import { type Content, contentOf, type Item, isClosed } from './formatting/content.ts';

/** An element with the comments above it, and those behind it in its line. */
interface Chunk extends Span {
  readonly element: XmlElement;
}

/**
 * The edits that sort the whole document; none where it is in order. What libvirt does not print, as elements of other namespaces,
 * stays behind what stands before it; children of one name keep their order. Broken elements, and those with regions, stay as they are.
 */
export function sortElements(document: XmlDocument): TextEdit[] {
  return document.root ? editsIn(document.root, document) : [];
}

function editsIn(element: XmlElement, document: XmlDocument): TextEdit[] {
  const content = contentOf(element, document);
  if (!content) return [];
  const { text } = document;
  const chunks = chunksOf(content, document);
  const sorted = inOrder(chunks, element);
  if (chunks.every((chunk, index) => chunk === sorted[index]) || isFixed(content, text))
    return chunks.flatMap((chunk) => editsIn(chunk.element, document));
  const first = chunks[0];
  const last = chunks.at(-1);
  if (!first || !last) return [];
  const gaps = chunks.map(({ end }, index) => text.slice(end, chunks[index + 1]?.start ?? end));
  const newText = sorted.map((chunk, index) => textOf(chunk, document) + gaps[index]).join('');
  return [{ start: first.start, end: last.end, newText }];
}

/** A chunk with its element sorted inside. */
function textOf({ element, start, end }: Chunk, document: XmlDocument): string {
  const edits = editsIn(element, document).map((edit) => ({
    ...edit,
    start: edit.start - start,
    end: edit.end - start,
  }));
  return applyEdits(document.text.slice(start, end), edits);
}

function inOrder(chunks: readonly Chunk[], parent: XmlElement): readonly Chunk[] {
  const ranks = childRanks(parent);
  if (!ranks) return chunks;
  let rank = -1;
  const ranked = chunks.map((chunk) => {
    rank = ranks.get(chunk.element.name) ?? rank;
    return { chunk, rank };
  });
  return ranked.sort((a, b) => a.rank - b.rank).map(({ chunk }) => chunk);
}

function chunksOf({ items }: Content, document: XmlDocument): Chunk[] {
  const chunks: Chunk[] = [];
  for (const item of items) {
    const before = chunks.at(-1);
    if (item.kind === 'element') {
      chunks.push({ element: item, start: startWithComments(item, document), end: item.end });
    } else if (before && !/[\r\n]/.test(document.text.slice(before.end, item.start))) {
      chunks[chunks.length - 1] = { ...before, end: item.end };
    }
  }
  return chunks;
}

/** Something in it has its place: what is broken, and the marks of regions. */
function isFixed({ items }: Content, text: string): boolean {
  return items.some((item: Item) =>
    item.kind === 'element' ? !isClosed(item) : /^<!--\s*#(end)?region\b/.test(text.slice(item.start, item.end)),
  );
}
