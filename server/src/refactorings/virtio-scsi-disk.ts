import { controllersOf } from '../domain/controllers.ts';
import { type Disk, diskName, readDisk } from '../domain/disk.ts';
import type { Domain } from '../domain/domain.ts';
import { type DrivePlace, drivePlaces, placeOfName } from '../domain/driveAddresses.ts';
import { freeNumber } from '../domain/freeNumbers.ts';
import { isVirtioScsi } from '../domain/iothreads.ts';
import type { TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { moveToBus, nameOnBus } from '../rules/disk/repairs.ts';
import { insertAfter, insertBefore, removeAttribute, removeElement } from '../xml/edits.ts';
import { attribute, attributeValue, child } from '../xml/query.ts';
import { around, type OfferRefactoring } from './refactoring.ts';

/** Of the disk's driver: what belongs to a virtio-blk device. With virtio-scsi the controller has them. */
const OF_THE_DEVICE = [
  'queues',
  'queue_size',
  'ioeventfd',
  'event_idx',
  'iommu',
  'ats',
  'packed',
  'page_per_vq',
  'iothread',
];

export const offer: OfferRefactoring = (domain, at) => {
  const element = around(at, 'disk');
  const disk = element && readDisk(element);
  if (!disk || !domain.isQemu || disk.device !== 'disk' || disk.bus !== 'virtio' || disk.type === 'vhostuser')
    return [];
  if (attribute(disk.element, 'model')) return [];
  return [
    {
      page: 'virtio-scsi-disk',
      title: say`Move ${diskName(disk)} to virtio-scsi`,
      consequences: [
        say`The guest needs the virtio SCSI driver before its next start: Linux has it (for a boot disk also in the initramfs), in Windows install vioscsi from virtio-win first.`,
        say`Its device name changes (vda becomes sda): /etc/fstab and the boot loader must name file systems by UUID or label.`,
        say`All disks of the controller share its queues and its IOThread; a single very fast disk is quicker on virtio-blk.`,
        ...consequencesForOthers(domain),
      ],
      edits: [...withoutDeviceOptions(disk, domain), ...moveToBus(domain, disk, 'scsi'), ...onVirtioScsi(disk, domain)],
    },
  ];
};

function withoutDeviceOptions({ driver }: Disk, { document }: Domain): TextEdit[] {
  if (!driver) return [];
  const options = OF_THE_DEVICE.flatMap((name) => attribute(driver, name) ?? []);
  const threads = child(driver, 'iothreads');
  return [
    ...options.flatMap((option) => removeAttribute(option, document)),
    ...(threads ? removeElement(threads, document) : []),
  ];
}

/** The virtio-scsi controller that the disk goes to: the first that is there, else a new one. */
function controllerFor(domain: Domain): { readonly index: number; readonly isNew: boolean } {
  const controllers = controllersOf(domain, 'scsi');
  const existing = controllers.find(({ element, index }) => isVirtioScsi(element) && index !== undefined)?.index;
  const taken = controllers.flatMap(({ index }) => index ?? []);
  return { index: existing ?? freeNumber(taken, 0), isNew: existing === undefined };
}

/** The drives that sit on a SCSI controller. */
function drivesOn(controller: number, domain: Domain): DrivePlace[] {
  return drivePlaces(domain).filter((place) => place.on === 'scsi' && place.controller === controller);
}

/** libvirt makes the controller of drives that have none, of a model of its own choice. */
function consequencesForOthers(domain: Domain): string[] {
  const { index, isNew } = controllerFor(domain);
  const others = isNew ? drivesOn(index, domain) : [];
  if (others.length === 0) return [];
  const names = others.map(({ disk }) => (disk ? diskName(disk) : say`a SCSI device of the host`)).join(', ');
  return [
    say`SCSI controller ${index} is not written so far, and libvirt chooses its model (on PCs lsilogic): as virtio-scsi it is other hardware for what sits on it already, too (${names}).`,
  ];
}

/** libvirt would make a controller of its own choice, which is not virtio-scsi for every machine: so one is written. */
function onVirtioScsi(disk: Disk, domain: Domain): TextEdit[] {
  const { document } = domain;
  const { index, isNew } = controllerFor(domain);
  const thread = attributeValue(disk.driver, 'iothread');
  const inside = thread === undefined ? '/>' : `>\n  <driver iothread='${thread}'/>\n</controller>`;
  const controller = `<controller type='scsi' index='${index}' model='virtio-scsi'${inside}`;
  const target = child(disk.element, 'target');
  const name = nameOnBus(domain, disk, 'scsi');
  const isThere = name !== undefined && placeOfName('scsi', name)?.controller === index;
  const address = `<address type='drive' controller='${index}' bus='0' target='0' unit='${freeUnit(index, domain)}'/>`;
  return [
    ...(isNew ? insertBefore(disk.element, controller, document) : []),
    ...(target && !isThere ? insertAfter(target, address, document) : []),
  ];
}

function freeUnit(controller: number, domain: Domain): number {
  const onSameTarget = drivesOn(controller, domain).filter(({ bus, target }) => bus === 0 && target === 0);
  return freeNumber(
    onSameTarget.map(({ unit }) => unit),
    0,
  );
}
