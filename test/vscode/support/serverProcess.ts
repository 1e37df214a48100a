/** Looks whether our language server runs: a child of the extension host. */
import { readdirSync, readFileSync } from 'node:fs';

/** Whether a process that this one started runs dist/server.js. Linux only: it reads /proc. */
export function isServerRunning(): boolean {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .some((id) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
        return parent === `${process.pid}` && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('/dist/server.js');
      } catch {
        return false; // it ended while we looked
      }
    });
}
