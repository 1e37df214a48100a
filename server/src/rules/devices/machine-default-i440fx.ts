import { isElsewhere } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { toQ35 } from './machines.ts';

export const rule = defineRule<XmlElement>({
  id: 'devices/machine-default-i440fx',
  severity: 'hint',
  *find(domain) {
    const type = child(domain.root, 'os', 'type');
    if (type && domain.isQemu && domain.machine === undefined && domain.isX86 && !isElsewhere(domain, ['x86']))
      yield type;
  },
  say: (type) => ({
    at: nameSpan(type),
    message: say`Without a machine libvirt takes \`pc\`, the i440fx of 1996. \`q35\` has PCI Express, AHCI, an IOMMU and secure boot, and is hard to change to later: to the guest it is new hardware.`,
  }),
  fix: (type, domain) => toQ35(domain, type),
});
