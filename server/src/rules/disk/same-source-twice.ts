import type { Disk } from '../../domain/disk.ts';
import { say } from '../../l10n/say.ts';
import { child } from '../../xml/query.ts';
import { defineRule } from '../rule.ts';
import { imageName } from './imageNames.ts';
import { qemuDisks, shortName, sourcePlace } from './places.ts';

const LOCAL = new Set(['file', 'block']);

interface Match {
  readonly disk: Disk;
  readonly first: Disk;
}

/** The path without doubled slashes and `/./`; links are not followed. */
function normalised(path: string): string {
  return path.replace(/\/(\.?\/)+/g, '/');
}

export const rule = defineRule<Match>({
  id: 'disk/same-source-twice',
  severity: 'warning',
  needs: ['disk', 'source'],
  *find(domain) {
    const seen = new Map<string, Disk>();
    for (const disk of qemuDisks(domain)) {
      // Slices of one file may stand side by side; a transient disk writes into an overlay of its own.
      const ownsImage =
        disk.writable && !disk.shareable && !disk.transient && !(disk.source && child(disk.source, 'slices'));
      if (!ownsImage || !LOCAL.has(disk.type) || !disk.path) continue;
      const path = normalised(disk.path);
      const first = seen.get(path);
      if (first) yield { disk, first };
      else seen.set(path, disk);
    }
  },
  say: ({ disk, first }) => ({
    at: sourcePlace(disk),
    message: say`\`${imageName(disk.path ?? '')}\` is attached twice, as ${shortName(first)} and as ${shortName(disk)}. libvirt defines it; then QEMU's image lock stops the start, or, on devices without locks, two writers destroy the data. Give one disk another image.`,
    related: [{ ...sourcePlace(first), message: say`Attached here first` }],
  }),
});
