/** The audit log: what is written down of commands, how it is kept, and what is read back. The commands are small real programs. */
import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { changeOf } from '../../../virsh/src/audit/change.ts';
import { AuditTrail, type AuditTrailOptions } from '../../../virsh/src/audit/trail.ts';
import { readCommand, type VirshCommand } from '../../../virsh/src/command.ts';
import { changeDevice } from '../../../virsh/src/commands/device.ts';
import { define, dumpXml, start } from '../../../virsh/src/commands/domain.ts';
import { createSnapshot } from '../../../virsh/src/commands/snapshot.ts';
import { cloneVolume, createDirectoryPool } from '../../../virsh/src/commands/storage.ts';
import { openHost } from '../../../virsh/src/host.ts';
import { success } from '../../../virsh/src/result.ts';
import { joined } from '../../../virsh/src/run/batch.ts';
import { createRunner, type LogEntry } from '../../../virsh/src/run/runner.ts';
import { failed, value } from '../../support/bed/results.ts';
import { scratchDirectory } from '../../support/bed/scratch.ts';

const domainXml =
  "<domain type='kvm'><name>web</name><devices><graphics type='vnc' passwd='hunter2x'/></devices></domain>";

describe('what a command changes', () => {
  const said = (command: VirshCommand<unknown>) => changeOf(command);
  it('is read from its arguments and its document', () => {
    assert.deepEqual(said(start('web')), { verb: 'start', object: '', domain: 'web' });
    assert.deepEqual(said(define(domainXml)), { verb: 'define', object: '', domain: 'web' });
    assert.deepEqual(said(createSnapshot('web', { name: 's1' })), {
      verb: 'snapshot-create-as',
      object: 'snapshot s1',
      domain: 'web',
    });
    assert.deepEqual(said(cloneVolume('images', 'a.qcow2', 'b=c.qcow2')), {
      verb: 'vol-clone',
      object: 'volume b=c.qcow2 in pool images',
    });
    assert.deepEqual(said(createDirectoryPool('p', '/x')), { verb: 'pool-create', object: 'pool p' });
    const disk = "<disk type='file'><source file='/x'/><target dev='vdb'/></disk>";
    assert.deepEqual(said(changeDevice('attach', 'web', disk, 'live')), {
      verb: 'attach-device',
      object: 'disk vdb',
      domain: 'web',
    });
  });
});

describe('the audit log', { skip: process.platform === 'win32' && 'uses sh' }, () => {
  let scratch: ReturnType<typeof scratchDirectory>;
  let directory: string;
  beforeEach(() => {
    scratch = scratchDirectory();
    directory = path.join(scratch.directory, 'storage', 'audit');
  });
  afterEach(() => scratch.remove());

  const trail = (options: Partial<AuditTrailOptions> = {}) => new AuditTrail({ directory, ...options });
  const files = () => readdirSync(directory).map((name) => path.join(directory, name));
  const text = () =>
    files()
      .map((file) => readFileSync(file, 'utf8'))
      .join('');
  /** A runner whose virsh is a shell script. */
  const runnerWith = (script: string, audit: AuditTrail) => {
    const virshPath = path.join(scratch.directory, 'virsh');
    writeFileSync(virshPath, `#!/bin/sh\n${script}\n`);
    chmodSync(virshPath, 0o755);
    return createRunner({ kind: 'uri', name: 'lab', uri: 'qemu+tcp://me:Zq9qZ@lab/system' }, { virshPath, audit });
  };

  it('has every command that changes something, and no other', async () => {
    const audit = trail({ nameOf: (host, domain) => `${domain} of ${host}` });
    const runner = runnerWith('exit 0', audit);
    value(await runner.run(dumpXml('web')));
    assert.deepEqual(audit.read(), []);
    value(await runner.run(start('web')));
    const [record] = audit.read();
    assert.match(record?.commandLine ?? '', /virsh -q -c qemu\+tcp:\/\/me:\*\*\*@lab\/system start --domain=web$/);
    assert.deepEqual([record?.host, record?.change.verb, record?.domainName], ['lab', 'start', 'web of lab']);
    assert.deepEqual([record?.end?.outcome, record?.end?.exitCode], ['ok', 0]);
    assert.ok(Date.now() - (record?.time.getTime() ?? 0) < 60_000);
  });

  it('has no password of the user’s own ssh options, and neither have failures on the way to the host', async () => {
    const sshPath = path.join(scratch.directory, 'ssh');
    writeFileSync(sshPath, '#!/bin/sh\necho "sshpass -p Zq9qZ: no" >&2\nexit 255\n');
    chmodSync(sshPath, 0o755);
    const options = ['-o', 'ProxyCommand=sshpass -p Zq9qZ ssh -W %h:%p jump'];
    const connection = { kind: 'ssh', name: 'lab', target: 'lab', options, uri: 'qemu:///system' } as const;
    const audit = trail();
    const logged: LogEntry[] = [];
    const own = { sshPath, audit, log: (entry: LogEntry) => logged.push(entry) };
    const host = openHost(connection, own);
    for (const runner of [host, createRunner(connection, own)]) {
      const failure = failed(await runner.run(start('web')));
      assert.match(failure.commandLine + failure.stderr, /sshpass -p \*\*\*/);
      assert.doesNotMatch(JSON.stringify(failure), /Zq9qZ/);
    }
    host.close();
    assert.match(text(), /ProxyCommand=sshpass -p \*\*\*/);
    assert.doesNotMatch(text() + JSON.stringify(logged), /Zq9qZ/);
  });

  it('has none either where the shell of the host reads or writes the file of a volume', async () => {
    const sshPath = path.join(scratch.directory, 'ssh');
    writeFileSync(sshPath, '#!/bin/sh\necho "muxserver_listen: no" >&2\nexit 255\n');
    chmodSync(sshPath, 0o755);
    const options = ['-o', 'ProxyCommand=sshpass -p Zq9qZ ssh -W %h:%p jump'];
    const connection = { kind: 'ssh', name: 'lab', target: 'lab', options, uri: 'qemu:///system' } as const;
    const host = openHost(connection, { sshPath, audit: trail() });
    const args = ['vol-upload', '--pool=images', '--vol=a', '--file=/dev/stdin'];
    const prepared = value(await host.prepare({ args, mode: 'from-pipe', isChange: true, file: '/srv/a' }));
    prepared.ends(success(undefined));
    host.close();
    assert.match(text(), /sshpass -p \*\*\*.*cat > /);
    assert.doesNotMatch(text() + prepared.invocation.commandLine, /Zq9qZ/);
    const missing = failed(await openHost(connection, { sshPath: '/nowhere/ssh' }).connectTo('127.0.0.1', 5900));
    assert.doesNotMatch(missing.commandLine, /Zq9qZ/);
  });

  it('has a change that calls itself a reading command, and not several reading ones in one', async () => {
    const audit = trail();
    const runner = runnerWith('exit 0', audit);
    value(await runner.run(readCommand(['net-destroy', '--network=n'], () => undefined)));
    assert.deepEqual(
      audit.read().map(({ change }) => change),
      [{ verb: 'net-destroy', object: 'network n' }],
    );
    await runner.run(joined([dumpXml('web'), dumpXml('db')]));
    await runner.run(readCommand(['event', '--all'], () => undefined));
    await runner.run(readCommand(["echo 'ready\n'; event --all --loop --timestamp"], () => undefined));
    assert.equal(audit.read().length, 1);
  });

  it('has what failed, with its words but without its passwords', async () => {
    const audit = trail();
    const quote = `error: (domain_definition):1: junk\\n<graphics passwd=\\047hunter2x\\047/>\\n----^\\nsaid hunter2x\\n`;
    const failure = failed(await runnerWith(`printf '${quote}' >&2; exit 1`, audit).run(define(domainXml)));
    const [record] = audit.read();
    assert.deepEqual([record?.end?.outcome, record?.end?.exitCode], ['not-well-formed', 1]);
    assert.match(record?.end?.stderr ?? '', /domain_definition.*junk/);
    assert.doesNotMatch(text() + failure.stderr + failure.message, /hunter2x/);
    assert.doesNotMatch(text(), /Zq9qZ/);
  });

  it('has what was stopped, and what was still running when the process ended', async () => {
    const audit = trail();
    const cancel = new AbortController();
    const running = runnerWith('sleep 20', audit).run(start('web'), { signal: cancel.signal });
    while (audit.read().length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(audit.read()[0]?.end, undefined);
    cancel.abort();
    await running;
    assert.deepEqual([audit.read()[0]?.end?.outcome, audit.read()[0]?.end?.exitCode], ['cancelled', null]);
  });

  it('has nothing of a command that could not be started', async () => {
    const audit = trail();
    const runner = createRunner(
      { kind: 'uri', name: 'lab', uri: 'test:///default' },
      { virshPath: '/nowhere/virsh', audit },
    );
    assert.equal(failed(await runner.run(start('web'))).kind, 'virsh-missing');
    assert.deepEqual(audit.read(), []);
    const cancelled = failed(await runnerWith('', audit).run(start('web'), { signal: AbortSignal.abort() }));
    assert.deepEqual([cancelled.kind, cancelled.neverStarted], ['cancelled', true]);
    assert.deepEqual(audit.read(), []);
  });

  it('is for its owner’s eyes only, also where the file was open to others', () => {
    const note = (audit: AuditTrail) =>
      audit.begin({ host: 'lab', commandLine: 'virsh start', change: { verb: 'start', object: '' } });
    note(trail());
    const [file = ''] = files();
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(statSync(directory).mode & 0o777, 0o700);
    chmodSync(file, 0o644);
    note(trail());
    assert.deepEqual(
      files().map((name) => statSync(name).mode & 0o777),
      [0o600],
    );
  });

  it('stays small: the oldest goes, however long a line is', () => {
    const audit = trail({ fileBytes: 4000, files: 3 });
    for (let i = 0; i < 200; i++) {
      const end = audit.begin({
        host: 'lab',
        commandLine: i % 20 === 0 ? 'x'.repeat(100_000) : `virsh start ${i}`,
        change: { verb: 'start', object: '', domain: `d${i}` },
      });
      end({ outcome: 'other', exitCode: 1, milliseconds: i, stderr: 'e'.repeat(5000) });
    }
    assert.ok(files().length <= 3);
    assert.ok(text().length < 3 * (4000 + 20_000));
    const [newest, ...older] = audit.read();
    assert.equal(newest?.change.domain, 'd199');
    assert.equal(newest?.end?.milliseconds, 199);
    assert.ok(older.every(({ time }, index) => time >= (older[index + 1]?.time ?? new Date(0))));
  });

  it('survives what others wrote into it, and a line that broke off', () => {
    mkdirSync(directory, { recursive: true });
    appendFileSync(
      path.join(directory, '2020-01-01.jsonl'),
      '{"id":"a","time":"2020-01-01T00:00:00Z","ho\nnull\n[]\n{"id":"b"}\n7\n',
    );
    const audit = trail();
    audit.begin({ host: 'lab', commandLine: 'virsh start', change: { verb: 'start', object: '' } });
    assert.deepEqual(
      audit.read().map(({ commandLine }) => commandLine),
      ['virsh start'],
    );
  });

  it('keeps no command from running where it cannot be written', async () => {
    writeFileSync(path.join(scratch.directory, 'storage'), 'a file in the way');
    const troubles: unknown[] = [];
    const audit = trail({ onTrouble: (fault) => troubles.push(fault) });
    value(await runnerWith('exit 0', audit).run(start('web')));
    assert.equal(troubles.length, 2);
    assert.deepEqual(audit.read(), []);
  });
});
