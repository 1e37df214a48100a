/** Where a refactoring is not offered, or what follows from it differs. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { offersOf } from '../../support/refactoringPages.ts';

const guest = (inside: string) => `<domain type='kvm'>
  <memory unit='GiB'>3</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  ${inside}
</domain>`;

describe('huge pages', () => {
  const cell = (mebibytes: number) =>
    `<cpu><numa><cell id='0' cpus='0-1' memory='${mebibytes}' unit='MiB'/><cell id='1' memory='1536' unit='MiB'/></numa></cpu>`;
  const dimm = (mebibytes: number) =>
    `<devices><memory model='dimm'><target><size unit='MiB'>${mebibytes}</size><node>0</node></target></memory></devices>`;
  const titles = (inside: string) => offersOf('hugepages', guest(inside), []).map(({ title }) => title);

  test('divide the memory of each cell and DIMM', () => {
    assert.deepEqual(titles(cell(1536)), ['Back the memory with 1536 huge pages of 2 MiB']);
    assert.deepEqual(titles(cell(1537)), []);
    assert.deepEqual(titles(cell(1536) + dimm(511)), []);
    assert.deepEqual(titles(cell(1536) + dimm(512)), ['Back the memory with 1792 huge pages of 2 MiB']);
    assert.deepEqual(titles('').length, 2);
  });
});

describe('pinned vCPUs', () => {
  const host: HostFacts = {
    libvirtHost: 1,
    name: 'lab',
    nodes: [
      { id: 0, cores: ['0', '1', '2'] },
      { id: 1, cores: ['3', '4', '5'] },
    ],
  };
  const offers = (memory: string) =>
    offersOf('pin-vcpus', guest(memory && `<numatune>${memory}</numatune>`), [host]).map(
      ({ title, consequences }) =>
        `${/\d$/.exec(title)} ${consequences.find((one) => /memory/i.test(one))?.replace(/:.*/, '') ?? ''}`,
    );

  test('are near the memory, and what is said of it is what happens', () => {
    assert.deepEqual(offers(''), ['0 Memory is taken from node 0 as well', '1 Memory is taken from node 1 as well']);
    assert.deepEqual(offers("<memory mode='strict' nodeset='1'/>"), ['1 ']);
    const stays = (nodes: readonly number[]) =>
      nodes.map((node) => `${node} Where memory is taken from stays as numatune has it`);
    assert.deepEqual(offers("<memory mode='interleave' nodeset='0-1'/>"), stays([0, 1]));
    assert.deepEqual(offers("<memory placement='auto'/>"), stays([0, 1]));
    assert.deepEqual(offers("<memory mode='strict' nodeset='0-1'/><memnode cellid='0' nodeset='0'/>"), ['0 ']);
  });
});
