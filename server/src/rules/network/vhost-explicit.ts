import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { TAP_TYPES, virtioInterfaces } from './interfaces.ts';

export const rule = defineRule({
  id: 'network/vhost-explicit',
  severity: 'information',
  needs: ['interface', 'driver'],
  find: (domain) =>
    virtioInterfaces(domain).flatMap((face) => {
      const name = attribute(face.driver, 'name');
      return name?.value.trim() === 'vhost' && TAP_TYPES.has(face.type) ? [name] : [];
    }),
  say: (name) => ({
    at: valueSpan(name),
    message: say`\`name='vhost'\` is a guarantee, not a speed-up: the guest does not start on a host without \`/dev/vhost-net\`, where the default would quietly fall back to QEMU. Keep it where speed is promised.`,
  }),
});
