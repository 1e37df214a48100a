/** `virtlint fix`, which changes files. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, beforeEach, describe, test } from 'node:test';
import { CommandLine, plainDomain } from '../support/commandLine.ts';

const cli = new CommandLine();
after(() => cli.remove());

const GOOD = plainDomain('', '', 'test');
/** The cache mode can be judged only when the rest is mended. */
const BROKEN = plainDomain(`    <disk type='file' device=disk>
      <driver name='qemu' type='raw' cache='writeback' io='native'/>
      <source file='/a.img'/>
      <target dev='vda' bsu='virtio'/>
    </disk>
`);

beforeEach(() => {
  cli.write('good.xml', GOOD);
  cli.write('broken.xml', BROKEN);
});

const errors = (name: string): string[] =>
  JSON.parse(cli.run(['check', '--quiet', '--format', 'json', name]).stdout).map(({ rule }: { rule: string }) => rule);

describe('virtlint fix', () => {
  test('mends what has a preferred fix, in rounds, and leaves the rest of the file alone', () => {
    assert.ok(errors('broken.xml').length > 0);
    const { status, stdout, stderr } = cli.run(['fix', 'good.xml', 'broken.xml']);
    assert.equal(status, 0);
    assert.deepEqual(errors('broken.xml'), []);
    assert.equal(cli.read('good.xml'), GOOD);
    assert.match(cli.read('broken.xml'), /device='disk'>[\s\S]*cache='none' io='native'[\s\S]*bus='virtio'/);
    assert.match(stdout, /^broken\.xml: .* \[xml\/unquoted-value\]$/m);
    assert.match(stderr, /^virtlint: \d+ fixes made in 1 file$/m);
    assert.equal(cli.run(['fix', 'broken.xml']).stdout, '', 'nothing is left to mend');
  });

  test('--dry-run shows a diff that git takes, and changes nothing', () => {
    const { status, stdout, stderr } = cli.run(['fix', '--dry-run', 'broken.xml', 'good.xml']);
    assert.equal(status, 1);
    assert.equal(cli.read('broken.xml'), BROKEN);
    assert.match(stdout, /^--- a\/broken\.xml\n\+\+\+ b\/broken\.xml\n@@ /);
    assert.match(stderr, /would be made/);
    cli.run(['fix', 'broken.xml']);
    const mended = cli.read('broken.xml');
    cli.write('broken.xml', BROKEN);
    const patched = spawnSync('git', ['apply', '-'], { cwd: cli.folder, input: stdout });
    assert.equal(patched.status, 0);
    assert.equal(cli.read('broken.xml'), mended);
    assert.equal(cli.run(['fix', '--dry-run', 'broken.xml']).status, 0);
  });

  test('--rule mends only that', () => {
    const { status } = cli.run(['fix', '--rule', 'xml/unquoted-value', 'broken.xml']);
    assert.equal(status, 1);
    assert.equal(cli.read('broken.xml'), BROKEN.replace('device=disk', "device='disk'"));
  });

  test('trade-offs are left to the user, unless asked for', () => {
    const hinted = plainDomain(`    <disk type='file' device='disk'>
      <driver name='qemu' type='raw'/>
      <source file='/a.img'/>
      <target dev='vda' bus='virtio'/>
    </disk>
`);
    cli.write('hinted.xml', hinted);
    cli.run(['fix', 'hinted.xml']);
    assert.doesNotMatch(cli.read('hinted.xml'), /cache=/);
    cli.run(['fix', '--severity', 'hint', 'hinted.xml']);
    assert.match(cli.read('hinted.xml'), /cache='none'/);
  });

  test('what is silenced or turned off is not mended', () => {
    const silenced = BROKEN.replace('device=disk', "device='disk'").replace(
      '<driver',
      '<!-- virtlint-disable-next disk/io-native-cache: vendor libvirt -->\n      <driver',
    );
    cli.write('broken.xml', silenced);
    cli.run(['fix', 'broken.xml']);
    assert.match(cli.read('broken.xml'), /cache='writeback' io='native'/);
    assert.match(cli.read('broken.xml'), /bus='virtio'/);
  });

  test('a faulty suppression is mended too', () => {
    cli.write(
      'unused.xml',
      GOOD.replace('  <vcpu>', '  <!-- virtlint-disable-next memory/suspicious-small: x -->\n  <vcpu>'),
    );
    cli.run(['fix', 'unused.xml']);
    assert.equal(cli.read('unused.xml'), GOOD);
  });

  test('standard input goes to standard output', () => {
    const { status, stdout } = cli.run(['fix', '-'], BROKEN);
    assert.equal(status, 0);
    cli.run(['fix', 'broken.xml']);
    assert.equal(stdout, cli.read('broken.xml'));
    assert.equal(cli.run(['fix', '-'], GOOD).stdout, GOOD);
  });

  test('keeps byte order marks, UTF-16 and line breaks; refuses bytes that are no text', () => {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const mixed = `\ufeff${BROKEN.replaceAll('\n', '\r\n')}`;
      cli.write('marked.xml', Buffer.from(mixed, encoding));
      assert.equal(cli.run(['fix', 'marked.xml']).status, 0);
      const text = cli.bytes('marked.xml').toString(encoding);
      assert.ok(text.startsWith('\ufeff<domain') && text.includes("bus='virtio'"), encoding);
      assert.ok(!/[^\r]\n/.test(text), encoding);
    }
    const latin = Buffer.from(BROKEN.replace('<name>a', '<name>\u00fc'), 'latin1');
    cli.write('latin.xml', latin);
    const { status, stderr } = cli.run(['fix', 'latin.xml']);
    assert.equal(status, 2);
    assert.match(stderr, /is not changed/);
    assert.deepEqual(cli.bytes('latin.xml'), latin);
  });

  test('errors that no fix mends remain: exit 1', () => {
    cli.write('nameless.xml', GOOD.replace('  <name>a</name>\n', '').replace("type='test'", "type='test' zzz='1'"));
    const { status, stderr } = cli.run(['fix', '--rule', 'grammar/unknown-attribute', 'nameless.xml']);
    assert.equal(status, 1);
    assert.match(stderr, /errors? remains?/);
  });
});
