/** The XML files of workspace folders on this machine; folders of other schemes hold none for us. */
import { opendir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ListedFile, WorkspaceDoor } from '../protocol/workspace/workspaceFiles.ts';

/** Folders in which nobody keeps definitions, and which can be very large; of hidden ones none is looked into. */
const PASSED_OVER: ReadonlySet<string> = new Set(['node_modules', 'dist', 'build', 'target', 'vendor']);
/** A workspace may be somebody's whole home: after so many entries the rest is left. */
const MOST_ENTRIES = 50_000;
const MOST_FILES = 5_000;
/** Definitions are a few kilobytes; what is larger is read when it is opened. */
const MOST_BYTES = 1024 * 1024;

export const workspaceDoor: WorkspaceDoor = {
  async *list(folders) {
    const left = { entries: MOST_ENTRIES, files: MOST_FILES };
    for (const folder of folders) {
      const root = fileOf(folder);
      if (root !== undefined) yield* below(root, folder.replace(/\/$/, ''), left);
    }
  },
  async read(uri) {
    const file = fileOf(uri);
    if (file === undefined) return undefined;
    try {
      return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
    } catch {
      return undefined; // gone since it was listed, or not ours to read
    }
  },
};

/** Links to folders are not followed: they may lead round in circles. */
async function* below(
  folder: string,
  uri: string,
  left: { entries: number; files: number },
): AsyncGenerator<ListedFile> {
  const inner: string[] = [];
  try {
    for await (const entry of await opendir(folder)) {
      if (--left.entries < 0 || left.files < 0) return;
      if (entry.isDirectory()) {
        if (!entry.name.startsWith('.') && !PASSED_OVER.has(entry.name)) inner.push(entry.name);
      } else if (entry.name.endsWith('.xml')) {
        const found = await stat(path.join(folder, entry.name));
        if (!found.isFile() || found.size > MOST_BYTES) continue;
        left.files--;
        yield { uri: `${uri}/${inUri(entry.name)}`, stamp: `${found.mtimeMs} ${found.size}` };
      }
    }
  } catch {
    return; // a folder that may not be read, or that is gone, holds nothing for us
  }
  for (const name of inner) yield* below(path.join(folder, name), `${uri}/${inUri(name)}`, left);
}

/** A name as editors write it in a URI: with everything encoded that has a meaning there. */
function inUri(name: string): string {
  return encodeURIComponent(name).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
}

function fileOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined; // of another machine, or malformed
  }
}
