/** What the extension and its language server may cost: memory, and time until somebody sees what is wrong or that nothing is. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { entryMilliseconds, residentMegabytes, startMilliseconds } from '../bench/budgets.ts';

describe('budgets', () => {
  test('50 open files take less than 90 MB', {
    skip: process.platform !== 'linux' && 'reads /proc',
  }, async (context) => {
    // When the collector ran last is chance: the least of several servers.
    const measured: number[] = [];
    for (let round = 0; round < 3; round++) measured.push(await residentMegabytes(50));
    const resident = Math.min(...measured);
    context.diagnostic(`${resident.toFixed(0)} MB`);
    assert.ok(resident < 90, `${resident.toFixed(0)} MB`);
  });

  // That nothing else is loaded, and no server, test/vscode/lazyStart.test.ts sees in a real window.
  test('a foreign XML file has the extension active in 15 ms', (context) => {
    const milliseconds = entryMilliseconds(5);
    context.diagnostic(`${milliseconds.toFixed(1)} ms`);
    assert.ok(milliseconds < 15, `${milliseconds} ms`);
  });

  test('the first diagnostics are there in 400 ms', async (context) => {
    const milliseconds = await startMilliseconds(5);
    context.diagnostic(`${milliseconds.toFixed(0)} ms`);
    // The best of several, with as much again for a machine that has other things to do.
    assert.ok(milliseconds < 800, `${milliseconds.toFixed(0)} ms`);
  });
});
