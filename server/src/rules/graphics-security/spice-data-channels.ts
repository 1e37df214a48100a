import { graphicsOf, isReachable } from '../../domain/graphics.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { placeOf } from '../refusal.ts';
import { defineRule } from '../rule.ts';

/** The ways by which data pass between client and guest, with the setting that closes each. */
const WAYS = [
  { name: 'clipboard', setting: 'copypaste' },
  { name: 'filetransfer', setting: 'enable' },
] as const;

const AGENT = 'com.redhat.spice.0';

export const rule = defineRule<XmlElement>({
  id: 'graphics-security/spice-data-channels',
  severity: 'hint',
  since: '1.2.2',
  needs: ['graphics'],
  *find(domain) {
    if (!domain.isQemu) return;
    // Both are the work of the agent in the guest.
    const hasAgent = domain
      .devices('channel')
      .some((channel) => attributeValue(child(channel, 'target'), 'name') === AGENT);
    const isConfidential = child(domain.root, 'launchSecurity') !== undefined;
    for (const { element, type, address } of graphicsOf(domain)) {
      const isOpen = WAYS.some(({ name, setting }) => attributeValue(child(element, name), setting) !== 'no');
      const matters = isConfidential || (address !== undefined && isReachable(address.value.trim()));
      if (type === 'spice' && isOpen && (hasAgent || matters)) yield element;
    }
  },
  say: (element) => ({
    at: placeOf(element, 'type'),
    message: say`The clipboard and dropped files pass between client and guest, both being on where nothing is said: what the user copies anywhere the guest can read. Switch them off where the two don't trust each other.`,
  }),
  fix(element, { document }) {
    const missing = WAYS.filter(({ name }) => !child(element, name));
    const written = WAYS.flatMap(({ name, setting }) => {
      const way = child(element, name);
      return way && attribute(way, setting)?.value !== 'no' ? setAttribute(way, setting, 'no', document) : [];
    });
    const added = missing.map(({ name, setting }) => `<${name} ${setting}='no'/>`).join('\n');
    return [
      {
        title: say`Switch clipboard and file transfer off`,
        edits: [...written, ...(added ? insertChild(element, added, document) : [])],
      },
    ];
  },
});
