/** Releases as virsh prints them. */

/** Below 0: the first is older. Undefined where one of them is not known. */
export function compareReleases(first: string | undefined, second: string | undefined): number | undefined {
  const [a, b] = [first, second].map((release) => release?.split('.').map(Number));
  if (!a || !b || [...a, ...b].some(Number.isNaN)) return undefined;
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
