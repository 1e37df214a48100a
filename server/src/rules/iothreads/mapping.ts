/** Lists of IOThreads inside `<driver>`: one disk or controller served by several threads. */
import { diskName } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import { controllerName, isVirtioScsi } from '../../domain/iothreads.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { removeAttribute, removeElement } from '../../xml/edits.ts';
import {
  attribute,
  attributeSpan,
  attributeValue,
  child,
  childElements,
  nameSpan,
  valueSpan,
} from '../../xml/query.ts';
import type { Span, XmlElement } from '../../xml/tree.ts';
import { defineRule, type Rule } from '../rule.ts';

interface Mapped {
  /** "disk vda", "SCSI controller 0". */
  readonly device: string;
  readonly driver: XmlElement;
  /** The `<iothread>` elements of the list. */
  readonly threads: readonly XmlElement[];
}

interface Fault extends Mapped {
  readonly at: Span;
  readonly reason: string;
}

/** Disks and controllers with a list. */
function mappedDevices(domain: Domain): Mapped[] {
  if (!domain.isQemu) return [];
  const devices = [
    ...domain.disks.map((disk) => ({ device: diskName(disk), driver: disk.driver })),
    ...domain
      .devices('controller')
      .filter(isVirtioScsi)
      .map((controller) => ({ device: controllerName(controller), driver: child(controller, 'driver') })),
  ];
  return devices.flatMap(({ device, driver }) => {
    const list = driver && child(driver, 'iothreads');
    return list ? [{ device, driver, threads: childElements(list, 'iothread') }] : [];
  });
}

export const refusals: readonly Rule[] = [
  defineRule<Mapped>({
    id: 'iothreads/attribute-and-mapping',
    page: 'iothreads/mapping',
    severity: 'error',
    needs: ['@iothread'],
    since: '10.0.0',
    find: (domain) => mappedDevices(domain).filter(({ driver }) => attribute(driver, 'iothread')),
    say: ({ device, driver }) => {
      const at = attribute(driver, 'iothread');
      return {
        at: at ? attributeSpan(at) : nameSpan(driver),
        message: say`The driver of ${device} names one IOThread by attribute and several by \`<iothreads>\`; libvirt takes one or the other. Remove the attribute.`,
      };
    },
    fix({ driver }, { document }) {
      const at = attribute(driver, 'iothread');
      const list = child(driver, 'iothreads');
      return [
        ...(at ? [{ title: say`Remove the attribute iothread`, edits: removeAttribute(at, document) }] : []),
        ...(list ? [{ title: say`Remove the list`, edits: removeElement(list, document) }] : []),
      ];
    },
  }),
  defineRule<Fault>({
    id: 'iothreads/mapping-incomplete',
    page: 'iothreads/mapping',
    severity: 'error',
    needs: ['iothread'],
    since: '10.0.0',
    *find(domain) {
      for (const mapped of mappedDevices(domain)) {
        const fault = faultOf(mapped);
        if (fault) yield { ...mapped, ...fault };
      }
    },
    say: ({ device, at, reason }) => ({
      at,
      message: say`The IOThreads of ${device} are mapped incompletely: ${reason}; libvirt refuses the definition. Without \`<queue>\` elements it spreads the queues by itself.`,
    }),
    fix({ threads }, { document }) {
      const ids = threads.map((thread) => attributeValue(thread, 'id'));
      const repeated = threads.filter((_, index) => ids.indexOf(ids[index]) < index);
      const bare = threads.filter((thread) => !repeated.includes(thread) && thread.children.length > 0);
      return [
        {
          title: say`Let libvirt spread the queues`,
          edits: [
            ...bare.map((thread) => ({ start: thread.startTagEnd - 1, end: thread.end, newText: '/>' })),
            ...repeated.flatMap((thread) => removeElement(thread, document)),
          ],
        },
      ];
    },
  }),
];

/** The first reason why libvirt refuses a list, in the order of its own checks. */
function faultOf({ driver, threads }: Mapped): { readonly at: Span; readonly reason: string } | undefined {
  const first = threads[0];
  if (!first) return undefined;
  const explicit = childElements(first, 'queue').length > 0;
  const queues = wholeNumber(attributeValue(driver, 'queues'));
  if (attribute(driver, 'queues') && queues === undefined) return undefined;
  if (explicit && !queues)
    return { at: nameSpan(driver), reason: say`queues are named, but \`<driver>\` does not say how many there are` };
  const ids = new Set<string>();
  const served = new Set<number>();
  for (const thread of threads) {
    const id = attributeValue(thread, 'id') ?? '';
    if (ids.has(id)) return { at: placeOf(thread), reason: say`IOThread ${id} is listed twice` };
    ids.add(id);
    const own = childElements(thread, 'queue');
    if (own.length > 0 !== explicit) {
      return { at: placeOf(thread), reason: say`some threads have queues and others have none` };
    }
    for (const queue of own) {
      const number = wholeNumber(attributeValue(queue, 'id'));
      if (number === undefined) return undefined;
      if (number >= (queues ?? 0)) {
        return { at: placeOf(queue), reason: say`there is no queue ${number}, only 0 to ${(queues ?? 0) - 1}` };
      }
      if (served.has(number)) {
        return { at: placeOf(queue), reason: say`queue ${number} is given twice` };
      }
      served.add(number);
    }
  }
  if (!explicit || !queues || served.size === queues) return undefined;
  const missing = [...Array(Math.min(queues, served.size + 1)).keys()].find((number) => !served.has(number));
  return { at: placeOf(first), reason: say`no thread serves queue ${missing}` };
}

function placeOf(element: XmlElement): Span {
  const id = attribute(element, 'id');
  return id ? valueSpan(id) : nameSpan(element);
}
