/** Names in a guest's XML, in VS Code: a lens counts them and shows where they are, definition finds and rename changes them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, rangeOf, until } from './support/editor.ts';

const GUEST = `<domain type='kvm'>
  <iothreadids>
    <iothread id='7'/>
  </iothreadids>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' iothread='7'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
`;

describe('names that are referred to', () => {
  let document: vscode.TextDocument;
  let use: vscode.Position;
  before(async () => {
    document = await vscode.workspace.openTextDocument({ language: 'xml', content: GUEST });
    await vscode.window.showTextDocument(document);
    use = rangeOf(document, "iothread='7").end;
  });
  after(closeAll);

  const ask = <Answer>(what: string, ...more: unknown[]) =>
    vscode.commands.executeCommand<Answer>(`vscode.execute${what}`, document.uri, ...more);

  it('have a lens, which shows the references', async () => {
    const lens = await until('a lens', async () => (await ask<vscode.CodeLens[]>('CodeLensProvider', 1))[0]);
    assert.equal(lens.range.start.line, 2);
    assert.equal(lens.command?.title, '1 reference');
    await vscode.commands.executeCommand(lens.command.command, ...(lens.command.arguments ?? []));
    await vscode.commands.executeCommand('closeReferenceSearch');
  });

  it('are found where they are defined', async () => {
    const [found] = await ask<(vscode.Location | vscode.LocationLink)[]>('DefinitionProvider', use);
    assert.ok(found && 'targetRange' in found);
    assert.equal(document.getText(found.targetRange), "<iothread id='7'/>");
  });

  it('are renamed everywhere, or it is said why not', async () => {
    const edit = await ask<vscode.WorkspaceEdit>('DocumentRenameProvider', use, '9');
    assert.deepEqual(
      edit.get(document.uri).map(({ range, newText }) => [range.start.line, newText]),
      [
        [2, '9'],
        [6, '9'],
      ],
    );
    await assert.rejects(Promise.resolve(ask('DocumentRenameProvider', use, 'nine')), /no whole number/);
  });
});
