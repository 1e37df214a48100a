/** The edits that let a disk name what it has in the clone. */
import {
  insertBefore,
  removeAttribute,
  removeElement,
  renameAttribute,
  setAttribute,
  setValue,
} from '../../../server/src/xml/edits.ts';
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

/** `source` is the disk's own. On another host a block device becomes a file, and so does a volume where its pool is there for the moment only. */
export function pointAt(draft: Draft, disk: XmlElement, source: XmlElement, image: NewImage): void {
  const { document, edits, destination } = draft;
  const type = attributeValue(disk, 'type') ?? 'file';
  const path = source.attributes.find(({ name }) => name === (pathAttributes[type] ?? 'file'));
  const becomesFile =
    destination !== undefined && (type === 'block' || (type === 'volume' && isMomentary(destination, image)));
  const staysVolume = type === 'volume' && !becomesFile;
  if (path) edits.push(...setValue(path, staysVolume ? image.to : image.toPath, document));
  if (staysVolume && image.pool !== undefined) edits.push(...setAttribute(source, 'pool', image.pool, document));
  if (becomesFile && path) {
    edits.push(...renameAttribute(path, 'file'), ...setAttribute(disk, 'type', 'file', document));
    const ofVolumes = source.attributes.filter(({ name }) => name === 'pool' || name === 'mode');
    edits.push(...ofVolumes.flatMap((attribute) => removeAttribute(attribute, document)));
  }
  if (image.way === 'link') edits.push(...useQcow2(draft, disk, source));
  const backing = child(disk, 'backingStore');
  if (backing) edits.push(...removeElement(backing, document));
}

function isMomentary({ target }: NonNullable<Draft['destination']>, { pool }: NewImage): boolean {
  return target.temporaryPools.some(({ name }) => name === pool);
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
