/** Settings that only some types of interfaces, or models, can have. */
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { type Phrase, phrase, say } from '../../l10n/say.ts';
import { attribute, attributeSpan, attributeValue, child, nameSpan, valueSpan } from '../../xml/query.ts';
import type { XmlDocument } from '../../xml/tree.ts';
import { dropAttribute, dropElement, setValueOf } from '../fixes.ts';
import { placeOf, type RefusalOptions, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';
import { backendOf, modelAttribute, qemuInterfaces } from './interfaces.ts';
import { useVirtio } from './repairs.ts';

const page = 'network/types';

/** Types that libvirt's QEMU driver knows; nothing is said of others. */
const TYPES = new Set(
  'network bridge direct user ethernet vhostuser vdpa null vds udp server client mcast internal hostdev'.split(' '),
);

function typeOf(face: NetworkInterface) {
  return relatedTo(placeOf(face.element, 'type'), say`The type of the interface`);
}

interface Setting {
  readonly name: string;
  readonly since: string;
  readonly allowed: (face: NetworkInterface) => boolean;
  readonly reason: Phrase;
}

const SETTINGS: readonly Setting[] = [
  {
    name: 'mtu',
    since: '3.1.0',
    allowed: ({ type, element }) =>
      ['network', 'bridge', 'ethernet', 'vhostuser'].includes(type) ||
      (type === 'user' && attributeValue(child(element, 'backend'), 'type') === 'passt'),
    reason: phrase`it is set on a tap device or told to the other end, and there is none`,
  },
  {
    name: 'coalesce',
    since: '3.3.0',
    // Taps are possible with ethernet as well, and what releases say of it differs.
    allowed: ({ type }) => ['network', 'bridge', 'ethernet'].includes(type),
    reason: phrase`interrupts are gathered by a tap device on a bridge, and there is none`,
  },
];

function misplacedSetting({ name, since, allowed, reason }: Setting): Rule {
  return each(
    `network/${name}-type`,
    function* (face, document) {
      const element = child(face.element, name);
      if (!element || !TYPES.has(face.type) || allowed(face)) return;
      yield {
        at: nameSpan(element),
        message: say`\`<${name}>\` is refused on an interface of type \`${face.type}\`: ${reason}. Remove it.`,
        related: [typeOf(face)],
        fixes: [dropElement(element, document)],
      };
    },
    { since, needs: [name] },
  );
}

/** target/@managed='no': a tap that somebody else made, which only the type 'ethernet' takes. */
function* foreignTaps(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const managed = attribute(child(face.element, 'target'), 'managed');
  if (managed?.value.trim() !== 'no' || face.type === 'ethernet' || !TYPES.has(face.type)) return;
  yield {
    at: attributeSpan(managed),
    message: say`A tap device that was made beforehand (\`managed='no'\`) is for the type \`ethernet\`; with \`${face.type}\` libvirt refuses it. Remove \`managed\`.`,
    related: [typeOf(face)],
    fixes: [dropAttribute(managed, document)],
  };
}

/** reconnect belongs to the side that connects, and needs a time. */
function* wrongReconnects(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const reconnect = face.source && child(face.source, 'reconnect');
  if (face.type !== 'vhostuser' || !reconnect || attributeValue(reconnect, 'enabled') !== 'yes') return;
  const mode = attribute(face.source, 'mode');
  if (mode?.value.trim() === 'server')
    yield {
      at: nameSpan(reconnect),
      message: say`QEMU is the server of this socket and waits for the switch; only a client connects again, so libvirt refuses \`<reconnect>\`. Remove it.`,
      related: [relatedTo(valueSpan(mode), say`QEMU is the server`)],
      fixes: [dropElement(reconnect, document)],
    };
  else if (wholeNumber(attributeValue(reconnect, 'timeout')) === undefined)
    yield {
      at: nameSpan(reconnect),
      message: say`\`<reconnect>\` must say after how many seconds: libvirt refuses it without \`timeout\`.`,
      fixes: [setValueOf(reconnect, 'timeout', '10', document)],
    };
}

/** Options of the virtio transport, which libvirt refuses with other models; those that it drops are another rule's. */
const TRANSPORT = ['iommu', 'ats', 'packed', 'page_per_vq'];

function* transportOptions(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  if (face.isVirtio || face.model === undefined) return;
  const model = modelAttribute(face);
  for (const at of TRANSPORT.flatMap((name) => attribute(face.driver, name) ?? []))
    yield {
      at: attributeSpan(at),
      message: say`\`${at.name}\` is an option of virtio devices; with the model \`${face.model}\` libvirt refuses it. Remove it, or set the model to \`virtio\`.`,
      related: model ? [relatedTo(valueSpan(model), say`The model`)] : [],
      fixes: [...useVirtio(face, document), dropAttribute(at, document)],
    };
}

/** driver/@name='vfio' on a card that QEMU emulates. */
function* assignedDrivers(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const name = attribute(face.driver, 'name');
  if (!name || !face.isVirtio || face.type === 'hostdev' || !['vfio', 'kvm', 'xen'].includes(name.value.trim())) return;
  yield {
    at: valueSpan(name),
    message: say`\`name='${name.value.trim()}'\` is the driver of an assigned device; a virtio card has \`vhost\` or \`qemu\`, and libvirt refuses the definition. Remove it.`,
    fixes: [dropAttribute(name, document)],
  };
}

/** Types whose packets a socket or QEMU itself carries: no device for a script to set up. */
const SCRIPTLESS = new Set('user server client mcast udp internal'.split(' '));

function* uselessScripts(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const script = child(face.element, 'script');
  if (!script || !SCRIPTLESS.has(face.type)) return;
  yield {
    at: nameSpan(script),
    message: say`A script sets up the tap device of an interface, and one of type \`${face.type}\` has none: libvirt stores the definition and does not start the guest. Remove \`<script>\`.`,
    related: [typeOf(face)],
    fixes: [dropElement(script, document)],
  };
}

/** A ROM that is off has neither contents nor a place where the guest reads them. */
function* silentRoms(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const rom = child(face.element, 'rom');
  if (!rom || attributeValue(rom, 'enabled') !== 'no') return;
  for (const at of ['bar', 'file'].flatMap((name) => attribute(rom, name) ?? []))
    yield {
      at: attributeSpan(at),
      message: say`The ROM is switched off, so \`${at.name}\` says nothing of it: libvirt refuses both together. Remove it.`,
      related: [relatedTo(placeOf(rom, 'enabled'), say`Switched off here`)],
      fixes: [dropAttribute(at, document)],
    };
}

/** vhost-user speaks virtio, and libvirt wants it said; vDPA knows only the plain model. */
function* missingModels(face: NetworkInterface, document: XmlDocument): Iterable<Refused> {
  const model = modelAttribute(face);
  if (
    face.type === 'vhostuser' &&
    face.model === undefined &&
    !child(face.element, 'model') &&
    backendOf(face) !== 'passt'
  )
    yield {
      at: nameSpan(face.element),
      message: say`An interface of type \`vhostuser\` must state its model: libvirt refuses the definition without \`<model type='virtio'/>\`.`,
      fixes: useVirtio(face, document),
    };
  else if (face.type === 'vdpa' && model && face.isVirtio && face.model !== 'virtio')
    yield {
      at: valueSpan(model),
      message: say`A vDPA device is the plain model \`virtio\`: libvirt refuses \`${face.model}\`.`,
      fixes: useVirtio(face, document),
    };
}

export const refusals: readonly Rule[] = [
  ...SETTINGS.map(misplacedSetting),
  each('network/target-unmanaged', foreignTaps, { since: '5.7.0', needs: ['@managed'] }),
  each('network/vhostuser-reconnect', wrongReconnects, { since: '4.1.0', needs: ['reconnect'] }),
  each('network/virtio-only-attributes', transportOptions, {
    since: '3.5.0',
    needs: [TRANSPORT.map((name) => `@${name}`).join('|')],
  }),
  each('network/driver-name', assignedDrivers, { needs: ['interface', 'driver'] }),
  each('network/script-type', uselessScripts, { needs: ['script'] }),
  each('network/rom-disabled', silentRoms, { since: '4.3.0', needs: ['rom'] }),
  each('network/model-missing', missingModels, { since: '1.2.7', needs: ['interface'] }),
];

function each(
  id: string,
  wrong: (face: NetworkInterface, document: XmlDocument) => Iterable<Refused>,
  options: RefusalOptions = {},
): Rule {
  return refusal(
    id,
    page,
    (domain) => qemuInterfaces(domain).flatMap((face) => [...wrong(face, domain.document)]),
    options,
  );
}
