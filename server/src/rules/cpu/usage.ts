/** What the rest of the domain tells about how its CPU is used. */
import type { Domain } from '../../domain/domain.ts';
import { attributeValue, child, childElements } from '../../xml/query.ts';

/** A host device is given to the guest: it stays on its host anyway. */
export function hasAssignedDevice(domain: Domain): boolean {
  return domain.devices('hostdev').some((device) => attributeValue(device, 'type') === 'pci');
}

/** The vCPUs are bound to host CPUs, one by one or as a whole. */
export function isPinned(domain: Domain): boolean {
  const cputune = child(domain.root, 'cputune');
  return (
    (cputune !== undefined && childElements(cputune, 'vcpupin').length > 0) ||
    attributeValue(child(domain.root, 'vcpu'), 'cpuset') !== undefined
  );
}
