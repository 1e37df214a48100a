import { say } from '../../l10n/say.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { setValueOf } from '../fixes.ts';
import { defineRule } from '../rule.ts';

/** Aliases that libvirt makes itself: a word and a number, or parts of an address ("net0", "virtio-disk0", "ide0-0-1", "pci.1"). */
const GENERATED = /^(\w+(-\w+)*\d+([-.]\d+)*|[a-z]+\.\d+|balloon\d*|[a-z]+)$/i;

/** Aliases of somebody's own that libvirt will not keep. */
export const rule = defineRule<XmlAttribute>({
  id: 'consistency-references/alias-without-prefix',
  severity: 'information',
  since: '3.9.0',
  needs: ['alias'],
  find: (domain) =>
    domain.isQemu
      ? domain.devices().flatMap((device) => {
          const at = attribute(child(device, 'alias'), 'name');
          const name = at?.value ?? '';
          const isKept = /^ua-[\w-]*$/.test(name);
          return at && name !== '' && !isKept && (name.startsWith('ua-') || !GENERATED.test(name)) ? [at] : [];
        })
      : [],
  say: (at) => ({
    at: valueSpan(at),
    message: say`libvirt does not keep the alias \`${at.value}\`: those of your own begin with \`ua-\` and have letters, digits, \`_\` and \`-\` only; all others it makes anew at each start.`,
  }),
  fix: (at, { document }) => [
    setValueOf(at.parent, 'name', `ua-${at.value.replace(/^ua-/, '').replace(/[^\w-]+/g, '-')}`, document),
  ],
});
