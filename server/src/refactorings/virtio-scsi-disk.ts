import { type Disk, diskName, readDisk } from '../domain/disk.ts';
import type { Domain } from '../domain/domain.ts';
import { freeNumber, numbersOf } from '../domain/freeNumbers.ts';
import { isVirtioScsi } from '../domain/iothreads.ts';
import type { TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { moveToBus, scsiControllers } from '../rules/disk/repairs.ts';
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

/** libvirt would make a controller of its own choice, which is not virtio-scsi for every machine: so one is written. */
function onVirtioScsi(disk: Disk, domain: Domain): TextEdit[] {
  const { document } = domain;
  const controllers = scsiControllers(domain);
  const thread = attributeValue(disk.driver, 'iothread');
  const inside = thread === undefined ? '/>' : `>\n  <driver iothread='${thread}'/>\n</controller>`;
  const added = (index: number) =>
    insertBefore(disk.element, `<controller type='scsi' index='${index}' model='virtio-scsi'${inside}`, document);
  const [first] = controllers;
  if (!first) return added(0);
  if (isVirtioScsi(first) && (attributeValue(first, 'index') ?? '0') === '0') return [];
  const existing = controllers.find(isVirtioScsi);
  const index = existing
    ? Number(attributeValue(existing, 'index') ?? 0)
    : freeNumber(numbersOf(controllers, 'index'), 0);
  const target = child(disk.element, 'target');
  const address = `<address type='drive' controller='${index}' bus='0' target='0' unit='${freeUnit(index, domain)}'/>`;
  return [...(existing ? [] : added(index)), ...(target ? insertAfter(target, address, document) : [])];
}

function freeUnit(controller: number, domain: Domain): number {
  const addresses = domain.disks
    .flatMap(({ element }) => child(element, 'address') ?? [])
    .filter((address) => Number(attributeValue(address, 'controller') ?? 0) === controller);
  return freeNumber(numbersOf(addresses, 'unit'), 0);
}
