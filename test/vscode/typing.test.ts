/** What happens while somebody types, and when they save, in a real editor. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, until } from './support/editor.ts';

const type = (text: string) => vscode.commands.executeCommand('type', { text });

/** An editor with a text, and the cursor at its `|`. */
async function edit(marked: string): Promise<vscode.TextEditor> {
  const content = marked.replace('|', '');
  const document = await vscode.workspace.openTextDocument({ language: 'libvirt-domain', content });
  const editor = await vscode.window.showTextDocument(document);
  const at = document.positionAt(marked.indexOf('|'));
  editor.selection = new vscode.Selection(at, at);
  return editor;
}

describe('typing', () => {
  after(closeAll);

  it('closes a tag, with the cursor between the tags', () =>
    typed(
      "<domain type='kvm'>\n  <devices|\n</domain>\n",
      '>',
      'the end tag behind the cursor',
      ({ document, selection }) =>
        document.getText().includes('<devices></devices>') && selection.active.character === '  <devices>'.length,
    ));

  it('closes what stands open behind `</`', () =>
    typed(
      "<domain type='kvm'>\n  <devices><|\n</domain>\n",
      '/',
      'the end tag before the cursor',
      ({ document, selection }) =>
        document.getText().includes('<devices></devices>') &&
        selection.active.character === '  <devices></devices>'.length,
    ));

  it('changes both names of an element', () =>
    typed("<domain type='kvm'>\n  <disk|>\n  </disk>\n</domain>\n", 's', 'both names', ({ document }) =>
      /<disks>\s*<\/disks>/.test(document.getText()),
    ));

  it('lays a document out as libvirt prints it, by the editor’s own command', async () => {
    const editor = await edit("<domain type='kvm'>|<name>vm</name>\n<devices><disk type='file'/></devices></domain>\n");
    await symbols(editor.document);
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await until('the layout', () => editor.document.getText().includes('\n  <devices>\n    <disk'));
    assert.equal(
      editor.document.getText(),
      "<domain type='kvm'>\n  <name>vm</name>\n  <devices>\n    <disk type='file'/>\n  </devices>\n</domain>\n",
    );
  });
});

/**
 * Types into a text, in a new editor as often as need be: what an editor asks for while somebody types on is dropped, and on a busy
 * machine any answer may come too late.
 */
async function typed(
  marked: string,
  text: string,
  what: string,
  isRight: (editor: vscode.TextEditor) => boolean,
): Promise<void> {
  await until(
    what,
    async () => {
      const editor = await edit(marked);
      await symbols(editor.document);
      // The editor asks for the linked names when the cursor has come to rest.
      await rest();
      await type(text);
      await rest();
      return isRight(editor);
    },
    60,
  );
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1000));

/** The server answers: it has been started, and knows the document. */
async function symbols(document: vscode.TextDocument): Promise<void> {
  await until('the outline', async () => {
    const found: unknown[] | undefined = await vscode.commands.executeCommand(
      'vscode.executeDocumentSymbolProvider',
      document.uri,
    );
    return found?.length;
  });
}
