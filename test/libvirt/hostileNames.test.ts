/** Names that break what does not quote, on a real libvirt over a real ssh: made, listed, read, renamed and removed. */
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  domain,
  type Host,
  listDomains,
  openHost,
  parseDomain,
  readDomains,
  readPools,
  readSnapshots,
  renameDomain,
  snapshot,
  storage,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';
import { hostileNames } from '../support/hostileNames.ts';

/** libvirt makes files of names: of at most 255 bytes with what it appends, and without slashes. */
const longest = 240;

describe('hostile names', { skip: requirements(...daemonPrograms, ...sshPrograms) }, () => {
  let bed: LibvirtDaemon;
  let server: SshServer;
  let host: Host;
  let disk: string;
  before(async () => {
    [bed, server] = await Promise.all([LibvirtDaemon.start(), SshServer.start()]);
    host = openHost({ kind: 'ssh', name: 'lab', target: 'bed', options: server.options, uri: bed.uri });
    disk = bed.makeImage('hostile.qcow2');
  });
  after(async () => {
    host?.close();
    await Promise.all([bed?.stop(), server?.stop()]);
  });

  const names = hostileNames(8, 5, { bytes: longest });
  const listed = async (): Promise<readonly string[]> => value(await listDomains(host)).map(({ name }) => name);

  it('of VMs: defined, listed, dumped, renamed, undefined', async () => {
    const [first = '', ...others] = names;
    for (const name of others) {
      const uuid = randomUUID();
      value(await host.run(domain.define(tinyDomain({ name, uuid, disk }))));
      assert.equal(parseDomain(value(await host.run(domain.dumpXml(name)))).name, name);
      assert.deepEqual(
        value(await readDomains(host)).map((one) => [one.name, one.state, one.uuid]),
        [[name, 'shut-off', uuid]],
      );
      value(await renameDomain(host, uuid, `${first}r`));
      assert.deepEqual(await listed(), [`${first}r`]);
      value(await host.run(domain.undefine(`${first}r`)));
      assert.deepEqual(await listed(), []);
    }
  });

  it('of snapshots: made, listed in order, dumped, deleted', async () => {
    value(await host.run(domain.define(tinyDomain({ name: 'vm', disk }))));
    const vm = value(await host.run(domain.uuidOf('vm')));
    // A list of lines cannot show blanks at its end.
    const made = hostileNames(6, 11, { bytes: 200 }).map((name) => `${name}.`);
    for (const name of made) value(await host.run(snapshot.createSnapshot(vm, { name, description: name })));
    const found = value(await readSnapshots(host, vm));
    assert.deepEqual(new Set(found.map(({ name }) => name)), new Set(made));
    assert.equal(found.find(({ isCurrent }) => isCurrent)?.name, made.at(-1));
    for (const name of made) {
      assert.match(value(await host.run(snapshot.dumpSnapshot(vm, name))), /<domainsnapshot>/);
      value(await host.run(snapshot.deleteSnapshot(vm, name)));
    }
    assert.deepEqual(value(await readSnapshots(host, vm)), []);
    value(await host.run(domain.undefine(vm)));
  });

  it('of pools and volumes: made, listed, copied, deleted', async () => {
    for (const [index, name] of hostileNames(6, 13, { bytes: 200 }).entries()) {
      const directory = path.join(bed.directory, `pool${index}`);
      mkdirSync(directory);
      bed.giveToDaemon(directory);
      const pool = `${name}.`;
      value(await host.run(storage.createDirectoryPool(pool, directory)));
      assert.deepEqual(
        value(await readPools(host)).map((one) => one.name),
        [pool],
      );
      value(await host.run(storage.createVolume(pool, `${name}v`, 1024 * 1024, 'raw')));
      value(await host.run(storage.cloneVolume(pool, `${name}v`, `${name}w`)));
      assert.deepEqual(new Set(value(await host.run(storage.listVolumes(pool)))), new Set([`${name}v`, `${name}w`]));
      assert.equal(value(await host.run(storage.dumpVolume(pool, `${name}w`))).path, path.join(directory, `${name}w`));
      for (const volume of [`${name}v`, `${name}w`]) value(await host.run(storage.deleteVolume(pool, volume)));
      assert.deepEqual(value(await host.run(storage.listVolumes(pool))), []);
      value(await host.run(storage.destroyPool(pool)));
    }
  });
});
