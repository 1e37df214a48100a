/** A real Emacs with Eglot, set up by the lines of docs/editors/emacs.md. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { programPath, requirements } from '../../support/bed/requirements.ts';
import { plainDomain } from '../../support/commandLine.ts';
import { ROOT } from '../../support/root.ts';

const emacs = programPath('emacs') ?? '';
const skip = requirements('emacs') || withoutEglot();

/** Eglot is a package of its own for Emacs before 29. */
function withoutEglot(): string | false {
  const look = '(progn (package-initialize) (kill-emacs (if (locate-library "eglot") 0 1)))';
  return spawnSync(emacs, ['--batch', '--eval', look]).status !== 0 && 'this Emacs has no Eglot';
}

/** `discard_no_unref` is of libvirt 9.5. */
const DOMAIN = plainDomain(`    <disk type='file' device='disk'>
      <driver name='qemu' type='qcow2' cache='writeback' discard_no_unref='on'/>
      <source file='/images/a.qcow2'/>
      <target dev='vda' bsu='virtio'/>
    </disk>
`);

/** The set-up, and what its list of strings becomes where there are settings. */
const documented = readFileSync(path.join(ROOT, 'docs/editors/emacs.md'), 'utf8');
const [setUp = '', withSettings = ''] = [...documented.matchAll(/```elisp\n(.*?)```/gs)].map(([, code = '']) => code);

describe('Emacs', { skip }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-emacs-'));
  const inFolder = (name: string): string => path.join(folder, name);
  before(() => symlinkSync(path.join(ROOT, 'dist/server.js'), inFolder('virtlint-language-server')));
  after(() => rmSync(folder, { recursive: true }));

  const visit = (init: string) => {
    writeFileSync(inFolder('init.el'), init);
    writeFileSync(inFolder('vm.xml'), DOMAIN);
    const { stdout, stderr, status } = spawnSync(
      emacs,
      ['--batch', '--load', path.join(ROOT, 'test/protocol/editors/visit.el')],
      {
        encoding: 'utf8',
        cwd: folder,
        timeout: 60_000,
        env: {
          ...process.env,
          HOME: folder,
          LC_ALL: 'C.UTF-8',
          PATH: [folder, path.dirname(process.execPath), process.env.PATH].join(path.delimiter),
          VIRTLINT_INIT: inFolder('init.el'),
          VIRTLINT_FILE: inFolder('vm.xml'),
        },
      },
    );
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout.slice(stdout.indexOf('{')));
  };

  test('shows diagnostics, a card, completion, and mends', () => {
    const seen = visit(setUp);
    assert.equal(seen.problems.length, 1, seen.problems.join('\n'));
    assert.match(seen.problems[0], /`bsu`.*`bus`/);
    assert.match(seen.hover, /writethrough/);
    assert.ok(seen.completion.includes('raw'), seen.completion.join());
    assert.match(seen.text, /<target dev='vda' bus='virtio'\/>/);
  });

  test('takes settings', () => {
    const plain = `'(nxml-mode . ("virtlint-language-server" "--stdio"))`;
    assert.ok(setUp.includes(plain));
    const { problems } = visit(setUp.replace(plain, withSettings.trim()));
    assert.equal(problems.length, 2, problems.join('\n'));
    assert.ok(problems.some((message: string) => message.includes('discard_no_unref')));
  });
});
