/** Channel subsystem addresses of s390x: cssid.ssid.devno. */
import { attribute } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { addressPart, hexadecimal } from './guestAddresses.ts';

export const CCW_PARTS = ['cssid', 'ssid', 'devno'] as const;
export type CcwPart = (typeof CCW_PARTS)[number];

/** The highest numbers (virCCWDeviceAddressIsValid). */
export const MOST_OF_CCW: Readonly<Record<CcwPart, number>> = { cssid: 0xfe, ssid: 3, devno: 0xffff };

/** "fe.0.0001", or undefined where a part is missing or cannot be read. */
export function ccwName(address: XmlElement): string | undefined {
  const numbers = CCW_PARTS.map((part) => (attribute(address, part) ? addressPart(address, part) : undefined));
  const [cssid, ssid, devno] = numbers;
  if (cssid === undefined || ssid === undefined || devno === undefined) return undefined;
  return `${cssid.toString(16)}.${ssid.toString(16)}.${hexadecimal(devno, 4).slice(2)}`;
}
