/** The hooks that pre-commit finds in the repository call commands that there are. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import manifest from '../../package.json' with { type: 'json' };
import { CommandLine, plainDomain } from '../support/commandLine.ts';
import { ROOT } from '../support/root.ts';

const cli = new CommandLine();
after(() => cli.remove());

test('hooks', () => {
  const hooks = readFileSync(path.join(ROOT, '.pre-commit-hooks.yaml'), 'utf8');
  const entries = [...hooks.matchAll(/^ {2}entry: (\S+) (\S+)$/gm)].map(([, program, command = '']) => ({
    program,
    command,
  }));
  assert.deepEqual(
    entries.map(({ command }) => command),
    ['check', 'fix'],
  );
  cli.write('vm.xml', plainDomain('', '', 'test'));
  cli.write('wrong.xml', plainDomain('', '', 'tset').replace('vcpu>', 'vcpuu>'));
  cli.write('pom.xml', '<project/>');
  for (const { program = '', command } of entries) {
    assert.ok(Object.hasOwn(manifest.bin, program));
    // As pre-commit does: the names of changed files, whatever they are.
    assert.equal(cli.run([command, 'vm.xml', 'pom.xml']).status, 0);
    const { status, stdout } = cli.run([command, 'vm.xml', 'pom.xml', 'wrong.xml']);
    // What is mended pre-commit sees by itself.
    assert.deepEqual([status, stdout.includes('wrong.xml')], [command === 'check' ? 1 : 0, true]);
  }
});
