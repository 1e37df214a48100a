/** What a real host has for a new VM, and that it takes every document that is written for it. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Answers, PURPOSES } from '../../server/src/newDomain/answers.ts';
import { newDomain } from '../../server/src/newDomain/newDomain.ts';
import { type Host, openHost, readDomainOffer } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('a new VM for a host', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let host: Host;
  before(async () => {
    bed = await LibvirtDaemon.start();
    host = openHost({ kind: 'uri', name: 'lab', uri: bed.uri });
    for (const pool of ['images', 'closed']) {
      const directory = path.join(bed.directory, pool);
      mkdirSync(directory);
      bed.giveToDaemon(directory);
      virsh('pool-create-as', pool, 'dir', '--target', directory);
    }
    virsh('vol-create-as', 'images', 'server.qcow2', '1M', '--format', 'qcow2');
    const closed = file('closed.xml', virsh('pool-dumpxml', 'closed'));
    virsh('pool-destroy', 'closed');
    virsh('pool-define', closed);
    virsh('net-define', file('net.xml', "<network><name>lab net</name><bridge name='virbr79'/></network>"));
    virsh('define', file('web.xml', tinyDomain({ name: 'web', disk: '/img/none.qcow2' })));
  });
  after(async () => {
    host?.close();
    await bed?.stop();
  });

  const virsh = (...args: string[]): string =>
    execFileSync('virsh', ['-q', '-c', bed.uri, ...args], { encoding: 'utf8' });
  const file = (name: string, text: string): string => {
    const at = path.join(bed.directory, name);
    writeFileSync(at, text);
    return at;
  };

  test('what it has: names, networks, the pools that are active, machine types', async () => {
    const offer = value(await readDomainOffer(host));
    assert.deepEqual([...offer.takenNames], ['web']);
    assert.deepEqual(offer.networks, [{ name: 'lab net', isActive: false, isAutostart: false }]);
    const [images, ...others] = offer.pools;
    assert.deepEqual(others, []);
    assert.deepEqual(images?.volumes, [{ name: 'server.qcow2', path: `${bed.directory}/images/server.qcow2` }]);
    assert.equal(images.format, 'qcow2');
    assert.ok((images.available ?? 0) > 0);
    assert.match(offer.machines.find(({ name }) => name === 'q35')?.canonical ?? '', /^pc-q35-\d/);
  });

  test('what it lacks is not written down: the host takes the document of each purpose', async () => {
    const { lacks } = value(await readDomainOffer(host));
    const disk: Answers['disk'] = {
      kind: 'volume',
      pool: 'images',
      volume: 'server.qcow2',
      format: 'qcow2',
      gibibytes: 1,
    };
    for (const purpose of PURPOSES) {
      const network = { kind: 'network', name: 'lab net' } as const;
      const answers = {
        purpose,
        name: purpose,
        mebibytes: 256,
        vcpus: 2,
        disk,
        iso: undefined,
        network,
        machine: 'q35',
      };
      virsh('define', '--validate', file('new.xml', newDomain({ ...answers, lacks })));
    }
    assert.ok(PURPOSES.every((purpose) => virsh('list', '--all', '--name').split('\n').includes(purpose)));
  });

  test('a host that is gone is a failure, not a host without anything', async () => {
    await bed.kill();
    assert.equal(failed(await readDomainOffer(host)).kind, 'daemon-down');
  });
});
