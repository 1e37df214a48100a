/** A real Neovim, set up by the lines of docs/editors/neovim.md. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { programPath, requirements } from '../../support/bed/requirements.ts';
import { plainDomain } from '../../support/commandLine.ts';
import { ROOT } from '../../support/root.ts';

const neovim = programPath('nvim');
const skip = requirements('nvim');

const DOMAIN = plainDomain(`    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='writeback'/>
      <source file='/images/a.qcow2'/>
      <target dev='vda' bsu='virtio'/>
    </disk>
`);

/** The documented set-ups: for the newest Neovim, and for those before it. */
const documented = [...readFileSync(path.join(ROOT, 'docs/editors/neovim.md'), 'utf8').matchAll(/```lua\n(.*?)```/gs)];

describe('Neovim', { skip }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-nvim-'));
  const inFolder = (name: string): string => path.join(folder, name);
  after(() => rmSync(folder, { recursive: true }));

  test('shows diagnostics, a card, completion, and mends', () => {
    const { stdout: version } = spawnSync(neovim ?? '', ['--version'], { encoding: 'utf8' });
    const [, minor] = /^NVIM v0\.(\d+)/.exec(version) ?? [];
    const [, setUp] = documented[Number(minor) >= 11 ? 0 : 1] ?? [];
    writeFileSync(inFolder('init.lua'), setUp ?? '');
    writeFileSync(inFolder('vm.xml'), DOMAIN);
    symlinkSync(path.join(ROOT, 'dist/server.js'), inFolder('virtlint-language-server'));
    const { stdout, stderr, status } = spawnSync(
      neovim ?? '',
      [
        '--headless',
        '-n',
        '-u',
        inFolder('init.lua'),
        '-c',
        `luafile ${path.join(ROOT, 'test/protocol/editors/visit.lua')}`,
      ],
      {
        encoding: 'utf8',
        cwd: folder,
        timeout: 60_000,
        env: {
          ...process.env,
          PATH: [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
          VIRTLINT_FILE: inFolder('vm.xml'),
          XDG_STATE_HOME: inFolder('state'),
          XDG_CACHE_HOME: inFolder('cache'),
          XDG_DATA_HOME: inFolder('data'),
        },
      },
    );
    assert.equal(status, 0, stderr);
    const seen = JSON.parse(stdout.slice(stdout.indexOf('{')));
    assert.equal(seen.errors.length, 1);
    assert.match(seen.errors[0], /`bsu`.*`bus`/);
    assert.match(seen.hover, /writethrough/);
    assert.ok(seen.completion.includes('raw'), seen.completion.join());
    assert.match(seen.text, /<target dev='vda' bus='virtio'\/>/);
  });
});
