/** Asking a guest to shut down: its agent first, then its power button. */
import { pause } from '../clone/patience.ts';
import { dumpXml } from '../commands/domain.ts';
import { type PowerMode, shutdownBy } from '../commands/lifecycle.ts';
import type { FailureKind, VirshFailure } from '../failures/explain.ts';
import { readDomains } from '../inventory.ts';
import { readXml } from '../output/xml.ts';
import { failure, type Result, success } from '../result.ts';
import type { Runner, RunOptions } from '../run/runner.ts';
import { isActive } from './verbs.ts';

interface Way {
  /** Undefined: as the hypervisor likes; some know no other. */
  readonly mode: PowerMode | undefined;
  /** How long a guest that was asked so may take before the next way is tried. */
  readonly patienceMilliseconds: number;
}

const agent: Way = { mode: 'agent', patienceMilliseconds: 60_000 };
const button: Way = { mode: 'acpi', patienceMilliseconds: 90_000 };
const lastWay: Way = { mode: undefined, patienceMilliseconds: 90_000 };

const agentChannel = 'org.qemu.guest_agent.0';
const pollMilliseconds = 500;

/** Failures that another way of asking does not help against. */
const final: ReadonlySet<FailureKind> = new Set<FailureKind>([
  'not-running',
  'not-found',
  'read-only',
  'permission',
  'cancelled',
  'timeout',
  'host-unreachable',
  'daemon-down',
  'daemon-lost',
  'login-refused',
]);

export interface ShutDownOptions extends RunOptions {
  /** Called when a guest has been asked, and by which way. */
  readonly onAsked?: (mode: PowerMode | undefined) => void;
  /** In place of the usual ways. */
  readonly ways?: readonly Way[];
}

/** `left-alone`: cancelled after the guest had been asked; it may still go down. `running`: it was asked in every way, and runs on. */
export type ShutDownEnd = 'off' | 'running' | 'left-alone';

export async function shutDown(
  runner: Runner,
  uuid: string,
  { onAsked, ways, ...options }: ShutDownOptions = {},
): Promise<Result<ShutDownEnd, VirshFailure>> {
  let refusal: VirshFailure | undefined;
  let wasAsked = false;
  const usual = ways ?? ((await hasAgent(runner, uuid, options)) ? [agent, button] : [button]);
  for (const way of [...usual, lastWay]) {
    if (way === lastWay && wasAsked) break;
    const asked = await runner.run(shutdownBy(uuid, way.mode), options);
    if (!asked.ok) {
      // It has gone down since it was asked in another way.
      if (wasAsked && (asked.error.kind === 'not-running' || asked.error.kind === 'not-found')) return success('off');
      if (wasAsked && asked.error.kind === 'cancelled') return success('left-alone');
      if (final.has(asked.error.kind)) return asked;
      refusal = asked.error;
      continue;
    }
    wasAsked = true;
    onAsked?.(way.mode);
    const end = await waitUntilOff(runner, uuid, way.patienceMilliseconds, options);
    if (!end.ok || end.value !== 'running') return end;
  }
  return wasAsked || !refusal ? success('running') : failure(refusal);
}

/** An agent listens in the guest. Asked for first: libvirt waits long for one that does not. */
async function hasAgent(runner: Runner, uuid: string, options: RunOptions): Promise<boolean> {
  const dumped = await runner.run(dumpXml(uuid), options);
  if (!dumped.ok) return false;
  const channels = readXml(dumped.value, 'domain').at('devices').all('channel');
  return channels.some((channel) => {
    const target = channel.at('target');
    return target.attribute('name') === agentChannel && target.attribute('state') === 'connected';
  });
}

async function waitUntilOff(
  runner: Runner,
  uuid: string,
  patienceMilliseconds: number,
  options: RunOptions,
): Promise<Result<ShutDownEnd, VirshFailure>> {
  const deadline = performance.now() + patienceMilliseconds;
  while (performance.now() < deadline) {
    const read = await readDomains(runner, options);
    if (options.signal?.aborted) return success('left-alone');
    if (!read.ok) return read;
    const now = read.value.find((entry) => entry.uuid === uuid);
    // A transient domain is gone once it is off.
    if (!now || !isActive(now)) return success('off');
    await pause(pollMilliseconds, options.signal);
  }
  return success('running');
}
