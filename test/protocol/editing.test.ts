/** What the server does for editing beyond diagnostics, over stdio as any editor sees it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { FoldingRange, SelectionRange, WorkspaceSymbol } from 'vscode-languageserver/node';
import { LanguageServer } from '../support/languageServer.ts';

const DOMAIN = `<domain type='kvm'>
  <name>web</name>
  <devices>
    <disk type='file' device='disk'>
      <source file='/web.qcow2'/>
      <target dev='vda' bus='virtio'/>
    </disk>
  </devices>
</domain>
`;

describe('editing over stdio', () => {
  let server: LanguageServer;
  let number = 0;
  before(async () => {
    server = await LanguageServer.start();
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });

  /** Opens a document; its URI as a request wants it. */
  async function opened(text: string): Promise<{ textDocument: { uri: string } }> {
    const uri = `file:///editing/${++number}.xml`;
    await server.openSilently(uri, text);
    return { textDocument: { uri } };
  }
  const ask = <Answer>(method: string, params: object): Promise<Answer> =>
    server.connection.sendRequest(`textDocument/${method}`, params);

  test('folds', async () => {
    const ranges = await ask<FoldingRange[]>('foldingRange', await opened(DOMAIN));
    assert.deepEqual(ranges[0], { startLine: 0, endLine: 7 });
    assert.equal(ranges.length, 3);
  });

  test('grows a selection', async () => {
    const line = 5;
    const character = DOMAIN.split('\n')[line]?.indexOf('vda') ?? -1;
    const [value] = await ask<SelectionRange[]>('selectionRange', {
      ...(await opened(DOMAIN)),
      positions: [{ line, character }],
    });
    assert.deepEqual(value?.range, { start: { line, character }, end: { line, character: character + 3 } });
    assert.deepEqual(value?.parent?.range.start, { line, character: character - "dev='".length });
  });

  test('finds symbols of all open documents', async () => {
    const { textDocument } = await opened(DOMAIN.replace('web<', 'only-here<'));
    const found = await server.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query: 'only-here' });
    assert.deepEqual(
      found.map(({ name, location }) => [name, location.uri]),
      [['Domain only-here', textDocument.uri]],
    );
  });
});
