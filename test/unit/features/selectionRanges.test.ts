import assert from 'node:assert/strict';
import { test } from 'node:test';
import { selectionRanges } from '../../../server/src/features/selectionRanges.ts';
import { parseXml } from '../../../server/src/xml/parse.ts';
import { atMark } from '../../support/cursor.ts';

function steps(marked: string): string[] {
  const { text, offset } = atMark(marked);
  return selectionRanges(parseXml(text), offset).map(({ start, end }) => text.slice(start, end));
}

test('from a value to the whole text', () => {
  assert.deepEqual(steps("<domain><os><boot dev='h|d'/></os></domain>\n"), [
    'hd',
    "dev='hd'",
    "<boot dev='hd'/>",
    "<os><boot dev='hd'/></os>",
    "<domain><os><boot dev='hd'/></os></domain>",
    "<domain><os><boot dev='hd'/></os></domain>\n",
  ]);
});

test('from a name in a tag, and from a text', () => {
  assert.deepEqual(steps("<os><b|oot dev='hd'> </boot></os>"), [
    'boot',
    "<boot dev='hd'>",
    "<boot dev='hd'> </boot>",
    "<os><boot dev='hd'> </boot></os>",
  ]);
  assert.deepEqual(steps('<vcpu>2</vc|pu>'), ['vcpu', '</vcpu>', '<vcpu>2</vcpu>']);
  assert.deepEqual(steps('<vcpu> 1|2 </vcpu>'), ['12', ' 12 ', '<vcpu> 12 </vcpu>']);
  assert.deepEqual(steps("<boot d|ev='hd'/>").slice(0, 2), ['dev', "dev='hd'"]);
});

test('from a comment to what it stands in', () => {
  assert.deepEqual(steps('<os> <!-- a| b --> </os>'), [
    ' a b ',
    '<!-- a b -->',
    ' <!-- a b --> ',
    '<os> <!-- a b --> </os>',
  ]);
});

test('where a document breaks off', () => {
  assert.equal(steps('<domain><devices></d|>')[0], 'd', 'a name that is cut short');
  assert.deepEqual(steps("<domain><os a='x|"), ['x', "a='x", "<os a='x", "<domain><os a='x"]);
  assert.deepEqual(steps('|'), []);
  assert.deepEqual(steps('no |xml'), ['no xml']);
});
