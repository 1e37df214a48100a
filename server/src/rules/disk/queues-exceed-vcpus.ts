import type { Domain } from '../../domain/domain.ts';
import { isVirtioScsi } from '../../domain/iothreads.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, child, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { qemuDisks } from './places.ts';

interface Match {
  readonly at: XmlAttribute;
  readonly queues: number;
  readonly vcpus: number;
}

/** driver/@queues of the virtio disks and virtio-scsi controllers. */
function queueAttributes(domain: Domain): XmlAttribute[] {
  const disks = qemuDisks(domain).filter((disk) => disk.bus === 'virtio' && disk.type !== 'vhostuser');
  const controllers = domain.isQemu ? domain.devices('controller').filter(isVirtioScsi) : [];
  const drivers = [...disks.map((disk) => disk.driver), ...controllers.map((one) => child(one, 'driver'))];
  return drivers.flatMap((driver) => attribute(driver, 'queues') ?? []);
}

export const rule = defineRule<Match>({
  id: 'disk/queues-exceed-vcpus',
  severity: 'warning',
  needs: ['@queues'],
  since: '3.9.0',
  *find(domain) {
    const { vcpus } = domain;
    if (!vcpus) return;
    for (const at of queueAttributes(domain)) {
      const queues = wholeNumber(at.value);
      if (queues !== undefined && queues > vcpus) yield { at, queues, vcpus };
    }
  },
  say({ at, queues, vcpus }, domain) {
    const vcpu = child(domain.root, 'vcpu');
    const cpus = say`${vcpus} vCPU${vcpus === 1 ? '' : 's'}`;
    return {
      at: valueSpan(at),
      message: say`${queues} queues for ${cpus}: a guest submits through one queue for each CPU, so ${queues - vcpus} stay idle and cost interrupt vectors and memory. Use ${vcpus}, or leave the number out: QEMU 5.2 and later choose one for each vCPU.`,
      ...(vcpu && { related: [{ ...textSpan(vcpu), message: say`The guest has ${cpus}` }] }),
    };
  },
  fix: ({ at, vcpus }, domain) => [
    {
      title: say`Change queues to '${vcpus}'`,
      edits: setAttribute(at.parent, 'queues', `${vcpus}`, domain.document),
    },
  ],
});
