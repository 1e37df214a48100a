/** Tasks checked by two threads come back in their order, whichever thread was faster, and though one of them breaks. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Batch, Outcome, SecondThread, Task } from '../../../server/src/node/cli/helper.ts';
import { inOrder } from '../../../server/src/node/cli/inOrder.ts';

const outcome = (): Outcome => ({ findings: [], silenced: new Set() });
const tasks = (count: number): Task[] => Array.from({ length: count }, (_, index) => ({ name: `${index}`, text: '' }));

/** Stands for the second thread: a real one cannot be made slow or broken at will. */
function helper(answer: (batch: Batch, number: number) => Promise<Outcome[] | undefined>) {
  let asked = 0;
  let busy = 0;
  let ended = false;
  const stand: SecondThread = {
    get isFree() {
      return busy < 2;
    },
    async check(batch) {
      busy++;
      const told = await answer(batch, asked++);
      busy--;
      return told;
    },
    async end() {
      ended = true;
    },
  };
  return { stand, asked: () => asked, ended: () => ended };
}

async function names(count: number, expected: number, startHelper: () => SecondThread | undefined): Promise<string[]> {
  const told: string[] = [];
  for await (const [{ name }] of inOrder(tasks(count), expected, { here: outcome, startHelper })) told.push(name);
  return told;
}

const wanted = (count: number) => tasks(count).map(({ name }) => name);

describe('checking in order', () => {
  test('a few files are checked by one thread', async () => {
    let started = 0;
    const start = () => {
      started++;
      return undefined;
    };
    assert.deepEqual(await names(50, 50, start), wanted(50));
    assert.equal(started, 0);
    assert.deepEqual(await names(300, 0, start), wanted(300));
    assert.equal(started, 1);
  });

  test('a slow second thread delays nothing but its own', async () => {
    const slow = helper(async (batch, number) => {
      await new Promise((resolve) => setTimeout(resolve, number % 3));
      return batch.map(outcome);
    });
    assert.deepEqual(await names(1000, 1000, () => slow.stand), wanted(1000));
    assert.ok(slow.asked() > 0 && slow.ended());
  });

  test('what a broken second thread leaves is done by the first', async () => {
    const broken = helper(async (batch, number) => (number === 0 ? batch.map(outcome) : undefined));
    assert.deepEqual(await names(500, 500, () => broken.stand), wanted(500));
    assert.ok(broken.asked() > 1);
  });
});
