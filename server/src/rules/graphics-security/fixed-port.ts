import { graphicsOf } from '../../domain/graphics.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'graphics-security/fixed-port',
  severity: 'hint',
  needs: ['graphics', '@port'],
  *find(domain) {
    if (!domain.isQemu) return;
    for (const { element, type, listenType } of graphicsOf(domain)) {
      const port = attribute(element, 'port');
      const isFixed = attributeValue(element, 'autoport') !== 'yes' && (wholeNumber(port?.value.trim()) ?? 0) > 0;
      const isOnNetwork = ['address', 'network'].includes(listenType);
      if (port && isFixed && isOnNetwork && ['vnc', 'spice', 'rdp'].includes(type)) yield port;
    }
  },
  say: (port) => ({
    at: valueSpan(port),
    message: say`Port ${port.value.trim()} has to be free whenever the guest starts, here and on each host that it migrates to. With \`autoport="yes"\` libvirt takes one that is, and \`virsh domdisplay\` names it.`,
  }),
  fix: (port, { document }) => [
    {
      title: say`Let libvirt choose the port`,
      edits: attribute(port.parent, 'autoport')
        ? [
            ...setAttribute(port.parent, 'port', '-1', document),
            ...setAttribute(port.parent, 'autoport', 'yes', document),
          ]
        : setAttribute(port.parent, 'port', '-1', document),
    },
  ],
});
