/** What the Hosts view knows of a host: live while it is looked at, and quiet while it is not. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { HostModel } from '../../client/src/hosts/hostModel.ts';
import { domain, type Host, type LogEntry, openHost } from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { value } from '../support/bed/results.ts';
import { waitFor } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a host in the view', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let other: Host;
  const models: HostModel[] = [];
  before(async () => {
    bed = await LibvirtDaemon.start();
    other = openHost({ kind: 'uri', name: 'other', uri: bed.uri });
    value(await other.run(domain.define(tinyDomain({ name: 'vm', disk: bed.makeImage('vm.qcow2') }))));
  });
  afterEach(() => {
    for (const model of models.splice(0)) {
      model.dispose();
      model.host.close();
    }
  });
  after(() => bed.stop());

  const make = (uri = bed.uri, virshPath = 'virsh') => {
    const log: LogEntry[] = [];
    const options = { virshPath, log: (entry: LogEntry) => log.push(entry) };
    const model = new HostModel(openHost({ kind: 'uri', name: 'bed', uri }, options), {
      sighting: undefined,
      onChange: () => undefined,
      inTurn: (_, task) => task(),
    });
    models.push(model);
    const state = () => model.domains?.find(({ name }) => name === 'vm')?.state;
    return { model, state, log };
  };
  const loops = (): number =>
    readdirSync('/proc').filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
        return words[0]?.endsWith('virsh') && words.includes(bed.uri) && words.some((word) => word.includes('--loop'));
      } catch {
        return false;
      }
    }).length;

  it('asks with one command, and then sees a change within a moment', async () => {
    const { model, state, log } = make();
    model.watch();
    await model.answered();
    assert.equal(state(), 'shut-off');
    assert.equal(log.length, 1, 'one round trip');
    await waitFor('the events', () => model.isLive);
    await pause(300);
    log.length = 0;
    value(await other.run(domain.start('vm')));
    const started = performance.now();
    await waitFor('running', () => state() === 'running');
    assert.ok(performance.now() - started < 2000);
    value(await other.run(domain.destroy('vm')));
    await waitFor('off', () => state() === 'shut-off');
    assert.ok(log.length <= 4, `${log.length} commands for two changes`);
  });

  it('runs nothing and asks nothing while nobody looks', async () => {
    const { model, state, log } = make();
    model.watch();
    await waitFor('the events', () => model.isLive);
    model.rest();
    await waitFor('virsh to be gone', () => loops() === 0);
    log.length = 0;
    value(await other.run(domain.start('vm')));
    await pause(500);
    assert.equal(log.length, 0);
    assert.equal(state(), 'shut-off');
    model.watch();
    await waitFor('what happened meanwhile', () => state() === 'running');
    value(await other.run(domain.destroy('vm')));
  });

  it('says when the host has gone, and comes back with it', async () => {
    const { model, state } = make();
    model.watch();
    await waitFor('the events', () => model.isLive);
    await bed.restart();
    await waitFor('the host to be there again', () => model.isLive && model.status.state === 'connected', 30);
    value(await other.run(domain.start('vm')));
    await waitFor('running', () => state() === 'running');
    value(await other.run(domain.destroy('vm')));
  });

  it('does not hammer a host that cannot be reached', async () => {
    const { model, log } = make(`qemu+unix:///session?socket=${bed.directory}/none`);
    model.watch();
    await model.answered();
    assert.equal(model.status.state, 'failed');
    await pause(1500);
    assert.equal(log.length, 1);
    model.watch();
    await waitFor('one more attempt', () => log.length === 2);
  });

  /** Stands for a virsh that is broken: a real one does none of this. */
  const broken = (script: string) => {
    const virshPath = path.join(bed.directory, 'virsh');
    writeFileSync(virshPath, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
    return make(bed.uri, virshPath);
  };

  for (const [what, script, kind] of [
    ['garbage', 'head -c 20000 /dev/urandom', 'unexpected-output'],
    ['nothing', 'exit 0', 'unexpected-output'],
    ['garbage as errors', 'head -c 20000 /dev/urandom >&2; exit 1', 'other'],
    ['an end by a signal', 'kill -9 $$', 'crashed'],
  ] as const) {
    it(`takes ${what} for a failure, and not for a host without VMs`, async () => {
      const { model } = broken(script);
      model.watch();
      await model.answered();
      const { status } = model;
      assert.ok(status.state === 'failed' && status.failure.kind === kind, JSON.stringify(status));
      assert.equal(model.domains, undefined);
    });
  }

  it('waits for a silent host no longer than somebody wants it to', async () => {
    const { model } = broken('exec sleep 300');
    model.watch();
    setTimeout(() => model.cancel(), 300);
    const started = performance.now();
    await model.answered();
    assert.ok(model.status.state === 'failed' && model.status.failure.kind === 'cancelled');
    assert.ok(performance.now() - started < 3000);
  });

  it('gives up connecting when it is cancelled', async () => {
    const { model } = make('qemu+ssh://nobody@192.0.2.1/system');
    const answered = model.answered();
    model.cancel();
    await answered;
    assert.equal(model.status.state, 'failed');
  });

  it('is not kept from looking by events without a pause, and does not look at each', async () => {
    const { model, log } = make();
    model.watch();
    await waitFor('the events', () => model.isLive);
    await pause(300);
    log.length = 0;
    const xml = tinyDomain({ name: 'busy', disk: '/x', uuid: '7d1c1c6e-8a0b-4a60-9a0e-0a7e4a3b2c1d' });
    const counts: number[] = [];
    for (let round = 0; round < 40; round += 1) {
      value(await other.run(domain.define(xml, { validate: false })));
      counts.push(log.length);
    }
    assert.ok((counts.at(-1) ?? 0) > 0, 'it has looked before the events ended');
    await waitFor('the last look', () => model.domains?.some(({ name }) => name === 'busy') === true);
    assert.ok(log.length < 40, `${log.length} looks at 40 events`);
    value(await other.run(domain.undefine('busy')));
  });

  it('asks once for many questions that come together', async () => {
    const { model, log } = make();
    await Promise.all(Array.from({ length: 20 }, () => model.refresh()));
    assert.ok(log.length <= 2, `${log.length} commands`);
  });
});
