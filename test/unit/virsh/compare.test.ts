/** What is told of a definition that libvirt has stored, and what is not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { compareDefinition, withUuid } from '../../../virsh/src/index.ts';
import { isSameValue, sizeInBytes } from '../../../virsh/src/preview/equivalence.ts';
import { recording } from './recording.ts';

const domain = (content: string) => `<domain type='kvm'>${content}</domain>`;
/** `kind text-at-the-place path`, without what is usual. */
const told = (sent: string, stored: string) =>
  compareDefinition(domain(sent), domain(stored))
    .filter(({ usual }) => !usual)
    .map(({ kind, path, start, end }) => `${kind} ${domain(sent).slice(start, end)} ${path}`);

describe('comparing a definition with what libvirt stored', () => {
  it('finds nothing in a definition that libvirt wrote itself', () => {
    for (const name of ['web.xml', 'running.xml'])
      assert.deepEqual(compareDefinition(recording(name), recording(name)), []);
  });

  it('finds what was dropped, changed and added, at its place', () => {
    assert.deepEqual(told('<memory>1024</memory><bogus/><odd a="1"/>', '<memory>2048</memory><odd/>'), [
      'changed 1024 domain/memory',
      'dropped a="1" domain/odd@a',
    ]);
    assert.deepEqual(told("<odd a='1'>text</odd>", '<odd a="2"/>'), [
      'changed 1 domain/odd@a',
      'dropped text domain/odd',
    ]);
    assert.deepEqual(told("<bogus x='1'/>", ''), ['dropped bogus domain/bogus']);
    const [added] = compareDefinition(domain('<devices/>'), domain("<devices><input type='mouse'/></devices>"));
    assert.deepEqual([added?.kind, added?.path, added?.usual], ['added', 'domain/devices/input', true]);
  });

  it('pairs devices whatever their order', () => {
    const disk = (dev: string, cache: string) =>
      `<disk type='file'><driver cache='${cache}'/><source file='/${dev}'/><target dev='${dev}'/></disk>`;
    const sent = `<devices>${disk('vda', 'none')}${disk('vdb', 'unsafe')}</devices>`;
    assert.deepEqual(told(sent, `<devices>${disk('vdb', 'unsafe')}<rng/>${disk('vda', 'none')}</devices>`), []);
    assert.deepEqual(told(sent, `<devices>${disk('vdb', 'none')}${disk('vda', 'none')}</devices>`), [
      'changed unsafe domain/devices/disk/driver@cache',
    ]);
    assert.deepEqual(told(sent, `<devices>${disk('vdb', 'unsafe')}</devices>`), ['dropped disk domain/devices/disk']);
  });

  it('tells USB controllers of one bus apart', () => {
    const controller = (model: string, port: string) =>
      `<controller type='usb' index='0' model='${model}'><master startport='${port}'/></controller>`;
    const [a, b] = [controller('ich9-uhci1', '0'), controller('ich9-uhci2', '2')];
    assert.deepEqual(told(a + b, b + a), []);
  });

  it('pairs a thousand disks', () => {
    const disks = Array.from(
      { length: 1000 },
      (_, index) => `<disk type='file'><source file='/d${index}'/><target dev='vd${index}'/></disk>`,
    );
    assert.deepEqual(told(disks.join(''), disks.toReversed().join('')), []);
  });

  it('does not mind other ways to write the same', () => {
    assert.deepEqual(told("<memory unit='GiB'>4</memory>", "<memory unit='KiB'>4194304</memory>"), []);
    assert.deepEqual(told('<memory>4</memory>', "<memory unit='KiB'>4</memory>"), []);
    assert.deepEqual(told("<memory unit='GiB'>4</memory>", "<memory unit='KiB'>4194305</memory>"), [
      'changed 4 domain/memory',
    ]);
    assert.deepEqual(
      told(
        "<uuid>4DEA22B31D52D8F32516782E98AB3FA0</uuid><mac address='52:54:00:AA:BB:CC'/>",
        "<uuid>4dea22b3-1d52-d8f3-2516-782e98ab3fa0</uuid><mac address='52:54:00:aa:bb:cc'/>",
      ),
      [],
    );
    assert.deepEqual(
      told(
        "<address slot='5'/><vcpu cpuset='0,1,2,3,5,^5'>\n  2 </vcpu>",
        "<address slot='0x05'/><vcpu cpuset='0-3'>2</vcpu>",
      ),
      [],
    );
    assert.deepEqual(told("<features/><on cache='default' primary='no'/><genid/>", '<on/><genid>4dea22b3</genid>'), []);
    assert.deepEqual(
      told("<os><type machine='pc'>hvm</type></os>", "<os><type machine='pc-i440fx-7.2'>hvm</type></os>"),
      [],
    );
    assert.deepEqual(
      told("<os><type machine='q35'>hvm</type></os>", "<os><type machine='pc-i440fx-7.2'>hvm</type></os>"),
      ['changed q35 domain/os/type@machine'],
    );
  });

  it('tells once that comments are not kept', () => {
    const differences = compareDefinition(domain('<!-- a --><name>x</name><!-- b -->'), domain('<name>x</name>'));
    assert.deepEqual(
      differences.map(({ kind, usual }) => [kind, usual]),
      [['dropped', true]],
    );
  });

  it('knows libvirt’s values', () => {
    assert.equal(sizeInBytes('1', 'k'), 1024);
    assert.equal(sizeInBytes('1', 'KB'), 1000);
    assert.equal(sizeInBytes('1', 'TiB'), 1024 ** 4);
    assert.equal(sizeInBytes('1', undefined), 1024);
    assert.equal(sizeInBytes('lots', 'k'), undefined);
    for (const [a, b] of [
      ['A', 'a'],
      ['1', '2'],
      ['0-3', '0-4'],
      ['0x1', '0x2'],
      ['1,2', '1,2,3'],
    ])
      assert.ok(!isSameValue(a ?? '', b ?? ''), `${a} ${b}`);
  });
});

describe('taking over a UUID', () => {
  const uuid = '4dea22b3-1d52-d8f3-2516-782e98ab3fa0';
  it('puts it behind the name, or in the place of the present one', () => {
    assert.equal(
      withUuid('<domain>\n  <name>x</name>\n</domain>', uuid),
      `<domain>\n  <name>x</name>\n  <uuid>${uuid}</uuid>\n</domain>`,
    );
    assert.equal(
      withUuid('<domain><name>x</name><uuid>y</uuid></domain>', uuid),
      `<domain><name>x</name><uuid>${uuid}</uuid></domain>`,
    );
    assert.equal(withUuid('<domain/>', uuid), '<domain/>');
  });
});
