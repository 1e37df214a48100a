/** PCI addresses that are out of range, taken, or on a bus that the device does not fit. */
import type { Domain } from '../../domain/domain.ts';
import { addressPart, guestAddresses, hexadecimal } from '../../domain/guestAddresses.ts';
import { builtIns, piixUsb } from '../../domain/pci/builtIns.ts';
import { buses, takersOf } from '../../domain/pci/buses.ts';
import { MOST, type PciPlace, pciPlaces } from '../../domain/pci/places.ts';
import { grownBus, plugOf } from '../../domain/pci/plugs.ts';
import { pciTopology } from '../../domain/pci/topology.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { placeName, toFreeSlot, withoutAddress } from './pciRepairs.ts';

const page = 'devices/pci-addresses';

/** Parts that no PCI address can have, in the guest or of a device of the host. */
function* outOfRange(domain: Domain): Generator<Refused> {
  const guest = guestAddresses(domain, 'pci').map(({ element }) => element);
  for (const address of [...guest, ...hostAddresses(domain)]) {
    const ofGuest = address.parent?.name !== 'source';
    for (const [part, most] of Object.entries(MOST)) {
      const value = addressPart(address, part);
      const at = attribute(address, part);
      if (!at || value === undefined || value <= most) continue;
      yield {
        at: valueSpan(at),
        message: say`\`${part}\` is at most \`${hexadecimal(most)}\` in a PCI address, and \`${at.value.trim()}\` is ${value}: libvirt refuses the definition.`,
        fixes: ofGuest ? [withoutAddress(address, domain)] : [],
      };
    }
  }
}

function hostAddresses(domain: Domain): XmlElement[] {
  const holders = [...domain.devices('hostdev'), ...domain.devices('interface')];
  return holders.flatMap((device) => {
    const address = child(device, 'source', 'address');
    const isPci = attributeValue(address, 'type') === 'pci' || attributeValue(device, 'type') === 'pci';
    return address && isPci ? [address] : [];
  });
}

/** The places that are PCI addresses at all. */
function inRange(domain: Domain): readonly PciPlace[] {
  return pciPlaces(domain).filter(
    (place) => place.bus <= MOST.bus && place.slot <= MOST.slot && place.function <= MOST.function,
  );
}

/** Slots that the controller of the bus does not have, and domains that no guest has. */
function* wrongSlots(domain: Domain): Generator<Refused> {
  const { busAt, last, root } = pciTopology(domain);
  if (root === 'none') return;
  for (const place of inRange(domain)) {
    const { address } = place;
    const fixes = [withoutAddress(address, domain)];
    if (place.domain !== 0) {
      const message = say`Guests have PCI domain 0 only; libvirt refuses domain ${place.domain}.`;
      yield { at: placeOf(address, 'domain'), message, fixes };
      continue;
    }
    const model = place.bus > last ? grownBus(domain, place.device) : busAt(place.bus);
    if (!model || !buses[model].takes.has(plugOf(place.device))) continue;
    const { firstSlot, lastSlot } = buses[model];
    if (place.slot >= firstSlot && place.slot <= lastSlot) continue;
    const slots = lastSlot === 0 ? say`the one slot 0` : say`the slots ${firstSlot} to ${lastSlot}`;
    yield {
      at: placeOf(address, 'slot'),
      message: say`Bus ${place.bus} is that of a \`${model}\`, which has ${slots}: libvirt refuses slot ${place.slot}. Remove \`<address>\`, and libvirt finds a place.`,
      get fixes() {
        return [...fixes, toFreeSlot(place, domain)];
      },
    };
  }
}

/** Places that another device, or the chipset, has already. */
function* collisions(domain: Domain): Generator<Refused> {
  const taken = new Map<string, PciPlace>();
  const chipset = builtIns(domain).filter(({ reserved }) => reserved);
  for (const place of inRange(domain)) {
    const name = placeName(place);
    const before = taken.get(name);
    taken.set(name, before ?? place);
    const fixed =
      place.domain === 0 && place.bus === 0
        ? chipset.find(
            (one) => one.slot === place.slot && one.function === place.function && !one.own.includes(place.device),
          )
        : undefined;
    if (!before && !fixed) continue;
    const holder = before ? say`the \`<${before.device.name}>\` before it` : say`${fixed?.what} of the machine`;
    yield {
      at: placeOf(place.address, 'slot'),
      message: say`The PCI address \`${name}\` belongs to ${holder}: libvirt refuses to give it twice. Move this device, or remove its \`<address>\`.`,
      ...(before && {
        related: [relatedTo(placeOf(before.address, 'slot'), say`\`${name}\` of \`<${before.device.name}>\``)],
      }),
      get fixes() {
        return [toFreeSlot(place, domain), withoutAddress(place.address, domain)];
      },
    };
  }
}

/** Controllers and devices on a bus that does not take them. */
function* wrongPlugs(domain: Domain): Generator<Refused> {
  const { busAt, last, root, controllers } = pciTopology(domain);
  if (root === 'none' || root === undefined) return;
  const byIndex = new Map(controllers.map((controller) => [controller.index, controller]));
  for (const place of inRange(domain)) {
    if (place.domain !== 0) continue;
    const plug = plugOf(place.device);
    if (place.bus > last && (plug === 'endpoint' || plug === 'pci-bridge')) continue;
    const model = busAt(place.bus);
    if (place.bus <= last && (!model || buses[model].takes.has(plug))) continue;
    const parent = byIndex.get(place.bus);
    const what = plug === 'endpoint' ? `\`<${place.device.name}>\`` : `A \`${plug}\``;
    const where = model ? say`the \`${model}\` of bus ${place.bus}` : say`bus ${place.bus}, which does not exist`;
    const right =
      plug === 'endpoint'
        ? say`devices go to the root, to a bridge or to a port`
        : say`it needs ${takersOf(plug)
            .map((one) => `\`${one}\``)
            .join(say` or `)}`;
    yield {
      at: placeOf(place.address, 'bus'),
      message: say`${what} cannot be plugged into ${where}; ${right}. Remove \`<address>\`, and libvirt finds a place.`,
      ...(parent && { related: [relatedTo(nameSpan(parent.element), say`The controller of bus ${place.bus}`)] }),
      fixes: [withoutAddress(place.address, domain)],
    };
  }
}

/** Controllers of the chipset that are said to be elsewhere. */
function* movedBuiltIns(domain: Domain): Generator<Refused> {
  const own = builtIns(domain);
  for (const place of inRange(domain)) {
    const one = own.find((candidate) => candidate.own.includes(place.device));
    if (!one || (place.domain === 0 && place.bus === 0 && place.slot === one.slot && place.function === one.function))
      continue;
    const right = placeName({ domain: 0, bus: 0, slot: one.slot, function: one.function });
    yield {
      at: placeOf(place.address, 'slot'),
      message: say`This controller is ${one.what} of the machine, which is at \`${right}\` and nowhere else: libvirt refuses \`${placeName(place)}\`.`,
      fixes: [withoutAddress(place.address, domain)],
    };
  }
}

/** The place that the USB controller has in the chipset of an i440fx, asked for on a machine of PCIe. */
function* piixWithoutPci(domain: Domain): Generator<Refused> {
  if (pciTopology(domain).root !== 'pcie-root') return;
  const piix = piixUsb(domain);
  for (const place of inRange(domain)) {
    if (place.bus !== 0 || place.slot !== 1 || place.function !== 2 || !piix.includes(place.device)) continue;
    yield {
      at: placeOf(place.address, 'slot'),
      message: say`At \`0000:00:01.2\` libvirt takes this for the USB controller in the chipset of an i440fx, which a machine of PCI Express has not, and refuses the definition. Use \`qemu-xhci\`, without an address.`,
      related: machinePlace(domain),
      fixes: [
        {
          title: say`Replace it by a qemu-xhci`,
          edits: [
            ...setAttribute(place.device, 'model', 'qemu-xhci', domain.document),
            ...withoutAddress(place.address, domain).edits,
          ],
        },
      ],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/pci-address-range', page, (domain) => [...outOfRange(domain), ...wrongSlots(domain)], {
    needs: ['address'],
  }),
  refusal('devices/pci-address-collision', page, collisions, { needs: ['address'] }),
  refusal('devices/pci-wrong-plug', page, wrongPlugs, { needs: ['address'] }),
  refusal('devices/pci-built-in', page, (domain) => [...movedBuiltIns(domain), ...piixWithoutPci(domain)], {
    needs: ['address'],
  }),
];
