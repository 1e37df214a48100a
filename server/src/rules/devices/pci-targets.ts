/** What a PCI controller is told about itself: numbers out of range, and options of another model. */
import { type Controller, controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import { isPciModel, type PciModel } from '../../domain/pci/buses.ts';
import { MOST_INDEX } from '../../domain/pci/topology.ts';
import { platform, platformName } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, childElements, nameSpan, textOf, textSpan, valueSpan } from '../../xml/query.ts';
import type { Span, XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/pci-targets';

/** The ranges of target's attributes (virDomainControllerDefValidate). */
const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  chassisNr: [1, 255],
  chassis: [0, 255],
  port: [0, 255],
  busNr: [1, 254],
  index: [0, 30],
};

/** The models that each of target's attributes is of (qemuValidateDomainDeviceDefControllerPCI). */
const OWNERS: Readonly<Record<string, readonly PciModel[]>> = {
  chassisNr: ['pci-bridge'],
  chassis: ['pcie-root-port', 'pcie-switch-downstream-port'],
  port: ['pcie-root-port', 'pcie-switch-downstream-port'],
  busNr: ['pci-expander-bus', 'pcie-expander-bus'],
  hotplug: ['pcie-root-port', 'pcie-switch-downstream-port', 'pci-root'],
};

/** model/@name of each model. */
const NAMES: Readonly<Record<PciModel, readonly string[]>> = {
  'pci-root': ['spapr-pci-host-bridge'],
  'pcie-root': [],
  'pci-bridge': ['pci-bridge'],
  'dmi-to-pci-bridge': ['i82801b11-bridge'],
  'pcie-to-pci-bridge': ['pcie-pci-bridge'],
  'pcie-root-port': ['pcie-root-port', 'ioh3420'],
  'pcie-switch-upstream-port': ['x3130-upstream'],
  'pcie-switch-downstream-port': ['xio3130-downstream'],
  'pci-expander-bus': ['pxb'],
  'pcie-expander-bus': ['pxb-pcie'],
};
const ALL_NAMES = new Set(Object.values(NAMES).flat());

function* numbers(domain: Domain): Generator<Refused> {
  const { document } = domain;
  for (const { element, index } of controllersOf(domain, 'pci')) {
    const ownIndex = attribute(element, 'index');
    if (ownIndex && index !== undefined && index > MOST_INDEX) {
      yield {
        at: valueSpan(ownIndex),
        message: say`The index of a PCI controller is the number of its bus, and at most ${MOST_INDEX}: libvirt refuses ${index}.`,
        fixes: [dropAttribute(ownIndex, document)],
      };
    }
    const target = child(element, 'target');
    for (const [name, [least, most]] of Object.entries(RANGES)) {
      const at = attribute(target, name);
      const value = numberOfAnyBase(at?.value);
      if (!target || !at || value === undefined || (value >= least && value <= most)) continue;
      yield {
        at: valueSpan(at),
        message: say`\`${name}\` of a PCI controller is a number from ${least} to ${most}: libvirt refuses ${value}. Without it, libvirt takes one that is free.`,
        fixes: [withoutTarget(target, at, domain)],
      };
    }
  }
}

/** Takes an attribute away, and with the last one the target. */
function withoutTarget(target: XmlElement, at: XmlAttribute, { document }: Domain): Fix {
  const isLast = target.attributes.length === 1 && childElements(target).length === 0;
  return isLast ? dropElement(target, document) : dropAttribute(at, document);
}

/** pseries: index 0 of its host bridges goes with target index 0. */
function* pseriesIndices(domain: Domain): Generator<Refused> {
  for (const { element, index } of controllersOf(domain, 'pci')) {
    const target = child(element, 'target');
    const at = attribute(target, 'index');
    const value = numberOfAnyBase(at?.value);
    if (!target || !at || value === undefined || index === undefined || (index === 0) === (value === 0)) continue;
    yield {
      at: valueSpan(at),
      message: say`The host bridge of index 0 has target index 0, and no other one has: libvirt refuses \`index='${index}'\` with target index ${value}.`,
      related: [relatedTo(placeOf(element, 'index'), say`The index of the controller`)],
      fixes: [withoutTarget(target, at, domain)],
    };
  }
}

function* numaNodes(domain: Domain): Generator<Refused> {
  const cells = domain.numaCells.length;
  for (const { element, index, model } of controllersOf(domain, 'pci')) {
    const node = child(element, 'target', 'node');
    const value = node && numberOfAnyBase(textOf(node));
    if (!node || value === undefined) continue;
    const reason =
      index === 0
        ? say`The root itself belongs to no NUMA node`
        : value >= cells
          ? say`The guest has ${cells === 0 ? say`no NUMA cells` : say`${cells} NUMA ${cells === 1 ? 'cell' : 'cells'}, counted from 0`}, and this controller is to be on node ${value}`
          : isPciModel(model) && !['pci-expander-bus', 'pcie-expander-bus', 'pci-root'].includes(model)
            ? say`A \`${model}\` belongs to no NUMA node; expander buses do`
            : undefined;
    if (reason === undefined) continue;
    yield {
      at: textSpan(node),
      message: say`${reason}: libvirt refuses the definition.`,
      fixes: [dropElement(node, domain.document)],
    };
  }
}

/** Numbers that QEMU wants to be each port's, and each expander bus's, own. */
function* numbersTwice(domain: Domain): Generator<Refused> {
  for (const [name, models] of [
    ['chassis', OWNERS.chassis],
    ['busNr', OWNERS.busNr],
  ] as const) {
    const seen = new Map<number, XmlAttribute>();
    for (const { element, model } of controllersOf(domain, 'pci')) {
      const target = child(element, 'target');
      const at = attribute(target, name);
      const value = numberOfAnyBase(at?.value);
      if (!target || !at || value === undefined || !isPciModel(model) || !models?.includes(model)) continue;
      const first = seen.get(value);
      if (!first) seen.set(value, at);
      else
        yield {
          at: valueSpan(at),
          message: say`\`${name}\` ${value} is that of another controller; QEMU does not start a guest in which two have one number. Without it, libvirt takes one that is free.`,
          related: [relatedTo(valueSpan(first), say`The first \`${name}\` ${value}`)],
          fixes: [withoutTarget(target, at, domain)],
        };
    }
  }
}

interface Foreign {
  readonly at: Span;
  readonly name: string;
  readonly owners: readonly string[];
  readonly fix: Fix;
}

function* foreignOptions(controller: Controller, domain: Domain): Generator<Foreign> {
  const { element, model } = controller;
  if (!isPciModel(model)) return;
  const { machine } = platform(domain);
  const target = child(element, 'target');
  const owners = { ...OWNERS, ...(machine && machine !== 'pseries' && { index: [] }) };
  for (const [name, models] of Object.entries<readonly PciModel[]>(owners)) {
    const at = attribute(target, name);
    if (target && at && !models.includes(model))
      yield { at: valueSpan(at), name, owners: models, fix: withoutTarget(target, at, domain) };
  }
  const named = child(element, 'model');
  const written = attribute(named, 'name');
  const names = model === 'pci-root' && machine !== 'pseries' ? [] : NAMES[model];
  const name = written?.value.trim() ?? '';
  if (named && written && machine && ALL_NAMES.has(name) && !names.includes(name)) {
    const [right] = names;
    const fix = right ? setValueOf(named, 'name', right, domain.document) : dropElement(named, domain.document);
    const models = Object.entries(NAMES).flatMap(([owner, own]) => (own.includes(name) ? owner : []));
    yield { at: valueSpan(written), name: `<model name='${name}'>`, owners: models, fix };
  }
}

/** The machines whose root has a 64 bit window of a size that can be set. */
const HOLE_MACHINES: ReadonlyMap<string, string> = new Map([
  ['pci-root', 'i440fx'],
  ['pcie-root', 'q35'],
]);

function* holes(domain: Domain): Generator<Refused> {
  const { machine } = platform(domain);
  for (const { element, model = '' } of controllersOf(domain, 'pci')) {
    const hole = child(element, 'pcihole64');
    const right = HOLE_MACHINES.get(model);
    if (!hole || !right || !machine || machine === right) continue;
    yield {
      at: nameSpan(hole),
      message: say`The size of the 64 bit PCI window can be set on i440fx and q35 only, and this is ${platformName(domain)}: libvirt refuses the definition.`,
      related: machinePlace(domain),
      fixes: [dropElement(hole, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/pci-controller-numbers', page, numbers, { anyDriver: true, needs: ['controller'] }),
  refusal('devices/pci-number-twice', page, numbersTwice, { atStart: true, needs: ['controller'] }),
  refusal('devices/pci-target-index', page, pseriesIndices, { anyDriver: true, needs: ['controller'] }),
  refusal('devices/pci-numa-node', page, numaNodes, { needs: ['controller', 'node'] }),
  refusal(
    'devices/pci-controller-options',
    page,
    (domain) =>
      controllersOf(domain, 'pci').flatMap((controller) =>
        [...foreignOptions(controller, domain)].map(({ at, name, owners, fix }) => ({
          at,
          message: say`\`${name}\` is no option of a \`${controller.model}\`${owners.length ? say`, but of ${owners.map((owner) => `\`${owner}\``).join(say` and `)}` : ''}: libvirt refuses the definition.`,
          related: [relatedTo(nameSpan(controller.element), say`The controller`)],
          fixes: [fix],
        })),
      ),
    { needs: ['controller'] },
  ),
  refusal('devices/pci-hole-machine', page, holes, { needs: ['pcihole64'] }),
];
