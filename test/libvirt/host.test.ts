/** A host that is worked with: one ssh connection for everything, many questions in one round trip, streams, ports. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  type Connection,
  domain,
  type Host,
  host as hostCommands,
  type LogEntry,
  openHost,
  type Result,
  type RunnerOptions,
  type VirshFailure,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

/** Running processes whose command line contains a text. */
function processesWith(text: string): readonly { readonly pid: number; readonly commandLine: string }[] {
  return readdirSync('/proc').flatMap((pid) => {
    try {
      const commandLine = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      return /^\d+$/.test(pid) && commandLine.includes(text) ? [{ pid: Number(pid), commandLine }] : [];
    } catch {
      return [];
    }
  });
}

describe('a host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  const opened: Host[] = [];
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
  });
  afterEach(() => {
    for (const host of opened.splice(0)) host.close();
  });
  after(() => Promise.all([bed.stop(), server.stop()]));

  const open = (connection: Connection, options: RunnerOptions = {}): Host => {
    const host = openHost(connection, options);
    opened.push(host);
    return host;
  };
  const local = (changes: object = {}): Host => open({ kind: 'uri', name: 'here', uri: bed.uri, ...changes });
  const overSsh = (options: readonly string[] = [], more: RunnerOptions = {}, changes: object = {}): Host =>
    open(
      { kind: 'ssh', name: 'lab', target: 'bed', options: [...options, ...server.options], uri: bed.uri, ...changes },
      more,
    );
  /** libvirt passes no options on to ssh, so the URI names a program that does. */
  const throughUri = (): Host => {
    const wrapper = path.join(server.directory, 'ssh-with-options');
    const quoted = server.options.map((option) => `'${option}'`).join(' ');
    writeFileSync(wrapper, `#!/bin/sh\nexec ssh ${quoted} "$@"\n`, { mode: 0o755 });
    const query = `socket=${bed.socket}&netcat=${server.file('netcat')}&command=${wrapper}`;
    return open({ kind: 'uri', name: 'tunnel', uri: `qemu+ssh://bed/session?${query}` });
  };
  const logins = (): number =>
    (readFileSync(server.file('sshd.log'), 'utf8').match(/Accepted publickey/g) ?? []).length;

  for (const [way, make] of [
    ['over ssh', () => overSsh()],
    ['through qemu+ssh', () => throughUri()],
  ] as const) {
    it(`logs in once ${way}, however many commands come at the same time`, async () => {
      const host = make();
      const before = logins();
      for (const answer of await Promise.all(Array.from({ length: 12 }, () => host.run(domain.listIdentities()))))
        value(answer);
      assert.equal(logins() - before, 1);
      const started = performance.now();
      value(await host.run(domain.listIdentities()));
      assert.ok(performance.now() - started < 2000);
      host.close();
      value(await host.run(domain.listIdentities()));
      assert.equal(logins() - before, 2, 'a closed channel is opened again');
    });
  }

  it('goes through a jump host, and logs in once at each', async () => {
    const host = overSsh(['-o', 'ProxyJump=bed']);
    const before = logins();
    value(await host.version());
    value(await host.run(domain.listIdentities()));
    assert.equal(logins() - before, 2);
  });

  it('asks once for what does not change', async () => {
    const log: LogEntry[] = [];
    const host = overSsh([], { log: (entry) => log.push(entry) });
    const versions = await Promise.all([host.version(), host.version()]);
    assert.deepEqual(value(versions[0]), value(versions[1]));
    const [first, second] = [
      value(await host.recall(hostCommands.capabilities())),
      value(await host.recall(hostCommands.capabilities())),
    ];
    assert.equal(first, second);
    assert.equal(log.length, 2);
    host.forget();
    value(await host.version());
    assert.equal(log.length, 3);
    assert.doesNotMatch(log.map(({ commandLine }) => commandLine).join(), /ControlPath/);
  });

  it('opens the channel again when it has been cut', async () => {
    const masters = () =>
      processesWith('ControlMaster=yes')
        .filter(({ commandLine }) => /^\S*ssh /.test(commandLine) && commandLine.includes(server.directory))
        .map(({ pid }) => pid);
    const host = overSsh();
    value(await host.version());
    const before = logins();
    await waitFor('the channels of other tests to be gone', () => masters().length === 1);
    const [own] = masters();
    assert.ok(own !== undefined);
    process.kill(own, 'SIGKILL');
    host.forget();
    await waitFor('the channel to be gone', () => !masters().includes(own));
    value(await host.version());
    assert.equal(logins() - before, 1);
  });

  it('shares the connection of a person who has logged in in a terminal', async () => {
    const host = overSsh();
    const { executable, args } = host.login() ?? assert.fail('ssh is there');
    const before = logins();
    assert.equal(execFileSync(executable, args, { encoding: 'utf8' }), 'Connected.\n');
    value(await host.version());
    value(await throughLogin(host));
    assert.equal(logins() - before, 1);
    // ssh calls itself so while it holds a connection in the background.
    const [, socket = ''] = args.join(' ').match(/ControlPath=(\S+)/) ?? [];
    const held = () => processesWith(`ssh: ${socket} [mux]`).length;
    assert.equal(held(), 1);
    host.close();
    await waitFor('the connection to be gone', () => held() === 0);
    host.forget();
    value(await host.version());
    assert.equal(logins() - before, 2, 'afterwards it makes its own again');
  });
  /** virsh as a terminal would start it, which a pipe does as well for a command that asks nothing. */
  const throughLogin = async (host: Host): Promise<Result<string, VirshFailure>> => {
    const terminal = await host.terminal(['domid', '--domain=nope']);
    if (!terminal.ok) return terminal;
    const { status, stderr } = spawnSync(terminal.value.executable, terminal.value.args, { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stderr, /failed to get domain 'nope'/);
    return { ok: true, value: stderr };
  };

  it('says why it cannot be reached, and does not wait for ever', async () => {
    const unknown = failed(await overSsh(['-o', 'UserKnownHostsFile=/dev/null']).version());
    assert.equal(unknown.kind, 'host-key-unknown');
    const hanging = overSsh(['-o', 'ProxyCommand=sleep 300'], { connectMilliseconds: 400 });
    const late = failed(await hanging.version());
    assert.equal(late.kind, 'timeout');
    assert.match(late.message, /lab did not answer within 0\.4 s/);
    const slow = overSsh(['-o', 'ProxyCommand=sleep 300']);
    const [gone, also] = await Promise.all([
      slow.version({ signal: AbortSignal.timeout(200) }),
      slow.run(domain.listIdentities(), { signal: AbortSignal.timeout(300) }),
    ]);
    assert.deepEqual([failed(gone).kind, failed(also).kind], ['cancelled', 'cancelled']);
  });

  it('connects read-only, and refuses what changes something before it starts', async () => {
    for (const host of [local({ readOnly: true }), overSsh([], {}, { readOnly: true })]) {
      value(await host.run(domain.listIdentities()));
      const refusal = failed(await host.run(domain.define(tinyDomain({ name: 'x', disk: '/x' }))));
      assert.equal(refusal.kind, 'read-only');
      assert.match(refusal.message, /marked as read-only in the settings/);
      assert.equal(failed(await host.run(domain.dumpXml('x', { secrets: true }))).kind, 'not-found');
      const stream = await host.stream({ args: ['vol-upload'], mode: 'send', isChange: true });
      assert.equal(failed(stream).kind, 'read-only');
    }
  });

  it('answers many questions in one virsh, each by itself', async () => {
    const log: LogEntry[] = [];
    const host = overSsh([], { log: (entry) => log.push(entry) });
    const names = [`it's; list --all`, '"$(reboot)" `x`', '-- --all', 'späße ☃', 'a\\nb # c'];
    for (const [index, name] of names.entries())
      value(await host.run(domain.define(tinyDomain({ name, disk: `/x${index}` }))));
    log.length = 0;
    const batch = host.batch();
    const answers = Promise.all([
      batch.add(domain.listIdentities()),
      batch.add(domain.listStates()),
      ...names.map((name) => batch.add(domain.dumpXml(name))),
      batch.add(domain.dumpXml('no such domain')),
    ] as const);
    await batch.send();
    const [identities, states, ...dumps] = await answers;
    assert.deepEqual(new Set(value(identities).map(({ name }) => name)), new Set(names));
    assert.equal(value(states).size, names.length);
    assert.equal(failed(dumps.pop() ?? assert.fail()).kind, 'not-found');
    assert.equal(dumps.length, names.length);
    for (const dump of dumps) assert.match(value(dump), /^<domain type='qemu'/);
    assert.equal(log.length, 1);
    for (const { uuid } of value(identities)) value(await host.run(domain.undefine(uuid)));
  });

  it('gives the commands of a batch one by one where virsh does not know one of them', async () => {
    const batch = local().batch();
    const [unknown, known] = [
      batch.add({ ...hostCommands.capabilities(), args: ['no-such-command'] }),
      batch.add(domain.listIdentities()),
    ];
    await batch.send();
    assert.match(failed(await unknown).stderr, /unknown command/);
    assert.deepEqual(value(await known), []);
  });

  it('reaches a port of the host through the channel', async () => {
    const echo = createServer((socket) => socket.pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
    const address = echo.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    for (const host of [local(), overSsh(), throughUri()]) {
      const stream = value(await host.connectTo('127.0.0.1', port));
      stream.write('ping');
      assert.equal(String((await once(stream, 'data'))[0]), 'ping', host.connection.name);
      stream.destroy();
    }
    echo.close();
  });
});
