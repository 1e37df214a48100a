/** What the rules of this area share: which interfaces they speak of, and how the options of one are read. */
import type { Domain } from '../../domain/domain.ts';
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { wholeNumber } from '../../domain/numbers.ts';
import { attribute, attributeValue, child } from '../../xml/query.ts';
import type { XmlAttribute } from '../../xml/tree.ts';

/** Types whose packets pass a tap or macvtap device of the host's kernel: what vhost-net can serve. */
export const TAP_TYPES: ReadonlySet<string> = new Set(['network', 'bridge', 'direct', 'ethernet']);

/** The most queues of one tap device (MAX_TAP_QUEUES of Linux since 4.0). */
export const MOST_TAP_QUEUES = 256;

/** The interfaces of a domain that libvirt's QEMU driver runs; none of any other domain. */
export function qemuInterfaces(domain: Domain): readonly NetworkInterface[] {
  return domain.isQemu ? domain.interfaces : [];
}

/** Those of them whose `<driver>` libvirt reads: the model is written as one of virtio's. */
export function virtioInterfaces(domain: Domain): readonly NetworkInterface[] {
  return qemuInterfaces(domain).filter((face) => face.isVirtio && face.type !== 'hostdev');
}

/** driver/@queues, or undefined where it is absent or no number. */
export function queuesOf(face: NetworkInterface): number | undefined {
  return wholeNumber(attributeValue(face.driver, 'queues'));
}

/** The attribute of `<model>` that names the card. */
export function modelAttribute(face: NetworkInterface): XmlAttribute | undefined {
  return attribute(child(face.element, 'model'), 'type');
}

/** backend/@type: 'passt', or undefined for QEMU's own user networking. */
export function backendOf(face: NetworkInterface): string | undefined {
  return attributeValue(child(face.element, 'backend'), 'type');
}

/** A model is meant, yet none can be read. */
export function isModelUnclear(face: NetworkInterface): boolean {
  return face.model === undefined && child(face.element, 'model') !== undefined;
}
