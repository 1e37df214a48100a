import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { removeElement } from '../../xml/edits.ts';
import { attribute, child, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** What must be there for each value of os/boot/@dev, and how it is called. */
const KINDS: Readonly<Record<string, readonly [(domain: Domain) => boolean, Phrase]>> = {
  hd: [(domain) => domain.disks.some(({ device }) => device === 'disk' || device === 'lun'), phrase`disk`],
  cdrom: [(domain) => domain.disks.some(({ device }) => device === 'cdrom'), phrase`cdrom`],
  fd: [(domain) => domain.disks.some(({ device }) => device === 'floppy'), phrase`floppy`],
  network: [(domain) => domain.interfaces.length > 0, phrase`network interface`],
};

export const rule = defineRule<XmlAttribute>({
  id: 'firmware-boot/boot-dev-absent',
  severity: 'information',
  needs: ['boot', '@dev'],
  *find(domain) {
    const { os } = firmware(domain);
    // What is assigned from the host, or shared with it, may be what the guest boots from.
    if (!os || !domain.isQemu || child(os, 'kernel')) return;
    if (['hostdev', 'filesystem', 'redirdev'].some((name) => domain.devices(name).length > 0)) return;
    if (domain.devices().some((device) => child(device, 'boot'))) return;
    for (const boot of childElements(os, 'boot')) {
      const dev = attribute(boot, 'dev');
      const kind = KINDS[dev?.value.trim() ?? ''];
      if (dev && kind && !kind[0](domain)) yield dev;
    }
  },
  say: (dev) => ({
    at: valueSpan(dev),
    message: say`The guest has no ${KINDS[dev.value.trim()]?.[1] ?? say`such device`} to boot from; the firmware passes over this entry. Remove it, or add the device.`,
  }),
  fix: (dev, { document }) => [{ title: say`Remove this <boot>`, edits: removeElement(dev.parent, document) }],
});
