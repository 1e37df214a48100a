import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { chooseHosts } from '../../../server/src/domain/hosts.ts';
import { HINT_KINDS, type HintKind } from '../../../server/src/features/inlayHints/hint.ts';
import { inlayHints } from '../../../server/src/features/inlayHints/inlayHints.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import type { HostFacts } from '../../../server/src/host/facts.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

interface Wishes {
  readonly kinds?: readonly HintKind[];
  readonly hosts?: readonly HostFacts[];
  readonly part?: { readonly start: number; readonly end: number };
}

/** The lines that have hints, with the hints in ‹›. */
function shown(
  text: string,
  { kinds = HINT_KINDS, hosts = [], part = { start: 0, end: text.length } }: Wishes = {},
): string[] {
  const document = parseXml(text);
  chooseHosts(document, hosts);
  const hints = inlayHints(document, part, { kinds: new Set(kinds) });
  const marked = applyEdits(
    text,
    // Of two edits at one place the later comes first.
    hints.toReversed().map(({ offset, label }) => ({ start: offset, end: offset, newText: `‹${label}›` })),
  );
  return marked
    .split('\n')
    .filter((line) => line.includes('‹'))
    .map((line) => line.trim());
}
const domain = (inside: string): string => `<domain type='kvm'>\n${inside}\n</domain>`;

test('a size that is nearly a round one is not said to be it', () => {
  assert.deepEqual(shown(domain("<memory unit='KiB'>8388600</memory>"), { kinds: ['sizes'] }), [
    "<memory unit='KiB'>8388600‹≈ 8 GiB›</memory>",
  ]);
});

test('sizes that are too long to be read', () => {
  assert.deepEqual(
    shown(
      domain(`<memory unit='KiB'>8388608</memory>
<currentMemory>4000000</currentMemory>
<maxMemory unit='GiB'>16</maxMemory>
<memtune><hard_limit unit='MB'>20000</hard_limit></memtune>
<cpu><numa><cell id='0' memory='4194304' unit='KiB'/></numa></cpu>
<os><bios rebootTimeout='20000'/></os>
<devices><disk><iotune><read_bytes_sec>104857600</read_bytes_sec><read_iops_sec>20000</read_iops_sec></iotune></disk>
<memory model='dimm'><target><size>524288</size><size unit='KiB'>524288</size></target></memory></devices>`),
      { kinds: ['sizes'] },
    ),
    [
      "<memory unit='KiB'>8388608‹= 8 GiB›</memory>",
      '<currentMemory>4000000‹≈ 3.81 GiB›</currentMemory>',
      "<memtune><hard_limit unit='MB'>20000‹≈ 18.6 GiB›</hard_limit></memtune>",
      "<cpu><numa><cell id='0' memory='4194304'‹= 4 GiB› unit='KiB'/></numa></cpu>",
      '<devices><disk><iotune><read_bytes_sec>104857600‹= 100 MiB/s›</read_bytes_sec><read_iops_sec>20000</read_iops_sec></iotune></disk>',
      "<memory model='dimm'><target><size>524288</size><size unit='KiB'>524288‹= 512 MiB›</size></target></memory></devices>",
    ],
  );
});

describe('huge pages that are needed', () => {
  const hugepages = (inside: string) => shown(domain(inside), { kinds: ['hugepages'] });
  const memory = "<memory unit='GiB'>8</memory>\n";

  test('of the usual size, and of one that is written', () => {
    assert.deepEqual(hugepages(`${memory}<memoryBacking><hugepages/></memoryBacking>`), [
      '<memoryBacking><hugepages/>‹4096 pages of 2 MiB›</memoryBacking>',
    ]);
    assert.deepEqual(
      hugepages(`${memory}<memoryBacking><hugepages><page size='1' unit='GiB'/></hugepages></memoryBacking>`),
      ["<memoryBacking><hugepages><page size='1' unit='GiB'/>‹8 pages of 1 GiB›</hugepages></memoryBacking>"],
    );
  });

  test('of each size for the guest nodes that it serves', () => {
    assert.deepEqual(
      hugepages(`<memoryBacking><hugepages>
<page size='1' unit='GiB' nodeset='0'/>
<page size='2' unit='MiB'/>
</hugepages></memoryBacking>
<cpu><numa><cell id='0' memory='4' unit='GiB'/><cell id='1' memory='1025' unit='MiB'/></numa></cpu>`),
      ["<page size='1' unit='GiB' nodeset='0'/>‹4 pages of 1 GiB›", "<page size='2' unit='MiB'/>‹513 pages of 2 MiB›"],
    );
  });

  test('of DIMMs as of the nodes that they are plugged into, apart from them', () => {
    const module = (model: string, source = '') =>
      `<memory model='${model}'>${source}<target><size unit='MiB'>1025</size><node>1</node></target></memory>`;
    assert.deepEqual(
      hugepages(`<memoryBacking><hugepages>
<page size='1' unit='GiB' nodeset='0'/>
<page size='2' unit='MiB'/>
</hugepages></memoryBacking>
<cpu><numa><cell id='0' memory='1536' unit='MiB'/><cell id='1' memory='1025' unit='MiB'/></numa></cpu>
<devices>${module('dimm')}${module('nvdimm')}${module('dimm', "<source><pagesize unit='GiB'>1</pagesize></source>")}</devices>`),
      ["<page size='1' unit='GiB' nodeset='0'/>‹2 pages of 1 GiB›", "<page size='2' unit='MiB'/>‹1026 pages of 2 MiB›"],
    );
  });

  test('not where the memory or the pages cannot be told', () => {
    assert.deepEqual(hugepages('<memoryBacking><hugepages/></memoryBacking>'), []);
    assert.deepEqual(hugepages(`${memory}<memoryBacking><hugepages><page size='4'/></hugepages></memoryBacking>`), []);
    assert.deepEqual(hugepages(`${memory}<memoryBacking><locked/></memoryBacking>`), []);
  });
});

test('where on the host a pin leads', () => {
  const host: HostFacts = {
    libvirtHost: 1,
    name: 'lab',
    nodes: [
      { id: 0, cores: ['0,4', '1,5'] },
      { id: 1, cores: ['2,6', '3,7'] },
    ],
  };
  const text = domain(`<vcpu cpuset='0-3'>2</vcpu>
<cputune>
<vcpupin vcpu='0' cpuset='5'/>
<vcpupin vcpu='1' cpuset='2,6'/>
<emulatorpin cpuset='12'/>
</cputune>`);
  assert.deepEqual(shown(text, { kinds: ['hostCpus'], hosts: [host] }), [
    "<vcpu cpuset='0-3'‹node 0, 1, cores: 4›>2</vcpu>",
    "<vcpupin vcpu='0' cpuset='5'‹node 0, core 1, thread 1›/>",
    "<vcpupin vcpu='1' cpuset='2,6'‹node 1, cores: 1›/>",
  ]);
  assert.deepEqual(shown(text, { kinds: ['hostCpus'] }), []);
  assert.deepEqual(shown(text, { kinds: ['hostCpus'], hosts: [host, { ...host, name: 'other' }] }), []);
});

test('what is filled in, and written down on demand', () => {
  const text = domain(`<memory>1048576</memory>
<devices>
<disk type='file'>
<driver name='qemu'/>
<target dev='vda'/>
</disk>
<disk type='file' device='cdrom'><driver type='raw'/><target dev='sda' bus='sata'/></disk>
<interface type='network'/>
<interface type='network'><model type='virtio'/></interface>
</devices>`);
  assert.deepEqual(shown(text, { kinds: ['defaults'] }), [
    '<memory‹unit=KiB›>1048576</memory>',
    "<disk type='file'‹device=disk›>",
    "<driver name='qemu'‹type=raw›‹cache=writeback›/>",
    "<target dev='vda'‹bus=virtio›/>",
    "<interface type='network'‹model=rtl8139›/>",
  ]);
  const all = { start: 0, end: text.length };
  const hints = inlayHints(parseXml(text), all, { kinds: new Set(['defaults']) });
  const cache = hints.find(({ label }) => label === 'cache=writeback');
  assert.ok(applyEdits(text, cache?.edits ?? []).includes("<driver name='qemu' cache='writeback'/>"));
  assert.deepEqual(shown(text.replace('kvm', 'lxc'), { kinds: ['defaults'] }), []);
});

test('what libvirt fills in otherwise than QEMU, and what it leaves to others', () => {
  const disk = (attributes: string, inside: string) => `<disk ${attributes} device='disk'>
<driver type='raw'/>
<target dev='vda' bus='virtio'/>${inside}</disk>`;
  const hints = (inside: string) => shown(domain(inside), { kinds: ['defaults'] });
  assert.deepEqual(hints(`<devices>${disk("type='vhostuser'", '')}</devices>`), []);
  assert.deepEqual(hints(`<devices>${disk("type='block'", '<shareable/>')}</devices>`), [
    "<driver type='raw'‹cache=none›/>",
  ]);
  assert.deepEqual(hints(`<devices>${disk("type='block'", '<shareable/><readonly/>')}</devices>`), [
    "<driver type='raw'‹cache=writeback›/>",
  ]);
  const tune = (memory: string) => `<vcpu>2</vcpu>\n<numatune><memory ${memory}/></numatune>`;
  assert.deepEqual(hints(tune("mode='strict' placement='auto'")), []);
  assert.deepEqual(hints(tune("mode='strict' nodeset='0'")), ['<vcpu‹placement=static›>2</vcpu>']);
});

test('only within a part, and of the kinds that are wanted; half-typed documents have hints too', () => {
  const text = domain("<memory unit='KiB'>8388608</memory><vcpu>4</vcpu>");
  assert.equal(shown(text, { kinds: [] }).length, 0);
  const start = text.indexOf('<vcpu');
  assert.deepEqual(
    shown(text, { part: { start, end: text.length } }).join(),
    "<memory unit='KiB'>8388608</memory><vcpu‹placement=static›>4</vcpu>",
  );
  assert.deepEqual(shown("<domain type='kvm'><memory unit='KiB'>8388608</mem", { kinds: ['sizes'] }).length, 1);
  assert.deepEqual(shown(''), []);
});
