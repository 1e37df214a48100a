/** Definitions that meet a fault on their way: each time the host has the old one or the new one, whole, and who sent it knows which. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { History } from '../../client/src/documents/history.ts';
import type { Audit } from '../../virsh/src/audit/recording.ts';
import {
  type Connection,
  type DefinedDomain,
  domain,
  type Host,
  openHost,
  planDefine,
  type Result,
  type RunnerOptions,
  runDefine,
  type VirshFailure,
} from '../../virsh/src/index.ts';
import { type FullDisk, mountFullDisk } from '../support/bed/fullDisk.ts';
import { isRoot, LibvirtDaemon, nobody } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
const written = (vcpus: number, name = 'web'): string =>
  tinyDomain({ name, uuid, disk: '/img/none.qcow2' }).replace('<vcpu>1<', `<vcpu>${vcpus}<`);

describe('a definition that meets a fault', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  const scratch = scratchDirectory();
  const opened: Host[] = [];
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
  });
  beforeEach(() => define(written(1)));
  afterEach(() => {
    for (const host of opened.splice(0)) host.close();
  });
  after(async () => {
    await Promise.all([bed?.stop(), server?.stop()]);
    scratch.remove();
  });

  const virsh = (...args: string[]): string =>
    execFileSync('virsh', ['-q', '-c', bed.uri, ...args], { encoding: 'utf8' });
  /** Past our own code, as somebody else would. */
  const define = (xml: string): void => {
    const file = path.join(scratch.directory, 'other.xml');
    writeFileSync(file, xml);
    virsh('define', file);
  };
  const stored = (): string => virsh('dumpxml', '--inactive', '--security-info', uuid);
  const connect = (connection: Connection, options: RunnerOptions): Host => {
    const host = openHost(connection, options);
    opened.push(host);
    return host;
  };
  const open = (options: RunnerOptions = {}, { uri } = bed): Host =>
    connect({ kind: 'uri', name: 'bed', uri }, options);
  const overSsh = (options: RunnerOptions = {}): Host =>
    connect({ kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri }, options);
  type Sent = Promise<Result<DefinedDomain, VirshFailure>>;
  const send = async (host: Host, xml = written(2)): Sent => runDefine(host, xml, value(await planDefine(host, xml)));
  /** Does something at the moment at which the definition leaves. */
  const atDefine = (fault: () => void): { readonly audit: Audit } => ({
    audit: {
      begin: ({ change }) => {
        if (change.verb === 'define') fault();
        return () => undefined;
      },
    },
  });
  const cut = (): void => server.cutConnections();

  it('the connection is cut while the host is asked', async () => {
    const before = stored();
    const host = overSsh();
    value(await host.version());
    bed.freeze();
    setTimeout(cut, 500);
    const planned = await planDefine(host, written(2));
    bed.thaw();
    assert.notEqual(failed(planned).kind, 'timeout');
    assert.equal(stored(), before);
    assert.equal(value(await send(host)).previousXml, before);
  });

  it('the connection is cut while the definition is on its way: what has arrived counts', async () => {
    const before = stored();
    const host = overSsh(
      atDefine(() => {
        bed.freeze();
        setTimeout(() => {
          cut();
          bed.thaw();
        }, 500);
      }),
    );
    const sent = await send(host);
    const now = stored();
    if (sent.ok) assert.equal(sent.value.storedXml, now);
    // It may have arrived later than anybody asks: then it is there whole.
    else if (now !== before) assert.match(now, />2<\/vcpu>/);
    assert.equal(value(await send(overSsh(), written(3))).previousXml, now, 'the next one begins from what is there');
  });

  it('the daemon dies with the definition, and comes again', async () => {
    const before = stored();
    let dying: Promise<void> | undefined;
    const host = open(
      atDefine(() => {
        bed.freeze();
        setTimeout(() => {
          dying = bed.kill();
        }, 500);
      }),
    );
    const sent = await send(host);
    await dying;
    await bed.restart();
    assert.match(failed(sent).kind, /^daemon-/);
    assert.equal(stored(), before);
    assert.match(value(await send(open())).storedXml, />2<\/vcpu>/);
  });

  it('the host is silent: half a minute for a question, and no longer than somebody waits', async () => {
    const before = stored();
    const host = open();
    assert.equal(domain.listIdentities().timeoutMilliseconds, 30_000);
    const impatient: Host = {
      ...host,
      run: (asked, options) => host.run({ ...asked, timeoutMilliseconds: 1000 }, options),
    };
    const plan = value(await planDefine(host, written(2)));
    bed.freeze();
    try {
      assert.equal(failed(await planDefine(impatient, written(2))).kind, 'timeout');
      assert.equal(failed(await runDefine(impatient, written(2), plan)).kind, 'timeout');
      const stop = AbortSignal.timeout(300);
      const started = performance.now();
      assert.equal(failed(await runDefine(host, written(2), plan, { signal: stop })).kind, 'cancelled');
      assert.ok(performance.now() - started < 5000);
    } finally {
      bed.thaw();
    }
    assert.equal(stored(), before);
  });

  it('the host falls silent when it has defined: what is said is that it is defined', async () => {
    const host = open();
    const plan = value(await planDefine(host, written(2)));
    let isDefined = false;
    const impatient: Host = {
      ...host,
      run: async (asked, options) => {
        if (isDefined) bed.freeze();
        const answer = await host.run(isDefined ? { ...asked, timeoutMilliseconds: 1000 } : asked, options);
        isDefined ||= asked.args[0] === 'define';
        return answer;
      },
    };
    try {
      const { kind, message } = failed(await runDefine(impatient, written(2), plan));
      assert.equal(kind, 'not-read-back');
      assert.match(message, /^web is defined on bed, but it could not be read back\. bed did not answer/);
    } finally {
      bed.thaw();
    }
    assert.match(stored(), />2<\/vcpu>/);
  });

  it('virsh is not there, or says what virsh never says', async () => {
    const before = stored();
    assert.equal(failed(await planDefine(open({ virshPath: '/nowhere/virsh' }), written(2))).kind, 'virsh-missing');
    const plan = value(await planDefine(open(), written(2)));
    // Stands for a broken virsh: a real one does none of this.
    const garbling = path.join(scratch.directory, 'virsh');
    const calls = path.join(scratch.directory, 'calls');
    writeFileSync(garbling, `#!/bin/sh\necho "$@" >> ${calls}\nhead -c 5000 /dev/urandom\n`, { mode: 0o755 });
    const garbled = open({ virshPath: garbling });
    assert.equal(failed(await runDefine(garbled, written(2), plan)).kind, 'unexpected-output');
    assert.doesNotMatch(readFileSync(calls, 'utf8'), / define /, 'nothing is defined on the word of such a virsh');
    assert.equal(stored(), before);
  });

  it('libvirt refuses, or the name has been taken meanwhile', async () => {
    const before = stored();
    const host = open();
    const refused = written(2).replace('<memballoon', '<emulator>/usr/bin/none</emulator>\n    <memballoon');
    assert.ok(failed(await send(host, refused)).message !== '');
    const other = written(2, 'other').replace(uuid, '4dea22b3-1d52-d8f3-2516-000000000002');
    const plan = value(await planDefine(host, other));
    define(other.replace('000000000002', '000000000003'));
    assert.equal(failed(await runDefine(host, other, plan)).kind, 'changed-meanwhile');
    assert.match(virsh('dumpxml', 'other'), /000000000003<\/uuid>/);
    virsh('undefine', 'other');
    assert.equal(stored(), before);
  });

  describe('on a full disk', { skip: !isRoot && 'only root mounts a small file system' }, () => {
    const disks: FullDisk[] = [];
    const unmount = (): void => {
      for (const disk of disks.splice(0)) disk.remove();
    };
    afterEach(unmount);
    const fill = (directory: string): FullDisk => {
      const disk = mountFullDisk(directory, { owner: nobody });
      disks.push(disk);
      return disk;
    };

    it('the host keeps the old definition, in its memory and on its disk', async () => {
      const full = await LibvirtDaemon.start();
      try {
        const host = open({}, full);
        // Who is answered finds its directories made.
        value(await host.version());
        const disk = fill(path.join(full.directory, 'config/libvirt/qemu'));
        // It makes the directories that it needs.
        await full.restart();
        const { storedXml } = value(await send(host, written(1)));
        disk.fill();
        const { kind, message } = failed(await send(host));
        assert.equal(kind, 'no-space', message);
        const now = async () => value(await host.run(domain.dumpXml(uuid, { inactive: true, secrets: true })));
        assert.equal(await now(), storedXml);
        await full.restart();
        assert.equal(await now(), storedXml);
        disk.free();
        assert.match(value(await send(host)).storedXml, />2<\/vcpu>/);
      } finally {
        unmount();
        await full.stop();
      }
    });

    it('no backup is kept by half: then nothing is replaced', async () => {
      const disk = fill(scratchIn('storage'));
      const history = new History(scratchIn('storage'), { info: () => undefined, warn: () => undefined });
      const keep = (xml: string) => history.keep('bed', { name: 'web', uuid, state: 'shut-off', xml });
      value(await keep('<domain>1</domain>'));
      disk.fill();
      assert.match(failed<string>(await keep(`<domain>2</domain>${' '.repeat(10_000)}`)), /ENOSPC/);
      const [first, ...others] = await history.list('bed', uuid);
      assert.equal(await history.read('bed', uuid, first ?? ''), '<domain>1</domain>');
      assert.equal(others.length, 0);
      disk.free();
      value(await keep('<domain>2</domain>'));
    });
    const scratchIn = (name: string): string => {
      const directory = path.join(scratch.directory, name);
      execFileSync('mkdir', ['-p', directory]);
      return directory;
    };
  });
});
