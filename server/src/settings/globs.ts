/** Globs of a project file. */
import picomatch from 'picomatch';

const matchers = new Map<string, (path: string) => boolean>();

/** Whether a path fits one of the globs. Names in both are parted by `/`; a glob without one is about the name alone. */
export function fits(path: string, globs: readonly string[]): boolean {
  return globs.some((glob) => matcherOf(glob)(path));
}

function matcherOf(glob: string): (path: string) => boolean {
  const known = matchers.get(glob);
  if (known) return known;
  const matcher = picomatch(glob.replace(/^\.\//, ''), { dot: true, basename: !glob.includes('/') });
  matchers.set(glob, matcher);
  return matcher;
}
