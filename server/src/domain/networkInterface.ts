/** What rules ask of a network interface, read from its element. */
import { attributeValue, child } from '../xml/query.ts';
import type { XmlElement } from '../xml/tree.ts';

export interface NetworkInterface {
  readonly element: XmlElement;
  /** interface/@type: 'network', 'bridge', 'direct', 'user', 'ethernet', 'vhostuser', 'vdpa', 'hostdev', … */
  readonly type: string;
  /** model/@type as written, or undefined where libvirt chooses. */
  readonly model: string | undefined;
  /** The model is one of virtio's names; libvirt reads model names without regard to case (virDomainNetSetModelString). */
  readonly isVirtio: boolean;
  readonly driver: XmlElement | undefined;
  readonly source: XmlElement | undefined;
  readonly mac: string | undefined;
}

const VIRTIO_MODELS = new Set(['virtio', 'virtio-transitional', 'virtio-non-transitional']);

export function readInterface(element: XmlElement): NetworkInterface {
  const model = attributeValue(child(element, 'model'), 'type');
  return {
    element,
    type: attributeValue(element, 'type') ?? '',
    model,
    isVirtio: model !== undefined && VIRTIO_MODELS.has(model.toLowerCase()),
    driver: child(element, 'driver'),
    source: child(element, 'source'),
    mac: attributeValue(child(element, 'mac'), 'address')?.toLowerCase(),
  };
}
