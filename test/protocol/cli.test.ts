/** The built command line, as a terminal or CI runs it. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ROOT } from '../support/root.ts';

const GOOD = `<domain type='kvm'><name>a</name><memory unit='GiB'>2</memory><vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os><cpu mode='host-model'/></domain>\n`;
const WARNED = GOOD.replace("<cpu mode='host-model'/>", '');
const WRONG = GOOD.replace('<vcpu>', '<vcpuu>').replace('</vcpu>', '</vcpuu>');

describe('virtlint', () => {
  let folder = '';
  const file = (name: string): string => path.join(folder, name);
  const virtlint = (args: readonly string[], input?: string) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(ROOT, 'dist/cli.js'), ...args], {
      encoding: 'utf8',
      cwd: folder,
      ...(input !== undefined && { input }),
    });
    return { status, stdout, stderr };
  };

  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'virtlint-cli-'));
    mkdirSync(file('vms/deep'), { recursive: true });
    writeFileSync(file('good.xml'), GOOD);
    writeFileSync(file('warned.xml'), WARNED);
    writeFileSync(file('wrong.xml'), WRONG);
    writeFileSync(file('vms/deep/wrong.xml'), WRONG);
    writeFileSync(file('vms/pom.xml'), '<project><name>x</name></project>');
    writeFileSync(file('vms/notes.txt'), 'nothing');
    writeFileSync(file('binary.xml'), Buffer.from([0, 1, 2, 0xff, 0xfe, 0, 60, 0]));
  });
  after(() => rmSync(folder, { recursive: true }));

  test('clean: exit 0', () => {
    const { status, stdout, stderr } = virtlint(['check', 'good.xml']);
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^1 file checked: /m);
  });

  test('an error: exit 1, with place, rule, the source line and a mark below', () => {
    const { status, stdout } = virtlint(['check', 'wrong.xml']);
    assert.equal(status, 1);
    assert.match(stdout, /^wrong\.xml:1:\d+: error: .*`?<vcpuu>.* \[grammar\/[\w-]+\]$/m);
    assert.match(stdout, /^ +<domain.*\n +\^{5}$/m);
  });

  test('json: an array of file, range, severity, rule, message', () => {
    const { status, stdout } = virtlint(['check', '--format', 'json', 'wrong.xml', 'good.xml']);
    assert.equal(status, 1);
    const findings: unknown = JSON.parse(stdout);
    assert.ok(Array.isArray(findings) && findings.length > 0);
    for (const finding of findings) {
      assert.deepEqual(Object.keys(finding), ['file', 'range', 'severity', 'rule', 'message']);
    }
    const error = findings.find(({ severity }) => severity === 'error');
    const column = (WRONG.split('\n')[0] ?? '').indexOf('vcpuu');
    assert.deepEqual(error.range, { start: { line: 0, character: column }, end: { line: 0, character: column + 5 } });
    assert.equal(error.file, 'wrong.xml');
  });

  test('json of nothing to say is an empty array', () => {
    const only = GOOD.replace('<cpu', '<!-- -->\n<cpu')
      .replace("type='kvm'", "type='test'")
      .replace("mode='host-model'", '');
    const { stdout } = virtlint(['check', '--format', 'json', '-'], only);
    assert.deepEqual(JSON.parse(stdout), []);
  });

  test('warnings fail only beyond --max-warnings', () => {
    assert.equal(virtlint(['check', 'warned.xml']).status, 0);
    const { status, stderr } = virtlint(['check', '--max-warnings', '0', 'warned.xml']);
    assert.equal(status, 1);
    assert.match(stderr, /--max-warnings/);
  });

  test('--target marks what is newer, and takes a release', () => {
    const newer = GOOD.replace('</domain>', "<devices><sound model='virtio'/></devices></domain>");
    assert.doesNotMatch(virtlint(['check', '-'], newer).stdout, /newer-than-target/);
    const { status, stdout } = virtlint(['check', '--target', '9.0', '-'], newer);
    assert.equal(status, 0);
    assert.match(
      stdout,
      /warning: .*`virtio`.*needs libvirt 10\.4 or newer; the target is 9\.0\. \[grammar\/newer-than-target\]/,
    );
  });

  test("libvirt's other documents are checked too", () => {
    const network = "<network><name>n</name><forward mode='nta'/></network>";
    const { status, stdout } = virtlint(['check', '-'], network);
    assert.equal(status, 1);
    assert.match(stdout, /grammar\/wrong-value/);
  });

  test('a folder: its domains, and no word of other files', () => {
    const { status, stdout, stderr } = virtlint(['check', 'vms']);
    assert.deepEqual([status, stderr], [1, '']);
    assert.match(stdout, /vms\/deep\/wrong\.xml/);
    assert.match(stdout, /^1 file checked/m);
  });

  test('standard input', () => {
    assert.equal(virtlint(['check', '-'], WRONG).status, 1);
    assert.equal(virtlint(['check', '-'], GOOD).status, 0);
    assert.equal(virtlint(['check', '-'], '').status, 1);
  });

  test('a named file that is no domain is passed over, and that is said', () => {
    const { status, stderr } = virtlint(['check', 'vms/pom.xml']);
    assert.equal(status, 0);
    assert.match(stderr, /passed over.*<project>/);
  });

  test('binary data is an error of the file', () => {
    assert.equal(virtlint(['check', 'binary.xml']).status, 1);
  });

  test('bad usage and unreadable input: exit 2, and the way out', () => {
    for (const args of [
      [],
      ['check'],
      ['frobnicate'],
      ['check', '--format', 'yaml', 'good.xml'],
      ['check', '--nope'],
      ['check', '--max-warnings', 'x', 'good.xml'],
      ['check', '--target', 'newest', 'good.xml'],
    ]) {
      const { status, stderr, stdout } = virtlint(args);
      assert.deepEqual([status, stdout], [2, ''], args.join(' '));
      assert.match(stderr, /usage: /);
    }
    const missing = virtlint(['check', 'good.xml', 'missing.xml']);
    assert.equal(missing.status, 2);
    assert.match(missing.stderr, /missing\.xml: there is no such file/);
    assert.match(missing.stdout, /1 file checked/);
  });

  test('explain prints the page of a rule, and of a refusal its own part', () => {
    const { status, stdout } = virtlint(['explain', 'disk/cache-default']);
    assert.equal(status, 0);
    assert.match(stdout, /^# disk\/cache-default/);
    const refusal = virtlint(['explain', 'disk/io-native-cache']);
    assert.equal(refusal.status, 0);
    assert.match(refusal.stdout, /^#+ disk\/io-native-cache/);
    assert.doesNotMatch(refusal.stdout, /^## disk\/(?!io-native-cache)/m);
    const unknown = virtlint(['explain', 'disk/nope']);
    assert.equal(unknown.status, 2);
  });

  test('--version and --help', () => {
    assert.match(virtlint(['--version']).stdout, /^\d+\.\d+\.\d+$/m);
    assert.match(virtlint(['--help']).stdout, /usage: virtlint check/);
  });
});
