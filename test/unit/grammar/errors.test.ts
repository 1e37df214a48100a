import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import type { GrammarErrorCode } from '../../../server/src/grammar/error.ts';
import { grammarFindings } from '../../../server/src/grammar/findings.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { withDevices, withParts } from './domains.ts';

interface Case {
  readonly what: string;
  readonly text: string;
  readonly code: GrammarErrorCode;
  /** The text that is underlined. */
  readonly at: string;
  readonly message: string;
  /** The texts that related places cover. */
  readonly related?: readonly string[];
}

const disk = (inside: string, attributes = " type='file'") =>
  withDevices(`    <disk${attributes}>\n${inside}\n      <target dev='vda'/>\n    </disk>`);

const cases: readonly Case[] = [
  {
    what: 'a misspelt attribute',
    text: disk("      <driver name='qemu' cahce='none'/>"),
    code: 'misspelt-attribute',
    at: 'cahce',
    message: '`cahce` is not an attribute of `<driver>`; did you mean `cache`?',
  },
  {
    what: 'an attribute that no reading knows',
    text: withDevices("    <memballoon model='virtio' colour='red'/>"),
    code: 'unknown-attribute',
    at: 'colour',
    message: '`colour` is not an attribute of `<memballoon>`. It takes `autodeflate` and `freePageReporting`.',
  },
  {
    what: 'an attribute that fits another type of the element around',
    text: disk("      <source dev='/dev/sda'/>"),
    code: 'unknown-attribute',
    at: 'dev',
    message:
      "`<source>` of `<disk type='file'>` takes `fdgroup`, `file`, `index` or `startupPolicy`, not `dev`; `dev` is right with `type='block'`, `'vhostvdpa'` or `'ctl'`.",
    related: ["type='file"],
  },
  {
    what: 'the same where the type is not written',
    text: disk("      <source dev='/dev/sda'/>", ''),
    code: 'unknown-attribute',
    at: 'dev',
    message:
      "`<source>` of `<disk>` without `type` takes `fdgroup`, `file`, `index` or `startupPolicy`, not `dev`; `dev` is right with `type='block'`, `'vhostvdpa'` or `'ctl'`.",
  },
  {
    what: 'attributes that exclude each other',
    text: withParts("  <numatune>\n    <memory mode='strict' nodeset='0' placement='auto'/>\n  </numatune>"),
    code: 'conflicting-attribute',
    at: "nodeset='0' placement='auto'",
    message: "`nodeset` of `<memory>` does not go with `placement='auto'`; it goes with `placement='static'`.",
    related: ["placement='auto"],
  },
  {
    what: 'a value far from all legal ones',
    text: disk("      <driver cache='fast'/>"),
    code: 'wrong-value',
    at: 'fast',
    message: '`cache` of `<driver>` takes `none`, `default`, `writeback` or one of 3 others, not `fast`.',
  },
  {
    what: 'a misspelt value',
    text: disk("      <driver cache='writebak'/>"),
    code: 'wrong-value',
    at: 'writebak',
    message: '`writebak` is not a value of `cache`; did you mean `writeback`?',
  },
  {
    what: 'a word of the same sense',
    text: withDevices("    <graphics type='vnc' autoport='on'/>"),
    code: 'wrong-value',
    at: 'on',
    message: '`on` is not a value of `autoport`; did you mean `yes`?',
  },
  {
    what: 'a number out of range',
    text: withDevices("    <graphics type='vnc' port='99999'/>"),
    code: 'wrong-value',
    at: '99999',
    message: '`port` of `<graphics>` takes a port from -1 to 65535, not `99999`.',
  },
  {
    what: 'an empty value',
    text: disk("      <driver cache=''/>"),
    code: 'wrong-value',
    at: "cache=''",
    message: '`cache` of `<driver>` has no value; it takes `none`, `default`, `writeback` or one of 3 others.',
  },
  {
    what: 'a value that goes with another type',
    text: withDevices("    <controller type='ide' model='pci-root'/>"),
    code: 'wrong-value',
    at: "type='ide' model='pci-root'",
    message:
      "`model` of `<controller>` with `type='ide'` takes `piix3`, `piix4` or `ich6`, not `pci-root`; `pci-root` goes with `type='pci'`.",
    related: ["type='ide"],
  },
  {
    what: 'a type that the content speaks against',
    text: withDevices(
      "    <hostdev mode='subsystem' type='usb'>\n      <source>\n        <address domain='0' bus='0' slot='2' function='0'/>\n      </source>\n    </hostdev>",
    ),
    code: 'wrong-value',
    at: 'usb',
    message: "What stands in this `<hostdev>` does not fit `type='usb'`; it fits `type='pci'`.",
  },
  {
    what: 'a missing attribute',
    text: withDevices("    <disk>\n      <target bus='virtio'/>\n    </disk>"),
    code: 'missing-attribute',
    at: 'target',
    message: '`<target>` needs the attribute `dev`: a disk name such as `vda` or `sda`.',
  },
  {
    what: 'a missing attribute that another type would not need',
    text: withDevices("    <interface type='network'>\n      <source bridge='br0'/>\n    </interface>"),
    code: 'missing-attribute',
    at: 'source',
    message: "`<source>` needs the attribute `network`. It would be right with `type='bridge'` in `<interface>`.",
    related: ["type='network"],
  },
  {
    what: 'a misspelt element',
    text: disk("      <sorce file='/a'/>"),
    code: 'misspelt-element',
    at: 'sorce',
    message: '`<sorce>` is not an element of `<disk>`; did you mean `<source>`?',
  },
  {
    what: 'a slip that gives another known name',
    text: withParts("  <cpu placement='static'>4</cpu>"),
    code: 'misspelt-element',
    at: 'cpu',
    message: '`<cpu>` is not an element of `<domain>`; did you mean `<vcpu>`?',
  },
  {
    what: 'an element that there is not',
    text: withDevices('    <gadget/>'),
    code: 'unknown-element',
    at: 'gadget',
    message: "There is no element `<gadget>` in libvirt's grammar.",
  },
  {
    what: 'an element in the wrong parent',
    text: withDevices("    <boot dev='hd'/>"),
    code: 'misplaced-element',
    at: 'boot',
    message: 'This `<boot>` cannot stand in `<devices>`; it belongs in `<os>`.',
  },
  {
    what: 'an element that its parent knows, but not in this form',
    text: withDevices("    <memory unit='KiB'>1</memory>"),
    code: 'misplaced-element',
    at: 'memory',
    message: 'This `<memory>` cannot stand in `<devices>`; it belongs in `<domain>`.',
  },
  {
    what: 'an element that another attribute of the parent excludes',
    text: withDevices("    <input type='mouse' bus='virtio'>\n      <source evdev='/dev/input/event1'/>\n    </input>"),
    code: 'conflicting-element',
    at: 'source',
    message: "`<source>` does not go with `type='mouse'` of `<input>`; it goes with `type='passthrough'`.",
    related: ["type='mouse"],
  },
  {
    what: 'a repeated element',
    text: withParts("  <memory unit='KiB'>1</memory>"),
    code: 'repeated-element',
    at: 'memory',
    message: '`<memory>` may stand in `<domain>` only once.',
    related: ['memory'],
  },
  {
    what: 'a missing element',
    text: withDevices("    <disk type='file'/>"),
    code: 'missing-element',
    at: 'disk',
    message: '`<disk>` needs `<target>`.',
  },
  {
    what: 'text between elements',
    text: withDevices('    hello'),
    code: 'unexpected-text',
    at: 'hello',
    message: '`<devices>` holds no text of its own.',
  },
  {
    what: 'text of the wrong kind',
    text: withParts('  <vcpu>four</vcpu>'),
    code: 'wrong-text',
    at: 'four',
    message: '`<vcpu>` takes a whole number from 1 to 65535, not `four`.',
  },
  {
    what: 'misspelt text',
    text: withParts('  <on_crash>\n    restrat\n  </on_crash>'),
    code: 'wrong-text',
    at: 'restrat',
    message: '`restrat` is not a value of `<on_crash>`; did you mean `restart`?',
  },
  {
    what: 'no text',
    text: withDevices('    <emulator/>'),
    code: 'wrong-text',
    at: 'emulator',
    message: '`<emulator>` is empty; it takes an absolute path.',
  },
  {
    what: 'names with a prefix',
    text: withParts(
      "  <qemu:commandline xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n    <qemu:arg valu='-s'/>\n  </qemu:commandline>",
    ),
    code: 'misspelt-attribute',
    at: 'valu',
    message: '`valu` is not an attribute of `<qemu:arg>`; did you mean `value`?',
  },
];

describe('errors of a domain', () => {
  for (const { what, text, code, at, message, related = [] } of cases)
    it(what, () => {
      const findings = grammarFindings(domainGrammar().examine(parseXml(text)));
      assert.deepEqual(
        findings.map((one) => [one.rule, text.slice(one.start, one.end), one.message]),
        [[`grammar/${code}`, at, message]],
      );
      assert.deepEqual(
        (findings[0]?.related ?? []).map((place) => text.slice(place.start, place.end)),
        related,
      );
      assert.equal(findings[0]?.severity, 'error');
    });

  it('are found one for each mistake, in document order', () => {
    const text = withDevices(
      "    <disk type='file' devcie='disk'>\n      <driver cache='noen'/>\n      <target dev='vda'/>\n      <sorce/>\n    </disk>\n    <input type='mouse' bus='ps3'/>",
    );
    const codes = domainGrammar()
      .check(parseXml(text))
      .map((error) => error.code);
    assert.deepEqual(codes, ['misspelt-attribute', 'wrong-value', 'misspelt-element', 'wrong-value']);
  });

  it('stay silent about metadata of any kind, and about foreign namespaces that the grammar knows', () => {
    const text = withParts(
      "  <metadata>\n    <a:b xmlns:a='urn:a' c='d'>text<e/></a:b>\n  </metadata>\n  <q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>\n    <q:env name='A' value='b'/>\n  </q:commandline>",
    );
    assert.deepEqual(domainGrammar().check(parseXml(text)), []);
    assert.ok(domainGrammar().accepts(parseXml(text)));
  });

  it('stay silent about another kind of document', () => {
    assert.deepEqual(domainGrammar().check(parseXml('<network><name>x</name></network>')), []);
    assert.ok(!domainGrammar().accepts(parseXml('<network/>')));
    assert.ok(!domainGrammar().accepts(parseXml('')));
  });

  it('stay silent about what the parser complains of', () => {
    const disks = [
      "<disk type='file'><target dev='vda'/><driver ",
      "<disk type='file' devi",
      "<disk type='",
      '<',
      '<dis',
    ];
    for (const broken of disks) {
      const text = withDevices(broken);
      const document = parseXml(text.slice(0, text.indexOf(broken) + broken.length));
      assert.ok(document.problems.length > 0);
      assert.deepEqual(domainGrammar().check(document), [], broken);
    }
  });
});
