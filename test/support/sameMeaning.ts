/** Whether a text that was laid out anew says what it said before. */
import assert from 'node:assert/strict';
import { applyEdits, type TextEdit } from '../../server/src/finding.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import type { XmlDocument, XmlElement } from '../../server/src/xml/tree.ts';

/** The text after edits that may change blanks alone. */
export function withBlanks(text: string, edits: readonly TextEdit[]): string {
  for (const { start, end, newText } of edits) {
    assert.match(text.slice(start, end), /^\s*$/, 'only blanks go');
    assert.match(newText, /^\s*$/, 'only blanks come');
  }
  return applyEdits(text, edits);
}

/** The tree without the blanks between tags, and the comments without the indentation of their lines. */
export function meaning(text: string): unknown {
  const document = parseXml(text);
  return [document.root && ofElement(document.root), comments(document)];
}

function ofElement({ name, attributes, children }: XmlElement): unknown {
  const values = attributes.map((one) => `${one.name}=${one.quote}${one.value}`);
  const isText = children.some((node) => node.kind === 'text' && node.value.trim() !== '') || children.length === 1;
  const inside = children.flatMap((node) => {
    if (node.kind === 'element') return [ofElement(node)];
    return isText ? [node.value] : [];
  });
  return [name, values, inside];
}

function comments({ comments: all, text }: XmlDocument): string[] {
  return all.map(({ start, end }) => text.slice(start, end).replace(/^[ \t]+/gm, ''));
}
