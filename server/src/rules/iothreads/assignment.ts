/** IOThreads given to devices that cannot have them, or that do not exist. */
import { type Disk, diskName } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { controllerName, type IothreadUse, iothreadIds, iothreadUses, isVirtioScsi } from '../../domain/iothreads.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';
import { defineIothread, giveToController } from './repairs.ts';

/** One use of an id that does not exist. */
interface Undefined {
  readonly use: IothreadUse;
  /** "disk vda", "SCSI controller 0". */
  readonly device: string;
  readonly ids: ReadonlySet<number>;
}

interface WrongBus {
  readonly disk: Disk;
  readonly at: XmlAttribute | undefined;
  readonly element: XmlElement;
}

interface WrongController {
  readonly controller: XmlElement;
  readonly at: XmlAttribute;
}

function undefinedUses(domain: Domain, device: string, driver: XmlElement | undefined): Undefined[] {
  const ids = iothreadIds(domain);
  if (!ids || !domain.isQemu) return [];
  return iothreadUses(driver).flatMap((use) => (ids.has(use.id) ? [] : [{ use, device, ids }]));
}

/** For a controller libvirt takes `iothread='0'` as none; for a disk it refuses it. */
function isUnset(at: XmlAttribute): boolean {
  return at.name === 'iothread' && wholeNumber(at.value) === 0;
}

function sayUndefined({ use, device, ids }: Undefined) {
  const there = [...ids].sort((a, b) => a - b).join(', ');
  return {
    at: valueSpan(use.at),
    message: say`IOThread ${use.id} of ${device} is not defined${ids.size > 0 ? say` (there ${ids.size > 1 ? 'are' : 'is'} ${there})` : ''}; libvirt refuses the definition. Add it to \`<iothreads>\`, or name one that exists.`,
  };
}

function fixUndefined({ use, ids }: Undefined, domain: Domain): Fix[] {
  const others = [...ids].sort((a, b) => a - b).slice(0, 1);
  return [
    ...(use.id > 0 ? defineIothread(use.id, domain) : []),
    ...others.map((id) => ({
      title: say`Use IOThread ${id}`,
      edits: setAttribute(use.at.parent, use.at.name, String(id), domain.document),
    })),
  ];
}

export const refusals: readonly Rule[] = [
  defineRule<Undefined>({
    id: 'iothreads/undefined-id',
    page: 'iothreads/assignment',
    severity: 'error',
    needs: ['@iothread|iothread'],
    since: '1.2.8',
    find: (domain) =>
      domain.disks
        .filter((disk) => disk.bus === 'virtio')
        .flatMap((disk) => undefinedUses(domain, diskName(disk), disk.driver)),
    say: sayUndefined,
    fix: fixUndefined,
  }),
  defineRule<Undefined>({
    id: 'iothreads/controller-undefined-id',
    page: 'iothreads/assignment',
    severity: 'error',
    needs: ['@iothread|iothread'],
    since: '1.3.5',
    find: (domain) =>
      domain
        .devices('controller')
        .filter(isVirtioScsi)
        .flatMap((controller) => undefinedUses(domain, controllerName(controller), child(controller, 'driver')))
        .filter(({ use }) => !isUnset(use.at)),
    say: sayUndefined,
    fix: fixUndefined,
  }),
  defineRule<WrongBus>({
    id: 'iothreads/unsupported-bus',
    page: 'iothreads/assignment',
    severity: 'error',
    needs: ['@iothread|iothreads'],
    *find(domain) {
      if (!domain.isQemu) return;
      for (const disk of domain.disks) {
        const at = attribute(disk.driver, 'iothread');
        const element = at?.parent ?? (disk.driver && child(disk.driver, 'iothreads'));
        if (element && disk.bus !== undefined && disk.bus !== 'virtio') yield { disk, at, element };
      }
    },
    say: ({ disk, at, element }) => ({
      at: at ? valueSpan(at) : nameSpan(element),
      message: say`IOThreads serve virtio disks, and ${diskName(disk)} is on bus \`${disk.bus}\`; libvirt refuses the definition. ${disk.bus === 'scsi' ? say`Give the thread to its virtio-scsi controller instead.` : say`Remove the thread, or move the disk to bus virtio.`}`,
    }),
    fix: ({ disk, at }, domain) => {
      if (!at) return [];
      const removed = removeAttribute(at, domain.document);
      const moved = disk.bus === 'scsi' ? giveToController(disk, at.value.trim(), domain) : undefined;
      return [
        ...(moved
          ? [{ title: say`Move the thread to the virtio-scsi controller`, edits: [...moved, ...removed] }]
          : []),
        { title: say`Remove iothread`, edits: removed },
      ];
    },
  }),
  defineRule<WrongController>({
    id: 'iothreads/controller-not-virtio-scsi',
    page: 'iothreads/assignment',
    severity: 'error',
    needs: ['@iothread|iothreads'],
    since: '1.3.5',
    *find(domain) {
      if (!domain.isQemu) return;
      for (const controller of domain.devices('controller')) {
        const at = attribute(child(controller, 'driver'), 'iothread');
        const type = attributeValue(controller, 'type');
        // Elsewhere than on x86 a SCSI controller without a model may become a virtio one.
        const open = type === undefined || (type === 'scsi' && !attribute(controller, 'model') && !domain.isX86);
        if (at && !open && !isUnset(at) && !isVirtioScsi(controller)) yield { controller, at };
      }
    },
    say: ({ controller, at }) => {
      const model = attributeValue(controller, 'model');
      return {
        at: valueSpan(at),
        message: say`Only virtio-scsi controllers take an IOThread, and ${controllerName(controller)} is ${model ? say`of model \`${model}\`` : say`none`}; libvirt refuses the definition.`,
      };
    },
    fix: ({ controller, at }, { document }) => [
      ...(attributeValue(controller, 'type') === 'scsi'
        ? [
            {
              title: say`Change the model to 'virtio-scsi'`,
              edits: setAttribute(controller, 'model', 'virtio-scsi', document),
            },
          ]
        : []),
      { title: say`Remove iothread`, edits: removeAttribute(at, document) },
    ],
  }),
];
