/** Watchdogs: each model belongs to some machines; several must do the same when they fire. */
import type { Domain } from '../../domain/domain.ts';
import { type Home, isElsewhere, platformName } from '../../domain/platform.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { addressOf, machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/watchdogs';

const PCI_CARD = 'i6300esb';

/** Where the models are that are part of something; the PCI card is anywhere. */
const HOMES: Readonly<Record<string, readonly Home[]>> = {
  ib700: ['i440fx'],
  itco: ['q35'],
  diag288: ['s390'],
};

function* machines(domain: Domain): Generator<Refused> {
  for (const watchdog of domain.devices('watchdog')) {
    const model = attribute(watchdog, 'model');
    const name = model?.value.trim() ?? '';
    const homes = Object.hasOwn(HOMES, name) ? HOMES[name] : undefined;
    if (!model || !homes || !isElsewhere(domain, homes)) continue;
    const instead = isElsewhere(domain, ['s390']) ? PCI_CARD : 'diag288';
    yield {
      at: valueSpan(model),
      message: say`There is no watchdog \`${name}\` on ${platformName(domain)}: libvirt refuses it. Use \`${instead}\`.`,
      related: machinePlace(domain),
      fixes: [setValueOf(watchdog, 'model', instead, domain.document)],
    };
  }
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const watchdog of domain.devices('watchdog')) {
    const address = addressOf(watchdog);
    const model = attributeValue(watchdog, 'model') ?? '';
    const type = address?.type.value.trim();
    if (!address || !(model === PCI_CARD ? type !== 'pci' : Object.hasOwn(HOMES, model))) continue;
    yield {
      at: valueSpan(address.type),
      message:
        model === PCI_CARD
          ? say`\`${PCI_CARD}\` is a PCI card: libvirt refuses an address of type \`${type}\`. Remove the address.`
          : say`The watchdog \`${model}\` sits on no bus that has addresses: libvirt refuses one. Remove it.`,
      related: [relatedTo(placeOf(watchdog, 'model'), say`The model`)],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

/** There may be several PCI cards, but one of each model that is part of the machine. */
function* twice(domain: Domain): Generator<Refused> {
  const first = new Map<string, XmlElement>();
  for (const watchdog of domain.devices('watchdog')) {
    const model = attributeValue(watchdog, 'model') ?? '';
    if (!Object.hasOwn(HOMES, model)) continue;
    const earlier = first.get(model);
    if (!earlier) first.set(model, watchdog);
    else
      yield {
        at: nameSpan(watchdog),
        message: say`There is one watchdog \`${model}\` in a machine: libvirt refuses a second one. Remove it.`,
        related: [relatedTo(nameSpan(earlier), say`The first one`)],
        fixes: [dropElement(watchdog, domain.document)],
      };
  }
}

/** QEMU has one action for all watchdogs. */
function* actions(domain: Domain): Generator<Refused> {
  const [first, ...others] = domain.devices('watchdog');
  const actionOf = (watchdog: XmlElement | undefined) => attributeValue(watchdog, 'action') ?? 'reset';
  for (const watchdog of others) {
    if (!first || actionOf(watchdog) === actionOf(first)) continue;
    yield {
      at: placeOf(watchdog, 'action'),
      message: say`QEMU has one action for all watchdogs, and the first one's is \`${actionOf(first)}\`: libvirt refuses \`${actionOf(watchdog)}\` beside it. Give all the same.`,
      related: [relatedTo(placeOf(first, 'action'), say`The action of the first one`)],
      fixes: [setValueOf(watchdog, 'action', actionOf(first), domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/watchdog-machine', page, machines, { since: '9.1.0', needs: ['watchdog'] }),
  refusal('devices/watchdog-address', page, addresses, { since: '0.7.3', needs: ['watchdog'] }),
  refusal('devices/watchdog-twice', page, twice, { since: '9.1.0', needs: ['watchdog'] }),
  refusal('devices/watchdog-actions', page, actions, { since: '9.1.0', needs: ['watchdog'] }),
];
