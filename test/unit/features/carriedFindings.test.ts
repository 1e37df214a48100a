import assert from 'node:assert/strict';
import { test } from 'node:test';
import { carryFindings } from '../../../server/src/features/carriedFindings.ts';
import type { Finding } from '../../../server/src/finding.ts';

/** A finding on each of the letters `a`, `b`, `c` of a text, each related to the next. */
function findingsOn(text: string): Finding[] {
  return ['a', 'b', 'c'].map((letter, index, all) => {
    const start = text.indexOf(letter);
    const other = text.indexOf(all[(index + 1) % all.length] ?? '');
    const related = [{ start: other, end: other + 1, message: 'other' }];
    return {
      rule: `test/${letter}`,
      page: 'test',
      severity: 'hint',
      start,
      end: start + 1,
      message: letter,
      related,
      fixes: () => [],
    };
  });
}

/** What is found at the places after the edit: the letters, and how many places each relates to. */
function carried(before: string, after: string): string[] {
  return carryFindings(findingsOn(before), before, after).map(
    ({ start, end, message, related }) =>
      `${message}${after.slice(start, end) === message ? '' : ' astray'} ${related?.length}`,
  );
}

test('what stands before and behind an edit keeps its token', () => {
  assert.deepEqual(carried('-a-- --b-- --c-', '-a-- --b-- new --c-'), ['a 1', 'b 1', 'c 1']);
  assert.deepEqual(carried('-a-- --b-- gone --c-', '-a-- --b-- --c-'), ['a 1', 'b 1', 'c 1']);
});

test('what the edit touches is dropped, also as the other end', () => {
  assert.deepEqual(carried('-a-- --b-- --c-', '-a-- --X-- --c-'), ['a 0', 'c 1']);
});

test('an unchanged text keeps everything; a wholly new one nothing', () => {
  assert.deepEqual(carried('-a- -b- -c-', '-a- -b- -c-'), ['a 1', 'b 1', 'c 1']);
  assert.deepEqual(carried('a b c', 'xyz'), []);
});
