/** Cloning from one real libvirtd to another, with real images through real streams: one of the two hosts is reached through ssh. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type ClonePlan,
  type CloneProgress,
  domain,
  type Host,
  listDomains,
  openHost,
  type Placement,
  parseDomain,
  placeByName,
  planClone,
  type Result,
  readCloneSource,
  readCloneTarget,
  readElsewhere,
  runClone,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('clone to another host', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let here: LibvirtDaemon;
  let there: LibvirtDaemon;
  let server: SshServer;
  let source: Host;
  let target: Host;
  /** Directories of the pools, on the source and on the target. */
  let from: string;
  let to: string;

  before(async () => {
    [here, there, server] = await Promise.all([LibvirtDaemon.start(), LibvirtDaemon.start(), SshServer.start()]);
    source = openHost({ kind: 'uri', name: 'here', uri: here.uri });
    target = openHost({ kind: 'ssh', name: 'there', target: 'bed', options: server.options, uri: there.uri });
    from = makePool(here, 'lab');
    to = makePool(there, `it's <&> there`);
  });
  after(async () => {
    for (const host of [source, target]) host.close();
    await Promise.all([here.stop(), there.stop(), server.stop()]);
  });

  const makePool = (bed: LibvirtDaemon, name: string): string => {
    const directory = path.join(bed.directory, name);
    mkdirSync(directory);
    bed.giveToDaemon(directory);
    const file = path.join(bed.directory, 'pool.xml');
    const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    writeFileSync(
      file,
      `<pool type='dir'><name>${escaped(name)}</name><target><path>${escaped(directory)}</path></target></pool>`,
    );
    runTool('virsh', '-q', '-c', bed.uri, 'pool-create', file);
    return directory;
  };
  const inventory = () => ({
    files: [readdirSync(from).sort(), readdirSync(to).sort(), readdirSync(here.images).sort()],
    domains: [here, there].map(({ uri }) => runTool('virsh', '-q', '-c', uri, 'list', '--all', '--name').trim()),
    pools: [here, there].map(({ uri }) => runTool('virsh', '-q', '-c', uri, 'pool-list', '--all', '--name').trim()),
  });
  /** A file that belongs to the source's daemon. */
  const given = (file: string): string => {
    here.giveToDaemon(file);
    runTool('virsh', '-q', '-c', here.uri, 'pool-refresh', 'lab');
    return file;
  };
  const defineSource = async (name: string, disk: string, more: { devices?: string; format?: 'raw' } = {}) =>
    value(await source.run(domain.define(tinyDomain({ name, disk, ...more }))));
  const plan = async (
    name: string,
    clone: string,
    chosen: Partial<Placement> = {},
  ): Promise<Result<ClonePlan, readonly string[]>> => {
    const entry = value(await listDomains(source)).find((one) => one.name === name);
    assert.ok(entry);
    const read = value(await readCloneSource(source, entry, { isElsewhere: true }));
    const known = value(await readCloneTarget(source, entry, target));
    const { placement, open } = placeByName(read, known);
    const [pool] = known.pools.keys();
    const pools = new Map([...placement.pools, ...open.pools.map((need) => [need, pool ?? ''] as const)]);
    return planClone(read, clone, { destination: { target: known, placement: { ...placement, pools, ...chosen } } });
  };

  it('sends the disk byte for byte, and the clone starts there while its source runs here', async () => {
    const disk = path.join(from, 'web.qcow2');
    runTool('mv', here.makeImage('web.qcow2'), disk);
    given(disk);
    const medium = here.makeImage('medium.iso', 'raw');
    await defineSource('web', disk, {
      devices: `<interface type='user'><mac address='52:54:00:11:22:33'/></interface>
    <disk type='file' device='cdrom'><source file='${medium}'/><target dev='hda' bus='ide'/><readonly/></disk>
    <graphics type='vnc' port='-1' autoport='yes' passwd='secret7'/>`,
    });
    const before = inventory();
    const planned = value(await plan('web', 'web'));
    assert.deepEqual(inventory(), before, 'planning changes nothing');
    assert.deepEqual(
      planned.disks.map((one) => one.action),
      ['copy', 'eject'],
    );
    const steps: CloneProgress[] = [];
    const clone = value(await runClone(source, planned, { target, onProgress: (step) => steps.push(step) }));
    assert.deepEqual([clone.left, clone.differences.filter(({ usual }) => !usual)], [[], []]);
    assert.deepEqual(readFileSync(path.join(to, 'web.qcow2')), readFileSync(disk));
    const { size } = statSync(disk);
    assert.ok(steps.some((step) => /^Sending web/.test(step.message) && step.size === size));
    const summary = parseDomain(clone.storedXml);
    assert.equal(summary.disks[0]?.source, path.join(to, 'web.qcow2'));
    assert.equal(summary.disks[1]?.source, undefined);
    assert.notEqual(summary.interfaces[0]?.mac, '52:54:00:11:22:33');
    assert.match(clone.storedXml, /passwd='secret7'/);
    for (const host of [source, target]) value(await host.run(domain.start('web')));
    for (const host of [source, target]) value(await host.run(domain.destroy('web')));
  });
});
