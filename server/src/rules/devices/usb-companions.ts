/** ICH9 controllers, which share an index and the functions of one PCI slot: an EHCI controller and its companions. */
import { type Controller, controllersOf, isOfIch9 } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { type PciPlace, pciPlaces } from '../../domain/pci/places.ts';
import { platform } from '../../domain/platform.ts';
import { hasMaster } from '../../domain/usb.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore } from '../../xml/edits.ts';
import { child } from '../../xml/query.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { placeName } from './pciRepairs.ts';

const page = 'devices/usb-companions';

/** The functions that libvirt gives to those without an address. */
const FUNCTIONS: ReadonlyMap<string, number> = new Map([
  ['ich9-uhci1', 0],
  ['ich9-uhci2', 1],
  ['ich9-uhci3', 2],
  ['ich9-ehci1', 7],
]);

/** Companions without the controller that they are companions of. */
function* masterless(domain: Domain): Generator<Refused> {
  const controllers = controllersOf(domain, 'usb');
  const [first] = controllers;
  // Without USB (`none`) nobody asks for it.
  if (!first || !controllers.every((one) => hasMaster(one) && one.model !== 'none')) return;
  const { element, index, model = '' } = first;
  const xml = `<controller type='usb'${index === undefined ? '' : ` index='${index}'`} model='ich9-ehci1'/>`;
  yield {
    at: placeOf(element, 'model'),
    message: say`${model ? `\`${model}\`` : say`This controller`} is the companion of an EHCI controller, which is missing: libvirt refuses companions alone. Add an \`ich9-ehci1\` with the same index, or use \`qemu-xhci\` instead of all of them.`,
    fixes: [
      isOfIch9(first)
        ? { title: say`Add the ich9-ehci1 controller`, edits: insertBefore(element, xml, domain.document) }
        : undefined,
    ],
  };
}

/** Companions of an index that no EHCI controller has. */
function* strayCompanions(domain: Domain): Generator<Refused> {
  const controllers = controllersOf(domain, 'usb');
  const masters = controllers.filter((one) => !hasMaster(one) && one.model !== 'none');
  const [master] = masters;
  if (!master || controllers.some(({ model }) => model === 'none')) return;
  for (const one of controllers.filter(hasMaster)) {
    if (one.index === undefined || masters.some(({ index }) => index === one.index || index === undefined)) continue;
    yield {
      at: placeOf(one.element, 'index'),
      message: say`A companion has the index of its EHCI controller, and none has ${one.index}: libvirt does not start the guest.`,
      related: [relatedTo(placeOf(master.element, 'index'), say`A controller that can be a master`)],
      fixes: [
        isOfIch9(master) ? setValueOf(one.element, 'index', String(master.index), domain.document) : undefined,
        dropElement(one.element, domain.document),
      ],
    };
  }
}

/** The ICH9 controllers by index. */
function companies(domain: Domain): readonly (readonly Controller[])[] {
  const byIndex = new Map<number, Controller[]>();
  for (const controller of controllersOf(domain, 'usb').filter(isOfIch9)) {
    if (controller.index === undefined) continue;
    const list = byIndex.get(controller.index);
    if (list) list.push(controller);
    else byIndex.set(controller.index, [controller]);
  }
  return [...byIndex.values()];
}

/** Those without an address whose function of the common slot is taken. */
function* withoutFunction(domain: Domain): Generator<Refused> {
  const places = new Map(pciPlaces(domain).map((place) => [placeName(place), place]));
  const ofDevice = new Map(pciPlaces(domain).map((place) => [place.device, place]));
  for (const company of companies(domain)) {
    const seat = company.flatMap(({ element }) => ofDevice.get(element) ?? [])[0];
    const seen = new Map<string, Controller>();
    for (const controller of company) {
      const { element, model = '' } = controller;
      if (child(element, 'address')) continue;
      const twin = seen.get(model);
      seen.set(model, twin ?? controller);
      const taken = twin ? undefined : seat && takenBy(seat, controller, places, company, domain);
      if (!twin && !taken) continue;
      yield {
        at: placeOf(element, 'model'),
        message: twin
          ? say`There is another \`${model}\` of this index, and libvirt gives both the same function of one PCI slot: it refuses the definition.`
          : say`libvirt puts \`${model}\` beside the others of its index, at \`${taken && placeName(taken)}\`, where another device is: it refuses the definition.`,
        related: [
          twin
            ? relatedTo(placeOf(twin.element, 'model'), say`The first \`${model}\``)
            : relatedTo(placeOf(taken?.address ?? element, 'slot'), say`The other device`),
        ],
        fixes: [dropElement(twin ? element : (taken?.address ?? element), domain.document)],
      };
    }
  }
}

function takenBy(
  seat: PciPlace,
  { model = '' }: Controller,
  places: ReadonlyMap<string, PciPlace>,
  company: readonly Controller[],
  domain: Domain,
): PciPlace | undefined {
  const own = FUNCTIONS.get(model);
  // On q35 a first UHCI controller without an address goes to slot 0x1d, and others may follow it.
  const roams = company.some((one) => one.model === 'ich9-uhci1' && !child(one.element, 'address'));
  if (own === undefined || (roams && platform(domain).machine === 'q35')) return undefined;
  return places.get(placeName({ ...seat, function: own }));
}

export const refusals: readonly Rule[] = [
  refusal('devices/usb-companion-alone', page, masterless, { anyDriver: true, needs: ['controller'] }),
  refusal('devices/usb-companion-index', page, strayCompanions, { needs: ['controller'] }),
  refusal('devices/usb-companion-place', page, withoutFunction, { needs: ['controller'] }),
];
