/** What of a definition tells one VM from another, as data: where it stands, and what it means that the clone has its own or the same. */
import { type Phrase, phrase } from '../../../server/src/l10n/say.ts';
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';

export interface Carrier {
  readonly what: Phrase;
  /** Names of elements from the domain down; there may be several at the end. */
  readonly path: readonly string[];
  /** The identity itself; undefined where the element has none. */
  readonly read: (element: XmlElement) => string | undefined;
  /** Why it is another one. */
  readonly whenNew: Phrase;
  /** What becomes of one that stays: `shared` is a thing of the host that both use. */
  readonly same: { readonly fate: 'kept' | 'shared'; readonly why: Phrase };
}

const text = (element: XmlElement): string | undefined => textOf(element) || undefined;
const at =
  (...path: readonly string[]) =>
  (element: XmlElement): string | undefined =>
    attributeValue(child(element, ...path.slice(0, -1)), path.at(-1) ?? '');
/** A port that is stated, not one that libvirt chooses. */
const port = (name: string) => (element: XmlElement) => {
  const value = attributeValue(element, name);
  return Number(value ?? -1) > 0 ? value : undefined;
};
const entry = (name: string) => (element: XmlElement) =>
  textOf(childElements(element, 'entry').find((one) => attributeValue(one, 'name') === name)) || undefined;

const unchanged = { fate: 'kept', why: phrase`It stands there as it is.` } as const;
const oneOfTheHost = {
  fate: 'shared',
  why: phrase`There is one of it: the two VMs cannot run at the same time.`,
} as const;
const chosen = phrase`libvirt chooses one at each start, so that the two do not meet.`;

const general: readonly Carrier[] = [
  { what: phrase`name`, path: ['name'], read: text, whenNew: phrase`A host has a name once.`, same: unchanged },
  {
    what: phrase`UUID`,
    path: ['uuid'],
    read: text,
    whenNew: phrase`libvirt, and what manages it, knows VMs by it.`,
    same: unchanged,
  },
  { what: phrase`title`, path: ['title'], read: text, whenNew: phrase`It is about the source.`, same: unchanged },
  {
    what: phrase`generation ID`,
    path: ['genid'],
    read: text,
    whenNew: phrase`The guest notices by it that it is a copy.`,
    same: unchanged,
  },
  {
    what: phrase`SMBIOS UUID`,
    path: ['sysinfo', 'system'],
    read: entry('uuid'),
    whenNew: phrase`libvirt wants the UUID of the domain there.`,
    same: { fate: 'kept', why: phrase`It is not the UUID of the source: somebody has chosen it.` },
  },
  ...[
    ['system', 'serial'],
    ['baseBoard', 'serial'],
    ['baseBoard', 'asset'],
    ['chassis', 'serial'],
    ['chassis', 'asset'],
  ].map(
    ([block = '', name = '']): Carrier => ({
      what: phrase`SMBIOS ${name} (${block})`,
      path: ['sysinfo', block],
      read: entry(name),
      whenNew: phrase`Each machine has its own.`,
      same: {
        fate: 'kept',
        why: phrase`Software in the guest may depend on it (licences); inventories take the two for one machine.`,
      },
    }),
  ),
  {
    what: phrase`SMBIOS block (QEMU)`,
    path: ['sysinfo', 'entry'],
    read: (element) => attributeValue(element, 'name'),
    whenNew: phrase`Each machine has its own.`,
    same: {
      fate: 'kept',
      why: phrase`What a program in the guest reads there (Ignition, cloud-init) it reads in the clone too.`,
    },
  },
  {
    what: phrase`SMBIOS OEM string`,
    path: ['sysinfo', 'oemStrings', 'entry'],
    read: text,
    whenNew: phrase`Each machine has its own.`,
    same: {
      fate: 'kept',
      why: phrase`What a program in the guest reads there (systemd credentials) it reads in the clone too.`,
    },
  },
  {
    what: phrase`Fibre Channel appid`,
    path: ['resource', 'fibrechannel'],
    read: at('appid'),
    whenNew: phrase`A storage network tells VMs apart by it.`,
    same: { fate: 'kept', why: phrase`The storage network takes the two VMs for one.` },
  },
];

const devices: readonly Carrier[] = [
  {
    what: phrase`MAC address`,
    path: ['interface'],
    read: at('mac', 'address'),
    whenNew: phrase`Two cards with one address disturb each other. The guest may call its card otherwise.`,
    same: unchanged,
  },
  {
    what: phrase`interface’s name on the host`,
    path: ['interface'],
    read: at('target', 'dev'),
    whenNew: chosen,
    same: oneOfTheHost,
  },
  ...['interfaceid', 'instanceid'].map(
    (id): Carrier => ({
      what: phrase`port id at the virtual switch`,
      path: ['interface'],
      read: at('virtualport', 'parameters', id),
      whenNew: phrase`A switch knows a port by it; libvirt makes another.`,
      same: { fate: 'shared', why: phrase`The switch has one port of this id: the two VMs take it from each other.` },
    }),
  ),
  {
    what: phrase`vhost-user socket`,
    path: ['interface'],
    read: (element) => (attributeValue(element, 'type') === 'vhostuser' ? at('source', 'path')(element) : undefined),
    whenNew: phrase`It serves one VM.`,
    same: oneOfTheHost,
  },
  {
    what: phrase`forwarded port`,
    path: ['interface', 'portForward', 'range'],
    read: at('start'),
    whenNew: unchanged.why,
    same: {
      fate: 'shared',
      why: phrase`Two VMs cannot listen at one port. Give the clone another if they run at the same time.`,
    },
  },
  {
    what: phrase`iSCSI initiator`,
    path: ['disk', 'source', 'initiator', 'iqn'],
    read: at('name'),
    whenNew: unchanged.why,
    same: { fate: 'shared', why: phrase`The storage takes the two VMs for one.` },
  },
  ...['serial', 'wwn'].map(
    (name): Carrier => ({
      what: phrase`disk ${name}`,
      path: ['disk'],
      read: (element) => textOf(child(element, name)) || undefined,
      whenNew: phrase`Each disk has its own.`,
      same: {
        fate: 'kept',
        why: phrase`The copied system may find its disk by it (/dev/disk/by-id). Only inside the guest is it seen.`,
      },
    }),
  ),
  { what: phrase`vsock address`, path: ['vsock'], read: vsockAddress, whenNew: chosen, same: oneOfTheHost },
  ...['port', 'tlsPort', 'websocket'].map(
    (name): Carrier => ({
      what: phrase`screen’s ${name}`,
      path: ['graphics'],
      read: port(name),
      whenNew: chosen,
      same: oneOfTheHost,
    }),
  ),
  {
    what: phrase`screen’s socket`,
    path: ['graphics'],
    read: (element) => attributeValue(element, 'socket') ?? at('listen', 'socket')(element),
    whenNew: phrase`One VM listens there.`,
    same: oneOfTheHost,
  },
  ...['serial', 'parallel', 'console', 'channel'].flatMap((path): Carrier[] => [
    {
      what: phrase`path of a ${path}`,
      path: [path],
      read: at('source', 'path'),
      whenNew: phrase`One VM listens or writes there.`,
      same: { fate: 'shared', why: phrase`It is what the source connects to as well.` },
    },
    {
      what: phrase`port of a ${path}`,
      path: [path],
      read: at('source', 'service'),
      whenNew: chosen,
      same: {
        fate: 'shared',
        why: phrase`Two VMs cannot listen at one port. Give the clone another if they run at the same time.`,
      },
    },
    {
      what: phrase`log of a ${path}`,
      path: [path],
      read: at('log', 'file'),
      whenNew: phrase`One VM writes there.`,
      same: oneOfTheHost,
    },
  ]),
  { what: phrase`device of the host`, path: ['hostdev'], read: hostDevice, whenNew: unchanged.why, same: oneOfTheHost },
  {
    what: phrase`shared memory`,
    path: ['shmem'],
    read: at('name'),
    whenNew: unchanged.why,
    same: { fate: 'shared', why: phrase`It is made for being shared.` },
  },
  {
    what: phrase`directory of the host`,
    path: ['filesystem'],
    read: at('source', 'dir'),
    whenNew: unchanged.why,
    same: { fate: 'shared', why: phrase`Both guests see and may change the same files.` },
  },
];

export const carriers: readonly Carrier[] = [
  ...general,
  ...devices.map((carrier) => ({ ...carrier, path: ['devices', ...carrier.path] })),
];

/** libvirt chooses where it says `auto`, whatever number stands beside it. */
function vsockAddress(vsock: XmlElement): string | undefined {
  const cid = child(vsock, 'cid');
  return attributeValue(cid, 'auto') === 'yes' ? undefined : attributeValue(cid, 'address');
}

function hostDevice(device: XmlElement): string {
  const source = child(device, 'source');
  const address = source && child(source, 'address');
  const attributes = (address ?? source)?.attributes ?? [];
  const words = attributes.map(({ name, value }) => `${name}=${value}`).join(' ');
  return `${attributeValue(device, 'type') ?? 'device'} ${words}`.trim();
}
