/** What libvirt or QEMU fills in where nothing is written. Of what depends on the host nothing is shown. */
import type { Disk } from '../../domain/disk.ts';
import type { Domain } from '../../domain/domain.ts';
import type { NetworkInterface } from '../../domain/networkInterface.ts';
import { say } from '../../l10n/say.ts';
import { insertChild, setAttribute } from '../../xml/edits.ts';
import { attribute, attributeSpan, child } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { InlayHint } from './hint.ts';

export function defaultHints(domain: Domain): InlayHint[] {
  if (!domain.isQemu) return [];
  const { root } = domain;
  const sizes = ['memory', 'currentMemory', 'maxMemory'].map((name) => child(root, name));
  return [
    ...sizes.flatMap((element) => missing(domain, element, 'unit', 'KiB')),
    ...missing(domain, child(root, 'vcpu'), 'placement', 'static'),
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
    // QEMU's own choice; libvirt hands it on.
    ...(disk.device === 'disk' ? missing(domain, driver, 'cache', 'writeback') : []),
    ...(bus === undefined ? [] : missing(domain, target, 'bus', bus)),
  ];
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
