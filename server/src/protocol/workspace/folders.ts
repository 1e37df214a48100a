/** The folders that an editor has open. */
import type { Connection, InitializeParams } from 'vscode-languageserver';

/** As URIs; older editors tell of one folder only, or of none. */
export function workspaceFolders({ workspaceFolders: folders, rootUri }: InitializeParams): string[] {
  return folders ? folders.map(({ uri }) => uri) : rootUri ? [rootUri] : [];
}

/** Keeps a list of folders up to date; for clients that tell of changes. */
export function followFolders(
  connection: Connection,
  first: readonly string[],
  tell: (folders: string[]) => void,
): void {
  const folders = new Set(first);
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    for (const { uri } of removed) folders.delete(uri);
    for (const { uri } of added) folders.add(uri);
    tell([...folders]);
  });
}
