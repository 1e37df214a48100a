/** IOThreads: which there are, and which devices use them. */
import { say } from '../l10n/say.ts';
import { attribute, attributeValue, child, childElements, textOf } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { Domain } from './domain.ts';
import { wholeNumber } from './numbers.ts';
import { iothreadsPerVcpu } from './options.ts';

/** More than this nobody defines; it bounds the work on `<iothreads>999999999</iothreads>`. */
const MOST = 4096;

/** Every element of iothreadids. */
export function iothreadElements(domain: Domain): readonly XmlElement[] {
  const list = child(domain.root, 'iothreadids');
  return list ? childElements(list, 'iothread') : [];
}

/**
 * The ids that libvirt gives: those of iothreadids, then the lowest free numbers until there are as many as iothreads says.
 * Undefined where the document does not tell: a number that is none, or ids that libvirt refuses (0, or one twice).
 */
export function iothreadIds(domain: Domain): ReadonlySet<number> | undefined {
  return domain.keep('iothread ids', () => {
    const counted = child(domain.root, 'iothreads');
    const count = counted ? wholeNumber(textOf(counted)) : 0;
    const ids = new Set<number>();
    for (const element of iothreadElements(domain)) {
      const id = wholeNumber(attributeValue(element, 'id'));
      if (!id || ids.has(id)) return undefined;
      ids.add(id);
    }
    if (count === undefined || count > MOST) return undefined;
    for (let id = 1; ids.size < count; id++) ids.add(id);
    return ids;
  });
}

/** A driver's mention of an IOThread: driver/@iothread, or the id of one in driver/iothreads. */
export interface IothreadUse {
  readonly at: XmlAttribute;
  readonly id: number;
}

/** The mentions in one `<driver>`. */
export function iothreadUses(driver: XmlElement | undefined): readonly IothreadUse[] {
  if (!driver) return [];
  const list = child(driver, 'iothreads');
  const told = [
    attribute(driver, 'iothread'),
    ...(list ? childElements(list, 'iothread') : []).map((element) => attribute(element, 'id')),
  ];
  return told.flatMap((at) => {
    const id = wholeNumber(at?.value);
    return at && id !== undefined ? [{ at, id }] : [];
  });
}

/** Controllers of type scsi whose model is one of virtio's. */
const VIRTIO_SCSI = new Set(['virtio-scsi', 'virtio-transitional', 'virtio-non-transitional']);

export function isVirtioScsi(controller: XmlElement): boolean {
  return attributeValue(controller, 'type') === 'scsi' && VIRTIO_SCSI.has(attributeValue(controller, 'model') ?? '');
}

/** "SCSI controller 0", "virtio-serial controller": how messages call a controller. */
export function controllerName(controller: XmlElement): string {
  const type = attributeValue(controller, 'type') ?? '';
  const index = attributeValue(controller, 'index');
  const kind = type === 'scsi' ? 'SCSI' : type;
  return (index === undefined ? say`${kind} controller` : say`${kind} controller ${index}`).trim();
}

/** The `<driver>` elements that may name an IOThread: of disks and of virtio-scsi controllers. */
export function iothreadDrivers(domain: Domain): readonly XmlElement[] {
  return domain.keep('iothread drivers', () =>
    [...domain.devices('disk'), ...domain.devices('controller')].flatMap((device) => child(device, 'driver') ?? []),
  );
}

/** The ids that some device names, be they defined or not. */
export function usedIothreads(domain: Domain): ReadonlySet<number> {
  return domain.keep(
    'used iothreads',
    () =>
      new Set(
        iothreadDrivers(domain)
          .flatMap(iothreadUses)
          .map(({ id }) => id),
      ),
  );
}

/** Far more IOThreads than the guest has work for: more than twice its vCPUs (an option), and more than its disks. */
export function hasTooManyIothreads(domain: Domain): boolean {
  const count = iothreadIds(domain)?.size ?? 0;
  return (
    domain.vcpus !== undefined && count > domain.option(iothreadsPerVcpu) * domain.vcpus && count > domain.disks.length
  );
}
