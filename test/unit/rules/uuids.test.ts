/** However a UUID is written, what a host has by it is found. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { locateFailure } from '../../../virsh/src/failures/locate.ts';

const OWN = '6f1c0b6e-7a0e-4b43-9d3d-0f8c1f2d3a4c';
const SECRET = '2a3b0f0e-8d8e-4b59-9cdb-0f4d2f6a9b11';
const MDEV = '4b20d080-1b54-4048-85b3-a6a62d165c01';

const host: HostFacts = {
  libvirtHost: 1,
  name: 'lab',
  domains: [{ name: 'web', uuid: OWN, isActive: false }],
  secrets: [{ uuid: SECRET, usageType: 'ceph' }],
  mediatedDevices: [MDEV],
};

const guest = (own: string, secret: string, mdev: string, name = 'web') => `<domain type='kvm'>
  <name>${name}</name>
  <uuid>${own}</uuid>
  <memory unit='GiB'>2</memory>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <sysinfo type='smbios'><system><entry name='uuid'>${own}</entry></system></sysinfo>
  <devices>
    <disk type='network' device='disk'>
      <auth username='admin'><secret type='ceph' uuid='${secret}'/></auth>
      <source protocol='rbd' name='p/i'><host name='h'/></source>
      <target dev='vda' bus='virtio'/>
    </disk>
    <hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='${mdev}'/></source></hostdev>
  </devices>
</domain>`;

const RULES = [
  'lifecycle/clone-identity',
  'storage/secret-not-found',
  'passthrough-vfio/host-device-missing',
  'firmware-boot/smbios-values',
];

const told = (text: string) =>
  checkText(text, undefined, [host]).flatMap(({ rule }) => (RULES.includes(rule) ? [rule] : []));

const ways: Readonly<Record<string, (uuid: string) => string>> = {
  'as libvirt writes it': (uuid) => uuid,
  'without dashes': (uuid) => uuid.replaceAll('-', ''),
  'in capitals': (uuid) => uuid.toUpperCase(),
  'with a blank for a dash': (uuid) => uuid.replace('-', ' '),
};

describe('a UUID', () => {
  for (const [way, write] of Object.entries(ways))
    test(way, () => {
      assert.deepEqual(told(guest(write(OWN), write(SECRET), write(MDEV))), []);
      // It is this one that is taken, not merely any.
      assert.deepEqual(told(guest(write(OWN), write(SECRET), write(MDEV), 'copy')), ['lifecycle/clone-identity']);
      const text = guest(write(OWN), write(SECRET), write(MDEV));
      assert.equal(locateFailure(text, { at: ['//secret@uuid'], value: SECRET }).length, 1);
    });

  test('of another', () => {
    const other = '00000000-0000-4000-8000-000000000001';
    assert.deepEqual(told(guest(other, other, other)).toSorted(), [...RULES.slice(0, 3)].toSorted());
  });
});
