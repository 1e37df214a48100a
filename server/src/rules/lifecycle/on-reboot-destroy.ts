import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { setText } from '../../xml/edits.ts';
import { attributeValue, child, childElements, textOf, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** What is booted first is not the installed system: a kernel of the host's, the network or a cdrom. */
function bootsInstaller(domain: Domain): boolean {
  const { os } = firmware(domain);
  if (!os) return false;
  const [first] = childElements(os, 'boot').map((boot) => attributeValue(boot, 'dev'));
  const cdrom = domain.disks.find(({ device }) => device === 'cdrom');
  const order = attributeValue(cdrom && child(cdrom.element, 'boot'), 'order');
  return child(os, 'kernel') !== undefined || first === 'cdrom' || first === 'network' || order === '1';
}

export const rule = defineRule<XmlElement>({
  id: 'lifecycle/on-reboot-destroy',
  severity: 'information',
  needs: ['on_reboot'],
  *find(domain) {
    const reboot = child(domain.root, 'on_reboot');
    // With restart after power-off libvirt refuses it, which is told elsewhere.
    if (textOf(child(domain.root, 'on_poweroff')) === 'restart') return;
    if (reboot && textOf(reboot) === 'destroy' && domain.isQemu && !bootsInstaller(domain)) yield reboot;
  },
  say: (reboot) => ({
    at: textSpan(reboot),
    message: say`A reboot inside the guest switches it off, for good unless somebody starts it. Installers write this for the first boot; for a guest in service use \`restart\`.`,
  }),
  fix: (reboot) => [{ title: say`Use restart`, edits: setText(reboot, 'restart') }],
});
