/** A tree in one line, for tests: `domain(name("guest") os(boot))`. Text is trimmed; nameless placeholders read `?`. */
import type { XmlDocument, XmlElement } from '../../server/src/xml/tree.ts';

export function outline(document: XmlDocument): string {
  return document.root ? outlineElement(document.root) : '';
}

function outlineElement(element: XmlElement): string {
  const inside: string[] = [];
  for (const child of element.children) {
    if (child.kind === 'element') inside.push(outlineElement(child));
    else if (child.value.trim()) inside.push(JSON.stringify(child.value.trim()));
  }
  const name = element.name || '?';
  return inside.length ? `${name}(${inside.join(' ')})` : name;
}
