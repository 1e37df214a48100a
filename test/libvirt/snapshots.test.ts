/** Snapshots on a real libvirtd: made, described, reverted to, deleted. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  compareDefinition,
  createRunner,
  domain,
  forceOff,
  makeSnapshot,
  type Runner,
  readSnapshotTree,
  removeSnapshot,
  revertToSnapshot,
  runVerb,
  snapshotKinds,
  verbs,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('snapshots', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  let uuid = '';
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
    value(await runner.run(domain.define(tinyDomain({ name: 'guest', disk: bed.makeImage('guest.qcow2') }))));
    uuid = value(await runner.run(domain.uuidOf('guest')));
  });
  after(() => bed.stop());

  const stateOf = async () => value(await runner.run(domain.stateReason(uuid)));
  const tree = async () => value(await readSnapshotTree(runner, uuid));
  const odd = 'it\'s; rm -rf <x> & "y"';

  it('are made of a guest that is off, under any name, and one name once', async () => {
    value(await makeSnapshot(runner, uuid, { name: odd, description: 'before <all>' }));
    const { snapshots, current } = await tree();
    const [first] = snapshots;
    assert.deepEqual(
      [current, first?.name, first?.description, first?.state, first?.hasMemory, first?.isExternal, first?.parent],
      [odd, odd, 'before <all>', 'shutoff', false, false, undefined],
    );
    assert.ok(Math.abs((first?.created?.getTime() ?? 0) - Date.now()) < 60_000);
    assert.ok(failed(await makeSnapshot(runner, uuid, { name: odd })).message);
  });

  it('of a running guest keep its memory, and the definition of that time', async () => {
    value(await runVerb(runner, verbs.start, [{ name: 'guest', uuid }]));
    value(await makeSnapshot(runner, uuid, { name: 'running' }));
    const { snapshots, current } = await tree();
    const found = snapshots.find(({ name }) => name === 'running');
    assert.deepEqual([current, found?.state, found?.hasMemory, found?.parent], ['running', 'running', true, odd]);
    const now = value(await runner.run(domain.dumpXml(uuid, { inactive: true })));
    assert.match(found?.definition ?? '', /^<domain type='qemu'>\n {2}<name>guest<\/name>[\s\S]*<\/domain>\n$/);
    assert.deepEqual(compareDefinition(found?.definition ?? '', now), []);
  });

  it('are gone back to: off, and running on from where it was', async () => {
    value(await revertToSnapshot(runner, uuid, odd));
    assert.equal((await stateOf()).state, 'shut off');
    value(await revertToSnapshot(runner, uuid, 'running'));
    assert.deepEqual(await stateOf(), { state: 'running', reason: 'from snapshot' });
    assert.equal((await tree()).current, 'running');
    assert.ok(failed(await revertToSnapshot(runner, uuid, 'none')).message);
  });

  it('are deleted one by one', async () => {
    value(await removeSnapshot(runner, uuid, odd));
    const { snapshots } = await tree();
    assert.deepEqual(
      snapshots.map(({ name, parent }) => [name, parent]),
      [['running', undefined]],
    );
    assert.ok(failed(await removeSnapshot(runner, uuid, odd)).message);
  });

  it('that lie in files of their own cannot be gone back to here, and nothing is said to have happened', async () => {
    value(await makeSnapshot(runner, uuid, { name: 'files', isDiskOnly: true }));
    const found = (await tree()).snapshots.find(({ name }) => name === 'files');
    assert.deepEqual([found?.state, found?.isExternal, found?.hasMemory], ['disk-snapshot', true, false]);
    assert.match(failed(await revertToSnapshot(runner, uuid, 'files')).stderr, /external snapshot not supported/);
    assert.ok(failed(await removeSnapshot(runner, uuid, 'files')).message);
    assert.equal((await tree()).snapshots.length, 2);
    const stuck = failed(await removeSnapshot(runner, uuid, 'running'));
    assert.match(stuck.stderr, /not the same as disk image currently used/);
    value(await forceOff(runner, uuid));
  });

  it('inside a file need a qcow2 file, as libvirt says too', async () => {
    const raw = tinyDomain({ name: 'raw', disk: bed.makeImage('raw.raw', 'raw'), format: 'raw' });
    value(await runner.run(domain.define(raw)));
    const other = value(await runner.run(domain.uuidOf('raw')));
    assert.match(snapshotKinds(raw).internalObstacle ?? '', /vda \(raw\)/);
    assert.ok(failed(await makeSnapshot(runner, other, { name: 'x' })).message);
    const now = value(await runner.run(domain.dumpXml(uuid, { inactive: true })));
    assert.equal(snapshotKinds(now).internalObstacle, undefined);
  });
});
