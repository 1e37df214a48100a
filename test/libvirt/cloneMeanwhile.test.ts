/** A clone whose host does not stand still between the plan and the copies, or while a copy waits for its turn. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { transferCommand } from '../../virsh/src/command.ts';
import {
  type CloneFailure,
  type CloneMethod,
  type ClonePlan,
  type CloneProgress,
  domain,
  type Host,
  lifecycle,
  listDomains,
  openHost,
  planClone,
  type Result,
  readCloneSource,
  runClone,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('a clone and what others do meanwhile', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let host: Host;
  let pool = '';

  before(async () => {
    bed = await LibvirtDaemon.start();
    host = openHost({ kind: 'uri', name: 'bed', uri: bed.uri });
    pool = path.join(bed.directory, 'pool');
    mkdirSync(pool);
    bed.giveToDaemon(pool);
    runTool('mv', bed.makeImage('web.qcow2'), pool);
    virsh('pool-create-as', 'lab', 'dir', '--target', pool);
    value(await host.run(domain.define(tinyDomain({ name: 'web', disk: path.join(pool, 'web.qcow2') }))));
  });
  let names: readonly string[];
  beforeEach(async () => {
    names = value(await listDomains(host)).map(({ name }) => name);
  });
  after(async () => {
    host.close();
    await bed.stop();
  });

  /** Past the host that clones, as somebody else would. */
  const virsh = (...args: string[]): string => runTool('virsh', '-q', '-c', bed.uri, ...args);
  const plan = async (method: CloneMethod = 'full'): Promise<Result<ClonePlan, readonly string[]>> => {
    const web = value(await listDomains(host)).find(({ name }) => name === 'web');
    assert.ok(web);
    return planClone(value(await readCloneSource(host, web)), 'web2', { method });
  };
  const isAsBefore = async (): Promise<void> => {
    assert.deepEqual(readdirSync(pool), ['web.qcow2']);
    assert.deepEqual(
      value(await listDomains(host)).map(({ name }) => name),
      names,
    );
  };

  for (const method of ['full', 'linked'] as const)
    it(`${method}: nothing is copied where the source has been started since the plan`, async () => {
      const planned = value(await plan(method));
      virsh('start', 'web');
      const { cause, removed, left } = failed<CloneFailure>(await runClone(host, planned));
      assert.deepEqual([cause.kind, removed, left], ['changed-meanwhile', [], []]);
      assert.match(cause.message, /not shut off/);
      virsh('destroy', 'web');
      await isAsBefore();
    });

  it('a copy during which the source was started is removed again', async () => {
    let isStarted = false;
    // Not before: QEMU's own lock keeps an image that is being copied.
    const onProgress = ({ done, size }: CloneProgress): void => {
      if (isStarted || done === undefined || done !== size) return;
      virsh('start', 'web');
      isStarted = true;
    };
    const { cause, removed } = failed<CloneFailure>(await runClone(host, value(await plan()), { onProgress }));
    assert.deepEqual([cause.kind, removed], ['changed-meanwhile', [path.join(pool, 'web2.qcow2')]]);
    virsh('destroy', 'web');
    await isAsBefore();
  });

  it('disks are not copied while the memory of the source is saved; its definition is', async () => {
    virsh('start', 'web');
    value(await host.run(lifecycle.managedSave('web')));
    assert.match(failed<readonly string[]>(await plan()).join(), /memory of web is saved/);
    assert.equal(value(await plan('definition')).name, 'web2');
    virsh('managedsave-remove', 'web');
    assert.equal(value(await plan()).name, 'web2');
  });

  it('cancelled before its turn, it leaves alone the volume that somebody else has made under its name', async () => {
    // Lists no event for as long, and holds the only place for work that takes long.
    const other = host.run(transferCommand(['event', '--event', 'lifecycle', '--timeout', '4']));
    const cancel = new AbortController();
    const mine = path.join(pool, 'web2.qcow2');
    let waits = false;
    const cloning = runClone(host, value(await plan()), {
      signal: cancel.signal,
      onProgress: () => {
        if (waits) return;
        waits = true;
        virsh('vol-create-as', 'lab', 'web2.qcow2', '1M', '--format', 'qcow2');
        setTimeout(() => cancel.abort(), 200);
      },
    });
    const { cause, removed, left } = failed<CloneFailure>(await cloning);
    assert.deepEqual([cause.kind, cause.neverStarted, removed, left], ['cancelled', true, [], []]);
    assert.ok(readFileSync(mine).length > 0);
    await other;
    virsh('vol-delete', 'web2.qcow2', '--pool', 'lab');
    await isAsBefore();
  });
});
