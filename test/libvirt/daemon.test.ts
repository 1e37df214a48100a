/** What a libvirtd does to its clients: it ends, it comes back, it lets them only read, or not in at all. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { createRunner, domain, host, listDomains, type Runner } from '../../virsh/src/index.ts';
import { isRoot, LibvirtDaemon, ownedByNobody } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { unprivilegedVirsh } from '../support/bed/unprivileged.ts';

describe('a private libvirtd and its clients', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
  });
  after(() => bed.stop());

  it('is found again after a restart between two calls, and is named when it is down', async () => {
    value(await runner.run(domain.define(tinyDomain({ name: 'survivor', disk: '/x' }))));
    await bed.restart();
    assert.deepEqual(
      value(await listDomains(runner)).map(({ name }) => name),
      ['survivor'],
    );
    const down = createRunner({ kind: 'uri', name: 'down', uri: `qemu+unix:///session?socket=${bed.directory}/none` });
    const { kind, message } = failed(await down.run(host.version()));
    assert.equal(kind, 'daemon-down');
    assert.match(message, /systemctl start/);
  });

  it('ends the connection in the middle of a command', async () => {
    // A real fault cannot be timed: this server accepts, waits for the first request and hangs up, as a daemon does that is restarted.
    const { directory, remove } = scratchDirectory();
    const socket = path.join(directory, 'socket');
    const server = createServer((connection) => connection.once('data', () => connection.destroy())).listen(socket);
    const lost = createRunner({ kind: 'uri', name: 'lost', uri: `qemu+unix:///session?socket=${socket}` });
    const { kind, stderr } = failed(await lost.run(host.version()));
    assert.equal(kind, 'daemon-lost', stderr);
    server.close();
    remove();
  });

  it('refuses changes on a read-only connection', async () => {
    // virsh has no URI for read-only, only an option, which a wrapper adds.
    const { directory, remove } = scratchDirectory();
    const wrapper = path.join(directory, 'virsh-readonly');
    writeFileSync(wrapper, '#!/bin/sh\nexec virsh --readonly "$@"\n', { mode: 0o755 });
    const readOnly = createRunner({ kind: 'uri', name: 'read-only', uri: bed.uri }, { virshPath: wrapper });
    value(await listDomains(readOnly));
    const refused = await readOnly.run(domain.define(tinyDomain({ name: 'refused', disk: '/x' })));
    remove();
    assert.equal(failed(refused).kind, 'read-only');
  });

  it('does not let in who may not open the socket', {
    skip: isRoot ? requirements('setpriv') : 'only root can act as another user',
  }, async () => {
    const { directory, remove } = scratchDirectory();
    const socket = path.join(directory, 'socket');
    const server = createServer().listen(socket);
    await new Promise((resolve) => server.once('listening', resolve));
    chmodSync(socket, 0o600);
    const stranger = createRunner(
      { kind: 'uri', name: 'closed', uri: `qemu+unix:///session?socket=${socket}` },
      { virshPath: unprivilegedVirsh(directory) },
    );
    const result = await stranger.run(host.version());
    server.close();
    remove();
    const { kind, message } = failed(result);
    assert.equal(kind, 'permission');
    assert.match(message, /group libvirt/);
  });

  it('names a missing virsh, and one that is not where the settings say', async () => {
    const nowhere = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri }, { environment: { PATH: '/nowhere' } });
    assert.equal(failed(await nowhere.run(host.version())).kind, 'virsh-missing');
    const misplaced = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri }, { virshPath: '/nowhere/virsh' });
    assert.equal(failed(await misplaced.run(host.version())).kind, 'virsh-missing');
  });

  it('explains addresses that libvirt does not know', async () => {
    for (const uri of [
      `qemu+unix:///bogus?socket=${bed.socket}`,
      `odd+unix:///session?socket=${bed.socket}`,
      'qemu+carrier://host/system',
    ]) {
      assert.equal(
        failed(await createRunner({ kind: 'uri', name: 'odd', uri }).run(host.version())).kind,
        'bad-uri',
        uri,
      );
    }
  });

  it('stops an answer that is too long', async () => {
    const { directory, remove } = scratchDirectory();
    mkdirSync(path.join(directory, 'bin'));
    const endless = path.join(directory, 'bin', 'virsh');
    writeFileSync(endless, '#!/bin/sh\nexec yes\n', { mode: 0o755 });
    ownedByNobody(directory);
    const result = await createRunner(
      { kind: 'uri', name: 'endless', uri: 'test:///default' },
      { virshPath: endless },
    ).run(host.version());
    remove();
    assert.equal(failed(result).kind, 'too-much-output');
  });
});
