import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { closing } from '../../../server/src/features/closingTags.ts';
import { linkedNames, NAME_PATTERN } from '../../../server/src/features/linkedEditing.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

/** The text after closing, with the cursor. */
function closed(marked: string): string {
  const { text, offset } = atMark(marked);
  const found = closing(parseXml(text), offset);
  if (!found) return 'nothing';
  const inserted = found.cursor === 'before' ? `|${found.text}` : `${found.text}|`;
  return text.slice(0, offset) + inserted + text.slice(offset);
}

function assertClosed(cases: Readonly<Record<string, string>>): void {
  for (const [marked, expected] of Object.entries(cases)) assert.equal(closed(marked), expected, marked);
}

test('behind `>` the end tag that is missing', () => {
  assertClosed({
    '<os><boot>|': '<os><boot>|</boot>',
    '<os><boot>|</os>': '<os><boot>|</boot></os>',
    "<os>\n  <boot dev='hd'>|\n  <bios/>\n</os>": "<os>\n  <boot dev='hd'>|</boot>\n  <bios/>\n</os>",
    '<a><a>|</a>': '<a><a>|</a></a>',
    '<os><boot>|</boot></os>': 'nothing',
    '<os><boot/>|</os>': 'nothing',
    '<os></os>|': 'nothing',
    '<os>1 >|</os>': 'nothing',
    '<os><!-- <a>| --></os>': 'nothing',
    "<os x='<a>|'/>": 'nothing',
    '>|': 'nothing',
  });
});

test('behind `</` the rest of the end tag that is missing', () => {
  assertClosed({
    '<os><boot></|': '<os><boot></boot>|',
    '<os><boot></|</os>': '<os><boot></boot>|</os>',
    '<os><boot></|></os>': '<os><boot></boot|></os>',
    '<os><boot/></|': '<os><boot/></os>|',
    '<os></|</os>': 'nothing',
    '<os></os></|': 'nothing',
    '<os></|os>': 'nothing',
    '</|': 'nothing',
  });
});

test('behind `/` the end of a start tag', () => {
  assertClosed({
    '<os><boot/|': '<os><boot/>|',
    "<os><boot dev='hd' /|\n  <bios/></os>": "<os><boot dev='hd' />|\n  <bios/></os>",
    '<os><boot/|></os>': 'nothing',
    "<os><boot /|  dev='hd'></os>": 'nothing',
    "<os><kernel a='/|": 'nothing',
    '<os><kernel>/|</kernel></os>': 'nothing',
    '<os></os>/|': 'nothing',
  });
});

describe('the two names of an element', () => {
  const linked = (marked: string): string[] | undefined => {
    const { text, offset } = atMark(marked);
    return linkedNames(parseXml(text), offset)?.map(({ start, end }) => `${start}:${text.slice(start, end)}`);
  };

  test('are linked, from the one and from the other', () => {
    assert.deepEqual(linked("<os><|boot a='1'></boot></os>"), ['5:boot', '18:boot']);
    assert.deepEqual(linked('<os><boot|><bios/></boot></os>'), ['5:boot', '19:boot']);
    assert.deepEqual(linked('<os><boot><bios/></bo|ot></os>'), ['5:boot', '19:boot']);
  });

  test('are not where there is one, or where they differ', () => {
    for (const marked of [
      '<os><bo|ot/></os>',
      '<os><bo|ot></os>',
      '<os><boot></bo|otx></os>',
      '<os>|</os>',
      '<|',
      "<os a|='b'></os>",
    ])
      assert.equal(linked(marked), undefined, marked);
  });

  test('stay linked while a name is typed', () => {
    const name = new RegExp(`^${NAME_PATTERN}$`);
    assert.ok(['disk', 'qemu:commandline', 'on_crash', 'suspend-to-mem'].every((one) => name.test(one)));
    assert.ok(!['', '1a', 'a b', 'a>'].some((one) => name.test(one)));
  });
});
