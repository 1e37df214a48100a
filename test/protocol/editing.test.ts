/** What the server does for editing beyond diagnostics, over stdio as any editor sees it. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type {
  CodeAction,
  FoldingRange,
  InlayHint,
  LinkedEditingRanges,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  TextEdit,
  WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { atCursor, LanguageServer } from '../support/languageServer.ts';
import { withEdits } from '../support/textEdits.ts';

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

  const options = { tabSize: 2, insertSpaces: true };

  test('lays out a document, and parts of it', async () => {
    assert.deepEqual(await ask('formatting', { ...(await opened(DOMAIN)), options }), []);
    const text = '<domain>\n<name>a</name>\n<vcpu>1</vcpu>\n<cpu/>\n</domain>';
    const document = await opened(text);
    const whole = await ask<TextEdit[]>('formatting', { ...document, options: { tabSize: 4, insertSpaces: false } });
    assert.equal(withEdits(text, whole), text.replace(/\n<(?=[nvc])/g, '\n\t<'));
    const line = (number: number) => ({ start: { line: number, character: 1 }, end: { line: number, character: 3 } });
    const one = await ask<TextEdit[]>('rangeFormatting', { ...document, range: line(2), options });
    assert.equal(withEdits(text, one), text.replace('<vcpu', '  <vcpu'));
    const two = await ask<TextEdit[]>('rangesFormatting', {
      ...document,
      ranges: [line(1), line(3), line(1)],
      options,
    });
    assert.equal(withEdits(text, two), text.replace('<name', '  <name').replace('<cpu', '  <cpu'));
  });

  test('lays out and closes while somebody types', async () => {
    const typed = async (marked: string, ch: string): Promise<string> => {
      const { text, position } = atCursor(marked);
      const edits = await ask<TextEdit[]>('onTypeFormatting', { ...(await opened(text)), position, ch, options });
      return withEdits(text, edits);
    };
    assert.equal(await typed("<domain type='kvm'>\n  <os>|", '>'), "<domain type='kvm'>\n  <os></os>");
    assert.equal(
      await typed("<domain type='kvm'>\n<os></os>|\n</domain>", '>'),
      "<domain type='kvm'>\n  <os></os>\n</domain>",
    );
    assert.equal(await typed("<domain type='kvm'></|", '/'), "<domain type='kvm'></domain>");
    assert.equal(await typed("<domain type='kvm'>\n|\n</domain>", '\n'), "<domain type='kvm'>\n  \n</domain>");
  });

  test('closes tags by a snippet, for a client that asks', async () => {
    const { text, position } = atCursor("<domain type='kvm'>|");
    const document = await opened(text);
    assert.equal(await server.connection.sendRequest('virtlint/closeTag', { ...document, position }), '$0</domain>');
    const asking = await LanguageServer.start({ capabilities: { experimental: { closeTag: true } } });
    await asking.openSilently(document.textDocument.uri, text);
    const params = { ...document, position, ch: '>', options };
    assert.deepEqual(await asking.connection.sendRequest('textDocument/onTypeFormatting', params), []);
    await asking.stop();
  });

  test('links the names of an element', async () => {
    const { text, position } = atCursor(DOMAIN.replace('<devices', '<dev|ices'));
    const linked = await ask<LinkedEditingRanges>('linkedEditingRange', { ...(await opened(text)), position });
    assert.deepEqual(
      linked.ranges.map(({ start }) => start.line),
      [2, 7],
    );
  });

  test('sorts elements when asked for it, and only then', async () => {
    const text = DOMAIN.replace('  <name>web</name>\n', '').replace('</devices>', '</devices>\n  <name>web</name>');
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    const params = { ...(await opened(text)), range };
    const actions = (only?: string[]) =>
      ask<CodeAction[]>('codeAction', { ...params, context: { diagnostics: [], only } });
    const [sort, ...others] = await actions(['source']);
    assert.equal(sort?.kind, 'source.sortElements');
    assert.deepEqual(others, []);
    const change = sort?.edit?.documentChanges?.[0];
    assert.ok(change && 'edits' in change);
    const edits = change.edits.filter((edit): edit is TextEdit => 'range' in edit && 'newText' in edit);
    assert.equal(withEdits(text, edits), DOMAIN);
    assert.ok(!(await actions()).some(({ kind }) => kind?.startsWith('source')));
  });

  test('tells what names and values are: whole, of a part, and what has changed', async () => {
    const uri = 'file:///editing/tokens.xml';
    const textDocument = { uri };
    await server.open(uri, DOMAIN);
    const whole = await ask<SemanticTokens>('semanticTokens/full', { textDocument });
    assert.deepEqual(whole.data.slice(0, 15), [0, 1, 6, 0, 0, 0, 7, 4, 1, 0, 0, 6, 3, 3, 0]);
    const range = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    const part = await ask<SemanticTokens>('semanticTokens/range', { textDocument, range });
    assert.ok(part.data.length < whole.data.length);
    await server.change(uri, 2, DOMAIN.replace('vda', 'vdbb'));
    const { resultId: previousResultId } = whole;
    const delta = await ask<SemanticTokensDelta>('semanticTokens/full/delta', { textDocument, previousResultId });
    assert.equal(delta.edits.length, 1);
    assert.ok((delta.edits[0]?.data?.length ?? 0) < 20, 'the rest stays');
  });

  test('shows hints of the kinds that are wanted', async () => {
    const hints = async (from: LanguageServer) => {
      const uri = 'file:///editing/hints.xml';
      await from.openSilently(uri, DOMAIN.replace('  <devices>', "  <memory unit='KiB'>8388608</memory>\n  <devices>"));
      const range = { start: { line: 0, character: 0 }, end: { line: 4, character: 0 } };
      const params = { textDocument: { uri }, range };
      return from.connection.sendRequest<InlayHint[]>('textDocument/inlayHint', params);
    };
    const [size, ...others] = await hints(server);
    assert.deepEqual(size, { position: { line: 2, character: 28 }, label: '= 8 GiB', paddingLeft: true });
    assert.deepEqual(others, []);
    const other = await LanguageServer.start({ initializationOptions: { inlayHints: { sizes: false } } });
    assert.deepEqual(await hints(other), []);
    await other.stop();
  });
});
