import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import { setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';

/** Ports of the standards 802.1Qbg and 802.1Qbh exist only on switches that reflect frames. */
const hasReflectingSwitch = (face: NetworkInterface): boolean =>
  /^802\.1Qb[gh]$/i.test(attributeValue(child(face.element, 'virtualport'), 'type') ?? '');

export const rule = defineRule({
  id: 'network/macvtap-vepa-default',
  severity: 'warning',
  needs: ['interface'],
  find: (domain) =>
    qemuInterfaces(domain).flatMap((face) => {
      if (face.type !== 'direct' || !face.source || hasReflectingSwitch(face)) return [];
      const mode = attribute(face.source, 'mode');
      return !mode || mode.value.trim() === 'vepa' ? [{ source: face.source, mode }] : [];
    }),
  say: ({ source, mode }) => ({
    at: mode ? valueSpan(mode) : nameSpan(source),
    message: say`${mode ? "`mode='vepa'`" : say`Without \`mode\` macvtap is in \`vepa\`: it`} sends every frame out to the switch. Unless the switch reflects them (few do), guests on this card cannot reach each other. Use \`mode='bridge'\`.`,
  }),
  fix: ({ source }, { document }) => [setValueOf(source, 'mode', 'bridge', document)],
});
