/** The outline of a document; of a domain with devices named as people name them: "disk vda", "interface 52:54:00:…". */
import { diskName, readDisk } from '../domain/disk.ts';
import { interfaceName, readInterface } from '../domain/networkInterface.ts';
import { attributeValue, child, childElements, textOf } from '../xml/query.ts';
import type { Span, XmlDocument, XmlElement } from '../xml/tree.ts';

export type SymbolRole = 'domain' | 'group' | 'device' | 'setting';

export interface DocumentSymbol extends Span {
  readonly name: string;
  /** A second, quieter word: the value of a setting, the model of a device. */
  readonly detail: string;
  readonly role: SymbolRole;
  /** The tag's name, which an editor selects. */
  readonly selection: Span;
  readonly children: readonly DocumentSymbol[];
}

/** The outline, or nothing where there is no root. */
export function documentSymbols(document: XmlDocument): DocumentSymbol[] {
  const { root } = document;
  if (!root) return [];
  const name = textOf(child(root, 'name')) || (attributeValue(root, 'name') ?? '');
  const detail = attributeValue(root, 'type') ?? '';
  return [symbol(root, words(root.name, name), detail, 'domain', parts(root))];
}

function parts(root: XmlElement): DocumentSymbol[] {
  return childElements(root).map((element) =>
    element.name === 'devices' && root.name === 'domain'
      ? symbol(element, 'devices', '', 'group', childElements(element).map(deviceSymbol))
      : setting(element),
  );
}

function setting(element: XmlElement): DocumentSymbol {
  const below = childElements(element);
  const value = [textOf(element), attributeValue(element, 'unit'), attributeValue(element, 'mode')]
    .filter(Boolean)
    .join(' ');
  return symbol(element, element.name, value, below.length > 0 ? 'group' : 'setting', below.map(setting));
}

function deviceSymbol(element: XmlElement): DocumentSymbol {
  return symbol(element, deviceName(element), deviceDetail(element), 'device', childElements(element).map(setting));
}

/** What tells one device of a kind from the others. */
function deviceName(element: XmlElement): string {
  const value = (name: string): string | undefined => attributeValue(element, name);
  switch (element.name) {
    case 'disk':
      return diskName(readDisk(element));
    case 'interface':
      return interfaceName(readInterface(element));
    case 'controller':
      return words('controller', value('type'), value('index'));
    case 'emulator':
      return 'emulator';
    case 'channel':
      return words('channel', attributeValue(child(element, 'target'), 'name') ?? value('type'));
    case 'filesystem':
      return words('filesystem', attributeValue(child(element, 'target'), 'dir'));
    case 'hostdev':
      return words('hostdev', value('type'), addressOf(child(element, 'source', 'address')));
    default:
      return words(element.name, value('type') ?? value('model') ?? value('bus'));
  }
}

function deviceDetail(element: XmlElement): string {
  if (element.name === 'disk') return readDisk(element).path ?? '';
  if (element.name === 'emulator') return textOf(element);
  const model = attributeValue(child(element, 'model'), 'type') ?? attributeValue(element, 'model');
  return model ?? '';
}

/** "0000:03:00.0" of a PCI source address. */
function addressOf(address: XmlElement | undefined): string | undefined {
  if (!address) return undefined;
  const digits = (name: string, width: number): string =>
    Number(attributeValue(address, name) ?? 0)
      .toString(16)
      .padStart(width, '0');
  return attributeValue(address, 'slot') === undefined
    ? undefined
    : `${digits('domain', 4)}:${digits('bus', 2)}:${digits('slot', 2)}.${digits('function', 1)}`;
}

function words(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' ');
}

function symbol(
  element: XmlElement,
  name: string,
  detail: string,
  role: SymbolRole,
  children: readonly DocumentSymbol[],
): DocumentSymbol {
  const selection = { start: element.nameStart, end: element.nameEnd };
  return { name, detail, role, start: element.start, end: Math.max(element.end, element.nameEnd), selection, children };
}
