/** The playground: an embedded QEMU driver without any daemon, which keeps its state between processes. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  createRunner,
  domain,
  forceOff,
  isPlayground,
  listDomains,
  openPlayground,
  planClone,
  readCloneSource,
} from '../../virsh/src/index.ts';
import { isRoot, ownedByNobody } from '../support/bed/libvirtDaemon.ts';
import { requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { scratchDirectory } from '../support/bed/scratch.ts';
import { tinyDisk, tinyDomain } from '../support/bed/tinyGuest.ts';
import { unprivilegedVirsh } from '../support/bed/unprivileged.ts';

describe('the playground', { skip: requirements('virsh', 'qemu-system-x86_64', 'setpriv') }, () => {
  const scratch = scratchDirectory();
  let virshPath: string;
  const directory = path.join(scratch.directory, 'play');
  before(() => {
    virshPath = unprivilegedVirsh(scratch.directory);
    ownedByNobody(scratch.directory);
    for (const folder of [directory, path.join(directory, 'etc')]) {
      mkdirSync(folder);
      ownedByNobody(folder);
    }
  });
  after(() => scratch.remove());

  it('keeps its domains between processes, and serves many clients one after the other', async () => {
    const playground = await openPlayground({ directories: [`/${'x'.repeat(100)}`, directory], virshPath });
    assert.equal(playground.limitation, undefined);
    assert.match(playground.connection.uri, /^qemu:\/\/\/embed\?root=\/.*play$/);
    assert.ok(isPlayground(playground.connection.uri));
    const [first, second] = [
      createRunner(playground.connection, { virshPath }),
      createRunner(playground.connection, { virshPath }),
    ];
    const made = ['one', 'two', 'three'];
    for (const result of await Promise.all(
      made.map((name) => first.run(domain.define(tinyDomain({ name, disk: '/x' })))),
    ))
      value(result);
    // Two runners do not know of each other: one finds the playground busy, and waits.
    const [a, b] = await Promise.all([listDomains(first), listDomains(second)]);
    assert.deepEqual(
      value(a).map(({ name }) => name),
      ['one', 'three', 'two'],
    );
    assert.deepEqual(value(b), value(a));
  });

  it('starts a guest that outlives virsh, and forces it off', async () => {
    const disk = path.join(scratch.directory, 'guest.raw');
    writeFileSync(disk, tinyDisk());
    ownedByNobody(disk);
    const { connection } = await openPlayground({ directories: [directory], virshPath });
    const runner = createRunner(connection, { virshPath });
    value(await runner.run(domain.define(tinyDomain({ name: 'guest', disk, format: 'raw' }))));
    const uuid = value(await runner.run(domain.uuidOf('guest')));
    const state = async (): Promise<string> => value(await runner.run(domain.stateReason(uuid))).state;
    for (const time of ['first', 'second']) {
      value(await runner.run(domain.start(uuid)));
      assert.equal(await state(), 'running', time);
      // Here `destroy` says that the guest does not run, which it made true.
      value(await forceOff(runner, uuid));
      assert.equal(await state(), 'shut off', time);
    }
    value(await runner.run(domain.undefine(uuid)));
    assert.equal(failed(await forceOff(runner, uuid)).kind, 'not-found');
  });

  it('has no storage, so that a clone is refused with the reason', async () => {
    const { connection } = await openPlayground({ directories: [directory], virshPath });
    const runner = createRunner(connection, { virshPath });
    const [source] = value(await listDomains(runner));
    assert.ok(source);
    assert.match(
      failed<readonly string[]>(planClone(value(await readCloneSource(runner, source)), 'copy')).join(),
      /lies in no active storage pool: libvirt at Playground has no storage driver/,
    );
  });

  it('is libvirt’s test driver where the embedded one cannot work, and says why', async () => {
    const tooLong = await openPlayground({ directories: [`/${'x'.repeat(100)}`] });
    assert.equal(tooLong.connection.uri, 'test:///default');
    assert.match(tooLong.limitation ?? '', /too long/);
    const withoutQemu = await openPlayground({ directories: [directory], environment: { PATH: '/nowhere' } });
    assert.match(withoutQemu.limitation ?? '', /QEMU is not installed/);
    const [test] = value(await listDomains(createRunner(tooLong.connection)));
    assert.deepEqual([test?.name, test?.state], ['test', 'running']);
  });

  it('refuses a clone where the test driver forgets the pool that it has just made', async () => {
    const file = path.join(scratch.directory, 'node.xml');
    const off = "<test:runstate xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>5</test:runstate>";
    const uuid = '4dea22b3-1d52-48f3-9516-782e98ab3fa0';
    const xml = tinyDomain({ name: 'off', uuid, disk: path.join(directory, 'a.qcow2'), head: off });
    writeFileSync(file, `<node>${xml.replace("'qemu'", "'test'")}</node>`);
    const runner = createRunner({ kind: 'uri', name: 'test', uri: `test://${file}` });
    const [source] = value(await listDomains(runner));
    assert.ok(source);
    assert.match(
      failed<readonly string[]>(planClone(value(await readCloneSource(runner, source)), 'copy')).join(),
      /test forgets at once/,
    );
  });

  it('never fails for root either', { skip: isRoot ? false : 'needs root' }, async () => {
    const own = scratchDirectory();
    const playground = await openPlayground({ directories: [own.directory] });
    value(await listDomains(createRunner(playground.connection)));
    own.remove();
  });
});
