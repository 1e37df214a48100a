/** What libvirt or QEMU fills in where nothing is written. Of what depends on the host nothing is shown. */
import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeSpan, attributeValue, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { InlayHint } from './hint.ts';

export function defaultHints(domain: Domain): InlayHint[] {
  if (!domain.isQemu) return [];
  const { root } = domain;
  const sizes = ['memory', 'currentMemory', 'maxMemory'].map((name) => child(root, name));
  return [
    ...sizes.flatMap((element) => missing(domain, element, 'unit', 'KiB')),
    ...(followsNumad(domain) ? [] : missing(domain, child(root, 'vcpu'), 'placement', 'static')),
    ...domain.disks.flatMap((disk) => ofDisk(domain, disk)),
    ...domain.interfaces.flatMap((face) => ofInterface(domain, face)),
  ];
}

function ofDisk(domain: Domain, disk: Disk): InlayHint[] {
  const { element, driver, bus } = disk;
  const target = child(element, 'target');
  return [
    ...missing(domain, element, 'type', 'file'),
    ...missing(domain, element, 'device', 'disk'),
    ...missing(domain, driver, 'type', 'raw'),
    ...missingCache(domain, disk),
    ...(bus === undefined ? [] : missing(domain, target, 'bus', bus)),
  ];
}

/** Where numad places the memory, libvirt has it place the vCPUs as well, unless something pins them. */
function followsNumad({ root }: Domain): boolean {
  return attributeValue(child(root, 'numatune', 'memory'), 'placement') === 'auto';
}

/** QEMU's own choice, which libvirt hands on; for what several guests write to, libvirt's. Other programs' disks have none. */
function missingCache(domain: Domain, { driver, device, type, shareable, writable }: Disk): InlayHint[] {
  if (device !== 'disk' || type === 'vhostuser') return [];
  return missing(domain, driver, 'cache', shareable && writable ? 'none' : 'writeback');
}

/** libvirt takes rtl8139 on a PC, where QEMU has it. */
function ofInterface(domain: Domain, { element, model, type }: NetworkInterface): InlayHint[] {
  const plain = ['network', 'bridge', 'direct', 'user', 'ethernet'].includes(type);
  if (!domain.isX86 || !plain || model !== undefined || child(element, 'model')) return [];
  const edits = insertChild(element, "<model type='rtl8139'/>", domain.document);
  return [{ offset: startTagEnd(element), kind: 'defaults', label: 'model=rtl8139', tooltip: tooltip(), edits }];
}

function missing({ document }: Domain, element: XmlElement | undefined, name: string, value: string): InlayHint[] {
  if (!element?.startTagClosed || attribute(element, name)) return [];
  const edits = setAttribute(element, name, value, document);
  return [{ offset: startTagEnd(element), kind: 'defaults', label: `${name}=${value}`, tooltip: tooltip(), edits }];
}

/** Behind the last attribute, where one would be written. */
function startTagEnd(element: XmlElement): number {
  const last = element.attributes.at(-1);
  return last ? attributeSpan(last).end : element.nameEnd;
}

function tooltip(): string {
  return say`What holds where nothing is written.`;
}
