import { hostDevices } from '../../domain/hostDevices.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attributeValue } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlElement>({
  id: 'passthrough-vfio/unmanaged',
  severity: 'hint',
  needs: ['hostdev|interface'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const { element, mode, type } of hostDevices(domain))
      if (mode === 'subsystem' && type === 'pci' && attributeValue(element, 'managed') !== 'yes') yield element;
  },
  say: (element) => ({
    at: placeOf(element, 'managed'),
    message: say`libvirt leaves this device to you: before each start it has to be taken from the driver of the host (\`virsh nodedev-detach\`), or the start fails; after it, given back. With \`managed="yes"\` libvirt does both.`,
  }),
  fix: (element, { document }) => [
    { title: say`Let libvirt detach and reattach it`, edits: setAttribute(element, 'managed', 'yes', document) },
  ],
});
