/** The last lines of `npm test`: what is left of a long record where only its end is kept. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderTable } from '../../../scripts/summary-table.mjs';

const row = { name: 'test:unit', status: 0, seconds: 1, passed: 2, failed: 0, skipped: [] };

test('the table ends with the reasons of what was skipped, and the counts', () => {
  const skipped = ['a', 'b'].map((name) => ({ name, reason: 'no virsh here' }));
  const lines = renderTable([row, { ...row, name: 'test:libvirt', skipped }], 3.2).split('\n');
  assert.deepEqual(lines.slice(-2), [
    'skipped 2: no virsh here',
    'all suites passed: 4 passed, 0 failed, 2 skipped, 3 s',
  ]);
});

test('each failed test is named with what it said, at most a dozen lines of it', () => {
  const message = Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n');
  const failures = [{ name: 'a domain > starts', message }];
  const lines = renderTable([row, { ...row, name: 'test:ui', status: 1, failed: 1, failures }], 3).split('\n');
  const start = lines.indexOf('failed in test:ui: a domain > starts');
  assert.deepEqual(lines.slice(start + 1, -1).slice(0, 2), ['  line 0', '  line 1']);
  assert.equal(lines.length - start, 14);
  assert.equal(lines.at(-1), 'failed: test:ui (4 passed, 1 failed, 0 skipped, 3 s)');
});

test('a suite that ends badly without a failed test is not taken for good', () => {
  assert.match(renderTable([{ ...row, status: 1 }], 3), /FAILED\nfailed: test:unit/);
});
