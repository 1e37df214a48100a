import { pathOf } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

/** Cards speak of the domain wherever its text stands: the path from the innermost `domain` down. */
export function cardPath(element: XmlElement): string {
  const path = pathOf(element);
  return path.slice(Math.max(0, path.lastIndexOf('domain'))).join('/');
}
