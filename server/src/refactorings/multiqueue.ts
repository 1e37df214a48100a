import { readInterface } from '../domain/networkInterface.ts';
import { say } from '../l10n/say.ts';
import { MOST_TAP_QUEUES, queuesOf, TAP_TYPES } from '../rules/network/interfaces.ts';
import { setQueues } from '../rules/network/repairs.ts';
import { around, type OfferRefactoring } from './refactoring.ts';

export const offer: OfferRefactoring = (domain, at) => {
  const element = around(at, 'interface');
  const face = element && readInterface(element);
  const { vcpus } = domain;
  if (!face || !domain.isQemu || !face.isVirtio || !TAP_TYPES.has(face.type) || vcpus === undefined || vcpus < 2)
    return [];
  if (queuesOf(face) === Math.min(vcpus, MOST_TAP_QUEUES)) return [];
  const [fix] = setQueues(face, vcpus, domain.document);
  if (!fix) return [];
  return [
    {
      page: 'multiqueue',
      title: say`Give the interface one queue per vCPU (${Math.min(vcpus, MOST_TAP_QUEUES)})`,
      consequences: [
        say`Each queue pair gets a vhost thread on the host and buffers in the guest: plan host CPUs for them where vCPUs are pinned.`,
        say`It pays with many connections at once; one connection still uses one queue.`,
        say`Current Linux guests and virtio-win take all queues by themselves; older Linux needs "ethtool -L <interface> combined <queues>".`,
        say`It takes effect at the next cold start, and must be the same on both ends of a live migration.`,
      ],
      edits: fix.edits,
    },
  ];
};
