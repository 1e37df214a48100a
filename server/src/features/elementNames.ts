/** What people call the parts of a definition: "Disk vda (virtio)", "Memory"; and the second, quieter word beside it. */
import { elementSize, roundedSize } from '../domain/sizes.ts';
import { attributeValue, child, textOf } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { deviceWords, nouns, type Words } from './elementWords.ts';

export interface ElementName {
  readonly name: string;
  readonly detail: string;
}

/** Of an element without text, so many attributes say what it is. */
const MOST_ATTRIBUTES = 3;

/** The name of any element, as an outline shows it. */
export function elementName(element: XmlElement): ElementName {
  const words = element.parent?.name === 'devices' ? deviceWords.get(element.name) : undefined;
  if (words) return nameOfDevice(element, words);
  const noun = String(nouns.get(element.name) ?? element.name);
  if (element.parent === null) return nameOfRoot(element, noun);
  return { name: noun, detail: element.parent.name === 'devices' ? model(element) : value(element) };
}

function nameOfRoot(root: XmlElement, noun: string): ElementName {
  const own = textOf(child(root, 'name')) || (attributeValue(root, 'name') ?? '');
  return { name: joined([noun, own]), detail: attributeValue(root, 'type') ?? '' };
}

function nameOfDevice(element: XmlElement, { noun, own, kind, detail }: Words): ElementName {
  const bracket = at(element, kind);
  const name = joined([String(noun(element)), ...own.map((path) => at(element, path)), bracket && `(${bracket})`]);
  return { name, detail: joined(detail.map((path) => at(element, path))) };
}

/** The value at `source/@file`, at `@type`, or the text at `source` or `.`; of alternatives (`a|b`) the first there is. */
function at(element: XmlElement, paths: string | undefined): string | undefined {
  for (const path of paths?.split('|') ?? []) {
    const [steps = '', attribute] = path.split('@');
    const holder = child(element, ...steps.split('/').filter((step) => step !== '' && step !== '.'));
    const found = attribute === undefined ? textOf(holder) : attributeValue(holder, attribute);
    if (found) return found;
  }
  return undefined;
}

function model(element: XmlElement): string {
  return at(element, 'model/@type|@model|@type|.') ?? '';
}

/** What a setting is set to: its size, its text, or the first of its attributes. */
function value(element: XmlElement): string {
  const text = textOf(element);
  const unit = attributeValue(element, 'unit');
  const size = unit === undefined ? undefined : elementSize(element);
  if (size !== undefined) return roundedSize(size);
  if (text) return joined([text, unit]);
  return element.attributes
    .slice(0, MOST_ATTRIBUTES)
    .map(({ name, value: given }) => `${name}=${given}`)
    .join(' ');
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}
