import { commonCpuset } from '../../domain/cpuTune.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'numa-pinning/cpuset-ignored',
  severity: 'hint',
  tags: ['unnecessary'],
  since: '0.9.11',
  needs: ['@cpuset', '@placement'],
  *find(domain) {
    const cpuset = commonCpuset(domain);
    if (domain.isQemu && cpuset && attributeValue(cpuset.parent, 'placement') === 'auto') yield cpuset;
  },
  say(cpuset) {
    const placement = attribute(cpuset.parent, 'placement');
    return {
      at: attributeSpan(cpuset),
      message: say`numad places this guest (\`placement='auto'\`), and nobody looks at \`cpuset\`. Remove the one or the other.`,
      ...(placement && { related: [{ ...attributeSpan(placement), message: say`numad chooses` }] }),
    };
  },
  fix: (cpuset, { document }) => {
    const placement = attribute(cpuset.parent, 'placement');
    return [dropAttribute(cpuset, document), ...(placement ? [dropAttribute(placement, document)] : [])];
  },
});
