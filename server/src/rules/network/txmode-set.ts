import { say } from '../../l10n/say.ts';
import { attribute, attributeSpan } from '../../xml/query.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { virtioInterfaces } from './interfaces.ts';

export const rule = defineRule({
  id: 'network/txmode-set',
  severity: 'hint',
  needs: ['@txmode'],
  find: (domain) =>
    virtioInterfaces(domain).flatMap((face) => {
      const txmode = attribute(face.driver, 'txmode');
      return txmode ? [txmode] : [];
    }),
  say: (txmode) => ({
    at: attributeSpan(txmode),
    message:
      txmode.value.trim() === 'timer'
        ? say`\`txmode='timer'\` holds packets back until a timer fires: it adds delay, and does nothing at all where vhost transmits. Remove it.`
        : say`\`txmode='iothread'\` is what QEMU does anyway, and it does nothing where vhost transmits. Remove it.`,
  }),
  fix: (txmode, { document }) => [dropAttribute(txmode, document)],
});
