import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { attributeSpan, child, childElements, nameSpan, valueSpan } from '../../xml/query.ts';
import type { Span } from '../../xml/tree.ts';
import { defineRule } from '../rule.ts';
import { isModelUnclear, modelAttribute, qemuInterfaces } from './interfaces.ts';
import { useVirtio } from './repairs.ts';

/** Attributes of `<driver>` that libvirt reads for virtio models alone; iommu, ats, packed and page_per_vq it refuses elsewhere. */
const VIRTIO_OPTIONS = new Set(
  'name queues txmode ioeventfd event_idx rx_queue_size tx_queue_size rss rss_hash_report'.split(' '),
);

/** An option that has no effect, and how a message calls it. */
interface DroppedOption extends Span {
  readonly name: string;
}

/** The options of an interface that libvirt throws away because its model isn't written as virtio. */
export function droppedOptions(face: NetworkInterface): readonly DroppedOption[] {
  if (face.isVirtio || face.type === 'hostdev' || isModelUnclear(face)) return [];
  const options = (face.driver?.attributes ?? []).filter((one) => VIRTIO_OPTIONS.has(one.name));
  const offloads = face.driver ? childElements(face.driver).filter((one) => /^(host|guest)$/.test(one.name)) : [];
  const backend = child(face.element, 'backend')?.attributes.filter((one) => one.name === 'vhost') ?? [];
  return [
    ...options.map((one) => ({ ...attributeSpan(one), name: `\`${one.name}\`` })),
    ...offloads.map((one) => ({ ...nameSpan(one), name: `\`<${one.name}>\`` })),
    ...backend.map((one) => ({ ...attributeSpan(one), name: '`vhost`' })),
  ];
}

/** vhostuser and vdpa with another model are refused outright (network/vhostuser-model). */
const isRefused = (face: NetworkInterface): boolean => face.model !== undefined && /^(vhostuser|vdpa)$/.test(face.type);

export const rule = defineRule<NetworkInterface>({
  id: 'network/driver-needs-virtio',
  severity: 'warning',
  needs: ['interface', 'driver'],
  find: (domain) => qemuInterfaces(domain).filter((face) => !isRefused(face) && droppedOptions(face).length > 0),
  say(face) {
    const dropped = droppedOptions(face);
    const [first] = dropped;
    const model = modelAttribute(face);
    const names = dropped.map((option) => option.name).join(', ');
    const present = model ? say`the model is \`${model.value}\`` : say`no model is written`;
    return {
      at: face.driver ? nameSpan(face.driver) : (first ?? nameSpan(face.element)),
      message: say`libvirt drops ${names} without a word: it reads them only with \`<model type='virtio'/>\`, and here ${present}. Set the model to virtio.`,
      ...(model && { related: [{ ...valueSpan(model), message: say`The model that knows none of these options` }] }),
    };
  },
  fix: (face, { document }) => useVirtio(face, document),
});
