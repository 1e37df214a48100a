/** What a device is for the PCI bus: a controller of a model, or an endpoint, of PCI or of PCI Express. */
import { attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { Domain } from '../domain.ts';
import { isPciModel, type PciModel, type Plug } from './buses.ts';
import { pciPlaces } from './places.ts';
import { pciTopology } from './topology.ts';

export function plugOf(device: XmlElement): Plug {
  if (device.name !== 'controller' || attributeValue(device, 'type') !== 'pci') return 'endpoint';
  const model = attributeValue(device, 'model');
  return isPciModel(model) && model !== 'pci-root' && model !== 'pcie-root' ? model : 'endpoint';
}

/** Models whose devices are virtio's, and PCI Express where the machine is. */
const VIRTIO = new Set(['virtio', 'virtio-scsi', 'virtio-non-transitional', 'virtio-gl']);
const EXPRESS = new Set(['e1000e', 'igb', 'qemu-xhci', 'nec-xhci']);
const CONVENTIONAL = new Set(
  'virtio-transitional e1000 rtl8139 ne2k_pci pcnet i82551 i82557b i82559er vga cirrus qxl ac97 es1370 ich6 ich9 i6300esb lsilogic lsisas1068'.split(
    ' ',
  ),
);

/** As qemuDomainDeviceCalculatePCIConnectFlags has it on a machine of PCI Express; undefined where it is not known here. */
export function isExpress(device: XmlElement): boolean | undefined {
  const model = attributeValue(device, 'model') ?? attributeValue(child(device, 'model'), 'type');
  if (model !== undefined && (VIRTIO.has(model) || EXPRESS.has(model))) return true;
  if (model !== undefined && CONVENTIONAL.has(model)) return false;
  if (device.name === 'disk' && attributeValue(child(device, 'target'), 'bus') === 'virtio') return true;
  if (device.name === 'controller' && attributeValue(device, 'type') === 'virtio-serial') return true;
  return undefined;
}

/**
 * The bus that libvirt adds for a device on one that no controller has: a root port for PCI Express, a bridge otherwise.
 * Undefined where it cannot be told, or devices of both kinds are there.
 */
export function grownBus(domain: Domain, device: XmlElement): PciModel | undefined {
  const { root, last } = pciTopology(domain);
  if (plugOf(device) !== 'endpoint') return undefined;
  if (root === 'pci-root') return domain.isX86 ? 'pci-bridge' : undefined;
  if (root !== 'pcie-root') return undefined;
  const kinds = domain.keep('PCI devices on buses to come', () => {
    const beyond = pciPlaces(domain).filter((place) => place.bus > last && plugOf(place.device) === 'endpoint');
    return new Set(beyond.map((place) => isExpress(place.device)));
  });
  if (kinds.size !== 1) return undefined;
  const express = isExpress(device);
  return express === undefined ? undefined : express ? 'pcie-root-port' : 'pci-bridge';
}
