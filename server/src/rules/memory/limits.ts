/** How much a guest may lock or use beyond its memory. */
import type { Domain } from '../../domain/domain.ts';
import { GIBIBYTE, MEBIBYTE, splitSize } from '../../domain/sizes.ts';
import type { TextEdit } from '../../finding.ts';
import { insertAfter, insertChild } from '../../xml/edits.ts';
import { attributeValue, child } from '../../xml/query.ts';

/** The guest has devices whose DMA pins all of its memory: VFIO, NVMe disks, vDPA. */
export function pinsMemory(domain: Domain): boolean {
  return (
    domain.devices('hostdev').some((device) => ['pci', 'mdev'].includes(attributeValue(device, 'type') ?? '')) ||
    domain.disks.some((disk) => disk.type === 'nvme' || disk.type === 'vhostvdpa') ||
    domain.interfaces.some((face) => face.type === 'vdpa' || face.type === 'hostdev')
  );
}

/**
 * Bytes that a hard limit should leave above the guest's memory, at the least: 256 MiB (libvirt's guide for SEV guests) or 5 %;
 * 1 GiB where devices pin memory, which is what libvirt itself reckons then (qemuDomainGetMemLockLimitBytes).
 */
export function leastHeadroom(domain: Domain, memory: number): number {
  return pinsMemory(domain) ? GIBIBYTE : Math.max(256 * MEBIBYTE, memory * 0.05);
}

/** A limit that an administrator would write down: 5 % and 1 GiB above the memory, in whole GiB. */
export function comfortableLimit(memory: number): number {
  return Math.ceil((memory * 1.05 + GIBIBYTE) / GIBIBYTE) * GIBIBYTE;
}

/** memtune/hard_limit and its like, by name. */
export function limitElement(domain: Domain, name: string) {
  return child(domain.root, 'memtune', name);
}

/** Adds a hard limit of so many bytes where there is none. */
export function addLimit({ root, document, memoryBacking }: Domain, limit: number): TextEdit[] {
  const [size, unit] = splitSize(limit);
  const xml = `<hard_limit unit='${unit}'>${size}</hard_limit>`;
  const memtune = child(root, 'memtune');
  if (memtune) return insertChild(memtune, xml, document);
  const whole = `<memtune>\n  ${xml}\n</memtune>`;
  return memoryBacking.element
    ? insertAfter(memoryBacking.element, whole, document)
    : insertChild(root, whole, document);
}
