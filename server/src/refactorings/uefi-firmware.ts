import { say } from '../l10n/say.ts';
import { insertChild, removeElement, setAttribute } from '../xml/edits.ts';
import { attributeValue, child, childElements } from '../xml/query.ts';
import { around, type OfferRefactoring } from './refactoring.ts';

export const offer: OfferRefactoring = (domain, at) => {
  const os = around(at, 'os');
  if (!os || !domain.isQemu || !domain.isX86 || attributeValue(os, 'firmware') === 'efi') return [];
  const loader = child(os, 'loader');
  // A loader of flash is UEFI already, chosen by hand; without a machine's own type there is nothing to start.
  if (attributeValue(loader, 'type') === 'pflash' || child(os, 'kernel') || !child(os, 'type')) return [];
  const { document } = domain;
  const obsolete = childElements(os).filter(({ name }) => name === 'loader' || name === 'nvram');
  return [
    {
      page: 'uefi-firmware',
      title: say`Change the firmware to UEFI`,
      consequences: [
        say`A system that was installed under BIOS does not boot any more until its disk has a GPT and an EFI system partition: convert it before (Windows: mbr2gpt), or install anew.`,
        say`The host needs a UEFI image for guests (package ovmf or edk2-ovmf); libvirt 5.2 or newer chooses it.`,
        say`The guest gets an NVRAM file beside its disks, with its boot entries: back it up, clone it and move it with them.`,
        say`Saved states and snapshots with memory that were made under BIOS cannot be resumed.`,
      ],
      edits: [
        ...setAttribute(os, 'firmware', 'efi', document),
        ...obsolete.flatMap((element) => removeElement(element, document)),
        ...acpi(domain),
      ],
    },
  ];
};

/** libvirt refuses UEFI on x86 without ACPI. */
function acpi({ root, document }: Parameters<OfferRefactoring>[0]) {
  const features = child(root, 'features');
  if (features) return child(features, 'acpi') ? [] : insertChild(features, '<acpi/>', document, { first: true });
  const os = child(root, 'os');
  return os ? insertChild(root, '<features>\n  <acpi/>\n</features>', document, { after: os }) : [];
}
