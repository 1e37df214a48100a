/** Input devices: which kind is on which bus. */
import type { Domain } from '../../domain/domain.ts';
import { say } from '../../l10n/say.ts';
import { setAttribute } from '../../xml/edits.ts';
import { attribute, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { addressOf, placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'devices/inputs';

interface Misfit {
  readonly applies: (type: string, bus: string) => boolean;
  readonly message: (type: string) => string;
  /** The bus to use, or undefined where there must be none. */
  readonly better: string | undefined;
}

const MISFITS: readonly Misfit[] = [
  {
    applies: (type, bus) => bus === 'ps2' && ['tablet', 'passthrough'].includes(type),
    message: (type) => say`PS/2 has mouse and keyboard; libvirt refuses a ${type} there. Use \`usb\` or \`virtio\`.`,
    better: 'usb',
  },
  {
    applies: (type, bus) => type === 'passthrough' && bus !== 'virtio' && bus !== 'ps2',
    message: () => say`A device of the host is passed on as a virtio one; libvirt refuses any other bus.`,
    better: 'virtio',
  },
  {
    applies: (type) => type === 'evdev',
    message: () =>
      say`\`evdev\` feeds the guest's other input devices and sits on no bus of its own: libvirt refuses one. Remove \`bus\`.`,
    better: undefined,
  },
  {
    applies: (_, bus) => bus === 'xen',
    message: () =>
      say`The bus \`xen\` is one of paravirtualised Xen guests; with QEMU libvirt refuses it. Use \`usb\`.`,
    better: 'usb',
  },
];

function* buses(domain: Domain): Generator<Refused> {
  for (const input of domain.devices('input')) {
    const bus = attribute(input, 'bus');
    const type = attributeValue(input, 'type') ?? '';
    const misfit = bus && MISFITS.find(({ applies }) => applies(type, bus.value.trim()));
    if (!misfit) continue;
    const better = type === 'passthrough' ? 'virtio' : misfit.better;
    yield {
      at: valueSpan(bus),
      message: misfit.message(type),
      fixes: [
        better === undefined ? dropAttribute(bus, domain.document) : setValueOf(input, 'bus', better, domain.document),
      ],
    };
  }
}

const TRANSITIONAL = ['virtio-transitional', 'virtio-non-transitional'];

/** libvirt's default bus of an input device that names none. */
function isOnVirtio(input: XmlElement): boolean {
  const bus = attributeValue(input, 'bus');
  return bus === 'virtio' || (bus === undefined && attributeValue(input, 'type') === 'passthrough');
}

function* models(domain: Domain): Generator<Refused> {
  for (const input of domain.devices('input')) {
    const model = attribute(input, 'model');
    const bus = attribute(input, 'bus');
    const name = model?.value.trim() ?? '';
    if (!model || !/^virtio/.test(name)) continue;
    if (isOnVirtio(input)) {
      if (!TRANSITIONAL.includes(name)) continue;
      yield {
        at: valueSpan(model),
        message: say`QEMU has one kind of virtio input device: libvirt refuses \`${name}\`. Remove \`model\`.`,
        fixes: [dropAttribute(model, domain.document)],
      };
    } else if (bus) {
      yield {
        at: valueSpan(model),
        message: say`\`${name}\` is a model of virtio input devices; on the bus \`${bus.value.trim()}\` libvirt refuses it. Remove it, or use \`bus="virtio"\`.`,
        related: [relatedTo(valueSpan(bus), say`The bus`)],
        fixes: [dropAttribute(model, domain.document), useVirtio(input, domain)],
      };
    }
  }
}

function useVirtio(input: XmlElement, { document }: Domain) {
  return { title: say`Use bus='virtio'`, edits: setAttribute(input, 'bus', 'virtio', document) };
}

function* addresses(domain: Domain): Generator<Refused> {
  for (const input of domain.devices('input')) {
    const address = addressOf(input);
    if (attributeValue(input, 'bus') !== 'usb' || !address || address.type.value.trim() === 'usb') continue;
    yield {
      at: valueSpan(address.type),
      message: say`A USB device has an address of type \`usb\`, not \`${address.type.value.trim()}\`: libvirt refuses it. Remove the address.`,
      related: [relatedTo(placeOf(input, 'bus'), say`The bus`)],
      fixes: [dropElement(address.element, domain.document)],
    };
  }
}

/** The node of the host's device: @evdev of a passed-through one, @dev of evdev. */
function* withoutPaths(domain: Domain): Generator<Refused> {
  for (const input of domain.devices('input')) {
    const type = attributeValue(input, 'type') ?? '';
    const name = type === 'passthrough' ? 'evdev' : type === 'evdev' ? 'dev' : undefined;
    const source = child(input, 'source');
    if (name === undefined || !source || attribute(source, name)) continue;
    const other = attribute(source, name === 'dev' ? 'evdev' : 'dev');
    const path = other?.value.trim() ?? '/dev/input/event0';
    yield {
      at: nameSpan(source),
      message: say`The device of the host is named by \`${name}\` for an input of type \`${type}\`: libvirt refuses it without.`,
      fixes: [
        other
          ? {
              title: say`Rename ${other.name} to ${name}`,
              edits: [{ start: other.nameStart, end: other.nameEnd, newText: name }],
            }
          : setValueOf(source, name, path, domain.document),
      ],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('devices/input-bus', page, buses, { needs: ['input'] }),
  refusal('devices/input-model', page, models, { since: '5.2.0', needs: ['input'] }),
  refusal('devices/input-address', page, addresses, { needs: ['input'] }),
  refusal('devices/input-source', page, withoutPaths, { since: '7.4.0', needs: ['input'] }),
];
