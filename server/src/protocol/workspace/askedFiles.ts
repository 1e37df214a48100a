/** Files of the workspace where the server reads none itself, in a browser: the client is asked for them. */
import type { Connection } from 'vscode-languageserver';
import { valueIn } from '../settings.ts';
import type { ListedFile, WorkspaceDoor } from './workspaceFiles.ts';

/** The XML files of the workspace: → [{uri, stamp}], the stamp being another one as soon as the file may have other content. */
const FILES_REQUEST = 'virtlint/workspaceFiles';
/** The text of a file: {uri} → text, or null where it cannot be read. */
const FILE_REQUEST = 'virtlint/workspaceFile';

export function askedFiles(connection: Pick<Connection, 'sendRequest'>): WorkspaceDoor {
  return {
    async *list() {
      const answer: unknown = await connection.sendRequest(FILES_REQUEST);
      for (const file of Array.isArray(answer) ? answer : []) {
        const [uri, stamp]: unknown[] = [valueIn(file, 'uri'), valueIn(file, 'stamp')];
        if (typeof uri === 'string' && typeof stamp === 'string') yield { uri, stamp } satisfies ListedFile;
      }
    },
    async read(uri) {
      const answer: unknown = await connection.sendRequest(FILE_REQUEST, { uri });
      return typeof answer === 'string' ? answer : undefined;
    },
  };
}
