/** Files of this machine that documents name. */
import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';

/** The URI of a file that is there; undefined of a folder, a device, and what may not be looked at. */
export async function localFile(path: string): Promise<string | undefined> {
  try {
    return (await stat(path)).isFile() ? pathToFileURL(path).href : undefined;
  } catch {
    return undefined; // not there
  }
}
