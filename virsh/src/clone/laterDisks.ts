/** Disks of a clone of which only the definition is made: they name a file that is to come, or are left out. */
import { say } from '../../../server/src/l10n/say.ts';
import { removeElement } from '../../../server/src/xml/edits.ts';
import { placeFor, planCopy } from './copies.ts';
import type { FilledDisk } from './disks.ts';
import type { Draft } from './draft.ts';
import { copyName } from './names.ts';
import { type NewImage, pointAt } from './pointing.ts';
import { reasonOfKind } from './refusals.ts';

export function planLaterDisk(draft: Draft, filled: FilledDisk): void {
  const { disk, type, source, target, shown } = filled;
  const image = plannedImage(draft, filled);
  if (!image) {
    const reason =
      reasonOfKind(disk, type, source) ?? say`is in no storage pool, so that there is no place for another.`;
    draft.disks.push({ action: 'remove', target, source: shown, reason });
    draft.edits.push(...removeElement(disk, draft.document));
    return;
  }
  draft.disks.push({ action: 'later', target, source: shown, to: image.toPath });
  pointAt(draft, disk, source, image);
  draft.warnings.push(
    say`Disk ${target} names ${image.toPath}, which does not exist: the clone does not start before somebody makes it.`,
  );
}

function plannedImage(draft: Draft, { disk, type, source, shown, found }: FilledDisk): NewImage | undefined {
  if (reasonOfKind(disk, type, source) !== undefined) return undefined;
  const place = found && placeFor(draft, found);
  if (found && place)
    return planCopy(draft, found, place, (taken) => copyName(found.volume.name, draft.source.name, draft.name, taken));
  if (type !== 'file' || draft.destination) return undefined;
  const slash = shown.lastIndexOf('/') + 1;
  const to = copyName(shown.slice(slash), draft.source.name, draft.name, new Set());
  return { to, toPath: shown.slice(0, slash) + to };
}
