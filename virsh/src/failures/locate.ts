/** Finds in a definition what a failure is about. */
import { isSameUuid, isUuid } from '../../../server/src/domain/uuid.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { childElements, descendants, nameSpan, textOf, textSpan, valueSpan } from '../../../server/src/xml/query.ts';
import type { Span, XmlElement } from '../../../server/src/xml/tree.ts';
import type { FailurePlace } from './entry.ts';

/** Where it stands in the text, in its order: several where two things collide; none where the text is not what the failure is about. */
export function locateFailure(xml: string, place: FailurePlace): readonly Span[] {
  if ('line' in place) return lineSpan(xml, Number(place.line));
  const { root } = parseXml(xml);
  if (!root) return [];
  for (const path of place.at) {
    const found = spansAt(root, path, place.value);
    if (found.length > 0) return found;
  }
  return [];
}

/** The line without its indentation. */
function lineSpan(xml: string, line: number): readonly Span[] {
  const lines = xml.split('\n');
  const text = lines[line - 1];
  if (text === undefined) return [];
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  return [{ start: start + text.length - text.trimStart().length, end: start + text.trimEnd().length }];
}

function spansAt(root: XmlElement, path: string, value: string | undefined): readonly Span[] {
  const isAnywhere = path.startsWith('//');
  const [names = '', attribute] = (isAnywhere ? path.slice(2) : path).split('@');
  const steps = names.split('/').filter((step) => step !== '');
  const [first, ...rest] = steps;
  const starts =
    isAnywhere && first !== undefined ? [...descendants(root)].filter((element) => fits(element, first)) : [root];
  const elements = follow(starts, isAnywhere ? rest : steps);
  return elements.flatMap((element) => spansIn(element, attribute, value));
}

function follow(elements: readonly XmlElement[], steps: readonly string[]): readonly XmlElement[] {
  return steps.reduce(
    (parents, step) => parents.flatMap((parent) => childElements(parent).filter((element) => fits(element, step))),
    elements,
  );
}

const fits = (element: XmlElement, step: string): boolean => step === '*' || element.name === step;

/** The attribute's value, or the element's text or name. */
function spansIn(element: XmlElement, attribute: string | undefined, value: string | undefined): readonly Span[] {
  if (attribute === undefined) {
    if (value === undefined) return [nameSpan(element)];
    return isSame(textOf(element), value) ? [textSpan(element)] : [];
  }
  return element.attributes
    .filter(({ name }) => attribute === '*' || name === attribute)
    .filter((candidate) => value === undefined || isSame(candidate.value, value))
    .map(valueSpan);
}

/** libvirt writes MAC addresses and UUIDs in small letters, and UUIDs with dashes, whatever the definition has. */
function isSame(written: string, said: string): boolean {
  if (isUuid(said)) return isSameUuid(written, said);
  return written.trim().toLowerCase() === said.trim().toLowerCase();
}
