/** A document whose elements have changed places. */
import { applyEdits } from '../../server/src/finding.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { childElements } from '../../server/src/xml/query.ts';
import type { XmlElement } from '../../server/src/xml/tree.ts';
import type { Random } from './random.ts';

/** Children change places at random at every depth; those of one name stay in their order. Comments stay where they are. */
export function shuffled(text: string, random: Random): string {
  const { root } = parseXml(text);
  return root ? text.slice(0, root.start) + rendered(root, text, random) + text.slice(root.end) : text;
}

function rendered(element: XmlElement, text: string, random: Random): string {
  const children = childElements(element);
  const order = children.map((child) => child.name);
  for (let index = order.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    const [a = '', b = ''] = [order[index], order[other]];
    order[index] = b;
    order[other] = a;
  }
  const waiting = [...children];
  const edits = children.map(({ start, end }, index) => {
    const next = waiting.findIndex((child) => child.name === order[index]);
    const [moved] = waiting.splice(next, 1);
    return {
      start: start - element.start,
      end: end - element.start,
      newText: moved ? rendered(moved, text, random) : '',
    };
  });
  return applyEdits(text.slice(element.start, element.end), edits);
}
