/** Asks a host for its facts, in three round trips: what there is, what each thing is, what is in the images. It changes nothing. */
import { readCapabilities } from '../../../server/src/host/capabilities.ts';
import { FACTS_VERSION, type HostEmulator, type HostFacts, type HostPool } from '../../../server/src/host/facts.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import type { VirshCommand } from '../command.ts';
import { dumpXml, listIdentities, listStates } from '../commands/domain.ts';
import {
  capabilities,
  connectionMode,
  type DomainCapabilitiesQuery,
  domainCapabilities,
  dumpDevice,
  listDevices,
  listNetworkFilters,
  listSecrets,
} from '../commands/host.ts';
import { dumpNetwork, listNetworks } from '../commands/network.ts';
import { dumpPool, dumpVolume, listPoolsThat, listVolumePaths } from '../commands/storage.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { type HostObject, objectsOf } from '../inventory.ts';
import { type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { readDevices } from './devices.ts';
import { readEmulator } from './emulator.ts';
import { freePages, onlineCpus, withFreePages } from './memory.ts';
import { readNetwork, readOtherDomain } from './objects.ts';

/** One line for virsh must stay below 128 KiB, which is the most that a program takes as one argument. */
const COMMANDS_AT_A_TIME = 150;
/** Beyond this many volumes what is in them is not looked at. */
const MOST_VOLUMES = 600;

/** What cannot be asked is missing in the facts; a failure is a host that does not answer at all. */
export async function readHostFacts(
  host: Host,
  options: RunOptions & { readonly now?: Date } = {},
): Promise<Result<HostFacts, VirshFailure>> {
  const { now = new Date() } = options;
  const first = host.batch();
  const asked = Promise.all([
    first.add(capabilities()),
    first.add(connectionMode()),
    first.add(listIdentities()),
    first.add(listStates()),
    objectsOf(first, listNetworks),
    objectsOf(first, listPoolsThat),
    first.add(listSecrets()),
    first.add(listNetworkFilters()),
    first.add(listDevices()),
    first.add(freePages()),
    first.add(onlineCpus()),
  ]);
  const version = host.version(options);
  await first.send(options);
  const [caps, mode, identities, states, networks, pools, secrets, filters, devices, free, online] = await asked;
  if (!caps.ok) return caps;
  const { root } = parseXml(caps.value);
  const told = (root && readCapabilities(root)) ?? {};
  const details = new Questions(host, options);
  const networkFacts = networks.ok ? details.each(networks.value, ({ name }) => dumpNetwork(name), readNetwork) : [];
  const poolFacts = pools.ok ? pools.value.map((pool) => askPool(details, pool)) : [];
  const domainFacts = (identities.ok ? identities.value : []).map(async (identity) => {
    const dump = await details.ask(dumpXml(identity.uuid, { inactive: true }));
    const state = states.ok ? states.value.get(identity.name) : undefined;
    const isActive = state !== undefined && state !== 'shut-off' && state !== 'crashed';
    return dump.ok ? [readOtherDomain({ ...identity, isActive }, dump.value)] : [];
  });
  const deviceDumps = (devices.ok ? devices.value : []).map((name) => details.ask(dumpDevice(name)));
  const emulators = queries(told).map(async (query) => {
    const answer = await details.ask(domainCapabilities(query));
    return answer.ok ? [readEmulator(answer.value)] : [];
  });
  await details.send();
  const allPools = await Promise.all(poolFacts);
  const releases = await version;
  const known = {
    ...told,
    ...(told.nodes && free.ok && { nodes: told.nodes.map((node) => withFreePages(node, free.value)) }),
    ...(mode.ok && mode.value && { mode: mode.value }),
    ...(releases.ok && versionFacts(releases.value)),
    ...(online.ok && online.value && { onlineCpus: online.value }),
    ...(networks.ok && { networks: await Promise.all(networkFacts) }),
    ...(pools.ok && { pools: await withFormats(host, allPools, options) }),
    ...(secrets.ok && { secrets: secrets.value }),
    ...(filters.ok && { networkFilters: filters.value }),
    ...(devices.ok && readDevices((await Promise.all(deviceDumps)).flatMap((dump) => (dump.ok ? [dump.value] : [])))),
    ...(identities.ok && { domains: (await Promise.all(domainFacts)).flat() }),
    emulators: distinct((await Promise.all(emulators)).flat()),
  };
  return success({ libvirtHost: FACTS_VERSION, name: host.connection.name, taken: now.toISOString(), ...known });
}

function versionFacts(version: {
  library?: string | undefined;
  hypervisor?: string | undefined;
  hypervisorVersion?: string | undefined;
}) {
  const { library, hypervisor, hypervisorVersion } = version;
  return {
    ...(library && { libvirt: library }),
    ...(hypervisor && { hypervisor }),
    ...(hypervisorVersion && { hypervisorVersion }),
  };
}

/** Questions of one round trip, in as many batches as there must be. */
class Questions {
  readonly #host: Host;
  readonly #options: RunOptions;
  readonly #batches: ReturnType<Host['batch']>[] = [];
  #added = 0;

  constructor(host: Host, options: RunOptions) {
    this.#host = host;
    this.#options = options;
  }

  ask<T>(command: VirshCommand<T>): Promise<Result<T, VirshFailure>> {
    if (this.#added++ % COMMANDS_AT_A_TIME === 0) this.#batches.push(this.#host.batch());
    return (this.#batches.at(-1) ?? this.#host.batch()).add(command);
  }

  /** A question about each thing, and the fact that comes of the thing and the answer. */
  each<Thing, Answer, Fact>(
    things: readonly Thing[],
    command: (thing: Thing) => VirshCommand<Answer>,
    read: (thing: Thing, answer: Answer | undefined) => Fact,
  ): Promise<Fact>[] {
    return things.map(async (thing) => {
      const answer = await this.ask(command(thing));
      return read(thing, answer.ok ? answer.value : undefined);
    });
  }

  async send(): Promise<void> {
    await Promise.all(this.#batches.map((batch) => batch.send(this.#options)));
  }
}

async function askPool(details: Questions, object: HostObject): Promise<HostPool> {
  const asked = [
    details.ask(dumpPool(object.name)),
    object.isActive ? details.ask(listVolumePaths(object.name)) : undefined,
  ] as const;
  const [pool, volumes] = await Promise.all(asked);
  return {
    ...object,
    ...(pool.ok && { type: pool.value.type, ...(pool.value.path && { path: pool.value.path }) }),
    ...(volumes?.ok && { volumes: volumes.value }),
  };
}

/** Whether an image is what a domain says that it is, is seen in the image only. */
async function withFormats(host: Host, pools: readonly HostPool[], options: RunOptions): Promise<readonly HostPool[]> {
  const all = pools.flatMap(({ volumes = [] }) => volumes);
  if (all.length === 0 || all.length > MOST_VOLUMES) return pools;
  const questions = new Questions(host, options);
  const answers = pools.map(async (pool): Promise<HostPool> => {
    if (!pool.volumes) return pool;
    const volumes = questions.each(
      pool.volumes,
      ({ name }) => dumpVolume(pool.name, name),
      (volume, dump) => ({
        ...volume,
        ...(dump?.format !== undefined && { format: dump.format }),
      }),
    );
    return { ...pool, volumes: await Promise.all(volumes) };
  });
  await questions.send();
  return Promise.all(answers);
}

/** Machine types that guests of the PC have; of other architectures the usual one tells enough. */
const machines = ['q35', 'pc'];

/** The host's own architecture, with each type of domain that it can run. */
function queries({ cpu, guests = [] }: Partial<HostFacts>): readonly DomainCapabilitiesQuery[] {
  const own = guests.filter(({ architecture, osType }) => architecture === cpu?.architecture && osType === 'hvm');
  return own.flatMap((guest) => {
    const known = machines.filter((name) => guest.machines.some((machine) => machine.name === name));
    const common = { virtType: guest.type, arch: guest.architecture };
    return known.length > 0 ? known.map((machine) => ({ ...common, machine })) : [common];
  });
}

function distinct(emulators: readonly HostEmulator[]): readonly HostEmulator[] {
  const key = ({ type, architecture, machine }: HostEmulator): string => `${type} ${architecture} ${machine}`;
  return [...new Map(emulators.map((emulator) => [key(emulator), emulator])).values()];
}
