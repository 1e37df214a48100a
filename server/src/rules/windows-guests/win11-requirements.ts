import type { Domain } from '../../domain/domain.ts';
import { firmware } from '../../domain/firmware.ts';
import { windowsRelease } from '../../domain/guestSystem.ts';
import type { TextEdit } from '../../finding.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { insertAfter, insertChild, setAttribute } from '../../xml/edits.ts';
import { attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

interface Match {
  readonly os: XmlElement;
  readonly missing: readonly Requirement[];
}

interface Requirement {
  readonly what: Phrase;
  readonly isMet: (domain: Domain) => boolean;
  readonly edits: (domain: Domain, os: XmlElement) => readonly TextEdit[];
}

/** A TPM 2.0: emulated ones are unless an older version is written, and those of the host mostly. */
function isTpm2(tpm: XmlElement): boolean {
  return attributeValue(child(tpm, 'backend'), 'version') !== '1.2';
}

const SECURE_BOOT =
  "<firmware>\n  <feature enabled='yes' name='secure-boot'/>\n  <feature enabled='yes' name='enrolled-keys'/>\n</firmware>";
const TPM = "<tpm model='tpm-crb'>\n  <backend type='emulator' version='2.0'/>\n</tpm>";

const REQUIREMENTS: readonly Requirement[] = [
  {
    what: phrase`a q35 machine`,
    isMet: (domain) => !domain.isI440fx,
    edits: (domain, os) => {
      const type = child(os, 'type');
      return type ? setAttribute(type, 'machine', 'q35', domain.document) : [];
    },
  },
  {
    what: phrase`UEFI with secure boot`,
    isMet: (domain) => firmware(domain).isUefi,
    edits: (domain, os) => {
      const type = child(os, 'type');
      const wanted = type ? insertAfter(type, SECURE_BOOT, domain.document) : [];
      return [...setAttribute(os, 'firmware', 'efi', domain.document), ...wanted];
    },
  },
  {
    what: phrase`a TPM 2.0`,
    isMet: (domain) => domain.devices('tpm').some(isTpm2),
    edits: (domain) => {
      const devices = child(domain.root, 'devices');
      return devices ? insertChild(devices, TPM, domain.document) : [];
    },
  },
];

export const rule = defineRule<Match>({
  id: 'windows-guests/win11-requirements',
  severity: 'warning',
  needs: ['libosinfo:os'],
  *find(domain) {
    const { os } = firmware(domain);
    if (!os || !domain.isQemu || !domain.isX86 || windowsRelease(domain)?.name !== '11') return;
    const missing = REQUIREMENTS.filter(({ isMet }) => !isMet(domain));
    if (missing.length > 0) yield { os, missing };
  },
  say: ({ os, missing }) => ({
    at: nameSpan(os),
    message: say`The setup of Windows 11 asks for ${missing.map(({ what }) => what).join(say`, `)}, and refuses this guest; later upgrades do too. Add ${missing.length > 1 ? 'them' : 'it'} before the installation.`,
  }),
  fix: ({ os, missing }, domain) => {
    // Addresses that libvirt gave on the old machine would not fit the new one; and the TPM needs a place.
    const isNew = domain.elements('address').every((one) => attributeValue(one, 'type') !== 'pci');
    if (!isNew || domain.devices('tpm').length > 0 || !child(domain.root, 'devices')) return [];
    return [{ title: say`Add what Windows 11 asks for`, edits: missing.flatMap(({ edits }) => edits(domain, os)) }];
  },
});
