import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isDeprecated, pcType } from './machines.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'devices/machine-deprecated',
  severity: 'warning',
  needs: ['@machine'],
  *find(domain) {
    const machine = attribute(pcType(domain), 'machine');
    if (machine && isDeprecated(machine.value.trim())) yield machine;
  },
  say: (machine) => ({
    at: valueSpan(machine),
    message: say`QEMU keeps a version of a machine for six years, and \`${machine.value.trim()}\` is past that: after an upgrade of the host the guest does not start. Move it to the newest version when it may be shut down.`,
  }),
  fix(machine, { document }) {
    const alias = machine.value.includes('q35') ? 'q35' : 'pc';
    return [
      {
        title: say`Change machine to '${alias}', the newest`,
        edits: setAttribute(machine.parent, 'machine', alias, document),
      },
    ];
  },
});
