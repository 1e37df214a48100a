/**
 * What each PCI controller offers and what it needs, as libvirt has it (virDomainPCIAddressBusSetModel and
 * virDomainPCIControllerModelToConnectType) for addresses that are written: there an endpoint may be plugged in wherever one
 * may, be it PCI or PCI Express, and a pci-bridge wherever an endpoint may.
 */
export type PciModel =
  | 'pci-root'
  | 'pcie-root'
  | 'pci-bridge'
  | 'pci-expander-bus'
  | 'pcie-expander-bus'
  | 'dmi-to-pci-bridge'
  | 'pcie-to-pci-bridge'
  | 'pcie-root-port'
  | 'pcie-switch-upstream-port'
  | 'pcie-switch-downstream-port';

/** What is plugged in: a device, or a controller of a model. */
export type Plug = 'endpoint' | Exclude<PciModel, 'pci-root' | 'pcie-root'>;

export interface Bus {
  readonly firstSlot: number;
  readonly lastSlot: number;
  readonly takes: ReadonlySet<Plug>;
}

const LAST_SLOT = 31;

function bus(firstSlot: number, lastSlot: number, ...takes: readonly Plug[]): Bus {
  return { firstSlot, lastSlot, takes: new Set(takes) };
}

const port = bus(0, 0, 'endpoint', 'pci-bridge', 'pcie-switch-upstream-port', 'pcie-to-pci-bridge');

export const buses: Readonly<Record<PciModel, Bus>> = {
  'pci-root': bus(1, LAST_SLOT, 'endpoint', 'pci-bridge', 'pci-expander-bus'),
  'pci-bridge': bus(1, LAST_SLOT, 'endpoint', 'pci-bridge'),
  'pci-expander-bus': bus(0, LAST_SLOT, 'endpoint', 'pci-bridge'),
  'pcie-root': bus(1, LAST_SLOT, 'endpoint', 'pci-bridge', 'pcie-root-port', 'dmi-to-pci-bridge', 'pcie-expander-bus'),
  'dmi-to-pci-bridge': bus(0, LAST_SLOT, 'endpoint', 'pci-bridge'),
  'pcie-to-pci-bridge': bus(1, LAST_SLOT, 'endpoint', 'pci-bridge'),
  'pcie-root-port': port,
  'pcie-switch-downstream-port': port,
  'pcie-switch-upstream-port': bus(0, LAST_SLOT, 'pcie-switch-downstream-port'),
  'pcie-expander-bus': bus(0, LAST_SLOT, 'pcie-root-port', 'dmi-to-pci-bridge'),
};

export function isPciModel(model: string | undefined): model is PciModel {
  return model !== undefined && Object.hasOwn(buses, model);
}

/** The controllers that take a plug, for messages: "`pcie-root` or `pcie-expander-bus`". */
export function takersOf(plug: Plug): readonly PciModel[] {
  return Object.keys(buses)
    .filter(isPciModel)
    .filter((model) => buses[model].takes.has(plug));
}
