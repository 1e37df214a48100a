/** The device that a suppression in our metadata is about: named by its alias, or as a disk. */
import { attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { deviceNamed, isOurs } from '../lintMetadata.ts';
import { type Place, refers } from './places.ts';

/**
 * What stands in `<virtlint:suppress device='…'>`; undefined for other elements, and for names of another kind, such as MAC addresses.
 * @param guest the domain that the element is part of
 */
export function suppressedDevice(element: XmlElement, guest: XmlElement): Place | undefined {
  if (!isOurs(element, 'suppress')) return undefined;
  const name = attributeValue(element, 'device') ?? '';
  const device = deviceNamed(name, guest);
  if (!device) return undefined;
  if (attributeValue(child(device, 'alias'), 'name') === name) return refers('alias');
  return device.name === 'disk' && attributeValue(child(device, 'target'), 'dev') === name
    ? refers('disk-target')
    : undefined;
}
