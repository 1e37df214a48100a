/** Where the rules of disks must keep quiet, whose word counts where several could speak, and what their fixes leave behind. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits, type Finding, type Severity } from '../../../server/src/finding.ts';

const OS = "<os><type arch='x86_64' machine='q35'>hvm</type></os>";
const DRIVER = "<driver name='qemu' type='qcow2' cache='none' discard='unmap'/>";
const SOURCE = "<source file='/srv/a.qcow2'/>";
const TARGET = "<target dev='vda' bus='virtio'/>";

function domain(devices: string, { type = 'kvm', head = OS } = {}): string {
  return `<domain type='${type}'><name>a</name><memory unit='GiB'>2</memory><vcpu>4</vcpu>${head}<devices>${devices}</devices></domain>`;
}

interface Parts {
  attributes?: string;
  driver?: string;
  source?: string;
  target?: string;
  more?: string;
}

function disk({
  attributes = "type='file' device='disk'",
  driver = DRIVER,
  source = SOURCE,
  target = TARGET,
  more = '',
}: Parts = {}): string {
  return `<disk ${attributes}>${driver}${source}${target}${more}</disk>`;
}

/** The findings of this area, and errors of the grammar. */
function findings(text: string): Finding[] {
  return checkText(text).filter(
    ({ rule, severity }) => rule.startsWith('disk/') || (rule.startsWith('grammar/') && severity === 'error'),
  );
}

function rulesOf(
  text: string,
  severities: readonly Severity[] = ['error', 'warning', 'information', 'hint'],
): string[] {
  return findings(text)
    .filter(({ severity }) => severities.includes(severity))
    .map(({ rule }) => rule);
}

const LOUD: readonly Severity[] = ['error', 'warning'];

/** The text after the preferred fix of a rule's first finding, or undefined where it offers none. */
function mended(text: string, rule: string): string | undefined {
  const finding = findings(text).find((one) => one.rule === rule);
  assert.ok(finding, `${rule} says nothing`);
  const [fix] = finding.fixes();
  return fix && applyEdits(text, fix.edits);
}

describe('disk rules keep quiet', () => {
  test('about a disk as an expert writes it', () => {
    assert.deepEqual(rulesOf(domain(disk())), []);
    const block = disk({
      attributes: "type='block' device='disk'",
      driver: "<driver name='qemu' type='raw' cache='none' io='native'/>",
      source: "<source dev='/dev/vg0/a'/>",
    });
    assert.deepEqual(rulesOf(domain(block)), []);
  });

  test('about domains of other drivers', () => {
    const foreign = disk({
      driver: "<driver name='tap' type='aio' cache='writeback'/>",
      target: "<target dev='hda' bus='ide'/>",
    });
    for (const type of ['xen', 'vz', 'bhyve'])
      assert.deepEqual(
        rulesOf(domain(foreign, { type })).filter((rule) => rule.startsWith('disk/')),
        [],
        type,
      );
  });

  test('about empty drives, their bus and their format', () => {
    const drives =
      "<disk type='file' device='cdrom'><target dev='sda' bus='sata'/><readonly/></disk><disk type='file' device='floppy'><target dev='fda' bus='fdc'/></disk>";
    assert.deepEqual(rulesOf(domain(drives)), []);
  });

  test('about what is absent only because it is misspelt', () => {
    // A slip of the name is the grammar's to tell, and the rules read what was meant.
    const parts: readonly Parts[] = [
      { attributes: "tpye='file' device='disk'" },
      { attributes: "type='file' devcie='disk'" },
      { driver: "<driver name='qemu' tpye='qcow2' cache='none' discard='unmap'/>" },
      { driver: "<driver name='qemu' type='qcow2' cahce='none' io='native' discard='unmap'/>" },
      { driver: "<driver name='qemu' type='qcow2' cache='none' dicsard='unmap' detect_zeroes='unmap'/>" },
      { driver: "<drvier name='qemu' type='qcow2' cache='none' discard='unmap'/>" },
      { source: "<soruce file='/srv/a.qcow2'/>" },
      { source: "<source fiel='/srv/a.qcow2'/>" },
      { target: "<target dev='vda' buss='virtio'/>" },
    ];
    for (const one of parts)
      assert.deepEqual(
        rulesOf(domain(disk(one))).filter((rule) => rule.startsWith('disk/')),
        [],
        disk(one),
      );
  });

  test('about values that the grammar does not know', () => {
    const one = disk({
      driver: "<driver name='qemu' type='qcow2' cache='@CACHE@' io='native' queues='4' discard='unmap'/>",
      target: "<target dev='vda' bus='@BUS@'/>",
    });
    assert.deepEqual(
      rulesOf(domain(one)).filter((rule) => rule.startsWith('disk/')),
      [],
    );
  });

  test('about unsafe caching of what nobody wants back', () => {
    const driver = "<driver name='qemu' type='qcow2' cache='unsafe' discard='unmap'/>";
    for (const more of ['<transient/>', '<readonly/>'])
      assert.deepEqual(rulesOf(domain(disk({ driver, more })), LOUD), [], more);
    assert.deepEqual(rulesOf(domain(disk({ driver })), LOUD), ['disk/cache-unsafe']);
  });

  test('about writeback on RBD, where it is the advice', () => {
    const rbd =
      "<disk type='network' device='disk'><driver name='qemu' type='raw' cache='writeback'/><source protocol='rbd' name='p/a'><host name='h'/></source><target dev='vda' bus='virtio'/></disk>";
    assert.deepEqual(rulesOf(domain(rbd)), []);
  });

  test('about attributes that libvirt takes for absent', () => {
    const target = "<target dev='sda' bus='usb' removable='on' tray='closed'/>";
    const zero = "<driver name='qemu' type='qcow2' cache='none' queues='0'/>";
    assert.deepEqual(
      rulesOf(domain(disk({ driver: zero, target })), LOUD).filter((rule) => rule.startsWith('disk/')),
      [],
    );
    const limits = '<iotune><total_iops_sec>100</total_iops_sec><read_iops_sec>0</read_iops_sec></iotune>';
    assert.ok(!rulesOf(domain(disk({ more: limits }))).includes('disk/iotune-conflict'));
  });

  test('about the one image that several disks may have: read-only, shared, transient, or a slice each', () => {
    const raw = "<driver name='qemu' type='raw' cache='none' discard='unmap'/>";
    const source = "<source file='/srv/a.img'/>";
    const twice = (more: string): string =>
      domain(
        disk({ driver: raw, source, more }) +
          disk({ driver: raw, source, target: "<target dev='vdb' bus='virtio'/>", more }),
      );
    for (const more of ['<readonly/>', '<shareable/>', '<transient/>'])
      assert.deepEqual(rulesOf(twice(more), LOUD), [], more);
    assert.deepEqual(rulesOf(twice(''), LOUD), ['disk/same-source-twice']);
    const slice = (offset: number): string =>
      `<source file='/srv/a.img'><slices><slice type='storage' offset='${offset}' size='4096'/></slices></source>`;
    const slices =
      disk({ driver: raw, source: slice(0) }) +
      disk({ driver: raw, source: slice(4096), target: "<target dev='vdb' bus='virtio'/>" });
    assert.deepEqual(rulesOf(domain(slices), LOUD), []);
  });

  test('about 4 KiB blocks where UEFI boots, or the disk is not booted from', () => {
    const more = "<blockio logical_block_size='4096' physical_block_size='4096'/>";
    const efi = "<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type></os>";
    assert.deepEqual(rulesOf(domain(disk({ more }), { head: efi })), []);
    assert.deepEqual(rulesOf(domain(disk({ more }))), ['disk/blockio-sizes']);
    const granularity = "<blockio logical_block_size='512' physical_block_size='4096' discard_granularity='1000'/>";
    assert.deepEqual(rulesOf(domain(disk({ more: granularity }))), ['disk/blockio-sizes']);
  });

  test('about IDE on machines that have it, and about SCSI controllers elsewhere than on x86', () => {
    const cdrom = "<disk type='file' device='cdrom'><target dev='hda' bus='ide'/><readonly/></disk>";
    const pc = "<os><type arch='x86_64' machine='pc-i440fx-7.2'>hvm</type></os>";
    assert.deepEqual(rulesOf(domain(cdrom, { head: pc })), []);
    assert.deepEqual(rulesOf(domain(cdrom)), ['disk/ide-on-q35']);
    const pseries = "<os><type arch='ppc64' machine='pseries'>hvm</type></os>";
    assert.deepEqual(rulesOf(domain(disk({ target: "<target dev='sda' bus='scsi'/>" }), { head: pseries })), []);
  });
});

describe('disk rules speak once', () => {
  test('of native I/O with a cached mode, whatever else is wrong with the mode', () => {
    for (const cache of ['writeback', 'writethrough']) {
      const driver = `<driver name='qemu' type='raw' cache='${cache}' io='native' discard='unmap'/>`;
      const one = disk({ driver, source: "<source file='/srv/a.img'/>", more: '<shareable/>' });
      assert.deepEqual(rulesOf(domain(one), LOUD), ['disk/io-native-cache'], cache);
    }
  });

  test('where the grammar refuses the same token without the reason', () => {
    const lun = domain(disk({ attributes: "type='file' device='lun'", target: "<target dev='vda' bus='virtio'/>" }));
    assert.deepEqual(rulesOf(lun, LOUD), ['disk/lun-needs-block']);
    const iotune = '<iotune><total_iops_sec>1</total_iops_sec><read_iops_sec>1</read_iops_sec></iotune>';
    assert.deepEqual(rulesOf(domain(disk({ more: iotune }))), ['disk/iotune-conflict']);
    const rawio = domain(disk({ attributes: "type='file' device='disk' rawio='yes'" }));
    assert.deepEqual(rulesOf(rawio), ['disk/rawio-sgio']);
    const layer = "<backingStore type='file'><source file='/srv/b.qcow2'/></backingStore>";
    assert.deepEqual(rulesOf(domain(disk({ more: layer }))), ['disk/backing-store-incomplete']);
  });

  test('where a value is misspelt: the grammar, which knows what was meant', () => {
    const cdrom = (bus: string): string =>
      `<disk type='file' device='cdrom'><target dev='hda' bus='${bus}'/><readonly/></disk>`;
    assert.deepEqual(rulesOf(domain(cdrom('idee'))), ['grammar/wrong-value']);
    const native = "<driver name='qemu' type='qcow2' cache='writebak' io='native' discard='unmap'/>";
    assert.deepEqual(rulesOf(domain(disk({ driver: native }))), ['grammar/wrong-value']);
  });

  test('of a floppy on another bus, not of its name too', () => {
    const floppy = "<disk type='file' device='floppy'><target dev='hda' bus='sata'/></disk>";
    assert.deepEqual(rulesOf(domain(floppy)), ['disk/cdrom-on-virtio']);
  });

  test('of a SCSI controller without a model, however many disks it has', () => {
    const disks = ['sda', 'sdb', 'sdc'].map((name) =>
      disk({ source: `<source file='/srv/${name}.qcow2'/>`, target: `<target dev='${name}' bus='scsi'/>` }),
    );
    assert.deepEqual(rulesOf(domain(disks.join(''))), ['disk/scsi-controller-model']);
  });
});

describe('disk rules see', () => {
  test('an empty CD-ROM on USB', () => {
    const cdrom = "<disk type='file' device='cdrom'><target dev='sda' bus='usb'/><readonly/></disk>";
    assert.deepEqual(rulesOf(domain(cdrom)), ['disk/missing-source']);
  });

  test('sources that are left out, of every type that may', () => {
    for (const type of ['file', 'block', 'dir', 'volume', 'nvme'])
      assert.ok(
        rulesOf(domain(disk({ attributes: `type='${type}' device='disk'`, source: '' }))).includes(
          'disk/missing-source',
        ),
        type,
      );
  });

  test('every burst limit beside its total', () => {
    for (const kind of ['bytes_sec', 'iops_sec', 'bytes_sec_max', 'iops_sec_max'])
      for (const direction of ['read', 'write']) {
        const base = kind.endsWith('_max') ? `<total_${kind.slice(0, -4)}>1</total_${kind.slice(0, -4)}>` : '';
        const iotune = `<iotune>${base}<total_${kind}>2</total_${kind}><${direction}_${kind}>2</${direction}_${kind}></iotune>`;
        assert.deepEqual(rulesOf(domain(disk({ more: iotune }))), ['disk/iotune-conflict'], iotune);
      }
  });

  test('limits of a group as libvirt compares them: by number, 0 as absent', () => {
    const grouped = (first: string, second: string): string =>
      domain(
        disk({ more: `<iotune>${first}<group_name>g</group_name></iotune>` }) +
          disk({
            source: "<source file='/srv/b.qcow2'/>",
            target: "<target dev='vdb' bus='virtio'/>",
            more: `<iotune>${second}<group_name>g</group_name></iotune>`,
          }),
      );
    const limit = (number: string): string => `<total_iops_sec>${number}</total_iops_sec>`;
    assert.deepEqual(rulesOf(grouped(limit('1'), `${limit('01')}<total_bytes_sec>0</total_bytes_sec>`)), []);
    assert.deepEqual(rulesOf(grouped(limit('1'), limit('2'))), ['disk/iotune-group-differs']);
  });
});

describe('fixes of disk rules', () => {
  const sata = disk({ target: "<target dev='sda' bus='sata'/>" });

  test('do not move the disk of a Windows guest, nor one that its bus has marked', () => {
    const hyperv = `${OS}<features><hyperv mode='passthrough'/></features>`;
    assert.equal(mended(domain(sata, { head: hyperv }), 'disk/emulated-bus'), undefined);
    const marked = disk({ target: "<target dev='sda' bus='sata' rotation_rate='7200'/>" });
    assert.equal(mended(domain(marked), 'disk/emulated-bus'), undefined);
  });

  test('take names that no other disk has', () => {
    const taken = disk({ source: "<source file='/srv/b.qcow2'/>" });
    assert.match(mended(domain(taken + sata), 'disk/emulated-bus') ?? '', /dev='vdb' bus='virtio'/);
    const three = [1, 2, 3].map((one) => disk({ source: `<source file='/srv/${one}.qcow2'/>` })).join('');
    const text = domain(three);
    const all = findings(text).flatMap((finding) => finding.fixes()[0]?.edits ?? []);
    const names = [...applyEdits(text, all).matchAll(/dev='(\w+)'/g)].map(([, name]) => name);
    assert.deepEqual(names, ['vda', 'vdb', 'vdc']);
  });

  test('state the format that applies now where the name tells none', () => {
    const text = domain(disk({ driver: '', source: "<source file='/srv/a.img'/>" }));
    assert.match(mended(text, 'disk/format-not-stated') ?? '', /<driver name='qemu' type='raw'\/><source/);
  });
});
