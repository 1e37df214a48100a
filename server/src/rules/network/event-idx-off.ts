import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { virtioInterfaces } from './interfaces.ts';

/** event_idx='off' on the virtio devices that know the option: interfaces and disks. */
function switchedOff(domain: Domain): XmlAttribute[] {
  const disks = domain.isQemu ? domain.disks.filter((disk) => disk.bus === 'virtio') : [];
  return [...virtioInterfaces(domain), ...disks]
    .map((device) => attribute(device.driver, 'event_idx'))
    .filter((option) => option !== undefined)
    .filter((option) => option.value.trim() === 'off');
}

export const rule = defineRule<XmlAttribute>({
  id: 'network/event-idx-off',
  severity: 'warning',
  needs: ['@event_idx'],
  find: switchedOff,
  say: (option) => ({
    at: attributeSpan(option),
    message: say`\`event_idx='off'\` takes away the means by which guest and host tell each other when to stay quiet: more interrupts, more exits. It works around broken guest drivers only; remove it.`,
  }),
  fix: (option, { document }) => [dropAttribute(option, document)],
});
