/** The trade-off card of the disk's cache mode. */
import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, open, rangeOf, until } from './support/editor.ts';

describe('hover', () => {
  after(closeAll);

  it('on the cache attribute shows the table of its modes', async () => {
    const document = await open('cache-card.xml');
    const text = await until('the card', () => hoverText(document, rangeOf(document, 'cache=').start));
    for (const mode of ['none', 'writeback', 'writethrough', 'directsync', 'unsafe']) {
      assert.match(text, new RegExp(`^\\|.*\\b${mode}\\b`, 'm'), `a row for ${mode}`);
    }
  });
});

async function hoverText(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers: vscode.Hover[] = await vscode.commands.executeCommand(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}
