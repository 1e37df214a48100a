/** The PCI controller of index 0, which is part of the machine. */
import { type Controller, controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { isPciModel } from '../../domain/pci/buses.ts';
import { pciTopology } from '../../domain/pci/topology.ts';
import { platform } from '../../domain/platform.ts';
import type { Fix } from '../../finding.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore } from '../../xml/edits.ts';
import { attribute, child, nameSpan } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/pci-root';

function isRoot({ model }: Controller): boolean {
  return model === 'pci-root' || model === 'pcie-root';
}

/** Index 0 belongs to the machine's root, and no other index to one. */
function* wrongRoots(domain: Domain): Generator<Refused> {
  const { root, controllers } = pciTopology(domain);
  const { machine } = platform(domain);
  if (!root) return;
  for (const controller of controllers) {
    const { element, index, model } = controller;
    if (index === 0 && root !== 'none' && model !== root && (model === undefined || isPciModel(model))) {
      yield {
        at: placeOf(element, 'model'),
        message: attribute(element, 'index')
          ? say`PCI controller 0 is the root of the machine, a \`${root}\`: libvirt refuses ${model ? `\`${model}\`` : say`one without a model`}.`
          : say`Without an \`index\`, and with no \`${root}\` written, this controller gets index 0, which is the \`${root}\`'s: libvirt refuses the definition.`,
        related: machinePlace(domain),
        fixes: [rootFix(controller, root, domain)],
      };
    } else if (index !== undefined && index > 0 && isRoot(controller) && machine !== 'pseries') {
      yield {
        at: placeOf(element, 'index'),
        message: say`A machine has one root, with index 0: libvirt refuses a \`${model}\` of index ${index}. Bridges, ports and expander buses make more buses.`,
        fixes: [dropElement(element, domain.document)],
      };
    }
  }
}

function rootFix(controller: Controller, root: string, { document }: Domain): Fix | undefined {
  const { element, model } = controller;
  if (isRoot(controller) || model === undefined) return setValueOf(element, 'model', root, document);
  if (attribute(element, 'index')) return undefined;
  const xml = `<controller type='pci' index='0' model='${root}'/>`;
  return { title: say`Add the ${root} before it`, edits: insertBefore(element, xml, document) };
}

function* addressedRoots(domain: Domain): Generator<Refused> {
  for (const controller of controllersOf(domain, 'pci').filter(isRoot)) {
    const address = child(controller.element, 'address');
    if (!address || !attribute(address, 'type')) continue;
    yield {
      at: nameSpan(address),
      message: say`A \`${controller.model}\` is plugged into nothing, so libvirt refuses an \`<address>\` for it.`,
      fixes: [dropElement(address, domain.document)],
    };
  }
}

/** Controllers without a model, which only the root can do without. */
function* withoutModel(domain: Domain): Generator<Refused> {
  const { root, controllers } = pciTopology(domain);
  if (!root || root === 'none') return;
  const usual = root === 'pcie-root' ? 'pcie-root-port' : 'pci-bridge';
  for (const { element, index, model } of controllers) {
    if (model !== undefined || !index) continue;
    yield {
      at: nameSpan(element),
      message: say`PCI controller ${index} has no \`model\`, and libvirt refuses the definition: say what it is, for example a \`${usual}\`.`,
      fixes: [setValueOf(element, 'model', usual, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/pci-root-model', page, wrongRoots, { needs: ['controller'] }),
  refusal('devices/pci-root-address', page, addressedRoots, { anyDriver: true, needs: ['controller'] }),
  refusal('devices/pci-model-missing', page, withoutModel, { needs: ['controller'] }),
];
