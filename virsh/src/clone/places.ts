/** Where the files lie that a clone copies. */
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, childElements, textOf } from '../../../server/src/xml/query.ts';
import { sourceKey } from './copies.ts';
import { reasonToShare } from './refusals.ts';

/** `key` is the place's `sourceKey`; `isFile` says that a pool over its directory would have it. */
export type Place = { readonly key: string; readonly isFirmware: boolean } & (
  | { readonly path: string; readonly isFile: boolean }
  | { readonly pool: string; readonly volume: string }
);

/** The disks of a definition that are not shared, and its UEFI variables. */
export function placesOf(xml: string, { isElsewhere = false } = {}): readonly Place[] {
  const { root } = parseXml(xml);
  const devices = root && child(root, 'devices');
  const places: Place[] = [];
  for (const disk of devices ? childElements(devices, 'disk') : []) {
    const source = child(disk, 'source');
    const type = attributeValue(disk, 'type') ?? 'file';
    const key = source && sourceKey(type, source);
    if (!source || !key || reasonToShare(disk, { isElsewhere })) continue;
    const pool = attributeValue(source, 'pool');
    const volume = attributeValue(source, 'volume');
    if (type !== 'volume') places.push({ key, path: key, isFile: type === 'file', isFirmware: false });
    else if (pool && volume) places.push({ key, pool, volume, isFirmware: false });
  }
  const nvram = root ? child(root, 'os', 'nvram') : undefined;
  const path = nvram && (attributeValue(child(nvram, 'source'), 'file') ?? textOf(nvram));
  if (path) places.push({ key: path, path, isFile: true, isFirmware: true });
  return places;
}
