/** What the language server may cost: the memory of many open files, and the time until somebody sees what is wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { residentMegabytes, startMilliseconds } from '../bench/budgets.ts';

describe('budgets of the language server', () => {
  test('50 open files take less than 90 MB', {
    skip: process.platform !== 'linux' && 'reads /proc',
  }, async (context) => {
    const resident = await residentMegabytes(50);
    context.diagnostic(`${resident.toFixed(0)} MB`);
    // With a little more for other releases of Node.
    assert.ok(resident < 100, `${resident.toFixed(0)} MB`);
  });

  test('the first diagnostics are there in 400 ms', async (context) => {
    const milliseconds = await startMilliseconds(5);
    context.diagnostic(`${milliseconds.toFixed(0)} ms`);
    // The best of several, with as much again for a machine that has other things to do.
    assert.ok(milliseconds < 800, `${milliseconds.toFixed(0)} ms`);
  });
});
