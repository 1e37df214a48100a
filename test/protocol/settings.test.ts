/** The settings of the built server: the libvirt release to write for, and a folder of schemas. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import type { Diagnostic } from 'vscode-languageserver/node';
import { LanguageServer } from '../support/languageServer.ts';

const NEWER = `<domain type='kvm'>
  <name>vm1</name>
  <memory unit='GiB'>2</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices><sound model='virtio'/></devices>
</domain>
`;
const URI = 'file:///settings.xml';
const rules = (diagnostics: readonly Diagnostic[]) =>
  diagnostics.map(({ code }) => String(code)).filter((code) => code.startsWith('grammar/'));

/** Debian's libvirt puts its schemas there. */
const SCHEMAS = '/usr/share/libvirt/schemas';
const withSchemas = { skip: existsSync(SCHEMAS) ? false : `libvirt's schemas are not installed at ${SCHEMAS}` };
const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-settings-'));
after(() => rmSync(folder, { recursive: true }));

describe('libvirt.targetVersion', () => {
  test('is told at initialize', async () => {
    const server = await LanguageServer.start({ initializationOptions: { targetVersion: '9.0' } });
    const diagnostics = await server.open(URI, NEWER);
    assert.deepEqual(rules(diagnostics), ['grammar/newer-than-target']);
    assert.equal(diagnostics.find(({ code }) => code === 'grammar/newer-than-target')?.severity, 2);
    assert.equal(await server.stop(), 0);
  });

  test('can be changed, and open documents are read anew', async () => {
    const server = await LanguageServer.start();
    assert.deepEqual(rules(await server.open(URI, NEWER)), []);
    const changed = server.nextDiagnostics(URI);
    await server.configure({ targetVersion: '9.0.0' });
    assert.deepEqual(rules(await changed), ['grammar/newer-than-target']);
    const back = server.nextDiagnostics(URI);
    await server.configure({ targetVersion: '' });
    assert.deepEqual(rules(await back), []);
    assert.equal(await server.stop(), 0);
  });

  test('stays as it was told at initialize where the client has nothing to answer', async () => {
    const server = await LanguageServer.start({ configuration: null, initializationOptions: { targetVersion: '9.0' } });
    assert.deepEqual(rules(await server.open(URI, NEWER)), ['grammar/newer-than-target']);
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    // What is answered after it comes after the question for the configuration.
    await server.symbols(URI);
    assert.deepEqual(rules(await server.change(URI, 2, `${NEWER}\n`)), ['grammar/newer-than-target']);
    assert.equal(await server.stop(), 0);
  });

  test('is asked of clients that are asked', async () => {
    const server = await LanguageServer.start({ configuration: { targetVersion: '9.0' } });
    assert.deepEqual(rules(await server.open(URI, NEWER)), []);
    const changed = server.nextDiagnostics(URI);
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(rules(await changed), ['grammar/newer-than-target']);
    assert.equal(await server.stop(), 0);
  });

  test('that is none is told once, and the newest is used', async () => {
    const server = await LanguageServer.start({ initializationOptions: { targetVersion: 'newest' } });
    assert.deepEqual(rules(await server.open(URI, NEWER)), []);
    assert.match(await server.message(), /'newest' is no libvirt release/);
    const changed = server.nextDiagnostics(URI);
    await server.configure({ targetVersion: 'newest' });
    await changed;
    assert.equal(server.messages.length, 1);
    assert.equal(await server.stop(), 0);
  });

  test('can be one of the releases that the server names', async () => {
    const server = await LanguageServer.start();
    assert.deepEqual(await server.connection.sendRequest('virtlint/releases'), ['7.0', '9.0', '11.3', '12.8']);
    assert.equal(await server.stop(), 0);
  });
});

describe('libvirt.schema.path', () => {
  const faulty: readonly (readonly [what: string, make: () => string, message: RegExp])[] = [
    [
      'a folder that is not there',
      () => path.join(folder, 'missing'),
      /missing does not exist\. The built-in schemas of libvirt 12\.8 are used\./,
    ],
    ['a relative path', () => 'schemas', /schemas is no absolute path/],
    ['a file', () => made('file.rng', ''), /file\.rng is no folder/],
    ['a folder without schemas', () => path.dirname(made('empty/readme', '')), /has no domain\.rng/],
    [
      'an incomplete folder',
      () =>
        path.dirname(
          made(
            'incomplete/domain.rng',
            '<grammar xmlns="http://relaxng.org/ns/structure/1.0">\n<include href="more.rng"/></grammar>',
          ),
        ),
      /incomplete\/domain\.rng:2: cannot read `more\.rng`/,
    ],
    [
      'what is not RELAX NG',
      () => path.dirname(made('other/domain.rng', '<project/>')),
      /other\/domain\.rng:1: no RELAX NG schema/,
    ],
  ];
  for (const [what, make, message] of faulty)
    test(`${what}: one message, and the built-in schemas serve`, async () => {
      const server = await LanguageServer.start({ initializationOptions: { schema: { path: make() } } });
      assert.match(await server.message(), message);
      assert.deepEqual(rules(await server.open(URI, NEWER.replace("model='", "modle='"))), [
        'grammar/misspelt-attribute',
      ]);
      assert.equal(server.messages.length, 1);
      assert.equal(await server.stop(), 0);
    });

  test('reads documents by the schemas of the folder', withSchemas, async () => {
    const server = await LanguageServer.start({ initializationOptions: { schema: { path: SCHEMAS } } });
    // libvirt 9.0 does not know this model.
    assert.deepEqual(rules(await server.open(URI, NEWER)), ['grammar/wrong-value']);
    const network = await server.open('file:///n.xml', "<network><name>n</name><forward mode='nta'/></network>");
    assert.deepEqual(rules(network), ['grammar/wrong-value']);
    assert.deepEqual(server.messages, []);
    const changed = server.nextDiagnostics(URI);
    await server.configure({ schema: { path: '' } });
    assert.deepEqual(rules(await changed), []);
    assert.equal(await server.stop(), 0);
  });

  test('a kind of document whose schema is broken is read by the built-in one', withSchemas, async () => {
    const copy = path.join(folder, 'copy');
    cpSync(SCHEMAS, copy, { recursive: true });
    writeFileSync(path.join(copy, 'network.rng'), '<grammar');
    const server = await LanguageServer.start({ initializationOptions: { schema: { path: copy } } });
    const network = await server.open('file:///n.xml', "<network><name>n</name><forward mode='nta'/></network>");
    assert.deepEqual(rules(network), ['grammar/wrong-value']);
    assert.match(await server.message(), /copy\/network\.rng:1: not well-formed/);
    assert.deepEqual(rules(await server.open(URI, NEWER)), ['grammar/wrong-value']);
    assert.equal(server.messages.length, 1);
    assert.equal(await server.stop(), 0);
  });
});

function made(name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
