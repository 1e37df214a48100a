/** Ports of virtio-serial controllers, and the names of channels. */
import { controllersOf } from '../../domain/controllers.ts';
import type { Domain } from '../../domain/domain.ts';
import { addressPart, guestAddresses } from '../../domain/guestAddresses.ts';
import { numberOfAnyBase } from '../../domain/numbers.ts';
import { say } from '../../l10n/say.ts';
import { attribute, attributeValue, child, valueSpan } from '../../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../../xml/tree.ts';
import { dropElement } from '../fixes.ts';
import { placeOf, type Refused, refusal, relatedTo } from '../refusal.ts';
import type { Rule } from '../rule.ts';

const page = 'consistency-references/virtio-serial';
/** Of a controller that says nothing (VIR_DOMAIN_DEFAULT_VIRTIO_SERIAL_PORTS). */
const DEFAULT_PORTS = 31;

function* wrongPorts(domain: Domain): Generator<Refused> {
  const ports = new Map(
    controllersOf(domain, 'virtio-serial').map(({ index, element }) => {
      const written = attribute(element, 'ports');
      return [index, written ? numberOfAnyBase(written.value) : DEFAULT_PORTS];
    }),
  );
  const taken = new Map<string, XmlElement>();
  for (const { device, element } of guestAddresses(domain, 'virtio-serial')) {
    if (attributeValue(child(device, 'target'), 'type') !== 'virtio') continue;
    const controller = addressPart(element, 'controller');
    const port = addressPart(element, 'port');
    // Port 0 stands for none: libvirt chooses one.
    if (controller === undefined || !port) continue;
    const most = ports.has(controller) ? ports.get(controller) : DEFAULT_PORTS;
    const key = `${controller}:${port}`;
    const first = taken.get(key);
    if (!first) taken.set(key, element);
    if (!first && (most === undefined || port < most)) continue;
    yield {
      at: placeOf(element, 'port'),
      message: first
        ? say`Port ${port} of virtio-serial controller ${controller} is taken: libvirt refuses to give it twice. Without \`<address>\` it finds a free one.`
        : say`Virtio-serial controller ${controller} has the ports 0 to ${(most ?? 0) - 1}: libvirt refuses port ${port}. Without \`<address>\` it finds a free one.`,
      ...(first && { related: [relatedTo(placeOf(first, 'port'), say`Taken here`)] }),
      fixes: [dropElement(element, domain.document, say`Remove <address>: libvirt finds a port`)],
    };
  }
}

/** QEMU knows ports by name, whatever controller they are on. */
function* namesTwice(domain: Domain): Generator<Refused> {
  const seen = new Map<string, XmlAttribute>();
  for (const channel of domain.devices('channel')) {
    const target = child(channel, 'target');
    const at = attribute(target, 'name');
    const name = at?.value.trim();
    if (!at || !name || attributeValue(target, 'type') !== 'virtio') continue;
    const first = seen.get(name);
    if (!first) {
      seen.set(name, at);
      continue;
    }
    yield {
      at: valueSpan(at),
      message: say`Two channels are called \`${name}\`: libvirt lets it pass, and QEMU does not start the guest, since programs in it open a channel by name.`,
      related: [relatedTo(valueSpan(first), say`The first \`${name}\``)],
      fixes: [dropElement(channel, domain.document)],
    };
  }
}

export const refusals: readonly Rule[] = [
  refusal('consistency-references/virtio-serial-port', page, wrongPorts, { needs: ['address'] }),
  refusal('consistency-references/channel-name-duplicate', page, namesTwice, { atStart: true, needs: ['channel'] }),
];
