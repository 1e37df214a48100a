/** Cloning on a real libvirtd where no storage pool has the files: nothing but the clone is left behind. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  type ClonePlan,
  domain,
  type Host,
  listDomains,
  openHost,
  parseDomain,
  planClone,
  type Result,
  type RunOptions,
  readCloneSource,
  runClone,
  storage,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('clone of files in no storage pool', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Host;
  let folder: string;

  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = openHost({ kind: 'uri', name: 'bed', uri: bed.uri });
    folder = path.join(bed.directory, `it's <&> "here"`);
    mkdirSync(folder);
    bed.giveToDaemon(folder);
  });
  after(() => bed.stop());
  afterEach(() => assert.deepEqual(pools(), [], 'no pool is left behind'));

  const virsh = (...args: string[]): string => runTool('virsh', '-q', '-c', bed.uri, ...args);
  const pools = (): readonly string[] => virsh('pool-list', '--all', '--name').split('\n').filter(Boolean);
  const files = (): readonly string[] => readdirSync(folder).sort();
  const image = (name: string): string => {
    const file = path.join(folder, name);
    renameSync(bed.makeImage(name), file);
    return file;
  };
  const defineSource = async (name: string, disk: string, loader = ''): Promise<void> => {
    const xml = tinyDomain({ name, disk }).replace("<boot dev='hd'/>", `${loader}<boot dev='hd'/>`);
    value(await runner.run(domain.define(xml)));
  };
  const plan = async (
    source: string,
    name: string,
    options?: RunOptions,
  ): Promise<Result<ClonePlan, readonly string[]>> => {
    const found = value(await listDomains(runner)).find((entry) => entry.name === source);
    assert.ok(found);
    return planClone(value(await readCloneSource(runner, found, options)), name);
  };
  const refusal = async (source: string): Promise<string> => failed<readonly string[]>(await plan(source, 'x')).join();
  const isDefined = async (name: string): Promise<boolean> =>
    value(await listDomains(runner)).some((entry) => entry.name === name);

  it('says so in the plan, copies the disk, and removes the pool that it made', async () => {
    const disk = image('web.qcow2');
    await defineSource('web', disk);
    const planned = value(await plan('web', 'web2'));
    assert.deepEqual([pools(), files()], [[], ['web.qcow2']], 'planning leaves nothing behind');
    const [copy] = planned.disks;
    assert.equal(copy?.action === 'copy' && copy.copy.toPath, path.join(folder, 'web2.qcow2'));
    assert.deepEqual(
      planned.temporaryPools.map(({ directory }) => directory),
      [folder],
    );
    assert.ok(planned.changes.some((sentence) => sentence.startsWith(`${folder} is in no storage pool`)));

    const clone = value(await runClone(runner, planned));
    assert.deepEqual(clone.left, []);
    assert.deepEqual(files(), ['web.qcow2', 'web2.qcow2']);
    assert.match(runTool('qemu-img', 'compare', disk, path.join(folder, 'web2.qcow2')), /identical/);
    assert.equal(parseDomain(clone.storedXml).disks[0]?.source, path.join(folder, 'web2.qcow2'));
    for (const name of ['web', 'web2']) value(await runner.run(domain.start(name)));
    for (const name of ['web', 'web2']) value(await runner.run(domain.destroy(name)));
  });

  it('copies disks of several directories and the UEFI variables, and flattens a chain', async () => {
    const elsewhere = path.join(bed.directory, 'elsewhere');
    mkdirSync(elsewhere);
    const variables = path.join(elsewhere, 'uefi_VARS.fd');
    writeFileSync(variables, randomBytes(4096));
    bed.giveToDaemon(elsewhere);
    const overlay = path.join(folder, 'uefi.qcow2');
    runTool('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', image('base.qcow2'), '-F', 'qcow2', overlay);
    bed.giveToDaemon(overlay);
    const code = path.join(elsewhere, 'code.fd');
    await defineSource(
      'uefi',
      overlay,
      `<loader readonly='yes' type='pflash'>${code}</loader><nvram>${variables}</nvram>`,
    );
    const planned = value(await plan('uefi', 'uefi2'));
    assert.equal(planned.temporaryPools.length, 2);
    const clone = value(await runClone(runner, planned));
    assert.deepEqual(readFileSync(path.join(elsewhere, 'uefi2_VARS.fd')), readFileSync(variables));
    assert.equal(parseDomain(clone.storedXml).nvram, path.join(elsewhere, 'uefi2_VARS.fd'));
    assert.match(runTool('qemu-img', 'compare', overlay, path.join(folder, 'uefi2.qcow2')), /identical/);
    assert.doesNotMatch(runTool('qemu-img', 'info', path.join(folder, 'uefi2.qcow2')), /backing file/);
  });

  it('chooses a free name, and overwrites nothing that has appeared since', async () => {
    await defineSource('late', image('late.qcow2'));
    writeFileSync(path.join(folder, 'late2.qcow2'), 'of someone else');
    const planned = value(await plan('late', 'late2'));
    const [disk] = planned.disks;
    assert.equal(disk?.action === 'copy' && disk.copy.to, 'late2-1.qcow2');
    writeFileSync(path.join(folder, 'late2-1.qcow2'), 'of a third');
    const before = files();
    const result = failed(await runClone(runner, planned));
    assert.deepEqual([result.cause.kind, result.removed, result.left], ['exists', [], []]);
    assert.deepEqual(files(), before);
    assert.equal(readFileSync(path.join(folder, 'late2-1.qcow2'), 'utf8'), 'of a third');
  });

  it('removes copy and pool when the definition fails', async () => {
    await defineSource('taken', image('taken.qcow2'));
    const planned = value(await plan('taken', 'taken2'));
    await defineSource('taken2', '/elsewhere.qcow2');
    const before = files();
    const result = failed(await runClone(runner, planned));
    assert.deepEqual(
      [result.cause.kind, result.removed, result.left],
      ['exists', [path.join(folder, 'taken2.qcow2')], []],
    );
    assert.deepEqual(files(), before);
  });

  it('removes copy and pool when cancelled in the middle of a copy', async () => {
    const disk = path.join(folder, 'big.qcow2');
    const content = path.join(bed.directory, 'content');
    writeFileSync(content, randomBytes(256 * 1024 * 1024));
    runTool('qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', content, disk);
    bed.giveToDaemon(disk);
    await defineSource('big', disk);
    const planned = value(await plan('big', 'big2'));
    const before = files();
    const cancel = new AbortController();
    const copyAppears = setInterval(() => {
      if (existsSync(path.join(folder, 'big2.qcow2'))) cancel.abort();
    }, 5);
    const result = failed(await runClone(runner, planned, { signal: cancel.signal }));
    clearInterval(copyAppears);
    assert.deepEqual(
      [result.cause.kind, result.removed, result.left],
      ['cancelled', [path.join(folder, 'big2.qcow2')], []],
    );
    assert.deepEqual(files(), before);
    assert.equal(await isDefined('big2'), false);
  });

  it('leaves no pool when cancelled at any step of the planning or before the copying', async () => {
    await defineSource('early', image('early.qcow2'));
    const planned = value(await plan('early', 'early2'));
    const before = files();
    const stopped = failed(await runClone(runner, planned, { signal: AbortSignal.abort() }));
    assert.deepEqual([stopped.cause.kind, stopped.left], ['cancelled', []]);
    const [entry] = value(await listDomains(runner)).filter(({ name }) => name === 'early');
    assert.ok(entry);
    let steps = 0;
    let endedWithPool = 0;
    for (let stopAfter = 1; ; stopAfter++) {
      const cancel = new AbortController();
      let commands = 0;
      let made = false;
      const counting = openHost(runner.connection, {
        log: ({ commandLine }) => {
          made ||= commandLine.includes('pool-create');
          commands += 1;
          if (commands === stopAfter) cancel.abort();
        },
      });
      const read = await readCloneSource(counting, entry, { signal: cancel.signal });
      assert.deepEqual(pools(), [], `cancelled after command ${stopAfter}`);
      if (read.ok) break;
      assert.equal(read.error.kind, 'cancelled');
      steps += 1;
      if (made) endedWithPool += 1;
    }
    assert.ok(steps >= 5 && endedWithPool >= 2, `${steps} ${endedWithPool}`);
    assert.deepEqual(files(), before);
  });

  it('leaves nothing when cancelled after any step of the run', async () => {
    await defineSource('steps', image('steps.qcow2'));
    const planned = value(await plan('steps', 'steps2'));
    const before = files();
    const ended: (string | undefined)[] = [];
    for (;;) {
      const cancel = new AbortController();
      const stopAfter = ended.length + 1;
      const commands: (string | undefined)[] = [];
      const counting = openHost(runner.connection, {
        log: ({ commandLine }) => {
          commands.push(/(?:pool|vol)-\w+|define|dumpxml|domstats/.exec(commandLine)?.[0]);
          if (commands.length === stopAfter) cancel.abort();
        },
      });
      const result = await runClone(counting, planned, { signal: cancel.signal });
      assert.deepEqual(pools(), [], `cancelled after ${commands[stopAfter - 1]}`);
      if (result.ok) break;
      ended.push(commands[stopAfter - 1]);
      assert.deepEqual([result.error.cause.kind, result.error.left, files()], ['cancelled', [], before]);
      assert.equal(await isDefined('steps2'), false);
    }
    // The source is looked at first and last.
    assert.deepEqual(ended, ['domstats', 'pool-create', 'pool-refresh', 'vol-clone', 'vol-path', 'domstats']);
    assert.deepEqual(files(), [...before, 'steps2.qcow2'].sort());
  });

  it('refuses a raw disk in which its guest wrote the header of a qcow2 image', async () => {
    const disk = path.join(folder, 'forged.raw');
    runTool('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', '/etc/passwd', '-F', 'raw', disk);
    bed.giveToDaemon(disk);
    value(await runner.run(domain.define(tinyDomain({ name: 'forged', disk, format: 'raw' }))));
    assert.match(await refusal('forged'), /is used as raw, but its content looks like qcow2/);
  });

  it('names the pool that libvirt has over the directory and that is not active, and does not start it', async () => {
    await defineSource('asleep', image('asleep.qcow2'));
    const planned = value(await plan('asleep', 'asleep2'));
    virsh(
      'pool-define-as',
      '--name=sleeper',
      '--type=dir',
      `--target=${folder}`.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
    );
    const before = files();
    assert.match(
      await refusal('asleep'),
      /Disk vda .* lies in no active storage pool.*sleeper.*virsh pool-start sleeper/,
    );
    const since = failed(await runClone(runner, planned));
    assert.deepEqual([since.cause.kind, since.left], ['exists', []]);
    assert.match(virsh('pool-info', 'sleeper'), /State: +inactive/);
    virsh('pool-start', 'sleeper');
    const inPool = value(await plan('asleep', 'asleep2'));
    assert.deepEqual(inPool.temporaryPools, []);
    virsh('pool-destroy', 'sleeper');
    virsh('pool-undefine', 'sleeper');
    assert.deepEqual(files(), before);
  });

  it('refuses what another clone is made from at this moment', async () => {
    await defineSource('shared', image('shared.qcow2'));
    value(await runner.run(storage.createDirectoryPool('virtlint-clone-0', folder)));
    assert.match(await refusal('shared'), /another clone is being made.*virsh pool-destroy virtlint-clone-0/);
    value(await runner.run(storage.destroyPool('virtlint-clone-0')));
  });

  it('refuses a file or directory that is missing or closed to libvirt, and devices, each with its reason', async () => {
    const closed = path.join(bed.directory, 'closed');
    mkdirSync(closed);
    bed.giveToDaemon(closed);
    chmodSync(closed, 0);
    for (const [disk, reason] of [
      [path.join(folder, 'missing.qcow2'), /does not exist at bed/],
      ['/nowhere/at/all.qcow2', /There is no directory \/nowhere\/at at bed/],
      [path.join(closed, 'a.qcow2'), /may not open or make the directory .*closed/],
      ['/dev/null', /belongs to the system/],
    ] as const) {
      await defineSource('lost', disk);
      assert.match(await refusal('lost'), reason);
      value(await runner.run(domain.undefine('lost')));
    }
  });
});
