/** Where the rules of buses, controllers and addresses must keep quiet, and what they count that no page shows. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkText } from '../../../server/src/check.ts';
import { applyEdits, type Finding } from '../../../server/src/finding.ts';

const RNG = (address: string) => `<rng model='virtio'><backend model='random'>/dev/urandom</backend>${address}</rng>`;
const AT = (bus: string, slot: string, more = '') => `<address type='pci' bus='${bus}' slot='${slot}' ${more}/>`;
const TABLET = (port: string, bus = 0) =>
  `<input type='tablet' bus='usb'><address type='usb' bus='${bus}' port='${port}'/></input>`;
const ROOT = "<controller type='pci' index='0' model='pcie-root'/>";

function domain(devices: string, { machine = 'q35', arch = 'x86_64', type = 'kvm' } = {}): string {
  const os = `<os><type arch='${arch}' machine='${machine}'>hvm</type></os>`;
  return `<domain type='${type}'><name>a</name><memory unit='GiB'>2</memory><vcpu>4</vcpu>${os}<devices>${devices}</devices></domain>`;
}

function errors(text: string): Finding[] {
  return checkText(text).filter(
    ({ rule, severity }) => severity === 'error' && /^(devices|consistency-references)\//.test(rule),
  );
}

function rulesOf(text: string): string[] {
  return errors(text).map(({ rule }) => rule);
}

describe('PCI addresses', () => {
  const quiet: Readonly<Record<string, string>> = {
    'all 0 is no address': domain(RNG(AT('0', '0')) + RNG(AT('0x00', '0x00', "function='0x1'"))),
    'octal 010 is 8, and not 10': domain(RNG(AT('0', '010')) + RNG(AT('0', '10'))),
    'a bridge may be put on the root by hand': domain(
      `${ROOT}<controller type='pci' index='1' model='pci-bridge'>${AT('0', '4')}</controller>`,
    ),
    'libvirt forgets the address of what is switched off': domain(
      `<memballoon model='none'>${AT('0', '5')}</memballoon><controller type='usb' model='none'>${AT('0', '5')}</controller>${RNG(AT('0', '5'))}`,
    ),
    'a bus that no controller has, on a machine not known': domain(RNG(AT('7', '9')), {
      machine: 'sun4u',
      arch: 'sparc64',
    }),
    'other hypervisors have their own': domain(RNG(AT('0', '5')) + RNG(AT('0', '5')), { type: 'xen' }),
    'the first USB controller of an i440fx may be another': domain(
      `<controller type='usb' index='0' model='qemu-xhci'>${AT('0', '7')}</controller>`,
      { machine: 'pc' },
    ),
    'host bridges of pseries': domain(
      "<controller type='pci' index='0' model='pci-root'/><controller type='pci' index='1' model='pci-root'><target index='3'/></controller>",
      { machine: 'pseries', arch: 'ppc64' },
    ),
  };
  for (const [name, text] of Object.entries(quiet)) test(`quiet: ${name}`, () => assert.deepEqual(rulesOf(text), []));

  test('octal 010 and 8 are one slot', () => {
    assert.deepEqual(rulesOf(domain(RNG(AT('0', '010')) + RNG(AT('0', '8')))), ['devices/pci-address-collision']);
  });

  test('each of many duplicates gets a slot of its own in turn', () => {
    let text = domain(RNG(AT('0', '5')).repeat(4));
    for (let round = 0; round < 3; round++) {
      const [first] = errors(text);
      const [fix] = first?.fixes() ?? [];
      assert.ok(fix);
      text = applyEdits(text, fix.edits);
    }
    assert.deepEqual(errors(text), []);
  });

  test('names that JavaScript objects have by themselves are models like any other', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      checkText(domain(`<controller type='pci' index='1' model='${name}'/><controller type='usb' model='${name}'/>`));
      checkText(domain(`<controller type='${name}' model='${name}'/><disk><target dev='sda' bus='${name}'/></disk>`));
    }
  });

  test('an index beyond all bounds costs nothing', () => {
    const started = performance.now();
    assert.deepEqual(rulesOf(domain(`${ROOT}<controller type='pci' index='4000000000' model='pcie-root-port'/>`)), [
      'devices/pci-controller-numbers',
    ]);
    assert.ok(performance.now() - started < 1000);
  });
});

describe('controllers without an index', () => {
  test('take the lowest that is free, whatever stands behind them', () => {
    const text = domain(
      "<controller type='scsi' model='virtio-scsi'/><controller type='scsi' index='0' model='lsilogic'/>",
    );
    assert.deepEqual(rulesOf(text), []);
  });

  test('ICH9 controllers share one, until a model comes again', () => {
    const company = ['ehci1', 'uhci1', 'uhci2', 'uhci3'].map(
      (model) => `<controller type='usb' model='ich9-${model}'/>`,
    );
    assert.deepEqual(rulesOf(domain(company.join('').repeat(2))), []);
    assert.deepEqual(rulesOf(domain(`${company.join('').repeat(2)}${TABLET('1', 2)}`)), [
      'consistency-references/usb-bus-missing',
    ]);
  });
});

describe('USB', () => {
  const xhci = "<controller type='usb' index='0' model='qemu-xhci' ports='15'/>";

  test('hubs count wherever they stand among other devices, and one behind the other', () => {
    const hub = (port: string) => `<hub type='usb'><address type='usb' bus='0' port='${port}'/></hub>`;
    assert.deepEqual(rulesOf(domain(xhci + TABLET('1.1.3') + hub('1') + hub('1.1'))), []);
    assert.deepEqual(rulesOf(domain(xhci + hub('1.1') + hub('1'))), ['devices/usb-port-missing']);
  });

  test('ports are not counted where the model of the controller is left open', () => {
    assert.deepEqual(rulesOf(domain(TABLET('7'))), []);
  });

  test('libvirt adds the controller of index 0 beside another', () => {
    assert.deepEqual(rulesOf(domain(`<controller type='usb' index='1' model='qemu-xhci'/>${TABLET('1')}`)), []);
  });

  test('Arm has no USB by itself', () => {
    const arm = { machine: 'virt', arch: 'aarch64' };
    assert.deepEqual(rulesOf(domain(TABLET('1'), arm)), ['devices/usb-none-with-devices']);
    assert.deepEqual(rulesOf(domain(xhci + TABLET('1'), arm)), []);
  });
});

describe('drives', () => {
  const disk = (dev: string, bus: string, address = '') =>
    `<disk type='file' device='disk'><source file='/srv/${dev}${bus}'/><target dev='${dev}' bus='${bus}'/>${address}</disk>`;
  const drive = (unit: number) => `<address type='drive' controller='0' bus='0' target='0' unit='${unit}'/>`;

  test('SATA and SCSI do not get into each other’s way', () => {
    assert.deepEqual(rulesOf(domain(disk('sda', 'scsi') + disk('sdb', 'sata', drive(0)))), []);
  });

  test('the eighth SCSI disk by name is on the second controller', () => {
    assert.deepEqual(rulesOf(domain(disk('sdh', 'scsi') + disk('sda', 'scsi'))), []);
  });

  test('a SCSI device of the host without an address gets out of the way', () => {
    const host = (address: string) =>
      `<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/></source>${address}</hostdev>`;
    assert.deepEqual(rulesOf(domain(disk('sda', 'scsi') + host(''))), []);
    assert.deepEqual(rulesOf(domain(disk('sda', 'scsi') + host(drive(0)))), [
      'consistency-references/drive-address-duplicate',
    ]);
  });
});

test('the console that is the first serial port has its alias too', () => {
  const text = domain(
    "<serial type='pty'><alias name='ua-s'/></serial><console type='pty'><alias name='ua-s'/></console>",
  );
  assert.deepEqual(rulesOf(text), []);
});
