/** USB controllers that libvirt refuses, and devices without USB. */
import { type Controller, controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import { platform, platformName } from '../../domain/platform.ts';
import { hasUsb, isCompanion, isUsbDevice, isXhci, MOST_PORTS } from '../../domain/usb.ts';
import { say } from '../../l10n/say.ts';
import { insertBefore } from '../../xml/edits.ts';
import { attribute, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropElement, setValueOf } from '../fixes.ts';
import { machinePlace, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/usb-controllers';

/** Devices that need USB where it is switched off, or where the machine has none. */
function* withoutUsb(domain: Domain): Generator<Refused> {
  const controllers = controllersOf(domain, 'usb');
  const off = controllers.find(({ model }) => model === 'none');
  if (off) yield* besidesNone(controllers, off, domain);
  if (hasUsb(domain) !== false) return;
  for (const device of domain.devices()) {
    if (!isUsbDevice(device, domain)) continue;
    yield {
      at: usbSpan(device),
      message: off
        ? say`\`<${device.name}>\` needs USB, which \`model='none'\` switches off: libvirt refuses the definition. Give the guest a controller such as \`qemu-xhci\`.`
        : say`\`<${device.name}>\` needs USB, and ${platformName(domain)} has no USB controller by itself: libvirt refuses the definition.`,
      related: off ? [relatedTo(placeOf(off.element, 'model'), say`USB is switched off here`)] : machinePlace(domain),
      fixes: [addUsb(domain, device, off), dropElement(device, domain.document)],
    };
  }
}

/** What says that the device is one of USB. */
function usbSpan(device: XmlElement) {
  const at = attribute(device, 'bus') ?? (device.name === 'hostdev' ? attribute(device, 'type') : undefined);
  return at ? valueSpan(at) : nameSpan(device);
}

function addUsb(domain: Domain, device: XmlElement, off: Controller | undefined) {
  if (off) return setValueOf(off.element, 'model', 'qemu-xhci', domain.document);
  const { machine } = platform(domain);
  if (machine === 'isapc' || machine === 'microvm' || machine === 's390-ccw') return undefined;
  const xml = "<controller type='usb' model='qemu-xhci' ports='15'/>";
  return { title: say`Add a USB controller`, edits: insertBefore(device, xml, domain.document) };
}

function* besidesNone(controllers: readonly Controller[], off: Controller, domain: Domain): Generator<Refused> {
  for (const other of controllers) {
    if (other === off) continue;
    yield {
      at: placeOf(other.element, 'type'),
      message: say`A controller with \`model='none'\` switches USB off, and libvirt refuses any other USB controller beside it. Remove one of the two.`,
      related: [relatedTo(placeOf(off.element, 'model'), say`USB is switched off here`)],
      fixes: [dropElement(off.element, domain.document), dropElement(other.element, domain.document)],
    };
  }
}

function* tooManyPorts(domain: Domain): Generator<Refused> {
  for (const controller of controllersOf(domain, 'usb')) {
    const at = attribute(controller.element, 'ports');
    const ports = numberOfAnyBase(at?.value);
    if (!at || !isXhci(controller) || ports === undefined || ports <= MOST_PORTS) continue;
    yield {
      at: valueSpan(at),
      message: say`A \`${controller.model}\` has at most ${MOST_PORTS} ports; libvirt refuses ${ports}. A second controller, or a hub, gives more.`,
      fixes: [setValueOf(controller.element, 'ports', String(MOST_PORTS), domain.document)],
    };
  }
}

function* sameIndex(domain: Domain): Generator<Refused> {
  const seen = new Map<number, Controller>();
  const controllers = controllersOf(domain, 'usb');
  const taken = new Set(controllers.map(({ index }) => index));
  let free = 1;
  for (const controller of controllers) {
    const { index, element, model } = controller;
    if (index === undefined || isCompanion(controller) || model === 'none') continue;
    const first = seen.get(index);
    if (!first) {
      seen.set(index, controller);
      continue;
    }
    while (taken.has(free)) free++;
    taken.add(free);
    yield {
      at: placeOf(element, 'index'),
      message: say`USB bus ${index} has a controller already, and libvirt refuses a second one; only the companions of an EHCI controller share its index. Take ${free}.`,
      related: [relatedTo(placeOf(first.element, 'index'), say`The first controller of bus ${index}`)],
      fixes: [setValueOf(element, 'index', String(free), domain.document)],
    };
  }
}

const XEN_MODELS: ReadonlySet<string> = new Set(['qusb1', 'qusb2']);

function* xenModels(domain: Domain): Generator<Refused> {
  for (const { element, model = '' } of controllersOf(domain, 'usb')) {
    if (!XEN_MODELS.has(model)) continue;
    yield {
      at: placeOf(element, 'model'),
      message: say`\`${model}\` is a controller of Xen; libvirt's QEMU driver refuses it. Use \`qemu-xhci\`.`,
      fixes: [setValueOf(element, 'model', 'qemu-xhci', domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/usb-none-with-devices', page, withoutUsb),
  refusal('devices/usb-xhci-ports', page, tooManyPorts, { needs: ['@ports'] }),
  refusal('devices/usb-index-twice', page, sameIndex, { needs: ['controller'] }),
  refusal('devices/usb-xen-model', page, xenModels, { needs: ['controller'] }),
];
