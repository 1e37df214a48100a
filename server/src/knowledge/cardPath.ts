import { pathOf } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

/** Documents that hold a whole domain. */
const AROUND_A_DOMAIN = new Set(['domain', 'domainsnapshot', 'domaincheckpoint']);

/** Cards speak of the domain wherever its text stands: the path from the innermost `domain` down. */
export function cardPath(element: XmlElement): string {
  const path = pathOf(element);
  const from = AROUND_A_DOMAIN.has(path[0] ?? '') ? path.lastIndexOf('domain') : 0;
  return path.slice(Math.max(0, from)).join('/');
}
