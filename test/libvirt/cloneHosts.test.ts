/** Cloning from one real libvirtd to another, with real images through real streams. */
import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type CloneProgress,
  copiesOf,
  domain,
  listDomains,
  openHost,
  parseDomain,
  readElsewhere,
  readTaken,
  runClone,
} from '../../virsh/src/index.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { tinyDisk, tinyDomain } from '../support/bed/tinyGuest.ts';
import { TwoHosts, withoutShell } from './support/twoHosts.ts';

describe('clone to another host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let hosts: TwoHosts;
  before(async () => {
    hosts = await TwoHosts.start();
  });
  after(() => hosts.stop());

  it('sends the disk byte for byte, and the clone starts there while its source runs here', async () => {
    const { here, source, target, to } = hosts;
    const disk = hosts.intoPool(here.makeImage('web.qcow2'));
    const medium = here.makeImage('medium.iso', 'raw');
    const before = hosts.inventory();
    await hosts.define('web', disk, {
      devices: `<interface type='user'><mac address='52:54:00:11:22:33'/></interface>
    <disk type='file' device='cdrom'><source file='${medium}'/><target dev='hda' bus='ide'/><readonly/></disk>
    <graphics type='vnc' port='-1' autoport='yes' passwd='secret7'/>`,
    });
    const planned = value(await hosts.plan('web', 'web'));
    assert.deepEqual(hosts.inventory().files, before.files, 'planning changes nothing');
    assert.deepEqual(
      planned.disks.map(({ action }) => action),
      ['copy', 'eject'],
    );
    const steps: CloneProgress[] = [];
    const clone = value(await runClone(source, planned, { target, onProgress: (step) => steps.push(step) }));
    assert.deepEqual([clone.left, clone.differences.filter(({ usual }) => !usual)], [[], []]);
    assert.deepEqual(readFileSync(path.join(to, 'web.qcow2')), readFileSync(disk));
    const { size } = statSync(disk);
    assert.ok(steps.some((step) => /^Sending web/.test(step.message) && step.size === size));
    const { disks, interfaces } = parseDomain(clone.storedXml);
    assert.deepEqual(
      disks.map((one) => one.source),
      [path.join(to, 'web.qcow2'), undefined],
    );
    assert.notEqual(interfaces[0]?.mac, '52:54:00:11:22:33');
    assert.match(clone.storedXml, /passwd='secret7'/);
    for (const host of [source, target]) value(await host.run(domain.start('web')));
    for (const host of [source, target]) value(await host.run(domain.destroy('web')));
  });

  it('sends it through libvirt’s own streams where a host has no shell', async () => {
    const { here, source, target, to } = hosts;
    const disk = hosts.intoPool(here.makeImage('plain.qcow2'));
    await hosts.define('plain', disk);
    const planned = value(await hosts.plan('plain', 'plain'));
    value(await runClone(withoutShell(source), planned, { target }));
    assert.deepEqual(readFileSync(path.join(to, 'plain.qcow2')), readFileSync(disk));
  });

  it('makes one image of a chain, and leaves none of what it made for the way', async () => {
    const { here, source, target, to } = hosts;
    const base = hosts.intoPool(here.makeImage('base.qcow2'));
    const overlay = path.join(here.images, 'overlay.qcow2');
    runTool('qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', overlay);
    const disk = hosts.intoPool(overlay);
    await hosts.define('chain', disk);
    const planned = value(await hosts.plan('chain', 'flat'));
    const before = hosts.inventory();
    value(await runClone(source, planned, { target }));
    const copy = path.join(to, 'overlay-clone.qcow2');
    assert.match(runTool('qemu-img', 'compare', disk, copy), /identical/);
    assert.doesNotMatch(runTool('qemu-img', 'info', copy), /backing file/);
    assert.deepEqual(hosts.inventory().files[0], before.files[0]);
    assert.deepEqual(hosts.inventory().volumes[0], before.volumes[0]);
  });

  it('keeps the holes of a raw disk', async () => {
    const { here, source, target, from, to } = hosts;
    const image = path.join(here.images, 'holes.raw');
    writeFileSync(image, tinyDisk());
    truncateSync(image, 300 * 1024 * 1024);
    const disk = hosts.intoPool(image);
    await hosts.define('holes', disk, { format: 'raw' });
    const planned = value(await hosts.plan('holes', 'full-of-holes'));
    assert.equal(copiesOf(planned)[0]?.way, 'pack');
    value(await runClone(source, planned, { target }));
    const copy = path.join(to, 'full-of-holes.raw');
    assert.match(runTool('qemu-img', 'compare', '-f', 'raw', '-F', 'raw', disk, copy), /identical/);
    assert.equal(statSync(copy).size, 300 * 1024 * 1024);
    assert.ok(statSync(copy).blocks * 512 < 10 * 1024 * 1024);
    for (const directory of [from, to]) assert.ok(!readdirSync(directory).some((name) => /virtlint/.test(name)));
    value(await target.run(domain.start('full-of-holes')));
    value(await target.run(domain.destroy('full-of-holes')));
  });

  it('takes a disk from outside of every pool, through a pool that is there for the moment', async () => {
    const { here, source, target, to } = hosts;
    const folder = path.join(here.directory, 'outside');
    mkdirSync(folder);
    const disk = path.join(folder, 'far.qcow2');
    renameSync(here.makeImage('far.qcow2'), disk);
    here.giveToDaemon(folder);
    await hosts.define('far', disk);
    const before = hosts.inventory();
    const clone = value(await runClone(source, value(await hosts.plan('far', 'near')), { target }));
    assert.equal(parseDomain(clone.storedXml).disks[0]?.source, path.join(to, 'near.qcow2'));
    assert.deepEqual(readFileSync(path.join(to, 'near.qcow2')), readFileSync(disk));
    assert.deepEqual(hosts.inventory().pools, before.pools);
  });

  it('refuses, before anything is done, what the other host cannot have', async () => {
    const { here, target } = hosts;
    const disk = hosts.intoPool(here.makeImage('picky.qcow2'));
    value(await target.run(domain.define(tinyDomain({ name: 'taken', disk: '/x' }))));
    await hosts.define('picky', disk, {
      head: "<cputune><vcpupin vcpu='0' cpuset='4090'/></cputune>",
      devices: "<interface type='network'><mac address='52:54:00:00:00:07'/><source network='nowhere'/></interface>",
    });
    const refusals = failed<readonly string[]>(await hosts.plan('picky', 'picky')).join('\n');
    assert.match(refusals, /bound to the CPUs 4090, which there does not have/);
    assert.match(refusals, /52:54:00:00:00:07 is in the network nowhere, which there does not have/);
    assert.deepEqual(failed<readonly string[]>(await hosts.plan('picky', 'taken')), [
      'There is already a VM called taken.',
    ]);
    assert.match(
      failed<readonly string[]>(await hosts.plan('web', 'x', { method: 'linked' })).join(),
      /stays on the host/,
    );
  });

  it('sends nothing where only the definition is wanted', async () => {
    const { source, target, to } = hosts;
    const before = hosts.inventory();
    const planned = value(await hosts.plan('web', 'paper', { method: 'definition' }));
    const clone = value(await runClone(source, planned, { target }));
    assert.equal(parseDomain(clone.storedXml).disks[0]?.source, path.join(to, 'paper.qcow2'));
    assert.deepEqual(hosts.inventory().files, before.files);
    value(await target.run(domain.undefine('paper')));
  });

  it('knows the names, UUIDs and addresses of all hosts that answer, and which do not', async () => {
    const { source, target, here } = hosts;
    const uri = `qemu+unix:///session?socket=${here.directory}/none`;
    const { asked, notAsked } = await readElsewhere([source, openHost({ kind: 'uri', name: 'gone', uri })]);
    const names = value(await listDomains(source)).map(({ name }) => name);
    assert.deepEqual([...(asked[0]?.taken.names ?? [])].sort(), names.sort());
    assert.ok(asked[0]?.taken.macs.has('52:54:00:11:22:33'));
    assert.deepEqual([asked.length, notAsked.map(({ host }) => host)], [1, ['gone']]);
    assert.equal(value(await readTaken(target)).uuids.size, value(await listDomains(target)).length);
  });
});
