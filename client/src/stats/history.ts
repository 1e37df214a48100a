/** What a guest has used during the last minutes. */
import { type DomainRates, type DomainSample, ratesBetween } from '../../../virsh/src/index.ts';

/** Three minutes at one sample every two seconds. */
const POINTS = 90;

export interface Moment extends DomainRates {
  /** Milliseconds of a clock that only goes forward. */
  readonly at: number;
}

/** Moments of every guest of a host, oldest first, by name. */
export class History {
  private readonly moments = new Map<string, Moment[]>();
  private before: { readonly at: number; readonly samples: ReadonlyMap<string, DomainSample> } | undefined;

  add(samples: ReadonlyMap<string, DomainSample>, at: number): void {
    for (const [name, sample] of samples) {
      const earlier = this.before?.samples.get(name);
      if (!this.before || !earlier) continue;
      const rates = ratesBetween(earlier, sample, (at - this.before.at) / 1000);
      this.moments.set(name, [...(this.moments.get(name) ?? []), { at, ...rates }].slice(-POINTS));
    }
    // A guest that is off has no past when it starts again.
    for (const name of [...this.moments.keys()]) if (!samples.has(name)) this.moments.delete(name);
    this.before = { at, samples };
  }

  of(name: string): readonly Moment[] {
    return this.moments.get(name) ?? [];
  }

  /** It runs, by the last sample. */
  has(name: string): boolean {
    return this.before?.samples.has(name) ?? false;
  }
}
