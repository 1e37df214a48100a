/** The refactorings that the place under the cursor offers. */
import { Domain } from '../domain/domain.ts';
import { entityAt } from '../domain/entityAt.ts';
import { refactorings } from '../refactorings/index.ts';
import type { Refactoring } from '../refactorings/refactoring.ts';
import type { XmlDocument, XmlElement } from '../xml/tree.ts';

/** Only a domain without faults in its XML is rebuilt: in a broken one a change could land anywhere. */
export function refactoringsAt(document: XmlDocument, offset: number): Refactoring[] {
  const { root, problems } = document;
  if (root?.name !== 'domain' || problems.length > 0) return [];
  const entity = entityAt(document, offset);
  const element = 'element' in entity ? entity.element : null;
  return element ? refactorings(new Domain(document, root), ancestry(element)) : [];
}

/** The element and those that it stands in, without the root. */
function ancestry(element: XmlElement): XmlElement[] {
  const at: XmlElement[] = [];
  for (let one: XmlElement = element; one.parent; one = one.parent) at.push(one);
  return at;
}
