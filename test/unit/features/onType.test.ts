import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatClosed, indentLine } from '../../../server/src/features/formatting/onType.ts';
import { libvirtStyle } from '../../../server/src/features/formatting/style.ts';
import { applyEdits } from '../../../server/src/finding.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

function after(marked: string, edits: typeof formatClosed): string {
  const { text, offset } = atMark(marked);
  return applyEdits(text, edits(parseXml(text), offset, libvirtStyle));
}

test('an element that was just closed is laid out, and nothing else', () => {
  assert.equal(
    after('<os>\n<boot/>\n<bios>\n<a/></bios>|\n<smbios/></os>', formatClosed),
    '<os>\n<boot/>\n  <bios>\n    <a/>\n  </bios>\n<smbios/></os>',
  );
  assert.equal(after('<os>\n<boot/>|\n<bios/></os>', formatClosed), '<os>\n  <boot/>\n<bios/></os>');
  assert.equal(after('<os>\n<boot>|\n<bios/></os>', formatClosed), '<os>\n<boot>\n<bios/></os>');
});

test('a new line is indented by what it stands in', () => {
  assert.equal(after('<os>\n   <bios>\n|\n   </bios>\n</os>', indentLine), '<os>\n   <bios>\n     \n   </bios>\n</os>');
  assert.equal(after('<os>\n  <bios>\n|</bios>\n</os>', indentLine), '<os>\n  <bios>\n  </bios>\n</os>');
  assert.equal(after('<os>\n  <bios/>\n|  <a/>\n</os>', indentLine), '<os>\n  <bios/>\n  <a/>\n</os>');
});

test('not so in text, tags and comments', () => {
  for (const marked of ['<a>\n <b>one\n|two</b></a>', "<a>\n  <b\n|c='1'/></a>", '<a><!--\n|--></a>', '\n|'])
    assert.equal(after(marked, indentLine), marked.replace('|', ''));
});
