import { platform } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isDeprecated, pcType, toQ35 } from './machines.ts';

export const rule = defineRule<XmlAttribute>({
  id: 'devices/machine-i440fx',
  severity: 'hint',
  needs: ['@machine'],
  *find(domain) {
    const machine = attribute(pcType(domain), 'machine');
    const isOld = ['i440fx', 'isapc'].includes(platform(domain).machine ?? '');
    if (machine && isOld && !isDeprecated(machine.value.trim())) yield machine;
  },
  say: (machine) => ({
    at: valueSpan(machine),
    message: say`\`${machine.value.trim()}\` is a PC of 1996: no PCI Express, no secure boot, disks on IDE. It is right for old guests; a new one is better off with \`q35\`.`,
  }),
  fix: (machine, domain) => toQ35(domain, machine.parent),
});
