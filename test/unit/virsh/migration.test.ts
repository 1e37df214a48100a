/** What stands in the way of a live migration, from what two hosts really said. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareCpu } from '../../../virsh/src/commands/cpu.ts';
import { listSecrets } from '../../../virsh/src/commands/host.ts';
import {
  checkMigration,
  copiedDisksOf,
  type MigrationFacts,
  needsSourceForTpm,
  type Weight,
} from '../../../virsh/src/index.ts';
import { readCapacity } from '../../../virsh/src/migration/capacity.ts';
import { readAbilities } from '../../../virsh/src/migration/emulator.ts';
import { lacking } from '../../../virsh/src/migration/read.ts';
import { compareReleases } from '../../../virsh/src/migration/releases.ts';
import { recording } from './recording.ts';

/** Of `hypervisor-cpu-compare --error`, for a Skylake-Server with AVX-512. */
const refusedCpu = `error: Failed to compare hypervisor CPU with cpu.xml
error: the CPU is incompatible with host CPU: Host CPU does not provide required features: vme, pcid, avx512f, 3dnowprefetch
`;

const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';

function domainOf(inside: string, head = ''): string {
  return `<domain type='qemu'><name>web</name><uuid>${uuid}</uuid><memory unit='KiB'>524288</memory><vcpu>2</vcpu>
    <os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>${head}<devices>${inside}</devices></domain>`;
}

interface Changes {
  readonly facts?: Partial<MigrationFacts>;
  readonly target?: Partial<MigrationFacts['target']>;
}

function factsOf(xml: string, { facts, target }: Changes = {}): MigrationFacts {
  return {
    xml,
    isActive: true,
    isPersistent: true,
    snapshots: 0,
    source: { name: 'one', hostUuid: 'the uuid of one', hypervisorVersion: '7.2.9' },
    cpu: { kind: 'none' },
    paths: new Map(),
    ...facts,
    target: {
      name: 'two',
      hypervisorVersion: '7.2.9',
      capacity: readCapacity(recording('capabilities.xml')),
      emulator: readAbilities(recording('domcapabilities.xml')),
      domains: [],
      networks: { active: ['default'], inactive: ['lab'] },
      networkDevices: ['net_br0_52_54_00_12_34_56', 'net_br_two_52_54_00_12_34_57', 'net_lo_00_00_00_00_00_00'],
      pools: ['images'],
      secrets: [],
      ...target,
    },
  };
}

/** Subjects of the findings of a weight. */
function subjects(facts: MigrationFacts, weight: Weight): string[] {
  return checkMigration(facts)
    .filter((one) => one.weight === weight)
    .map(({ subject }) => subject);
}

const disk = (source: string, driver = "cache='none'", more = ''): string =>
  `<disk type='file' device='disk'><driver name='qemu' ${driver}/><source file='${source}'/><target dev='vda'/>${more}</disk>`;
const at = (sourcePool?: string, targetPool?: string) => new Map([['/img/a', { sourcePool, targetPool }]]);

describe('what hosts say of themselves', () => {
  it('capabilities', () => {
    const capacity = readCapacity(recording('capabilities.xml'));
    assert.match(capacity.uuid ?? '', /^[0-9a-f-]{36}$/);
    assert.deepEqual([...capacity.cpus], [0, 1]);
    assert.deepEqual([...capacity.nodes], [0]);
    assert.equal(capacity.memory, 12019924);
    assert.equal(capacity.hugePages.get(2048), 0);
  });

  it('domcapabilities', () => {
    const abilities = readAbilities(recording('domcapabilities.xml'));
    assert.equal(abilities.machine, 'pc-i440fx-7.2');
    assert.deepEqual(abilities.tpmBackends, ['passthrough']);
    assert.deepEqual(abilities.filesystemDrivers, ['path', 'handle', 'virtiofs']);
  });

  it('secret-list', () => {
    const secrets = listSecrets().parse(recording('secret-list.txt'));
    assert.deepEqual(
      secrets.toSorted((a, b) => a.uuid.localeCompare(b.uuid)),
      [
        { uuid: '0c27c73a-0000-4000-8000-000000000001', usageType: 'ceph', usage: 'client.lab one' },
        { uuid: '634fb11a-c1ad-40c6-a6e1-0e01cf9ee7b0' },
      ],
    );
  });

  it('hypervisor-cpu-compare', () => {
    assert.equal(
      compareCpu('').parse('CPU described in a is identical to the CPU provided by hypervisor on the host\n'),
      'identical',
    );
    assert.throws(() => compareCpu('').parse('\n'));
    assert.deepEqual(lacking({ stderr: refusedCpu }), {
      kind: 'lacks',
      features: ['vme', 'pcid', 'avx512f', '3dnowprefetch'],
    });
    assert.equal(lacking({ stderr: 'error: Disconnected\n' }), undefined);
  });

  it('releases', () => {
    assert.ok((compareReleases('7.2.9', '7.10.0') ?? 0) < 0);
    assert.equal(compareReleases('8.0', '8.0.0'), 0);
    assert.equal(compareReleases(undefined, '8.0.0'), undefined);
  });
});

describe('a migration check', () => {
  it('finds nothing against a VM that is made to move', () => {
    const interfaces = `<interface type='network'><source network='default'/></interface><interface type='bridge'><source bridge='br0'/></interface>
      <interface type='bridge'><source bridge='br-two'/></interface>`;
    const found = checkMigration(
      factsOf(domainOf(disk('/img/a') + interfaces), { facts: { paths: at('netfs', 'netfs') } }),
    );
    assert.deepEqual(
      found.filter(({ weight }) => weight !== 'fine'),
      [],
    );
    assert.equal(found.length, 7);
  });

  it('tells where the data of a disk are', () => {
    const weigh = (paths: MigrationFacts['paths'], inside = disk('/img/a')): string[] =>
      checkMigration(factsOf(domainOf(inside), { facts: { paths } }))
        .filter(({ subject }) => /^(disk|cdrom)/.test(subject))
        .map(({ weight }) => weight);
    assert.deepEqual(weigh(at('dir')), ['blocks']);
    assert.deepEqual(weigh(at('dir', 'dir')), ['endangers']);
    assert.deepEqual(weigh(at()), ['endangers']);
    assert.deepEqual(weigh(at('netfs', 'netfs')), ['fine']);
    assert.deepEqual(weigh(at('netfs', 'netfs'), disk('/img/a', "cache='writeback'")), ['endangers', 'fine']);
    assert.deepEqual(weigh(at('netfs', 'netfs'), disk('/img/a', "cache='writeback'", '<readonly/>')), ['fine']);
    const medium = "<disk type='file' device='cdrom'><source file='/img/a'/><target dev='sda'/><readonly/></disk>";
    assert.deepEqual(weigh(at('dir'), medium), ['endangers']);
    assert.deepEqual(weigh(at('dir', 'dir'), medium), ['fine']);
    assert.deepEqual(weigh(at(), "<disk type='file' device='cdrom'><target dev='sda'/><readonly/></disk>"), ['fine']);
    assert.deepEqual(weigh(at(), "<disk type='volume'><source pool='other' volume='a'/><target dev='vda'/></disk>"), [
      'blocks',
    ]);
    assert.deepEqual(weigh(at(), "<disk type='nvme'><source type='pci' namespace='1'/><target dev='vda'/></disk>"), [
      'blocks',
    ]);
  });

  it('weighs the disks that are copied along by the place that they will have', () => {
    const weigh = (targetPool?: string, targetDirectory?: string, inside = disk('/img/a', "cache='writeback'")) => {
      const paths = new Map([['/img/a', { sourcePool: 'dir', targetPool, targetDirectory }]]);
      const facts = factsOf(domainOf(inside), { facts: { paths, isCopying: true } });
      const found = checkMigration(facts).filter(({ subject }) => /^(disk|cdrom)/.test(subject));
      return [
        found.map(({ weight }) => weight).join(),
        copiedDisksOf(facts)
          .map(({ pool }) => pool)
          .join(),
      ];
    };
    assert.deepEqual(weigh(undefined, 'images'), ['fine', 'images']);
    assert.deepEqual(weigh('dir', 'images'), ['blocks', 'images'], 'it would be written over');
    assert.deepEqual(weigh(), ['blocks', '']);
    assert.deepEqual(weigh('netfs', 'images'), ['endangers,fine', ''], 'shared: not copied onto itself');
    const kept = ['<readonly/>', '<shareable/>'].map((mark) => disk('/img/a', "cache='none'", mark));
    const block = "<disk type='block' device='disk'><source dev='/img/a'/><target dev='vda'/></disk>";
    for (const inside of [...kept, block]) assert.equal(weigh(undefined, 'images', inside)[1], '', inside);
  });

  it('asks for the secrets of a disk', () => {
    const ceph = `<disk type='network'><auth username='a'><secret type='ceph' usage='client.lab one'/></auth><source protocol='rbd' name='p/a'/><target dev='vda'/></disk>`;
    assert.deepEqual(subjects(factsOf(domainOf(ceph)), 'blocks'), ['disk vda']);
    assert.deepEqual(subjects(factsOf(domainOf(ceph), { target: { secrets: ['client.lab one'] } }), 'blocks'), []);
    assert.deepEqual(subjects(factsOf(domainOf(ceph), { target: { secrets: undefined } }), 'unknown'), ['disk vda']);
  });

  it('misses networks, bridges and devices', () => {
    const plugs = [
      "type='network'><source network='lab'/>",
      "type='network'><source network='none'/>",
      "type='bridge'><source bridge='br1'/>",
      "type='direct'><source dev='eth7'/>",
      "type='vdpa'><source dev='/dev/vhost-vdpa-0'/>",
    ];
    const inside = plugs.map((plug, number) => `<interface ${plug}<mac address='${number}'/></interface>`).join('');
    assert.deepEqual(
      subjects(factsOf(domainOf(inside)), 'blocks'),
      plugs.map((_, number) => `interface ${number}`),
    );
    const silent = { networks: undefined, networkDevices: undefined };
    assert.equal(subjects(factsOf(domainOf(inside), { target: silent }), 'unknown').length, 4);
  });

  it('misses CPUs, nodes, huge pages and memory', () => {
    const head = `<cputune><vcpupin vcpu='0' cpuset='1-2'/></cputune><numatune><memory mode='strict' nodeset='1'/></numatune>
      <memoryBacking><hugepages><page size='2' unit='MiB'/></hugepages></memoryBacking>`;
    const facts = factsOf(domainOf('', head));
    assert.deepEqual(subjects(facts, 'blocks'), ['pinning', 'numatune', 'huge pages']);
    assert.match(checkMigration(facts)[0]?.message ?? '', /CPUs 2, which two/);
    const { capacity } = facts.target;
    const large = { ...capacity, cpus: new Set([0, 1, 2]), nodes: new Set([0, 1]), hugePages: new Map([[2048, 512]]) };
    assert.deepEqual(subjects(factsOf(domainOf('', head), { target: { capacity: large } }), 'blocks'), []);
    assert.deepEqual(
      subjects(factsOf(domainOf(''), { target: { capacity: { ...capacity, memory: 1024 } } }), 'blocks'),
      ['memory'],
    );
  });

  it('stops at devices of the host', () => {
    const blocking = `<hostdev mode='subsystem' type='pci'/><tpm model='tpm-crb'><backend type='emulator'/></tpm><shmem name='s'/>
      <disk type='file'><source file='/img/a'/><target dev='vdb'/><transient/></disk>`;
    assert.deepEqual(subjects(factsOf(domainOf(blocking), { facts: { paths: at('netfs', 'netfs') } }), 'blocks'), [
      'device of the host (pci)',
      'TPM',
      'shmem s',
      'disk vdb',
    ]);
    const teamed =
      "<interface type='hostdev'><teaming type='transient' persistent='ua-n'/></interface><shmem name='s' role='master'/>";
    assert.deepEqual(subjects(factsOf(domainOf(teamed)), 'blocks'), []);
  });

  it('says what a VM that is off leaves behind, and keeps the definition by which its TPM has its state', () => {
    const emulated = "<tpm model='tpm-crb'><backend type='emulator'/></tpm>";
    const found = (inside: string, os: string, changes: Changes = { facts: { isActive: false } }) => {
      const facts = factsOf(domainOf(inside).replace('<os>', os), changes);
      const left = subjects(facts, 'endangers').filter((subject) => /^(TPM|UEFI)/.test(subject));
      return [left.join(), needsSourceForTpm(facts)];
    };
    const efi = "<os firmware='efi'>";
    const flash = "<os><loader type='pflash'>/code</loader>";
    assert.deepEqual(found(emulated, efi), ['TPM,UEFI variables', true]);
    assert.deepEqual(found('', flash), ['UEFI variables', false]);
    for (const file of ['<nvram>/vars</nvram>', '<varstore/>'])
      assert.deepEqual(found('', `<os>${file}`), ['UEFI variables', false]);
    for (const os of [efi, flash]) assert.deepEqual(found(emulated, os, {}), ['', false], 'it runs: both move along');
    const none = ["<os firmware='efi'><loader stateless='yes'/>", "<os><nvram type='network'/>", '<os>'];
    for (const os of none) assert.deepEqual(found("<tpm><backend type='external'/></tpm>", os), ['', false], os);
    const has = { emulator: { ...factsOf('<domain/>').target.emulator, tpmBackends: ['emulator'] } };
    const fine = checkMigration(factsOf(domainOf(emulated), { facts: { isActive: false }, target: has }));
    assert.deepEqual(
      fine.filter(({ subject }) => subject === 'TPM').map(({ weight, message }) => [weight, /along/.test(message)]),
      [
        ['endangers', false],
        ['fine', false],
      ],
    );
  });

  it('compares the processors and emulators', () => {
    const passthrough = domainOf('', "<cpu mode='host-passthrough'/>");
    assert.deepEqual(subjects(factsOf(passthrough, { facts: { cpu: { kind: 'suits' } } }), 'endangers'), ['CPU']);
    const lacks = factsOf(domainOf(''), { facts: { cpu: { kind: 'lacks', features: ['avx512f'] } } });
    assert.match(checkMigration(lacks)[0]?.message ?? '', /more than two has: avx512f/);
    const refusal = { emulator: { refusal: 'No such machine type.' }, hypervisorVersion: '6.2.0' };
    assert.deepEqual(subjects(factsOf(domainOf(''), { target: refusal }), 'blocks'), ['machine type and emulator']);
    assert.deepEqual(subjects(factsOf(domainOf(''), { target: { hypervisorVersion: '6.2.0' } }), 'endangers'), [
      'QEMU',
    ]);
    const alias = domainOf('').replace('pc-i440fx-7.2', 'pc');
    assert.deepEqual(subjects(factsOf(alias), 'endangers'), ['machine type']);
  });

  it('wants the name and the UUID free, no snapshots, and another host', () => {
    const weigh = (...domains: MigrationFacts['target']['domains']) =>
      subjects(factsOf(domainOf(''), { target: { domains } }), 'blocks');
    assert.deepEqual(weigh({ uuid, name: 'web', isActive: false }), []);
    assert.deepEqual(weigh({ uuid, name: 'web', isActive: true }), ['name and UUID']);
    assert.deepEqual(weigh({ uuid, name: 'was', isActive: false }), ['name and UUID']);
    assert.deepEqual(weigh({ uuid: 'another', name: 'web', isActive: false }), ['name and UUID']);
    const same = factsOf(domainOf(''), {
      facts: {
        snapshots: 2,
        isActive: false,
        source: {
          name: 'one',
          hostUuid: readCapacity(recording('capabilities.xml')).uuid,
          hypervisorVersion: undefined,
        },
      },
    });
    assert.deepEqual(subjects(same, 'blocks'), ['target', 'snapshots']);
    assert.deepEqual(subjects(same, 'unknown'), ['state']);
  });
});
