/** The PCI buses of a guest: those of its controllers, and those that libvirt adds. */
import { type Controller, controllersOf } from '../controllers.ts';
import type { Domain } from '../domain.ts';
import { type Machine, platform } from '../platform.ts';
import { isPciModel, type PciModel } from './buses.ts';

export interface PciTopology {
  /** The bus that the machine has by itself; 'none' of one without PCI, undefined of one that is not known here. */
  readonly root: 'pci-root' | 'pcie-root' | 'none' | undefined;
  readonly controllers: readonly Controller[];
  /** The highest index of a controller that it can have, at least 0. */
  readonly last: number;
  /** What the bus of a number is, up to the last; undefined where that cannot be told. */
  readonly busAt: (index: number) => PciModel | undefined;
}

/** The highest index that a PCI controller can have. */
export const MOST_INDEX = 255;

/** As qemuDomainDefAddDefaultDevices has it. */
const ROOTS: Readonly<Record<Machine, PciTopology['root']>> = {
  q35: 'pcie-root',
  'arm-virt': 'pcie-root',
  'riscv-virt': 'pcie-root',
  'loongarch-virt': 'pcie-root',
  i440fx: 'pci-root',
  pseries: 'pci-root',
  's390-ccw': 'pci-root',
  isapc: 'none',
  microvm: 'none',
  other: undefined,
};

export function pciTopology(domain: Domain): PciTopology {
  return domain.keep('PCI topology', () => {
    const { machine } = platform(domain);
    const root = machine && ROOTS[machine];
    const controllers = controllersOf(domain, 'pci');
    const byIndex = new Map(controllers.map((controller) => [controller.index, controller]));
    const last = controllers.reduce((most, { index = 0 }) => (index > MOST_INDEX ? most : Math.max(most, index)), 0);
    const busAt = (index: number): PciModel | undefined => {
      if (root === 'none' || index > last) return undefined;
      if (index === 0) return root;
      const controller = byIndex.get(index);
      if (!controller) return gapOf(root, machine === 'pseries');
      return isPciModel(controller.model) ? controller.model : undefined;
    };
    return { root, controllers, last, busAt };
  });
}

/** What libvirt puts where the indices have a gap. */
function gapOf(root: PciTopology['root'], hasManyRoots: boolean): PciModel | undefined {
  if (root === 'pcie-root') return 'pcie-root-port';
  if (root !== 'pci-root') return undefined;
  return hasManyRoots ? 'pci-root' : 'pci-bridge';
}
