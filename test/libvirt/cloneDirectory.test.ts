/** Cloning to a host on which no pool takes the disks: into a directory, through a pool that is there for the moment. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type CloneFailure,
  domain,
  listDomains,
  parseDomain,
  readCloneTarget,
  readTargetDirectory,
  runClone,
  storage,
} from '../../virsh/src/index.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { type Inventory, TwoHosts } from './support/twoHosts.ts';

for (const hasShell of [true, false])
  describe(`clone into a directory of another host, ${hasShell ? 'through its shell' : 'through libvirt'}`, {
    skip: requirements(...daemonPrograms, ...sshPrograms),
  }, () => {
    let hosts: TwoHosts;
    let directory = '';
    before(async () => {
      hosts = await TwoHosts.start({ hasShell });
      directory = path.join(hosts.there.directory, `it's <&> "bare"`);
      mkdirSync(directory);
      hosts.there.giveToDaemon(directory);
      await hosts.define('web', hosts.intoPool(hosts.here.makeImage('web.qcow2')));
      await hosts.define('large', hosts.largeImage('large.qcow2', 96));
    });
    after(() => hosts.stop());

    const all = (): readonly [Inventory, readonly string[]] => [hosts.inventory(), readdirSync(directory)];
    const known = async () => {
      const [entry] = value(await listDomains(hosts.source));
      assert.ok(entry);
      return value(await readCloneTarget(hosts.source, entry, hosts.target));
    };

    it('says so in the plan, sends the disk, and removes the pool that it made', async () => {
      const before = all();
      const planned = value(await hosts.plan('web', 'web', { directory }));
      assert.deepEqual(all(), before, 'planning leaves nothing behind');
      assert.deepEqual(
        planned.temporaryPools.map((pool) => [pool.directory, pool.on]),
        [[directory, 'target']],
      );
      assert.ok(planned.changes.some((sentence) => sentence.startsWith(`${directory} on there is in no storage pool`)));
      const clone = value(await runClone(hosts.source, planned, { target: hosts.target }));
      assert.deepEqual(clone.left, []);
      const copy = path.join(directory, 'web.qcow2');
      assert.equal(parseDomain(clone.storedXml).disks[0]?.source, copy);
      assert.deepEqual(readFileSync(copy), readFileSync(path.join(hosts.from, 'web.qcow2')));
      assert.deepEqual(hosts.inventory().pools, before[0].pools);
      value(await hosts.target.run(domain.start('web')));
      value(await hosts.target.run(domain.destroy('web')));
    });

    it('names the file of a disk that was a volume of a pool', async () => {
      hosts.intoPool(hosts.here.makeImage('vol.qcow2'));
      const disk = `<disk type='volume'><driver name='qemu' type='qcow2'/><source pool='lab' volume='vol.qcow2' mode='host'/><target dev='vda' bus='virtio'/></disk>`;
      value(
        await hosts.source.run(
          domain.define(
            `<domain type='qemu'><name>vol</name><memory unit='MiB'>16</memory><os><type>hvm</type></os><devices>${disk}</devices></domain>`,
          ),
        ),
      );
      const planned = value(await hosts.plan('vol', 'file', { directory }));
      const { storedXml } = value(await runClone(hosts.source, planned, { target: hosts.target }));
      const [copy] = parseDomain(storedXml).disks;
      assert.deepEqual([copy?.type, copy?.source], ['file', path.join(directory, 'file.qcow2')]);
      assert.doesNotMatch(storedXml, /<source [^>]*(?:pool|mode)=/);
    });

    it('overwrites nothing that is there', async () => {
      writeFileSync(path.join(directory, 'mine.qcow2'), 'of someone else');
      const planned = value(await hosts.plan('web', 'mine', { directory }));
      assert.equal(planned.disks[0]?.action === 'copy' && planned.disks[0].copy.to, 'mine-1.qcow2');
      writeFileSync(path.join(directory, 'mine-1.qcow2'), 'of a third');
      const before = all();
      const { cause, left } = failed<CloneFailure>(await runClone(hosts.source, planned, { target: hosts.target }));
      assert.deepEqual([cause.kind, left], ['exists', []]);
      assert.deepEqual(all(), before);
    });

    it('leaves nothing when it is cancelled, or the daemon there is killed and started again, in mid-copy', async () => {
      const before = all();
      const arrived = path.join(directory, 'half.qcow2');
      const cancel = new AbortController();
      const crash = async (): Promise<void> => {
        await hosts.there.kill();
        await hosts.there.restart();
      };
      for (const fault of [() => cancel.abort(), ...(hasShell ? [] : [crash])]) {
        const planned = value(await hosts.plan('large', 'half', { directory }));
        let isDone = false;
        const looking = setInterval(() => {
          if (isDone || (statSync(arrived, { throwIfNoEntry: false })?.size ?? 0) < 1024 * 1024) return;
          isDone = true;
          void fault();
        }, 2);
        const { signal } = cancel;
        const options = { target: hosts.target, ...(signal.aborted ? {} : { signal }) };
        const { left, removed } = failed<CloneFailure>(await runClone(hosts.source, planned, options));
        clearInterval(looking);
        assert.deepEqual([isDone, left, removed], [true, [], [arrived]]);
        assert.deepEqual(all(), before);
      }
    });

    it('takes the pool that the host has over a directory', async () => {
      const target = await known();
      const found = value(await readTargetDirectory(hosts.target, target, ` ${hosts.to}/ `));
      assert.deepEqual(found, { target, pool: [...target.pools].find(([, { path }]) => path === hosts.to)?.[0] });
    });

    it('refuses what is no directory, is not there, or belongs to the system or to a pool that is not active', async () => {
      const target = await known();
      const asleep = path.join(hosts.there.directory, 'asleep');
      mkdirSync(asleep);
      const virsh = (...args: string[]) => runTool('virsh', '-q', '-c', hosts.there.uri, ...args);
      virsh('pool-define-as', 'sleeper', 'dir', '--target', asleep);
      for (const [text, reason] of [
        ['images', /images is no absolute path/],
        ['/', /no absolute path/],
        ['/dev/shm', /no absolute path/],
        ['/nowhere/at/all', /There is no directory \/nowhere\/at\/all at there/],
        [asleep, /sleeper/],
      ] as const)
        assert.match(failed(await readTargetDirectory(hosts.target, target, text)).message, reason);
      virsh('pool-undefine', 'sleeper');
      assert.deepEqual(value(await hosts.target.run(storage.listPools())).length, 1);
    });
  });
