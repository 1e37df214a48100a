/** Taking back what a clone has made, on a host that has been started again in mid-copy: nothing is said to be gone that nobody has looked for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type MadeVolume, takeBack } from '../../../virsh/src/clone/made.ts';
import type { Runner } from '../../../virsh/src/index.ts';
import { answering } from './answering.ts';

const volume = (host: Runner, pool = 'lab'): MadeVolume => ({
  kind: 'volume',
  host,
  isTemporary: false,
  pool,
  name: 'web2.qcow2',
  path: '/img/web2.qcow2',
});
const noVolume =
  "error: failed to get vol 'web2.qcow2'\nerror: Storage volume not found: no storage vol with matching name 'web2.qcow2'\n";
const noPool =
  "error: failed to get pool 'lab'\nerror: Storage pool not found: no storage pool with matching name 'lab'\n";

describe('taking back a copy', () => {
  it('looks for its file where the volume is unknown, and takes it for gone only then', async () => {
    const { runner, asked } = answering(noVolume, '', noVolume);
    assert.deepEqual(await takeBack([volume(runner)]), { removed: [], left: [] });
    assert.deepEqual(asked, ['vol-delete', 'pool-refresh', 'vol-delete']);
  });

  it('removes the file that is found so', async () => {
    const { runner } = answering(noVolume, '', '');
    assert.deepEqual((await takeBack([volume(runner)])).removed, ['/img/web2.qcow2']);
  });

  it('tells of it where the pool has gone with the daemon: nobody can look', async () => {
    for (const [pool, command] of [
      ['lab', /vol-delete/],
      ['virtlint-clone-1', /rm -- \/img\/web2\.qcow2/],
    ] as const) {
      const { left } = await takeBack([volume(answering(noPool, noPool).runner, pool)]);
      assert.deepEqual(
        left.map(({ what }) => what),
        ['the volume /img/web2.qcow2'],
      );
      assert.match(left[0]?.command ?? '', command);
    }
  });
});
