import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { qemuInterfaces } from './interfaces.ts';
import { dropChild } from './repairs.ts';

/** Prefixes of the device names that libvirt makes up for QEMU guests, and takes out of what it stores. */
const MADE_UP = /^(vnet|macvtap|macvlan)/;

export const rule = defineRule({
  id: 'network/reserved-target-name',
  severity: 'hint',
  needs: ['interface', 'target'],
  find: (domain) =>
    qemuInterfaces(domain).flatMap((face) => {
      const target = child(face.element, 'target');
      const device = attribute(target, 'dev');
      // A device that somebody else made (managed='no') keeps its name.
      if (!device || attributeValue(target, 'managed') === 'no' || !MADE_UP.test(device.value.trim())) return [];
      return [{ face, device }];
    }),
  say: ({ device }) => ({
    at: valueSpan(device),
    message: say`libvirt drops the name \`${device.value.trim()}\`: it makes up names with this prefix itself, anew at every start. Remove \`<target>\`, or choose a name of your own.`,
  }),
  fix: ({ face }, { document }) => dropChild(face, 'target', say`Remove <target>: libvirt names the device`, document),
});
