/** What a host has for a new VM, in two round trips: names that are taken, networks, pools, machine types, and what it lacks. */
import { readCapabilities } from '../../server/src/host/capabilities.ts';
import type { HostEmulator, HostFacts } from '../../server/src/host/facts.ts';
import { parseXml } from '../../server/src/xml/parse.ts';
import { listIdentities } from './commands/domain.ts';
import { capabilities, domainCapabilities } from './commands/host.ts';
import { listNetworks } from './commands/network.ts';
import { dumpPool, listPoolsThat, listVolumePaths } from './commands/storage.ts';
import { readEmulator } from './facts/emulator.ts';
import type { VirshFailure } from './failures/explain.ts';
import type { Host } from './host.ts';
import { type HostObject, objectsOf } from './inventory.ts';
import { type MachineType, parseMachineTypes } from './output/machineTypes.ts';
import type { VolumeEntry } from './output/volumeList.ts';
import { type Result, success } from './result.ts';
import type { RunOptions } from './run/runner.ts';

/** An active pool that takes new volumes. */
export interface VolumePool {
  readonly name: string;
  /** Pools of files take images that grow; a logical volume is as raw as a partition. */
  readonly format: 'qcow2' | 'raw';
  /** Bytes; undefined where libvirt does not say. */
  readonly available: number | undefined;
  readonly volumes: readonly VolumeEntry[];
}

/** What a new VM of a 64-bit PC would want. */
export type HostLack = 'kvm' | 'efi' | 'secure-boot' | 'tpm';

export interface DomainOffer {
  readonly takenNames: ReadonlySet<string>;
  /** Active ones first. */
  readonly networks: readonly HostObject[];
  readonly pools: readonly VolumePool[];
  readonly machines: readonly MachineType[];
  /** What is known to be missing. */
  readonly lacks: readonly HostLack[];
}

const ARCHITECTURE = 'x86_64';

/** Types of pools in which libvirt makes volumes of any name, and the format that fits them. */
const formats: Readonly<Record<string, VolumePool['format']>> = {
  dir: 'qcow2',
  fs: 'qcow2',
  netfs: 'qcow2',
  vstorage: 'qcow2',
  logical: 'raw',
  rbd: 'raw',
  zfs: 'raw',
};

/** What cannot be listed is empty; a failure is a host that does not answer at all. */
export async function readDomainOffer(
  host: Host,
  options: RunOptions = {},
): Promise<Result<DomainOffer, VirshFailure>> {
  const first = host.batch();
  const asked = Promise.all([
    first.add(capabilities()),
    first.add(listIdentities()),
    objectsOf(first, listNetworks),
    objectsOf(first, listPoolsThat),
  ]);
  await first.send(options);
  const [told, identities, networks, pools] = await asked;
  if (!told.ok) return told;
  const { root } = parseXml(told.value);
  const types = typesOf((root && readCapabilities(root)) ?? {});
  const virtType = types.length === 0 || types.includes('kvm') ? 'kvm' : 'qemu';

  const second = host.batch();
  const emulatorAnswer = second.add(domainCapabilities({ virtType, arch: ARCHITECTURE, machine: 'q35' }));
  const active = (pools.ok ? pools.value : []).filter(({ isActive }) => isActive);
  const details = active.map(({ name }) =>
    Promise.all([second.add(dumpPool(name)), second.add(listVolumePaths(name))] as const),
  );
  await second.send(options);
  const emulator = await emulatorAnswer;
  const offered = (await Promise.all(details)).flatMap(([pool, volumes]): VolumePool[] => {
    const format = pool.ok ? formats[pool.value.type] : undefined;
    if (!pool.ok || !format) return [];
    const { name, available } = pool.value;
    return [{ name, format, available, volumes: volumes.ok ? volumes.value : [] }];
  });
  return success({
    takenNames: new Set(identities.ok ? identities.value.map(({ name }) => name) : []),
    networks: networks.ok ? [...networks.value].sort((a, b) => Number(b.isActive) - Number(a.isActive)) : [],
    pools: offered,
    machines: parseMachineTypes(told.value, ARCHITECTURE),
    lacks: [
      ...(virtType === 'kvm' ? [] : ['kvm' as const]),
      ...(emulator.ok ? lacksOf(readEmulator(emulator.value)) : []),
    ],
  });
}

/** The types of domain that the host runs on the architecture. */
function typesOf({ guests = [] }: Partial<HostFacts>): readonly string[] {
  return guests.flatMap(({ architecture, osType, type }) =>
    architecture === ARCHITECTURE && osType === 'hvm' ? [type] : [],
  );
}

/** An emulator that does not tell of something may have it. */
function lacksOf({ firmware, hasSecureBoot, values, unsupported }: HostEmulator): readonly HostLack[] {
  const hasEfi = firmware?.includes('efi') ?? true;
  const backends = values?.['tpm/backendModel'];
  const hasTpm = !unsupported?.includes('tpm') && (backends?.includes('emulator') ?? true);
  return [
    ...(hasEfi ? [] : (['efi'] as const)),
    ...(hasEfi && hasSecureBoot !== false ? [] : (['secure-boot'] as const)),
    ...(hasTpm ? [] : (['tpm'] as const)),
  ];
}
