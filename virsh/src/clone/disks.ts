/** What becomes of each disk: a copy, one that both use, one that is made later, or a reason why the domain cannot be cloned. */
import { say } from '../../../server/src/l10n/say.ts';
import { attributeValue, child, childElements } from '../../../server/src/xml/query.ts';
import type { XmlElement } from '../../../server/src/xml/tree.ts';
import { type CopyPlace, placeFor, planCopy, sourceKey } from './copies.ts';
import type { Draft } from './draft.ts';
import { planLaterDisk } from './laterDisks.ts';
import { copyName } from './names.ts';
import { pointAt } from './pointing.ts';
import { noPool, reasonNotToLink, reasonToRefuse, reasonToShare } from './refusals.ts';
import { planSharedDisk } from './sharedDisks.ts';
import type { PooledVolume, VolumeCopy } from './types.ts';

/** A disk with something in it. */
export interface FilledDisk {
  readonly disk: XmlElement;
  readonly type: string;
  readonly source: XmlElement;
  /** `vda`. */
  readonly target: string;
  /** What it has in it, as it is shown: a path, `POOL/VOLUME`, a name on the network. */
  readonly shown: string;
  readonly found: PooledVolume | undefined;
}

export function planDisks(draft: Draft): void {
  const devices = child(draft.domain, 'devices');
  for (const disk of devices ? childElements(devices, 'disk') : []) {
    const filled = readDisk(draft, disk);
    if (filled) planDisk(draft, filled);
    else draft.disks.push({ action: 'empty', target: attributeValue(child(disk, 'target'), 'dev') ?? '?' });
  }
}

function readDisk({ source: { volumes } }: Draft, disk: XmlElement): FilledDisk | undefined {
  const source = child(disk, 'source');
  if (!source || source.attributes.length === 0) return undefined;
  const type = attributeValue(disk, 'type') ?? 'file';
  const key = sourceKey(type, source);
  return {
    disk,
    type,
    source,
    target: attributeValue(child(disk, 'target'), 'dev') ?? '?',
    shown: key ?? attributeValue(source, 'name') ?? attributeValue(source, 'dir') ?? type,
    found: volumes.get(key ?? ''),
  };
}

function planDisk(draft: Draft, filled: FilledDisk): void {
  const reason = reasonToShare(filled.disk, { isElsewhere: draft.destination !== undefined });
  if (reason !== undefined) planSharedDisk(draft, filled, reason);
  else if (draft.method === 'definition') planLaterDisk(draft, filled);
  else planNewDisk(draft, filled);
}

function planNewDisk(draft: Draft, filled: FilledDisk): void {
  const { disk, source, target, shown, found } = filled;
  const place = found && placeFor(draft, found);
  const refusal = reasonNotToCopy(draft, filled, place);
  if (refusal !== undefined || !found || !place) {
    draft.refusals.push(say`Disk ${target} (${shown}) ${refusal ?? noPool}`);
    return;
  }
  const isLinked = draft.method === 'linked';
  const planned = planCopy(draft, found, place, (taken) =>
    copyName(found.volume.name, draft.source.name, draft.name, taken, isLinked ? '.qcow2' : undefined),
  );
  const copy: VolumeCopy = isLinked ? { ...planned, way: 'link', bytes: 0 } : planned;
  draft.disks.push({ action: 'copy', target, copy });
  pointAt(draft, disk, source, copy);
  if (isLinked) {
    draft.warnings.push(
      say`Disk ${target} holds only what differs from ${copy.fromPath}. Whoever writes to that file, moves or deletes it destroys the clone: ${draft.source.name} must never be started again as long as the clone is needed.`,
    );
  } else if (found.volume.backingPath !== undefined || child(disk, 'backingStore')) {
    draft.changes.push(
      say`The copy of disk ${target} contains everything that its backing files had; it has none itself.`,
    );
  }
}

function reasonNotToCopy(
  { source, method, destination }: Draft,
  { disk, type, source: element, found }: FilledDisk,
  place: CopyPlace | undefined,
): string | undefined {
  const reason = reasonToRefuse(source, disk, type, element);
  if (reason !== undefined || !found) return reason;
  if (!place) return say`has no place yet: choose a storage pool of ${destination?.target.name} for it.`;
  return method === 'linked' ? reasonNotToLink(disk, found) : undefined;
}
