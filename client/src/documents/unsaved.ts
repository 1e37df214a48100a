/** New documents that are not saved yet, but know what they are called. */
import os from 'node:os';
import * as vscode from 'vscode';

/** Opens an unsaved libvirt document called after a VM; saving puts it into the workspace. Nothing that is there already is touched. */
export async function openUnsaved(name: string, text: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(await freeUri(name));
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(0, 0), text);
  await vscode.workspace.applyEdit(edit);
  return document;
}

/** `web.libvirt.xml`, whose ending makes it a libvirt document, or `web-2.libvirt.xml` where that is taken. */
async function freeUri(name: string): Promise<vscode.Uri> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const folder = folders.find(({ uri }) => uri.scheme === 'file')?.uri ?? vscode.Uri.file(os.homedir());
  for (let number = 1; ; number += 1) {
    const file = vscode.Uri.joinPath(folder, `${name}${number === 1 ? '' : `-${number}`}.libvirt.xml`);
    const uri = file.with({ scheme: 'untitled' });
    const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
    if (!isOpen && !(await exists(file))) return uri;
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(file);
    return true;
  } catch {
    return false;
  }
}
