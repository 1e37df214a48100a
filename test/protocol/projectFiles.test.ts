/** Project files and suppressions, as an editor meets them. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver';
import { LanguageServer } from '../support/languageServer.ts';

const XML = `<domain type='kvm'>
  <name>vm1</name>
  <memory unit='GiB'>2</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices><sound model='virtio'/></devices>
</domain>
`;
const RULE = 'cpu/missing-cpu-element';

const root = mkdtempSync(path.join(os.tmpdir(), 'virtlint-project-'));
after(() => rmSync(root, { recursive: true }));
let folders = 0;

/** A folder of its own with a project file in it. */
function project(settings: object | string) {
  const folder = path.join(root, String(++folders));
  mkdirSync(path.join(folder, 'deep'), { recursive: true });
  const file = path.join(folder, '.virtlint.json');
  const write = (given: object | string) =>
    writeFileSync(file, typeof given === 'string' ? given : JSON.stringify(given));
  write(settings);
  return {
    write,
    file: pathToFileURL(file).href,
    xml: pathToFileURL(path.join(folder, 'deep/vm.xml')).href,
    remove: () => rmSync(file),
  };
}

const severityOf = (rule: string, diagnostics: readonly Diagnostic[]) =>
  diagnostics.find(({ code }) => code === rule)?.severity;

describe('the nearest project file upwards', () => {
  test('moves severities, names the target, suppresses by glob', async () => {
    const { xml } = project({
      severity: { [RULE]: 'hint' },
      targetVersion: '9.0',
      overrides: [{ files: 'deep/*.xml', suppress: { 'memory/ksm-page-sharing': 'lab' } }],
    });
    const server = await LanguageServer.start();
    const diagnostics = await server.open(xml, XML);
    assert.equal(severityOf(RULE, diagnostics), 4);
    assert.equal(severityOf('grammar/newer-than-target', diagnostics), 2);
    assert.equal(severityOf('memory/ksm-page-sharing', diagnostics), undefined);
    assert.equal(await server.stop(), 0);
  });

  test('is watched: changes reach the open documents', async () => {
    const { xml, file, write, remove } = project({ severity: { [RULE]: 'off' } });
    const server = await LanguageServer.start({ watchesFiles: true });
    assert.equal(await server.watching(), '**/.virtlint.json');
    assert.equal(severityOf(RULE, await server.open(xml, XML)), undefined);
    write({ severity: { [RULE]: 'error' } });
    const changed = server.nextDiagnostics(xml);
    await server.fileChanged(file);
    assert.equal(severityOf(RULE, await changed), 1);
    remove();
    const removed = server.nextDiagnostics(xml);
    await server.fileChanged(file);
    assert.equal(severityOf(RULE, await removed), 2);
    assert.equal(await server.stop(), 0);
  });

  test('comes after the settings of the editor', async () => {
    const { xml } = project({ profile: 'locked-down', severity: { disk: 'off' }, targetVersion: '7.0' });
    const server = await LanguageServer.start({
      initializationOptions: { severity: { [RULE]: 'information' }, targetVersion: '9.0' },
    });
    const diagnostics = await server.open(xml, XML);
    assert.equal(severityOf(RULE, diagnostics), 3);
    assert.equal(severityOf('memory/ksm-page-sharing', diagnostics), 1);
    const newer = diagnostics.find(({ code }) => code === 'grammar/newer-than-target');
    assert.match(String(newer?.message), /the target is 9\.0/);
    const changed = server.nextDiagnostics(xml);
    await server.configure({ profile: 'dense', targetVersion: '' });
    const anew = await changed;
    assert.equal(severityOf('memory/ksm-page-sharing', anew), undefined);
    assert.equal(severityOf(RULE, anew), 2);
    assert.equal(await server.stop(), 0);
  });

  test('a client that watches nothing: read anew whenever a document is opened', async () => {
    const { xml, write } = project({ severity: { [RULE]: 'off' } });
    const server = await LanguageServer.start();
    assert.equal(severityOf(RULE, await server.open(xml, XML)), undefined);
    write({});
    const changed = server.nextDiagnostics(xml);
    await server.open(xml.replace('vm.xml', 'other.xml'), XML);
    assert.equal(severityOf(RULE, await changed), 2);
    assert.equal(await server.stop(), 0);
  });
});

test('of a document on a file system of the editor, the project file is told by the client', async () => {
  const server = await LanguageServer.start();
  const xml = 'memory:/guests/lab%20one/vm.xml';
  const tell = (files: readonly object[]) => server.connection.sendNotification('virtlint/projectFiles', { files });
  await tell([
    {
      uri: 'memory:/guests/.virtlint.json',
      text: '{ "overrides": [{ "files": "lab one/*", "severity": { "cpu": "hint" } }] }',
    },
    { uri: 'memory:/.virtlint.json', text: '{ "severity": { "cpu": "off" } }' },
  ]);
  assert.equal(severityOf(RULE, await server.open(xml, XML)), 4);
  const changed = server.nextDiagnostics(xml);
  await tell([]);
  assert.equal(severityOf(RULE, await changed), 2);
  assert.equal(await server.stop(), 0);
});

describe('a faulty project file', () => {
  test('is told of at the place, also when it is not open, and until it is mended', async () => {
    const { xml, file, write } = project('{\n  "severity": { "cpu/missing-cpu": "off" }\n}\n');
    const server = await LanguageServer.start({ watchesFiles: true });
    await server.open(xml, XML);
    const [problem, ...none] = await server.anyDiagnostics(file);
    assert.deepEqual(none, []);
    assert.equal(problem?.code, 'virtlint/project-file');
    assert.match(problem?.codeDescription?.href ?? '', /settings\/project-file\.md$/);
    assert.deepEqual(problem?.range, { start: { line: 1, character: 16 }, end: { line: 1, character: 33 } });
    write({});
    const mended = server.nextDiagnostics(file);
    await server.fileChanged(file);
    assert.deepEqual(await mended, []);
    assert.equal(await server.stop(), 0);
  });

  test('that is open is told of as it is typed, and mended by a quick-fix', async () => {
    const { xml, file } = project({});
    const server = await LanguageServer.start();
    assert.equal(severityOf(RULE, await server.open(xml, XML)), 2);
    const [problem] = await server.open(file, `{ "severity": { "${RULE}": "of" } }`, 'jsonc');
    assert.ok(problem);
    assert.match(String(problem.message), /`of` is no severity/);
    const [action] = await server.codeActions(file, problem);
    assert.equal(action?.title, 'Change to "off"');
    const changed = server.nextDiagnostics(xml);
    assert.deepEqual(await server.change(file, 2, `{ "severity": { "${RULE}": "off" } }`), []);
    assert.equal(severityOf(RULE, await changed), undefined);
    const closed = server.nextDiagnostics(xml);
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri: file } });
    assert.equal(severityOf(RULE, await closed), 2);
    assert.equal(await server.stop(), 0);
  });
});

describe('suppressions', () => {
  test('are written by quick-fixes, which come after all others', async () => {
    const server = await LanguageServer.start();
    const uri = 'file:///suppressed.xml';
    const diagnostic = (await server.open(uri, XML)).find(({ code }) => code === RULE);
    assert.ok(diagnostic);
    const actions = await server.codeActions(uri, diagnostic);
    const titles = actions.map(({ title }) => title);
    assert.ok(actions[0]?.isPreferred);
    const own = titles.findIndex((title) => title.startsWith('Silence '));
    assert.ok(own > 0 && titles.slice(own).every((title) => title.startsWith('Silence ')));
    assert.ok(titles.includes(`Silence ${RULE} in this file, by a comment`));
    assert.ok(titles.includes(`Silence ${RULE} in this domain, by metadata that libvirt keeps`));
    const silent = await server.change(uri, 2, `<!-- virtlint-disable ${RULE}: lab -->\n${XML}`);
    assert.equal(severityOf(RULE, silent), undefined);
    const unused = await server.change(uri, 3, `<!-- virtlint-disable disk/cache-unsafe: lab -->\n${XML}`);
    const [left] = unused.filter(({ code }) => code === 'virtlint/unused-suppression');
    assert.ok(left);
    assert.deepEqual(left.tags, [1]);
    const [remove] = await server.codeActions(uri, left);
    assert.equal(remove?.title, 'Remove the suppression of disk/cache-unsafe');
    assert.equal(await server.stop(), 0);
  });

  test('count where a text is checked before it is defined', async () => {
    const { xml } = project({ severity: { 'grammar/unknown-element': 'off' } });
    const server = await LanguageServer.start();
    const text = XML.replace('<devices>', '<zzz/><devices>');
    const check = (uri?: string) => server.connection.sendRequest<{ rule: string }[]>('virtlint/check', { text, uri });
    assert.ok((await check()).some(({ rule }) => rule === 'grammar/unknown-element'));
    assert.ok(!(await check(xml)).some(({ rule }) => rule === 'grammar/unknown-element'));
    assert.equal(await server.stop(), 0);
  });
});
