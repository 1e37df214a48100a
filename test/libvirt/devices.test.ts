/** Devices of a running guest and of its definition, on a real libvirtd: what is told is what is there afterwards. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import {
  createRunner,
  type DeviceAction,
  type DeviceScope,
  domain,
  forceOff,
  type Runner,
  runDeviceChange,
} from '../../virsh/src/index.ts';
import { LibvirtDaemon } from '../support/bed/libvirtDaemon.ts';
import { daemonPrograms, requirements } from '../support/bed/requirements.ts';
import { failed, value } from '../support/bed/results.ts';
import { tinyDomain } from '../support/bed/tinyGuest.ts';

describe('devices', { skip: requirements(...daemonPrograms) }, () => {
  let bed: LibvirtDaemon;
  let runner: Runner;
  let uuid = '';
  before(async () => {
    bed = await LibvirtDaemon.start();
    runner = createRunner({ kind: 'uri', name: 'bed', uri: bed.uri });
    const devices = `
      <disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>
      <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>`;
    value(await runner.run(domain.define(tinyDomain({ name: 'guest', disk: bed.makeImage('guest.qcow2'), devices }))));
    uuid = value(await runner.run(domain.uuidOf('guest')));
  });
  after(() => bed.stop());

  const change = (action: DeviceAction, scope: DeviceScope, xml: string) =>
    runDeviceChange(runner, { action, uuid, xml, scope }, { patienceMilliseconds: 600 });
  const told = async (action: DeviceAction, scope: DeviceScope, xml: string): Promise<readonly string[]> =>
    value(await change(action, scope, xml)).map(({ place, isDone }) => `${place} ${isDone}`);
  const dump = async (inactive: boolean) => value(await runner.run(domain.dumpXml(uuid, { inactive })));
  const disk = (file: string, target: string): string =>
    `<disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${file}'/><target dev='${target}' bus='virtio'/></disk>`;

  it('are changed in the definition of a guest that is off', async () => {
    const extra = disk(bed.makeImage('extra.qcow2'), 'vdb');
    assert.deepEqual(await told('attach', 'config', extra), ['config true']);
    assert.match(await dump(true), /extra\.qcow2/);
    assert.ok(failed(await change('attach', 'config', extra)).message);
    assert.deepEqual(await told('detach', 'config', extra), ['config true']);
    assert.doesNotMatch(await dump(true), /extra\.qcow2/);
    assert.ok(failed(await change('detach', 'config', extra)).message);
    assert.ok(failed(await change('attach', 'live', extra)).message);
  });

  it('that have no name of their own are found by what they say', async () => {
    const rng = "<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>";
    assert.deepEqual(await told('attach', 'config', rng), ['config true']);
    assert.deepEqual(await told('detach', 'config', rng), ['config true']);
    const card = "<interface type='user'><model type='virtio'/></interface>";
    assert.deepEqual(await told('attach', 'config', card), ['config true']);
  });

  it('are plugged into a running guest, and only there where that was asked', async () => {
    value(await runner.run(domain.start(uuid)));
    const [here, both] = [disk(bed.makeImage('here.qcow2'), 'vdc'), disk(bed.makeImage('both.qcow2'), 'vdd')];
    assert.deepEqual(await told('attach', 'live', here), ['live true']);
    assert.doesNotMatch(await dump(true), /here\.qcow2/);
    assert.deepEqual(await told('attach', 'both', both), ['live true', 'config true']);
    assert.match(await dump(true), /both\.qcow2/);
  });

  it('are still there when the guest does not let them go, whatever libvirt says', async () => {
    const both = disk(`${bed.images}/both.qcow2`, 'vdd');
    assert.deepEqual(await told('detach', 'both', both), ['live false', 'config true']);
    assert.match(await dump(false), /both\.qcow2/);
    assert.doesNotMatch(await dump(true), /both\.qcow2/);
  });

  it('are changed in a running guest: a medium, a cable', async () => {
    const medium = bed.makeImage('medium.raw', 'raw');
    const cdrom = `<disk type='file' device='cdrom'><driver name='qemu' type='raw'/><source file='${medium}'/><target dev='hda' bus='ide'/><readonly/></disk>`;
    assert.deepEqual(await told('update', 'live', cdrom), ['live true']);
    assert.match(await dump(false), /medium\.raw/);
    assert.doesNotMatch(await dump(true), /medium\.raw/);
    const cable =
      "<interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/><link state='down'/></interface>";
    assert.deepEqual(await told('update', 'config', cable), ['config true']);
    assert.match(await dump(true), /<link state='down'\/>/);
    value(await forceOff(runner, uuid));
  });
});
