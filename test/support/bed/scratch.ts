/** Short-lived directories and processes of the test-beds: whatever happens to a test, they do not outlive its process. */
import { type ChildProcess, execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const cleanups = new Set<() => void>();
process.on('exit', () => {
  for (const cleanup of cleanups) cleanup();
});

/** A directory with a short path: sockets lie in it, and the path of a socket ends at 107 bytes. */
export function scratchDirectory(): { readonly directory: string; readonly remove: () => void } {
  const directory = mkdtempSync(path.join(existsSync('/tmp') ? '/tmp' : tmpdir(), 'vl-'));
  // The guests of a bed that root starts run as another user.
  chmodSync(directory, 0o711);
  const cleanup = (): void => rmSync(directory, { recursive: true, force: true });
  cleanups.add(cleanup);
  return {
    directory,
    remove: () => {
      cleanups.delete(cleanup);
      cleanup();
    },
  };
}

/** Ends a process with SIGTERM, with SIGKILL after ten seconds, and resolves when it has ended. */
export async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

/** Sees to it that the process ends with this one. */
export function endWithTests(child: ChildProcess): void {
  const kill = (): void => void child.kill('SIGTERM');
  cleanups.add(kill);
  child.once('exit', () => cleanups.delete(kill));
}

/** Sees to it that something is undone, at the latest with this process. The answer undoes it now. */
export function endWithTestsBy(undo: () => void): () => void {
  cleanups.add(undo);
  return () => {
    if (cleanups.delete(undo)) undo();
  };
}

/** Waits until something is there; throws with a sentence after some seconds. */
export async function waitFor(what: string, isThere: () => boolean | Promise<boolean>, seconds = 30): Promise<void> {
  const deadline = performance.now() + seconds * 1000;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs a tool of the test-bed; throws with its own words when it fails. */
export function runTool(program: string, ...args: readonly string[]): string {
  return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}
