/** Pins and schedulers of the guest's threads that libvirt refuses. */

import { formatCpuset } from '../../domain/cpuset.ts';
import { cpuTune, type Pin, type Scheduling } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import { iothreadIds } from '../../domain/iothreads.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { removeElement, setText, setValue } from '../../xml/edits.ts';
import { attribute, child, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { defineIothread } from '../iothreads/repairs.ts';
import { type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'numa-pinning/threads';

/** A thread pinned a second time. */
function* pinnedTwice(pins: readonly Pin[], noun: string, { document }: Domain): Iterable<Refused> {
  const seen = new Map<number, Pin>();
  for (const pin of pins) {
    const first = seen.get(pin.number);
    if (!first) {
      seen.set(pin.number, pin);
      continue;
    }
    const all = first.cpus && pin.cpus && formatCpuset([...first.cpus, ...pin.cpus]);
    const merge = all &&
      first.cpuset && [...setValue(first.cpuset, all, document), ...removeElement(pin.element, document)];
    yield {
      at: valueSpan(pin.id),
      message: say`${noun} ${pin.number} is pinned twice: libvirt refuses the definition. One \`cpuset\` may name several CPUs.`,
      related: [relatedTo(valueSpan(first.id), say`The first pin`)],
      fixes: [merge ? { title: say`Merge to '${all}'`, edits: merge } : undefined, dropElement(pin.element, document)],
    };
  }
}

function unknownIothread(id: number, at: XmlAttribute, domain: Domain): Refused[] {
  const ids = iothreadIds(domain);
  if (!ids || ids.has(id)) return [];
  return [
    {
      at: valueSpan(at),
      message: say`IOThread ${id} is not defined${ids.size > 0 ? say` (there ${ids.size > 1 ? 'are' : 'is'} ${[...ids].join(say`, `)})` : ''}: libvirt refuses the definition.`,
      fixes: [...(id > 0 ? defineIothread(id, domain) : []), dropElement(at.parent, domain.document)],
    },
  ];
}

/** Threads that have two schedulers, or that the guest has not. */
function* wrongSchedulers(
  schedulings: readonly Scheduling[],
  noun: string,
  domain: Domain,
  others: (scheduling: Scheduling) => Iterable<Refused>,
): Iterable<Refused> {
  const { document } = domain;
  const owners = new Map<number, Scheduling>();
  for (const one of schedulings) {
    const taken = [...one.ids].find((id) => owners.has(id));
    const first = taken === undefined ? undefined : owners.get(taken);
    if (first) {
      const left = formatCpuset([...one.ids].filter((id) => !owners.has(id)));
      yield {
        at: valueSpan(one.threads),
        message: say`${noun} ${taken} has a scheduler already: libvirt refuses lists that overlap. Name each in one.`,
        related: [relatedTo(valueSpan(first.threads), say`The first list`)],
        fixes: [
          left
            ? { title: say`Keep ${left}`, edits: setValue(one.threads, left, document) }
            : dropElement(one.element, document),
        ],
      };
    }
    for (const id of one.ids) if (!owners.has(id)) owners.set(id, one);
    yield* others(one);
  }
}

/** vCPUs beyond the guest's maximum. */
function* beyondVcpus({ ids, threads, element }: Scheduling, { vcpus, document }: Domain): Iterable<Refused> {
  if (!vcpus || ![...ids].some((id) => id >= vcpus)) return;
  const left = formatCpuset([...ids].filter((id) => id < vcpus));
  yield {
    at: valueSpan(threads),
    message: say`The guest has vCPUs 0 to ${vcpus - 1}; libvirt refuses a scheduler for any other.`,
    fixes: [
      left ? { title: say`Keep ${left}`, edits: setValue(threads, left, document) } : dropElement(element, document),
    ],
  };
}

/** Elements that must say which threads they mean. */
const NAMED: Readonly<Record<string, string>> = { vcpusched: 'vcpus', iothreadsched: 'iothreads' };

function* withoutThreads(domain: Domain): Iterable<Refused> {
  const { element } = cpuTune(domain);
  for (const one of element?.children ?? []) {
    if (one.kind !== 'element') continue;
    const name = NAMED[one.name];
    if (name === undefined || attribute(one, name)) continue;
    yield {
      at: nameSpan(one),
      message: say`\`<${one.name}>\` does not say whose scheduler it is: libvirt refuses it without \`${name}\`.`,
      fixes: [
        setValueOf(one, name, name === 'vcpus' ? `0-${Math.max((domain.vcpus ?? 1) - 1, 0)}` : '1', domain.document),
      ],
    };
  }
}

/** What the kernel's bandwidth control takes, in microseconds; 0 and -1 stand for none. */
const LIMITS: readonly (readonly [suffix: string, least: number, most: number])[] = [
  ['period', 1000, 1_000_000],
  ['quota', 1000, 17_592_186_044_415],
];

function* beyondBandwidth(domain: Domain): Iterable<Refused> {
  const { element } = cpuTune(domain);
  if (!element) return;
  for (const [suffix, least, most] of LIMITS)
    for (const prefix of ['', 'global_', 'emulator_', 'iothread_']) {
      const limit = child(element, prefix + suffix);
      const number = limit && wholeNumber(textOf(limit));
      if (!limit || !number || (number >= least && number <= most)) continue;
      const near = String(number < least ? least : most);
      yield {
        at: textSpan(limit),
        message: say`\`<${limit.name}>\` goes from ${least} to ${most} microseconds: libvirt refuses ${number}.`,
        fixes: [{ title: say`Change ${limit.name} to ${near}`, edits: setText(limit, near) }],
      };
    }
}

export const refusals: readonly Rule[] = [
  refusal('numa-pinning/vcpupin-duplicate', page, (domain) => pinnedTwice(cpuTune(domain).vcpuPins, 'vCPU', domain), {
    needs: ['vcpupin'],
  }),
  refusal(
    'numa-pinning/iothreadpin-unknown',
    page,
    (domain) => {
      const pins = cpuTune(domain).iothreadPins;
      return [
        ...pins.flatMap(({ number, id }) => unknownIothread(number, id, domain)),
        ...pinnedTwice(pins, 'IOThread', domain),
      ];
    },
    { since: '1.2.9', needs: ['iothreadpin'] },
  ),
  refusal(
    'numa-pinning/vcpusched-overlap',
    page,
    (domain) => {
      const { vcpuSchedulings, iothreadSchedulings } = cpuTune(domain);
      const unknown = ({ ids, threads }: Scheduling): Refused[] =>
        [...ids].flatMap((id) => unknownIothread(id, threads, domain)).slice(0, 1);
      return [
        ...wrongSchedulers(vcpuSchedulings, 'vCPU', domain, (one) => beyondVcpus(one, domain)),
        ...wrongSchedulers(iothreadSchedulings, 'IOThread', domain, unknown),
        ...withoutThreads(domain),
      ];
    },
    { since: '1.2.13', needs: ['vcpusched|iothreadsched'] },
  ),
  refusal('numa-pinning/bandwidth-range', page, beyondBandwidth, { since: '0.9.4', needs: ['cputune'] }),
];
