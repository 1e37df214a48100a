/** Every refactoring there is. */
import type { Domain } from '../domain/domain.ts';
import type { XmlElement } from '../xml/tree.ts';
import { offer as cpuMode } from './cpu-mode.ts';
import { offer as hugepages } from './hugepages.ts';
import { offer as iothreadsForDisks } from './iothreads-for-disks.ts';
import { offer as multiqueue } from './multiqueue.ts';
import { offer as pinVcpus } from './pin-vcpus.ts';
import { offer as q35Machine } from './q35-machine.ts';
import type { OfferRefactoring, Refactoring } from './refactoring.ts';
import { offer as uefiFirmware } from './uefi-firmware.ts';
import { offer as virtioDisk } from './virtio-disk.ts';
import { offer as virtioScsiDisk } from './virtio-scsi-disk.ts';

const all: readonly OfferRefactoring[] = [
  uefiFirmware,
  q35Machine,
  virtioDisk,
  virtioScsiDisk,
  iothreadsForDisks,
  multiqueue,
  hugepages,
  pinVcpus,
  cpuMode,
];

/** What can be done with the elements that the cursor stands in. */
export function refactorings(domain: Domain, at: readonly XmlElement[]): Refactoring[] {
  return all.flatMap((offer) => offer(domain, at));
}
