/** PCI controllers that the machine cannot have, or has no place for. */

import type { Domain } from '../../domain/domain.ts';
import { freeNumber } from '../../domain/freeNumbers.ts';
import { addressPart } from '../../domain/guestAddresses.ts';
import { type PciModel, takersOf } from '../../domain/pci/buses.ts';
import { pciPlaces } from '../../domain/pci/places.ts';
import { plugOf } from '../../domain/pci/plugs.ts';
import { homelessRootPorts } from '../../domain/pci/rootPorts.ts';
import { pciTopology } from '../../domain/pci/topology.ts';
import { platform, platformName } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attributeValue, child } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { withoutAddress } from './pciRepairs.ts';

const page = 'devices/pci-controllers';

/** Machines that have expander buses (qemuDomainControllerDefPostParse). */
const EXPANDER_MACHINES: ReadonlyMap<string, readonly string[]> = new Map([
  ['pci-expander-bus', ['i440fx']],
  ['pcie-expander-bus', ['q35', 'arm-virt']],
]);

/** Where libvirt itself puts bridges. */
const BRIDGE_HOLDERS: readonly PciModel[] = [
  'pci-root',
  'pci-bridge',
  'pci-expander-bus',
  'dmi-to-pci-bridge',
  'pcie-to-pci-bridge',
];

function* expandersElsewhere(domain: Domain): Generator<Refused> {
  const { machine } = platform(domain);
  const { controllers } = pciTopology(domain);
  for (const { element, model = '' } of controllers) {
    const machines = EXPANDER_MACHINES.get(model);
    if (!machines || !machine || machines.includes(machine)) continue;
    const other = model === 'pci-expander-bus' ? 'pcie-expander-bus' : 'pci-expander-bus';
    const fits = EXPANDER_MACHINES.get(other)?.includes(machine);
    yield {
      at: placeOf(element, 'model'),
      message: say`A \`${model}\` is possible on ${model === 'pci-expander-bus' ? say`i440fx (\`pc\`)` : say`\`q35\` and \`virt\``} only, and this is ${platformName(domain)}: libvirt refuses the definition.`,
      related: machinePlace(domain),
      fixes: [
        fits ? setValueOf(element, 'model', other, domain.document) : undefined,
        dropElement(element, domain.document),
      ],
    };
  }
}

/** Controllers without an address that no bus of the guest takes; libvirt adds none for them. */
function* withoutPlace(domain: Domain): Generator<Refused> {
  const { root, controllers, last, busAt } = pciTopology(domain);
  if (!root || root === 'none' || pciPlaces(domain).some(({ bus }) => bus > last)) return;
  const there = new Set(Array.from({ length: last + 1 }, (_, index) => busAt(index)));
  if (there.has(undefined)) return;
  // A bridge without an address is no place for another one.
  const hasBridge = controllers.some(({ model, element }) => model === 'pci-bridge' && child(element, 'address'));
  if (root === 'pcie-root' && !hasBridge) there.delete('pci-bridge');
  for (const { element, model } of controllers) {
    const plug = plugOf(element);
    if (plug === 'endpoint' || EXPANDER_MACHINES.has(plug) || child(element, 'address')) continue;
    // libvirt adds a root port for an upstream port, where there is a root that takes one.
    if (root === 'pcie-root' && plug === 'pcie-switch-upstream-port') continue;
    const takers = plug === 'pci-bridge' ? BRIDGE_HOLDERS : takersOf(plug);
    if (takers.some((taker) => there.has(taker))) continue;
    yield {
      at: placeOf(element, 'model'),
      message: say`Nothing in this guest takes a \`${model}\` (${takers.map((taker) => `\`${taker}\``).join(say`, `)} would), and libvirt adds nothing for it: it refuses the definition.`,
      related: machinePlace(domain),
      fixes: [
        root === 'pci-root' ? setValueOf(element, 'model', 'pci-bridge', domain.document) : undefined,
        dropElement(element, domain.document),
      ],
    };
  }
}

function* tooManyRootPorts(domain: Domain): Generator<Refused> {
  if (pciTopology(domain).root !== 'pcie-root') return;
  for (const { element } of homelessRootPorts(domain)) {
    yield {
      at: placeOf(element, 'model'),
      message: say`There is no slot left for this \`pcie-root-port\`: the root has 30 slots for eight ports each, and libvirt refuses one more. Remove ports that hold nothing.`,
      fixes: [dropElement(element, domain.document)],
    };
  }
}

/** Bridges that are plugged into a bus whose index is not below their own. */
function* bridgesBeforeTheirBus(domain: Domain): Generator<Refused> {
  const { controllers } = pciTopology(domain);
  for (const { element, index, model } of controllers) {
    const address = child(element, 'address');
    if (model !== 'pci-bridge' || !address || attributeValue(address, 'type') !== 'pci' || index === undefined)
      continue;
    const bus = addressPart(address, 'bus');
    const slot = addressPart(address, 'slot');
    if (bus === undefined || bus < index || bus > 0xff || (bus === 0 && slot === 0)) continue;
    yield {
      at: placeOf(address, 'bus'),
      message: say`Bridge ${index} is plugged into bus ${bus}; the index of a bridge must be greater than its bus, or libvirt refuses the definition.`,
      related: [relatedTo(placeOf(element, 'index'), say`The bridge's own index`)],
      get fixes() {
        const free = freeNumber(
          controllers.flatMap((one) => one.index ?? []),
          bus + 1,
        );
        const moved = setValueOf(element, 'index', String(free), domain.document);
        return [withoutAddress(address, domain), bus === index ? undefined : moved];
      },
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/pci-expander-machine', page, expandersElsewhere, { needs: ['controller'] }),
  refusal('devices/pci-controller-place', page, withoutPlace, { needs: ['controller'] }),
  refusal('devices/pci-root-ports', page, tooManyRootPorts, { needs: ['controller'] }),
  refusal('devices/pci-bridge-order', page, bridgesBeforeTheirBus, { needs: ['controller'] }),
];
