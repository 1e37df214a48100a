import { type Firmware, firmware, secureLoader } from '../../domain/firmware.ts';
import { feature, isOn } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setAttribute } from '../../xml/edits.ts';
import { attributeValue, textSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isShared } from './paths.ts';

interface Match extends Firmware {
  readonly os: XmlElement;
  readonly loader: XmlElement;
}

export const rule = defineRule<Match>({
  id: 'firmware-boot/prefer-autoselection',
  severity: 'hint',
  since: '5.2.0',
  needs: ['loader'],
  *find(domain) {
    const read = firmware(domain);
    const { os, loader, selection, type, path } = read;
    if (!domain.isQemu || !os || !loader || selection || type !== 'pflash' || !isShared(path)) return;
    // Stateless and other special builds are chosen by hand for a reason.
    if (attributeValue(loader, 'stateless') !== 'yes') yield { ...read, os, loader };
  },
  say: ({ loader }) => ({
    at: textSpan(loader),
    message: say`This path is one distribution's, and code and variables must be of one size. \`<os firmware='efi'>\` finds a fitting pair on any host; on a guest that is installed, keep its \`<nvram>\`.`,
  }),
  fix: (read, domain) => {
    const { os, loader, nvram } = read;
    // Secure boot that is asked for must be asked for again; the variables of an installed guest stay.
    if (secureLoader(read) || isOn(feature(domain, 'smm'))) return [];
    const gone = nvram && attributeValue(nvram, 'template') === undefined ? [] : [nvram];
    const edits = [loader, ...gone].flatMap((element) => (element ? removeElement(element, domain.document) : []));
    return [
      {
        title: say`Let libvirt choose: firmware='efi'`,
        edits: [...setAttribute(os, 'firmware', 'efi', domain.document), ...edits],
      },
    ];
  },
});
