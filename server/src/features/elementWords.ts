/** The words for elements. What tells one from another is named by paths, as elementNames.ts reads them. */
import { type Phrase, phrase } from '../l10n/say.ts';
import { attributeValue } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface Words {
  readonly noun: (element: XmlElement) => Phrase;
  /** What tells it from others of its kind. */
  readonly own: readonly string[];
  /** What it is connected by, in brackets. */
  readonly kind?: string;
  readonly detail: readonly string[];
}

const disks = byName({ cdrom: phrase`CD-ROM`, floppy: phrase`Floppy`, lun: phrase`LUN` });

function device(noun: Phrase, own: readonly string[], detail: readonly string[] = [], kind?: string): Words {
  return { noun: () => noun, own, detail, ...(kind !== undefined && { kind }) };
}

/** Devices, by the name of their element. */
export const deviceWords: ReadonlyMap<string, Words> = byName<Words>({
  disk: {
    noun: (element) => disks.get(attributeValue(element, 'device') ?? '') ?? phrase`Disk`,
    own: ['target/@dev'],
    kind: 'target/@bus',
    detail: ['source/@file|source/@dev|source/@dir|source/@volume|source/@name'],
  },
  interface: {
    noun: () => phrase`Interface`,
    own: ['mac/@address'],
    kind: 'model/@type',
    detail: ['@type', 'source/@network|source/@bridge|source/@dev|source/@path'],
  },
  controller: device(phrase`Controller`, ['@type', '@index'], ['@model']),
  emulator: device(phrase`Emulator`, [], ['.']),
  channel: device(phrase`Channel`, ['target/@name|@type'], ['source/@path']),
  serial: device(phrase`Serial port`, ['target/@port'], ['@type', 'source/@path']),
  parallel: device(phrase`Parallel port`, ['target/@port'], ['@type', 'source/@path']),
  console: device(phrase`Console`, ['target/@port'], ['@type', 'source/@path']),
  filesystem: device(phrase`Filesystem`, ['target/@dir'], ['source/@dir|source/@file|source/@name'], 'driver/@type'),
  hostdev: device(phrase`Host device`, ['@type'], ['source/address/@uuid|source/adapter/@name|source/block']),
  graphics: device(phrase`Graphics`, ['@type'], ['listen/@address|@listen', '@port']),
  video: device(phrase`Video`, ['model/@type']),
  input: device(phrase`Input`, ['@type'], [], '@bus'),
  tpm: device(phrase`TPM`, ['@model'], ['backend/@type', 'backend/@version']),
  rng: device(phrase`Random numbers`, ['@model'], ['backend']),
  memory: device(phrase`Memory module`, ['@model'], ['target/size']),
  memballoon: device(phrase`Memory balloon`, ['@model']),
  redirdev: device(phrase`USB redirection`, ['@type'], ['source/@path']),
  smartcard: device(phrase`Smart card`, ['@mode']),
  sound: device(phrase`Sound`, ['@model']),
  audio: device(phrase`Audio`, ['@id'], ['@type']),
  watchdog: device(phrase`Watchdog`, ['@model'], ['@action']),
  panic: device(phrase`Panic notifier`, ['@model']),
  vsock: device(phrase`Vsock`, ['@model'], ['cid/@address']),
  shmem: device(phrase`Shared memory`, ['@name'], ['model/@type']),
  iommu: device(phrase`IOMMU`, ['@model']),
  hub: device(phrase`Hub`, ['@type']),
  nvram: device(phrase`NVRAM`, [], []),
  crypto: device(phrase`Crypto`, ['@model'], ['backend/@model']),
  lease: device(phrase`Lease`, ['key'], ['lockspace']),
});

/** All others that have a name besides that of their tag. */
export const nouns: ReadonlyMap<string, Phrase> = byName({
  domain: phrase`Domain`,
  network: phrase`Network`,
  pool: phrase`Storage pool`,
  volume: phrase`Volume`,
  secret: phrase`Secret`,
  domainsnapshot: phrase`Snapshot`,
  domaincheckpoint: phrase`Checkpoint`,
  name: phrase`Name`,
  uuid: phrase`UUID`,
  title: phrase`Title`,
  description: phrase`Description`,
  metadata: phrase`Metadata`,
  memory: phrase`Memory`,
  currentMemory: phrase`Current memory`,
  maxMemory: phrase`Maximum memory`,
  memoryBacking: phrase`Memory backing`,
  memtune: phrase`Memory limits`,
  vcpu: phrase`vCPUs`,
  vcpus: phrase`Single vCPUs`,
  cpu: phrase`CPU`,
  cputune: phrase`CPU tuning`,
  numatune: phrase`NUMA tuning`,
  numa: phrase`NUMA`,
  blkiotune: phrase`Block I/O tuning`,
  iothreads: phrase`IOThreads`,
  os: phrase`Boot`,
  features: phrase`Features`,
  clock: phrase`Clock`,
  pm: phrase`Power management`,
  seclabel: phrase`Security label`,
  sysinfo: phrase`SMBIOS`,
  devices: phrase`Devices`,
});

/** A map, for an element may be called `constructor`. */
function byName<Value>(table: Readonly<Record<string, Value>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(table));
}
