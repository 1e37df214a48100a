/** Rounds of fixes. The findings are made up here: no two rules of ours are at odds, and these must be. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mend } from '../../../server/src/features/mend.ts';
import type { Finding, TextEdit } from '../../../server/src/finding.ts';

/** A finding on each place where a text stands, with a fix that puts another there. */
const exchange =
  (rule: string, from: string, to: string, edit: Partial<TextEdit> = {}) =>
  (text: string): Finding[] =>
    [...text.matchAll(new RegExp(from, 'g'))].map(({ index }) => {
      const span = { start: index, end: index + from.length };
      const fix = { title: `${from} to ${to}`, edits: [{ ...span, newText: to, ...edit }], preferred: true };
      return { rule, page: rule, severity: 'warning', ...span, message: '', fixes: () => [fix] };
    });
const all = { rules: undefined, severities: new Set(['error', 'warning'] as const) };

test('fixes apart from each other are made in one round', () => {
  let rounds = 0;
  const check = (now: string): Finding[] => {
    rounds++;
    return [...exchange('a', 'a', 'x')(now), ...exchange('b', 'b', 'y')(now)];
  };
  const { text, made } = mend('a b a', check, all);
  assert.equal(text, 'x y x');
  assert.equal(made.length, 3);
  assert.equal(rounds, 2);
});

test('fixes that touch are made one after the other', () => {
  const { text } = mend('ab', (now) => [...exchange('a', 'a', 'x')(now), ...exchange('b', 'b', 'y')(now)], all);
  assert.equal(text, 'xy');
});

test('a fix that leaves what it was to mend is not made over and over, nor once', () => {
  const grow = (text: string): Finding[] =>
    exchange('a', 'a', 'y', { start: text.length, end: text.length })(text).slice(0, 1);
  assert.deepEqual(mend('a b', grow, all), { text: 'a b', edits: [], made: [] });
  const { text } = mend('b a b', (now) => [...exchange('b', 'b', 'xx')(now), ...grow(now)], all);
  assert.equal(mend(text, grow, all).text, text, 'twice is once');
  // What is taken away one after the other at the same place comes to an end.
  const first = (now: string): Finding[] => exchange('a', 'a', '')(now).slice(0, 1);
  assert.equal(mend('aaa', first, all).text, '');
});

test('fixes that undo each other come to an end, and to the same one from everywhere', () => {
  const check = (now: string): Finding[] => [
    ...exchange('a', 'a', 'b')(now),
    ...exchange('b', 'b', 'cc')(now),
    ...exchange('c', 'cc', 'a')(now),
  ];
  assert.deepEqual(
    ['a', 'b', 'cc'].map((text) => mend(text, check, all).text),
    ['a', 'a', 'a'],
  );
  assert.deepEqual(mend('a', check, all).made, []);
});

test('a fix that never ends its finding is not made forever', () => {
  const { made } = mend('a', exchange('a', 'a', 'a-'), all);
  assert.ok(made.length < 1000);
});

test('a fix that changes nothing is none', () => {
  assert.deepEqual(mend('a', exchange('a', 'a', 'a'), all).made, []);
});

test('a suppression without use goes, one that fixes have made needless stays', () => {
  const unused = (text: string): Finding[] => [
    ...exchange('virtlint/unused-suppression', '-', '')(text),
    ...(text.includes('a') ? [] : exchange('virtlint/unused-suppression', '[+]', '')(text)),
  ];
  const check = (text: string): Finding[] => [...exchange('a', 'a', 'xyz')(text), ...unused(text)];
  assert.equal(mend('- a- + a+', check, all).text, ' xyz + xyz+');
});

test('only wanted rules and severities', () => {
  const check = (now: string) => [...exchange('a', 'a', 'x')(now), ...exchange('b', 'b', 'y')(now)];
  assert.equal(mend('a b', check, { ...all, rules: new Set(['b']) }).text, 'a y');
  assert.equal(mend('a b', check, { ...all, severities: new Set(['error'] as const) }).text, 'a b');
});
