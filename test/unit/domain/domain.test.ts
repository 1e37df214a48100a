/** A document read as a domain. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Domain } from '../../../server/src/domain/domain.ts';
import { isDeclaredShared, isMappedShared, pageOfNode, usesHugePages } from '../../../server/src/domain/memory.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const GIBIBYTE = 1024 ** 3;

function domain(content: string, type = 'kvm'): Domain {
  const document = parseXml(`<domain type='${type}'>${content}</domain>`);
  assert.ok(document.root);
  return new Domain(document, document.root);
}

const cells = (...cells: string[]): string => `<cpu><numa>${cells.join('')}</numa></cpu>`;
const type = (attributes: string): string => `<os><type ${attributes}>hvm</type></os>`;

describe('domain', () => {
  test('kvm, qemu and hvf are run by QEMU, xen and lxc are not', () => {
    assert.deepEqual(
      ['kvm', 'qemu', 'hvf', 'xen', 'lxc', 'test', ''].map((name) => domain('', name).isQemu),
      [true, true, true, false, false, false, false],
    );
    assert.deepEqual(
      ['kvm', 'qemu'].map((name) => domain('', name).isKvm),
      [true, false],
    );
  });

  test('machines, with and without version', () => {
    const machine = (name: string) => domain(type(`arch='x86_64' machine='${name}'`));
    assert.deepEqual(
      ['q35', 'pc-q35-9.2', 'pc', 'pc-i440fx-7.2', 'pc-1.0', 'isapc'].map((name) => machine(name).isQ35),
      [true, true, false, false, false, false],
    );
    assert.deepEqual(
      ['q35', 'pc-q35-9.2', 'pc', 'pc-i440fx-7.2', 'pc-1.0', 'isapc'].map((name) => machine(name).isI440fx),
      [false, false, true, true, true, false],
    );
    assert.equal(domain(type("arch='x86_64'")).isI440fx, true, "libvirt's default machine of x86");
    assert.equal(domain('').isI440fx, false, 'without an os/type nothing is known');
    assert.equal(domain(type("arch='aarch64'")).isI440fx, false);
  });

  test('the architecture, or what the machine tells of it', () => {
    assert.equal(domain('').isX86, true);
    assert.equal(domain(type("machine='virt-7.2'")).isX86, false);
    assert.equal(domain(type("arch='i686' machine='pc'")).isX86, true);
    assert.equal(domain(type("arch='s390x'")).isX86, false);
  });

  test('vCPUs: one without the element, unknown where it is no number', () => {
    assert.deepEqual(
      ['', '<vcpu>4</vcpu>', "<vcpu current='1'> 8 </vcpu>", '<vcpu>four</vcpu>'].map((xml) => domain(xml).vcpus),
      [1, 4, 8, undefined],
    );
  });

  test('memory is what the element says, and unknown where it says nothing that counts', () => {
    assert.equal(domain("<memory unit='GiB'>4</memory>").memory, 4 * GIBIBYTE);
    assert.equal(domain('<memory>lots</memory>').memory, undefined);
    assert.equal(domain('').memory, undefined);
  });

  test('guest cells and modules count before the element, as libvirt stores it', () => {
    const two = cells("<cell memory='1' unit='GiB'/>", "<cell memory='2' unit='GiB'/>");
    assert.equal(domain(`<memory unit='GiB'>8</memory>${two}`).memory, 3 * GIBIBYTE);
    const dimm =
      "<devices><memory model='dimm'><target><size unit='GiB'>1</size><node>0</node></target></memory></devices>";
    assert.equal(domain(two + dimm).memory, 4 * GIBIBYTE);
    assert.equal(domain(cells("<cell memory='1' unit='GiB'/>", "<cell cpus='1'/>")).memory, undefined);
  });

  test('devices by name, and every element of a name', () => {
    const found = domain(
      '<devices><disk/><interface/><disk><source/></disk></devices><metadata><x><disk/></x></metadata>',
    );
    assert.equal(found.devices('disk').length, 2);
    assert.equal(found.devices().length, 3);
    assert.equal(found.elements('disk').length, 3);
    assert.deepEqual(found.elements('nothing'), []);
  });
});

describe('memory backing', () => {
  const hugepages = (...pages: string[]) => `<memoryBacking><hugepages>${pages.join('')}</hugepages></memoryBacking>`;
  const two = cells("<cell memory='1'/>", "<cell memory='1'/>");

  test('a page serves the nodes that it names, the one without nodeset all others', () => {
    const { memoryBacking } = domain(
      hugepages("<page size='1' unit='GiB' nodeset='1'/>", "<page size='2' unit='MiB'/>") + two,
    );
    assert.equal(pageOfNode(memoryBacking, 1)?.size, GIBIBYTE);
    assert.equal(pageOfNode(memoryBacking, 0)?.size, 2 * 1024 ** 2);
  });

  test("without cells nodeset='0' means all, with cells node 0 alone", () => {
    const page = "<page size='2' unit='MiB' nodeset='0'/>";
    assert.equal(domain(hugepages(page)).memoryBacking.pages[0]?.nodeset, undefined);
    assert.deepEqual(domain(hugepages(page) + two).memoryBacking.pages[0]?.nodes, new Set([0]));
    assert.equal(pageOfNode(domain(hugepages(page) + two).memoryBacking, 1), undefined);
  });

  test('pages of 4 KiB are ordinary ones', () => {
    assert.equal(usesHugePages(domain(hugepages("<page size='4'/>")).memoryBacking), false);
    assert.equal(usesHugePages(domain(hugepages()).memoryBacking), true);
    assert.equal(usesHugePages(domain('').memoryBacking), false);
  });

  test('a cell overrides the general access mode', () => {
    const shared = "<memoryBacking><access mode='shared'/></memoryBacking>";
    const declared = (xml: string) => isDeclaredShared(domain(xml).memoryBacking, domain(xml).numaCells);
    assert.equal(declared(''), false);
    assert.equal(declared(shared), true);
    assert.equal(declared(shared + two), true);
    assert.equal(declared(shared + cells("<cell memAccess='private'/>", '<cell/>')), false);
    assert.equal(declared(cells("<cell memAccess='shared'/>")), true);
    assert.equal(declared(cells("<cell memAccess='shared'/>", '<cell/>')), false);
  });

  test('a memfd is mapped shared unless told otherwise', () => {
    const mapped = (xml: string) => isMappedShared(domain(xml).memoryBacking, domain(xml).numaCells);
    assert.equal(mapped("<memoryBacking><source type='memfd'/></memoryBacking>"), true);
    assert.equal(mapped("<memoryBacking><source type='memfd'/><access mode='private'/></memoryBacking>"), false);
    assert.equal(mapped("<memoryBacking><source type='file'/></memoryBacking>"), false);
  });
});
