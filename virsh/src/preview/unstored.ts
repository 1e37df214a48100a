/** What a text may say, and libvirt understands, but writes down in no definition. */
import { attributeValue } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';

/** What belongs to a running guest, or asks libvirt to choose: it is written down in no definition. By path of the attribute or element. */
const unstored: Readonly<Record<string, (place: string | XmlElement) => boolean>> = {
  'domain@id': always,
  'domain/devices/disk/target@tray': always,
  'domain/devices/disk/backingStore@index': always,
  'domain/devices/disk/source@index': always,
  'domain/devices/disk/mirror': always,
  'domain/devices/channel/target@state': always,
  'domain/devices/channel/source': (source) =>
    typeof source !== 'string' && isChosenPath(attributeValue(source, 'path')),
  'domain/devices/console@tty': always,
  'domain/devices/graphics@port': isMinusOne,
  'domain/devices/graphics@tlsPort': isMinusOne,
  'domain/devices/graphics@websocket': isMinusOne,
  'domain/seclabel/imagelabel': always,
};

/** Whether libvirt forgets an attribute (its value) or an element although it understands it. */
export function isUnstored(path: string, place: string | XmlElement): boolean {
  return path.endsWith('/alias') || unstored[path]?.(place) === true;
}

function always(): boolean {
  return true;
}

function isMinusOne(value: string | XmlElement): boolean {
  return value === '-1';
}

/** The socket of a channel where libvirt itself would put it. */
function isChosenPath(path: string | undefined): boolean {
  return path === undefined || /\/libvirt\/qemu\/(run\/)?channel\//.test(path);
}
