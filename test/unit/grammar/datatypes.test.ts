import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { integerRange, valueTest } from '../../../server/src/grammar/datatypes.ts';
import type { Facet } from '../../../server/src/grammar/table.ts';

const cases: readonly [type: string, facets: readonly Facet[], good: readonly string[], bad: readonly string[]][] = [
  ['integer', [], ['0', '-1', '+7', ' 12 ', '123456789012345678901234567890'], ['', '1.0', 'x', '1 2', '0x1']],
  ['unsignedByte', [], ['0', '255'], ['256', '-1']],
  ['short', [], ['-32768', '32767'], ['32768']],
  [
    'int',
    [
      ['minInclusive', '-1'],
      ['maxInclusive', '65535'],
    ],
    ['-1', '65535'],
    ['-2', '65536'],
  ],
  ['unsignedLong', [], ['18446744073709551615'], ['18446744073709551616', '-1']],
  ['long', [], ['-9223372036854775808'], ['9223372036854775808']],
  ['positiveInteger', [['pattern', '[0-9]+']], ['1'], ['0', '+1']],
  ['negativeInteger', [], ['-1'], ['0']],
  ['double', [], ['1', '1.5e-3', '.5', '-INF', 'NaN', ' 2 '], ['', 'one', '1e']],
  [
    'double',
    [
      ['minInclusive', '0.5'],
      ['maxExclusive', '2'],
    ],
    ['0.5', '1.9'],
    ['0.4', '2'],
  ],
  ['decimal', [], ['1.5'], ['1e3']],
  ['boolean', [], ['true', '0'], ['yes']],
  ['NCName', [], ['a-b.c', '_x', 'é'], ['1a', 'a:b', '']],
  ['dateTime', [], ['2030-01-31T12:00:00', '2030-01-31T12:00:00.5+01:00'], ['2030-01-31', '12:00']],
  ['string', [['maxLength', '3']], ['abc', '', '   '], ['abcd']],
  ['string', [['length', '2']], ['ab'], ['a']],
  ['string', [['minLength', '1']], [' '], ['']],
  ['string', [['pattern', '[^,]{2}']], ['ab'], ['a,', 'abc']],
  ['string', [['pattern', 'a|b']], ['a', 'b'], ['ab', 'a ', ' b']],
  ['string', [['pattern', '.+']], ['x', 'a b'], ['', 'a\nb']],
  ['string', [['pattern', '^x$']], ['^x$'], ['x']],
  ['string', [['pattern', '[\\i][\\c]*\\s?']], ['a-1 ', '_'], ['1']],
  ['token', [['pattern', 'a b']], ['  a   b '], ['ab']],
  ['anyURI', [], ['http://x/', ''], []],
];

describe('datatypes', () => {
  for (const [type, facets, good, bad] of cases)
    it(`${type} ${facets.map((facet) => facet.join(' ')).join(', ')}`, () => {
      const test = valueTest(type, facets);
      assert.deepEqual(
        good.filter((value) => !test(value)),
        [],
        'refused',
      );
      assert.deepEqual(bad.filter(test), [], 'accepted');
    });

  it('know the range of integers', () => {
    assert.deepEqual(integerRange('unsignedInt', [['maxInclusive', '4095']]), { least: 0n, greatest: 4095n });
    assert.deepEqual(integerRange('integer', []), {});
    assert.equal(integerRange('string', []), undefined);
  });
});
