/** What can be done with a domain's life, on a real libvirtd, judged by what the domain is afterwards. */
import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  type Belonging,
  createRunner,
  domain,
  forceOff,
  planUndefine,
  type Runner,
  readDomains,
  renameDomain,
  runUndefine,
  runVerb,
  shutDown,
  snapshot,
  storage,
  type VerbName,
  type VirshFailure,
  verbs,
} from '../../virsh/src/index.ts';
import { failure } from '../../virsh/src/result.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { runTool } from '../support/bed/scratch.ts';
import { powerButtonsArmed, type TinyDomain, tinyDomain } from '../support/bed/tinyGuest.ts';

describe('the life of domains', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
  });
  after(() => bed.stop());

  const define = async (given: Partial<TinyDomain> & { readonly name: string }) => {
    const disk = given.disk ?? bed.makeImage(`${given.name}.qcow2`);
    value(await runner.run(domain.define(tinyDomain({ ...given, disk }))));
    const uuid = value(await runner.run(domain.uuidOf(given.name)));
    return { name: given.name, uuid, disk };
  };
  const situationOf = async (uuid: string) => value(await readDomains(runner)).find((entry) => entry.uuid === uuid);
  const outcomes = async (verb: VerbName, ...domains: readonly { readonly name: string; readonly uuid: string }[]) =>
    value(await runVerb(runner, verbs[verb], domains)).map((entry) =>
      entry.outcome === 'pointless' ? `${entry.name} ${entry.why}` : `${entry.name}: ${entry.outcome}`,
    );

  it('starts, suspends, resumes, reboots, resets, saves and starts several at once, and says what was pointless', async () => {
    const [a, b] = [await define({ name: 'a' }), await define({ name: 'b' })];
    const gone = { name: 'gone', uuid: '99999999-9999-4999-8999-999999999999' };
    assert.deepEqual(await outcomes('suspend', a), ['a is off']);
    assert.deepEqual(await outcomes('start', a, b, gone), ['a: done', 'b: done', 'gone is not there any more']);
    assert.deepEqual(await outcomes('start', a), ['a runs already']);
    assert.deepEqual(await outcomes('suspend', a, b), ['a: done', 'b: done']);
    assert.deepEqual(await outcomes('start', a), ['a is paused: resume it']);
    assert.equal((await situationOf(b.uuid))?.state, 'paused');
    assert.deepEqual(await outcomes('resume', a, b, gone), ['a: done', 'b: done', 'gone is not there any more']);
    assert.deepEqual(await outcomes('resume', a), ['a runs already']);
    assert.deepEqual(await outcomes('reboot', a), ['a: done']);
    assert.deepEqual(await outcomes('reset', a), ['a: done']);
    assert.deepEqual(await outcomes('managedSave', a), ['a: done']);
    assert.equal((await situationOf(a.uuid))?.hasManagedSave, true);
    assert.deepEqual(await outcomes('start', a), ['a: done']);
    assert.equal((await situationOf(a.uuid))?.hasManagedSave, false);
    assert.deepEqual(await outcomes('autostartOn', a, b), ['a: done', 'b: done']);
    assert.equal((await situationOf(b.uuid))?.isAutostart, true);
    assert.deepEqual(await outcomes('autostartOff', b), ['b: done']);
    for (const { uuid } of [a, b]) value(await forceOff(runner, uuid));
  });

  it('goes on after one that fails, and leaves alone what was cancelled before its turn', async () => {
    const [broken, fine] = [await define({ name: 'broken', disk: '/nowhere/x.qcow2' }), await define({ name: 'fine' })];
    const [first, second] = value(await runVerb(runner, verbs.start, [broken, fine]));
    assert.equal(first?.outcome === 'failed' && first.failure.kind, 'not-found');
    assert.equal(second?.outcome, 'done');
    const cancelling = new AbortController();
    const stopped = value(
      await runVerb(runner, verbs.suspend, [fine, fine], {
        signal: cancelling.signal,
        onTurn: (_domain, index) => void (index === 1 && cancelling.abort()),
      }),
    );
    assert.deepEqual(
      stopped.map(({ outcome }) => outcome),
      ['done', 'left-alone'],
    );
    value(await forceOff(runner, fine.uuid));
  });

  it('shuts down by the power button where no agent listens, and says so where the guest does not listen either', async () => {
    const listening = await define({ name: 'listening' });
    await outcomes('start', listening);
    await powerButtonsArmed(bed.uri, 'listening');
    const asked: unknown[] = [];
    assert.equal(value(await shutDown(runner, listening.uuid, { onAsked: (mode) => asked.push(mode) })), 'off');
    assert.deepEqual(asked, ['acpi']);
    assert.equal(failed(await shutDown(runner, listening.uuid)).kind, 'not-running');
    // A machine without ACPI has no power button.
    const text = tinyDomain({ name: 'deaf', disk: bed.makeImage('deaf.qcow2') }).replace('<acpi/>', '');
    value(await runner.run(domain.define(text)));
    const deaf = { name: 'deaf', uuid: value(await runner.run(domain.uuidOf('deaf'))) };
    await outcomes('start', deaf);
    const short = [{ mode: 'acpi', patienceMilliseconds: 700 }] as const;
    assert.equal(value(await shutDown(runner, deaf.uuid, { ways: short })), 'running');
    const signal = AbortSignal.timeout(300);
    const patient = [{ mode: 'acpi', patienceMilliseconds: 20_000 }] as const;
    assert.equal(value(await shutDown(runner, deaf.uuid, { ways: patient, signal })), 'left-alone');
    value(await forceOff(runner, deaf.uuid));
  });

  it('renames what is off, and tells why it cannot', async () => {
    const [old, other] = [await define({ name: 'old' }), await define({ name: 'other' })];
    value(await renameDomain(runner, old.uuid, '-new; name'));
    assert.equal((await situationOf(old.uuid))?.name, '-new; name');
    assert.ok(failed(await renameDomain(runner, old.uuid, other.name)).message);
    await outcomes('start', other);
    assert.match(failed(await renameDomain(runner, other.uuid, 'x')).stderr, /cannot rename active domain/);
    value(await forceOff(runner, other.uuid));
  });

  const kindsOf = (belongings: readonly Belonging[]): readonly string[] =>
    belongings.map((belonging) => (belonging.kind === 'volume' ? `volume ${belonging.target}` : belonging.kind));

  it('undefines and keeps everything else', async () => {
    const code = path.join(bed.images, 'code.fd');
    writeFileSync(code, Buffer.alloc(1024 * 1024));
    bed.giveToDaemon(code);
    const nvram = path.join(bed.images, 'vars.fd');
    writeFileSync(nvram, Buffer.alloc(1024));
    bed.giveToDaemon(nvram);
    const disk = bed.makeImage('keep.qcow2');
    const text = tinyDomain({ name: 'keep', disk }).replace(
      '<boot ',
      `<loader readonly='yes' type='pflash'>${code}</loader><nvram template='${code}'>${nvram}</nvram><boot `,
    );
    value(await runner.run(domain.define(text)));
    const uuid = value(await runner.run(domain.uuidOf('keep')));
    const plan = value(await planUndefine(runner, uuid));
    assert.deepEqual(plan.belongings, [{ kind: 'nvram', path: nvram }]);
    assert.match(plan.staying[0]?.why ?? '', /in no active storage pool/);
    assert.deepEqual(value(await runUndefine(runner, plan, [])).left, []);
    assert.equal(await situationOf(uuid), undefined);
    assert.ok(existsSync(disk) && existsSync(nvram));
    assert.equal(failed(await runUndefine(runner, plan, [])).kind, 'not-found');
    value(await runner.run(domain.define(text)));
    const again = value(await planUndefine(runner, value(await runner.run(domain.uuidOf('keep')))));
    value(await runUndefine(runner, again, again.belongings));
    assert.deepEqual([existsSync(disk), existsSync(nvram)], [true, false]);
  });

  it('undefines with what was chosen, and never with what somebody else uses', async () => {
    const folder = path.join(bed.images, 'pool');
    runTool('mkdir', folder);
    bed.giveToDaemon(folder);
    const image = (name: string): string => bed.makeImage(`pool/${name}`);
    const [own, shared, base] = [image('own.qcow2'), image('shared.qcow2'), image('base.qcow2')];
    const overlay = path.join(folder, 'overlay.qcow2');
    runTool('qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', base, overlay);
    bed.giveToDaemon(overlay);
    value(await runner.run(storage.createDirectoryPool('images', folder)));
    const second = (file: string, target: string): string =>
      `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${file}'/><target dev='${target}'/></disk>`;
    const rich = await define({
      name: 'rich',
      disk: own,
      devices: second(shared, 'vdb') + second(base, 'vdc'),
    });
    await define({ name: 'sharer', disk: shared });
    await outcomes('start', rich);
    assert.equal(failed(await planUndefine(runner, rich.uuid)).kind, 'in-use');
    await outcomes('managedSave', rich);
    const plan = value(await planUndefine(runner, rich.uuid));
    assert.deepEqual(kindsOf(plan.belongings), ['managed-save', 'volume vda']);
    assert.deepEqual(
      plan.staying.map(({ target, why }) => `${target}: ${why}`),
      ['vdb: used by sharer as well', 'vdc: overlay.qcow2 is built upon it'],
    );
    const refused = failed(await runUndefine(runner, plan, []));
    assert.equal(refused.kind, 'refused');
    assert.match(refused.message, /while its saved memory exist/);
    value(
      await runner.run(
        domain.define(
          value(await runner.run(domain.dumpXml(rich.uuid, { inactive: true }))).replace(
            '<vcpu',
            '<title>t</title><vcpu',
          ),
        ),
      ),
    );
    assert.equal(failed(await runUndefine(runner, plan, plan.belongings)).kind, 'changed-meanwhile');
    const fresh = value(await planUndefine(runner, rich.uuid));
    assert.deepEqual(value(await runUndefine(runner, fresh, fresh.belongings)).left, []);
    assert.deepEqual(
      [own, shared, base].map((file) => existsSync(file)),
      [false, true, true],
    );
    assert.equal(await situationOf(rich.uuid), undefined);
    assert.deepEqual(value(await runner.run(snapshot.listCheckpoints('sharer'))), []);
    value(await runner.run(storage.destroyPool('images')));
  });

  it('offers no disk that is used by another name, by a guest while it runs, from another pool, or by nobody knows whom', async () => {
    const folders = ['first', 'second'].map((name) => path.join(bed.images, name));
    const [, second = ''] = folders;
    for (const folder of folders) runTool('mkdir', folder);
    const image = (name: string): string => bed.makeImage(`first/${name}.qcow2`);
    const own = image('own');
    const files = ['named', 'running', 'base'].map(image);
    const [, running = '', base = ''] = files;
    const overlay = path.join(second, 'overlay.qcow2');
    runTool('qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', base, overlay);
    for (const folder of folders) {
      bed.giveToDaemon(folder);
      value(await runner.run(storage.createDirectoryPool(path.basename(folder), folder)));
    }
    const disk = (source: string, target: string, type = 'file'): string =>
      `<disk type='${type}' device='disk'><driver name='qemu' type='qcow2'/><source ${source}/><target dev='${target}' bus='virtio'/></disk>`;
    const targets = ['vdb', 'vdc', 'vdd'];
    const devices = files.map((file, index) => disk(`file='${file}'`, targets[index] ?? '')).join('');
    const rich = await define({ name: 'rich', disk: own, devices });
    await define({ name: 'by-name', devices: disk("pool='first' volume='named.qcow2'", 'vdb', 'volume') });
    const guest = await define({ name: 'guest' });
    await outcomes('start', guest);
    const device = path.join(bed.directory, 'device.xml');
    writeFileSync(device, disk(`file='${running}'`, 'vdb'));
    runTool('virsh', '-q', '-c', bed.uri, 'attach-device', 'guest', device, '--live');

    const plan = value(await planUndefine(runner, rich.uuid));
    assert.deepEqual(kindsOf(plan.belongings), ['volume vda']);
    assert.deepEqual(
      plan.staying.map(({ target, why }) => `${target}: ${why}`),
      ['vdb: used by by-name as well', 'vdc: used by guest as well', 'vdd: overlay.qcow2 is built upon it'],
    );

    // Stands for a host that does not answer the one question.
    const silent: VirshFailure = {
      kind: 'timeout',
      message: 'No answer.',
      commandLine: '',
      exitCode: null,
      stderr: '',
    };
    const half: Runner = {
      ...runner,
      run: async (command, options) =>
        command.args.join(' ').includes('dumpxml') && command.args.join(' ').includes(guest.uuid)
          ? failure(silent)
          : runner.run(command, options),
    };
    const unsure = value(await planUndefine(half, rich.uuid));
    assert.deepEqual(kindsOf(unsure.belongings), []);
    assert.equal(unsure.staying[0]?.why, 'nobody can tell who else uses it: No answer.');

    value(await forceOff(runner, guest.uuid));
    assert.deepEqual(await outcomes('start', rich), ['rich: done']);
    assert.equal(failed(await runUndefine(runner, plan, [])).kind, 'changed-meanwhile');
    assert.equal((await situationOf(rich.uuid))?.isTransient, false);
    value(await forceOff(runner, rich.uuid));
    for (const folder of folders) value(await runner.run(storage.destroyPool(path.basename(folder))));
  });

  it('changes nothing through a read-only connection', async () => {
    const guarded = await define({ name: 'guarded' });
    const reader = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri, readOnly: true });
    const [outcome] = value(await runVerb(reader, verbs.start, [guarded]));
    assert.equal(outcome?.outcome === 'failed' && outcome.failure.kind, 'read-only');
    assert.equal((await situationOf(guarded.uuid))?.state, 'shut-off');
  });
});
