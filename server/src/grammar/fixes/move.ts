/** Moving an element: its text laid out anew, and the edits that take it from one place to another. */
import type { TextEdit } from '../../finding.ts';
import { removeElement } from '../../xml/edits.ts';
import { indentation, indentationUnit } from '../../xml/layout.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';

/** The element's text as edits.ts wants it: two blanks a level, `\n`, no indentation of its own. */
export function snippetOf(element: XmlElement, document: XmlDocument): string {
  const own = indentation(document.text, element.start);
  const unit = indentationUnit(document);
  const [first = '', ...others] = document.text.slice(element.start, element.end).split(/\r?\n/);
  return [
    first,
    ...others.map((line) => relaid(line.startsWith(own) ? line.slice(own.length) : line.trimStart(), unit)),
  ].join('\n');
}

function relaid(line: string, unit: string): string {
  let levels = 0;
  while (line.startsWith(unit, levels * unit.length)) levels++;
  return '  '.repeat(levels) + line.slice(levels * unit.length);
}

/** The insertions with the removal; an insertion at the edge of what is removed is drawn to that edge. */
export function moveEdits(element: XmlElement, insertions: readonly TextEdit[], document: XmlDocument): TextEdit[] {
  const [removed] = removeElement(element, document);
  if (!removed) return [...insertions];
  const drawn = insertions.map((edit) =>
    edit.start > removed.start && edit.start < removed.end
      ? { ...edit, start: removed.start, end: removed.start }
      : edit,
  );
  return [removed, ...drawn];
}
