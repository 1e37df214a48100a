/** PCI places that libvirt takes and QEMU, or the guest, does not. */
import { controllersOf, isOfIch9 } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { builtIns } from '../../domain/pci/builtIns.ts';
import { type PciPlace, pciPlaces } from '../../domain/pci/places.ts';
import { pciTopology } from '../../domain/pci/topology.ts';
import { say } from '../../l10n/say.ts';
import { attribute, child, valueSpan } from '../../xml/query.ts';
import { setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { placeName, toFreeSlot, withoutAddress } from './pciRepairs.ts';

const page = 'devices/pci-functions';

/** The places by slot: the functions of one card. */
function cards(domain: Domain): readonly (readonly PciPlace[])[] {
  return domain.keep('PCI cards', () => {
    const bySlot = new Map<string, PciPlace[]>();
    for (const place of pciPlaces(domain)) {
      const slot = `${place.domain}:${place.bus}:${place.slot}`;
      const list = bySlot.get(slot);
      if (list) list.push(place);
      else bySlot.set(slot, [place]);
    }
    return [...bySlot.values()];
  });
}

/** `multifunction='off'` where there is more than function 0. */
function* switchedOff(domain: Domain): Generator<Refused> {
  for (const card of cards(domain)) {
    const zero = card.find((place) => place.function === 0);
    const other = card.find((place) => place.function !== 0);
    const at = attribute(zero?.address, 'multifunction');
    if (!zero || !other || at?.value.trim() !== 'off') continue;
    yield {
      at: valueSpan(at),
      message: say`With \`multifunction='off'\` the slot has function 0 only, and \`${placeName(other)}\` is in use: QEMU does not start the guest. libvirt sets \`on\` where nothing is written.`,
      related: [relatedTo(placeOf(other.address, 'function'), `\`${placeName(other)}\``)],
      fixes: [setValueOf(zero.address, 'multifunction', 'on', domain.document)],
    };
  }
}

/** Places of the chipset that libvirt does not know to be taken. */
function* takenByChipset(domain: Domain): Generator<Refused> {
  const unknown = builtIns(domain).filter(({ reserved }) => !reserved);
  if (unknown.length === 0) return;
  for (const place of pciPlaces(domain)) {
    const holder = unknown.find((one) => place.bus === 0 && one.slot === place.slot && one.function === place.function);
    if (!holder || place.domain !== 0 || holder.own.includes(place.device)) continue;
    yield {
      at: placeOf(place.address, 'slot'),
      message: say`\`${placeName(place)}\` belongs to ${holder.what} of the machine; libvirt lets it pass, and QEMU does not start the guest.`,
      get fixes() {
        return [toFreeSlot(place, domain), withoutAddress(place.address, domain)];
      },
    };
  }
}

/** Functions that the guest does not find, because it looks for them only where there is a function 0. */
function* withoutZero(domain: Domain): Generator<Refused> {
  const { root, controllers } = pciTopology(domain);
  const ich9 = new Set(
    controllersOf(domain, 'usb')
      .filter(isOfIch9)
      .map(({ element }) => element),
  );
  // Root ports without an address may yet come to function 0.
  if (!root || root === 'none' || controllers.some(({ element, index }) => index !== 0 && !child(element, 'address')))
    return;
  if (domain.has('zpci')) return;
  for (const card of cards(domain)) {
    const [first] = card;
    if (!first || card.some((place) => place.function === 0 || ich9.has(place.device))) continue;
    if (first.bus === 0 && builtIns(domain).some(({ slot }) => slot === first.slot)) continue;
    yield {
      at: placeOf(first.address, 'function'),
      message: say`Nothing is at function 0 of slot ${first.slot} on bus ${first.bus}, and there guests do not look for other functions: they do not find \`${placeName(first)}\`.`,
      fixes: [setValueOf(first.address, 'function', '0x0', domain.document)],
    };
  }
}

export const rules: readonly Rule[] = [
  refusal('devices/pci-multifunction-off', page, switchedOff, { atStart: true, needs: ['@multifunction'] }),
  refusal('devices/pci-taken-by-chipset', page, takenByChipset, { atStart: true, needs: ['address'] }),
  refusal('devices/pci-function-zero', page, withoutZero, { atStart: true, needs: ['@function'] }),
];
