import type { XmlElement } from '../xml/tree.ts';

/** Documents that hold a whole domain. */
const AROUND_A_DOMAIN = new Set(['domain', 'domainsnapshot', 'domaincheckpoint']);

/** Cards speak of the domain wherever its text stands: the elements from the innermost `domain` down to this one. */
export function domainAt(element: XmlElement): XmlElement[] {
  const path: XmlElement[] = [];
  for (let at: XmlElement | null = element; at; at = at.parent) if (at.name) path.unshift(at);
  const from = AROUND_A_DOMAIN.has(path[0]?.name ?? '') ? path.findLastIndex(({ name }) => name === 'domain') : 0;
  return path.slice(Math.max(0, from));
}

/** The same as a path, as cards have it in their head. */
export function cardPath(element: XmlElement): string {
  return domainAt(element)
    .map(({ name }) => name)
    .join('/');
}
