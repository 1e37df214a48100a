import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import { dropAttribute } from '../fixes.ts';
import { defineRule } from '../rule.ts';
import { virtioInterfaces } from './interfaces.ts';
import { isRingSize } from './queues.ts';

/** Entries of the transmit ring that QEMU gives to a backend which isn't vhost-user or vDPA, whatever is asked for. */
const TAP_RING = 256;

export const rule = defineRule({
  id: 'network/tx-queue-size-tap',
  severity: 'hint',
  needs: ['@tx_queue_size'],
  since: '3.7.0',
  find: (domain) =>
    virtioInterfaces(domain)
      .filter((face) => face.type !== 'vhostuser' && face.type !== 'vdpa')
      .flatMap((face) => {
        const size = attribute(face.driver, 'tx_queue_size');
        const entries = wholeNumber(size?.value);
        return size && entries !== undefined && isRingSize(entries) && entries > TAP_RING ? [size] : [];
      }),
  say: (size) => ({
    at: valueSpan(size),
    message: say`\`tx_queue_size='${size.value.trim()}'\` has no effect here: only vhost-user and vDPA backends take a transmit ring of more than ${TAP_RING} entries. Remove it.`,
  }),
  fix: (size, { document }) => [dropAttribute(size, document)],
});
