/** Small questions to the tree that every room asks. */
import type { Span, XmlAttribute, XmlElement, XmlText } from './tree.ts';

/** The child elements, in document order; with a name, those of that name. */
export function childElements(element: XmlElement, name?: string): XmlElement[] {
  return element.children.filter(
    (node): node is XmlElement =>
      node.kind === 'element' && (name === undefined ? node.name !== '' : node.name === name),
  );
}

/** The first element at the end of a path of child names: `child(domain, 'memoryBacking', 'hugepages')`. */
export function child(element: XmlElement, ...path: readonly string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element;
  for (const name of path) {
    at = at && childNamed(at, name);
  }
  return at;
}

/** Plain loops here and below: rules ask this of every device at every key. */
function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  for (const node of element.children) {
    if (node.kind === 'element' && node.name === name) return node;
  }
  return undefined;
}

export function attribute(element: XmlElement | undefined, name: string): XmlAttribute | undefined {
  if (!element) return undefined;
  for (const candidate of element.attributes) {
    if (candidate.name === name) return candidate;
  }
  return undefined;
}

/** An attribute's value without surrounding blanks, or undefined where the attribute is absent. */
export function attributeValue(element: XmlElement | undefined, name: string): string | undefined {
  return attribute(element, name)?.value.trim();
}

/** The text directly inside an element, without surrounding blanks. */
export function textOf(element: XmlElement | undefined): string {
  if (!element) return '';
  let text = '';
  for (const node of element.children) if (node.kind === 'text') text += node.value;
  return text.trim();
}

/** The attribute's value, or its name where it has no value: what a finding about the value underlines. */
export function valueSpan(at: XmlAttribute): Span {
  return at.valueStart >= 0 && at.valueEnd > at.valueStart
    ? { start: at.valueStart, end: at.valueEnd }
    : { start: at.nameStart, end: at.nameEnd };
}

/** `name='value'` as a whole. */
export function attributeSpan(at: XmlAttribute): Span {
  return { start: at.nameStart, end: at.valueEnd < 0 ? at.nameEnd : at.valueEnd + (at.closed && at.quote ? 1 : 0) };
}

/** The tag's name: what a finding about an element underlines. */
export function nameSpan(element: XmlElement): Span {
  return { start: element.nameStart, end: element.nameEnd };
}

/**
 * The element's own text without surrounding blanks, or its name where it has none. Text with references such as `&amp;` keeps its
 * blanks: how long they are in the source, its value does not tell.
 */
export function textSpan(element: XmlElement): Span {
  const texts = element.children.filter((node) => node.kind === 'text' && node.value.trim() !== '');
  const first = texts[0];
  const last = texts.at(-1);
  if (first?.kind !== 'text' || last?.kind !== 'text') return nameSpan(element);
  const lead = isVerbatim(first) ? first.value.length - first.value.trimStart().length : 0;
  const tail = isVerbatim(last) ? last.value.length - last.value.trimEnd().length : 0;
  return { start: first.start + lead, end: last.end - tail };
}

/** A reference is longer than what it stands for. */
function isVerbatim({ start, end, value }: XmlText): boolean {
  return value.length === end - start;
}

/** Walks an element and everything below it, in document order. */
export function* descendants(element: XmlElement): Generator<XmlElement> {
  const stack = [element];
  for (let at = stack.pop(); at; at = stack.pop()) {
    yield at;
    for (let i = at.children.length - 1; i >= 0; i--) {
      const node = at.children[i];
      if (node?.kind === 'element' && node.name) stack.push(node);
    }
  }
}

/** The names from the root down: `['domain', 'devices', 'disk']`. */
export function pathOf(element: XmlElement): string[] {
  const names: string[] = [];
  for (let at: XmlElement | null = element; at; at = at.parent) if (at.name) names.unshift(at.name);
  return names;
}
