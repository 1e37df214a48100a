import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { backendOf, qemuInterfaces } from './interfaces.ts';
import { usePasst } from './repairs.ts';

export const rule = defineRule({
  id: 'network/slirp-performance',
  severity: 'information',
  needs: ['interface'],
  // 9.0.0 brought passt, but Debian's build of it refuses the value.
  since: '9.1.0',
  find: (domain) => qemuInterfaces(domain).filter((face) => face.type === 'user' && backendOf(face) !== 'passt'),
  say(face) {
    const type = attribute(face.element, 'type');
    return {
      at: type ? valueSpan(type) : nameSpan(face.element),
      message: say`User networking by QEMU itself (SLIRP) is slow, and nobody can connect to the guest. The \`passt\` backend is faster and forwards ports; a libvirt network is faster still where you may use one.`,
    };
  },
  fix: (face, { document }) => usePasst(face, document),
});
