/** Files of the repository. */
import { globSync } from 'node:fs';
import path from 'node:path';

/** Files with an ending anywhere below a folder, as sorted paths relative to it, with `/` between names. */
export function filesBelow(folder: string, ending: string): string[] {
  return globSync(`**/*${ending}`, { cwd: folder })
    .map((file) => file.split(path.sep).join('/'))
    .sort();
}
