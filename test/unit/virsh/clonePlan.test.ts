/** The plan of a clone, from a recorded definition; no host is asked. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { copyName, freeName, freshMac, renamedPath, splitEnding } from '../../../virsh/src/clone/names.ts';
import type { PooledVolume } from '../../../virsh/src/clone/types.ts';
import { type CloneOrder, type CloneSource, copiesOf, parseDomain, planClone } from '../../../virsh/src/index.ts';
import { failed, value } from '../../support/bed/results.ts';
import { recording } from './recording.ts';

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
const newUuid = '99999999-9999-4999-8999-999999999999';

const identities = () => {
  let macs = 0;
  return { uuid: () => newUuid, macTail: () => `00:00:${String(macs++).padStart(2, '0')}` };
};

const volume = (name: string, format = 'qcow2'): PooledVolume => ({
  pool: 'images',
  volume: {
    name,
    type: 'file',
    path: `/srv/images/${name}`,
    format,
    capacity: 100,
    allocation: 40,
    physical: 60,
    modified: undefined,
    backingPath: undefined,
  },
});

const web = (changes: Partial<CloneSource> = {}): CloneSource => ({
  name: 'web',
  uuid,
  state: 'shut-off',
  hasManagedSave: false,
  xml: recording('web.xml'),
  taken: { names: new Set(['web', 'mail']), uuids: new Set([uuid]), macs: new Set(['52:54:00:00:00:00']) },
  pools: new Map(),
  volumes: new Map([
    ['/srv/images/web.qcow2', volume('web.qcow2')],
    ['images/data.qcow2', volume('data.qcow2')],
    ['/srv/images/web_VARS.fd', volume('web_VARS.fd', 'raw')],
  ]),
  unreachable: new Map(),
  takenVolumes: new Map([['images', new Set(['web.qcow2', 'data.qcow2', 'data-clone.qcow2', 'web_VARS.fd'])]]),
  temporaryPools: [],
  ...changes,
});

const plan = (source: CloneSource, name = 'web2', order: CloneOrder = {}) =>
  planClone(source, name, { ...order, identities: identities() });
/** A source whose devices are these, with no disks that need copying. */
const withDevices = (devices: string, head = '') =>
  web({
    xml: `<domain type='kvm'>\n  <name>web</name>\n  <uuid>${uuid}</uuid>\n${head}  <devices>\n${devices}\n  </devices>\n</domain>\n`,
  });
const refusals = (devices: string, head?: string) =>
  failed<readonly string[]>(plan(withDevices(devices, head))).join('\n');

describe('the plan of a clone', () => {
  it('changes what has to be the clone’s own and leaves every other line as it was', () => {
    const source = web();
    const { xml } = value(plan(source));
    const lines = { before: source.xml.split('\n'), after: xml.split('\n') };
    assert.deepEqual(
      lines.after.filter((line) => !lines.before.includes(line)).map((line) => line.trim()),
      [
        '<name>web2</name>',
        `<uuid>${newUuid}</uuid>`,
        `<genid>${newUuid}</genid>`,
        `<entry name='uuid'>${newUuid}</entry>`,
        "<nvram template='/srv/images/code.fd'>/srv/images/web2_VARS.fd</nvram>",
        "<source file='/srv/images/web2.qcow2'/>",
        "<source pool='images' volume='data-clone-1.qcow2'/>",
        "<mac address='52:54:00:00:00:01'/>",
        "<mac address='52:54:00:00:00:02'/>",
        "<source mode='bind' path='/srv/images/web2.serial'/>",
        "<source mode='bind' path='/srv/images/web2.serial'/>",
        "<source mode='bind' path='/srv/images/agent-web2.sock'/>",
        "<graphics type='vnc' port='-1' autoport='yes' websocket='-1' passwd='secret7'>",
        "<cid auto='yes' address='7'/>",
      ],
    );
    assert.deepEqual(
      lines.before.filter((line) => /title|tap-web/.test(line)).length,
      2,
      'the recording has a title and a device name, which are removed',
    );
    assert.doesNotMatch(xml, /title|tap-web/);
    assert.equal(parseDomain(xml).name, 'web2');
  });

  it('says what becomes of each disk, of the addresses and of the UEFI variables', () => {
    const { disks, macs, nvram, changes, warnings } = value(plan(web()));
    assert.deepEqual(
      disks.map((disk) => [disk.target, disk.action, disk.action === 'copy' ? disk.copy.toPath : '']),
      [
        ['vda', 'copy', '/srv/images/web2.qcow2'],
        ['vdb', 'copy', '/srv/images/data-clone-1.qcow2'],
        ['hda', 'share', ''],
        ['hdb', 'empty', ''],
      ],
    );
    assert.deepEqual(macs[0], { from: '52:54:00:11:22:33', to: '52:54:00:00:00:01' });
    assert.equal(nvram?.action === 'copy' && nvram.copy.to, 'web2_VARS.fd');
    assert.deepEqual(
      copiesOf({ disks, nvram }).map(({ from, to }) => `${from} ${to}`),
      ['web.qcow2 web2.qcow2', 'data.qcow2 data-clone-1.qcow2', 'web_VARS.fd web2_VARS.fd'],
    );
    assert.deepEqual(warnings, []);
    assert.match(
      changes.join('\n'),
      /The title “The web & more” is removed\.[\s\S]*port 5901 becomes an automatic one/,
    );
  });

  it('lets libvirt make fresh UEFI variables where no pool has them', () => {
    const { volumes } = web();
    const outside = new Map([...volumes].filter(([key]) => !key.endsWith('.fd')));
    const made = value(plan(web({ volumes: outside })));
    assert.deepEqual(made.nvram, { action: 'fresh', was: '/srv/images/web_VARS.fd' });
    assert.match(made.xml, /<nvram template='\/srv\/images\/code\.fd'><\/nvram>/);
    assert.match(made.warnings.join(), /fresh ones/);
    const bare = value(
      plan(withDevices('', '  <os>\n    <type>hvm</type>\n    <nvram>/x/web_VARS.fd</nvram>\n  </os>\n')),
    );
    assert.doesNotMatch(bare.xml, /nvram/);
  });

  it('names the temporary pools that its copies need, and no other', () => {
    const images = { name: 'virtlint-clone-1', directory: '/srv/images' };
    const isos = { name: 'virtlint-clone-2', directory: '/srv/isos' };
    const { volumes, takenVolumes } = web();
    const moved = new Map([...volumes].map(([key, found]) => [key, { ...found, pool: images.name }]));
    const source = web({
      volumes: moved,
      takenVolumes: new Map([...takenVolumes.values()].map((names) => [images.name, names])),
      temporaryPools: [images, isos],
    });
    const made = value(plan(source));
    assert.deepEqual(made.temporaryPools, [{ ...images, on: 'source' }]);
    assert.deepEqual(
      copiesOf(made).map(({ pool, toPath }) => [pool, toPath]),
      [
        [images.name, '/srv/images/web2.qcow2'],
        [images.name, '/srv/images/data-clone-1.qcow2'],
        [images.name, '/srv/images/web2_VARS.fd'],
      ],
    );
    assert.equal(made.changes.filter((sentence) => sentence.includes('/srv/images is in no storage pool')).length, 1);
    const inPool = value(plan(web()));
    assert.deepEqual(inPool.temporaryPools, []);
    assert.doesNotMatch(inPool.changes.join(), /temporary/);
  });

  it('says why a file cannot be reached: a refusal for a disk, a warning for UEFI variables', () => {
    const { volumes } = web();
    const without = (ending: string) => new Map([...volumes].filter(([key]) => !key.endsWith(ending)));
    const disk = web({ volumes: without('web.qcow2'), unreachable: new Map([['/srv/images/web.qcow2', 'is away.']]) });
    assert.deepEqual(failed<readonly string[]>(plan(disk)), ['Disk vda (/srv/images/web.qcow2) is away.']);
    const nvram = web({ volumes: without('.fd'), unreachable: new Map([['/srv/images/web_VARS.fd', 'is away.']]) });
    assert.match(value(plan(nvram)).warnings.join(), /\(\/srv\/images\/web_VARS\.fd\) is away\. The clone starts/);
  });

  it('refuses names that libvirt does not take or that are taken', () => {
    for (const name of ['', '  ', 'a/b', 'a\nb', 'a\0b', 'mail', 'web'])
      assert.equal(plan(web(), name).ok, false, JSON.stringify(name));
    assert.equal(parseDomain(value(plan(web(), `<&>"'☃`)).xml).name, `<&>"'☃`);
  });

  it('refuses every state but off', () => {
    for (const state of ['running', 'paused', 'blocked', 'suspended', 'shutting-down', 'unknown'] as const) {
      assert.match(failed<readonly string[]>(plan(web({ state }))).join(), /not shut off/);
    }
    assert.ok(plan(web({ state: 'crashed' })).ok);
  });

  it('refuses disks that libvirt cannot copy, each with its reason', () => {
    const disk = (type: string, source: string, more = '', device = 'disk') =>
      `<disk type='${type}' device='${device}'>${source}<target dev='vda'/>${more}</disk>`;
    assert.match(
      refusals(disk('network', "<source protocol='rbd' name='p/i'/>")),
      /vda \(p\/i\) is on the network \(rbd\)/,
    );
    assert.match(refusals(disk('file', "<source file='/a'/>")), /vda \(\/a\) lies in no active storage pool/);
    assert.match(refusals(disk('block', "<source dev='/dev/sdb'/>")), /vda \(\/dev\/sdb\) is a device of the host/);
    assert.match(refusals(disk('block', "<source dev='/dev/sdb'/>", '', 'lun')), /whole SCSI device/);
    assert.match(refusals(disk('nvme', "<source type='pci' namespace='1'/>")), /of the type nvme/);
    assert.match(
      refusals(disk('volume', "<source pool='off' volume='v'/>")),
      /vda \(off\/v\) lies in no active storage pool/,
    );
    const two = disk('file', "<source file='/a'/>") + disk('file', "<source file='/b'/>");
    assert.equal(failed<readonly string[]>(plan(withDevices(two))).length, 2, 'all reasons at once');
    assert.match(refusals("<memory model='nvdimm'><source><path>/n</path></source></memory>"), /memory device/);
    const shared = ['<readonly/>', '<shareable/>'].map((mark) =>
      disk('network', "<source protocol='rbd' name='p/i'/>", mark),
    );
    for (const xml of shared) assert.ok(plan(withDevices(xml)).ok);
  });

  it('refuses a raw disk that looks like another format, which its guest may have written', () => {
    const disk = (format: string) =>
      withDevices(
        `<disk type='file'><driver name='qemu' type='${format}'/><source file='/srv/images/web.qcow2'/><target dev='vda'/></disk>`,
      );
    assert.match(
      failed<readonly string[]>(plan(disk('raw'))).join(),
      /is used as raw, but its content looks like qcow2/,
    );
    assert.ok(plan(disk('qcow2')).ok);
    const raw = new Map([['/srv/images/web.qcow2', volume('web.qcow2', 'raw')]]);
    assert.ok(plan({ ...disk('raw'), volumes: raw }).ok);
  });

  it('drops the backing chain from the definition of a copy, which stands alone', () => {
    const chain = "<backingStore type='file'>\n<format type='raw'/><source file='/base'/></backingStore>";
    const made = value(
      plan(withDevices(`<disk type='file'><source file='/srv/images/web.qcow2'/>${chain}<target dev='vda'/></disk>`)),
    );
    assert.match(made.xml, /<source file='\/srv\/images\/web2\.qcow2'\/><target dev='vda'\/>/);
  });

  it('warns of what two VMs cannot use at the same time', () => {
    const { warnings } = value(
      plan(
        withDevices(`<hostdev mode='subsystem' type='pci'/>
<interface type='hostdev'/><interface type='ethernet'><target dev='tap7' managed='no'/></interface>
<serial type='tcp'><source mode='bind' host='0' service='4555'/></serial><serial type='dev'><source path='/dev/ttyS0'/></serial>
<channel type='unix'><source mode='connect' path='/run/x'/></channel><tpm><backend type='emulator'/></tpm>
<shmem name='shared'/>`),
      ),
    );
    assert.equal(warnings.length, 8);
    assert.match(
      warnings.join('\n'),
      /TPM[\s\S]*passed through[\s\S]*tap7[\s\S]*4555[\s\S]*ttyS0[\s\S]*\/run\/x[\s\S]*shared memory/,
    );
  });

  it('adds a UUID to a definition without one, and works on one line', () => {
    const made = value(
      planClone(web({ xml: '<domain type="kvm"><name>web</name><title>t</title></domain>' }), 'w', {
        identities: identities(),
      }),
    );
    assert.equal(made.xml, `<domain type="kvm"><name>w</name><uuid>${newUuid}</uuid></domain>`);
  });
});

describe('names of copies', () => {
  it('follow virt-clone', () => {
    const none = new Set<string>();
    assert.equal(copyName('web.qcow2', 'web', 'web2', none), 'web2.qcow2');
    assert.equal(copyName('data.img', 'web', 'web2', none), 'data-clone.img');
    assert.equal(
      copyName('data.img', 'web', 'web2', new Set(['data-clone.img', 'data-clone-1.img'])),
      'data-clone-2.img',
    );
    assert.equal(copyName('disk.of-the-web', 'web', 'web2', none), 'disk.of-the-web-clone');
    assert.deepEqual(splitEnding('.hidden'), ['.hidden', '']);
    assert.equal(freeName('a', '', new Set(['a'])), 'a-1');
  });

  it('of sockets and files contain the new VM’s name', () => {
    assert.equal(renamedPath('/run/web.sock', 'web', 'web2'), '/run/web2.sock');
    assert.equal(renamedPath('/run/web/agent.sock', 'web', 'web2'), '/run/web2/agent.sock');
    assert.equal(renamedPath('/run/agent.sock', 'web', 'web2'), '/run/agent-web2.sock');
    assert.equal(renamedPath('/run/$&.sock', '$&', "$'"), "/run/$'.sock");
  });

  it('draws MAC addresses until one is free', () => {
    let draws = 0;
    const tails = { uuid: () => '', macTail: () => `00:00:0${draws++}` };
    assert.equal(freshMac(new Set(['52:54:00:00:00:00', '52:54:00:00:00:01']), tails), '52:54:00:00:00:02');
  });
});
