/** libvirt's sets of CPUs or NUMA nodes: "0-3,^2,8". */

/** Ids above this are refused by libvirt's bitmap of a cpuset attribute long before; it bounds the work on "0-4000000000". */
const LARGEST_ID = 65535;

/**
 * The ids of a set, or undefined where the text is not one (libvirt refuses it).
 * `^N` takes out what stands before it: "0-3,^2" is 0, 1, 3.
 */
export function parseCpuset(text: string): ReadonlySet<number> | undefined {
  const ids = new Set<number>();
  for (const part of text.trim().split(',')) {
    const found = /^\s*(\^?)(\d+)(?:-(\d+))?\s*$/.exec(part);
    if (!found) return undefined;
    const [, caret, first, last] = found;
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    if (to < from || to > LARGEST_ID) return undefined;
    for (let id = from; id <= to; id++) {
      if (caret) ids.delete(id);
      else ids.add(id);
    }
  }
  return ids;
}

/** The ids from 0 on, so many; undefined for more than libvirt's sets hold: a slip of the keyboard must not cost the memory for a list. */
export function firstIds(count: number): readonly number[] | undefined {
  return count <= LARGEST_ID + 1 ? [...Array(count).keys()] : undefined;
}

/** Ids as libvirt writes them: {0,1,2,5} → "0-2,5". */
export function formatCpuset(ids: Iterable<number>): string {
  const sorted = [...new Set(ids)].sort((a, b) => a - b);
  const runs: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (j + 1 < sorted.length && Number(sorted[j + 1]) === Number(sorted[j]) + 1) j++;
    runs.push(i === j ? `${sorted[i]}` : `${sorted[i]}-${sorted[j]}`);
    i = j + 1;
  }
  return runs.join(',');
}
