/** Definitions, references and rename over stdio, in one document and across the files of a workspace. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type CodeLens,
  type DocumentHighlight,
  type DocumentLink,
  type Location,
  type LocationLink,
  LSPErrorCodes,
  SymbolKind,
  type WorkspaceEdit,
  type WorkspaceSymbol,
} from 'vscode-languageserver/node';
import { LanguageServer } from '../support/languageServer.ts';

const NETWORK = "<network>\n  <name>lan</name>\n  <forward mode='nat'/>\n</network>\n";
const GUEST = `<domain type='kvm'>
  <iothreadids>
    <iothread id='1'/>
  </iothreadids>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' iothread='1'/>
      <target dev='vda' bus='virtio'/>
    </disk>
    <interface type='network'>
      <source network='lan'/>
    </interface>
  </devices>
</domain>
`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint navigation (1)-'));
const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);

/** Where a text stands first, `inside` characters into it. */
function positionOf(text: string, part: string, inside = 0) {
  const before = text.slice(0, text.indexOf(part) + inside);
  return { line: before.split('\n').length - 1, character: before.length - (before.lastIndexOf('\n') + 1) };
}

describe('navigation over stdio', () => {
  let server: LanguageServer;
  const guest = { textDocument: { uri: uriOf('guest.xml') } };
  const thread = { ...guest, position: positionOf(GUEST, "iothread='1", 10) };
  const network = { ...guest, position: positionOf(GUEST, "network='lan", 9) };
  const ask = <Answer>(method: string, params: object): Promise<Answer> =>
    server.connection.sendRequest(`textDocument/${method}`, params);

  before(async () => {
    write('lan.xml', NETWORK);
    write('other guest.xml', GUEST.replace('<domain', '<!-- 2 -->\n<domain'));
    write('foreign.xml', '<project><network>lan</network></project>');
    server = await LanguageServer.start({
      folders: [pathToFileURL(folder).href],
      capabilities: {
        textDocument: { definition: { linkSupport: true }, rename: { prepareSupport: true } },
        workspace: { workspaceEdit: { changeAnnotationSupport: {} } },
      },
    });
    await server.open(guest.textDocument.uri, GUEST);
  });
  after(async () => {
    assert.equal(await server.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  test('finds symbols in files that are not open, and each once', async () => {
    const found = (query: string) => server.connection.sendRequest<WorkspaceSymbol[]>('workspace/symbol', { query });
    assert.deepEqual(
      (await found('network lan')).filter(({ kind }) => kind === SymbolKind.Class).map(({ location }) => location.uri),
      [uriOf('lan.xml')],
    );
    const disks = await found('disk vda');
    assert.deepEqual(disks.map(({ location }) => location.uri).sort(), [uriOf('guest.xml'), uriOf('other guest.xml')]);
  });

  test('highlights an IOThread where it is defined and used', async () => {
    const found = await ask<DocumentHighlight[]>('documentHighlight', thread);
    assert.deepEqual(
      found.map(({ range, kind }) => [range.start.line, kind]),
      [
        [2, 3],
        [6, 2],
      ],
    );
  });

  test('goes to the element that defines it', async () => {
    const [link] = await ask<LocationLink[]>('definition', thread);
    assert.equal(link?.targetUri, guest.textDocument.uri);
    assert.deepEqual(link?.targetRange.start, positionOf(GUEST, "<iothread id='1'"));
    assert.deepEqual(link?.targetSelectionRange.start, positionOf(GUEST, "id='1'", 4));
  });

  test('goes to the file that defines a network', async () => {
    const links = await ask<LocationLink[]>('definition', network);
    assert.deepEqual(
      links.map(({ targetUri, targetSelectionRange }) => [targetUri, targetSelectionRange.start]),
      [[uriOf('lan.xml'), positionOf(NETWORK, 'lan')]],
    );
  });

  test('finds who uses a network in all files', async () => {
    const found = await ask<Location[]>('references', { ...network, context: { includeDeclaration: false } });
    assert.deepEqual(found.map(({ uri, range }) => [path.basename(uri), range.start.line]).sort(), [
      ['guest.xml', 10],
      [path.basename(uriOf('other guest.xml')), 11],
    ]);
  });

  test('sees what is not saved yet, and what was changed on the disk', async () => {
    const lan = { uri: uriOf('lan.xml') };
    await server.openSilently(lan.uri, NETWORK.replace('lan', 'wan'));
    assert.deepEqual(await ask('definition', network), []);
    await server.connection.sendNotification('textDocument/didClose', { textDocument: lan });
    assert.equal((await ask<LocationLink[]>('definition', network)).length, 1);
    write('lan.xml', NETWORK.replace('lan', 'dmz-of-2'));
    assert.deepEqual(await ask('definition', network), []);
    write('lan.xml', NETWORK);
  });

  test('renames a network in every file, and asks before it changes others', async () => {
    const edit = await ask<WorkspaceEdit>('rename', { ...network, newName: 'office & home' });
    const changes = new Map(
      edit.documentChanges?.flatMap((change) =>
        'edits' in change
          ? [[change.textDocument.uri, change.edits.map((one) => ('newText' in one ? one.newText : ''))] as const]
          : [],
      ),
    );
    assert.deepEqual(changes.get(guest.textDocument.uri), ['office &amp; home']);
    assert.deepEqual(changes.get(uriOf('lan.xml')), ['office &amp; home']);
    assert.equal(changes.size, 3);
    assert.ok(Object.values(edit.changeAnnotations ?? {}).every(({ needsConfirmation }) => needsConfirmation));
    assert.equal(readFileSync(path.join(folder, 'lan.xml'), 'utf8'), NETWORK);
  });

  test('answers nothing of a document that changes while other files are read', async () => {
    const version = 2;
    const answers = [ask('rename', { ...network, newName: 'wan' }), ask('definition', network)];
    const start = { line: 0, character: 0 };
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { ...guest.textDocument, version },
      contentChanges: [{ range: { start, end: start }, text: '<!-- 1 -->\n' }],
    });
    for (const answer of answers) await assert.rejects(answer, { code: LSPErrorCodes.ContentModified });
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { ...guest.textDocument, version: version + 1 },
      contentChanges: [{ text: GUEST }],
    });
  });

  test('counts references when a lens comes into view', async () => {
    const shown = async (uri: string) => {
      const lenses = await ask<CodeLens[]>('codeLens', { textDocument: { uri } });
      return Promise.all(lenses.map((lens) => server.connection.sendRequest<CodeLens>('codeLens/resolve', lens)));
    };
    assert.deepEqual(
      (await shown(guest.textDocument.uri)).map(({ command }) => [command?.title, command?.arguments?.[2]?.length]),
      [['1 reference', 1]],
    );
    const lan = uriOf('lan.xml');
    await server.openSilently(lan, NETWORK);
    assert.deepEqual(
      (await shown(lan)).map(({ command }) => command?.title),
      ['2 references'],
    );
    await server.configure({ codeLens: false });
    assert.deepEqual(await shown(lan), []);
  });

  test('links the files that are there', async () => {
    const uri = uriOf('links.xml');
    const [there, gone] = [path.join(folder, 'lan.xml'), path.join(folder, 'gone.iso')];
    const disk = (file: string) => `<disk type='file'><source file='${file}'/><target dev='sda'/></disk>`;
    await server.openSilently(uri, `<domain type='kvm'><devices>${disk(there)}${disk(gone)}</devices></domain>`);
    const links = await ask<DocumentLink[]>('documentLink', { textDocument: { uri } });
    assert.deepEqual(
      links.map(({ target }) => target),
      [uriOf('lan.xml')],
    );
  });

  test('says why something keeps its name', async () => {
    await assert.rejects(ask('rename', { ...network, newName: 'a/b' }), /no `\/` in it/);
    await assert.rejects(ask('rename', { ...thread, newName: 'one' }), /no whole number/);
    assert.equal(await ask('prepareRename', { ...guest, position: positionOf(GUEST, '<disk', 2) }), null);
    assert.deepEqual(await ask('prepareRename', thread), {
      range: { start: positionOf(GUEST, "iothread='1", 10), end: positionOf(GUEST, "iothread='1", 11) },
      placeholder: '1',
    });
  });
});
