/** Cloning on a real libvirtd with real qcow2 images in a storage pool. */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type ClonePlan,
  type CloneProgress,
  type DomainEntry,
  domain,
  type Host,
  listDomains,
  openHost,
  parseDomain,
  planClone,
  type Result,
  readCloneSource,
  runClone,
  storage,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('clone on a private libvirtd', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Host;
  let pool: string;

  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = openHost({ kind: 'uri', name: 'bed', uri: bed.uri });
    pool = path.join(bed.directory, 'pool it');
    mkdirSync(pool);
    bed.giveToDaemon(pool);
    // No builder for this: the pools that virtlint makes are temporary.
    runTool('virsh', '-q', '-c', bed.uri, 'pool-create-as', '--name=lab pool', '--type=dir', `--target=${pool}`);
  });
  after(() => bed.stop());

  const find = async (name: string): Promise<DomainEntry> => {
    const found = value(await listDomains(runner)).find((entry) => entry.name === name);
    assert.ok(found, `no domain ${name}`);
    return found;
  };
  const plan = async (source: string, name: string): Promise<Result<ClonePlan, readonly string[]>> =>
    planClone(value(await readCloneSource(runner, await find(source))), name);
  const files = (): readonly string[] => readdirSync(pool).sort();

  /** A domain whose qcow2 disk lies in the pool. */
  const makeSource = async (name: string, options: { devices?: string; head?: string } = {}): Promise<string> => {
    const made = bed.makeImage(`${name}.qcow2`);
    const disk = path.join(pool, `${name}.qcow2`);
    runTool('mv', made, disk);
    value(await runner.run(storage.refreshPool('lab pool')));
    value(await runner.run(domain.define(tinyDomain({ name, disk, ...options }))));
    return disk;
  };

  it('copies the disk, gives the clone its own identity, and both run at the same time', async () => {
    const medium = bed.makeImage('medium.iso', 'raw');
    const disk = await makeSource('web', {
      head: '<title>The web</title>',
      devices: `
    <disk type='file' device='cdrom'><source file='${medium}'/><target dev='hda' bus='ide'/><readonly/></disk>
    <interface type='user'><mac address='52:54:00:11:22:33'/></interface>
    <channel type='unix'><source mode='bind' path='${bed.directory}/web.agent'/><target type='virtio' name='org.test.0'/></channel>
    <graphics type='vnc' port='5987' autoport='no' passwd='secret7'/>`,
    });
    const planned = value(await plan('web', 'web2'));
    const before = files();
    assert.deepEqual(
      planned.disks.map((entry) => [entry.target, entry.action]),
      [
        ['vda', 'copy'],
        ['hda', 'share'],
      ],
    );
    assert.deepEqual(files(), before, 'planning changes nothing');

    const steps: CloneProgress[] = [];
    const clone = value(await runClone(runner, planned, { onProgress: (step) => steps.push(step) }));
    assert.deepEqual(
      clone.differences.filter(({ usual }) => !usual),
      [],
    );
    assert.match(steps[0]?.message ?? '', /^Copying web\.qcow2 to web2\.qcow2$/);

    const copy = path.join(pool, 'web2.qcow2');
    assert.match(runTool('qemu-img', 'compare', disk, copy), /identical/);
    const [source, result] = [
      parseDomain(value(await runner.run(domain.dumpXml('web')))),
      parseDomain(clone.storedXml),
    ];
    assert.equal(result.name, 'web2');
    assert.notEqual(result.uuid, source.uuid);
    assert.equal(result.title, undefined);
    assert.equal(result.disks.find(({ target }) => target === 'vda')?.source, copy);
    assert.match(result.interfaces[0]?.mac ?? '', /^52:54:00:/);
    assert.notEqual(result.interfaces[0]?.mac, source.interfaces[0]?.mac);
    assert.match(clone.storedXml, /passwd='secret7'/);
    assert.match(clone.storedXml, /web2\.agent/);
    assert.match(clone.storedXml, /autoport='yes'/);

    for (const name of ['web', 'web2']) value(await runner.run(domain.start(name)));
    for (const name of ['web', 'web2']) value(await runner.run(domain.destroy(name)));
  });

  it('chooses the next free names when it is done again', async () => {
    await makeSource('again');
    value(await runClone(runner, value(await plan('again', 'again-b'))));
    rmSync(path.join(pool, 'again-b.qcow2'));
    writeFileSync(path.join(pool, 'again-c.qcow2'), 'of someone else');
    const planned = value(await plan('again', 'again-c'));
    const [disk] = planned.disks;
    assert.equal(disk?.action === 'copy' && disk.copy.to, 'again-c-1.qcow2');
    assert.deepEqual(failed<readonly string[]>(await plan('again', 'again-b')), [
      'There is already a VM called again-b.',
    ]);
  });

  it('takes hostile names', async () => {
    const name = `-it's; "a" $(clone) ☃`;
    await makeSource("o'r i<g>&");
    const clone = value(await runClone(runner, value(await plan("o'r i<g>&", name))));
    assert.equal(parseDomain(clone.storedXml).name, name);
    assert.ok(files().includes(`${name}.qcow2`));
  });

  it('copies a volume with a backing file so that it stands alone', async () => {
    const base = await makeSource('base');
    const overlay = path.join(pool, 'overlay.qcow2');
    runTool('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', overlay);
    bed.giveToDaemon(overlay);
    value(await runner.run(domain.define(tinyDomain({ name: 'overlay', disk: overlay }))));
    value(await runClone(runner, value(await plan('overlay', 'flat'))));
    assert.match(runTool('qemu-img', 'compare', overlay, path.join(pool, 'flat.qcow2')), /identical/);
    assert.doesNotMatch(runTool('qemu-img', 'info', path.join(pool, 'flat.qcow2')), /backing file/);
  });

  it('copies the UEFI variables that lie in a pool', async () => {
    const firmware = path.join(pool, 'code.fd');
    for (const file of [firmware, path.join(pool, 'uefi_VARS.fd')]) {
      writeFileSync(file, randomBytes(4096));
      bed.giveToDaemon(file);
    }
    const made = bed.makeImage('uefi.qcow2');
    runTool('mv', made, path.join(pool, 'uefi.qcow2'));
    value(await runner.run(storage.refreshPool('lab pool')));
    const loader = `<loader readonly='yes' type='pflash'>${firmware}</loader><nvram>${pool}/uefi_VARS.fd</nvram>`;
    const xml = tinyDomain({ name: 'uefi', disk: path.join(pool, 'uefi.qcow2') }).replace(
      "<boot dev='hd'/>",
      `${loader}<boot dev='hd'/>`,
    );
    value(await runner.run(domain.define(xml)));
    const clone = value(await runClone(runner, value(await plan('uefi', 'uefi2'))));
    assert.equal(parseDomain(clone.storedXml).nvram, path.join(pool, 'uefi2_VARS.fd'));
    assert.deepEqual(readFileSync(path.join(pool, 'uefi2_VARS.fd')), readFileSync(path.join(pool, 'uefi_VARS.fd')));
  });

  it('lets libvirt make fresh UEFI variables where the source has none yet', async () => {
    const firmware = path.join(pool, 'code.fd');
    const outside = path.join(bed.images, 'free_VARS.fd');
    const loader = `<loader readonly='yes' type='pflash'>${firmware}</loader><nvram template='${firmware}'>${outside}</nvram>`;
    const disk = path.join(pool, 'uefi.qcow2');
    const xml = tinyDomain({ name: 'free', disk }).replace("<boot dev='hd'/>", `${loader}<boot dev='hd'/>`);
    value(await runner.run(domain.define(xml)));
    const planned = value(await plan('free', 'free2'));
    assert.deepEqual(planned.nvram, { action: 'fresh', was: outside });
    const { nvram } = parseDomain(value(await runClone(runner, planned)).storedXml);
    assert.match(nvram ?? '', /\/free2_VARS\.fd$/);
    assert.notEqual(path.dirname(nvram ?? ''), bed.images);
  });

  it('makes a linked clone: an image that holds what differs, over the source’s disk', async () => {
    const raw = path.join(pool, 'data.raw');
    runTool('mv', bed.makeImage('data.raw', 'raw'), raw);
    const devices = `<disk type='file'><driver name='qemu' type='raw'/><source file='${raw}'/><target dev='vdb' bus='virtio'/></disk>`;
    const disk = await makeSource('parent', { devices });
    const entry = await find('parent');
    const planned = value(planClone(value(await readCloneSource(runner, entry)), 'child', { method: 'linked' }));
    assert.match(planned.warnings.join(), /parent must never be started again/);
    const [before, content] = [files(), readFileSync(disk)];
    const { storedXml } = value(await runClone(runner, planned));
    const made = files().filter((name) => !before.includes(name));
    assert.deepEqual(made, ['child.qcow2', 'data-clone.qcow2']);
    for (const [name, base, format] of [
      ['child.qcow2', disk, 'qcow2'],
      ['data-clone.qcow2', raw, 'raw'],
    ] as const) {
      const info = JSON.parse(runTool('qemu-img', 'info', '--output=json', path.join(pool, name)));
      assert.deepEqual([info['backing-filename'], info['backing-filename-format']], [base, format]);
    }
    assert.equal(storedXml.match(/<driver name='qemu' type='qcow2'\/>/g)?.length, 2);
    value(await runner.run(domain.start('child')));
    value(await runner.run(domain.destroy('child')));
    assert.deepEqual(readFileSync(disk), content, 'the base is as it was');
  });

  it('defines a clone without disks of its own', async () => {
    const disk = await makeSource('idea');
    const entry = await find('idea');
    const planned = value(planClone(value(await readCloneSource(runner, entry)), 'idea2', { method: 'definition' }));
    const before = files();
    const { storedXml } = value(await runClone(runner, planned));
    assert.deepEqual(files(), before);
    assert.equal(parseDomain(storedXml).disks[0]?.source, disk.replace('idea', 'idea2'));
  });

  it('refuses a running source', async () => {
    await makeSource('busy');
    value(await runner.run(domain.start('busy')));
    assert.match(failed<readonly string[]>(await plan('busy', 'busy2')).join(), /busy is not shut off/);
    value(await runner.run(domain.destroy('busy')));
  });

  it('overwrites nothing when the target has appeared since the plan', async () => {
    await makeSource('late');
    const planned = value(await plan('late', 'late2'));
    // The pool knows nothing of the file: libvirt itself has to refuse.
    writeFileSync(path.join(pool, 'late2.qcow2'), 'of someone else');
    const before = files();
    const unknown = failed(await runClone(runner, planned));
    assert.equal(unknown.cause.kind, 'exists');
    value(await runner.run(storage.refreshPool('lab pool')));
    const known = failed(await runClone(runner, planned));
    assert.equal(known.cause.kind, 'exists');
    assert.deepEqual([known.removed, known.left, unknown.removed, unknown.left], [[], [], [], []]);
    assert.equal(readFileSync(path.join(pool, 'late2.qcow2'), 'utf8'), 'of someone else');
    assert.deepEqual(files(), before);
    assert.ok(!value(await listDomains(runner)).some(({ name }) => name === 'late2'));
  });

  it('removes the copy when the definition fails', async () => {
    await makeSource('taken');
    const planned = value(await plan('taken', 'taken2'));
    value(await runner.run(domain.define(tinyDomain({ name: 'taken2', disk: '/elsewhere.qcow2' }))));
    const { uuid } = await find('taken2');
    const result = failed(await runClone(runner, planned));
    assert.equal(result.cause.kind, 'exists');
    assert.deepEqual(result.removed, [path.join(pool, 'taken2.qcow2')]);
    assert.deepEqual(result.left, []);
    assert.equal(existsSync(path.join(pool, 'taken2.qcow2')), false);
    assert.equal((await find('taken2')).uuid, uuid, 'the other domain stays');
  });

  it('removes the volume and nothing else when cancelled in the middle of a copy', async () => {
    const disk = await makeSource('big');
    // Enough random data that copying it takes a while.
    runTool('qemu-img', 'resize', '-q', disk, '1G');
    const content = path.join(bed.directory, 'content');
    writeFileSync(content, randomBytes(256 * 1024 * 1024));
    execFileSync('qemu-img', ['dd', '-f', 'raw', '-O', 'qcow2', 'bs=1M', `if=${content}`, `of=${disk}.new`]);
    runTool('mv', `${disk}.new`, disk);
    bed.giveToDaemon(disk);
    const planned = value(await plan('big', 'big2'));
    const before = files();
    const cancel = new AbortController();
    const copyAppears = setInterval(() => {
      if (existsSync(path.join(pool, 'big2.qcow2'))) cancel.abort();
    }, 5);
    const result = failed(await runClone(runner, planned, { signal: cancel.signal }));
    clearInterval(copyAppears);
    assert.equal(result.cause.kind, 'cancelled');
    assert.deepEqual(result.removed, [path.join(pool, 'big2.qcow2')]);
    assert.deepEqual(result.left, []);
    assert.deepEqual(files(), before);
    assert.ok(!value(await listDomains(runner)).some(({ name }) => name === 'big2'));
  });

  it('does nothing when cancelled before it begins', async () => {
    await makeSource('never');
    const planned = value(await plan('never', 'never2'));
    const before = files();
    const result = failed(await runClone(runner, planned, { signal: AbortSignal.abort() }));
    assert.deepEqual([result.cause.kind, result.removed, result.left], ['cancelled', [], []]);
    assert.deepEqual(files(), before);
  });

  it('leaves every image in order', () => {
    for (const file of files().filter((name) => name.endsWith('.qcow2'))) {
      const isForeign = readFileSync(path.join(pool, file)).subarray(0, 2).toString() === 'of';
      if (!isForeign) assert.equal(spawnSync('qemu-img', ['check', path.join(pool, file)]).status, 0, file);
    }
  });
});
