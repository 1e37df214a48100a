/** Real messages and what becomes of them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { withoutSecrets } from '../../../virsh/src/audit/secrets.ts';
import { explainFailure, type FailedRun } from '../../../virsh/src/failures/explain.ts';
import { failureTable } from '../../../virsh/src/failures/table.ts';
import { recording } from './recording.ts';

interface Recorded {
  readonly case: string;
  readonly exitCode: number;
  readonly stderr: string;
  readonly kind: string;
  /** Where the text is from, if not read from the program itself in the C locale. Paths, times and passwords are replaced. */
  readonly source?:
    | 'libvirt 11.3.0, its own tests'
    | 'public reports'
    | 'message catalogue of OpenSSH'
    | 'message catalogue of libvirt';
}

const recorded: readonly Recorded[] = JSON.parse(recording('failures.json'));
const explain = (changes: Partial<FailedRun>) =>
  explainFailure({
    end: 'exited',
    exitCode: 1,
    stderr: '',
    commandLine: 'virsh x',
    connection: 'lab',
    timeoutMilliseconds: 1500,
    ...changes,
  });

describe('failures', () => {
  for (const { case: name, exitCode, stderr, kind } of recorded) {
    it(`${name}: ${kind}`, () => {
      const failure = explain({ exitCode, stderr });
      assert.equal(failure.kind, kind);
      assert.doesNotMatch(failure.message, /\$\d|\{connection\}|undefined|\.\.$|^error/);
      assert.match(failure.message, /\S/);
      assert.equal(failure.stderr, withoutSecrets(stderr));
    });
  }

  it('has a recorded message for every pattern, and a sentence of its own for nearly every one', () => {
    const first = new Set(recorded.map(({ stderr }) => failureTable.find(({ pattern }) => pattern.test(stderr))));
    assert.deepEqual(
      failureTable.filter((entry) => !first.has(entry)).map(({ pattern }) => pattern.source),
      [],
    );
    const read = recorded.filter(({ source }) => source === undefined);
    const readFirst = new Set(read.map(({ stderr }) => failureTable.find(({ pattern }) => pattern.test(stderr))));
    assert.ok(readFirst.size >= 240, `${readFirst.size} patterns have a message that was read`);
    assert.ok(new Set(failureTable.map(({ message }) => message)).size >= 240);
  });

  it('is not kept busy by what a host prints, and reads the beginning and the end of it', () => {
    for (const piece of [
      'Identity file x not accessible: ',
      "Cannot access storage file 'x",
      '--br=x ',
      'a-',
      '://a:',
      '\n',
    ]) {
      const started = performance.now();
      explain({ stderr: piece.repeat(65_536 / piece.length) });
      assert.ok(performance.now() - started < 2000, piece);
    }
    const noise = 'noise\n'.repeat(10_000);
    for (const stderr of [`error: Failed to reserve port 1\n${noise}`, `${noise}error: Failed to reserve port 1\n`])
      assert.equal(explain({ stderr }).kind, 'in-use');
  });

  it('shows libvirt’s last line where nothing better is known', () => {
    assert.equal(
      explain({ stderr: 'error: Failed to frob\nerror: internal error: no frob today\n' }).message,
      'internal error: no frob today',
    );
    assert.match(explain({ stderr: '' }).message, /exit code 1 .* lab/);
    assert.equal(explain({ stderr: '', exitCode: 141 }).kind, 'daemon-lost');
    assert.match(explain({ stderr: '', exitCode: null }).message, /virsh crashed .* lab/);
  });

  it('names the time that a command had, whatever it printed', () => {
    const { kind, message } = explain({ end: 'timeout', stderr: 'Permission denied (publickey)' });
    assert.equal(kind, 'timeout');
    assert.match(message, /lab did not answer within 1\.5 s/);
    assert.equal(explain({ end: 'cancelled' }).kind, 'cancelled');
    assert.equal(explain({ end: 'output-limit' }).kind, 'too-much-output');
  });

  it('does not take the name of a volume for the loss of the connection', () => {
    const stderr =
      "error: Failed to clone vol from x\nerror: operation failed: storage volume 'Disconnected from y due to' already exists\n";
    assert.notEqual(explain({ stderr }).kind, 'daemon-lost');
  });

  it('knows what a daemon prints that ends, and what polkit refuses', () => {
    const lost =
      'error: Disconnected from qemu:///system due to end of file\nerror: Failed to reconnect to the hypervisor\n';
    assert.equal(explain({ stderr: lost }).kind, 'daemon-lost');
    const polkit =
      "error: authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'\n";
    assert.equal(explain({ stderr: polkit }).kind, 'permission');
    const socket = "error: Failed to connect socket to '/var/run/libvirt/libvirt-sock': Permission denied\n";
    assert.match(explain({ stderr: socket }).message, /\/var\/run\/libvirt\/libvirt-sock .*group libvirt/);
    const readOnly = 'error: operation forbidden: read only access prevents virDomainDefineXML\n';
    assert.equal(explain({ stderr: readOnly }).kind, 'read-only');
  });

  it('has only sentences in its table, with groups that their patterns have', () => {
    for (const { pattern, message } of failureTable) {
      const groups = new RegExp(`${pattern.source}|`, pattern.flags).exec('')?.length ?? 0;
      for (const [, group] of String(message).matchAll(/\$(\d)/g))
        assert.ok(Number(group) < groups, `${pattern} has no group ${group}`);
      assert.match(String(message), /^\S.*(\.|\$\d)$/s);
    }
  });
});
