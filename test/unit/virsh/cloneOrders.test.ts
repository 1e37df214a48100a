/** Linked clones, definitions alone, and addresses that other hosts have: what the planner makes of them. No host is asked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type CloneOrder, type CloneSource, planClone } from '../../../virsh/src/index.ts';
import { failed, value } from '../../support/bed/results.ts';

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
const pool = { name: 'images', type: 'dir', path: '/img', available: 1000 };

/** A VM with one disk in a pool, of a type and format. */
function sourceWith(format: string, { disk = '', allocation = 40, type = 'file' } = {}): CloneSource {
  const path = '/img/web.raw';
  const volume = {
    name: 'web.raw',
    type,
    path,
    format,
    capacity: 100,
    allocation,
    physical: 100,
    modified: undefined,
    backingPath: undefined,
  };
  return {
    name: 'web',
    uuid,
    state: 'shut-off',
    hasManagedSave: false,
    xml: `<domain type='kvm'><name>web</name><uuid>${uuid}</uuid><devices>
<disk type='file'><driver name='qemu' type='${format}' cache='none'/><source file='${path}'/>${disk}<target dev='vda'/></disk>
<disk type='network'><source protocol='rbd' name='p/i'/><target dev='vdb'/><serial>S2</serial><shareable/></disk>
<interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/>
<virtualport type='openvswitch'><parameters interfaceid='${uuid}'/></virtualport></interface>
</devices></domain>`,
    taken: { names: new Set(['web']), uuids: new Set([uuid]), macs: new Set(['52:54:00:00:00:01']) },
    volumes: new Map([[path, { pool: 'images', volume }]]),
    unreachable: new Map(),
    pools: new Map([['images', pool]]),
    takenVolumes: new Map([['images', new Set(['web.raw'])]]),
    temporaryPools: [],
  };
}
const refusals = (source: CloneSource, order: CloneOrder): string =>
  failed<readonly string[]>(planClone(source, 'copy', order)).join('\n');

describe('the plan of a linked clone', () => {
  it('names an image over the source’s disk, as qcow2, and says the danger', () => {
    const plan = value(planClone(sourceWith('raw'), 'copy', { method: 'linked' }));
    const [disk] = plan.disks;
    assert.ok(disk?.action === 'copy');
    assert.deepEqual([disk.copy.way, disk.copy.toPath, disk.copy.bytes], ['link', '/img/copy.qcow2', 0]);
    assert.match(plan.xml, /<driver name='qemu' type='qcow2' cache='none'\/><source file='\/img\/copy\.qcow2'\/>/);
    assert.match(plan.warnings.join(), /web must never be started again/);
    assert.equal(plan.identity.find(({ what }) => what === 'data of disk vda')?.fate, 'shared');
  });

  it('is refused over what cannot be a base', () => {
    assert.match(refusals(sourceWith('raw', { type: 'block' }), { method: 'linked' }), /is no file/);
    assert.match(refusals(sourceWith('vmdk'), { method: 'linked' }), /has the format vmdk/);
    assert.match(refusals(sourceWith('qcow2', { disk: '<encryption/>' }), { method: 'linked' }), /is encrypted/);
    assert.match(refusals({ ...sourceWith('qcow2'), state: 'running' }, { method: 'linked' }), /not shut off/);
  });
});

describe('the plan of a definition alone', () => {
  it('names a file that is to come, and minds no guest that runs', () => {
    const plan = value(planClone({ ...sourceWith('raw'), state: 'running' }, 'copy', { method: 'definition' }));
    assert.deepEqual(plan.disks[0], { action: 'later', target: 'vda', source: '/img/web.raw', to: '/img/copy.raw' });
    assert.match(plan.warnings.join(), /\/img\/copy\.raw, which does not exist/);
  });

  it('leaves out a disk that has no place, and its identity with it', () => {
    const source = sourceWith('raw');
    const plan = value(
      planClone({ ...source, xml: source.xml.replace('<shareable/>', '') }, 'copy', { method: 'definition' }),
    );
    assert.equal(plan.disks[1]?.action, 'remove');
    assert.doesNotMatch(plan.xml, /rbd/);
    assert.ok(!plan.identity.some(({ what }) => what === 'disk serial'));
  });
});

describe('every plan', () => {
  it('takes no address and no UUID that a host has that was asked', () => {
    const other = { names: new Set<string>(), uuids: new Set(['u0']), macs: new Set(['52:54:00:00:00:00']) };
    let [uuids, macs] = [0, 0];
    const identities = { uuid: () => `u${uuids++}`, macTail: () => `00:00:0${macs++}` };
    const elsewhere = { asked: [{ host: 'rack', taken: other }], notAsked: [] };
    const plan = value(planClone(sourceWith('raw'), 'copy', { elsewhere, identities }));
    assert.deepEqual([plan.uuid, plan.macs.map(({ to }) => to)], ['u1', ['52:54:00:00:00:02']]);
  });

  it('lets libvirt choose the id of a port at a virtual switch', () => {
    const plan = value(planClone(sourceWith('raw'), 'copy'));
    assert.match(plan.xml, /<parameters\/>/);
    assert.equal(plan.identity.find(({ what }) => what === 'port id at the virtual switch')?.fate, 'new');
  });

  it('is refused where the pool has no room for the copies', () => {
    assert.match(
      refusals(sourceWith('raw', { allocation: 2000 }), {}),
      /need .* in the storage pool images, which has/,
    );
    assert.ok(planClone(sourceWith('raw', { allocation: 2000 }), 'copy', { method: 'linked' }).ok);
  });

  it('names the directory that has no room where its pool is one for the moment', () => {
    const source = {
      ...sourceWith('raw', { allocation: 2000 }),
      temporaryPools: [{ name: 'images', directory: '/img' }],
    };
    assert.match(refusals(source, {}), /The copies need .* in \/img, which has/);
  });
});
