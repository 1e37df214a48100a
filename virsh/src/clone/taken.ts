/** Names, UUIDs and MAC addresses that the domains of a host have: a clone must not get them. */
import { dumpXml, listIdentities } from '../commands/domain.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { DomainIdentity } from '../output/domainList.ts';
import { parseDomain } from '../output/domainXml.ts';
import { type Result, success } from '../result.ts';
import { Batch } from '../run/batch.ts';
import type { Runner, RunOptions } from '../run/runner.ts';

export interface Taken {
  readonly names: ReadonlySet<string>;
  readonly uuids: ReadonlySet<string>;
  /** In lower case. */
  readonly macs: ReadonlySet<string>;
}

/** What was asked of hosts that have no part in the cloning. */
export interface Elsewhere {
  readonly asked: readonly { readonly host: string; readonly taken: Taken }[];
  /** Hosts that could not be asked, with the reason. */
  readonly notAsked: readonly { readonly host: string; readonly reason: string }[];
}

export const nowhereElse: Elsewhere = { asked: [], notAsked: [] };

/** The line that a batch gives virsh is one argument, and Linux takes 128 KiB for one: some 700 dumps. */
const dumpsAtOnce = 400;

/** Two round trips for up to 400 domains. */
export async function readTaken(runner: Runner, options: RunOptions = {}): Promise<Result<Taken, VirshFailure>> {
  const listed = await runner.run(listIdentities(), options);
  return listed.ok ? takenBy(runner, listed.value, options) : listed;
}

/** What these domains, all of a host, have taken. */
export async function takenBy(
  runner: Runner,
  domains: readonly DomainIdentity[],
  options: RunOptions = {},
): Promise<Result<Taken, VirshFailure>> {
  const macs = new Set<string>();
  for (let at = 0; at < domains.length; at += dumpsAtOnce) {
    const batch = new Batch(runner);
    const dumps = domains.slice(at, at + dumpsAtOnce).map(({ uuid }) => batch.add(dumpXml(uuid, { inactive: true })));
    await batch.send(options);
    for (const dump of await Promise.all(dumps)) {
      // A domain that has gone in the meantime takes no address.
      if (!dump.ok && dump.error.kind === 'not-found') continue;
      if (!dump.ok) return dump;
      for (const { mac } of parseDomain(dump.value).interfaces) if (mac !== undefined) macs.add(mac.toLowerCase());
    }
  }
  return success({
    names: new Set(domains.map(({ name }) => name)),
    uuids: new Set(domains.map(({ uuid }) => uuid)),
    macs,
  });
}

/** Asks several hosts at the same time. One that does not answer is told, and hinders nobody. */
export async function readElsewhere(runners: readonly Runner[], options: RunOptions = {}): Promise<Elsewhere> {
  const answers = await Promise.all(
    runners.map(async (runner) => ({ host: runner.connection.name, taken: await readTaken(runner, options) })),
  );
  return {
    asked: answers.flatMap(({ host, taken }) => (taken.ok ? [{ host, taken: taken.value }] : [])),
    notAsked: answers.flatMap(({ host, taken }) => (taken.ok ? [] : [{ host, reason: taken.error.message }])),
  };
}
