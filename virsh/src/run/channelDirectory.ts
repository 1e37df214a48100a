/** One private directory of this process for the sockets of its channels. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The path of a socket ends at 103 bytes on the strictest system, and ssh adds 17 characters while it makes one. */
const longestSocketPath = 103 - 17;

let directory: string | undefined;
let made = 0;

/** A path for a socket that nobody else can reach; undefined where the directory for temporary files is too deep or cannot be written. */
export function newSocketPath(): string | undefined {
  try {
    directory ??= makeDirectory();
  } catch {
    return undefined;
  }
  made += 1;
  const socket = path.join(directory, `s${made}`);
  return Buffer.byteLength(socket) > longestSocketPath ? undefined : socket;
}

function makeDirectory(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'vl-'));
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
