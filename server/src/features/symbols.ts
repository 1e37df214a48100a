/** The outline of a document, with names as people have them: "Disk vda (virtio)", "vCPUs". */
import { wholeNumber } from '../domain/numbers.ts';
import { childElements, textOf } from '../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';
import { elementName } from './elementNames.ts';

export type SymbolRole = 'root' | 'group' | 'device' | 'setting' | 'number' | 'text' | 'switch';

export interface DocumentSymbol extends Span {
  readonly name: string;
  /** A second, quieter word: the value of a setting, the file of a disk. */
  readonly detail: string;
  readonly role: SymbolRole;
  /** The tag's name, which an editor selects. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The outline, or nothing where there is no root. */
export function documentSymbols(document: XmlDocument): DocumentSymbol[] {
  return document.root ? [symbol(document.root)] : [];
}

function symbol(element: XmlElement): DocumentSymbol {
  const { start, nameStart, nameEnd } = element;
  return {
    ...elementName(element),
    role: roleOf(element),
    start,
    end: Math.max(element.end, nameEnd),
    selection: { start: nameStart, end: nameEnd },
    children: childElements(element).map(symbol),
  };
}

function roleOf(element: XmlElement): SymbolRole {
  if (element.parent === null) return 'root';
  if (element.parent.name === 'devices') return 'device';
  if (childElements(element).length > 0) return 'group';
  const text = textOf(element);
  if (text !== '') return wholeNumber(text) === undefined ? 'text' : 'number';
  return element.attributes.length === 0 ? 'switch' : 'setting';
}
