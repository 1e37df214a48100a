import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { child, childElements, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { defineRule } from '../rule.ts';

/** Features that libvirt's QEMU driver stores and never reads, and who does. */
const OWNERS: Readonly<Record<string, Phrase>> = {
  hap: phrase`Xen's`,
  viridian: phrase`Xen's; for QEMU it is called \`<hyperv>\``,
  xen: phrase`Xen's`,
  privnet: phrase`LXC's`,
  capabilities: phrase`LXC's`,
  msrs: phrase`bhyve's`,
};

export const rule = defineRule<XmlElement>({
  id: 'features/of-other-driver',
  severity: 'warning',
  tags: ['unnecessary'],
  needs: ['features', Object.keys(OWNERS).join('|')],
  *find(domain) {
    const features = child(domain.root, 'features');
    if (!features || !domain.isQemu) return;
    for (const element of childElements(features)) if (Object.hasOwn(OWNERS, element.name)) yield element;
  },
  say: (element) => ({
    at: nameSpan(element),
    message: say`\`<${element.name}>\` has no effect here: it is ${OWNERS[element.name] ?? say`of another driver`}, and the QEMU driver passes over it. Remove it.`,
  }),
  fix: (element, { document }) => [dropElement(element, document)],
});
