/** Beside another XML extension (a stand-in: test/vscode/otherXml) nothing is given twice, and what only we can give stays. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, until } from './support/editor.ts';

interface StandIn {
  readonly mark: string;
  begin(): { end(): void };
}

describe('beside another XML extension', () => {
  let document: vscode.TextDocument;
  let standIn: StandIn;
  let providers: { end(): void };
  before(async () => {
    const other = vscode.extensions.getExtension<StandIn>('redhat.vscode-xml');
    assert.ok(other, 'the stand-in is there');
    standIn = await other.activate();
    providers = standIn.begin();
    document = await open('small.xml');
  });
  after(async () => {
    providers.end();
    await choose('on');
    await closeAll();
  });

  const choose = (xmlFeatures: string) =>
    vscode.workspace.getConfiguration('libvirt').update('xmlFeatures', xmlFeatures, vscode.ConfigurationTarget.Global);
  const ask = <Answer>(what: string, ...more: unknown[]) =>
    vscode.commands.executeCommand<Answer>(`vscode.execute${what}`, document.uri, ...more);
  const outline = async () => (await ask<vscode.DocumentSymbol[]>('DocumentSymbolProvider')).map(({ name }) => name);
  const folds = async () => (await ask<vscode.FoldingRange[]>('FoldingRangeProvider')).length;

  it('gives all, where the user wants it so', async () => {
    await until('both outlines', async () => (await outline()).length === 2);
    assert.ok((await folds()) > 1);
  });

  it('leaves to the other one what that one gives', async () => {
    await choose('auto');
    await until('one outline', async () => (await outline()).length === 1);
    assert.deepEqual(await outline(), [standIn.mark]);
    assert.equal(await folds(), 1);
    const edits = await ask<vscode.TextEdit[]>('FormatDocumentProvider', { tabSize: 2, insertSpaces: true });
    assert.deepEqual(
      edits.map(({ newText }) => newText),
      [`<!-- ${standIn.mark} -->`],
    );
  });

  it('still tells of libvirt what the other one cannot', async () => {
    const at = document.positionAt(document.getText().indexOf('<memory') + 2);
    const hovers = await ask<vscode.Hover[]>('HoverProvider', at);
    assert.equal(hovers.length, 1);
    const { items } = await ask<vscode.CompletionList>('CompletionItemProvider', at);
    assert.ok(items.some(({ label }) => label === 'memoryBacking'));
  });
});
