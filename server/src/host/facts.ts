/**
 * What is known of a host, as plain data: the contents of a `*.libvirt-host.json`. Every key but the first two may be missing, and nothing is
 * concluded from one that is. There is nothing secret in it: no passwords, no values of secrets, no names of users, no addresses of clients.
 */
import { described, exactly, flag, list, map, number, object, optional, text, type ValueOf } from './shape.ts';

/** The version of the format: raised when a key changes its meaning, not when one is added. */
export const FACTS_VERSION = 1;

const machine = object({
  name: text,
  aliasOf: described('The versioned machine type that an alias (`q35`) stands for.', optional(text)),
  maxVcpus: optional(number),
  isDeprecated: optional(flag),
});

const guest = object({
  architecture: text,
  osType: described('`hvm`, `exe`, `xen`, …', text),
  type: described('What `<domain type>` says: `kvm`, `qemu`, …', text),
  emulator: optional(text),
  machines: list(machine),
});

const cpuModel = object({
  name: text,
  isUsable: described('The host can give a guest this model.', optional(flag)),
  blockers: described(
    'Features of the model that the host lacks; libvirt tells them since 10.9.',
    optional(list(text)),
  ),
  isDeprecated: optional(flag),
  vendor: optional(text),
});

const emulator = object({
  type: text,
  architecture: text,
  machine: described('Versioned machine type that was asked about.', text),
  path: optional(text),
  maxVcpus: optional(number),
  firmware: described('What `<os firmware>` can be: `efi`, `bios`.', optional(list(text))),
  loaders: described('Paths of firmware images.', optional(list(text))),
  hasSecureBoot: optional(flag),
  cpuModes: described('Modes of `<cpu>` that the host supports.', optional(list(text))),
  cpuModels: optional(list(cpuModel)),
  hostModel: described(
    'What `host-model` becomes.',
    optional(
      object({
        model: text,
        vendor: optional(text),
        required: described('Features that are added to the model.', list(text)),
        disabled: described('Features of the model that the host lacks.', list(text)),
      }),
    ),
  ),
  values: described(
    'What devices and features can be, by device and property: `video/modelType`, `tpm/backendModel`. An empty list: nothing.',
    optional(map(list(text))),
  ),
  unsupported: described('Devices and features that this emulator has not at all.', optional(list(text))),
});

const node = object({
  id: number,
  memory: described('KiB.', optional(number)),
  cores: described('The CPUs of each core, such as `0,64`.', list(text)),
  pages: described(
    'Pages by their size.',
    optional(
      list(
        object({
          size: described('KiB.', number),
          count: described('Set aside on this node.', optional(number)),
          free: described('Unused when the facts were taken.', optional(number)),
        }),
      ),
    ),
  ),
});

const network = object({
  name: text,
  isActive: optional(flag),
  isAutostart: optional(flag),
  bridge: optional(text),
  forward: described('Mode of `<forward>`; missing for an isolated network.', optional(text)),
  portgroups: optional(list(text)),
});

const pool = object({
  name: text,
  type: optional(text),
  isActive: optional(flag),
  isAutostart: optional(flag),
  path: optional(text),
  volumes: described(
    'Known for active pools only.',
    optional(
      list(
        object({
          name: text,
          path: text,
          format: described('What the file really is: `raw`, `qcow2`, …', optional(text)),
        }),
      ),
    ),
  ),
});

const pciDevice = object({
  address: described('Such as `0000:3b:00.1`.', text),
  product: optional(text),
  vendor: optional(text),
  driver: described('The driver that the host has bound to it.', optional(text)),
  iommuGroup: optional(number),
  node: described('NUMA node.', optional(number)),
  class: described('Such as `0x020000`; bridges begin with `0x06`.', optional(text)),
  physicalFunction: described('Of a virtual function: the device that it is a part of.', optional(text)),
  hasVirtualFunctions: optional(flag),
});

const usbDevice = object({
  vendor: text,
  product: text,
  name: optional(text),
  bus: optional(number),
  device: optional(number),
});

const otherDomain = object({
  name: text,
  uuid: text,
  isActive: optional(flag),
  macs: optional(list(text)),
  images: described('Disks that it writes to and shares with nobody.', optional(list(text))),
  nvram: optional(text),
  pinned: described('Host CPUs that its vCPUs are bound to.', optional(text)),
  hugePages: described(
    'Reserved huge pages that it asks for, where their size (KiB) is written.',
    optional(object({ size: number, count: number })),
  ),
  hostDevices: described('PCI addresses of the devices that it is given.', optional(list(text))),
});

export const hostFacts = object({
  libvirtHost: described('Version of this format.', exactly(FACTS_VERSION)),
  name: described('What people call the host.', text),
  taken: described('When the facts were taken, as ISO 8601.', optional(text)),
  mode: described('`system`, `session` or `embed`: the end of the URI.', optional(text)),
  libvirt: described('Release of the libvirt library.', optional(text)),
  hypervisor: described('`QEMU`, …', optional(text)),
  hypervisorVersion: optional(text),
  cpu: optional(object({ architecture: text, vendor: optional(text), model: optional(text) })),
  hasIommu: optional(flag),
  securityModels: optional(list(text)),
  nodes: described('NUMA nodes.', optional(list(node))),
  onlineCpus: described('Such as `0-127`.', optional(text)),
  sharedCaches: described('CPUs that share an L3 cache, a set for each.', optional(list(text))),
  pageSizes: described('Sizes of pages that the CPU has, in KiB.', optional(list(number))),
  guests: described('What can be run at all.', optional(list(guest))),
  emulators: described('What an emulator can do, by type, architecture and machine type.', optional(list(emulator))),
  networks: optional(list(network)),
  interfaces: described('Network devices of the host, bridges among them.', optional(list(text))),
  networkFilters: optional(list(text)),
  pools: optional(list(pool)),
  secrets: described(
    'Which secrets there are; never what they are.',
    optional(list(object({ uuid: text, usageType: optional(text), usage: optional(text) }))),
  ),
  pciDevices: optional(list(pciDevice)),
  usbDevices: optional(list(usbDevice)),
  mediatedDevices: described('UUIDs.', optional(list(text))),
  domains: described('What the VMs there have taken.', optional(list(otherDomain))),
});

export type HostFacts = ValueOf<typeof hostFacts>;
export type HostMachine = ValueOf<typeof machine>;
export type HostGuest = ValueOf<typeof guest>;
export type HostCpuModel = ValueOf<typeof cpuModel>;
export type HostEmulator = ValueOf<typeof emulator>;
export type HostNode = ValueOf<typeof node>;
export type HostNetwork = ValueOf<typeof network>;
export type HostPool = ValueOf<typeof pool>;
export type HostPciDevice = ValueOf<typeof pciDevice>;
export type HostUsbDevice = ValueOf<typeof usbDevice>;
export type HostDomain = ValueOf<typeof otherDomain>;
