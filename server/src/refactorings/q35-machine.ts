import type { Domain } from '../domain/domain.ts';
import type { TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { moveToBus, nameOnBus } from '../rules/disk/repairs.ts';
import { removeElement, setAttribute } from '../xml/edits.ts';
import { attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { around, type OfferRefactoring } from './refactoring.ts';

export const offer: OfferRefactoring = (domain, at) => {
  const type = child(domain.root, 'os', 'type');
  if (!around(at, 'os') || !type || !domain.isQemu || !domain.isI440fx || !isMovable(domain)) return [];
  return [
    {
      page: 'q35-machine',
      title: say`Change the machine to q35`,
      consequences: [
        say`Every device gets a new place on a PCI Express bus: a Linux guest names its network interfaces anew (ens3 becomes enp1s0), Windows finds new hardware and may want to be activated again.`,
        say`IDE drives become SATA drives. Windows must have its AHCI driver (storahci) set to start at boot before, or come up once in safe mode.`,
        say`The addresses of PCI devices are dropped; libvirt assigns new ones at define, which then stay.`,
        say`Saved states and snapshots with memory of the old machine cannot be resumed; a floppy drive and an ISA bus of old systems may be missed.`,
      ],
      edits: [
        ...setAttribute(type, 'machine', q35Like(domain.machine), domain.document),
        ...domain
          .devices()
          .flatMap((device) => pciAddress(device).flatMap((one) => removeElement(one, domain.document))),
        ...domain.devices('controller').flatMap((controller) => replacedController(controller, domain)),
        ...ideDisksToSata(domain),
      ],
    },
  ];
};

/** Sound, IDE and USB of the old chipset can be told apart; floppies and hand-made QEMU arguments cannot be moved. */
function isMovable(domain: Domain): boolean {
  const chipsetOnly = domain.disks.some(
    ({ bus, element }) => bus === 'fdc' || (bus === 'ide' && !child(element, 'target')),
  );
  return !chipsetOnly && domain.elements('qemu:arg').length === 0;
}

/** A version that is written stays the same: "pc-i440fx-7.2" → "pc-q35-7.2". */
function q35Like(machine: string | undefined): string {
  const version = /^pc-i440fx-(.+)$/.exec(machine ?? '')?.[1];
  return version === undefined ? 'q35' : `pc-q35-${version}`;
}

/** Those of controllers that go with the old chipset go with them. */
function pciAddress(device: XmlElement): XmlElement[] {
  if (device.name === 'controller' && isOfOldChipset(device)) return [];
  return childElements(device, 'address').filter((address) => attributeValue(address, 'type') === 'pci');
}

/** Its PCI bus and bridges, IDE, and the USB controller that sits in the chipset with its companions. */
function isOfOldChipset(controller: XmlElement): boolean {
  const type = attributeValue(controller, 'type');
  const model = attributeValue(controller, 'model');
  return type === 'pci' || type === 'ide' || (type === 'usb' && (model === undefined || /^(piix|ich9)/.test(model)));
}

/** libvirt adds what the new chipset has by itself; USB it gives the model that q35 guests have. */
function replacedController(controller: XmlElement, { document }: Domain): TextEdit[] {
  return isOfOldChipset(controller) ? removeElement(controller, document) : [];
}

/** Their names are given out one after the other: no two disks may end with the same, nor at the same place. */
function ideDisksToSata(domain: Domain): TextEdit[] {
  const given = new Set<string>();
  return domain.disks
    .filter(({ bus }) => bus === 'ide')
    .flatMap((disk) => {
      const edits = moveToBus(domain, disk, 'sata', given);
      given.add(nameOnBus(domain, disk, 'sata', given) ?? '');
      return edits;
    });
}
