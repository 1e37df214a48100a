import { feature } from '../../domain/hypervisorFeatures.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

const BASIC = "<relaxed state='on'/>\n<vapic state='on'/>\n<spinlocks state='on' retries='8191'/>";

export const rule = defineRule<XmlAttribute>({
  id: 'migration/hyperv-passthrough',
  severity: 'information',
  since: '8.0.0',
  needs: ['hyperv', '@mode'],
  *find(domain) {
    const mode = attribute(feature(domain, 'hyperv'), 'mode');
    if (mode?.value.trim() === 'passthrough' && domain.isQemu) yield mode;
  },
  say: (mode) => ({
    at: valueSpan(mode),
    message: say`What the guest gets depends on the kernel and QEMU of the host, so that it cannot be migrated; QEMU means this mode for tests. List the enlightenments with \`custom\`.`,
  }),
  fix: (mode, { document }) => {
    const hyperv = mode.parent;
    const listed = childElements(hyperv).length > 0 ? [] : insertChild(hyperv, BASIC, document);
    return [
      {
        title: say`List the basic enlightenments`,
        edits: [...setAttribute(hyperv, 'mode', 'custom', document), ...listed],
      },
    ];
  },
});
