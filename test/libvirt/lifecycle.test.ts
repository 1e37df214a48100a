/** A domain's life on a real libvirtd: define, start, shut down, force off, undefine. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createRunner, domain, forceOff, host, listDomains, type Runner } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { powerButtonsArmed, tinyDomain } from '../support/bed/tinyGuest.ts';

describe('a domain on a private libvirtd', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
  });
  after(() => bed.stop());

  const stateOf = async (name: string): Promise<string | undefined> =>
    value(await listDomains(runner)).find((entry) => entry.name === name)?.state;

  it('answers with its version', async () => {
    const { library, hypervisor } = value(await runner.run(host.version()));
    assert.match(library ?? '', /^\d+\.\d+\.\d+$/);
    assert.equal(hypervisor, 'QEMU');
    assert.match(value(await runner.run(host.capabilities())), /^<capabilities>/);
    assert.match(
      value(await runner.run(host.domainCapabilities({ virtType: 'qemu', arch: 'x86_64' }))),
      /<domainCapabilities>/,
    );
  });

  it('is defined, started, shut down by its power button, started, forced off and undefined', async () => {
    const disk = bed.makeImage('life.qcow2');
    value(await runner.run(domain.define(tinyDomain({ name: 'life', disk }))));
    assert.equal(await stateOf('life'), 'shut-off');
    const uuid = value(await runner.run(domain.uuidOf('life')));
    value(await runner.run(domain.start(uuid)));
    assert.deepEqual(value(await runner.run(domain.stateReason(uuid))), { state: 'running', reason: 'booted' });
    assert.equal(failed(await runner.run(domain.start(uuid))).kind, 'already-running');
    await powerButtonsArmed(bed.uri, 'life');
    value(await runner.run(domain.shutdown(uuid)));
    await waitFor('the guest to shut down', async () => (await stateOf('life')) === 'shut-off');
    assert.equal(failed(await runner.run(domain.shutdown(uuid))).kind, 'not-running');
    value(await runner.run(domain.start(uuid)));
    value(await runner.run(domain.destroy(uuid)));
    assert.deepEqual(value(await runner.run(domain.stateReason(uuid))), { state: 'shut off', reason: 'destroyed' });
    assert.equal(failed(await runner.run(domain.destroy(uuid))).kind, 'not-running');
    value(await forceOff(runner, uuid));
    assert.deepEqual(value(await runner.run(domain.listBlockDevices(uuid))), [
      { type: 'file', device: 'disk', target: 'vda', source: disk },
    ]);
    value(await runner.run(domain.undefine(uuid)));
    assert.equal(await stateOf('life'), undefined);
    assert.equal(failed(await runner.run(domain.start(uuid))).kind, 'not-found');
  });

  it('says which file is missing when a start fails', async () => {
    value(await runner.run(domain.define(tinyDomain({ name: 'nodisk', disk: '/nowhere/missing.qcow2' }))));
    const { kind, message } = failed(await runner.run(domain.start('nodisk')));
    assert.equal(kind, 'not-found');
    assert.match(message, /\/nowhere\/missing\.qcow2/);
    value(await runner.run(domain.undefine('nodisk')));
  });
});
