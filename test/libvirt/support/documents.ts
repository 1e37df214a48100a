/** Domains as they are shown to libvirt: under another name, without KVM, and none that would end the daemon. */
import { applyEdits, type TextEdit } from '../../../server/src/finding.ts';
import { removeElement, setText } from '../../../server/src/xml/edits.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, descendants } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';

/** The domain under another name and without its UUID, so that libvirt can keep many beside each other. */
export function withName(text: string, name: string): string {
  const document = parseXml(text);
  const { root } = document;
  const edits: TextEdit[] = [];
  const named = root && child(root, 'name');
  if (named) edits.push(...setText(named, name));
  const uuid = root && child(root, 'uuid');
  if (uuid) edits.push(...removeElement(uuid, document));
  return applyEdits(text, edits);
}

/** The same domain for plain emulation: a daemon that runs as nobody may not use KVM. */
export function emulated(text: string): string {
  return text.replace(/(<domain\b[^>]*?\btype=)(['"])kvm\2/, '$1$2qemu$2');
}

/** Libvirt 9.0 ends, at once or later, instead of refusing: rawio on a vhost-scsi device, a wrong distance between cells of the guest. */
export function crashesDefine(text: string): boolean {
  const elements = elementsOf(text);
  const cells = elements.filter((element) => element.name === 'cell').length;
  return elements.some(
    (element) =>
      (element.name === 'sibling' && isWrongDistance(element, cells)) ||
      (element.name === 'hostdev' &&
        attributeValue(element, 'type') === 'scsi_host' &&
        attributeValue(element, 'rawio') !== undefined),
  );
}

/** A distance to a cell that there is not, or one that is 10 although it leads to another cell, or not although it leads to its own. */
function isWrongDistance(sibling: XmlElement, cells: number): boolean {
  const id = attributeValue(sibling, 'id') ?? '';
  const cell = sibling.parent?.parent;
  const isOwn = id === (cell && attributeValue(cell, 'id'));
  return !(Number(id) < cells) || isOwn !== (attributeValue(sibling, 'value') === '10');
}

/** Besides, while it makes the command line: an iSCSI disk without a host, an interface that is a PCI device of the host. */
export function crashesCommandLine(text: string): boolean {
  const ends = (element: XmlElement) =>
    (attributeValue(element, 'protocol') === 'iscsi' && !child(element, 'host')) ||
    (element.name === 'interface' && attributeValue(element, 'type') === 'hostdev');
  return crashesDefine(text) || elementsOf(text).some(ends);
}

function elementsOf(text: string): XmlElement[] {
  const { root } = parseXml(text);
  return root ? [...descendants(root)] : [];
}
