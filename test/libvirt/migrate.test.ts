/**
 * VMs that really move from one libvirtd to another, or do not: what both hosts say afterwards. The second daemon has a directory of its own where
 * the first has its images, as a second machine does.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { createDirectoryPool } from '../../virsh/src/commands/storage.ts';
import {
  checkMigration,
  copiedDisksOf,
  domain,
  forceOff,
  type Host,
  type JobInfo,
  type MigrationEnd,
  type MigrationOrder,
  needsSourceForTpm,
  openHost,
  type Result,
  type Runner,
  readDomains,
  readMigrationFacts,
  runMigration,
  type VirshFailure,
} from '../../virsh/src/index.ts';
import { emulatedTpm, offerTpm, writeTpmState } from '../support/bed/emulatedTpm.ts';
import { isRoot, LibvirtDaemon, ownedByNobody } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements, sshPrograms } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool, scratchDirectory } from '../support/bed/scratch.ts';
import { SshServer } from '../support/bed/sshServer.ts';
import { busyDisk, tinyDomain } from '../support/bed/tinyGuest.ts';

const skip =
  requirements(...daemonPrograms, ...sshPrograms) || (isRoot ? false : 'needs root: one machine has to look like two');

describe('a migration', { skip }, () => {
  const scratch = scratchDirectory();
  const images = scratch.directory;
  let beds: readonly [LibvirtDaemon, LibvirtDaemon];
  let source: Host;
  let target: Host;
  before(async () => {
    ownedByNobody(images);
    beds = await Promise.all([LibvirtDaemon.start(), LibvirtDaemon.start({ hidden: images })]);
    source = openHost({ kind: 'uri', name: 'one', uri: beds[0].uri });
    target = openHost({ kind: 'uri', name: 'two', uri: beds[1].uri });
    for (const host of [source, target]) value(await host.run(createDirectoryPool('images', images)));
  });
  afterEach(async () => {
    for (const host of [source, target]) {
      for (const { uuid, state, isTransient } of value(await readDomains(host))) {
        if (state !== 'shut-off') value(await forceOff(host, uuid));
        if (!isTransient) value(await host.run(domain.undefine(uuid)));
      }
    }
  });
  after(async () => {
    for (const host of [source, target]) host?.close();
    await Promise.all((beds ?? []).map((bed) => bed.stop()));
    scratch.remove();
  });

  const make = async (name: string, devices = ''): Promise<string> => {
    const disk = path.join(images, `${name}.img`);
    writeFileSync(disk, busyDisk());
    ownedByNobody(disk);
    value(await source.run(domain.define(tinyDomain({ name, disk, format: 'raw', devices }))));
    return value(await source.run(domain.uuidOf(name)));
  };
  const imageThere = (name: string): string => path.join(beds[1].images, `${name}.img`);
  const situations = async (host: Host): Promise<readonly string[]> =>
    value(await readDomains(host)).map(({ name, state, isTransient }) => `${name} ${state} ${isTransient}`);
  /** Over the loopback: this machine's name may lead anywhere. */
  const order = async (name: string, changes: Partial<MigrationOrder> = {}): Promise<MigrationOrder> => {
    const entry = value(await readDomains(source)).find((one) => one.name === name);
    assert.ok(entry);
    const facts = { ...value(await readMigrationFacts(source, entry, target)), isCopying: true };
    assert.deepEqual(
      checkMigration(facts).filter(({ weight }) => weight === 'blocks'),
      [],
    );
    return {
      domain: entry,
      destination: beds[1].uri,
      way: 'direct',
      isActive: facts.isActive,
      isPersistent: true,
      isUndefinedAtSource: true,
      copies: copiedDisksOf(facts),
      dataUri: 'tcp://127.0.0.1',
      ...changes,
    };
  };

  it('moves a running VM with its disk, and says how far it is', async () => {
    const uuid = await make('web');
    value(await source.run(domain.start(uuid)));
    const seen: JobInfo[] = [];
    // Slow at first, so that there is something to see: half a megabyte is written anew all the time.
    const plan = await order('web', { bandwidth: 3, isThrottled: true });
    assert.deepEqual(plan.copies, [{ target: 'vda', path: path.join(images, 'web.img'), pool: 'images' }]);
    assert.deepEqual(value(await runMigration(source, target, plan, { onProgress: (job) => seen.push(job) })), {
      outcome: 'moved',
    });
    assert.ok(seen.some(({ total, remaining }) => total >= busyDisk().length && remaining <= total));
    assert.deepEqual(await situations(source), []);
    assert.deepEqual(await situations(target), ['web running false']);
    assert.deepEqual(readFileSync(imageThere('web')), busyDisk());
    assert.ok(existsSync(path.join(images, 'web.img')), 'the disk of the source stays');
  });

  it('is undone when it is cancelled in the middle', async () => {
    const uuid = await make('stays');
    value(await source.run(domain.start(uuid)));
    const plan = await order('stays', { bandwidth: 1 });
    const [before, there, files] = [await situations(source), await situations(target), readdirSync(beds[1].images)];
    const abort = new AbortController();
    const end = value(
      await runMigration(source, target, plan, {
        signal: abort.signal,
        onProgress: ({ remaining, processed }) => {
          if (processed > 0 && remaining > 0) abort.abort();
        },
      }),
    );
    assert.ok(abort.signal.aborted, 'it was seen in the middle');
    assert.equal(end.outcome, 'stayed');
    assert.ok(end.outcome === 'stayed' && end.cause.kind === 'cancelled' && end.left.length === 0);
    assert.deepEqual([await situations(source), await situations(target)], [before, there]);
    assert.deepEqual(readdirSync(beds[1].images), files, 'the image that was begun is gone');
  });

  it('changes nothing where libvirt refuses, and never writes over an image', async () => {
    const uuid = await make('local');
    value(await source.run(domain.start(uuid)));
    const plan = await order('local');
    const uncopied = value(await runMigration(source, target, { ...plan, copies: [] }));
    assert.ok(uncopied.outcome === 'stayed' && uncopied.cause.kind === 'refused', JSON.stringify(uncopied));
    writeFileSync(imageThere('local'), 'precious');
    ownedByNobody(imageThere('local'));
    assert.equal(failed(await runMigration(source, target, plan)).kind, 'exists');
    assert.equal(readFileSync(imageThere('local'), 'utf8'), 'precious');
    const entry = value(await readDomains(source)).find((one) => one.uuid === uuid);
    assert.ok(entry);
    const facts = { ...value(await readMigrationFacts(source, entry, target)), isCopying: true };
    assert.match(checkMigration(facts)[0]?.message ?? '', /would write over it/);
    assert.deepEqual([await situations(source), await situations(target)], [['local running false'], []]);
  });

  it('takes only the definition of a VM that is off, through ssh too', async () => {
    await make('off');
    const plan = await order('off', { isUndefinedAtSource: false, copies: [] });
    assert.equal(plan.isActive, false);
    // The virsh of the source's machine, which speaks with the target.
    const server = await SshServer.start();
    const there = openHost({ kind: 'ssh', name: 'one', target: 'bed', options: server.options, uri: beds[0].uri });
    try {
      assert.equal(value(await runMigration(there, target, plan)).outcome, 'moved');
    } finally {
      there.close();
      await server.stop();
    }
    assert.deepEqual(await situations(source), ['off shut-off false']);
    assert.deepEqual(await situations(target), ['off shut-off false']);
    assert.equal(failed(await runMigration(source, target, { ...plan, isActive: true })).kind, 'changed-meanwhile');
  });

  it('of a VM that is off is none where libvirt refused, though the target has the definition from before', async () => {
    await make('twice');
    const plan = await order('twice', { isUndefinedAtSource: false, copies: [] });
    assert.equal(value(await runMigration(source, target, plan)).outcome, 'moved');
    const nowhere = { ...plan, destination: `${beds[1].uri}-not` };
    const end = value(await runMigration(source, target, nowhere));
    assert.ok(end.outcome === 'stayed' && end.cause.kind === 'daemon-down', JSON.stringify(end));
    const signal = AbortSignal.abort();
    assert.equal(failed(await runMigration(source, target, plan, { signal })).kind, 'cancelled');
    assert.equal(value(await runMigration(source, target, plan)).outcome, 'moved', 'nothing is seen of it, but it did');
  });

  it('knows whose TPM would lose its state: libvirt deletes it with the definition, and sends none', async () => {
    for (const bed of beds) offerTpm(bed);
    const keys = writeTpmState(beds[0], await make('keys', emulatedTpm));
    const entry = value(await readDomains(source)).find(({ name }) => name === 'keys');
    assert.ok(entry);
    const facts = value(await readMigrationFacts(source, entry, target));
    assert.ok(checkMigration(facts).some(({ weight, subject }) => weight === 'endangers' && subject === 'TPM'));
    assert.equal(needsSourceForTpm(facts), true);
    const kept = await order('keys', { isUndefinedAtSource: false, copies: [] });
    assert.equal(value(await runMigration(source, target, kept)).outcome, 'moved');
    assert.ok(existsSync(keys), 'where the definition stays');
    value(await target.run(domain.undefine(entry.uuid)));
    const undefining = { ...kept, isUndefinedAtSource: true };
    assert.equal(value(await runMigration(source, target, undefining)).outcome, 'moved');
    assert.ok(!existsSync(keys), 'or else all of this would be for nothing');
  });

  it('leaves the VM where it was when the target goes away in the middle', async () => {
    const uuid = await make('orphan');
    value(await source.run(domain.start(uuid)));
    const plan = await order('orphan', { bandwidth: 1, way: 'peer' });
    let restarting: Promise<void> | undefined;
    const end = value(
      await runMigration(source, target, plan, { onProgress: () => (restarting ??= beds[1].restart()) }),
    );
    await restarting;
    assert.ok(restarting, 'it was seen in the middle');
    assert.ok(end.outcome === 'stayed' || end.outcome === 'unclear', end.outcome);
    const told = end.outcome === 'stayed' ? end.left : end.copies;
    assert.equal(told.length, existsSync(imageThere('orphan')) ? 1 : 0, 'no image remains that is not told');
    assert.deepEqual(await situations(source), ['orphan running false']);
    assert.deepEqual(await situations(target), []);
  });

  it('tells of the image that may be on a target which answers no more', async () => {
    const uuid = await make('silent');
    value(await source.run(domain.start(uuid)));
    const plan = await order('silent', { bandwidth: 1, way: 'peer' });
    let killing: Promise<void> | undefined;
    const end = value(await runMigration(source, target, plan, { onProgress: () => (killing ??= beds[1].kill()) }));
    await killing;
    const isThere = existsSync(imageThere('silent'));
    await beds[1].restart();
    assert.ok(end.outcome === 'unclear' && !end.target.ok, end.outcome);
    const [copy, ...others] = end.copies;
    assert.deepEqual([isThere, others], [true, []]);
    assert.deepEqual([copy?.path, copy?.host], [path.join(images, 'silent.img'), 'two']);
    assert.match(runTool('sh', '-c', copy?.look ?? ''), /<volume/);
    runTool('sh', '-c', copy?.removal ?? '');
    assert.ok(!existsSync(imageThere('silent')));
  });

  it('waits for its turn: cancelled before, or met by a file of somebody else, it touches nothing', async () => {
    for (const name of ['first', 'cancelled', 'late']) value(await source.run(domain.start(await make(name))));
    const plan = await order('first', { bandwidth: 1 });
    const waiting = await Promise.all(['cancelled', 'late'].map((name) => order(name)));
    const stop = { first: new AbortController(), cancelled: new AbortController() };
    const waits: string[] = [];
    const precious = async (name: string): Promise<void> => {
      waits.push(name);
      writeFileSync(imageThere(name), 'precious');
      ownedByNobody(imageThere(name));
      if (name === 'cancelled') stop.cancelled.abort();
    };
    /** Somebody makes the file while the command waits. */
    const watched: Runner = {
      connection: source.connection,
      run(command, options) {
        const running = source.run(command, options);
        if (command.args[0] === 'migrate')
          void precious(command.args.includes(`--domain=${waiting[0]?.domain.uuid}`) ? 'cancelled' : 'late');
        return running;
      },
    };
    let others: Promise<readonly Result<MigrationEnd, VirshFailure>[]> | undefined;
    const first = await runMigration(source, target, plan, {
      signal: stop.first.signal,
      onProgress: () => {
        others ??= Promise.all(
          waiting.map((one, number) =>
            runMigration(watched, target, one, number === 0 ? { signal: stop.cancelled.signal } : {}),
          ),
        );
        if (waits.length === 2) stop.first.abort();
      },
    });
    assert.equal(value(first).outcome, 'stayed');
    assert.deepEqual(
      (await others)?.map((end) => failed(end).kind),
      ['cancelled', 'exists'],
    );
    for (const name of ['cancelled', 'late']) assert.equal(readFileSync(imageThere(name), 'utf8'), 'precious');
    assert.deepEqual(await situations(target), []);
  });
});
