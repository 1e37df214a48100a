/** Project files that the server cannot read itself, in a browser or on a file system of the editor's: the client tells what is in them. */
import type { Connection } from 'vscode-languageserver';
import { PROJECT_FILE } from '../settings/projectFile.ts';
import type { FoundProjectFile, ProjectFileDoor } from './projectFiles.ts';
import { valueIn } from './settings.ts';

/** All project files that the client knows: {files: [{uri, text}]}. Each notification replaces the one before. */
const PROJECT_FILES_NOTIFICATION = 'virtlint/projectFiles';

export class ToldProjectFiles implements ProjectFileDoor {
  #texts: ReadonlyMap<string, string> = new Map();
  #changed: () => void = () => undefined;

  constructor(connection: Pick<Connection, 'onNotification'>) {
    connection.onNotification(PROJECT_FILES_NOTIFICATION, (told: unknown) => {
      this.#texts = textsIn(told);
      this.#changed();
    });
  }

  find(documentUri: string): FoundProjectFile | undefined {
    const parts = documentUri.split('/');
    for (let folders = parts.length - 1; folders > 0; folders -= 1) {
      const uri = [...parts.slice(0, folders), PROJECT_FILE].join('/');
      const text = this.#texts.get(uri);
      if (text !== undefined) return { uri, text, path: decoded(parts.slice(folders).join('/')) };
    }
    return undefined;
  }

  /** What was told holds until something else is. */
  forget(): void {}

  onChanged(changed: () => void): void {
    this.#changed = changed;
  }
}

function textsIn(told: unknown): ReadonlyMap<string, string> {
  const files = valueIn(told, 'files');
  const pairs = (Array.isArray(files) ? files : []).map(
    (file) => [valueIn(file, 'uri'), valueIn(file, 'text')] as const,
  );
  return new Map(
    pairs.filter((pair): pair is [string, string] => typeof pair[0] === 'string' && typeof pair[1] === 'string'),
  );
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // not written as URIs are
  }
}
