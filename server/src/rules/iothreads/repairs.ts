/** Edits around IOThreads that several rules offer. */
import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { iothreadElements, iothreadIds, isVirtioScsi } from '../../domain/iothreads.ts';
import type { Fix, TextEdit } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertAfter, insertBefore, insertChild, removeElement, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, childElements } from '../../xml/query.ts';

/** libvirt writes iothreads behind the last of these. */
const BEFORE_IOTHREADS = ['vcpus', 'vcpu', 'currentMemory', 'memory', 'name'];

/** Defines an IOThread that does not exist; ways that would define hundreds of others with it are left out. */
export function defineIothread(id: number, domain: Domain): Fix[] {
  const { root, document } = domain;
  const counted = child(root, 'iothreads');
  const listed = child(root, 'iothreadids');
  const title = say`Define IOThread ${id}`;
  if (listed) {
    const one = insertChild(listed, `<iothread id='${id}'/>`, document);
    const count = (iothreadIds(domain)?.size ?? 0) + 1;
    return [{ title, edits: [...(counted ? setText(counted, String(count)) : []), ...one] }];
  }
  if (id > MOST_OFFERED) return [];
  if (counted) return [{ title: say`Define ${id} IOThreads`, edits: setText(counted, String(id)) }];
  const edits = countIothreads(id, domain);
  return edits.length > 0 ? [{ title: id === 1 ? say`Define one IOThread` : say`Define ${id} IOThreads`, edits }] : [];
}

const MOST_OFFERED = 64;

/** Adds `<iothreads>`, where the document has none. */
export function countIothreads(count: number, { root, document }: Domain): TextEdit[] {
  const before = BEFORE_IOTHREADS.flatMap((name) => child(root, name) ?? [])[0];
  return before ? insertAfter(before, `<iothreads>${count}</iothreads>`, document) : [];
}

/** Names a thread at the controller that a SCSI disk hangs on; undefined where that is not certain, or it has one. */
export function giveToController(disk: Disk, id: string, domain: Domain): TextEdit[] | undefined {
  const { document } = domain;
  const index = attributeValue(child(disk.element, 'address'), 'controller') ?? '0';
  const controllers = domain.devices('controller').filter((one) => attributeValue(one, 'type') === 'scsi');
  const controller = controllers.find((one) => (attributeValue(one, 'index') ?? '0') === index);
  if (!controller) {
    const xml = `<controller type='scsi' index='${index}' model='virtio-scsi'>\n  <driver iothread='${id}'/>\n</controller>`;
    return controllers.length === 0 ? insertBefore(disk.element, xml, document) : undefined;
  }
  const driver = child(controller, 'driver');
  if (!isVirtioScsi(controller) || attribute(driver, 'iothread') || (driver && child(driver, 'iothreads'))) {
    return undefined;
  }
  return driver
    ? setAttribute(driver, 'iothread', id, document)
    : insertChild(controller, `<driver iothread='${id}'/>`, document, { first: true });
}

/** Every IOThread that cputune pins or schedules would be missed; then the number must stay. */
export function isTuned(domain: Domain): boolean {
  const cputune = child(domain.root, 'cputune');
  return (
    cputune !== undefined &&
    childElements(cputune).some(({ name }) => name === 'iothreadpin' || name === 'iothreadsched')
  );
}

/** Lowers the number of IOThreads to those in use, where they are the first ones by number. */
export function lowerCount(used: ReadonlySet<number>, domain: Domain): Fix[] {
  const counted = child(domain.root, 'iothreads');
  const most = Math.max(0, ...used);
  if (!counted || isTuned(domain) || iothreadElements(domain).length > 0) return [];
  if (most === 0) return [{ title: say`Remove <iothreads>`, edits: removeElement(counted, domain.document) }];
  return [{ title: say`Define ${most} only`, edits: setText(counted, String(most)) }];
}
