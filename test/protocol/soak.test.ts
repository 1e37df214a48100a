/** A quarter of an hour of editing, without its pauses: the server's memory stays flat. `npm run soak` does a whole hour. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Random } from '../support/random.ts';
import { growthOf, KEYSTROKES_A_MINUTE, MOST_GROWTH_MIB, soak } from '../support/soak.ts';

test('memory stays flat while somebody types', async (context) => {
  const samples = await soak(15 * KEYSTROKES_A_MINUTE, new Random(42));
  context.diagnostic(`heap in MiB: ${samples.map((mebibytes) => mebibytes.toFixed(1)).join(' ')}`);
  assert.ok(growthOf(samples) < MOST_GROWTH_MIB, `it grew by ${growthOf(samples).toFixed(1)} MiB`);
});
