import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDomainDocument, isLibvirtDocument, recognise } from '../../../server/src/domain/recognise.ts';

describe('recognise', () => {
  const ours: readonly (readonly [root: string, text: string])[] = [
    ['domain', "<domain type='kvm'>"],
    ['domain', '<domain type="qemu"/>'],
    ['domain', '\uFEFF<?xml version="1.0"?>\n<!-- a VM -->\n<domain type=kvm'],
    ['domain', "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'\n type='kvm'>"],
    ['domain', '<domain><vcpu>2</vcpu>'],
    ['domain', "<domain type='kwm'>\n <name>x</name>\n <memory>1</memory>"],
    ['domain', "<!DOCTYPE domain [<!ENTITY a '<domain>'>]><domain type='kvm'>"],
    ['domainsnapshot', '<domainsnapshot>'],
    ['domainCapabilities', '<domainCapabilities/>'],
    ['network', "<network><name>x</name><forward mode='nat'/>"],
    ['network', "<network>\n<name>x</name>\n<bridge stp='on' name='virbr0'"],
    ['pool', "<pool type='netfs'>"],
    ['pool', "<pool type='dir'>\n <name>x</name>\n <target>\n  <path>/x</path>"],
    ['volume', "<volume><name>x</name><capacity unit='GiB'>1</capacity>"],
    ['filter', "<filter name='x' chain='root'>"],
    ['secret', "<secret ephemeral='no' private='yes'>"],
    ['capabilities', '<capabilities>\n\n  <host>\n    <uuid>1</uuid>'],
  ];
  for (const [root, text] of ours)
    test(`${root}: ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(recognise(text), root));

  const foreign: readonly string[] = [
    '',
    'plain text',
    '<project><domain type="kvm"/></project>',
    '<domain><name>example.org</name></domain>',
    '<domain type="dns"><record/></domain>',
    '<domains type="kvm">',
    "<!-- <domain type='kvm'> --><root/>",
    "<!-- <domain type='kvm'>",
    '<x:domain type="kvm"/>',
    // Other vocabularies with a root of the same name.
    '<network><node id="1"/><link from="1" to="2"/></network>',
    '<network name="roads" xmlns="http://www.matsim.org/files/dtd"><nodes/></network>',
    '<filter><filter-name>encoding</filter-name><filter-class>a.B</filter-class></filter>',
    '<filter token="VERSION" value="1.0"/>',
    '<filter xmlns="urn:ietf:params:xml:ns:netconf:base:1.0" type="subtree"><interfaces/></filter>',
    '<interface name="Runnable"><method name="run"/></interface>',
    '<interface xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces"><name>eth0</name><enabled>true</enabled></interface>',
    '<interface><requires lib="gtk" version="4.0"/><object class="GtkWindow"/></interface>',
    '<device><name>STM32F4</name><peripherals/></device>',
    '<device type="phone"><capability name="wap"/></device>',
    '<secret>hunter2</secret>',
    '<pool class="java.util.concurrent.ForkJoinPool"/>',
    '<pool><name>db</name><source>jdbc</source></pool>',
    '<volume number="12"><title>Proceedings</title></volume>',
    '<volume><name>data</name><capacity>12</capacity></volume>',
    '<capabilities><capability>read</capability></capabilities>',
    '<cpu><cores>4</cores></cpu>',
    '<sysinfo><os>Linux</os></sysinfo>',
    '<constructor/>',
    '<toString type="kvm"/>',
  ];
  for (const text of foreign)
    test(`not ours: ${JSON.stringify(text.slice(0, 60))}`, () => assert.equal(recognise(text), undefined));

  test('reads the head only', () => {
    const long = `<network>${'<a/>'.repeat(1_000_000)}`;
    recognise(long);
    const start = performance.now();
    for (let i = 0; i < 100; i++) recognise(long);
    assert.ok(performance.now() - start < 200);
    assert.equal(recognise(`<domain>${' '.repeat(10_000)}<vcpu/>`), undefined);
  });
});

describe('in its own language', () => {
  test('nothing has to be proved', () => {
    for (const text of ['', '<dom', '<network><name>n</name></network>'])
      assert.ok(isLibvirtDocument('libvirt-domain', text));
    assert.ok(!isLibvirtDocument('xml', '<network><name>n</name></network>'));
  });
  test("what has another of libvirt's roots is no domain", () => {
    assert.ok(isDomainDocument('libvirt-domain', ''));
    assert.ok(isDomainDocument('libvirt-domain', '<dom'));
    for (const language of ['xml', 'libvirt-domain'])
      assert.ok(!isDomainDocument(language, '<?xml version="1.0"?><!-- n --><network><forward/></network>'));
  });
});
