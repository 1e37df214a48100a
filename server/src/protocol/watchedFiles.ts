/** Asks the client to tell of changes of files, for editors save without telling a server what lies beside a document. */
import { type ClientCapabilities, type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { PROJECT_FILE } from '../settings/projectFile.ts';

/** Whether a client can be asked. */
export function canWatchFiles({ workspace }: ClientCapabilities): boolean {
  return workspace?.didChangeWatchedFiles?.dynamicRegistration === true;
}

export function watchFiles(connection: Connection): void {
  const watchers = [{ globPattern: `**/${PROJECT_FILE}` }, { globPattern: '**/*.xml' }];
  void connection.client
    .register(DidChangeWatchedFilesNotification.type, { watchers })
    .catch((fault) => connection.console.error(`watching files: ${String(fault)}`));
}
