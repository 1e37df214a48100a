/** From counters that only grow to what is going on now. */
import type { DomainSample } from '../output/domainStats.ts';

export interface DomainRates {
  /** Share of the vCPUs that is busy, in percent; of one CPU where their number is not known. */
  readonly cpu: number | undefined;
  /** Bytes on the host. */
  readonly memory: number | undefined;
  /** Bytes a second. */
  readonly blockRead: number | undefined;
  readonly blockWritten: number | undefined;
  readonly netReceived: number | undefined;
  readonly netSent: number | undefined;
}

/** What happened between two samples that lie some seconds apart. A counter that has shrunk began anew: the guest was restarted. */
export function ratesBetween(before: DomainSample, after: DomainSample, seconds: number): DomainRates {
  const rate = (counter: keyof DomainSample): number | undefined => {
    const [from, to] = [before[counter], after[counter]];
    if (from === undefined || to === undefined || to < from || seconds <= 0) return undefined;
    return (to - from) / seconds;
  };
  const nanoseconds = rate('cpuTime');
  const busy = nanoseconds === undefined ? undefined : (nanoseconds / 1e9 / (after.vcpus ?? 1)) * 100;
  return {
    // The clock of the host and ours do not tick in the same moment.
    cpu: busy === undefined ? undefined : Math.min(busy, 100),
    memory: after.resident ?? after.memory,
    blockRead: rate('blockRead'),
    blockWritten: rate('blockWritten'),
    netReceived: rate('netReceived'),
    netSent: rate('netSent'),
  };
}
