/** The npm package, installed where there is nothing else: it needs no other package, no network, and an old Node only. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { plainDomain } from '../support/commandLine.ts';
import { LanguageServer } from '../support/languageServer.ts';
import { npmPackage } from '../support/packages.ts';
import { ROOT } from '../support/root.ts';

/** Node 20 is the oldest that is promised; what the system has beside the one that runs the tests counts as well. */
const nodes = [process.execPath, '/usr/bin/node', '/usr/local/bin/node'].filter((file) => existsSync(file));

const content = [
  /^package\/(LICENSE|README\.md|package\.json)$/,
  /^package\/dist\/(cli\.js|server\.js|THIRD-PARTY-NOTICES\.txt|pages(\.[\w-]+)?\.json)$/,
  /^package\/dist\/(grammar|texts)\/[\w.-]+\.json$/,
  /^package\/schemas\/(NOTICE|virtlint\.schema\.json)$/,
];

const WRONG = plainDomain("    <sound modle='ich9'/>\n");

describe('the npm package', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-npm-'));
  const inFolder = (name: string): string => path.join(folder, name);
  const bin = (name: string): string => inFolder(path.join('node_modules/.bin', name));
  let tarball = '';
  before(() => {
    tarball = npmPackage(folder);
    writeFileSync(inFolder('package.json'), '{ "private": true }');
    writeFileSync(inFolder('vm.xml'), WRONG);
    execFileSync('npm', ['install', '--offline', '--no-audit', '--no-fund', tarball], { cwd: folder, stdio: 'pipe' });
  });
  after(() => rmSync(folder, { recursive: true }));

  test('holds what is listed and nothing else, and brings no other package', () => {
    const names = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(
      names.filter((name) => !content.some((form) => form.test(name))),
      [],
    );
    assert.deepEqual(
      readdirSync(inFolder('node_modules')).filter((name) => !name.startsWith('.')),
      ['virtlint'],
    );
    const { version, engines } = JSON.parse(readFileSync(inFolder('node_modules/virtlint/package.json'), 'utf8'));
    assert.deepEqual([version, engines], [manifest.version, { node: manifest.engines.node }]);
  });

  test('names whose code it contains, with each licence', () => {
    const notices = readFileSync(inFolder('node_modules/virtlint/dist/THIRD-PARTY-NOTICES.txt'), 'utf8');
    const named = new Set([...notices.matchAll(/^(\S+ [\d.]+) \(/gm)].map(([, one]) => one));
    for (const name of Object.keys(manifest.dependencies)) {
      const { version } = JSON.parse(readFileSync(path.join(ROOT, 'node_modules', name, 'package.json'), 'utf8'));
      assert.ok(named.has(`${name} ${version}`), `${name} ${version}`);
    }
    assert.ok(notices.split('Permission is hereby granted').length > 10 && /Mozilla\s+Public/.test(notices));
  });

  for (const node of nodes) {
    const { stdout: version } = spawnSync(node, ['--version'], { encoding: 'utf8' });
    test(`serves the command line and an editor with Node ${version.trim()}`, async () => {
      const checked = spawnSync(node, [bin('virtlint'), 'check', 'vm.xml'], { cwd: folder, encoding: 'utf8' });
      assert.deepEqual([checked.status, checked.stderr], [1, '']);
      assert.match(checked.stdout, /modle/);
      const explained = spawnSync(node, [bin('virtlint'), 'explain', 'disk/cache-writeback'], { encoding: 'utf8' });
      assert.match(explained.stdout, /writeback/);

      const server = await LanguageServer.start({ command: [node, bin('virtlint-language-server'), '--stdio'] });
      assert.equal(server.initialized?.serverInfo?.version, manifest.version);
      const diagnostics = await server.open('file:///vm.xml', WRONG);
      assert.ok(diagnostics.some(({ severity, message }) => severity === 1 && String(message).includes('modle')));
      assert.equal(await server.stop(), 0);
    });
  }
});
