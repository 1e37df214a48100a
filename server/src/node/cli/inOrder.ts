/** Checks one batch of tasks after the other, some of them in a second thread, and tells the outcomes in the order of the tasks. */
import type { Batch, Outcome, SecondThread, Task } from './helper.ts';

/** Enough to be worth a message. */
const BATCH = 24;
/** Fewer files than this are done before a second thread is warm. */
const FEW = 72;
/** Batches that are held while an earlier one is not done: it bounds memory. */
const MOST_HELD = 6;

export interface Checkers {
  readonly here: (task: Task) => Outcome;
  /** Called once, when there are many files. */
  readonly startHelper: () => SecondThread | undefined;
}

/** @param expected how many tasks are known to come */
export async function* inOrder<Item extends Task>(
  items: Iterable<Item>,
  expected: number,
  { here, startHelper }: Checkers,
): AsyncGenerator<readonly [Item, Outcome]> {
  const held: Promise<(readonly [Item, Outcome])[]>[] = [];
  let helper: SecondThread | undefined;
  let begun = 0;
  let hasStarted = false;
  try {
    for (const batch of batches(items)) {
      if (!hasStarted && Math.max(begun, expected) >= FEW) {
        helper = startHelper();
        hasStarted = true;
      }
      begun += batch.length;
      held.push(outcomesOf(batch, helper, here));
      // The other thread's answers are heard only when this one pauses.
      if (helper) await new Promise(setImmediate);
      while (held.length > (helper ? MOST_HELD : 0)) yield* (await held.shift()) ?? [];
    }
    for (const outcomes of held) yield* await outcomes;
  } finally {
    await helper?.end();
  }
}

async function outcomesOf<Item extends Task>(
  batch: readonly Item[],
  helper: SecondThread | undefined,
  here: (task: Task) => Outcome,
): Promise<(readonly [Item, Outcome])[]> {
  const told = helper?.isFree ? await helper.check(asTasks(batch)) : undefined;
  return batch.map((item, index) => [item, told?.[index] ?? here(item)] as const);
}

function asTasks(batch: readonly Task[]): Batch {
  return batch.map(({ name, text }) => ({ name, text }));
}

function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
