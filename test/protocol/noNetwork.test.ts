/** Nothing phones home: server and command line, watched by the kernel, open no socket but such as stay on this machine (AF_UNIX). */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { requirements } from '../support/bed/requirements.ts';
import { plainDomain } from '../support/commandLine.ts';
import { LanguageServer } from '../support/languageServer.ts';
import { ROOT } from '../support/root.ts';

const STRACE = ['strace', '-f', '-qq', '-e', 'trace=socket'] as const;

/** Where containers forbid it, nothing can be watched. */
function mayWatch(): string | false {
  const { status, stderr } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'], { encoding: 'utf8' });
  return status !== 0 && `strace may not watch here: ${stderr.trim()}`;
}

const skip = requirements('strace') || mayWatch();

/** A document with every kind of address in it that a careless reader would follow. */
const INVITING = plainDomain(`    <disk type='network' device='disk'>
      <driver name='qemu' type='raw' cache='writeback'/>
      <source protocol='https' name='images/a.raw'>
        <host name='images.example.org' port='443'/>
      </source>
      <target dev='vda' bus='virtio'/>
    </disk>
`).replace(
  '<domain ',
  "<!DOCTYPE domain SYSTEM 'http://dtd.example.org/domain.dtd'>\n<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0' ",
);

describe('no network', { skip }, () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-strace-'));
  after(() => rmSync(folder, { recursive: true }));
  let traces = 0;
  const watched = (...command: readonly string[]) => {
    const trace = path.join(folder, `trace-${++traces}`);
    return { trace, command: [...STRACE, '-o', trace, process.execPath, ...command] };
  };
  /** The sockets that were opened towards other machines, as strace writes them. */
  const outward = (trace: string): string[] =>
    readFileSync(trace, 'utf8')
      .split('\n')
      .filter((line) => /socket\(AF_(?!UNIX|NETLINK)/.test(line));
  const run = ([program = '', ...args]: readonly string[]) =>
    spawnSync(program, args, { cwd: folder, encoding: 'utf8' });

  test('would be seen', () => {
    const { trace, command } = watched('-e', "fetch('http://127.0.0.1:8').catch(() => undefined)");
    run(command);
    assert.notDeepEqual(outward(trace), []);
  });

  test('is not used by the command line', () => {
    writeFileSync(path.join(folder, 'vm.xml'), INVITING);
    const cli = path.join(ROOT, 'dist/cli.js');
    for (const args of [['check', 'vm.xml'], ['fix', 'vm.xml'], ['explain', 'disk/cache-writeback'], ['rules']]) {
      const { trace, command } = watched(cli, ...args);
      const { status, stderr } = run(command);
      assert.ok(status === 0 || status === 1, stderr);
      assert.deepEqual(outward(trace), [], args.join(' '));
    }
  });

  test('is not used by the language server', async () => {
    const { trace, command } = watched(path.join(ROOT, 'dist/server.js'), '--stdio');
    const server = await LanguageServer.start({ command });
    const uri = 'file:///vm.xml';
    await server.open(uri, INVITING);
    const line = INVITING.split('\n').findIndex((row) => row.includes('cache='));
    const position = { line, character: (INVITING.split('\n')[line] ?? '').indexOf('cache=') + 1 };
    assert.ok(await server.hover(uri, position));
    await server.completion(uri, position);
    await server.symbols(uri);
    await server.connection.sendRequest('textDocument/documentLink', { textDocument: { uri } });
    await server.stop();
    assert.deepEqual(outward(trace), []);
  });
});
