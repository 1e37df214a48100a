/** What cputune says of the guest's threads: where they run (pins), and how the host's scheduler treats them. */
import { attribute, attributeValue, child, childElements } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import { parseCpuset } from './cpuset.ts';
import type { Domain } from './domain.ts';
import { iothreadIds } from './iothreads.ts';
import { wholeNumber } from './numbers.ts';

/** One `<vcpupin>` or `<iothreadpin>`. */
export interface Pin {
  readonly element: XmlElement;
  /** @vcpu or @iothread. */
  readonly id: XmlAttribute;
  readonly number: number;
  readonly cpuset: XmlAttribute | undefined;
  /** Host CPUs, or undefined where the set can't be read. */
  readonly cpus: ReadonlySet<number> | undefined;
}

/** One `<vcpusched>` or `<iothreadsched>`. */
export interface Scheduling {
  readonly element: XmlElement;
  /** @vcpus or @iothreads. */
  readonly threads: XmlAttribute;
  readonly ids: ReadonlySet<number>;
  /** fifo or rr: ahead of everything that is not real-time. */
  readonly isRealTime: boolean;
}

export interface CpuTune {
  readonly element: XmlElement | undefined;
  readonly vcpuPins: readonly Pin[];
  readonly iothreadPins: readonly Pin[];
  readonly emulatorPin: XmlElement | undefined;
  readonly vcpuSchedulings: readonly Scheduling[];
  readonly iothreadSchedulings: readonly Scheduling[];
}

export function cpuTune(domain: Domain): CpuTune {
  return domain.keep('cpu tune', () => {
    const element = child(domain.root, 'cputune');
    const parts = (name: string): XmlElement[] => (element ? childElements(element, name) : []);
    return {
      element,
      vcpuPins: parts('vcpupin').flatMap((one) => readPin(one, 'vcpu')),
      iothreadPins: parts('iothreadpin').flatMap((one) => readPin(one, 'iothread')),
      emulatorPin: element && child(element, 'emulatorpin'),
      vcpuSchedulings: parts('vcpusched').flatMap((one) => readScheduling(one, 'vcpus')),
      iothreadSchedulings: parts('iothreadsched').flatMap((one) => readScheduling(one, 'iothreads')),
    };
  });
}

function readPin(element: XmlElement, name: string): Pin[] {
  const id = attribute(element, name);
  const number = wholeNumber(id?.value);
  const cpuset = attribute(element, 'cpuset');
  return id && number !== undefined ? [{ element, id, number, cpuset, cpus: cpuset && parseCpuset(cpuset.value) }] : [];
}

function readScheduling(element: XmlElement, name: string): Scheduling[] {
  const threads = attribute(element, name);
  const ids = threads && parseCpuset(threads.value);
  const isRealTime = ['fifo', 'rr'].includes(attributeValue(element, 'scheduler') ?? '');
  return threads && ids ? [{ element, threads, ids, isRealTime }] : [];
}

/** The vCPUs that have a pin of their own, as far as the guest has them. */
export function pinnedVcpus(domain: Domain): ReadonlySet<number> {
  return domain.keep('pinned vcpus', () => {
    const most = domain.vcpus ?? 0;
    return new Set(cpuTune(domain).vcpuPins.flatMap(({ number }) => (number < most ? [number] : [])));
  });
}

/** Every vCPU has a pin of its own. */
export function allVcpusPinned(domain: Domain): boolean {
  return domain.vcpus !== undefined && domain.vcpus > 0 && pinnedVcpus(domain).size === domain.vcpus;
}

/** vcpu/@cpuset: where every thread runs that has no pin of its own. */
export function commonCpuset(domain: Domain): XmlAttribute | undefined {
  return attribute(child(domain.root, 'vcpu'), 'cpuset');
}

/** The IOThreads without a pin of their own. */
export function unpinnedIothreads(domain: Domain): readonly number[] {
  const pinned = new Set(cpuTune(domain).iothreadPins.map(({ number }) => number));
  return [...(iothreadIds(domain) ?? [])].filter((id) => !pinned.has(id));
}
