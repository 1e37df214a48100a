import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';
import { useClientMode } from './repairs.ts';

export const rule = defineRule({
  id: 'network/vhostuser-server-mode',
  severity: 'hint',
  needs: ['interface', '@mode'],
  since: '4.1.0',
  find: (domain) =>
    qemuInterfaces(domain).flatMap((face) => {
      const mode = attribute(face.source, 'mode');
      return face.type === 'vhostuser' && face.source && mode?.value.trim() === 'server'
        ? [{ source: face.source, mode }]
        : [];
    }),
  say: ({ mode }) => ({
    at: valueSpan(mode),
    message: say`With \`mode='server'\` the guest waits at its start until the switch connects, and can't be given the interface while it runs. Where the switch can be the server, \`client\` with \`<reconnect>\` also survives its restart.`,
  }),
  fix: ({ source, mode }, { document }) => useClientMode(source, mode, document),
});
