/** What the language server may cost: the memory of many open files, and the time until somebody sees what is wrong. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { residentMebibytes, startMilliseconds } from '../bench/budgets.ts';

describe('budgets of the language server', () => {
  test('50 open files take 90 MiB', {
    skip: process.platform !== 'linux' && 'reads /proc',
  }, async (context) => {
    const resident = await residentMebibytes(50);
    context.diagnostic(`${resident.toFixed(0)} MiB`);
    // With a little more for other releases of Node.
    assert.ok(resident < 100, `${resident.toFixed(0)} MiB`);
  });

  test('the first diagnostics are there in 400 ms', async (context) => {
    const milliseconds = await startMilliseconds(5);
    context.diagnostic(`${milliseconds.toFixed(0)} ms`);
    // The best of several, with as much again for a machine that has other things to do.
    assert.ok(milliseconds < 800, `${milliseconds.toFixed(0)} ms`);
  });
});
