/** Sets of CPUs and nodes, read and written as libvirt does. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { firstIds, formatCpuset, parseCpuset } from '../../../server/src/domain/cpuset.ts';

function ids(text: string): number[] | undefined {
  const set = parseCpuset(text);
  return set && [...set];
}

describe('cpuset', () => {
  test('single ids, ranges, and what ^ takes out again', () => {
    assert.deepEqual(ids('3'), [3]);
    assert.deepEqual(ids('0-3,8'), [0, 1, 2, 3, 8]);
    assert.deepEqual(ids(' 0-3 , ^2 '), [0, 1, 3]);
    assert.deepEqual(ids('0,^0'), []);
    assert.deepEqual(ids('^0,0'), [0]);
  });

  test('what libvirt refuses is no set', () => {
    for (const none of ['', 'a', '3-1', '0-', '-3', '0,,1', '1.5']) assert.equal(ids(none), undefined, none);
  });

  test('a huge range is refused before it costs anything', () => {
    assert.equal(ids('0-4000000000'), undefined);
  });

  test('ids are written as ranges, sorted, once each', () => {
    assert.equal(formatCpuset([5, 0, 2, 1, 2]), '0-2,5');
    assert.equal(formatCpuset([7]), '7');
    assert.equal(formatCpuset([]), '');
  });

  test('the first ids; no list for a number that nobody can mean', () => {
    assert.deepEqual(firstIds(3), [0, 1, 2]);
    assert.deepEqual(firstIds(0), []);
    assert.equal(firstIds(44_194_304), undefined);
  });
});
