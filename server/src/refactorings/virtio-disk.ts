import { diskName, readDisk } from '../domain/disk.ts';
import { say } from '../l10n/say.ts';
import { isTiedToBus, moveToBus } from '../rules/disk/repairs.ts';
import { around, type OfferRefactoring } from './refactoring.ts';

const EMULATED = new Set(['ide', 'sata', 'usb']);

export const offer: OfferRefactoring = (domain, at) => {
  const element = around(at, 'disk');
  const disk = element && readDisk(element);
  if (!disk || !domain.isQemu || disk.device !== 'disk' || !EMULATED.has(disk.bus ?? '') || isTiedToBus(disk))
    return [];
  return [
    {
      page: 'virtio-disk',
      title: say`Move ${diskName(disk)} to virtio`,
      consequences: [
        say`The guest needs the virtio block driver before its next start. Linux has it, but a boot disk also needs it in the initramfs; in Windows install viostor from virtio-win first, best with a small second virtio disk attached, or it stops with INACCESSIBLE_BOOT_DEVICE.`,
        say`Its device name changes (sda becomes vda): /etc/fstab and the boot loader must name file systems by UUID or label.`,
        say`Its place in the boot order may change where the order is not written.`,
      ],
      edits: moveToBus(domain, disk, 'virtio'),
    },
  ];
};
