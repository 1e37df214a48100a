/** From a message to the place in the definition that it is about: real messages, and definitions that they were printed for. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainFailure } from '../../../virsh/src/failures/explain.ts';
import { locateFailure } from '../../../virsh/src/failures/locate.ts';
import { failureTable } from '../../../virsh/src/failures/table.ts';

const domain = `<domain type='kvm' id='3'>
  <name>a/b</name>
  <uuid>AAAAAAAA-0000-4000-8000-000000000001</uuid>
  <memory unit='Foo'>lots</memory>
  <vcpu cpuset='77' current='9'>4</vcpu>
  <os firmware='efi'><type arch='z80' machine='pc-q35-99.0'>hvm</type><loader>/nope/bios.bin</loader><boot dev='floppy9'/></os>
  <cpu mode='host-passthrough'><model>NoSuchCPU</model><feature policy='require' name='nosuchfeat'/></cpu>
  <devices>
    <disk type='file' device='disk'>
      <driver name='qemu' type='vmdk'/>
      <source file='/img/a &amp; b.qcow2'/><target dev='vda' bus='virtio'/><boot order='1'/>
    </disk>
    <disk type='network' device='disk'>
      <auth username='u'><secret type='ceph' uuid='a1b2c3d4-0000-4000-8000-000000000001'/></auth>
      <source protocol='rbd' name='pool/x'/><target dev='vda' bus='virtio'/><address type='pci' slot='0x63'/>
    </disk>
    <interface type='network'><mac address='52:54:00:AB:CD:EF'/><source network='labnet'/><model type='foo9'/><boot order='1'/></interface>
    <interface type='bridge'><source bridge='br77'/></interface>
    <graphics type='vnc' port='5999' passwd='secret78901'/>
    <tpm model='tpm-crb'><backend type='emulator' version='2.0'/></tpm>
  </devices>
</domain>
`;

/** The marked pieces of the definition. */
function marked(stderr: string, xml = domain): readonly string[] | undefined {
  const run = { end: 'exited', exitCode: 1, commandLine: '', connection: 'lab', timeoutMilliseconds: 0 } as const;
  const { place } = explainFailure({ ...run, stderr });
  return place && locateFailure(xml, place).map(({ start, end }) => xml.slice(start, end));
}

const cases: readonly (readonly [message: string, ...marked: string[]])[] = [
  ["XML error: target 'vda' duplicated for disk sources '/x' and '/y'", 'vda', 'vda'],
  [
    "Cannot access storage file '/img/a & b.qcow2' (as uid:64055, gid:64055): No such file or directory",
    '/img/a &amp; b.qcow2',
  ],
  ["Cannot access storage file '/another.qcow2': No such file or directory"],
  ["Failed to open file '/img/a & b.qcow2': Permission denied", '/img/a &amp; b.qcow2'],
  ['internal error: Unknown CPU model NoSuchCPU', 'NoSuchCPU'],
  ['unsupported configuration: unknown CPU feature: nosuchfeat', 'nosuchfeat'],
  [
    "unsupported configuration: CPU mode 'host-passthrough' for x86_64 qemu domain on x86_64 host is not supported by hypervisor",
    'host-passthrough',
  ],
  ["unsupported configuration: Emulator '/usr/bin/q' does not support virt type 'kvm'", 'kvm'],
  ["unsupported configuration: Emulator '/usr/bin/q' does not support machine type 'pc-q35-99.0'", 'pc-q35-99.0'],
  ['unsupported configuration: Unknown architecture z80', 'z80'],
  ["XML error: Invalid value for attribute 'dev' in element 'boot': 'floppy9'.", 'floppy9'],
  ["XML error: Invalid value 'lots' for element or attribute './memory[1]'", 'lots'],
  ["invalid argument: unknown suffix 'Foo'", 'Foo'],
  ["XML error: Invalid PCI address slot='0x63', must be <= 0x1F", '0x63'],
  ["XML error: unable to parse mac address '52:54:00:ab:cd:ef'", '52:54:00:AB:CD:EF'],
  ["unsupported configuration: boot order '1' used for more than one device", '1', '1'],
  ["Network not found: no network with matching name 'labnet'", 'labnet'],
  ["Requested operation is not valid: network 'labnet' is not active", 'labnet'],
  ['/usr/lib/qemu/qemu-bridge-helper --br=br77 --fd=26: failed to communicate with bridge helper: stderr=', 'br77'],
  ["operation failed: domain 'a' already exists with uuid aaaaaaaa-0000-4000-8000-000000000009", 'name'],
  ["operation failed: domain 'a' is already defined with uuid aaaaaaaa-0000-4000-8000-000000000001", 'uuid'],
  ["XML error: name a/b cannot contain '/'", 'name'],
  [
    "Secret not found: no secret with matching uuid 'a1b2c3d4-0000-4000-8000-000000000001'",
    'a1b2c3d4-0000-4000-8000-000000000001',
  ],
  ['internal error: Failed to reserve port 5999', '5999'],
  ['unsupported configuration: VNC password is 11 characters long, only 8 permitted', 'secret78901'],
  ["unsupported configuration: TPM version '2.0' is not supported", 'backend'],
  ["operation failed: Unable to find any firmware to satisfy 'efi'", 'efi'],
  [
    "internal error: process exited while connecting to monitor: qemu: could not load PC BIOS '/nope/bios.bin'",
    '/nope/bios.bin',
  ],
  ['qemu-system-x86_64: -device {"driver":"foo9"}: \'foo9\' is not a valid device model name', 'foo9'],
  ['internal error: CPU IDs in <numa> exceed the <vcpu> count', 'vcpu'],
  ['cannot set CPU affinity on process 27718: Invalid argument', '77'],
  ['(domain_definition):4: junk\n  <memory\n---^', "<memory unit='Foo'>lots</memory>"],
  ['(domain_definition):99: Document is empty'],
];

describe('the place of a failure', () => {
  for (const [message, ...expected] of cases) {
    it(message, () => assert.deepEqual(marked(`error: Failed to define domain from x\nerror: ${message}\n`), expected));
  }

  it('is found in XML that is broken or something else, or not at all', () => {
    const message = "error: XML error: target 'vda' duplicated for disk sources '/x' and '/y'\n";
    assert.deepEqual(marked(message, ''), []);
    assert.deepEqual(marked(message, '<network/>'), []);
    assert.deepEqual(marked(message, "<domain><devices><disk><target dev='vda'"), ['vda']);
    assert.deepEqual(marked("error: XML error: expecting root element of 'domain', not 'foo'\n", '<foo/>'), undefined);
  });

  it('is written in paths that can lead somewhere', () => {
    const paths = failureTable.flatMap(({ place }) => (place && 'at' in place ? place.at : []));
    assert.ok(paths.length >= 140, `${paths.length}`);
    for (const path of paths) assert.match(path, /^(\/\/)?([\w$*-]+(\/[\w$*-]+)*)?(@[\w$*]+)?$/);
  });
});
