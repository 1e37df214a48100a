/** Two elements made one: what the second says and the first does not goes into the first. */
import type { TextEdit } from '../../finding.ts';
import { insertChild, removeElement, setAttribute } from '../../xml/edits.ts';
import { attribute, childElements, textOf } from '../../xml/query.ts';
import type { XmlDocument, XmlElement } from '../../xml/tree.ts';
import { snippetOf } from './move.ts';

/** Undefined where the two contradict each other, or the second says nothing new. */
export function mergeEdits(first: XmlElement, second: XmlElement, document: XmlDocument): TextEdit[] | undefined {
  const attributes = second.attributes.filter((one) => !attribute(first, one.name));
  const children = childElements(second).filter((one) => !childElements(first, one.name).length);
  const isSaid = (one: { name: string; value: string }) => {
    const other = attribute(first, one.name);
    return !other || other.value === one.value;
  };
  const sameChild = (one: XmlElement) =>
    children.includes(one) || childElements(first, one.name).some((other) => source(other) === source(one));
  if (attributes.length + children.length === 0 || textOf(first) !== textOf(second)) return undefined;
  if (!second.attributes.every(isSaid) || !childElements(second).every(sameChild)) return undefined;
  const snippet = children.map((one) => snippetOf(one, document)).join('\n');
  return [
    ...attributes.flatMap((one) => setAttribute(first, one.name, one.value, document)),
    ...(children.length ? insertChild(first, snippet, document) : []),
    ...removeElement(second, document),
  ];

  function source({ start, end }: XmlElement): string {
    return document.text.slice(start, end);
  }
}
