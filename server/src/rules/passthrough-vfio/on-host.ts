/** Devices of a host that are not there, not free, or better given to the guest in another way. */

import { cpuTune } from '../../domain/cpuTune.ts';
import type { Domain } from '../../domain/domain.ts';
import type { Host } from '../../domain/host.ts';
import { assigned, hostDevices, pciName } from '../../domain/hostDevices.ts';
import { isSameUuid } from '../../domain/uuid.ts';
import type { HostPciDevice } from '../../host/facts.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, child, nameSpan, textOf } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { hostRule, type Lack } from '../hostRule.ts';
import { placeOf } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'passthrough-vfio/on-host';

interface GivenPci {
  readonly address: XmlElement;
  readonly name: string;
  readonly device: HostPciDevice | undefined;
  /** `<hostdev>`, not an interface. */
  readonly isPlain: boolean;
}

function* pciDevices(domain: Domain, host: Host): Iterable<GivenPci> {
  for (const { element, mode, type, address } of domain.isQemu ? hostDevices(domain) : []) {
    const name = mode === 'subsystem' && type === 'pci' ? pciName(address) : undefined;
    if (address && name !== undefined)
      yield { address, name, device: host.pciDevices?.get(name), isPlain: element.name === 'hostdev' };
  }
}

/** Bridges of a group stay with the host. */
function isBridge(device: HostPciDevice): boolean {
  return device.class?.startsWith('0x06') ?? false;
}

function called({ vendor, product, address }: HostPciDevice): string {
  return [`\`${address}\``, [vendor, product].filter(Boolean).join(' ')].filter(Boolean).join(' ');
}

function* absentDevices(domain: Domain, host: Host): Iterable<Lack> {
  const { usbDevices, mediatedDevices } = host.facts;
  for (const { address, name, device } of pciDevices(domain, host)) {
    if (device || !host.pciDevices) continue;
    yield {
      at: nameSpan(address),
      message: (hosts) => say`There is no PCI device \`${name}\` on ${hosts}: the guest does not start there.`,
    };
  }
  for (const { source } of assigned(domain, 'usb')) {
    const [vendor, product] = ['vendor', 'product'].map((part) => attributeValue(source && child(source, part), 'id'));
    const isOptional = ['optional', 'requisite'].includes(attributeValue(source, 'startupPolicy') ?? '');
    if (!source || !vendor || !product || !usbDevices || isOptional) continue;
    if (usbDevices.some((one) => Number(one.vendor) === Number(vendor) && Number(one.product) === Number(product)))
      continue;
    yield {
      at: nameSpan(source),
      message: (hosts) =>
        say`No USB device \`${vendor}:${product}\` is plugged in on ${hosts}: the guest does not start there. With \`startupPolicy='optional'\` it starts without.`,
    };
  }
  for (const { address } of assigned(domain, 'mdev')) {
    const uuid = attributeValue(address, 'uuid');
    if (!address || !uuid || !mediatedDevices || mediatedDevices.some((one) => isSameUuid(one, uuid))) continue;
    yield {
      at: placeOf(address, 'uuid'),
      message: (hosts) =>
        say`There is no mediated device \`${uuid}\` on ${hosts}, or it is not started: the guest does not start there.`,
    };
  }
}

function* sharedGroups(domain: Domain, host: Host): Iterable<Lack> {
  const given = [...pciDevices(domain, host)];
  const names = new Set(given.map(({ name }) => name));
  for (const { address, name, device } of given) {
    if (device?.iommuGroup === undefined) continue;
    const others = (host.facts.pciDevices ?? []).filter(
      (one) =>
        one.iommuGroup === device.iommuGroup &&
        !names.has(one.address) &&
        !isBridge(one) &&
        !['vfio-pci', 'pci-stub'].includes(one.driver ?? ''),
    );
    if (others.length === 0) continue;
    yield {
      at: nameSpan(address),
      message: (hosts) =>
        say`\`${name}\` shares its IOMMU group on ${hosts} with ${others.map(called).join(', ')}: a group is given away as a whole, so the guest does not start there until these are given to it too, or to \`vfio-pci\`.`,
    };
  }
}

function* withoutIommu(domain: Domain, host: Host): Iterable<Lack> {
  if (host.facts.hasIommu !== false) return;
  for (const { address } of pciDevices(domain, host))
    yield {
      at: nameSpan(address),
      message: (hosts) =>
        say`The IOMMU of ${hosts} is off, so that no PCI device can be given to a guest. Switch VT-d or AMD-Vi on in the firmware (on Intel also \`intel_iommu=on\` for the kernel).`,
    };
}

function* takenDevices(domain: Domain, host: Host): Iterable<Lack> {
  const own = textOf(child(domain.root, 'name'));
  for (const { address, name } of pciDevices(domain, host)) {
    const owner = host.facts.domains?.find(
      (one) => one.isActive && one.name !== own && one.hostDevices?.includes(name),
    );
    if (!owner) continue;
    yield {
      at: nameSpan(address),
      message: (hosts) =>
        say`\`${name}\` of ${hosts} is in use by \`${owner.name}\`, which runs: the guest does not start there as long as it does.`,
    };
  }
}

function* plainFunctions(domain: Domain, host: Host): Iterable<Lack> {
  for (const { address, name, device, isPlain } of pciDevices(domain, host)) {
    if (!isPlain || !device?.physicalFunction || !(device.class?.startsWith('0x02') ?? false)) continue;
    yield {
      at: nameSpan(address),
      message: (hosts) =>
        say`\`${name}\` of ${hosts} is a virtual function of the network card \`${device.physicalFunction}\`: given as \`<hostdev>\` it has another MAC at each start. \`<interface type='hostdev'>\` gives it its MAC and VLAN.`,
    };
  }
}

function* farDevices(domain: Domain, host: Host): Iterable<Lack> {
  const nodes = host.nodesOf(cpuTune(domain).vcpuPins.flatMap(({ cpus }) => [...(cpus ?? [])]));
  if (nodes.size === 0) return;
  for (const { address, name, device } of pciDevices(domain, host)) {
    if (device?.node === undefined || device.node < 0 || nodes.has(device.node)) continue;
    yield {
      at: nameSpan(address),
      message: (hosts) =>
        say`\`${name}\` of ${hosts} hangs on NUMA node ${device.node}, the vCPUs are pinned to node ${[...nodes].join(', ')}: its data and interrupts cross the sockets. Pin the guest to node ${device.node} if the device matters.`,
    };
  }
}

export const rules: readonly Rule[] = [
  hostRule({
    id: 'passthrough-vfio/host-device-missing',
    page,
    severity: 'warning',
    needs: ['hostdev|interface'],
    find: absentDevices,
  }),
  hostRule({
    id: 'passthrough-vfio/iommu-group-shared',
    page,
    severity: 'warning',
    needs: ['hostdev|interface'],
    find: sharedGroups,
  }),
  hostRule({
    id: 'passthrough-vfio/iommu-off',
    page,
    severity: 'warning',
    needs: ['hostdev|interface'],
    find: withoutIommu,
  }),
  hostRule({
    id: 'passthrough-vfio/device-taken',
    page,
    severity: 'warning',
    needs: ['hostdev|interface'],
    find: takenDevices,
  }),
  hostRule({
    id: 'passthrough-vfio/vf-as-plain-hostdev',
    page,
    severity: 'hint',
    needs: ['hostdev'],
    find: plainFunctions,
  }),
  hostRule({
    id: 'passthrough-vfio/device-on-other-node',
    page,
    severity: 'hint',
    needs: ['hostdev|interface', 'vcpupin'],
    find: farDevices,
  }),
];
