import type { Domain } from '../domain/domain.ts';
import { iothreadIds, isVirtioScsi } from '../domain/iothreads.ts';
import type { TextEdit } from '../finding.ts';
import { say } from '../l10n/say.ts';
import { countIothreads } from '../rules/iothreads/repairs.ts';
import { insertChild, setAttribute, setText } from '../xml/edits.ts';
import { attribute, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';
import { around, type OfferRefactoring } from './refactoring.ts';

export const offer: OfferRefactoring = (domain, at) => {
  const asked = ['disk', 'iothreads', 'controller'].some((name) => around(at, name));
  const devices = asked && domain.isQemu ? withoutThread(domain) : [];
  const ids = iothreadIds(domain);
  if (!ids || devices.length === 0 || child(domain.root, 'iothreadids')) return [];
  // More threads than vCPUs have nothing to do: a vCPU that waits for its disk makes no other requests.
  const threads = Math.max(ids.size, Math.min(devices.length, domain.vcpus ?? 1));
  const many = threads > 1;
  return [
    {
      page: 'iothreads-for-disks',
      title: say`Spread the disks over ${threads} IOThread${many ? 's' : ''}`,
      consequences: [
        say`QEMU starts ${threads} more thread${many ? 's' : ''} on the host: where vCPUs are pinned, pin ${many ? 'them' : 'it'} too (iothreadpin), near the NUMA node of the storage.`,
        say`The guest notices nothing but speed. The gain is greatest with cache='none' and io='native' or io_uring, and on fast storage.`,
        say`It takes effect at the next cold start.`,
      ],
      edits: [
        ...defined(threads, ids.size, domain),
        ...devices.flatMap((device, index) => useThread(device, (index % threads) + 1, domain)),
      ],
    },
  ];
};

/** Virtio disks, and virtio-scsi controllers for the disks behind them. */
function withoutThread(domain: Domain): XmlElement[] {
  const disks = domain.disks.filter(
    ({ bus, device, type }) => bus === 'virtio' && (device === 'disk' || device === 'lun') && type !== 'vhostuser',
  );
  const all = [...disks.map(({ element }) => element), ...domain.devices('controller').filter(isVirtioScsi)];
  return all.filter((device) => {
    const driver = child(device, 'driver');
    return !attribute(driver, 'iothread') && !(driver && child(driver, 'iothreads'));
  });
}

function defined(threads: number, known: number, domain: Domain): TextEdit[] {
  if (threads === known) return [];
  const counted = child(domain.root, 'iothreads');
  return counted ? setText(counted, String(threads)) : countIothreads(threads, domain);
}

function useThread(device: XmlElement, id: number, { document }: Domain): TextEdit[] {
  const driver = child(device, 'driver');
  if (driver) return setAttribute(driver, 'iothread', String(id), document);
  const name = device.name === 'disk' ? "name='qemu' " : '';
  return insertChild(device, `<driver ${name}iothread='${id}'/>`, document, { first: true });
}
