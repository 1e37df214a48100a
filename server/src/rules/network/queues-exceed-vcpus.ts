import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, nameSpan, textSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { MOST_TAP_QUEUES, queuesOf, TAP_TYPES, virtioInterfaces } from './interfaces.ts';
import { setQueues } from './repairs.ts';

interface Match {
  readonly face: NetworkInterface;
  readonly queues: number;
  readonly vcpus: number;
}

export const rule = defineRule<Match>({
  id: 'network/queues-exceed-vcpus',
  severity: 'warning',
  needs: ['interface', '@queues'],
  *find(domain) {
    const { vcpus } = domain;
    if (!vcpus) return;
    for (const face of virtioInterfaces(domain)) {
      const queues = queuesOf(face);
      // More than 256 is refused (network/queues-over-tap-limit); vhost-user and vDPA may pair queues with cores of the switch.
      if (!TAP_TYPES.has(face.type) || queues === undefined || queues > MOST_TAP_QUEUES) continue;
      if (queues > vcpus) yield { face, queues, vcpus };
    }
  },
  say({ face, queues, vcpus }, domain) {
    const at = attribute(face.driver, 'queues');
    const vcpu = child(domain.root, 'vcpu');
    return {
      at: at ? valueSpan(at) : nameSpan(face.element),
      message: say`${queues} queue pairs for ${vcpus} vCPU${vcpus === 1 ? '' : 's'}: the guest serves a pair from one vCPU, so ${queues - vcpus} of them stay idle and still cost two interrupt vectors and 64 KiB of kernel memory each. Use one per vCPU.`,
      ...(vcpu && {
        related: [{ ...textSpan(vcpu), message: say`The guest has ${vcpus} vCPU${vcpus === 1 ? '' : 's'}` }],
      }),
    };
  },
  fix: ({ face, vcpus }, { document }) => setQueues(face, vcpus, document),
});
