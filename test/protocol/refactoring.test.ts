/** Refactorings of the built server: offered where the cursor stands, asked about, applied to the document that they were offered for. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { ApplyWorkspaceEditParams, CodeAction, ShowMessageRequestParams } from 'vscode-languageserver/node';
import { atCursor, type ClientKind, LanguageServer } from '../support/languageServer.ts';

const URI = 'file:///guest.xml';
const { text: GUEST, position } = atCursor(`<domain type='kvm'>
  <name>guest</name>
  <memory unit='GiB'>2</memory>
  <vcpu>|2</vcpu>
  <os>
    <type arch='x86_64' machine='pc'>hvm</type>
  </os>
</domain>
`);
const MACHINE = { line: 5, character: 20 };

const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-refactoring-'));
after(() => rmSync(folder, { recursive: true }));

async function started(answer: string, kind: ClientKind = {}) {
  const server = await LanguageServer.start(kind);
  const asked: string[] = [];
  const applied: ApplyWorkspaceEditParams[] = [];
  server.connection.onRequest('window/showMessageRequest', ({ message, actions }: ShowMessageRequestParams) => {
    asked.push(message);
    return actions?.find(({ title }) => title === answer) ?? null;
  });
  server.connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
    applied.push(params);
    return { applied: true };
  });
  await server.open(URI, GUEST);
  const offers = (at: typeof position, only?: string[]) =>
    server.connection.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: { start: at, end: at },
      context: { diagnostics: [], ...(only && { only }) },
    });
  const run = (action: CodeAction | undefined) =>
    server.connection.sendRequest('workspace/executeCommand', {
      command: action?.command?.command,
      arguments: action?.command?.arguments,
    });
  return { server, asked, applied, offers, run };
}

describe('refactorings', () => {
  test('are offered where the cursor stands, apart from quick-fixes', async () => {
    const { server, offers } = await started('Apply');
    const all = await offers(MACHINE, ['refactor']);
    assert.deepEqual(
      all.map(({ title }) => title),
      ['Change the firmware to UEFI…', 'Change the machine to q35…'],
    );
    assert.ok(all.every(({ kind }) => kind === 'refactor.rewrite'));
    assert.ok((await offers(MACHINE, ['quickfix'])).every(({ kind }) => kind === 'quickfix'));
    assert.equal(await server.stop(), 0);
  });

  test('say what follows, and edit after a yes', async () => {
    const { server, offers, run, asked, applied } = await started('Apply');
    await run((await offers(MACHINE, ['refactor'])).find(({ title }) => title.includes('q35')));
    assert.match(asked.join(), /^Change the machine to q35\? .*PCI Express.*Windows/);
    assert.deepEqual(
      applied.map(({ edit }) => edit.changes?.[URI]?.map(({ newText }) => newText)),
      [['q35']],
    );
    assert.equal(await server.stop(), 0);
  });

  test('change nothing without a yes', async () => {
    const { server, offers, run, asked, applied } = await started('Cancel');
    await run((await offers(MACHINE, ['refactor']))[0]);
    assert.equal(asked.length, 1);
    assert.deepEqual(applied, []);
    assert.equal(await server.stop(), 0);
  });

  test('are not applied to a document that has changed since', async () => {
    const { server, offers, run, applied } = await started('Apply');
    const [action] = await offers(MACHINE, ['refactor']);
    await server.change(URI, 2, GUEST.replace('<name>guest', '<name>other'));
    const told = new Promise<string>((resolve) => {
      server.connection.onRequest('window/showMessageRequest', ({ message }: ShowMessageRequestParams) => {
        resolve(message);
        return null;
      });
    });
    await run(action);
    assert.match(await told, /has changed/);
    assert.deepEqual(applied, []);
    assert.equal(await server.stop(), 0);
  });

  test('pin vCPUs to a host whose capabilities were saved', async () => {
    const file = path.join(folder, 'host.xml');
    const cpus = [0, 1, 2, 3].map((id) => `<cpu id='${id}' core_id='${id}' siblings='${id}'/>`).join('');
    writeFileSync(
      file,
      `<capabilities><host><topology><cells num='1'><cell id='0'><cpus num='4'>${cpus}</cpus></cell></cells></topology></host></capabilities>`,
    );
    const { server, offers } = await started('Apply', { initializationOptions: { hostFacts: [file] } });
    const titles = (await offers(position, ['refactor'])).map(({ title }) => title);
    assert.deepEqual(titles, ['Pin 2 vCPUs to a core each…']);
    assert.equal(await server.stop(), 0);
  });

  test('a file of facts that cannot be read is complained of once', async () => {
    const { server } = await started('Apply', { initializationOptions: { hostFacts: '/nowhere/host.xml' } });
    assert.match(await server.message(), /libvirt\.hostFacts: \/nowhere\/host\.xml cannot be read/);
    assert.equal(await server.stop(), 0);
  });
});
