import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, type Fix } from '../../../server/src/finding.ts';
import { domainGrammar } from '../../../server/src/grammar/builtIn.ts';
import { grammarFindings } from '../../../server/src/grammar/findings.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { withDevices, withParts } from './domains.ts';

function fixesOf(text: string): readonly Fix[] {
  const [finding] = grammarFindings(domainGrammar().examine(parseXml(text)));
  assert.ok(finding, 'nothing is wrong');
  return finding.fixes();
}

interface Case {
  readonly what: string;
  readonly before: string;
  /** The titles, best first; the preferred one is marked by `*`. */
  readonly titles: readonly string[];
  /** The text after the first fix. */
  readonly after: string;
}

/** The same wrapper around what is wrong and what is right. */
function inDevices(what: string, before: string, titles: readonly string[], after: string): Case {
  return { what, before: withDevices(before), titles, after: withDevices(after) };
}

function inDomain(what: string, before: string, titles: readonly string[], after: string): Case {
  return { what, before: withParts(before), titles, after: withParts(after) };
}

const cases: readonly Case[] = [
  inDevices(
    'renames a misspelt attribute',
    "    <memballoon modle='virtio'/>",
    ['*Rename modle to model'],
    "    <memballoon model='virtio'/>",
  ),
  inDevices(
    'removes an unknown attribute',
    "    <memballoon model='virtio' colour='red'/>",
    ['*Remove colour'],
    "    <memballoon model='virtio'/>",
  ),
  inDevices(
    'changes the type that another attribute speaks for',
    "    <disk type='file'>\n      <source dev='/dev/sda'/>\n      <target dev='vda'/>\n    </disk>",
    [
      "*Change type to 'block'",
      "Change type to 'vhostvdpa'",
      "Change type to 'ctl'",
      'Remove dev',
      'Rename dev to file',
    ],
    "    <disk type='block'>\n      <source dev='/dev/sda'/>\n      <target dev='vda'/>\n    </disk>",
  ),
  inDomain(
    'removes one of two attributes that exclude each other, or changes the other',
    "  <numatune>\n    <memory mode='strict' nodeset='0' placement='auto'/>\n  </numatune>",
    ['*Remove nodeset', "Change placement to 'static'"],
    "  <numatune>\n    <memory mode='strict' placement='auto'/>\n  </numatune>",
  ),
  inDevices(
    'writes the word that was meant',
    "    <graphics type='vnc' autoport='on'/>",
    ["*Change autoport to 'yes'", "Change autoport to 'no'", 'Remove autoport', 'Remove <graphics>'],
    "    <graphics type='vnc' autoport='yes'/>",
  ),
  inDevices(
    'prefers no word where none was meant',
    "    <disk>\n      <driver cache='fast'/>\n      <target dev='vda'/>\n    </disk>",
    [
      '*Remove cache',
      "Change cache to 'none'",
      "Change cache to 'default'",
      "Change cache to 'writeback'",
      "Change cache to 'writethrough'",
      'Remove <driver>',
    ],
    "    <disk>\n      <driver/>\n      <target dev='vda'/>\n    </disk>",
  ),
  inDevices(
    'mends data by its form',
    "    <interface type='user'>\n      <mac address='52:54:00:zz:34:5'/>\n    </interface>",
    ["*Change address to '52:54:00:00:34:50'", 'Remove <mac>'],
    "    <interface type='user'>\n      <mac address='52:54:00:00:34:50'/>\n    </interface>",
  ),
  inDevices(
    'brings a number into its range',
    "    <graphics type='vnc' port='65536'/>",
    ["*Change port to '65535'"],
    "    <graphics type='vnc' port='65535'/>",
  ),
  inDevices(
    'adds a missing attribute with a value that fits',
    "    <disk>\n      <target bus='virtio'/>\n    </disk>",
    ["*Add dev='vda'", "Add dev='nvme0n0'"],
    "    <disk>\n      <target bus='virtio' dev='vda'/>\n    </disk>",
  ),
  inDevices(
    'renames both tags of a misspelt element',
    '    <disk>\n      <target dev=\'vda\'/>\n      <encrypton format="luks">\n      </encrypton>\n    </disk>',
    ['*Rename <encrypton> to <encryption>', 'Remove <encrypton>'],
    '    <disk>\n      <target dev=\'vda\'/>\n      <encryption format="luks">\n      </encryption>\n    </disk>',
  ),
  inDevices(
    'removes an unknown element',
    '    <gadget/>\n    <emulator>/bin/q</emulator>',
    ['*Remove <gadget>'],
    '    <emulator>/bin/q</emulator>',
  ),
  {
    what: 'moves an element to the one place where it belongs',
    before: withDevices("    <emulator>/bin/q</emulator>\n    <boot dev='hd'/>"),
    titles: ['*Move <boot> into domain/os', 'Remove <boot>'],
    after: withDevices('    <emulator>/bin/q</emulator>').replace('\n  </os>', "\n    <boot dev='hd'/>\n  </os>"),
  },
  inDomain(
    'merges what is repeated where the two say different things',
    "  <clock offset='utc'/>\n  <clock>\n    <timer name='hpet' present='no'/>\n  </clock>",
    ['*Merge with the first <clock>', 'Remove <clock>'],
    "  <clock offset='utc'>\n    <timer name='hpet' present='no'/>\n  </clock>",
  ),
  inDomain(
    'removes what is repeated',
    '  <vcpu>2</vcpu>\n  <vcpu>4</vcpu>',
    ['*Remove <vcpu>', 'Remove the first <vcpu>'],
    '  <vcpu>2</vcpu>',
  ),
  inDevices(
    'adds a missing element with what it needs',
    "    <disk type='file'/>",
    ['*Add <target>', 'Remove <disk>'],
    "    <disk type='file'>\n      <target dev='vda'/>\n    </disk>",
  ),
  inDevices('removes text that cannot be', '    hello', ['*Remove the text', 'Remove <devices>'], '    '),
  inDomain(
    'offers an example where no text can be guessed, without preferring it',
    '  <vcpu>four</vcpu>',
    ['Change to 1', 'Remove <vcpu>'],
    '  <vcpu>1</vcpu>',
  ),
  inDomain('mends text', '  <on_crash>restrat</on_crash>', ['*Change to restart'], '  <on_crash>restart</on_crash>'),
  inDomain(
    'takes the unit out of a size',
    "  <currentMemory unit='KiB'>4 G</currentMemory>",
    ["*Change to unit='GiB' and 4"],
    "  <currentMemory unit='GiB'>4</currentMemory>",
  ),
];

describe('fixes of the grammar', () => {
  for (const { what, before, titles, after } of cases)
    it(what, () => {
      const fixes = fixesOf(before);
      const given = fixes.map((fix) => (fix.preferred ? '*' : '') + fix.title);
      assert.deepEqual(given.slice(0, titles.length), titles);
      assert.equal(applyEdits(before, fixes[0]?.edits ?? []), after);
      assert.deepEqual(domainGrammar().check(parseXml(after)), []);
    });

  it('mend only what they are of', () => {
    const text = withDevices("    <memballoon modle='virtio'/>\n    <gadget/>");
    const [fix] = fixesOf(text);
    const left = domainGrammar().check(parseXml(applyEdits(text, fix?.edits ?? [])));
    assert.deepEqual(
      left.map((error) => error.code),
      ['unknown-element'],
    );
  });

  it('keep quotes and indentation', () => {
    const text =
      '<domain type="kvm">\n\t<name>x</name>\n\t<memory>1</memory>\n\t<os>\n\t\t<type>hvm</type>\n\t</os>\n\t<devices>\n\t\t<disk/>\n\t</devices>\n</domain>';
    const [fix] = fixesOf(text);
    assert.ok(applyEdits(text, fix?.edits ?? []).includes("\t\t<disk>\n\t\t\t<target dev='vda'/>\n\t\t</disk>\n"));
  });
});
