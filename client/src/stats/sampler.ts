/** Samples of hosts: one question a host and interval, however many guests are looked at, and none while nobody looks. */
import { type Host, stats, type VirshFailure } from '../../../virsh/src/index.ts';
import { History } from './history.ts';

const INTERVAL_MILLISECONDS = 2000;
const RETRY_MILLISECONDS = 10_000;

type Listener = (history: History, failure: VirshFailure | undefined) => void;

class HostSampler {
  private readonly host: Host;
  private readonly listeners = new Set<Listener>();
  private history = new History();
  private looking: AbortController | undefined;

  constructor(host: Host) {
    this.host = host;
  }

  add(listener: Listener): void {
    this.listeners.add(listener);
    if (this.looking) return;
    // Counters of before a pause would make one flat line of it.
    this.history = new History();
    this.looking = new AbortController();
    void this.look(this.looking.signal);
  }

  remove(listener: Listener): void {
    this.listeners.delete(listener);
    if (this.listeners.size > 0) return;
    this.looking?.abort();
    this.looking = undefined;
  }

  private async look(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const sampled = await this.host.run(stats.sampleDomains(), { signal });
      if (signal.aborted) return;
      if (sampled.ok) this.history.add(sampled.value, performance.now());
      for (const listener of this.listeners) listener(this.history, sampled.ok ? undefined : sampled.error);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, sampled.ok ? INTERVAL_MILLISECONDS : RETRY_MILLISECONDS);
        signal.addEventListener('abort', () => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}

const samplers = new WeakMap<Host, HostSampler>();

/** Calls the listener after each sample of the host until the signal is aborted. */
export function watchHost(host: Host, listener: Listener, signal: AbortSignal): void {
  const sampler = samplers.get(host) ?? new HostSampler(host);
  samplers.set(host, sampler);
  sampler.add(listener);
  signal.addEventListener('abort', () => sampler.remove(listener), { once: true });
}
