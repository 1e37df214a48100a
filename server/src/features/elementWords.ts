/** The words for elements. What tells one from another is named by paths, as elementNames.ts reads them. */
import { attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface Words {
  readonly noun: (element: XmlElement) => string;
  /** What tells it from others of its kind. */
  readonly own: readonly string[];
  /** What it is connected by, in brackets. */
  readonly kind?: string;
  readonly detail: readonly string[];
}

const disks = byName({ cdrom: 'CD-ROM', floppy: 'Floppy', lun: 'LUN' });

function device(noun: string, own: readonly string[], detail: readonly string[] = [], kind?: string): Words {
  return { noun: () => noun, own, detail, ...(kind !== undefined && { kind }) };
}

/** Devices, by the name of their element. */
export const deviceWords: ReadonlyMap<string, Words> = byName<Words>({
  disk: {
    noun: (element) => disks.get(attributeValue(element, 'device') ?? '') ?? 'Disk',
    own: ['target/@dev'],
    kind: 'target/@bus',
    detail: ['source/@file|source/@dev|source/@dir|source/@volume|source/@name'],
  },
  interface: {
    noun: () => 'Interface',
    own: ['mac/@address'],
    kind: 'model/@type',
    detail: ['@type', 'source/@network|source/@bridge|source/@dev|source/@path'],
  },
  controller: device('Controller', ['@type', '@index'], ['@model']),
  emulator: device('Emulator', [], ['.']),
  channel: device('Channel', ['target/@name|@type'], ['source/@path']),
  serial: device('Serial port', ['target/@port'], ['@type', 'source/@path']),
  parallel: device('Parallel port', ['target/@port'], ['@type', 'source/@path']),
  console: device('Console', ['target/@port'], ['@type', 'source/@path']),
  filesystem: device('Filesystem', ['target/@dir'], ['source/@dir|source/@file|source/@name'], 'driver/@type'),
  hostdev: device('Host device', ['@type'], ['source/address/@uuid|source/adapter/@name|source/block']),
  graphics: device('Graphics', ['@type'], ['listen/@address|@listen', '@port']),
  video: device('Video', ['model/@type']),
  input: device('Input', ['@type'], [], '@bus'),
  tpm: device('TPM', ['@model'], ['backend/@type', 'backend/@version']),
  rng: device('Random numbers', ['@model'], ['backend']),
  memory: device('Memory module', ['@model'], ['target/size']),
  memballoon: device('Memory balloon', ['@model']),
  redirdev: device('USB redirection', ['@type'], ['source/@path']),
  smartcard: device('Smart card', ['@mode']),
  sound: device('Sound', ['@model']),
  audio: device('Audio', ['@id'], ['@type']),
  watchdog: device('Watchdog', ['@model'], ['@action']),
  panic: device('Panic notifier', ['@model']),
  vsock: device('Vsock', ['@model'], ['cid/@address']),
  shmem: device('Shared memory', ['@name'], ['model/@type']),
  iommu: device('IOMMU', ['@model']),
  hub: device('Hub', ['@type']),
  nvram: device('NVRAM', [], []),
  crypto: device('Crypto', ['@model'], ['backend/@model']),
  lease: device('Lease', ['key'], ['lockspace']),
});

/** All others that have a name besides that of their tag. */
export const nouns: ReadonlyMap<string, string> = byName({
  domain: 'Domain',
  network: 'Network',
  pool: 'Storage pool',
  volume: 'Volume',
  secret: 'Secret',
  domainsnapshot: 'Snapshot',
  domaincheckpoint: 'Checkpoint',
  name: 'Name',
  uuid: 'UUID',
  title: 'Title',
  description: 'Description',
  metadata: 'Metadata',
  memory: 'Memory',
  currentMemory: 'Current memory',
  maxMemory: 'Maximum memory',
  memoryBacking: 'Memory backing',
  memtune: 'Memory limits',
  vcpu: 'vCPUs',
  vcpus: 'Single vCPUs',
  cpu: 'CPU',
  cputune: 'CPU tuning',
  numatune: 'NUMA tuning',
  numa: 'NUMA',
  blkiotune: 'Block I/O tuning',
  iothreads: 'IOThreads',
  os: 'Boot',
  features: 'Features',
  clock: 'Clock',
  pm: 'Power management',
  seclabel: 'Security label',
  sysinfo: 'SMBIOS',
  devices: 'Devices',
});

/** A map, for an element may be called `constructor`. */
function byName<Value>(table: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(table));
}
