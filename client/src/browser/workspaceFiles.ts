/** Answers a server that reads no files itself: which XML files there are in the workspace, and what is in them. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** Folders in which nobody keeps definitions, and which can be very large. */
const PASSED_OVER = '**/{node_modules,dist,build,target,vendor,.*}/**';
const MOST_FILES = 5_000;
/** Definitions are a few kilobytes; what is larger is read when it is opened. */
const MOST_BYTES = 1024 * 1024;

export function answerForWorkspaceFiles(client: BaseLanguageClient): void {
  client.onRequest('virtlint/workspaceFiles', async () => {
    const files = await vscode.workspace.findFiles('**/*.xml', PASSED_OVER, MOST_FILES);
    return (await Promise.all(files.map(listed))).filter((file) => file !== undefined);
  });
  client.onRequest('virtlint/workspaceFile', async ({ uri }: { uri: string }) => {
    try {
      return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.parse(uri, true)));
    } catch {
      return null; // gone since it was listed, or not ours to read
    }
  });
}

async function listed(file: vscode.Uri): Promise<{ uri: string; stamp: string } | undefined> {
  try {
    const { mtime, size } = await vscode.workspace.fs.stat(file);
    return size > MOST_BYTES ? undefined : { uri: file.toString(), stamp: `${mtime} ${size}` };
  } catch {
    return undefined;
  }
}
