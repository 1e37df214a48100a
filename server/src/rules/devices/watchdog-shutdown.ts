import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'devices/watchdog-shutdown',
  severity: 'warning',
  needs: ['watchdog'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const watchdog of domain.devices('watchdog')) {
      const action = attribute(watchdog, 'action');
      if (action?.value.trim() === 'shutdown') yield action;
    }
  },
  say: (action) => ({
    at: valueSpan(action),
    message: say`\`shutdown\` asks the guest to go down by itself, and a guest whose watchdog fires answers nobody any more: it stays as it is. \`reset\` and \`poweroff\` need no answer.`,
  }),
  fix: ({ parent }, { document }) =>
    ['reset', 'poweroff'].map((value) => ({
      title: say`Change action to '${value}'`,
      edits: setAttribute(parent, 'action', value, document),
    })),
});
