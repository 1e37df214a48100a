import { type Disk, diskName } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { controllerName, iothreadIds, isVirtioScsi, usedIothreads } from '../../domain/iothreads.ts';
import { insertChild, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { countIothreads } from './repairs.ts';

interface Match {
  /** The disk or the virtio-scsi controller. */
  readonly device: XmlElement;
  /** "disk vda", "SCSI controller 0". */
  readonly name: string;
}

/** Modes without the host's page cache: the disk was set up for throughput. */
const DIRECT = new Set(['none', 'directsync']);

export const rule = defineRule<Match>({
  id: 'iothreads/missing-on-virtio-disk',
  severity: 'hint',
  since: '1.2.8',
  *find(domain) {
    const ids = iothreadIds(domain);
    if (!domain.isKvm || (domain.vcpus ?? 0) < 2 || !ids) return;
    // A thread that nobody uses is another rule's.
    if ([...ids].some((id) => !usedIothreads(domain).has(id))) return;
    const direct = domain.disks.filter(
      ({ device, driver }) =>
        (device === 'disk' || device === 'lun') && DIRECT.has(attributeValue(driver, 'cache') ?? ''),
    );
    for (const disk of direct) {
      if (disk.bus === 'virtio' && !hasThread(disk.driver)) yield { device: disk.element, name: diskName(disk) };
    }
    const busy = new Set(direct.filter(({ bus }) => bus === 'scsi').map(controllerOf));
    for (const controller of domain.devices('controller').filter(isVirtioScsi)) {
      const index = attributeValue(controller, 'index') ?? '0';
      if (busy.has(index) && !hasThread(child(controller, 'driver'))) {
        yield { device: controller, name: controllerName(controller) };
      }
    }
  },
  say: ({ device, name }) => ({
    at: nameSpan(child(device, 'driver') ?? device),
    message: `${name.charAt(0).toUpperCase()}${name.slice(1)} is served by QEMU's main loop, which it shares with the monitor and all other devices. A busy one gains throughput and steadier latency from an IOThread of its own.`,
  }),
  fix: ({ device }, domain) => {
    const { document } = domain;
    const driver = child(device, 'driver');
    const first = Math.min(...(iothreadIds(domain) ?? []));
    const isFirst = !Number.isFinite(first);
    const id = String(isFirst ? 1 : first);
    const named = driver
      ? setAttribute(driver, 'iothread', id, document)
      : insertChild(device, `<driver iothread='${id}'/>`, document, { first: true });
    const defined = isFirst ? addThread(domain) : [];
    return [{ title: `${isFirst ? 'Define and use' : 'Use'} IOThread ${id}`, edits: [...defined, ...named] }];
  },
});

/** The first IOThread; `<iothreads>0</iothreads>` may be there. */
function addThread(domain: Domain) {
  const counted = child(domain.root, 'iothreads');
  return counted ? setText(counted, '1') : countIothreads(1, domain);
}

function hasThread(driver: XmlElement | undefined): boolean {
  return (
    driver !== undefined && (attribute(driver, 'iothread') !== undefined || child(driver, 'iothreads') !== undefined)
  );
}

/** The index of the controller that a SCSI disk hangs on. */
function controllerOf(disk: Disk): string {
  return attributeValue(child(disk.element, 'address'), 'controller') ?? '0';
}
