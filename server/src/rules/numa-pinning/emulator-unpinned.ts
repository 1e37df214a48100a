import { allVcpusPinned, commonCpuset, cpuTune } from '../../domain/cpuTune.ts';
import { say } from '../../l10n/say.ts';
import { nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** A set of so many CPUs is a region of the host, not a place. */
const WIDE = 8;

export const rule = defineRule<XmlElement>({
  id: 'numa-pinning/emulator-unpinned',
  severity: 'information',
  since: '0.10.0',
  needs: ['vcpupin'],
  *find(domain) {
    const { element, vcpuPins, emulatorPin } = cpuTune(domain);
    if (!domain.isQemu || !element || emulatorPin || commonCpuset(domain) || !allVcpusPinned(domain)) return;
    if (vcpuPins.every(({ cpus }) => cpus !== undefined && cpus.size < WIDE)) yield element;
  },
  say: (tune) => ({
    at: nameSpan(tune),
    message: say`The vCPUs have places of their own, and QEMU's other threads have none: the main loop and its helpers run anywhere, on the vCPUs' CPUs as well. Keep them on others with \`<emulatorpin>\`, of the same host node.`,
  }),
});
