/** Asks two hosts for all that a migration check wants to know. It changes nothing on either. */
import { compareCpu } from '../commands/cpu.ts';
import { dumpXml, listIdentities, listStates, listWith } from '../commands/domain.ts';
import {
  capabilities,
  type DomainCapabilitiesQuery,
  domainCapabilities,
  listNetworkDevices,
  listSecrets,
} from '../commands/host.ts';
import { listNetworks } from '../commands/network.ts';
import { listSnapshots } from '../commands/snapshot.ts';
import { listPools } from '../commands/storage.ts';
import type { DomainEntry } from '../domains.ts';
import type { VirshFailure } from '../failures/explain.ts';
import type { Host } from '../host.ts';
import { readXml, type XmlNode } from '../output/xml.ts';
import { type Result, success } from '../result.ts';
import type { RunOptions } from '../run/runner.ts';
import { readCapacity } from './capacity.ts';
import { localPath } from './diskPlaces.ts';
import { readAbilities } from './emulator.ts';
import { poolDirectories, poolTypes } from './readPlaces.ts';
import type { CpuAnswer, MigrationFacts, PathPlace, TargetFacts } from './types.ts';

/** What cannot be asked is undefined in the facts; a failure is a host that does not answer at all, or a domain that is not there. */
export async function readMigrationFacts(
  source: Host,
  domain: DomainEntry,
  target: Host,
  options: RunOptions = {},
): Promise<Result<MigrationFacts, VirshFailure>> {
  const isActive = !inactive.has(domain.state);
  const batch = source.batch();
  const asked = Promise.all([
    batch.add(dumpXml(domain.uuid, { inactive: !isActive })),
    batch.add(listSnapshots(domain.uuid)),
    batch.add(capabilities()),
    batch.add(listWith('transient')),
  ]);
  await batch.send(options);
  const [xml, snapshots, sourceCapabilities, transient] = await asked;
  if (!xml.ok) return xml;
  const document = readXml(xml.value, 'domain');
  const paths = [
    ...new Set(
      document
        .at('devices')
        .all('disk')
        .flatMap((disk) => localPath(disk) ?? []),
    ),
  ];
  const targetFacts = await readTarget(target, queryOf(document), options);
  if (!targetFacts.ok) return targetFacts;
  const [sourcePools, targetPools, directories, version, cpu] = await Promise.all([
    poolTypes(source, paths, options),
    poolTypes(target, paths, options),
    poolDirectories(target, targetFacts.value.pools ?? [], options),
    source.version(options),
    compare(source, target, document, xml.value, options),
  ]);
  if (options.signal?.aborted && !version.ok) return version;
  const places = paths.map((path): [string, PathPlace] => [
    path,
    {
      sourcePool: sourcePools.get(path),
      targetPool: targetPools.get(path),
      targetDirectory: directories.get(path.slice(0, path.lastIndexOf('/'))),
    },
  ]);
  return success({
    xml: xml.value,
    isActive,
    isPersistent: !(transient.ok && transient.value.has(domain.uuid)),
    snapshots: snapshots.ok ? snapshots.value.length : 0,
    source: {
      name: source.connection.name,
      hostUuid: sourceCapabilities.ok ? readCapacity(sourceCapabilities.value).uuid : undefined,
      hypervisorVersion: version.ok ? version.value.hypervisorVersion : undefined,
    },
    target: targetFacts.value,
    cpu,
    paths: new Map(places),
  });
}

const inactive: ReadonlySet<string> = new Set(['shut-off', 'crashed']);

/** What the target is asked about: the emulator that the definition names, or the usual one. */
function queryOf(domain: XmlNode): DomainCapabilitiesQuery {
  const type = domain.at('os', 'type');
  const answers = {
    virtType: domain.attribute('type'),
    emulator: domain.at('devices', 'emulator').text,
    arch: type.attribute('arch'),
    machine: type.attribute('machine'),
  };
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => value !== undefined));
}

async function readTarget(
  target: Host,
  query: DomainCapabilitiesQuery,
  options: RunOptions,
): Promise<Result<TargetFacts, VirshFailure>> {
  const batch = target.batch();
  const asked = Promise.all([
    batch.add(capabilities()),
    batch.add(domainCapabilities(query)),
    batch.add(listIdentities()),
    batch.add(listStates()),
    batch.add(listNetworks('active')),
    batch.add(listNetworks('inactive')),
    batch.add(listNetworkDevices()),
    batch.add(listPools()),
    batch.add(listSecrets()),
  ]);
  await batch.send(options);
  const [host, emulator, domains, states, active, unused, devices, pools, secrets] = await asked;
  if (!host.ok) return host;
  if (!domains.ok) return domains;
  const version = await target.version(options);
  return success({
    name: target.connection.name,
    hypervisorVersion: version.ok ? version.value.hypervisorVersion : undefined,
    capacity: readCapacity(host.value),
    emulator: emulator.ok ? readAbilities(emulator.value) : { refusal: emulator.error.message },
    domains: domains.value.map(({ uuid, name }) => ({
      uuid,
      name,
      isActive: !inactive.has((states.ok ? states.value.get(name) : undefined) ?? 'shut-off'),
    })),
    networks: active.ok && unused.ok ? { active: active.value, inactive: unused.value } : undefined,
    networkDevices: devices.ok ? devices.value : undefined,
    pools: pools.ok ? pools.value : undefined,
    secrets: secrets.ok ? secrets.value.flatMap(({ uuid, usage }) => [uuid, ...(usage ? [usage] : [])]) : undefined,
  });
}

/** The guest's CPU: as it is where the VM runs, else what its source would make of `host-model` and its like. */
async function compare(
  source: Host,
  target: Host,
  domain: XmlNode,
  xml: string,
  options: RunOptions,
): Promise<CpuAnswer> {
  const cpu = domain.at('cpu');
  const mode = cpu.attribute('mode') ?? 'custom';
  if (mode === 'custom' && !cpu.at('model').exists) return { kind: 'none' };
  const query = queryOf(domain);
  let document: Result<string, VirshFailure> = success(xml);
  if (mode !== 'custom') document = await source.recall(domainCapabilities(query), options);
  if (!document.ok) return { kind: 'unknown', why: document.error.message };
  const answer = await target.run(compareCpu(document.value, query), options);
  if (answer.ok) return { kind: 'suits' };
  return lacking(answer.error) ?? { kind: 'unknown', why: answer.error.message };
}

/** What the comparison says where the target cannot give the CPU. */
export function lacking({ stderr }: Pick<VirshFailure, 'stderr'>): CpuAnswer | undefined {
  const found = /the CPU is incompatible with host CPU(?:: Host CPU does not provide required features: (.+))?/.exec(
    stderr,
  );
  if (!found) return undefined;
  return { kind: 'lacks', features: found[1]?.trim().split(/,\s*/) ?? [] };
}
