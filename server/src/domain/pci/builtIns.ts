/** What the chipset of a PC has on bus 0, in the way of anything else. */
import { say } from '../../l10n/say.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { controllersOf } from '../controllers.ts';
import type { Domain } from '../domain.ts';
import { platform } from '../platform.ts';

export interface BuiltIn {
  readonly slot: number;
  readonly function: number;
  readonly what: string;
  /** libvirt keeps the place free by itself; else only QEMU knows that it is taken. */
  readonly reserved: boolean;
  /** The controllers that stand for it in the document. */
  readonly own: readonly XmlElement[];
}

export function builtIns(domain: Domain): readonly BuiltIn[] {
  return domain.keep('PCI built-ins', () => {
    const { machine } = platform(domain);
    const first = (type: string) =>
      controllersOf(domain, type).flatMap(({ index, element }) => (index === 0 ? element : []));
    if (machine === 'q35')
      return [
        { slot: 0x1f, function: 0, what: say`the ISA bridge`, reserved: true, own: [] },
        { slot: 0x1f, function: 2, what: say`the SATA controller`, reserved: true, own: first('sata') },
        { slot: 0x1f, function: 3, what: say`the SMBus`, reserved: true, own: [] },
      ];
    if (machine !== 'i440fx') return [];
    const usb = { slot: 1, function: 2, what: say`the USB controller`, reserved: true, own: piixUsb(domain) };
    return [
      { slot: 1, function: 0, what: say`the ISA bridge`, reserved: true, own: [] },
      { slot: 1, function: 1, what: say`the IDE controller`, reserved: hasIde(domain), own: first('ide') },
      ...(hasPiixUsb(domain) ? [usb] : []),
      { slot: 1, function: 3, what: say`the power management`, reserved: true, own: [] },
    ];
  });
}

/** libvirt sees the IDE controller only where it is written, or has a drive. */
function hasIde(domain: Domain): boolean {
  return controllersOf(domain, 'ide').length > 0 || domain.disks.some(({ bus }) => bus === 'ide');
}

/** libvirt's own USB controller of an i440fx: where there is none of index 0, or that one is of the chipset. */
function hasPiixUsb(domain: Domain): boolean {
  return piixUsb(domain).length > 0 || !controllersOf(domain, 'usb').some(({ index }) => index === 0);
}

/** USB controllers that are taken for the one of a PIIX3, whatever the machine: those of index 0 that say so, or nothing. */
export function piixUsb(domain: Domain): XmlElement[] {
  return controllersOf(domain, 'usb').flatMap(({ index, model, element }) =>
    index === 0 && (model === undefined || model === 'piix3-uhci') ? element : [],
  );
}
