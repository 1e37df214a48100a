/** What the settings of a host mean for its guests. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { checkTuning, unseen } from '../../../virsh/src/tuning/check.ts';
import { parseSettings } from '../../../virsh/src/tuning/reading.ts';

const host: HostFacts = {
  libvirtHost: 1,
  name: 'lab',
  cpu: { architecture: 'x86_64' },
  hasIommu: true,
  nodes: [
    { id: 0, cores: ['0'], pages: [{ size: 2048, count: 512, free: 500 }] },
    { id: 1, cores: ['1'], pages: [{ size: 2048, count: 512, free: 500 }] },
  ],
  domains: [
    {
      name: 'db',
      uuid: '5a1f0e51-3f5b-4a63-9d5e-0c8c1c3f4a10',
      pinned: '0',
      hugePages: { size: 2048, count: 1000 },
      hostDevices: ['0000:01:00.0'],
    },
  ],
};

const tuned = `ksm.run\t0
ksm.sharing\t0
thp.enabled\talways [madvise] never
swappiness\t10
swaps\tFilename Type Size Used Priority /dev/sda2 partition 8 0 -2
numaBalancing\t0
clocksource\ttsc
nested.intel\tN
disk\tnvme0n1 0 [none] mq-deadline
disk\tsda 1 [mq-deadline] none
governorDriver\tintel_pstate
governor\tperformance 8
module\tkvm
module\tvhost_net
iommuGroups\t40
log\tlog_level = 3
logSize\t1000 1000
`;

/** The weights and commands of what is told of, by subject, where one setting is changed. */
function told(changes: Readonly<Record<string, string>> = {}, facts: HostFacts = host): Record<string, string> {
  const kept = tuned.split('\n').filter((line) => !Object.hasOwn(changes, line.split('\t')[0] ?? ''));
  const changed = Object.entries(changes).map(([name, value]) => `${name}\t${value}`);
  const findings = checkTuning({ facts, settings: parseSettings([...kept, ...changed].join('\n')) });
  return Object.fromEntries(
    findings.flatMap(({ subject, weight, command }) =>
      weight === 'fine' ? [] : [[subject, command === undefined ? weight : `${weight}: ${command}`]],
    ),
  );
}

test('a tuned host is fine in all', () => {
  assert.deepEqual(told(), {});
  const findings = checkTuning({ facts: host, settings: parseSettings(tuned) });
  assert.equal(findings.length, 13);
  for (const { source, meaning } of findings) {
    assert.match(source, /^https:/);
    assert.match(meaning, /\.$/);
  }
});

describe('each setting by itself', () => {
  const cases: Readonly<Record<string, readonly [Readonly<Record<string, string>>, RegExp]>> = {
    'Page merging (KSM)': [{ 'ksm.run': '1' }, /^costs: systemctl disable/],
    'Transparent huge pages': [{ 'thp.enabled': 'always madvise [never]' }, /^costs: echo madvise/],
    Swapping: [{ swappiness: '60' }, /^look: sysctl -w vm\.swappiness=10/],
    'NUMA balancing': [{ numaBalancing: '1' }, /^look: sysctl/],
    'Clock of the host': [{ clocksource: 'hpet' }, /^costs/],
    'Nested virtualisation': [{ 'nested.intel': 'Y' }, /^look$/],
    'I/O scheduler of sdb': [{ disk: 'sdb 0 none [bfq]' }, /^costs: echo none > \/sys\/block\/sdb\/queue\/scheduler/],
    'I/O scheduler of sdc': [{ disk: 'sdc 1 [none] mq-deadline' }, /^look: echo mq-deadline/],
    'CPU governor': [{ governor: 'powersave 8' }, /^look: cpupower/],
    'vhost-net': [{ module: 'kvm' }, /^costs: modprobe/],
    IOMMU: [{ iommuGroups: '0' }, /^costs$/],
    "libvirt's log": [{ log: 'log_filters="3:remote 1:qemu"' }, /^costs: virt-admin/],
  };
  for (const [subject, [changes, expected]] of Object.entries(cases))
    test(subject, () => {
      const found = told(changes);
      assert.deepEqual(Object.keys(found), [subject]);
      assert.match(found[subject] ?? '', expected);
    });

  test('a governor that keeps the clock low costs', () => {
    assert.match(told({ governor: 'powersave 8', governorDriver: 'acpi-cpufreq' })['CPU governor'] ?? '', /^costs/);
  });
  test('merging that saves something is a choice, across nodes one more', () => {
    const findings = told({ 'ksm.run': '1', 'ksm.sharing': '2560', 'ksm.acrossNodes': '1' });
    assert.match(findings['Page merging (KSM)'] ?? '', /^look/);
  });
  test('a log that grows fast, and one that is large', () => {
    assert.match(told({ logSize: '1000 900000' })["libvirt's log"] ?? '', /^costs/);
    assert.match(told({ logSize: '2000000000 2000000000' })["libvirt's log"] ?? '', /^look: logrotate/);
  });
  test('swapping does not matter where there is no swap', () => {
    assert.deepEqual(told({ swappiness: '60', swaps: 'Filename Type Size Used Priority' }), {});
  });
});

describe('reserved huge pages against what the VMs ask for', () => {
  const asking = (count: number): HostFacts => ({
    ...host,
    domains: [{ name: 'a', uuid: '', ...(count > 0 && { hugePages: { size: 2048, count } }) }],
  });
  test('too few, none asked for, just right', () => {
    assert.match(told({}, asking(2000))['Reserved huge pages'] ?? '', /^costs: virsh allocpages 2048KiB 2000$/);
    assert.match(told({}, asking(0))['Reserved huge pages'] ?? '', /^look: virsh allocpages 2048KiB 0$/);
    assert.deepEqual(told({}, asking(1024)), {});
  });
});

test('a host without a shell: what libvirt shows, and a clear word on the rest', () => {
  const reading = {
    facts: { ...host, hasIommu: false },
    settings: undefined,
    refusal: 'lab is reached by virsh alone.',
  };
  assert.deepEqual(
    checkTuning(reading).map(({ subject, weight }) => `${subject}: ${weight}`),
    ['IOMMU: costs', 'Reserved huge pages: fine'],
  );
  assert.match(unseen(reading) ?? '', /^Not seen: KSM, .* lab is reached by virsh alone\.$/);
  assert.equal(unseen({ facts: host, settings: new Map() }), undefined);
});
