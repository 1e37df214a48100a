import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DocumentSymbol, documentSymbols } from '../../../server/src/features/symbols.ts';
import { fitsQuery, workspaceSymbols } from '../../../server/src/features/workspaceSymbols.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';

const DOMAIN = `<domain type='kvm'>
  <name>web</name>
  <memory unit='KiB'>8388608</memory>
  <vcpu placement='static'>4</vcpu>
  <features><acpi/></features>
  <cpu mode='host-passthrough' check='none'/>
  <devices>
    <disk type='file' device='disk'><source file='/web.qcow2'/><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
    <interface type='network'><mac address='52:54:00:11:22:33'/><source network='default'/><model type='virtio'/></interface>
    <controller type='scsi' index='0' model='virtio-scsi'/>
    <channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0'/></channel>
    <flux model='x'/>
  </devices>
</domain>`;

const lines = (symbols: readonly DocumentSymbol[], indent = ''): string[] =>
  symbols.flatMap(({ name, detail, role, children }) => [
    `${indent}${[name, detail].filter(Boolean).join(': ')} [${role}]`,
    ...lines(children, `${indent}  `),
  ]);
const outline = (text: string): string[] => lines(documentSymbols(parseXml(text)));

test('the outline has names as people have them', () => {
  const found = outline(DOMAIN);
  assert.deepEqual(
    found.slice(0, 8),
    [
      'Domain web: kvm [root]',
      '  Name: web [text]',
      '  Memory: 8 GiB [number]',
      '  vCPUs: 4 [number]',
      '  Features [group]',
      '    acpi [switch]',
      '  CPU: mode=host-passthrough check=none [setting]',
      '  Devices [group]',
    ].map((line) => line.replace('8 GiB [text]', '8 GiB [number]')),
  );
  assert.deepEqual(
    found.filter((line) => line.endsWith('[device]')),
    [
      '    Disk vda (virtio): /web.qcow2 [device]',
      '    CD-ROM sda (sata) [device]',
      '    Interface 52:54:00:11:22:33 (virtio): network default [device]',
      '    Controller scsi 0: virtio-scsi [device]',
      '    Channel org.qemu.guest_agent.0 [device]',
      '    flux: x [device]',
    ],
  );
});

test('of what is not written, no name speaks', () => {
  assert.deepEqual(outline("<domain><devices><disk/><interface type='user'/></devices></domain>"), [
    'Domain [root]',
    '  Devices [group]',
    '    Disk [device]',
    '    Interface: user [device]',
  ]);
});

test('other documents of libvirt, and half-typed ones, have an outline too', () => {
  assert.deepEqual(outline("<network><name>lab</name><bridge name='virbr7'/></network>").slice(0, 2), [
    'Network lab [root]',
    '  Name: lab [text]',
  ]);
  assert.deepEqual(outline("<domain type='kvm'><devices><disk device='cd"), [
    'Domain: kvm [root]',
    '  Devices [group]',
    '    Disk [device]',
  ]);
  assert.deepEqual(outline('constructor'), []);
  assert.deepEqual(outline('<domain><constructor/></domain>'), ['Domain [root]', '  constructor [switch]']);
});

test('a symbol of the workspace is found by letters in their order', () => {
  const found = (query: string) => workspaceSymbols(parseXml(DOMAIN)).filter(({ name }) => fitsQuery(name, query));
  const names = (query: string) => found(query).map(({ name }) => name);
  assert.deepEqual(names('Web'), ['Domain web', 'Disk vda (virtio): /web.qcow2']);
  assert.deepEqual(names('disk vda'), ['Disk vda (virtio): /web.qcow2']);
  assert.deepEqual(names('112233'), ['Interface 52:54:00:11:22:33 (virtio): network default']);
  assert.deepEqual(names('adv'), [], 'in another order');
  assert.equal(names('').length, 7, 'everything but the settings');
  const [disk] = found('vda');
  assert.equal(disk?.container, 'Domain web');
  assert.equal(disk && DOMAIN.slice(disk.span.start, disk.span.end), 'disk');
});
