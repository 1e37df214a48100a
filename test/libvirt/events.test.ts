/** The live source: what happens on a host is heard, over every way to it, and again after the daemon's restart. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  type Connection,
  type DomainEvent,
  domain,
  type Host,
  openHost,
  readDomains,
  readNetworks,
  readPools,
  readSnapshots,
  type Watch,
  type WatchState,
  watchEvents,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('events of a host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  const open: { close(): void }[] = [];
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
  });
  afterEach(() => {
    for (const one of open.splice(0)) one.close();
  });
  after(() => Promise.all([bed.stop(), server.stop()]));

  const reach = (connection: Connection): Host => {
    const host = openHost(connection);
    open.push(host);
    return host;
  };
  const listen = (host: Host) => {
    const events: DomainEvent[] = [];
    const states: WatchState[] = [];
    const watch: Watch = watchEvents(
      host,
      { onEvent: (event) => events.push(event), onState: (state) => states.push(state) },
      { firstWaitMilliseconds: 100 },
    );
    open.push({ close: () => watch.stop() });
    return { events, states, watch, isLive: () => states.at(-1)?.state === 'live' };
  };
  const loops = (): number =>
    readdirSync('/proc').filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words[0]?.endsWith('virsh') && words.includes(bed.uri) && words.some((word) => word.includes('--loop'));
      } catch {
        return false;
      }
    }).length;

  const ways: readonly [string, () => Connection][] = [
    ['here', () => ({ kind: 'uri', name: 'here', uri: bed.uri })],
    ['over ssh', () => ({ kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri })],
    ['read-only', () => ({ kind: 'uri', name: 'here', uri: bed.uri, readOnly: true })],
  ];
  for (const [way, connection] of ways) {
    it(`are heard ${way}, and nothing is left running`, async () => {
      const name = `it's '${way}': ☃`;
      const other = reach({ kind: 'uri', name: 'other', uri: bed.uri });
      const { events, watch, isLive } = listen(reach(connection()));
      await waitFor('the events to be live', isLive);
      value(await other.run(domain.define(tinyDomain({ name, disk: bed.makeImage('events.qcow2') }))));
      value(await other.run(domain.start(name)));
      value(await other.run(domain.destroy(name)));
      value(await other.run(domain.undefine(name)));
      const lifecycle = () => events.filter(({ kind }) => kind === 'lifecycle').map(({ detail }) => detail);
      await waitFor('the last event', () => lifecycle().some((detail) => detail.startsWith('Undefined')));
      assert.ok(events.every((event) => event.domain === name));
      assert.ok(lifecycle().includes('Started Booted'));
      assert.ok(loops() >= 1);
      watch.stop();
      await waitFor('virsh to be gone', () => loops() === 0);
    });
  }

  it('come again after the daemon has been restarted', async () => {
    const host = reach({ kind: 'uri', name: 'here', uri: bed.uri });
    const { states, isLive } = listen(host);
    await waitFor('the events to be live', isLive);
    await bed.restart();
    await waitFor('the events to break off', () => states.some(({ state }) => state === 'waiting'));
    await waitFor('the events to be live again', isLive);
  });

  it('are not asked for again where only a person can help', async () => {
    const options = ['-o', 'UserKnownHostsFile=/dev/null', ...server.options];
    const { states } = listen(reach({ kind: 'ssh', name: 'lab', target: 'bed', options, uri: bed.uri }));
    await waitFor('a state', () => states.length > 0);
    const [state] = states;
    assert.equal(state?.state, 'without-events');
    assert.equal(state.failure?.kind, 'host-key-unknown');
  });

  it('do not exist inside the test driver, which can be asked all the same', async () => {
    const host = reach({ kind: 'uri', name: 'test', uri: 'test:///default' });
    assert.deepEqual(listen(host).states, [{ state: 'without-events' }]);
    assert.deepEqual(
      value(await readDomains(host)).map(({ uuid: _, ...rest }) => rest),
      [
        {
          name: 'test',
          state: 'running',
          isTransient: false,
          isAutostart: false,
          hasSnapshots: false,
          hasManagedSave: false,
        },
      ],
    );
    assert.deepEqual(value(await readNetworks(host)), [{ name: 'default', isActive: true, isAutostart: false }]);
    assert.deepEqual(value(await readPools(host)), [{ name: 'default-pool', isActive: true, isAutostart: false }]);
    assert.deepEqual(value(await readSnapshots(host, 'test')), []);
    assert.equal(failed(await readSnapshots(host, 'nope')).kind, 'not-found');
  });

  it('find the traits of a VM in the same round trip', async () => {
    const host = reach({ kind: 'uri', name: 'here', uri: bed.uri });
    const image = bed.makeImage('traits.qcow2');
    value(await host.run(domain.define(tinyDomain({ name: 'traits', disk: image }))));
    for (const args of [
      ['snapshot-create-as', '--domain=traits', '--name=before the change'],
      ['autostart', '--domain=traits'],
    ])
      value(await host.run({ ...domain.start('traits'), args }));
    const [traits] = value(await readDomains(host));
    assert.deepEqual(
      [traits?.hasSnapshots, traits?.isAutostart, traits?.isTransient, traits?.hasManagedSave],
      [true, true, false, false],
    );
    assert.deepEqual(value(await readSnapshots(host, 'traits')), [{ name: 'before the change', isCurrent: true }]);
    value(await host.run(domain.undefine('traits', { snapshotsMetadata: true })));
  });
});
