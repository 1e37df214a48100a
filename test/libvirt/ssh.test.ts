/** The ways to another machine: virsh there over ssh, and a local virsh with qemu+ssh. A real sshd on loopback. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createRunner,
  domain,
  host,
  type LogEntry,
  listDomains,
  parseDomain,
  planDefine,
  type Runner,
  type RunnerOptions,
  runDefine,
  type SshConnection,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { freePort, SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

/** Running processes whose command line contains a text: `PID command`. */
function processesWith(text: string): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return /^\d+$/.test(pid) && commandLine.includes(text) ? [`${pid} ${commandLine}`] : [];
    } catch {
      return [];
    }
  });
}

/** What is still there of processes that were killed: a signal takes its moment, but not more than a few seconds. */
async function survivors(text: string): Promise<readonly string[]> {
  const deadline = performance.now() + 5000;
  for (;;) {
    const found = processesWith(text);
    if (found.length === 0 || performance.now() > deadline) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('another machine', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  let runner: Runner;
  const log: LogEntry[] = [];

  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    runner = over({}, { log: (entry) => log.push(entry) });
  });
  after(() => Promise.all([bed.stop(), server.stop()]));

  const over = (changes: Partial<SshConnection>, options: RunnerOptions = {}): Runner =>
    createRunner(
      { kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri, ...changes },
      options,
    );
  /** Options that come before those of the configuration file, as a user's own do. */
  const withOptions = (...options: readonly string[]): Runner => over({ options: [...options, ...server.options] });

  it('lists, defines through standard input, reads back and undefines', async () => {
    const xml = tinyDomain({ name: 'far', disk: bed.makeImage('far.qcow2') });
    const { uuid, differences } = value(await runDefine(runner, xml, value(await planDefine(runner, xml))));
    assert.deepEqual(
      differences.filter(({ usual }) => !usual),
      [],
    );
    assert.deepEqual(
      value(await listDomains(runner)).map(({ name, state }) => [name, state]),
      [['far', 'shut-off']],
    );
    value(await runner.run(domain.start(uuid)));
    value(await runner.run(domain.destroy(uuid)));
    value(await runner.run(domain.undefine(uuid)));
    assert.match(log.at(-1)?.commandLine ?? '', /ssh .*virsh.* undefine/);
  });

  it('defines a document that is larger than any pipe', async () => {
    const padding = `<description>${'long '.repeat(100_000)}</description>`;
    value(await runner.run(domain.define(tinyDomain({ name: 'large', disk: '/x', head: padding }))));
    assert.ok(value(await runner.run(domain.dumpXml('large'))).length > 500_000);
    value(await runner.run(domain.undefine('large')));
  });

  it('passes hostile names on intact', async () => {
    const names = [
      `it's "quoted" \`id\` $(id) \\ ! # ~`,
      '; touch pwned',
      '-rf',
      ' blanks  around ',
      'ünï ☃',
      '*',
      '&&||<>',
    ];
    for (const name of names) value(await runner.run(domain.define(tinyDomain({ name, disk: '/x' }))));
    assert.deepEqual(new Set(value(await listDomains(runner)).map(({ name }) => name)), new Set(names));
    for (const name of names) {
      assert.equal(parseDomain(value(await runner.run(domain.dumpXml(name)))).name, name);
      value(await runner.run(domain.undefine(name)));
    }
    assert.ok(!existsSync(server.file('pwned')));
  });

  it('passes a line break on intact', async () => {
    assert.equal(
      failed(await runner.run(domain.start("two\nlines'"))).stderr,
      "error: failed to get domain 'two\nlines''\n",
    );
  });

  it('explains libvirt’s refusals as for a local virsh', async () => {
    assert.equal(failed(await runner.run(domain.define('<domain/>'))).kind, 'schema');
    assert.equal(failed(await runner.run(domain.define('<domain>'))).kind, 'not-well-formed');
  });

  it('explains every way in which the connection fails', async () => {
    const unknownHost = failed(await withOptions('-o', 'UserKnownHostsFile=/dev/null').run(host.version()));
    assert.equal(unknownHost.kind, 'host-key-unknown');
    assert.equal(unknownHost.exitCode, 255);
    assert.match(unknownHost.message, /accept it/);

    const changed = server.file('changed_hosts');
    writeFileSync(changed, `[127.0.0.1]:${server.port} ${readFileSync(server.file('stranger.pub'), 'utf8')}`);
    const changedKey = failed(await withOptions('-o', `UserKnownHostsFile=${changed}`).run(host.version()));
    assert.equal(changedKey.kind, 'host-key-changed');

    const wrongKey = failed(await over({ target: 'bed-stranger' }).run(host.version()));
    assert.equal(wrongKey.kind, 'login-refused');

    const refused = failed(await over({ port: await freePort() }).run(host.version()));
    assert.equal(refused.kind, 'host-unreachable');
    assert.match(refused.message, /Nothing listens/);

    const unknownName = failed(await over({ target: 'no-such-host.invalid' }).run(host.version()));
    assert.equal(unknownName.kind, 'name-unknown');
    assert.match(unknownName.message, /no-such-host\.invalid/);

    const noSsh = failed(await over({}, { sshPath: 'no-such-ssh' }).run(host.version()));
    assert.equal(noSsh.kind, 'ssh-missing');

    const noDaemon = failed(
      await over({ uri: `qemu+unix:///session?socket=${bed.directory}/none` }).run(host.version()),
    );
    assert.equal(noDaemon.kind, 'daemon-down');
  });

  it('says that there is no virsh on the host', async () => {
    // The remote command runs with another PATH: env, sh and cat are there, virsh is not.
    const tools = path.join(server.directory, 'bin');
    mkdirSync(tools);
    for (const tool of ['sh', 'env', 'cat']) symlinkSync(`/usr/bin/${tool}`, path.join(tools, tool));
    const { kind, exitCode } = failed(
      await withOptions('-o', `SetEnv=VIRTLINT_TEST_PATH=${tools}`).run(host.version()),
    );
    assert.deepEqual([kind, exitCode], ['virsh-missing', 127]);
  });

  it('reads past the text of a talkative login', async () => {
    const talkative = withOptions('-o', 'SetEnv=VIRTLINT_TEST_GREETING=Welcome');
    assert.deepEqual(value(await listDomains(talkative)), []);
  });

  it('ends a connection that hangs: by its timeout, and by cancellation, with all processes', async () => {
    const marker = `sleep 987${process.pid}`;
    const hanging = withOptions('-o', `ProxyCommand=${marker}`);
    const timedOut = failed(await hanging.run({ ...host.version(), timeoutMilliseconds: 500 }));
    assert.equal(timedOut.kind, 'timeout');
    assert.match(timedOut.message, /lab did not answer within 0\.5 s/);

    const started = performance.now();
    const cancelled = failed(await hanging.run(host.version(), { signal: AbortSignal.timeout(300) }));
    assert.equal(cancelled.kind, 'cancelled');
    assert.ok(performance.now() - started < 5000);
    assert.deepEqual(await survivors(marker), []);
  });

  it('does not wait behind a hanging command once it is cancelled', async () => {
    const hanging = withOptions('-o', 'ProxyCommand=sleep 30');
    const first = new AbortController();
    const running = hanging.run(domain.start('x'), { signal: first.signal });
    const waiting = hanging.run(domain.start('y'), { signal: AbortSignal.timeout(200) });
    assert.equal(failed(await waiting).kind, 'cancelled');
    first.abort();
    assert.equal(failed(await running).kind, 'cancelled');
  });

  describe('through a local virsh with qemu+ssh', () => {
    /** The URI names a wrapper, because libvirt passes no options on to ssh. */
    const through = (options: readonly string[] = [], target = 'bed'): Runner => {
      const wrapper = path.join(server.directory, `ssh-${Math.random().toString(36).slice(2)}`);
      const quoted = [...options, ...server.options].map((option) => `'${option}'`).join(' ');
      writeFileSync(wrapper, `#!/bin/sh\nexec ssh ${quoted} "$@"\n`, { mode: 0o755 });
      const uri = `qemu+ssh://${target}/session?socket=${bed.socket}&netcat=${server.file('netcat')}&command=${wrapper}`;
      return createRunner({ kind: 'uri', name: 'lab', uri }, { log: (entry) => log.push(entry) });
    };

    it('defines and lists', async () => {
      value(await through().run(domain.define(tinyDomain({ name: 'tunnel', disk: '/x' }))));
      assert.deepEqual(
        value(await listDomains(through())).map(({ name }) => name),
        ['tunnel'],
      );
      value(await through().run(domain.undefine('tunnel')));
      assert.match(log.at(-1)?.commandLine ?? '', /no_tty=1/);
    });

    it('explains unknown host, wrong key and refused port, and ends what hangs', async () => {
      const kindOf = async (options: readonly string[], target?: string) =>
        failed(await through(options, target).run(host.version())).kind;
      assert.equal(await kindOf(['-o', 'UserKnownHostsFile=/dev/null']), 'host-key-unknown');
      assert.equal(await kindOf([], 'bed-stranger'), 'login-refused');
      assert.equal(await kindOf(['-o', `Port=${await freePort()}`]), 'host-unreachable');
      const marker = `sleep 876${process.pid}`;
      const hanging = through(['-o', `ProxyCommand=${marker}`]);
      assert.equal(failed(await hanging.run({ ...host.version(), timeoutMilliseconds: 500 })).kind, 'timeout');
      assert.deepEqual(await survivors(marker), []);
    });
  });
});
