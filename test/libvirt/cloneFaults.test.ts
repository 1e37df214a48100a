/**
 * A clone that is ended at the worst moment, by real faults: whatever was on the two hosts before is there afterwards, and nothing else; or what is
 * left is told to the last file, with the commands that remove it.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import {
  type CloneFailure,
  type CloneOptions,
  type ClonePlan,
  copiesOf,
  domain,
  listDomains,
  planClone,
  readCloneSource,
  runClone,
} from '../../virsh/src/index.ts';
import { mountFullDisk } from '../support/bed/fullDisk.ts';
import { isRoot, nobody } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { type Inventory, TwoHosts } from './support/twoHosts.ts';

const mebibyte = 1024 * 1024;
const name = 'large';

const skip = requirements(...daemonPrograms, ...sshPrograms);
const ways = [
  ['the shells of both hosts', true],
  ['libvirt’s own streams', false],
] as const;

for (const [way, hasShell] of ways)
  describe(`a clone through ${way} that is ended early`, { skip }, () => {
    let hosts: TwoHosts;
    let inventory: Inventory;
    before(async () => {
      hosts = await TwoHosts.start({ hasShell });
      await hosts.define(name, hosts.largeImage(`${name}.qcow2`, 96));
    });
    beforeEach(() => {
      inventory = hosts.inventory();
    });
    after(() => hosts.stop());

    const isAsBefore = (): void => assert.deepEqual(hosts.inventory(), inventory, 'both hosts are as they were');
    const toTheOther = async (): Promise<ClonePlan> => value(await hosts.plan(name, 'half'));
    const arrived = (): string => path.join(hosts.to, 'half.qcow2');

    /** Carries out a plan, and does something to it when a part of the disk is there. */
    const endedBy = async (
      fault: () => unknown,
      plan: ClonePlan,
      options: CloneOptions = {},
    ): Promise<CloneFailure> => {
      const file = copiesOf(plan)[0]?.toPath ?? '';
      let done: { readonly end: unknown } | undefined;
      const looking = setInterval(() => {
        if (done || (statSync(file, { throwIfNoEntry: false })?.size ?? 0) < mebibyte) return;
        done = { end: fault() };
      }, 2);
      const result = await runClone(hosts.source, plan, { target: hosts.target, ...options });
      clearInterval(looking);
      assert.ok(done, 'the fault came');
      // A daemon that is started again may take longer than the clone to end.
      await done.end;
      return failed<CloneFailure>(result);
    };

    it('by its user, in mid-copy', async () => {
      const cancel = new AbortController();
      const { signal } = cancel;
      const { cause, left, removed } = await endedBy(() => cancel.abort(), await toTheOther(), { signal });
      assert.deepEqual([cause.kind, left, removed], ['cancelled', [], [arrived()]]);
      isAsBefore();
    });

    it('by the ssh connection that breaks', async () => {
      const { cause, left, removed } = await endedBy(() => hosts.server.cutConnections(), await toTheOther());
      assert.notEqual(cause.kind, 'cancelled');
      assert.deepEqual([left, removed], [[], [arrived()]]);
      isAsBefore();
    });

    // A shell goes on without them.
    if (!hasShell) {
      it('by the daemon of the target, which is killed and started again', async () => {
        const crash = async (): Promise<void> => {
          await hosts.there.kill();
          await hosts.there.restart();
        };
        const { cause, left } = await endedBy(crash, await toTheOther());
        assert.deepEqual([cause.kind, left], ['daemon-lost', []]);
        isAsBefore();
      });

      it('by the daemon of the source, which is killed and started again', async () => {
        const crash = async (): Promise<void> => {
          await hosts.here.kill();
          await hosts.here.restart();
        };
        const { cause, left, removed } = await endedBy(crash, await toTheOther());
        assert.deepEqual([cause.kind, left, removed], ['daemon-lost', [], [arrived()]]);
        isAsBefore();
      });
    }

    it('by a target that goes and stays away: what is left is told, with what removes it', async () => {
      const { left, cause } = await endedBy(() => hosts.there.kill(), await toTheOther(), { patience: 1000 });
      assert.notEqual(cause.kind, 'cancelled');
      assert.deepEqual(
        left.map(({ what, host }) => [what, host]),
        [[`the volume ${arrived()}`, 'there']],
      );
      assert.ok(existsSync(arrived()));
      await hosts.there.restart();
      execFileSync('/bin/sh', ['-c', left[0]?.command ?? 'false']);
      isAsBefore();
    });

    it('by a disk of the target that is full', { skip: !isRoot && 'only root can mount a file system' }, async () => {
      const small = path.join(hosts.there.directory, 'small');
      mkdirSync(small);
      const disk = mountFullDisk(small, { owner: nobody, size: 256 * mebibyte });
      const virsh = (...args: string[]) => runTool('virsh', '-q', '-c', hosts.there.uri, ...args);
      virsh('pool-create-as', 'lab', 'dir', '--target', small);
      try {
        inventory = hosts.inventory();
        const planned = await toTheOther();
        assert.equal(copiesOf(planned)[0]?.toPath, path.join(small, 'half.qcow2'));
        disk.fill(40 * mebibyte);
        const refusals = failed<readonly string[]>(await hosts.plan(name, 'half')).join();
        assert.match(refusals, /need 96.*lab, which has 40.* free/);
        const { cause, left, removed } = await endedBy(() => undefined, planned);
        assert.deepEqual([cause.kind, left, removed], ['no-space', [], [path.join(small, 'half.qcow2')]]);
        disk.free();
        assert.deepEqual(readdirSync(small), []);
        isAsBefore();
      } finally {
        virsh('pool-destroy', 'lab');
        disk.remove();
      }
    });

    it('by a name that somebody takes between the plan and the definition', async () => {
      const planned = await toTheOther();
      const taken = tinyDomain({ name: 'half', disk: '/elsewhere.qcow2' });
      const taking: Promise<unknown>[] = [];
      const onProgress: CloneOptions['onProgress'] = ({ message }) => {
        if (message.startsWith('Sending') && taking.length === 0) taking.push(hosts.target.run(domain.define(taken)));
      };
      const { cause, left, removed } = failed<CloneFailure>(
        await runClone(hosts.source, planned, { target: hosts.target, onProgress }),
      );
      assert.deepEqual([cause.kind, left, removed], ['exists', [], [arrived()]]);
      const other = value(await listDomains(hosts.target)).find((entry) => entry.name === 'half');
      assert.notEqual(other?.uuid, planned.uuid, 'the VM of the other stays');
      value(await hosts.target.run(domain.undefine('half')));
      isAsBefore();
    });

    if (!hasShell) {
      it('on one host, by its daemon, which is killed and started again in mid-copy', async () => {
        const entry = value(await listDomains(hosts.source)).find((one) => one.name === name);
        assert.ok(entry);
        const planned = value(planClone(value(await readCloneSource(hosts.source, entry)), 'twin'));
        const copy = path.join(hosts.from, 'twin.qcow2');
        const crash = setInterval(async () => {
          if (!existsSync(copy)) return;
          clearInterval(crash);
          await hosts.here.kill();
          await hosts.here.restart();
        }, 5);
        const { cause, left } = failed<CloneFailure>(await runClone(hosts.source, planned));
        assert.deepEqual([cause.kind, left], ['daemon-lost', []]);
        isAsBefore();
      });
    }
  });
