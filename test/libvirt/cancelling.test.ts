/** Changes that are cancelled, or whose answer is lost, on a real libvirtd: what is said is what is so. QEMU or the writing process stand still meanwhile. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import {
  createRunner,
  type DeviceVerdict,
  domain,
  forceOff,
  type LogEntry,
  makeSnapshot,
  type Result,
  type Runner,
  type RunOptions,
  readDomains,
  readSnapshots,
  removeSnapshot,
  revertToSnapshot,
  runDeviceChange,
  runVerb,
  type VirshFailure,
  verbs,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool, waitFor } from '../support/bed/scratch.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

const name = 'guest';
const filledMegabytes = 200;

describe('a change that is cancelled or loses its answer', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  let uuid = '';
  const log: LogEntry[] = [];
  /** What is done when virsh is started with a verb. */
  const atBegin = new Map<string, () => void>();
  const stopped = new Set<number>();
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner(
      { kind: 'uri', name: 'bed', uri: bed.uri },
      {
        log: (entry) => log.push(entry),
        audit: {
          begin: ({ change }) => {
            atBegin.get(change.verb)?.();
            return () => undefined;
          },
        },
      },
    );
    // Memory that does not compress to nothing takes its time to be written.
    const filling = path.join(bed.images, 'filling');
    writeFileSync(filling, randomBytes(filledMegabytes * 1024 * 1024));
    bed.giveToDaemon(filling);
    const xml = tinyDomain({ name, disk: bed.makeImage('guest.qcow2') })
      .replace("type='qemu'>", "type='qemu' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>")
      .replace('>16</memory>', '>256</memory>')
      .replace(
        '</domain>',
        `<qemu:commandline><qemu:arg value='-device'/><qemu:arg value='loader,file=${filling},addr=0x1000000,force-raw=on'/></qemu:commandline></domain>`,
      );
    value(await runner.run(domain.define(xml)));
    uuid = value(await runner.run(domain.uuidOf(name)));
  });
  afterEach(async () => {
    goOn();
    log.splice(0);
    atBegin.clear();
    const state = await situation();
    if (state !== 'shut-off') value(await forceOff(runner, uuid));
  });
  after(() => bed.stop());

  const situation = async () => value(await readDomains(runner)).find((entry) => entry.uuid === uuid)?.state;
  const start = async () => value(await runner.run(domain.start(uuid)));
  const standStill = (pid: number): void => {
    process.kill(pid, 'SIGSTOP');
    stopped.add(pid);
  };
  const goOn = (): void => {
    for (const pid of stopped) process.kill(pid, 'SIGCONT');
    stopped.clear();
  };
  const qemu = (): number => Number(readFileSync(path.join(bed.directory, `run/libvirt/qemu/run/${name}.pid`), 'utf8'));
  const pidOf = (pattern: RegExp): number =>
    Number(
      runTool('ps', 'axo', 'pid,args')
        .split('\n')
        .find((line) => pattern.test(line) && line.includes(bed.directory))
        ?.trim()
        .split(/\s/)[0] ?? 0,
    );
  const isAsked = (verb: string): boolean => log.some(({ commandLine }) => commandLine.includes(` ${verb} `));
  const isBegun = (...verbs: readonly string[]): readonly string[] => verbs.filter(isAsked);
  const disk = (file: string, target: string): string =>
    `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${bed.makeImage(`${file}.qcow2`)}'/><target dev='${target}' bus='virtio'/></disk>`;
  const told = (ran: Result<readonly DeviceVerdict[], VirshFailure>): readonly string[] =>
    value(ran).map(({ place, isDone }) => `${place} ${isDone}`);
  /** Cancels when virsh has been started with the verb. */
  const cancelAfter = (verb: string, milliseconds = 0): { readonly signal: AbortSignal } => {
    const cancel = new AbortController();
    const earlier = atBegin.get(verb);
    atBegin.set(verb, () => {
      earlier?.();
      setTimeout(() => cancel.abort(), milliseconds);
    });
    return { signal: cancel.signal };
  };
  const goOnLater = (): void => void setTimeout(goOn, 2500);
  /** The same runner in which changes have less time. */
  const hurried = (): Runner => ({
    ...runner,
    run: (command, options) =>
      runner.run(command.lane === 'read' ? command : { ...command, timeoutMilliseconds: 1000 }, options),
  });

  it('saving is ended on the host, and the guest runs on', async () => {
    await start();
    const cancel = new AbortController();
    const running = runVerb(runner, verbs.managedSave, [{ name, uuid }], { signal: cancel.signal });
    let writer = 0;
    await waitFor('the memory to be written', () => {
      writer = pidOf(/iohelper/);
      return writer !== 0;
    });
    standStill(writer);
    cancel.abort();
    await waitFor('libvirt to be told', () => isAsked('domjobabort'));
    goOn();
    const [outcome] = value(await running);
    assert.ok(outcome?.outcome === 'cancelled' && outcome.isSettled && outcome.seen.ok, JSON.stringify(outcome));
    const { state, hasManagedSave } = outcome.seen.value ?? {};
    assert.deepEqual([state, hasManagedSave, await situation()], ['running', false, 'running']);
  });

  it('saving whose end comes first is done, and said to be', async () => {
    await start();
    // Stands for a libvirtd that has written the last byte when it is told to stop.
    const late: Runner = {
      ...runner,
      run: (command, options) =>
        runner.run(command.args[0] === 'domjobabort' ? { ...command, args: ['domjobinfo', name] } : command, options),
    };
    const cancel = cancelAfter('managedsave', 300);
    const [outcome] = value(await runVerb(late, verbs.managedSave, [{ name, uuid }], cancel));
    assert.ok(cancel.signal.aborted);
    assert.equal(outcome?.outcome, 'done');
    assert.equal(value(await readDomains(runner)).find((entry) => entry.uuid === uuid)?.hasManagedSave, true);
    runTool('virsh', '-c', bed.uri, 'managedsave-remove', name);
  });

  it('a snapshot is waited for: made, gone back to, deleted', async () => {
    await start();
    const isTold = async (change: (options: RunOptions) => Promise<Result<void, VirshFailure>>, verb: string) => {
      let late = 0;
      value(await change({ ...cancelAfter(verb), onTooLate: () => late++ }));
      assert.equal(late, 1, verb);
    };
    await isTold((options) => makeSnapshot(runner, uuid, { name: 'a' }, options), 'snapshot-create-as');
    await isTold((options) => makeSnapshot(runner, uuid, { name: 'b' }, options), 'snapshot-create-as');
    await isTold((options) => revertToSnapshot(runner, uuid, 'a', options), 'snapshot-revert');
    await isTold((options) => removeSnapshot(runner, uuid, 'b', options), 'snapshot-delete');
    assert.deepEqual(value(await readSnapshots(runner, uuid)), [{ name: 'a', isCurrent: true }]);
    assert.equal(await situation(), 'running');
  });

  it('a device is waited for, and what still waits for its turn is not begun', async () => {
    await start();
    standStill(qemu());
    const cancel = cancelAfter('attach-device');
    const xml = disk('waited', 'vdb');
    let late = 0;
    const first = runDeviceChange(
      runner,
      { action: 'attach', uuid, xml, scope: 'both' },
      { ...cancel, onTooLate: () => late++ },
    );
    await waitFor('the cancellation', () => cancel.signal.aborted);
    const waiting = new AbortController();
    const options = { signal: waiting.signal, onTooLate: () => late++ };
    const others = Promise.all([
      runDeviceChange(runner, { action: 'attach', uuid, xml: disk('not', 'vdc'), scope: 'live' }, options),
      removeSnapshot(runner, uuid, 'a', options),
      runVerb(runner, verbs.suspend, [{ name, uuid }], { signal: waiting.signal }),
    ]);
    setTimeout(() => waiting.abort(), 2000);
    const [device, removed, paused] = await others;
    for (const cancelled of [device, removed]) assert.equal(!cancelled.ok && cancelled.error.kind, 'cancelled');
    assert.ok(!paused.ok || paused.value[0]?.outcome === 'left-alone', JSON.stringify(paused));
    goOn();
    assert.deepEqual(told(await first), ['live true', 'config true']);
    assert.equal(late, 1);
    assert.deepEqual(isBegun('snapshot-delete', 'suspend'), []);
    assert.doesNotMatch(value(await runner.run(domain.dumpXml(uuid))), /vdc/);
  });

  it('what is done after its time is seen to be done', async () => {
    await start();
    atBegin.set('snapshot-create-as', () => goOnLater());
    standStill(qemu());
    value(await makeSnapshot(hurried(), uuid, { name: 'slow', isDiskOnly: true }));
    assert.ok(value(await readSnapshots(runner, uuid)).some((entry) => entry.name === 'slow' && entry.isCurrent));
    atBegin.set('attach-device', () => goOnLater());
    standStill(qemu());
    const xml = disk('slow', 'vdd');
    assert.deepEqual(told(await runDeviceChange(hurried(), { action: 'attach', uuid, xml, scope: 'both' })), [
      'live true',
      'config true',
    ]);
    atBegin.set('suspend', () => goOnLater());
    standStill(qemu());
    const [outcome] = value(await runVerb(runner, verbs.suspend, [{ name, uuid }], cancelAfter('suspend', 1500)));
    assert.equal(outcome?.outcome, 'done');
    assert.equal(await situation(), 'paused');
  });

  it('what is not done after its time is said to be possible still', async () => {
    await start();
    value(await makeSnapshot(runner, uuid, { name: 'kept' }));
    standStill(qemu());
    const again = failed(await revertToSnapshot(hurried(), uuid, 'kept'));
    assert.equal(again.kind, 'timeout');
    assert.match(again.message, /is not known: look before/);
    goOn();
    await waitFor('the guest to be as before', async () => (await situation()) === 'running');
    standStill(qemu());
    const { kind, message } = failed(await removeSnapshot(hurried(), uuid, 'kept'));
    assert.equal(kind, 'timeout');
    assert.match(message, /may still be at it/);
    goOn();
    const isThere = async () => value(await readSnapshots(runner, uuid)).some((entry) => entry.name === 'kept');
    await waitFor('it to happen', async () => !(await isThere()));
    standStill(qemu());
    const [outcome] = value(await runVerb(runner, verbs.suspend, [{ name, uuid }], cancelAfter('suspend', 1500)));
    assert.ok(outcome?.outcome === 'cancelled' && !outcome.isSettled, JSON.stringify(outcome));
  });
});
