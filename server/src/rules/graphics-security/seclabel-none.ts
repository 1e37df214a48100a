import { say } from '../../l10n/say.ts';
import { attributeValue, childElements } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'graphics-security/seclabel-none',
  severity: 'warning',
  since: '0.6.1',
  needs: ['seclabel'],
  find: (domain) =>
    domain.isQemu
      ? childElements(domain.root, 'seclabel').filter(
          // libvirt writes the model `none` itself where the host has no security driver.
          (label) => attributeValue(label, 'type') === 'none' && attributeValue(label, 'model') !== 'none',
        )
      : [],
  say(label) {
    const model = attributeValue(label, 'model');
    return {
      at: placeOf(label, 'type'),
      message:
        model === 'dac'
          ? say`QEMU runs without a user of its own choosing here, and files keep their owners: it may be root. Leave the label to libvirt, which gives the guest an unprivileged user.`
          : say`QEMU runs unconfined: a guest that breaks out of it reads the disks of all others, which SELinux or AppArmor would keep from it. Leave the label to libvirt; files that it must not relabel can say so themselves.`,
    };
  },
  fix: (label, { document }) => [dropElement(label, document)],
});
