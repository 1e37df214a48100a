/** Samples of real guests: a busy one is seen to be busy. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  createRunner,
  domain,
  forceOff,
  type LogEntry,
  type Runner,
  ratesBetween,
  stats,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('what guests use', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  const log: LogEntry[] = [];
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri }, { log: (entry) => log.push(entry) });
  });
  after(() => bed.stop());

  it('is asked of all that run in one command', async () => {
    for (const name of ["it's; 'a'", 'b', 'off'])
      value(await runner.run(domain.define(tinyDomain({ name, disk: bed.makeImage(`${name.length}.qcow2`) }))));
    for (const name of ["it's; 'a'", 'b']) value(await runner.run(domain.start(name)));
    log.length = 0;
    const first = value(await runner.run(stats.sampleDomains()));
    const started = performance.now();
    assert.equal(log.length, 1);
    assert.deepEqual([...first.keys()].sort(), ['b', "it's; 'a'"]);
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const second = value(await runner.run(stats.sampleDomains()));
    const [before, now] = [first.get('b'), second.get('b')];
    assert.ok(before && now);
    assert.equal(now.vcpus, 1);
    const rates = ratesBetween(before, now, (performance.now() - started) / 1000);
    assert.ok(rates.cpu !== undefined && rates.cpu >= 0 && rates.cpu <= 100, `${rates.cpu} %`);
    assert.ok((rates.memory ?? 0) > 2 ** 20, `${rates.memory} bytes`);
    assert.equal(rates.blockWritten, 0);
    assert.equal(rates.netSent, undefined, 'it has no network');
    for (const { name } of [{ name: "it's; 'a'" }, { name: 'b' }])
      value(await forceOff(runner, value(await runner.run(domain.uuidOf(name)))));
    assert.equal(value(await runner.run(stats.sampleDomains())).size, 0);
  });
});
