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
    message: `Live migration and saving to disk stop at this ${first?.what ?? 'device'}${others.length > 0 ? ` and ${others.length} more` : ''}: its state is the host's. A network function can be teamed with a virtio interface (\`<teaming>\`, 6.1), which takes over meanwhile.`,
    related: others.map(({ what, ...span }) => ({ ...span, message: `The same: ${what}` })),
  }),
});
