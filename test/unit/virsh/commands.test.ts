/** What each command passes to virsh, and in which lane it waits. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isLooking } from '../../../virsh/src/audit/reading.ts';
import type { VirshCommand } from '../../../virsh/src/command.ts';
import { baselineCpu, compareCpu } from '../../../virsh/src/commands/cpu.ts';
import { domain, host, lifecycle, snapshot, storage } from '../../../virsh/src/index.ts';

const id = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';

const commands: readonly (readonly [VirshCommand<unknown>, readonly string[], VirshCommand<unknown>['lane']])[] = [
  [domain.listIdentities(), ['list', '--all', '--uuid', '--name'], 'read'],
  [domain.listStates(), ['domstats', '--state'], 'read'],
  [domain.dumpXml(id), ['dumpxml', `--domain=${id}`], 'read'],
  [
    domain.dumpXml(id, { inactive: true, secrets: true }),
    ['dumpxml', `--domain=${id}`, '--inactive', '--security-info'],
    'read',
  ],
  [domain.define('<domain/>'), ['define', '--validate'], 'change'],
  [domain.define('<domain/>', { validate: false }), ['define'], 'change'],
  [domain.start(id), ['start', `--domain=${id}`], 'change'],
  [domain.shutdown(id), ['shutdown', `--domain=${id}`], 'change'],
  [domain.destroy(id), ['destroy', `--domain=${id}`], 'change'],
  [domain.undefine(id), ['undefine', `--domain=${id}`], 'change'],
  [
    domain.undefine(id, { managedSave: true, snapshotsMetadata: true, checkpointsMetadata: true, nvram: 'remove' }),
    ['undefine', `--domain=${id}`, '--managed-save', '--snapshots-metadata', '--checkpoints-metadata', '--nvram'],
    'change',
  ],
  [domain.undefine(id, { nvram: 'keep' }), ['undefine', `--domain=${id}`, '--keep-nvram'], 'change'],
  [
    domain.undefine(id, { tpm: 'keep', storage: ['vda', 'vdb'] }),
    ['undefine', `--domain=${id}`, '--keep-tpm', '--storage=vda,vdb'],
    'change',
  ],
  [domain.undefine(id, { tpm: 'remove', storage: [] }), ['undefine', `--domain=${id}`, '--tpm'], 'change'],
  [lifecycle.shutdownBy(id), ['shutdown', `--domain=${id}`], 'change'],
  [lifecycle.shutdownBy(id, 'agent'), ['shutdown', `--domain=${id}`, '--mode=agent'], 'change'],
  [lifecycle.reboot(id), ['reboot', `--domain=${id}`], 'change'],
  [lifecycle.reset(id), ['reset', `--domain=${id}`], 'change'],
  [lifecycle.suspend(id), ['suspend', `--domain=${id}`], 'change'],
  [lifecycle.resume(id), ['resume', `--domain=${id}`], 'change'],
  [lifecycle.managedSave(id), ['managedsave', `--domain=${id}`], 'change'],
  [lifecycle.setAutostart(id, true), ['autostart', `--domain=${id}`], 'change'],
  [lifecycle.setAutostart(id, false), ['autostart', `--domain=${id}`, '--disable'], 'change'],
  [lifecycle.rename(id, '-x y'), ['domrename', `--domain=${id}`, '--new-name=-x y'], 'change'],
  [snapshot.listSnapshots(id), ['snapshot-list', `--domain=${id}`, '--name'], 'read'],
  [snapshot.currentSnapshot(id), ['snapshot-current', `--domain=${id}`, '--name'], 'read'],
  [snapshot.dumpSnapshot(id, '-s'), ['snapshot-dumpxml', `--domain=${id}`, '--snapshotname=-s'], 'read'],
  [snapshot.createSnapshot(id, { name: '-s' }), ['snapshot-create-as', `--domain=${id}`, '--name=-s'], 'change'],
  [
    snapshot.createSnapshot(id, { name: 's', description: 'd', isDiskOnly: true, isQuiesced: true }),
    ['snapshot-create-as', `--domain=${id}`, '--name=s', '--description=d', '--disk-only', '--atomic', '--quiesce'],
    'change',
  ],
  [snapshot.revertSnapshot(id, 's'), ['snapshot-revert', `--domain=${id}`, '--snapshotname=s'], 'change'],
  [
    snapshot.revertSnapshot(id, 's', { isForced: true }),
    ['snapshot-revert', `--domain=${id}`, '--snapshotname=s', '--force'],
    'change',
  ],
  [snapshot.deleteSnapshot(id, 's'), ['snapshot-delete', `--domain=${id}`, '--snapshotname=s'], 'change'],
  [snapshot.listCheckpoints(id), ['checkpoint-list', `--domain=${id}`, '--name'], 'read'],
  [domain.stateReason(id), ['domstate', `--domain=${id}`, '--reason'], 'read'],
  [domain.info(id), ['dominfo', `--domain=${id}`], 'read'],
  [domain.listBlockDevices(id), ['domblklist', `--domain=${id}`, '--details'], 'read'],
  [
    domain.listBlockDevices(id, { inactive: true }),
    ['domblklist', `--domain=${id}`, '--details', '--inactive'],
    'read',
  ],
  [domain.uuidOf('-x'), ['domuuid', '--domain=-x'], 'read'],
  [storage.listPools(), ['pool-list', '--name'], 'read'],
  [storage.dumpPool('-p'), ['pool-dumpxml', '--pool=-p'], 'read'],
  [storage.listVolumes('p'), ['vol-list', '--pool=p'], 'read'],
  [storage.refreshPool('p'), ['pool-refresh', '--pool=p'], 'read'],
  [storage.createDirectoryPool('p', '/d'), ['pool-create'], 'change'],
  [storage.destroyPool('-p'), ['pool-destroy', '--pool=-p'], 'change'],
  [storage.poolOfPath('/a b'), ['vol-pool', '--vol=/a b'], 'read'],
  [storage.volumePath('p', 'v'), ['vol-path', '--vol=v', '--pool=p'], 'read'],
  [storage.dumpVolumeAt('/v'), ['vol-dumpxml', '--vol=/v'], 'read'],
  [storage.dumpVolume('p', 'v'), ['vol-dumpxml', '--vol=v', '--pool=p'], 'read'],
  [storage.cloneVolume('p', 'v', 'w'), ['vol-clone', '--vol=v', '--newname=w', '--pool=p'], 'transfer'],
  [storage.deleteVolume('p', 'v'), ['vol-delete', '--vol=v', '--pool=p'], 'change'],
  [storage.createVolume('p', 'v', 1024, 'qcow2'), ['vol-create', '--pool=p'], 'change'],
  [host.listNetworkDevices(), ['nodedev-list', '--cap=net'], 'read'],
  [host.listSecrets(), ['secret-list'], 'read'],
  [
    compareCpu('<cpu/>', { virtType: 'kvm', emulator: '/q', arch: 'x86_64', machine: 'q35' }),
    ['hypervisor-cpu-compare', '--error', '--virttype=kvm', '--emulator=/q', '--arch=x86_64', '--machine=q35'],
    'read',
  ],
  [baselineCpu('', { arch: 'x86_64' }), ['hypervisor-cpu-baseline', '--migratable', '--arch=x86_64'], 'read'],
  [host.version(), ['version'], 'read'],
  [host.capabilities(), ['capabilities'], 'read'],
  [host.domainCapabilities(), ['domcapabilities'], 'read'],
  [
    host.domainCapabilities({ virtType: 'kvm', emulator: '/q', arch: 'x86_64', machine: 'q35' }),
    ['domcapabilities', '--virttype=kvm', '--emulatorbin=/q', '--arch=x86_64', '--machine=q35'],
    'read',
  ],
];

describe('virsh commands', () => {
  for (const [command, args, lane] of commands) {
    it(args.join(' '), () => {
      assert.deepEqual(command.args, args);
      assert.equal(command.lane, lane);
      assert.ok(command.timeoutMilliseconds > 0);
      assert.equal(
        isLooking(args),
        lane === 'read',
        'what changes something goes into the audit log, and nothing else',
      );
    });
  }

  it('hands a definition over as a document, never as an argument', () => {
    assert.deepEqual(domain.define('<domain/>').document, { option: '--file', text: '<domain/>' });
  });

  it('keeps a hostile name in one argument', () => {
    for (const name of ['; rm -rf /', '-rf', '--all', `'"\n$(id)`, ''])
      assert.equal(domain.start(name).args[1], `--domain=${name}`);
  });
});
