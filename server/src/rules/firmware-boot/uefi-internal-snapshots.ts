import { firmware, nvramPath } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'firmware-boot/uefi-internal-snapshots',
  severity: 'hint',
  needs: ['nvram', 'disk'],
  *find(domain) {
    const read = firmware(domain);
    const { nvram, isUefi } = read;
    if (!domain.isQemu || !isUefi || !nvram || nvramPath(read) === '') return;
    const isRaw = (attributeValue(nvram, 'format') ?? 'raw') === 'raw' && !nvramPath(read).endsWith('.qcow2');
    const images = domain.disks.filter(({ writable }) => writable);
    // Disks that say how they are to be saved have had their decision.
    const isInternal = images.length > 0 && images.every(({ format }) => format === 'qcow2');
    if (isRaw && isInternal && !images.some(({ element }) => attributeValue(element, 'snapshot'))) yield nvram;
  },
  say: (nvram) => ({
    at: nameSpan(nvram),
    message: say`The disks could hold internal snapshots, the raw variables can't, and libvirt refuses them. Use external snapshots (\`--disk-only\`), or variables in \`format='qcow2'\` (9.2) when the guest is made.`,
  }),
});
