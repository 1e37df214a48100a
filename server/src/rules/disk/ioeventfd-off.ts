import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'disk/ioeventfd-off',
  severity: 'warning',
  needs: ['@ioeventfd'],
  since: '0.9.3',
  *find(domain) {
    const disks = qemuDisks(domain).filter((disk) => disk.bus === 'virtio' && disk.type !== 'vhostuser');
    const interfaces = domain.isQemu ? domain.interfaces.filter((one) => one.isVirtio) : [];
    for (const device of [...disks, ...interfaces]) {
      const option = attribute(device.driver, 'ioeventfd');
      if (option?.value.trim() === 'off') yield option;
    }
  },
  say: (option) => ({
    at: attributeSpan(option),
    message: say`\`ioeventfd='off'\` makes the vCPU itself run the device's code at every notification: no IOThread for a disk, no vhost for an interface, and the guest stands still meanwhile. It is for debugging; remove it.`,
  }),
  fix: (option, domain) => [dropAttribute(option, domain.document)],
});
