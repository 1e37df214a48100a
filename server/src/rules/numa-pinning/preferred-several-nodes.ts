import { parseCpuset } from '../../domain/cpuset.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'numa-pinning/preferred-several-nodes',
  severity: 'warning',
  since: '0.9.3',
  needs: ['numatune', '@nodeset'],
  find(domain) {
    const numatune = child(domain.root, 'numatune');
    return (domain.isQemu && numatune ? childElements(numatune) : []).flatMap((one) => {
      const nodeset = attribute(one, 'nodeset');
      const several = (parseCpuset(nodeset?.value ?? '')?.size ?? 0) > 1;
      return nodeset && several && attributeValue(one, 'mode') === 'preferred' ? [nodeset] : [];
    });
  },
  say: (nodeset) => ({
    at: valueSpan(nodeset),
    message: say`\`preferred\` with several nodes needs Linux 5.15 and a libvirt that uses it; others prefer one node and do not start the guest. Name one, or use \`strict\` or \`interleave\` for \`${nodeset.value.trim()}\`.`,
  }),
  fix(nodeset, { document }) {
    const [first] = parseCpuset(nodeset.value) ?? [];
    return first === undefined ? [] : [setValueOf(nodeset.parent, 'nodeset', String(first), document)];
  },
});
