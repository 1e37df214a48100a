/** A file system of its own that is full: a small tmpfs over a directory. Only root can mount one. */
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { endWithTestsBy, runTool } from './scratch.ts';

export interface FullDisk {
  /** Takes all that is free but for so many bytes. */
  fill(left?: number): void;
  /** Gives it back. */
  free(): void;
  remove(): void;
}

export interface FullDiskOptions {
  /** The user who may write to it. */
  readonly owner?: number;
  /** In bytes. */
  readonly size?: number;
}

/** What the directory has so far cannot be seen while it is there. */
export function mountFullDisk(directory: string, { owner, size = 256 * 1024 }: FullDiskOptions = {}): FullDisk {
  const options = [`size=${size}`, 'mode=0700', ...(owner === undefined ? [] : [`uid=${owner}`, `gid=${owner}`])];
  runTool('mount', '-t', 'tmpfs', '-o', options.join(','), 'tmpfs', directory);
  const ballast = path.join(directory, 'ballast');
  const unmount = endWithTestsBy(() => runTool('umount', '--lazy', directory));
  return {
    fill: (left = 0) => {
      const { bavail, bsize } = statfsSync(directory);
      writeFileSync(ballast, Buffer.alloc(bavail * bsize - left));
    },
    free: () => rmSync(ballast, { force: true }),
    remove: unmount,
  };
}
