import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import { describeAttribute, describeElement } from '../../../server/src/grammar/describe.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { child } from '../../../server/src/xml/query.ts';
import { withDevices, withParts } from './domains.ts';

const grammar = domainGrammar();

function element(text: string, ...path: string[]) {
  const document = parseXml(text);
  const found = document.root && child(document.root, ...path);
  assert.ok(found);
  return { document, found };
}

describe('what the grammar knows of an element', () => {
  const described = (text: string, ...path: string[]) => {
    const { document, found } = element(text, ...path);
    return describeElement(grammar, document, found);
  };

  it('is whether it is required, and how often it may stand', () => {
    const disk = "    <disk type='file'>\n      <target dev='vda'/>\n      <serial>s</serial>\n    </disk>";
    const occurs = (...path: string[]) => {
      const found = described(withDevices(disk), 'devices', ...path);
      return [found?.required, found?.many];
    };
    assert.deepEqual(occurs('disk'), [false, true]);
    assert.deepEqual(occurs('disk', 'target'), [true, false]);
    assert.deepEqual(occurs('disk', 'serial'), [false, false]);
    assert.equal(described(withParts(''), 'name')?.required, true);
  });

  it('is its attributes and children in the reading that fits', () => {
    const found = described(
      withDevices("    <disk type='block'>\n      <source dev='/dev/x'/>\n      <target dev='a'/>\n    </disk>"),
      'devices',
      'disk',
      'source',
    );
    const names = found?.attributes.map((one) => one.name) ?? [];
    assert.ok(names.includes('dev') && !names.includes('file'), names.join());
    assert.ok(found?.children.includes('reservations'));
  });

  it('is its text', () => {
    assert.deepEqual(described(withParts('  <vcpu>2</vcpu>'), 'vcpu')?.text, {
      words: [],
      data: ['a whole number from 1 to 65535'],
      anyText: false,
    });
  });

  it('is nothing for what it does not know', () => {
    assert.equal(described(withDevices('    <gadget/>'), 'devices', 'gadget'), undefined);
  });
});

describe('what the grammar knows of an attribute', () => {
  const described = (text: string, name: string, ...path: string[]) => {
    const { document, found } = element(text, ...path);
    const attribute = found.attributes.find((one) => one.name === name);
    assert.ok(attribute);
    return describeAttribute(grammar, document, found, attribute);
  };

  it('is its values and whether it is required', () => {
    const text = withDevices("    <disk>\n      <driver cache='none'/>\n      <target dev='vda'/>\n    </disk>");
    assert.deepEqual(described(text, 'cache', 'devices', 'disk', 'driver'), {
      name: 'cache',
      required: false,
      values: {
        words: ['none', 'default', 'writeback', 'writethrough', 'directsync', 'unsafe'],
        data: [],
        anyText: false,
      },
    });
    assert.equal(described(text, 'dev', 'devices', 'disk', 'target')?.required, true);
  });

  it('is all that it takes where it does not fit what else is there', () => {
    const found = described(
      withDevices("    <panic model='isa'>\n      <address type='pci' iobase='1'/>\n    </panic>"),
      'iobase',
      'devices',
      'panic',
      'address',
    );
    assert.deepEqual(found?.values.data, ['an address such as `0x505`']);
  });

  it('is nothing for what it does not know', () => {
    assert.equal(
      described(withDevices("    <memballoon colour='red' model='virtio'/>"), 'colour', 'devices', 'memballoon'),
      undefined,
    );
  });
});
