/** What reaches the shell of a remote machine. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { domain } from '../../../virsh/src/index.ts';
import { quoteAllForShell, quoteForShell } from '../../../virsh/src/run/quote.ts';
import { remoteCommand } from '../../../virsh/src/run/ssh.ts';

/** A small generator of numbers, so that a failure can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const pieces = [
  "'",
  '"',
  '\\',
  '`',
  '$',
  '$(id)',
  '!',
  '#',
  '~',
  '*',
  '?',
  '[a]',
  '{a,b}',
  '&',
  '|',
  ';',
  '<',
  '>',
  '\n',
  '\r',
  '\t',
  ' ',
  '-',
  '=',
  'é',
  '☃',
  '🐧',
  'a',
  '\x01',
  '\x7f',
  '%s',
];

function hostileWord(next: () => number): string {
  return Array.from({ length: Math.floor(next() * 12) }, () => pieces[Math.floor(next() * pieces.length)] ?? '').join(
    '',
  );
}

/** The words that a real shell makes of a line. */
function wordsOfShell(line: string): readonly string[] {
  const output = execFileSync('sh', ['-c', `set -- ${line}; printf '%s\\0' "$@"`], { encoding: 'utf8' });
  return output.split('\0').slice(0, -1);
}

describe('quoting for a remote shell', { skip: process.platform === 'win32' && 'needs a POSIX shell' }, () => {
  it('gives back 2,000 hostile words through a real sh', () => {
    const next = random(20);
    for (let round = 0; round < 20; round++) {
      const words = Array.from({ length: 100 }, () => hostileWord(next));
      assert.deepEqual(wordsOfShell(quoteAllForShell(words)), words);
    }
  });

  it('leaves plain words readable', () => {
    assert.equal(
      quoteAllForShell(['virsh', '-c', 'qemu:///system', '--domain=a b']),
      "virsh -c qemu:///system '--domain=a b'",
    );
    assert.equal(quoteForShell(''), "''");
    assert.throws(() => quoteForShell('a\0b'), RangeError);
  });

  it('runs virsh with closed input, or with the document through a pipe', () => {
    assert.equal(
      remoteCommand(domain.start("it's"), { uri: 'qemu:///system' }, 'MARK'),
      `echo MARK; env LC_ALL=C.UTF-8 virsh -q -c qemu:///system start '--domain=it'\\''s' </dev/null`,
    );
    assert.equal(
      remoteCommand(domain.define('<domain/>'), { uri: 'qemu:///system' }, 'MARK'),
      'echo MARK; cat | env LC_ALL=C.UTF-8 virsh -q -c qemu:///system define --validate --file=/dev/stdin',
    );
  });
});
