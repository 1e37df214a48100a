/** What of a document came later than its target, as far as the exact release of each thing is known. */
import type { XmlElement } from '../xml/tree.ts';
import { compareReleases } from './release.ts';
import type { SinceWhen, Thing } from './tooNew.ts';

/** Nothing that stands deeper is dated; a document may nest ten thousand deep. */
const DEEPEST = 16;

export type DatedThing = Thing & { readonly since: string };

/** The elements, attributes and values that a newer release brought, in document order; not what stands inside them. */
export function youngerThings(root: XmlElement, target: string, since: SinceWhen): DatedThing[] {
  const found: DatedThing[] = [];
  const isYounger = (thing: Thing): boolean => {
    const known = since(thing);
    if (known === undefined || compareReleases(known, target) <= 0) return false;
    found.push({ ...thing, since: known });
    return true;
  };
  const visit = (element: XmlElement, depth: number): void => {
    if (isYounger({ element })) return;
    for (const attribute of element.attributes)
      if (!isYounger({ element, attribute })) isYounger({ element, attribute, value: attribute.value });
    if (depth === DEEPEST) return;
    for (const child of element.children) if (child.kind === 'element') visit(child, depth + 1);
  };
  visit(root, 1);
  return found;
}
