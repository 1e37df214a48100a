/** What decides how well guests run on a host and what libvirt does not tell: read with one script, which changes nothing. */
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { readHostFacts } from '../facts/read.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { script } from './script.ts';

/** By name, such as `ksm.run`; a name may come several times. What cannot be read is missing. */
export type Settings = ReadonlyMap<string, readonly string[]>;

export interface TuningReading {
  readonly facts: HostFacts;
  /** Undefined where the host has no shell for us: then why. */
  readonly settings: Settings | undefined;
  readonly refusal?: string;
}

export function parseSettings(output: string): Settings {
  const settings = new Map<string, string[]>();
  for (const line of output.split('\n')) {
    const [name, value] = line.split('\t');
    if (name && value !== undefined) settings.set(name, [...(settings.get(name) ?? []), value.trim()]);
  }
  return settings;
}

export async function readTuning(host: Host, options: RunOptions = {}): Promise<Result<TuningReading, VirshFailure>> {
  const [facts, printed] = await Promise.all([readHostFacts(host, options), host.script(script, options)]);
  if (!facts.ok) return facts;
  if (!printed.ok) return success({ facts: facts.value, settings: undefined, refusal: printed.error.message });
  return success({ facts: facts.value, settings: parseSettings(printed.value) });
}
