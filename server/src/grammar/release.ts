/** libvirt's release numbers: `9.0`, `9.0.0`. */

/** Whether a text is one. */
export function isRelease(text: string): boolean {
  return /^\d{1,4}(\.\d{1,4}){1,2}$/.test(text);
}

/** Below 0 where `a` is older than `b`, 0 where they are the same; a part that is missing counts as 0. */
export function compareReleases(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference) return difference;
  }
  return 0;
}

/** The later of two, where both are known. */
export function laterRelease(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return compareReleases(a, b) < 0 ? b : a;
}

/** As people write it: `9.0` for `9.0.0`, `1.2.9` as it is. */
export function shortRelease(release: string): string {
  return release.replace(/^(\d+\.\d+)\.0$/, '$1');
}
