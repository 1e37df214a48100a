/**
 * Every carrier of an identity: new, kept or shared, and why. It is read from the two definitions, the source's and the clone's, and not from what
 * the planner meant to do.
 */
import { say } from '../../../server/src/l10n/say.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type Carrier, carriers } from './carriers.ts';
import { cloudInitRows, metadataRows } from './guestRows.ts';
import { diskRow, nvramRow, tpmRows } from './storageRows.ts';
import type { DiskPlan, NvramPlan } from './types.ts';

export interface IdentityRow {
  readonly what: string;
  readonly fate: 'new' | 'kept' | 'shared';
  readonly from: string;
  /** Undefined where there is none yet: libvirt chooses it, or it is gone. */
  readonly to: string | undefined;
  readonly why: string;
}

export interface ClonedParts {
  readonly disks: readonly DiskPlan[];
  readonly nvram: NvramPlan | undefined;
  /** The other host that the clone goes to. */
  readonly target?: string | undefined;
}

/** `before` and `after` are definitions of one shape: the planner adds no device, and removes none but disks. */
export function identityTable(
  before: string,
  after: string,
  { disks, nvram, target }: ClonedParts,
): readonly IdentityRow[] {
  const source = parseXml(before).root;
  const clone = parseXml(after).root;
  if (!source || !clone) return [];
  const removed = new Set(disks.flatMap((disk) => (disk.action === 'remove' ? [disk.target] : [])));
  const isThere = (element: XmlElement): boolean => !removed.has(diskTarget(element) ?? '');
  const ofHost = [...carriers.flatMap((carrier) => carried(carrier, source, clone, isThere)), ...tpmRows(source)];
  return [
    ...(target === undefined ? ofHost : ofHost.map((row) => onAnotherHost(row, target))),
    ...disks.flatMap(diskRow),
    ...nvramRow(nvram),
    ...metadataRows(source),
    ...cloudInitRows(source),
  ];
}

/** What two VMs of one host share is only a name on another host: it has to have the same thing. */
function onAnotherHost(row: IdentityRow, target: string): IdentityRow {
  if (row.fate !== 'shared') return row;
  return { ...row, fate: 'kept', why: say`It is a thing of the host: ${target} needs one like it.` };
}

function carried(
  { what, path, read, whenNew, same }: Carrier,
  source: XmlElement,
  clone: XmlElement,
  isThere: (element: XmlElement) => boolean,
): IdentityRow[] {
  const counterparts = elementsAt(clone, path);
  return elementsAt(source, path)
    .filter(isThere)
    .flatMap((element, number): IdentityRow[] => {
      const from = read(element);
      if (from === undefined) return [];
      const counterpart = counterparts[number];
      const to = counterpart && read(counterpart);
      return to === from
        ? [{ what: String(what), from, to, fate: same.fate, why: String(same.why) }]
        : [{ what: String(what), from, to, fate: 'new', why: String(whenNew) }];
    });
}

/** `vda` for a disk and for what is in it. */
function diskTarget(element: XmlElement): string | undefined {
  for (let one: XmlElement | null = element; one; one = one.parent)
    if (one.name === 'disk') return attributeValue(child(one, 'target'), 'dev');
  return undefined;
}

/** The elements at a path of names from the root down. */
export function elementsAt(root: XmlElement, path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>((found, name) => found.flatMap((one) => childElements(one, name)), [root]);
}
