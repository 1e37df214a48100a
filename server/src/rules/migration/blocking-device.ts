import { say } from '../../l10n/say.ts';
import { defineRule } from '../rule.ts';
import { type BlockingDevice, blockingDevices } from './devices.ts';

export const rule = defineRule<readonly BlockingDevice[]>({
  id: 'migration/blocking-device',
  severity: 'hint',
  *find(domain) {
    const devices = domain.isQemu ? blockingDevices(domain) : [];
    if (devices.length > 0) yield devices;
  },
  say: ([first, ...others]) => ({
    at: first ?? { start: 0, end: 0 },
    message: say`Live migration and saving to disk stop at this ${first?.what ?? say`device`}${others.length > 0 ? say` and ${others.length} more` : ''}: its state is the host's. A network function can be teamed with a virtio interface (\`<teaming>\`, 6.1), which takes over meanwhile.`,
    related: others.map(({ what, ...span }) => ({ ...span, message: say`The same: ${what}` })),
  }),
});
