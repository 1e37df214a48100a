import { assigned } from '../../domain/hostDevices.ts';
import { say } from '../../l10n/say.ts';
import { child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'passthrough-vfio/usb-by-address',
  severity: 'hint',
  needs: ['hostdev'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const { source, address } of assigned(domain, 'usb'))
      if (source && address && !child(source, 'vendor') && !child(source, 'product')) yield address;
  },
  say: (address) => ({
    at: nameSpan(address),
    message: say`The kernel of the host counts the device number up each time something is plugged in, and after a reboot: the guest does not start, or gets another device. \`<vendor>\` and \`<product>\` (see \`lsusb\`) stay; keep the numbers beside them only to tell equal devices apart.`,
  }),
});
