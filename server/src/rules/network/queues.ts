/** Numbers of queues and sizes of rings that libvirt, QEMU or the kernel refuse. */

import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropAttribute, setValueOf } from '../fixes.ts';
import { defineRule, type Rule } from '../rule.ts';
import { backendOf, MOST_TAP_QUEUES, queuesOf, TAP_TYPES, virtioInterfaces } from './interfaces.ts';
import { setQueues } from './repairs.ts';

/** Entries of a virtio-net ring that QEMU takes (VIRTIO_NET_RX_QUEUE_MIN_SIZE, VIRTQUEUE_MAX_SIZE). */
const FEWEST_ENTRIES = 256;
const MOST_ENTRIES = 1024;

/** A size of ring that both libvirt and QEMU take: a power of two from 256 to 1024. */
export function isRingSize(entries: number): boolean {
  return [FEWEST_ENTRIES, 512, MOST_ENTRIES].includes(entries);
}

interface Queues {
  readonly face: NetworkInterface;
  readonly at: XmlAttribute;
}

/** Interfaces with a number of queues for which `wrong` holds. */
function withQueues(
  faces: readonly NetworkInterface[],
  wrong: (face: NetworkInterface, queues: number) => boolean,
): Queues[] {
  return faces.flatMap((face) => {
    const at = attribute(face.driver, 'queues');
    const queues = queuesOf(face);
    return at && queues !== undefined && wrong(face, queues) ? [{ face, at }] : [];
  });
}

/** Backends with one channel: everything but taps, vhost-user and vDPA, and passt behind vhost-user as well. */
function hasOneChannel(face: NetworkInterface): boolean {
  if (face.type === 'vhostuser') return backendOf(face) === 'passt';
  return ['user', 'server', 'client', 'mcast', 'udp', 'internal'].includes(face.type);
}

export const refusals: readonly Rule[] = [
  defineRule<Queues>({
    id: 'network/queues-over-tap-limit',
    page: 'network/queues',
    severity: 'error',
    needs: ['interface', '@queues'],
    find: (domain) =>
      withQueues(virtioInterfaces(domain), (face, queues) => TAP_TYPES.has(face.type) && queues > MOST_TAP_QUEUES),
    say: ({ at }) => ({
      at: valueSpan(at),
      message: say`The guest cannot start with \`queues='${at.value.trim()}'\`: the kernel gives a tap device at most ${MOST_TAP_QUEUES} queues. Use one per vCPU.`,
    }),
    fix: ({ face }, { vcpus, document }) => setQueues(face, vcpus || 1, document),
  }),
  defineRule<Queues>({
    id: 'network/queues-on-user',
    page: 'network/queues',
    severity: 'error',
    needs: ['interface', '@queues'],
    find: (domain) => withQueues(virtioInterfaces(domain), (face, queues) => hasOneChannel(face) && queues > 1),
    say: ({ face, at }) => ({
      at: valueSpan(at),
      message: say`The guest cannot start: an interface of type \`${face.type}\`${face.type === 'vhostuser' ? say` on passt` : ''} has a single queue. Remove \`queues\`, or attach to a network or bridge.`,
    }),
    fix: ({ at }, { document }) => [dropAttribute(at, document)],
  }),
  defineRule<XmlAttribute>({
    id: 'network/queue-size',
    page: 'network/queues',
    severity: 'error',
    needs: ['@rx_queue_size|@tx_queue_size'],
    since: '3.7.0',
    find: (domain) =>
      virtioInterfaces(domain)
        .flatMap((face) => face.driver?.attributes ?? [])
        .filter(({ name }) => name === 'rx_queue_size' || name === 'tx_queue_size')
        .filter(({ value }) => {
          const entries = wholeNumber(value);
          // 0 stands for the default.
          return entries !== undefined && entries !== 0 && !isRingSize(entries);
        }),
    say: (size) => ({
      at: valueSpan(size),
      message: say`\`${size.name}='${size.value.trim()}'\` is refused: a ring has 256, 512 or 1024 entries.`,
    }),
    fix: (size, { document }) => [
      setValueOf(size.parent, size.name, String(nearestRing(Number(size.value))), document),
      dropAttribute(size, document),
    ],
  }),
];

/** The smallest size of ring that holds so many entries, the largest where none does. */
function nearestRing(entries: number): number {
  return [FEWEST_ENTRIES, 512].find((size) => entries <= size) ?? MOST_ENTRIES;
}
