import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, child, childElements, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'lifecycle/suspend-enabled',
  severity: 'hint',
  since: '0.10.2',
  needs: ['pm', '@enabled'],
  *find(domain) {
    const pm = child(domain.root, 'pm');
    if (!pm || !domain.isQemu || !domain.isX86) return;
    for (const state of childElements(pm)) {
      const enabled = attribute(state, 'enabled');
      if (enabled?.value.trim() === 'yes') yield enabled;
    }
  },
  say: (enabled) => ({
    at: valueSpan(enabled),
    message: say`The guest may put itself to sleep, as idle desktops do: from outside it looks hung until \`virsh dompmwakeup\`, and with assigned devices it often stays so. virt-install writes \`no\`.`,
  }),
  fix: (enabled, { document }) => [
    { title: say`Change enabled to 'no'`, edits: setAttribute(enabled.parent, 'enabled', 'no', document) },
  ],
});
