import { firmware } from '../../domain/firmware.ts';
import { say } from '../../l10n/say.ts';
import { valueSpan } from '../../xml/query.ts';
import { hostRule } from '../hostRule.ts';

export const rule = hostRule({
  id: 'firmware-boot/firmware-not-on-host',
  severity: 'warning',
  needs: ['os', '@firmware'],
  *find(domain, host) {
    const { selection } = firmware(domain);
    const known = host.emulator(domain)?.firmware;
    const wanted = selection?.value.trim() ?? '';
    if (!selection || !known || known.includes(wanted) || !['efi', 'bios'].includes(wanted)) return;
    const advice =
      wanted === 'efi'
        ? say` Its images are a package of their own: ovmf or edk2-ovmf, for ARM qemu-efi-aarch64 or edk2-aarch64.`
        : '';
    yield {
      at: valueSpan(selection),
      message: (hosts) =>
        say`libvirt on ${hosts} finds no firmware of the kind \`${wanted}\` for this machine: the guest does not start there.${advice}`,
    };
  },
});
