/** Beside another XML extension: the client says what that one gives, and the server leaves it out for files of language `xml`. */
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { CompletionItem, DocumentSymbol } from 'vscode-languageserver/node';
import { atCursor, LanguageServer } from '../support/languageServer.ts';

const DOMAIN = "<domain type='kvm'>\n  <name>web</name>\n  <memory unit='GiB>1</memory>\n</domain>\n";
const dynamicRegistration = true;
const methods = ['documentSymbol', 'foldingRange', 'formatting'] as const;
const languages = (options: unknown): string[] => {
  const selector = typeof options === 'object' && options && 'documentSelector' in options && options.documentSelector;
  return Array.isArray(selector) ? selector.map(({ language }) => String(language)).sort() : [];
};

describe('beside another XML extension', () => {
  let server: LanguageServer;
  let number = 0;
  before(async () => {
    server = await LanguageServer.start({
      initializationOptions: { xmlElsewhere: ['formatting', 'folding', 'symbols', 'endTags', 'syntax', 'unheard-of'] },
      capabilities: { textDocument: Object.fromEntries(methods.map((method) => [method, { dynamicRegistration }])) },
    });
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
  });
  const elsewhere = (...features: string[]) =>
    server.connection.sendNotification('virtlint/xmlElsewhere', { features });
  const outline = (uri: string) =>
    server.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
  const codes = async (language: string) => {
    const uri = `file:///elsewhere/${++number}.xml`;
    return { uri, codes: (await server.open(uri, DOMAIN, language)).map(({ code }) => String(code)) };
  };
  const isSyntax = (code: string) => code.startsWith('xml/');

  test('features that both have are registered for our own language alone', async () => {
    assert.equal(server.initialized?.capabilities.documentSymbolProvider, undefined);
    for (const method of methods) {
      const options = await server.registration(`textDocument/${method}`, (one) => one !== undefined);
      assert.deepEqual(languages(options), ['libvirt-domain'], method);
    }
    assert.ok(server.initialized?.capabilities.hoverProvider);
  });

  test('what is not well-formed is told of by the other one', async () => {
    const shared = await codes('xml');
    assert.ok(!shared.codes.some(isSyntax));
    const own = await codes('libvirt-domain');
    assert.ok(own.codes.some(isSyntax));
    assert.deepEqual(await outline(shared.uri), []);
    assert.equal((await outline(own.uri)).length, 1);
  });

  test('end tags are offered once', async () => {
    const offered = async (language: string) => {
      const uri = `file:///elsewhere/${++number}.xml`;
      const { text, position } = atCursor("<domain type='kvm'>\n  <devices>\n  <|\n</domain>\n");
      await server.openSilently(uri, text, language);
      const items: CompletionItem[] = await server.completion(uri, position);
      return { ends: items.filter(({ label }) => label.startsWith('/')).length, all: items.length };
    };
    const [own, shared] = [await offered('libvirt-domain'), await offered('xml')];
    assert.ok(own.ends > 0);
    assert.deepEqual(shared, { ends: 0, all: own.all - own.ends });
  });

  test('when the other one goes, all is ours', async () => {
    await elsewhere();
    const isShared = (options: unknown) => languages(options).includes('xml');
    for (const method of methods) await server.registration(`textDocument/${method}`, isShared);
    const { uri, codes: found } = await codes('xml');
    assert.ok(found.some(isSyntax));
    assert.equal((await outline(uri)).length, 1);
  });

  test('a client that does not speak of others gets everything at once', async () => {
    const plain = await LanguageServer.start({
      capabilities: { textDocument: Object.fromEntries(methods.map((method) => [method, { dynamicRegistration }])) },
    });
    assert.ok(plain.initialized?.capabilities.documentSymbolProvider);
    assert.deepEqual([...plain.registered.keys()], []);
    assert.equal(await plain.stop(), 0);
  });
});
