/** The edits that let a disk name what it has in the clone. */
import { insertBefore, removeElement, renameAttribute, setAttribute, setValue } from '../../../server/src/xml/edits.ts';
import { attributeValue, child } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import type { Draft } from './draft.ts';
import type { CopyWay } from './types.ts';

/** The attribute of `<source>` that names the disk, by the disk's type. */
const pathAttributes: Readonly<Record<string, string>> = { file: 'file', block: 'dev', volume: 'volume' };

export interface NewImage {
  /** Undefined for one that a pool does not have. */
  readonly pool?: string;
  /** Its name in the pool. */
  readonly to: string;
  readonly toPath: string;
  readonly way?: CopyWay;
}

/** `source` is the disk's own. On another host a block device becomes a file. */
export function pointAt(draft: Draft, disk: XmlElement, source: XmlElement, image: NewImage): void {
  const { document, edits, destination } = draft;
  const type = attributeValue(disk, 'type') ?? 'file';
  const path = source.attributes.find(({ name }) => name === (pathAttributes[type] ?? 'file'));
  if (path) edits.push(...setValue(path, type === 'volume' ? image.to : image.toPath, document));
  if (type === 'volume' && image.pool !== undefined) edits.push(...setAttribute(source, 'pool', image.pool, document));
  if (type === 'block' && path && destination) {
    edits.push(...renameAttribute(path, 'file'), ...setAttribute(disk, 'type', 'file', document));
  }
  if (image.way === 'link') edits.push(...useQcow2(draft, disk, source));
  const backing = child(disk, 'backingStore');
  if (backing) edits.push(...removeElement(backing, document));
}

function useQcow2({ document }: Draft, disk: XmlElement, source: XmlElement) {
  const driver = child(disk, 'driver');
  return driver
    ? setAttribute(driver, 'type', 'qcow2', document)
    : insertBefore(source, `<driver name='qemu' type='qcow2'/>`, document);
}

/** An empty drive. */
export function takeOut({ document, edits }: Draft, disk: XmlElement, source: XmlElement): void {
  edits.push(...removeElement(source, document));
  if (attributeValue(disk, 'type') !== 'file') edits.push(...setAttribute(disk, 'type', 'file', document));
  const backing = child(disk, 'backingStore');
  if (backing) edits.push(...removeElement(backing, document));
}
