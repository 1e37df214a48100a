/** Disks that both VMs use. On the source's host they stay as they are; another host has to have the same thing. */
import { say } from '../../../server/src/l10n/say.ts';
import { attributeValue, child } from '../../../server/src/xml/query.ts';
import { sharedPools } from '../migration/diskPlaces.ts';
import type { FilledDisk } from './disks.ts';
import type { Draft } from './draft.ts';
import { takeOut } from './pointing.ts';
import type { CloneTarget } from './types.ts';

export function planSharedDisk(draft: Draft, filled: FilledDisk, reason: string): void {
  const { disk, source, target, shown } = filled;
  const there = draft.destination?.target;
  const presence = there ? presenceAt(there, filled) : 'same';
  if (presence === 'same') {
    draft.disks.push({ action: 'share', target, source: shown, reason });
  } else if (child(disk, 'shareable')) {
    draft.refusals.push(
      say`Disk ${target} (${shown}) is meant to be used by several VMs at once, and is not on storage that ${there?.name} shares.`,
    );
  } else if (presence === 'namesake') {
    draft.disks.push({ action: 'share', target, source: shown, reason });
    draft.warnings.push(say`${there?.name} has ${shown} too: make sure that it is the same medium.`);
  } else {
    const why = say`${there?.name} does not have it`;
    draft.disks.push({ action: 'eject', target, source: shown, reason: why });
    takeOut(draft, disk, source);
    draft.warnings.push(say`The drive ${target} is empty in the clone: ${shown} is not on ${there?.name}.`);
  }
}

/** `namesake`: another host has something of this name, which may be something else. */
function presenceAt(
  { facts, takenVolumes }: CloneTarget,
  { type, source, shown }: FilledDisk,
): 'same' | 'namesake' | 'absent' {
  if (type === 'network') return 'same';
  if (type === 'volume') {
    const volumes = takenVolumes.get(attributeValue(source, 'pool') ?? '');
    return volumes?.has(attributeValue(source, 'volume') ?? '') ? 'namesake' : 'absent';
  }
  const pool = facts.paths.get(shown)?.targetPool;
  if (pool === undefined) return 'absent';
  return sharedPools.has(pool) ? 'same' : 'namesake';
}
