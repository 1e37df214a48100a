import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { multiqueueVcpus } from '../../domain/options.ts';
import { say } from '../../l10n/say.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { MOST_TAP_QUEUES, queuesOf, TAP_TYPES, virtioInterfaces } from './interfaces.ts';
import { setQueues } from './repairs.ts';

interface Match {
  readonly face: NetworkInterface;
  readonly vcpus: number;
}

export const rule = defineRule<Match>({
  id: 'network/multiqueue-missing',
  severity: 'hint',
  needs: ['interface', 'model'],
  *find(domain) {
    const { vcpus } = domain;
    if (vcpus === undefined || vcpus < domain.option(multiqueueVcpus)) return;
    for (const face of virtioInterfaces(domain)) {
      const written = attribute(face.driver, 'queues');
      if (!TAP_TYPES.has(face.type)) continue;
      if (!written || queuesOf(face) === 1) yield { face, vcpus };
    }
  },
  say({ face, vcpus }) {
    const written = attribute(face.driver, 'queues');
    return {
      at: written ? valueSpan(written) : nameSpan(face.driver ?? face.element),
      message: say`One queue pair for ${vcpus} vCPUs: a single vCPU receives every packet. Under many parallel connections one queue per vCPU (\`queues='${Math.min(vcpus, MOST_TAP_QUEUES)}'\`) spreads the work; for a handful of flows it gains nothing.`,
    };
  },
  fix: ({ face, vcpus }, { document }) => setQueues(face, vcpus, document),
});
