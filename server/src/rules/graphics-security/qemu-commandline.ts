import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

/** What is handed to QEMU past libvirt, by element. */
const PAST_LIBVIRT: Readonly<Record<string, Phrase>> = {
  'qemu:commandline': phrase`Arguments that go to QEMU`,
  'qemu:override': phrase`Properties that are changed`,
  'qemu:capabilities': phrase`Abilities of QEMU that are claimed or denied`,
};

export const rule = defineRule<XmlElement>({
  id: 'graphics-security/qemu-commandline',
  severity: 'warning',
  since: '0.8.3',
  needs: [Object.keys(PAST_LIBVIRT).join('|')],
  find: (domain) =>
    domain.isQemu
      ? childElements(domain.root).filter(
          (one) => PAST_LIBVIRT[one.name] !== undefined && childElements(one).length > 0,
        )
      : [],
  say: (element) => ({
    at: nameSpan(element),
    message: say`${PAST_LIBVIRT[element.name]} past libvirt: it neither checks nor labels nor migrates what they name, and marks the guest as tainted; after an upgrade they may no longer hold. Look whether there is an element for it by now.`,
  }),
});
