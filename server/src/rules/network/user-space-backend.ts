import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import { dropAttribute, setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { TAP_TYPES, virtioInterfaces } from './interfaces.ts';

export const rule = defineRule({
  id: 'network/user-space-backend',
  severity: 'warning',
  needs: ['interface', 'driver'],
  find: (domain) =>
    virtioInterfaces(domain).flatMap((face) => {
      const name = attribute(face.driver, 'name');
      return name?.value.trim() === 'qemu' && TAP_TYPES.has(face.type) ? [name] : [];
    }),
  say: (name) => ({
    at: valueSpan(name),
    message: say`\`name='qemu'\` switches vhost-net off: every packet is copied by the QEMU process instead of the kernel. Use \`vhost\`, or leave \`name\` out and libvirt takes vhost where the host has it.`,
  }),
  fix: (name, { document }) => [setValueOf(name.parent, name.name, 'vhost', document), dropAttribute(name, document)],
});
