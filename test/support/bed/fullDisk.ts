/** A file system of its own that is full: a small tmpfs over a directory. Only root can mount one. */
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endWithTestsBy, runTool } from './scratch.ts';

export interface FullDisk {
  /** Takes all that is free. */
  fill(): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
}

const size = 256 * 1024;

/** What the directory has so far cannot be seen while it is there. `owner`: the user who may write to it. */
export function mountFullDisk(directory: string, { owner }: { readonly owner?: number } = {}): FullDisk {
  const options = [`size=${size}`, 'mode=0700', ...(owner === undefined ? [] : [`uid=${owner}`, `gid=${owner}`])];
  runTool('mount', '-t', 'tmpfs', '-o', options.join(','), 'tmpfs', directory);
  const ballast = path.join(directory, 'ballast');
  const unmount = endWithTestsBy(() => runTool('umount', '--lazy', directory));
  return {
    fill: () => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize));
    },
    free: () => rmSync(ballast, { force: true }),
    remove: unmount,
  };
}
