/** What the rules about memory must not say, and what an example on a page can't show. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits } from '../../../server/src/finding.ts';

const OS = "<os><type arch='x86_64' machine='q35'>hvm</type></os>";

function domain(content: string, type = 'kvm'): string {
  return `<domain type='${type}'><name>example</name>${content}${content.includes('<os>') ? '' : OS}</domain>`;
}

/** The rules about memory that speak of a text. */
function rulesOf(text: string): string[] {
  return checkText(text)
    .map(({ rule }) => rule)
    .filter((rule) => rule.startsWith('memory/'));
}

function says(content: string, rule: string, type = 'kvm'): boolean {
  return rulesOf(domain(content, type)).includes(`memory/${rule}`);
}

const GIB = "<memory unit='GiB'>4</memory>";
const CELL = "<cpu mode='host-model'><numa><cell id='0' cpus='0' memory='4' unit='GiB'/></numa></cpu>";
const module = (model: string, target: string, source = ''): string =>
  `<devices><memory model='${model}'>${source}<target>${target}</target></memory></devices>`;

describe('memory rules are silent where libvirt is content', () => {
  test('missing: a misspelled memory is the grammar’s affair, a broken number too', () => {
    assert.equal(says('', 'missing'), true);
    assert.equal(says("<memroy unit='GiB'>4</memroy>", 'missing'), false);
    assert.equal(says('<memory>many</memory>', 'missing'), false);
    assert.equal(says(CELL, 'missing'), false);
  });

  test('suspicious-small: other architectures and hypervisors have small guests', () => {
    assert.equal(says('<memory>4096</memory>', 'suspicious-small'), true);
    assert.equal(says('<memory>65536</memory>', 'suspicious-small'), false);
    assert.equal(says('<memory>4096</memory>', 'suspicious-small', 'xen'), false);
    const arm = "<os><type arch='armv7l' machine='virt'>hvm</type></os>";
    assert.equal(says(`<memory>4096</memory>${arm}`, 'suspicious-small'), false);
  });

  test('page sizes: a foreign host may have what an x86 one lacks', () => {
    const page = (size: string) => `${GIB}<memoryBacking><hugepages><page ${size}/></hugepages></memoryBacking>`;
    assert.equal(says(page("size='16' unit='MiB'"), 'hugepage-size-unsupported'), true);
    assert.equal(says(page("size='16' unit='MiB'"), 'hugepage-size-unsupported', 'qemu'), false);
    assert.equal(says(page("size='5' unit='MiB'"), 'hugepage-size-unsupported', 'qemu'), true);
    assert.equal(says(page("size='4' unit='KiB'"), 'hugepage-size-unsupported'), false);
  });

  test('an impossible page size is one finding, not a bad multiple as well', () => {
    const text = domain(
      "<memory unit='GiB'>4</memory><memoryBacking><hugepages><page size='5' unit='MiB'/></hugepages></memoryBacking>",
    );
    assert.deepEqual(rulesOf(text), ['memory/hugepage-size-unsupported']);
  });

  test('a node without huge pages may have any size', () => {
    const content =
      "<vcpu>2</vcpu><memoryBacking><hugepages><page size='1' unit='GiB' nodeset='1'/></hugepages></memoryBacking>" +
      "<cpu mode='host-model'><numa><cell id='0' cpus='0' memory='1000' unit='MiB'/><cell id='1' cpus='1' memory='1' unit='GiB'/></numa></cpu>";
    assert.equal(says(content, 'hugepage-size-not-multiple'), false);
  });

  test('KSM: encrypted, shared, huge and emulated guests', () => {
    assert.equal(says(GIB, 'ksm-page-sharing'), true);
    assert.equal(says(GIB, 'ksm-page-sharing', 'qemu'), false);
    assert.equal(says(`${GIB}<launchSecurity type='sev'/>`, 'ksm-page-sharing'), false);
    for (const inside of ["<source type='memfd'/>", "<access mode='shared'/>", '<hugepages/>', '<nosharepages/>'])
      assert.equal(says(`${GIB}<memoryBacking>${inside}</memoryBacking>`, 'ksm-page-sharing'), false, inside);
  });

  test('nosharepages works on a private file and on cells without huge pages', () => {
    const backing = (inside: string) => `${GIB}<memoryBacking><nosharepages/>${inside}</memoryBacking>`;
    assert.equal(says(backing("<source type='file'/>"), 'nosharepages-redundant'), false);
    assert.equal(says(backing(''), 'nosharepages-redundant'), false);
    const other = "<hugepages><page size='2' unit='MiB' nodeset='1'/></hugepages>";
    assert.equal(says(backing(other) + CELL, 'nosharepages-redundant'), false);
    assert.equal(says(backing("<hugepages><page size='4'/></hugepages>"), 'nosharepages-redundant'), false);
  });

  test('modules: slots and nodes are asked of those that need them', () => {
    const max = "<maxMemory unit='GiB'>16</maxMemory>";
    const virtio = module(
      'virtio-mem',
      "<size unit='GiB'>1</size><node>0</node><block unit='MiB'>2</block><requested unit='GiB'>1</requested>",
    );
    assert.equal(says(max + GIB + CELL + virtio, 'maxmemory-slots'), false);
    const dimm = module('dimm', "<size unit='GiB'>1</size><node>0</node>");
    assert.equal(says(max + GIB + CELL + dimm, 'maxmemory-slots'), true);
    const pmem = module('virtio-pmem', "<size unit='GiB'>1</size>", '<source><path>/srv/pmem</path></source>');
    assert.equal(says(max + GIB + CELL + pmem, 'dimm-target-node'), false);
    const sgx = module('sgx-epc', "<size unit='MiB'>16</size>");
    assert.equal(says(GIB + CELL + sgx, 'dimm-without-maxmemory'), false);
  });

  test('maxMemory without cells is right on POWER', () => {
    const max = "<maxMemory slots='4' unit='GiB'>16</maxMemory>";
    assert.equal(says(max + GIB, 'maxmemory-needs-numa'), true);
    const power = "<os><type arch='ppc64le' machine='pseries'>hvm</type></os>";
    assert.equal(says(max + GIB + power, 'maxmemory-needs-numa'), false);
  });

  test('min_guarantee of 0 is no guarantee', () => {
    assert.equal(says(`${GIB}<memtune><min_guarantee>0</min_guarantee></memtune>`, 'min-guarantee-unsupported'), false);
  });

  test('an unlimited hard_limit and an equal swap limit', () => {
    const limits = (inside: string) => `${GIB}<memtune>${inside}</memtune>`;
    assert.equal(says(limits('<hard_limit>9007199254740991</hard_limit>'), 'hard-limit-too-low'), false);
    const equal = "<hard_limit unit='GiB'>6</hard_limit><swap_hard_limit unit='GiB'>6</swap_hard_limit>";
    assert.equal(says(limits(equal), 'swap-limit-order'), false);
  });

  test('with assigned devices the headroom is 1 GiB', () => {
    const limit = `${GIB}<memtune><hard_limit unit='MiB'>4608</hard_limit></memtune>`;
    assert.equal(says(limit, 'hard-limit-too-low'), false);
    const device =
      "<devices><hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0' bus='1' slot='0' function='0'/></source></hostdev></devices>";
    assert.equal(says(limit + device, 'hard-limit-too-low'), true);
  });

  test('a vhost-user device is content with a memfd, vDPA with anything', () => {
    const face = (type: string) =>
      `<devices><interface type='${type}'><source type='unix' path='/run/x.sock' mode='server'/><model type='virtio'/></interface></devices>`;
    const memfd = "<memoryBacking><source type='memfd'/></memoryBacking>";
    assert.equal(says(GIB + face('vhostuser'), 'vhostuser-needs-shared'), true);
    assert.equal(says(GIB + memfd + face('vhostuser'), 'vhostuser-needs-shared'), false);
    assert.equal(says(`${GIB}<devices><interface type='vdpa'/></devices>`, 'vhostuser-needs-shared'), false);
  });

  test('the balloon of a guest that exists keeps its features', () => {
    const balloon = (inside: string) => `${GIB}<devices><memballoon model='virtio'>${inside}</memballoon></devices>`;
    assert.equal(says(balloon(''), 'free-page-reporting'), true);
    assert.equal(says(balloon("<alias name='balloon0'/>"), 'free-page-reporting'), false);
  });

  test('ballooning with huge pages but without a balloon is told once', () => {
    const content =
      "<memory unit='GiB'>4</memory><currentMemory unit='GiB'>2</currentMemory><memoryBacking><hugepages><page size='2' unit='MiB'/></hugepages></memoryBacking>" +
      "<devices><memballoon model='none'/></devices>";
    assert.deepEqual(rulesOf(domain(content)), ['memory/balloon-target-below-memory']);
  });
});

describe('memory fixes', () => {
  /** The text after one fix of the first finding of a rule. */
  function fixed(text: string, rule: string, index = 0): string {
    const finding = checkText(text).find((candidate) => candidate.rule === `memory/${rule}`);
    assert.ok(finding, `${rule} is silent`);
    const fix = finding.fixes()[index];
    assert.ok(fix, `${rule} has no fix ${index}`);
    return applyEdits(text, fix.edits);
  }

  test('every further fix ends the finding as well', () => {
    const cases: readonly [rule: string, content: string][] = [
      ['hugepages-ondemand', `${GIB}<memoryBacking><hugepages/><allocation mode='ondemand'/></memoryBacking>`],
      ['hugepages-anonymous-source', `${GIB}<memoryBacking><hugepages/><source type='anonymous'/></memoryBacking>`],
      [
        'hugepages-two-defaults',
        `${GIB}<memoryBacking><hugepages><page size='2' unit='M'/><page size='1' unit='G'/></hugepages></memoryBacking>`,
      ],
      [
        'hugepage-size-not-multiple',
        "<memory unit='MiB'>2560</memory><memoryBacking><hugepages><page size='1' unit='G'/></hugepages></memoryBacking>",
      ],
      ['current-exceeds-memory', `${GIB}<currentMemory unit='GiB'>8</currentMemory>`],
      ['hard-limit-too-low', `${GIB}<memtune><hard_limit unit='GiB'>4</hard_limit></memtune>`],
      [
        'swap-limit-order',
        `${GIB}<memtune><hard_limit unit='GiB'>6</hard_limit><swap_hard_limit unit='GiB'>2</swap_hard_limit></memtune>`,
      ],
      ['shared-access-on-disk', `${GIB}<memoryBacking><access mode='private'/></memoryBacking>`],
      [
        'balloon-target-below-memory',
        `${GIB}<currentMemory unit='GiB'>2</currentMemory><devices><memballoon model='none'/></devices>`,
      ],
    ];
    for (const [rule, content] of cases) {
      for (const index of [0, 1]) {
        const after = fixed(domain(content), rule, index);
        assert.ok(!rulesOf(after).includes(`memory/${rule}`), `${rule}, fix ${index}: ${after}`);
      }
    }
  });

  test('sharing the memory turns private cells too', () => {
    const text = domain(
      "<memory unit='GiB'>4</memory><cpu mode='host-model'><numa><cell id='0' cpus='0' memory='4' unit='GiB' memAccess='private'/></numa></cpu>" +
        "<devices><filesystem type='mount'><driver type='virtiofs'/><source dir='/srv'/><target dir='srv'/></filesystem></devices>",
    );
    assert.equal(rulesOf(fixed(text, 'virtiofs-needs-shared')).includes('memory/virtiofs-needs-shared'), false);
  });

  test('a page whose nodes are all taken goes, unless others are left to it', () => {
    const pages = (second: string) =>
      domain(
        `<vcpu>2</vcpu><memoryBacking><hugepages><page size='2' unit='M' nodeset='0'/><page size='1' unit='G' nodeset='${second}'/></hugepages></memoryBacking>` +
          "<cpu mode='host-model'><numa><cell id='0' cpus='0' memory='1' unit='GiB'/><cell id='1' cpus='1' memory='1' unit='GiB'/></numa></cpu>",
      );
    assert.ok(!fixed(pages('0'), 'hugepages-nodeset-overlap').includes("size='1'"));
    assert.ok(fixed(pages('0-1'), 'hugepages-nodeset-overlap').includes("size='1' unit='G' nodeset='1'"));
  });
});
