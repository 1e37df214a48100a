import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearestMatch } from '../../../server/src/grammar/fixes/nearest.ts';
import { xsdRegExp } from '../../../server/src/grammar/xsdPattern.ts';

const mac = '[a-fA-F0-9][02468aAcCeE](:[a-fA-F0-9]{2}){5}';
const cases: readonly [expression: string, text: string, nearest: string][] = [
  ['[0-9]+', '12x', '12'],
  ['[0-9]+', '', '0'],
  ['abc|abd', 'abd', 'abd'],
  ['(0x)?[0-9a-f]{1,4}', '0xfg', '0xf'],
  [mac, '52:54:00:12:34:5', '52:54:00:12:34:50'],
  [mac, '52:54:00:1x2:34:56', '52:54:00:12:34:56'],
  ['[A-F]+', 'ab', 'AB'],
  ['(a|b)*c?', '', ''],
  ['\\d{3}\\-\\w', '123x', '123-x'],
  ['[^,\\n]{2,3}', ',', '00'],
  ['.+', '\n', '0'],
];

describe('the nearest text that an expression takes', () => {
  for (const [expression, text, nearest] of cases)
    it(`${expression} for ${JSON.stringify(text)}`, () => {
      const found = nearestMatch(expression, text);
      assert.ok(found !== null && xsdRegExp(expression).test(found), `${found}`);
      assert.equal(found, nearest);
    });

  it('is not looked for in huge expressions and texts', () => {
    assert.equal(nearestMatch('(a{1000}){1000}', 'b'), null);
    assert.equal(nearestMatch('a+', 'b'.repeat(10_000)), null);
  });
});
