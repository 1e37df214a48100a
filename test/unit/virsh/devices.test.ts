/** Devices: the one under the cursor, and whether a domain has one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deviceAt } from '../../../virsh/src/devices/deviceAt.ts';
import { deviceOwner } from '../../../virsh/src/devices/deviceOwner.ts';
import { countDevice, missingOf } from '../../../virsh/src/devices/presence.ts';
import { atMark } from '../../support/cursor.ts';

const domain = (devices: string): string =>
  `<domain type='kvm'><name>web</name><uuid>u</uuid><devices><emulator>/q</emulator>${devices}</devices></domain>`;

describe('the device under the cursor', () => {
  const at = (marked: string) => {
    const { text, offset } = atMark(marked);
    return deviceAt(text, offset);
  };

  it('is the whole device, wherever in it the cursor stands', () => {
    const disk = "<disk type='file'><target dev='vda'/></disk>";
    for (const marked of [
      disk.replace('<disk', '|<disk'),
      disk.replace("dev='vda'", "dev='v|da'"),
      disk.replace('</disk>', '</disk>|'),
    ]) {
      assert.deepEqual(at(domain(`<video/>${marked}`)), {
        element: 'disk',
        xml: disk,
        domain: { name: 'web', uuid: 'u' },
      });
    }
  });

  it('is none elsewhere, and none while it is not whole', () => {
    assert.equal(at(domain('').replace('web', 'w|eb')), undefined);
    assert.equal(at(domain('').replace('/q', '/|q')), undefined);
    assert.equal(at(domain("<disk type='file'><target| </disk>")), undefined);
    assert.equal(at('<network><devices><disk|/></devices></network>'), undefined);
    assert.equal(at('|'), undefined);
  });
});

describe('the VM that a device belongs to', () => {
  const alpha = { name: 'alpha', uuid: 'aaaaaaaa-0000-4000-8000-000000000001' };
  const beta = { name: 'beta', uuid: 'bbbbbbbb-0000-4000-8000-000000000002' };
  const owner = (said: { name: string; uuid: string }, document?: Parameters<typeof deviceOwner>[2]) =>
    deviceOwner([alpha, beta], said, document)?.name;

  it('is the one that a file names now, not the one that was defined from it', () => {
    const wasAlpha = { bound: alpha.uuid };
    assert.equal(owner(beta, wasAlpha), 'beta');
    assert.equal(owner({ ...beta, uuid: '' }, wasAlpha), 'beta');
    assert.equal(owner({ ...beta, uuid: beta.uuid.toUpperCase().replaceAll('-', '') }, wasAlpha), 'beta');
    assert.equal(owner({ name: 'alpha', uuid: beta.uuid }, wasAlpha), 'beta', 'the UUID counts more than the name');
  });

  it('is the one that was defined from a file where its text names none', () => {
    assert.equal(owner({ name: '', uuid: '' }, { bound: beta.uuid }), 'beta');
    assert.equal(owner({ name: 'gamma', uuid: '' }, { bound: beta.uuid }), undefined);
    assert.equal(owner({ name: '', uuid: '' }), undefined);
  });

  it('is the one whose own document it is', () => {
    assert.equal(owner(beta, { own: alpha.uuid }), 'alpha');
    assert.equal(owner(beta, { own: 'cccccccc-0000-4000-8000-000000000003' }), 'beta', 'that one is gone');
  });
});

describe('whether a domain has a device', () => {
  const stored = domain(`
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='/a'/><target dev='vda' bus='virtio'/>
      <alias name='virtio-disk0'/><address type='pci' slot='0x04'/></disk>
    <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
    <interface type='user'><mac address='52:54:00:00:00:02'/><model type='virtio'/></interface>
    <rng model='virtio'><backend model='random'>/dev/urandom</backend><alias name='rng0'/></rng>`);

  it('tells devices apart by what identifies them', () => {
    assert.equal(countDevice(stored, "<disk type='block'><target dev='vda'/></disk>"), 1);
    assert.equal(countDevice(stored, "<disk type='file'><source file='/a'/><target dev='vdb'/></disk>"), 0);
    assert.equal(countDevice(stored, "<interface type='user'><mac address='52:54:00:00:00:02'/></interface>"), 1);
  });

  it('counts those that say as much where nothing identifies them', () => {
    assert.equal(countDevice(stored, "<interface type='user'><model type='virtio'/></interface>"), 2);
    assert.equal(countDevice(stored, "<interface type='user'><model type='e1000'/></interface>"), 0);
    assert.equal(countDevice(stored, "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>"), 1);
    assert.equal(countDevice(stored, "<rng model='virtio'><backend model='random'>/dev/random</backend></rng>"), 0);
    assert.equal(countDevice(stored, ''), 0);
    assert.equal(countDevice('<domain/>', '<rng/>'), 0);
  });

  it('says what of it is missing', () => {
    assert.deepEqual(missingOf(stored, "<disk type='file'><source file='/a'/><target dev='vda'/></disk>"), []);
    const other = missingOf(stored, "<disk type='file'><source file='/b'/><target dev='vda'/></disk>");
    assert.deepEqual(other, ['libvirt made /a of /b (file).']);
    assert.equal(missingOf(stored, "<disk><target dev='vdz'/></disk>"), undefined);
  });
});
