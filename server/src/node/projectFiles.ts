/** Project files on the disk: the nearest `.virtlint.json` in the folder of a document or above. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PROJECT_FILE } from '../settings/projectFile.ts';

export interface NearestProjectFile {
  readonly file: string;
  readonly text: string;
  /** The document's path below the folder of the project file, with `/` between names. */
  readonly path: string;
}

/** The text of a project file with its path, or undefined: kept for each folder that was looked into. */
export class ProjectFileFinder {
  readonly #byFolder = new Map<string, { readonly file: string; readonly text: string } | undefined>();

  /** @param document an absolute path */
  nearest(document: string): NearestProjectFile | undefined {
    const found = this.#above(path.dirname(document));
    return found && { ...found, path: pathBelow(found.file, document) };
  }

  forget(): void {
    this.#byFolder.clear();
  }

  #above(folder: string): { readonly file: string; readonly text: string } | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const parent = path.dirname(folder);
    const found = readIn(folder) ?? (parent === folder ? undefined : this.#above(parent));
    this.#byFolder.set(folder, found);
    return found;
  }
}

/** A document's path below the folder of a project file; with `../` where it lies elsewhere. */
export function pathBelow(projectFile: string, document: string): string {
  return path.relative(path.dirname(projectFile), document).split(path.sep).join('/');
}

function readIn(folder: string): { readonly file: string; readonly text: string } | undefined {
  const file = path.join(folder, PROJECT_FILE);
  try {
    return { file, text: readFileSync(file, 'utf8') };
  } catch {
    return undefined; // none here, or none that we may read
  }
}
