import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isDomainDocument, recognise } from '../../../server/src/domain/recognise.ts';

describe('recognise', () => {
  const ours: readonly string[] = [
    "<domain type='kvm'>",
    '<domain type="qemu"/>',
    '\uFEFF<?xml version="1.0"?>\n<!-- a VM -->\n<domain type=kvm',
    "<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'\n type='kvm'>",
    '<domain><vcpu>2</vcpu>',
    "<domain type='kwm'>\n <name>x</name>\n <memory>1</memory>",
    "<!DOCTYPE domain [<!ENTITY a '<domain>'>]><domain type='kvm'>",
  ];
  for (const text of ours) test(`ours: ${text.slice(0, 60)}`, () => assert.ok(recognise(text)));

  const foreign: readonly string[] = [
    '',
    'plain text',
    '<project><domain type="kvm"/></project>',
    '<domain><name>example.org</name></domain>',
    '<domain type="dns"><record/></domain>',
    '<domains type="kvm">',
    '<domainsnapshot type="kvm"><memory/></domainsnapshot>',
    "<!-- <domain type='kvm'> --><root/>",
    "<!-- <domain type='kvm'>",
    '<x:domain type="kvm"/>',
  ];
  for (const text of foreign) test(`not ours: ${text.slice(0, 60)}`, () => assert.ok(!recognise(text)));

  test('reads the head only', () => {
    const long = `<project>${'<a/>'.repeat(1_000_000)}`;
    recognise(long);
    const start = performance.now();
    for (let i = 0; i < 100; i++) recognise(long);
    assert.ok(performance.now() - start < 200);
    assert.ok(!recognise(`<domain>${' '.repeat(10_000)}<vcpu/>`));
  });
});

describe('isDomainDocument', () => {
  test('in its own language nothing has to be proved', () => {
    assert.ok(isDomainDocument('libvirt-domain', ''));
    assert.ok(isDomainDocument('libvirt-domain', '<dom'));
  });
  test("libvirt's other documents are none, in any language", () => {
    for (const language of ['xml', 'libvirt-domain']) {
      assert.ok(!isDomainDocument(language, '<?xml version="1.0"?><!-- n --><network><name>n</name></network>'));
    }
  });
});
