/** Whatever a VM, a volume or a snapshot is called: every command carries its name whole, as the value of the option that it belongs to. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, it } from 'node:test';
import { changeOf } from '../../../virsh/src/audit/change.ts';
import type { VirshCommand } from '../../../virsh/src/command.ts';
import * as device from '../../../virsh/src/commands/device.ts';
import * as domain from '../../../virsh/src/commands/domain.ts';
import * as lifecycle from '../../../virsh/src/commands/lifecycle.ts';
import * as migration from '../../../virsh/src/commands/migration.ts';
import * as network from '../../../virsh/src/commands/network.ts';
import * as snapshot from '../../../virsh/src/commands/snapshot.ts';
import * as storage from '../../../virsh/src/commands/storage.ts';
import { readXml } from '../../../virsh/src/output/xml.ts';
import { remoteCommand } from '../../../virsh/src/run/ssh.ts';
import { scratchDirectory } from '../../support/bed/scratch.ts';
import { hostileNames } from '../../support/hostileNames.ts';

const moving = {
  destination: 'qemu:///x',
  way: 'direct',
  isActive: true,
  isPersistent: true,
  isUndefinedAtSource: true,
} as const;

/** Every builder that is given a name, and how often the name is among its arguments. */
const builders: Readonly<Record<string, (name: string) => readonly [VirshCommand<unknown>, number]>> = {
  dumpXml: (name) => [domain.dumpXml(name), 1],
  start: (name) => [domain.start(name), 1],
  shutdown: (name) => [domain.shutdown(name), 1],
  destroy: (name) => [domain.destroy(name), 1],
  undefine: (name) => [domain.undefine(name, { nvram: 'keep' }), 1],
  stateReason: (name) => [domain.stateReason(name), 1],
  info: (name) => [domain.info(name), 1],
  listBlockDevices: (name) => [domain.listBlockDevices(name), 1],
  uuidOf: (name) => [domain.uuidOf(name), 1],
  shutdownBy: (name) => [lifecycle.shutdownBy(name, 'acpi'), 1],
  reboot: (name) => [lifecycle.reboot(name), 1],
  reset: (name) => [lifecycle.reset(name), 1],
  suspend: (name) => [lifecycle.suspend(name), 1],
  resume: (name) => [lifecycle.resume(name), 1],
  managedSave: (name) => [lifecycle.managedSave(name), 1],
  setAutostart: (name) => [lifecycle.setAutostart(name, true), 1],
  rename: (name) => [lifecycle.rename(name, name), 2],
  migrate: (name) => [migration.migrate(name, moving), 1],
  jobInfo: (name) => [migration.jobInfo(name), 1],
  abortJob: (name) => [migration.abortJob(name), 1],
  dumpNetwork: (name) => [network.dumpNetwork(name), 1],
  listSnapshots: (name) => [snapshot.listSnapshots(name), 1],
  currentSnapshot: (name) => [snapshot.currentSnapshot(name), 1],
  dumpSnapshot: (name) => [snapshot.dumpSnapshot(name, name), 2],
  createSnapshot: (name) => [snapshot.createSnapshot(name, { name, description: name }), 3],
  revertSnapshot: (name) => [snapshot.revertSnapshot(name, name), 2],
  deleteSnapshot: (name) => [snapshot.deleteSnapshot(name, name), 2],
  listCheckpoints: (name) => [snapshot.listCheckpoints(name), 1],
  dumpPool: (name) => [storage.dumpPool(name), 1],
  destroyPool: (name) => [storage.destroyPool(name), 1],
  listVolumes: (name) => [storage.listVolumes(name), 1],
  listVolumePaths: (name) => [storage.listVolumePaths(name), 1],
  refreshPool: (name) => [storage.refreshPool(name), 1],
  poolOfPath: (name) => [storage.poolOfPath(name), 1],
  volumePath: (name) => [storage.volumePath(name, name), 2],
  dumpVolumeAt: (name) => [storage.dumpVolumeAt(name), 1],
  dumpVolume: (name) => [storage.dumpVolume(name, name), 2],
  // virsh reads the new name as XML.
  cloneVolume: (name) => [storage.cloneVolume(name, name, name), name.includes('&') ? 2 : 3],
  deleteVolume: (name) => [storage.deleteVolume(name, name), 2],
  createVolume: (name) => [storage.createVolume(name, name, 1, 'raw'), 1],
  createDirectoryPool: (name) => [storage.createDirectoryPool(name, `/${name}`), 0],
  changeDevice: (name) => [device.changeDevice('attach', name, '<disk/>', 'live'), 1],
};

/** Those that are given no name, or more than names. */
const others: ReadonlySet<string> = new Set([
  ...['define', 'listIdentities', 'listStates', 'listWith', 'listNetworks', 'listPools', 'listPoolsThat', 'choosing'],
  ...['createLinkedVolume', 'createVolumeFrom', 'downloadArguments', 'uploadArguments'],
]);

describe('hostile names', () => {
  const scratch = scratchDirectory();
  after(scratch.remove);
  const names = hostileNames(60, 20261123, { withLineBreaks: true });

  it('are given to every builder', () => {
    const all = [device, domain, lifecycle, migration, network, snapshot, storage].flatMap((room) => Object.keys(room));
    assert.deepEqual(
      all.filter((name) => !others.has(name) && !(name in builders)),
      [],
    );
  });

  it('are the value of an option, and nothing else', () => {
    for (const name of names) {
      for (const [builder, make] of Object.entries(builders)) {
        const [{ args }, count] = make(name);
        const [verb = '', ...rest] = args;
        assert.match(verb, /^[a-z-]+$/);
        assert.ok(
          rest.every((word) => /^--[a-z]/.test(word)),
          `${builder}: ${rest.join('|')}`,
        );
        const values = rest.filter((word) => word.endsWith(`=${name}`) && /^--[a-z-]+=/.test(word));
        assert.equal(values.length, count, `${builder}: ${JSON.stringify(rest)}`);
      }
    }
  });

  it('come through a shell as they are, and start nothing there', () => {
    // Stands for virsh, and says which words have reached it.
    writeFileSync(path.join(scratch.directory, 'virsh'), '#!/bin/sh\nprintf "%s\\0" "$@" END\n', { mode: 0o755 });
    for (const name of names.slice(0, 8)) {
      const commands = Object.values(builders).map((make) => make(name)[0]);
      const lines = commands.map((command) =>
        remoteCommand(command, { uri: `test:///${encodeURIComponent(name)}` }, 'M'),
      );
      const printed = execFileSync('/bin/sh', ['-c', lines.join('\n')], {
        cwd: scratch.directory,
        env: { PATH: `${scratch.directory}:/usr/bin:/bin` },
        input: '',
        encoding: 'utf8',
      });
      const seen = printed.split('END\0').map((part) => part.replace(/^M\n/, '').split('\0').slice(3, -1));
      commands.forEach(({ args, document }, index) => {
        assert.deepEqual(seen[index], [...args, ...(document ? [`${document.option}=/dev/stdin`] : [])]);
      });
    }
  });

  it('stand in documents as text', () => {
    for (const name of hostileNames(60, 7)) {
      const pool = storage.createDirectoryPool(name, `/img/${name}`).document?.text ?? '';
      assert.equal(readXml(pool, 'pool').at('name').text, name);
      assert.equal(readXml(pool, 'pool').at('target', 'path').text, `/img/${name}`);
      const volume = storage.createVolume('images', name, 1, 'raw').document?.text ?? '';
      assert.equal(readXml(volume, 'volume').at('name').text, name);
    }
  });

  it('are the same in the audit log', () => {
    for (const name of names) {
      assert.equal(changeOf(domain.start(name)).domain, name);
      assert.equal(changeOf(snapshot.deleteSnapshot('vm', name)).object, `snapshot ${name}`.trim());
    }
  });
});
