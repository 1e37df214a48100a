/** A hard limit that is enough for the guest, and not for what its devices lock. */
import type { Domain } from '../../domain/domain.ts';
import { hostDevices, isVfio } from '../../domain/hostDevices.ts';
import { elementSize, formatSize, GIBIBYTE } from '../../domain/sizes.ts';
import { say } from '../../l10n/say.ts';
import { childElements, nameSpan, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { limitElement } from '../memory/limits.ts';
import { writeSize } from '../memory/writeSize.ts';
import { defineRule } from '../rule.ts';

/**
 * How often the guest's memory is locked, as libvirt reckons (qemuDomainGetMemLockLimitBytes): once for all VFIO devices, or once for
 * each where a virtual IOMMU gives each a map of its own; and once for each NVMe disk and vDPA device.
 */
function locks(domain: Domain): readonly XmlElement[] {
  const assigned = hostDevices(domain).filter(isVfio);
  const each = domain.devices('iommu').length > 0 ? assigned : assigned.slice(0, 1);
  const disks = domain.disks.filter(({ type }) => type === 'nvme' || type === 'vhostvdpa');
  const cards = domain.interfaces.filter(({ type }) => type === 'vdpa');
  return [...each, ...disks, ...cards].map(({ element }) => element);
}

interface Match {
  readonly element: XmlElement;
  readonly limit: number;
  readonly wanted: number;
  readonly devices: readonly XmlElement[];
}

/** The limit, or `<memtune>` where that says nothing else. */
function aloneIn(element: XmlElement): XmlElement {
  const { parent } = element;
  return parent && childElements(parent).length === 1 ? parent : element;
}

export const rule = defineRule<Match>({
  id: 'passthrough-vfio/memlock-limit',
  severity: 'warning',
  since: '8.7.0',
  needs: ['hard_limit'],
  *find(domain) {
    const element = limitElement(domain, 'hard_limit');
    const limit = elementSize(element);
    const { memory } = domain;
    if (!domain.isQemu || !element || limit === undefined || !memory) return;
    const devices = locks(domain);
    const wanted = devices.length * memory + GIBIBYTE;
    // Below the first share memory/hard-limit-too-low says it.
    if (devices.length > 1 && limit >= memory + GIBIBYTE && limit < wanted) yield { element, limit, wanted, devices };
  },
  say: ({ element, limit, wanted, devices }) => ({
    at: textSpan(element),
    message: say`${devices.length} devices lock the guest's memory, each for itself: libvirt reckons ${formatSize(wanted)}, and this limit of ${formatSize(limit)} takes the place of that figure. The last of them fails with "Cannot allocate memory". Leave the limit to libvirt.`,
    related: devices.map((device) => ({ ...nameSpan(device), message: say`Locks all memory` })),
  }),
  fix: ({ element, wanted }, { document }) => [
    dropElement(aloneIn(element), document, say`Remove hard_limit`),
    { title: say`Raise hard_limit to ${formatSize(wanted)}`, edits: writeSize(element, wanted, document) },
  ],
});
