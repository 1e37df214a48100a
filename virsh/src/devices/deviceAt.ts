/** The device that the cursor stands in. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child, childElements, textOf } from '../../../server/src/xml/query.ts';

export interface DeviceAt {
  /** `disk`, `interface`, … */
  readonly element: string;
  /** The element as it is written. */
  readonly xml: string;
  /** Whose device it is, by the document; '' where it does not say. */
  readonly domain: { readonly name: string; readonly uuid: string };
}

/** Undefined outside of the devices of a domain, and in a device that is not whole yet. */
export function deviceAt(text: string, offset: number): DeviceAt | undefined {
  const { root, problems } = parseXml(text);
  const devices = root?.name === 'domain' ? child(root, 'devices') : undefined;
  const found = devices && childElements(devices).findLast(({ start, end }) => start <= offset && offset <= end);
  if (!root || !found || found.name === 'emulator') return undefined;
  if (problems.some(({ start, end }) => start < found.end && end > found.start)) return undefined;
  const domain = { name: textOf(child(root, 'name')), uuid: textOf(child(root, 'uuid')) };
  return { element: found.name, xml: text.slice(found.start, found.end), domain };
}
