import { type Disk, diskName } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { controllerName, iothreadIds, isVirtioScsi, usedIothreads } from '../../domain/iothreads.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute, setText } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { countIothreads } from './repairs.ts';

/** A disk or a virtio-scsi controller, called "disk vda" or "SCSI controller 0". */
interface Served {
  readonly device: XmlElement;
  readonly name: string;
}

/** Said once a domain, of the first: the main loop is one, however many share it. */
interface Match extends Served {
  readonly others: readonly Served[];
}

/** Others that are named; a list of hundreds helps nobody. */
const MOST_NAMED = 5;

/** Modes without the host's page cache: the disk was set up for throughput. */
const DIRECT = new Set(['none', 'directsync']);

export const rule = defineRule<Match>({
  id: 'iothreads/missing-on-virtio-disk',
  severity: 'hint',
  needs: ['@cache'],
  since: '1.2.8',
  find(domain) {
    const [first, ...others] = servedByMainLoop(domain);
    return first ? [{ ...first, others }] : [];
  },
  say: ({ device, name, others }) => {
    const all =
      others.length === 0
        ? say`${name} is served by QEMU's main loop, shared with the monitor and all other devices.`
        : say`${name} and ${others.length} more are served by QEMU's main loop, shared with the monitor and all other devices.`;
    return {
      at: nameSpan(child(device, 'driver') ?? device),
      message: say`${all.charAt(0).toUpperCase()}${all.slice(1)} A busy one gains throughput and steadier latency from an IOThread of its own.`,
      related: others
        .slice(0, MOST_NAMED)
        .map((other) => ({ ...nameSpan(other.device), message: say`So is ${other.name}` })),
    };
  },
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
    return [
      { title: isFirst ? say`Define and use IOThread ${id}` : say`Use IOThread ${id}`, edits: [...defined, ...named] },
    ];
  },
});

function servedByMainLoop(domain: Domain): Served[] {
  const ids = iothreadIds(domain);
  if (!domain.isKvm || (domain.vcpus ?? 0) < 2 || !ids) return [];
  // A thread that nobody uses is another rule's.
  const used = usedIothreads(domain);
  if ([...ids].some((id) => !used.has(id))) return [];
  const direct = domain.disks.filter(
    ({ device, driver }) =>
      (device === 'disk' || device === 'lun') && DIRECT.has(attributeValue(driver, 'cache') ?? ''),
  );
  const disks = direct.filter(({ bus, driver }) => bus === 'virtio' && !hasThread(driver));
  const busy = new Set(direct.filter(({ bus }) => bus === 'scsi').map(controllerOf));
  const controllers = domain
    .devices('controller')
    .filter(
      (one) => isVirtioScsi(one) && busy.has(attributeValue(one, 'index') ?? '0') && !hasThread(child(one, 'driver')),
    );
  return [
    ...disks.map((disk) => ({ device: disk.element, name: diskName(disk) })),
    ...controllers.map((device) => ({ device, name: controllerName(device) })),
  ];
}

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
