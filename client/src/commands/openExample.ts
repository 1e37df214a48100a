/** Opens an example of the extension as a new document: what is tried out in it changes nothing. */
import * as vscode from 'vscode';
import { DOMAIN_LANGUAGE } from '../../../server/src/domain/recognise.ts';

const FIRST = 'first-look';

/** @param name of a file in `examples`, without `.xml` */
export async function openExample(extension: vscode.ExtensionContext, name: unknown): Promise<vscode.Uri> {
  const wanted = typeof name === 'string' && /^[\w-]+$/.test(name) ? name : FIRST;
  const file = vscode.Uri.joinPath(extension.extensionUri, 'examples', `${wanted}.xml`);
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: DOMAIN_LANGUAGE, content });
  await vscode.window.showTextDocument(document);
  return document.uri;
}
