/** The snapshots of a VM as Markdown. */
import { say } from '../../../server/src/l10n/say.ts';
import type { SnapshotDetails, SnapshotTree } from '../../../virsh/src/index.ts';
import { code, escaped, table } from '../documents/markdown.ts';

/** Oldest first, each below the one that it was made from. */
export function snapshotsPage(name: string, host: string, { snapshots, current }: SnapshotTree): string {
  const heading = say`# Snapshots of ${code(name)} on ${code(host)}`;
  if (snapshots.length === 0) return `${heading}\n\n${say`There are none.`}\n`;
  const known = new Set(snapshots.map((snapshot) => snapshot.name));
  const roots = snapshots.filter(({ parent }) => parent === undefined || !known.has(parent));
  const rows = inOrder(roots).flatMap((root) => rowsBelow(root, 0, snapshots, current));
  return `${heading}\n\n${table([say`snapshot`, say`made`, say`keeps`, say`what for`], rows)}\n`;
}

function rowsBelow(
  snapshot: SnapshotDetails,
  depth: number,
  all: readonly SnapshotDetails[],
  current: string | undefined,
): readonly (readonly string[])[] {
  const { name, created, description = '' } = snapshot;
  const mark = name === current ? ` **${say`current`}**` : '';
  const own = [
    `${depth === 0 ? '' : `${'\u2003'.repeat(depth - 1)}└ `}${code(name)}${mark}`,
    created?.toLocaleString() ?? '',
    keeps(snapshot),
    escaped(description),
  ];
  const children = inOrder(all.filter(({ parent }) => parent === name));
  return [own, ...children.flatMap((child) => rowsBelow(child, depth + 1, all, current))];
}

function keeps({ hasMemory, isExternal, state }: SnapshotDetails): string {
  const what = hasMemory ? say`disks and memory, ${state}` : say`disks`;
  return isExternal ? say`${what}, in files of its own` : what;
}

function inOrder(snapshots: readonly SnapshotDetails[]): readonly SnapshotDetails[] {
  return [...snapshots].sort((a, b) => (a.created?.getTime() ?? 0) - (b.created?.getTime() ?? 0));
}
