/** Diagnostics that the client pulls: of documents, and of the files of a workspace. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type {
  DocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { type ClientKind, LanguageServer } from '../support/languageServer.ts';

const GOOD = "<network>\n  <name>lan</name>\n  <forward mode='nat'/>\n</network>\n";
const BAD = GOOD.replace("'nat'", "'knot'");

const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-pull-'));
const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
after(() => rmSync(folder, { recursive: true }));

describe('diagnostics that are pulled', () => {
  let server: LanguageServer;
  let refreshes = 0;
  async function start(kind: ClientKind = {}, workspaceDiagnostics = true): Promise<void> {
    refreshes = 0;
    server = await LanguageServer.start({
      folders: [pathToFileURL(folder).href],
      watchesFiles: true,
      initializationOptions: { workspaceDiagnostics },
      capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
      ...kind,
    });
    server.connection.onRequest('workspace/diagnostic/refresh', () => {
      refreshes++;
      return null;
    });
  }
  afterEach(async () => {
    assert.equal(await server.stop(), 0);
  });
  const pull = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    server.connection.sendRequest('textDocument/diagnostic', {
      textDocument: { uri },
      ...(previousResultId && { previousResultId }),
    });
  const pullAll = (reports: readonly WorkspaceDocumentDiagnosticReport[] = [], partialResultToken?: string) =>
    server.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: reports.map(({ uri, resultId = '' }) => ({ uri, value: resultId })),
      ...(partialResultToken && { partialResultToken }),
    });
  const codes = (report: DocumentDiagnosticReport) =>
    report.kind === 'full' ? report.items.map(({ code }) => code) : report.kind;
  const names = ({ items }: WorkspaceDiagnosticReport) =>
    items.map((item) => [path.basename(item.uri), 'items' in item ? item.items.length : item.kind]).sort();

  test('come when they are asked for, and never by push', async () => {
    await start();
    const uri = uriOf('open.xml');
    await server.openSilently(uri, BAD);
    const first = await pull(uri);
    assert.deepEqual(codes(first), ['grammar/wrong-value']);
    assert.equal(codes(await pull(uri, first.resultId)), 'unchanged');
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: GOOD }],
    });
    assert.deepEqual(codes(await pull(uri, first.resultId)), []);
    assert.deepEqual(server.publishedFor(uri), []);
  });

  test('are pulled anew when a setting changes', async () => {
    await start();
    const uri = uriOf('open.xml');
    await server.openSilently(uri, BAD);
    const { resultId } = await pull(uri);
    const before = refreshes;
    await server.configure({ severity: { 'grammar/wrong-value': 'off' } });
    assert.deepEqual(codes(await pull(uri, resultId)), []);
    assert.equal(refreshes, before + 1);
  });

  test('of a long document follow whole after a pause', async () => {
    await start();
    const uri = uriOf('long.xml');
    const lines = (vcpus: number) =>
      `<domain type='kvm'>\n  <vcpu>${vcpus}</vcpu>\n${'  <!-- -->\n'.repeat(2500)}  <iothreads>64</iothreads>\n</domain>\n`;
    await server.openSilently(uri, lines(2));
    const whole = await pull(uri);
    await server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ text: lines(3) }],
    });
    const before = refreshes;
    const carried = await pull(uri, whole.resultId);
    assert.equal(carried.kind, 'full');
    while (refreshes === before) await new Promise((resolve) => setTimeout(resolve, 20));
    const again = await pull(uri, carried.resultId);
    assert.equal(again.kind, 'full');
    assert.equal(codes(await pull(uri, again.resultId)), 'unchanged');
  });

  test("of the workspace are those of libvirt's files that are not open", async () => {
    write('good.xml', GOOD);
    write('bad.xml', BAD);
    write('foreign.xml', '<project/>');
    await start();
    await server.openSilently(uriOf('good.xml'), GOOD);
    const all = await pullAll();
    assert.deepEqual(names(all), [['bad.xml', 1]]);
    assert.deepEqual(names(await pullAll(all.items)), []);
    assert.deepEqual(codes(await pull(uriOf('bad.xml'))), ['grammar/wrong-value']);
  });

  test('of the workspace keep a client waiting until there is news', async () => {
    await start();
    const all = await pullAll();
    const waiting = pullAll(all.items, 'partial');
    write('bad.xml', `${BAD}<!-- -->\n`);
    await server.fileChanged(uriOf('bad.xml'));
    assert.deepEqual(names(await waiting), [['bad.xml', 1]]);
    rmSync(path.join(folder, 'bad.xml'));
    await server.fileChanged(uriOf('bad.xml'));
    assert.deepEqual(names(await pullAll(all.items)), [['bad.xml', 0]]);
  });

  test('are of open documents only, where the user has not asked for more', async () => {
    write('bad.xml', BAD);
    await start({}, false);
    assert.deepEqual(names(await pullAll()), []);
    assert.deepEqual(codes(await pull(uriOf('bad.xml'))), []);
  });
});
