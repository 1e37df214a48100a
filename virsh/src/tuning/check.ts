/** From what was read to what it means for the guests of a host. Pure: it asks nobody, and nothing is changed. */
import { type Phrase, phrase, say } from '../../../server/src/l10n/say.ts';
import { checkCpus } from './checkCpus.ts';
import { checkDisks } from './checkDisks.ts';
import { checkMemory } from './checkMemory.ts';
import { checkServices } from './checkServices.ts';
import type { TuningReading } from './reading.ts';

/** `costs`: guests are slower than they need be, or do not start. `look`: right for some hosts, wrong for others. */
export type TuningWeight = 'costs' | 'look' | 'fine';

export interface TuningFinding {
  readonly weight: TuningWeight;
  readonly subject: string;
  /** As the host shows it. */
  readonly value: string;
  /** What it means for the guests there: a sentence or two. */
  readonly meaning: string;
  /** For a root shell on the host; undefined where there is nothing to do. */
  readonly command?: string;
  readonly source: string;
}

const order: readonly TuningWeight[] = ['costs', 'look', 'fine'];

export function checkTuning(reading: TuningReading): readonly TuningFinding[] {
  const checks = [checkMemory, checkCpus, checkDisks, checkServices];
  const findings = checks.flatMap((check) => [...check(reading)]);
  return findings.sort((a, b) => order.indexOf(a.weight) - order.indexOf(b.weight));
}

const notSeen: Phrase = phrase`KSM, transparent huge pages, swapping, I/O schedulers, CPU governor, clock, vhost, nested virtualisation and libvirt's log`;

/** What could not be looked at, in a sentence; undefined where all could. */
export function unseen({ settings, refusal }: TuningReading): string | undefined {
  return settings ? undefined : say`Not seen: ${notSeen}. ${refusal}`;
}
