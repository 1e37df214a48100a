import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import { attributesAt, attributeValuesAt, elementsAt, textValuesAt } from '../../../server/src/grammar/complete.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child } from '../../../server/src/xml/query.ts';
import type { XmlAttribute, XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import { atMark } from '../../support/cursor.ts';
import { withDevices, withParts } from './domains.ts';

const grammar = domainGrammar();

function find(document: XmlDocument, ...path: string[]): XmlElement {
  const found = document.root && child(document.root, ...path);
  assert.ok(found, path.join('/'));
  return found;
}

function elements(marked: string, ...path: string[]): string[] {
  const { text, offset } = atMark(marked);
  const document = parseXml(text);
  return elementsAt(grammar, document, find(document, ...path), offset).map(
    (one) => (one.required ? '!' : '') + one.name,
  );
}

function attributeOf(element: XmlElement, name: string): XmlAttribute {
  const found = element.attributes.find((one) => one.name === name);
  assert.ok(found, name);
  return found;
}

describe('elements that may stand at a place', () => {
  it('leave out what is there and may not be repeated', () => {
    const names = elements(
      withDevices("    <disk type='file'>\n      <driver name='qemu'/>\n      |\n    </disk>"),
      'devices',
      'disk',
    );
    assert.ok(!names.includes('driver'));
    assert.deepEqual(
      ['!target', 'source', 'serial', 'boot'].filter((name) => !names.includes(name)),
      [],
    );
  });

  it('depend on the attributes of the parent', () => {
    const inside = (type: string) =>
      elements(withDevices(`    <input type='${type}' bus='virtio'>|</input>`), 'devices', 'input');
    assert.ok(inside('passthrough').includes('!source'));
    assert.ok(!inside('mouse').some((name) => name.endsWith('source')));
  });

  it('must fit before what follows', () => {
    const names = elements(withDevices('    <lease>\n      |<key>k</key>\n    </lease>'), 'devices', 'lease');
    assert.deepEqual(names.sort(), ['!lockspace', '!target'].sort());
  });

  it('may be repeated where the grammar says so', () => {
    assert.ok(elements(withDevices('    <emulator>/q</emulator>\n    <disk/>\n    |'), 'devices').includes('disk'));
  });

  it('are known in broken documents', () => {
    const { text, offset } = atMark("<domain type='kvm'>\n  <name>x</name>\n  <|\n  <devices>\n    <disk type=");
    const document = parseXml(text);
    const names = elementsAt(grammar, document, document.root, offset).map((one) => one.name);
    assert.ok(names.includes('memory') && names.includes('os') && !names.includes('name'), names.join());
  });

  it('do not count the one that is being written', () => {
    const document = parseXml(withDevices('    <vide'));
    const devices = find(document, 'devices');
    const written = devices.children.find((node) => node.kind === 'element');
    assert.ok(written?.kind === 'element');
    const names = elementsAt(grammar, document, devices, written.start, written).map((one) => one.name);
    assert.ok(names.includes('video'));
  });

  it('have the prefix that the document gives them', () => {
    const marked = (binding: string) => withParts('  |').replace('<domain', `<domain ${binding}`);
    const bound = elements(marked("xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'"));
    assert.ok(bound.includes('q:commandline'));
    assert.ok(!elements(marked('')).some((name) => name.includes('commandline')));
  });

  it('are the root where there is none', () => {
    const [root, ...others] = elementsAt(grammar, parseXml(''), null, 0);
    assert.deepEqual([root?.name, root?.required, others], ['domain', true, []]);
  });
});

describe('attributes that may be added', () => {
  const attributes = (text: string, ...path: string[]) => {
    const document = parseXml(text);
    return attributesAt(grammar, document, find(document, ...path));
  };

  it('leave out those given, and mark the required', () => {
    const found = attributes(
      withDevices("    <disk>\n      <target bus='virtio'/>\n    </disk>"),
      'devices',
      'disk',
      'target',
    );
    assert.deepEqual(found.map(({ name, required }) => [name, required]).sort(), [
      ['dev', true],
      ['dpofua', false],
      ['removable', false],
      ['rotation_rate', false],
      ['tray', false],
    ]);
    assert.deepEqual(found.find((one) => one.name === 'tray')?.values.words, ['open', 'closed']);
  });

  it('depend on the element around', () => {
    const source = (type: string) =>
      attributes(
        withDevices(`    <disk type='${type}'>\n      <source/>\n    </disk>`),
        'devices',
        'disk',
        'source',
      ).map((one) => one.name);
    assert.ok(source('file').includes('file') && !source('file').includes('dev'));
    assert.ok(source('block').includes('dev') && !source('block').includes('file'));
  });

  it('include the one that is replaced', () => {
    const document = parseXml(withDevices("    <memballoon model='virtio'/>"));
    const balloon = find(document, 'devices', 'memballoon');
    const names = attributesAt(grammar, document, balloon, attributeOf(balloon, 'model')).map((one) => one.name);
    assert.ok(names.includes('model'));
  });
});

describe('values', () => {
  const values = (text: string, name: string, ...path: string[]) => {
    const document = parseXml(text);
    const element = find(document, ...path);
    return attributeValuesAt(grammar, document, element, attributeOf(element, name));
  };

  it('are those that go with the other attributes; the others are told apart', () => {
    const found = values(withDevices("    <controller type='ide' model=''/>"), 'model', 'devices', 'controller');
    assert.deepEqual([...found.words].sort(), ['ich6', 'piix3', 'piix4']);
    assert.ok(found.otherWords.includes('pci-root'));
  });

  it('are kinds of data in words', () => {
    const found = values(withDevices("    <graphics type='vnc' port=''/>"), 'port', 'devices', 'graphics');
    assert.deepEqual([found.words, found.data, found.anyText], [[], ['a port from -1 to 65535'], false]);
  });

  it('are words where the schema writes them as an expression', () => {
    const found = values(
      withDevices("    <interface type='direct'>\n      <source dev='eth0' mode=''/>\n    </interface>"),
      'mode',
      'devices',
      'interface',
      'source',
    );
    assert.deepEqual(found.words, ['vepa', 'bridge', 'private', 'passthrough']);
  });

  it('of an element are its text', () => {
    const document = parseXml(withParts('  <on_crash></on_crash>'));
    const found = textValuesAt(grammar, document, find(document, 'on_crash'));
    assert.ok(found.words.includes('restart') && found.words.includes('coredump-destroy'));
  });
});
