/** Plugging in, unplugging and changing devices, believed when it is read back. */
import { mayHaveHappened, pause } from '../clone/patience.ts';
import { changeDevice, type DeviceAction, type DeviceScope } from '../commands/device.ts';
import { dumpXml } from '../commands/domain.ts';
import { doubtMilliseconds, notKnown, notSeen } from '../failures/doubt.ts';
import type { VirshFailure } from '../failures/explain.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { countDevice, missingOf } from './presence.ts';

export interface DeviceChange {
  readonly action: DeviceAction;
  readonly uuid: string;
  /** The device as XML. */
  readonly xml: string;
  readonly scope: DeviceScope;
}

/** What one of the two places looks like afterwards. */
export interface DeviceVerdict {
  readonly place: 'live' | 'config';
  readonly isDone: boolean;
  /** What libvirt did not take over, in sentences. */
  readonly remarks: readonly string[];
}

export interface DeviceOptions extends RunOptions {
  /** How long the guest has to let a device go. */
  readonly patienceMilliseconds?: number;
}

/** libvirt itself waits for five seconds before it says that the guest was asked. */
const usualPatienceMilliseconds = 5000;
const pollMilliseconds = 300;

/**
 * A success tells for each place whether it is as it should be. The error is that nothing was changed, or, where libvirt's answer is missing, that
 * not all of it can be seen, as its message says then.
 */
export async function runDeviceChange(
  runner: Runner,
  { action, uuid, xml, scope }: DeviceChange,
  { patienceMilliseconds = usualPatienceMilliseconds, ...options }: DeviceOptions = {},
): Promise<Result<readonly DeviceVerdict[], VirshFailure>> {
  const places = scope === 'both' ? (['live', 'config'] as const) : [scope];
  const read = (place: 'live' | 'config', by: RunOptions = {}) =>
    runner.run(dumpXml(uuid, { inactive: place === 'config' }), by);
  const counts = new Map<string, number>();
  for (const place of places) {
    const dumped = await read(place, options);
    if (!dumped.ok) return dumped;
    counts.set(place, countDevice(dumped.value, xml));
  }
  const changed = await runner.run(changeDevice(action, uuid, xml, scope), options);
  if (!changed.ok && !mayHaveHappened(changed.error)) return changed;
  const doubt = changed.ok ? undefined : changed.error;
  const reading = doubt ? { signal: AbortSignal.timeout(patienceMilliseconds + doubtMilliseconds) } : {};
  const verdicts: DeviceVerdict[] = [];
  for (const place of places) {
    const deadline = performance.now() + (place === 'live' || doubt ? patienceMilliseconds : 0);
    for (;;) {
      const dumped = await read(place, reading);
      if (!dumped.ok) return doubt ? failure(notKnown(doubt)) : dumped;
      const verdict = judge(action, place, dumped.value, xml, counts.get(place) ?? 0);
      if (verdict.isDone || performance.now() > deadline) {
        verdicts.push(verdict);
        break;
      }
      await pause(pollMilliseconds);
    }
  }
  return doubt && verdicts.some(({ isDone }) => !isDone) ? failure(notSeen(doubt)) : success(verdicts);
}

function judge(
  action: DeviceAction,
  place: 'live' | 'config',
  domainXml: string,
  deviceXml: string,
  before: number,
): DeviceVerdict {
  const count = countDevice(domainXml, deviceXml);
  switch (action) {
    case 'attach':
      return { place, isDone: count > before, remarks: missingOf(domainXml, deviceXml) ?? [] };
    case 'detach':
      return { place, isDone: count < before, remarks: [] };
    case 'update': {
      const missing = missingOf(domainXml, deviceXml);
      return { place, isDone: missing?.length === 0, remarks: missing ?? [] };
    }
  }
}
