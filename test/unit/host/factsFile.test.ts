/** Snapshots of hosts as files: what is written is read, what is wrong is named by its place, and the schema is of the same mind. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { Ajv } from 'ajv';
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { readFacts, writeFacts } from '../../../server/src/host/factsFile.ts';
import { ROOT } from '../../support/root.ts';

const schema: object = JSON.parse(readFileSync(path.join(ROOT, 'schemas/libvirt-host.schema.json'), 'utf8'));
const validate = new Ajv({ strict: false }).compile(schema);

const facts: HostFacts = {
  libvirtHost: 1,
  name: 'lab "1"',
  nodes: [{ id: 0, cores: ['0,4', '1,5'], pages: [{ size: 2048, count: 512, free: 3 }] }],
  networks: [{ name: 'a', isActive: true }],
};

test('what is written is read, a line for each thing', () => {
  const text = writeFacts(facts);
  const read = readFacts(text, 'other');
  assert.ok(read.ok);
  assert.deepEqual(read.facts, facts);
  assert.match(text, /^ {4}\{"name": "a", "isActive": true\}$/m);
});

const capabilities = `<capabilities><host><cpu><arch>x86_64</arch><vendor>AMD</vendor><pages unit='KiB' size='4'/></cpu>
  <iommu support='yes'/><topology><cells><cell id='1'><memory unit='KiB'>8</memory><cpus>
  <cpu id='0' siblings='0,2'/><cpu id='2' siblings='0,2'/><cpu id='1' siblings='1'/></cpus></cell></cells></topology>
  <cache><bank level='3' cpus='0-2'/><bank level='2' cpus='0'/></cache></host>
  <guest><os_type>hvm</os_type><arch name='x86_64'><emulator>/q</emulator><machine maxCpus='255'>pc-1</machine>
  <machine canonical='pc-1'>pc</machine><domain type='qemu'/><domain type='kvm'><emulator>/k</emulator>
  <machine deprecated='yes'>old</machine></domain></arch></guest></capabilities>`;

test('what virsh capabilities prints is taken as well', () => {
  const read = readFacts(capabilities, 'lab');
  assert.ok(read.ok);
  assert.deepEqual(read.facts, {
    libvirtHost: 1,
    name: 'lab',
    cpu: { architecture: 'x86_64', vendor: 'AMD' },
    hasIommu: true,
    nodes: [{ id: 1, memory: 8, cores: ['0,2', '1'] }],
    sharedCaches: ['0-2'],
    pageSizes: [4],
    guests: [
      {
        architecture: 'x86_64',
        osType: 'hvm',
        type: 'qemu',
        emulator: '/q',
        machines: [
          { name: 'pc-1', maxVcpus: 255 },
          { name: 'pc', aliasOf: 'pc-1' },
        ],
      },
      {
        architecture: 'x86_64',
        osType: 'hvm',
        type: 'kvm',
        emulator: '/k',
        machines: [{ name: 'old', isDeprecated: true }],
      },
    ],
  });
});

describe('schema and reader are of one mind', () => {
  const wrong: readonly (readonly [given: unknown, problem: RegExp])[] = [
    [{}, /libvirtHost is missing/],
    [{ libvirtHost: 2, name: 'x' }, /libvirtHost is not 1/],
    [{ libvirtHost: 1 }, /name is missing/],
    [{ libvirtHost: 1, name: 'x', networks: {} }, /networks is no list/],
    [{ libvirtHost: 1, name: 'x', networks: [{ name: 'a' }, { name: 3 }] }, /networks\[1\]\.name is no string/],
    [{ libvirtHost: 1, name: 'x', nodes: [{ id: '0', cores: [] }] }, /nodes\[0\]\.id is no number/],
    [{ libvirtHost: 1, name: 'x', hasIommu: 'no' }, /hasIommu is no boolean/],
    [[], /\$ is no object/],
  ];
  for (const [given, problem] of wrong)
    test(`wrong: ${JSON.stringify(given)}`, () => {
      const read = readFacts(JSON.stringify(given), '');
      assert.ok(!read.ok);
      assert.match(read.problem, problem);
      assert.equal(validate(given), false);
    });
  for (const given of [facts, { ...facts, ofLater: [1] }])
    test(`right: ${Object.keys(given)}`, () => {
      assert.ok(readFacts(JSON.stringify(given), '').ok);
      assert.equal(validate(given), true);
    });

  test('what is neither JSON nor of a host', () => {
    const problem = (text: string) => {
      const read = readFacts(text, '');
      return read.ok ? '' : read.problem;
    };
    assert.match(problem('{'), /^is no JSON: /);
    assert.match(problem('<domain/>'), /^tells nothing of a host/);
  });
});
