/** What tells a clone from its source: read from the two definitions. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type IdentityRow, planClone } from '../../../virsh/src/index.ts';
import { value } from '../../support/bed/results.ts';

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
const xml = `<domain type='kvm'>
  <name>web</name>
  <uuid>${uuid}</uuid>
  <genid>43dc0cf8-809b-4adb-9bea-a9abb5f3d90e</genid>
  <metadata><nova:instance xmlns:nova='urn:n'/></metadata>
  <sysinfo type='smbios'>
    <system>
      <entry name='uuid'>${uuid}</entry>
      <entry name='serial'>ds=nocloud;s=http://seed/;i=i-0815</entry>
    </system>
    <chassis><entry name='serial'>C1</entry></chassis>
  </sysinfo>
  <devices>
    <disk type='file' device='disk'>
      <source file='/img/web.raw'/><target dev='vda'/><serial>S1</serial><wwn>5000c50015ea71aa</wwn><shareable/>
    </disk>
    <disk type='file' device='cdrom'><source file='/img/web-seed.iso'/><target dev='sda'/></disk>
    <disk type='file' device='cdrom'><target dev='sdb'/></disk>
    <interface type='network'><mac address='52:54:00:11:22:33'/><target dev='tap-one'/></interface>
    <interface type='network'><mac address='52:54:00:11:22:34'/><target dev='tap-two'/></interface>
    <serial type='unix'><source mode='bind' path='/run/web.sock'/></serial>
    <channel type='tcp'><source mode='bind' host='::' service='4555'/></channel>
    <graphics type='vnc' port='5907'/>
    <graphics type='spice' port='-1' autoport='yes'/>
    <tpm model='tpm-crb'><backend type='emulator'/></tpm>
    <hostdev mode='subsystem' type='mdev'><source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>
    <filesystem><source dir='/srv/share'/><target dir='share'/></filesystem>
    <vsock><cid auto='no' address='7'/></vsock>
  </devices>
</domain>
`;

const plan = value(
  planClone(
    {
      name: 'web',
      uuid,
      state: 'shut-off',
      hasManagedSave: false,
      xml,
      taken: { names: new Set(['web']), uuids: new Set(), macs: new Set() },
      pools: new Map(),
      volumes: new Map(),
      unreachable: new Map(),
      takenVolumes: new Map(),
      temporaryPools: [],
    },
    'copy',
  ),
);
const ofFate = (fate: IdentityRow['fate']): string[] =>
  plan.identity.filter((row) => row.fate === fate).map(({ what }) => what);

describe('the table of identities', () => {
  it('says what is new', () => {
    assert.deepEqual(ofFate('new'), [
      'name',
      'UUID',
      'generation ID',
      'SMBIOS UUID',
      'MAC address',
      'MAC address',
      'interface’s name on the host',
      'interface’s name on the host',
      'vsock address',
      'screen’s port',
      'path of a serial',
      'TPM',
    ]);
  });

  it('says what is kept', () => {
    assert.deepEqual(ofFate('kept'), [
      'SMBIOS serial (system)',
      'SMBIOS serial (chassis)',
      'disk serial',
      'disk wwn',
      'metadata',
      'cloud-init instance id',
      'cloud-init instance id',
    ]);
    const ids = plan.identity.filter(({ what }) => what === 'cloud-init instance id').map(({ from }) => from);
    assert.deepEqual(ids, ['i-0815', 'as in /img/web-seed.iso']);
  });

  it('says what both use', () => {
    assert.deepEqual(ofFate('shared'), [
      'port of a channel',
      'device of the host',
      'directory of the host',
      'data of disk vda',
      'data of disk sda',
    ]);
    const device = plan.identity.find(({ what }) => what === 'device of the host');
    assert.equal(device?.from, 'mdev uuid=c2177883-f1bb-47f0-914d-32a22e3a8804');
  });

  it('has both values as they stand in the definitions', () => {
    for (const { what, from, to, fate, why } of plan.identity) {
      assert.ok(why !== '', what);
      assert.equal(from === to, fate !== 'new', what);
      if (fate === 'new' && to !== undefined) assert.ok(plan.xml.includes(to) && !xml.includes(to), what);
    }
  });
});
