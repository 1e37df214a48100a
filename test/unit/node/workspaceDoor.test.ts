import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { workspaceDoor } from '../../../server/src/node/workspaceDoor.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-door-'));
after(() => rmSync(folder, { recursive: true }));
const uri = pathToFileURL(folder).href;

function write(name: string, text = '<domain/>'): void {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

async function listed(...folders: string[]): Promise<string[]> {
  const uris: string[] = [];
  for await (const file of workspaceDoor.list(folders)) uris.push(file.uri);
  return uris.sort();
}

test('XML files are listed, at any depth; nothing of folders in which nobody keeps definitions', async () => {
  for (const name of ['a.xml', 'guests/b (2).xml', 'guests/readme.md', '.git/c.xml', 'node_modules/d/e.xml'])
    write(name);
  write('huge.xml', ' '.repeat(1024 * 1024 + 1));
  symlinkSync(folder, path.join(folder, 'guests/round'));
  assert.deepEqual(await listed(uri), [`${uri}/a.xml`, `${uri}/guests/b%20%282%29.xml`]);
});

test('what is not there, or not on this machine, holds nothing', async () => {
  assert.deepEqual(await listed(`${uri}/nowhere`, 'vscode-vfs://github/virtlint', 'file://elsewhere/share'), []);
  assert.equal(await workspaceDoor.read(`${uri}/nowhere.xml`), undefined);
  assert.equal(await workspaceDoor.read('vscode-vfs://github/a.xml'), undefined);
});

test('a text is read without its byte order mark, as editors have it', async () => {
  write('bom.xml', '\uFEFF<domain/>');
  assert.equal(await workspaceDoor.read(`${uri}/bom.xml`), '<domain/>');
});

test('a changed file has another stamp', async () => {
  const stamp = async () => {
    for await (const file of workspaceDoor.list([uri])) if (file.uri.endsWith('a.xml')) return file.stamp;
    return undefined;
  };
  const before = await stamp();
  write('a.xml', '<domain type="kvm"/>');
  assert.notEqual(await stamp(), before);
});
