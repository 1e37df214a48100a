/** How much a guest may lock or use beyond its memory. */
import type { Domain } from '../../domain/domain.ts';
import { GIBIBYTE, MEBIBYTE } from '../../domain/sizes.ts';
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
