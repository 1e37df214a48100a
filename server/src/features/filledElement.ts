/** A new element whose made-up values give way to those that the document suggests. */
import type { Domain } from '../domain/domain.ts';
import type { RandomByte } from '../domain/fresh.ts';
import { applyEdits, type TextEdit } from '../finding.ts';
import { escapeAttribute } from '../xml/edits.ts';
import { parseXml } from '../xml/parse.ts';
import { descendants } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { documentValues } from './documentValues.ts';

/**
 * @param whole the element as text
 * @param parent the element that it will stand in
 */
export function filledElement(whole: string, parent: XmlElement, domain: Domain, random: RandomByte): string {
  const { root } = parseXml(whole);
  if (!root) return whole;
  root.parent = parent;
  const edits: TextEdit[] = [];
  for (const element of descendants(root))
    for (const { name, value, valueStart, valueEnd } of element.attributes) {
      const [suggested] = documentValues(domain, element, name, random);
      if (suggested && suggested.value !== value)
        edits.push({ start: valueStart, end: valueEnd, newText: escapeAttribute(suggested.value, "'") });
    }
  return applyEdits(whole, edits);
}
