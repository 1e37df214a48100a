import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { guestSystem } from '../../domain/guestSystem.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, child } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { busPlace, qemuDisks, shortName } from './places.ts';
import { isTiedToBus, moveToBus } from './repairs.ts';

const EMULATED = new Set(['ide', 'sata', 'usb']);

/** Systems that never had virtio drivers, by their identifier in libosinfo's metadata. */
const OLD_SYSTEM = /\/(win(95|98|me|nt|2k)\b|.*dos\b|rhel\/[2-4]\b|solaris|netware|os2)/;

function isOldSystem(domain: Domain): boolean {
  return OLD_SYSTEM.test(attributeValue(domain.elements('libosinfo:os')[0], 'id') ?? '');
}

export const rule = defineRule<Disk>({
  id: 'disk/emulated-bus',
  severity: 'warning',
  needs: ['disk', 'target'],
  *find(domain) {
    if (!domain.isX86 || domain.machine === 'isapc' || isOldSystem(domain)) return;
    for (const disk of qemuDisks(domain)) {
      const isStick = attributeValue(child(disk.element, 'target'), 'removable') === 'on';
      // A read-only disk on IDE or SATA is refused, and that is told already.
      if (disk.device === 'disk' && EMULATED.has(disk.bus ?? '') && !isStick && !disk.readOnly) yield disk;
    }
  },
  say(disk, domain) {
    const advice =
      guestSystem(domain) === 'windows'
        ? say`Windows needs the virtio-win driver installed first, or it stops at boot with "inaccessible boot device".`
        : say`Every Linux and BSD has the driver; change the bus.`;
    return {
      at: busPlace(disk),
      message: say`${shortName(disk)} hangs on an emulated ${disk.bus?.toUpperCase()} controller: one queue and several exits a request, where \`virtio\` needs about one. ${advice}`,
    };
  },
  // The boot disk of a Windows guest is not to be moved with one key.
  fix: (disk, domain) =>
    guestSystem(domain) === 'windows' || isTiedToBus(disk)
      ? []
      : [{ title: say`Move to virtio`, edits: moveToBus(domain, disk, 'virtio') }],
});
