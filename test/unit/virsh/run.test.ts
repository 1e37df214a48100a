/** Running programs: bounds, cancellation, queues. The programs are small real ones. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type ProcessRequest, runProcess } from '../../../virsh/src/run/process.ts';
import { Queue, streamLimit, usualLimits } from '../../../virsh/src/run/queue.ts';
import { waitFor } from '../../support/bed/scratch.ts';

const sh = (script: string, changes: Partial<ProcessRequest> = {}) =>
  runProcess({
    executable: '/bin/sh',
    args: ['-c', script],
    environment: { PATH: '/usr/bin:/bin' },
    timeoutMilliseconds: 10_000,
    outputLimit: 1_000_000,
    ...changes,
  });

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a program', { skip: process.platform === 'win32' && 'uses sh' }, () => {
  it('gives back its exit code, output and errors', async () => {
    assert.deepEqual(await sh('echo out; echo err >&2; exit 3'), {
      end: 'exited',
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
    });
  });

  it('finds its input, or its end', async () => {
    assert.equal((await sh('cat', { input: 'x'.repeat(300_000) })).stdout.length, 300_000);
    assert.equal((await sh('cat; echo end')).stdout, 'end\n');
    assert.equal(
      (await sh('exit 0', { input: 'x'.repeat(3_000_000) })).exitCode,
      0,
      'that it does not read is no failure',
    );
  });

  it('keeps characters whole that arrive in pieces', async () => {
    assert.equal((await sh(`printf '\\342\\230'; sleep 0.2; printf '\\203'`)).stdout, '☃');
  });

  it('ends at its time, together with what it started', async () => {
    const started = performance.now();
    const { end, stdout } = await sh('sleep 61 & echo $!; wait', { timeoutMilliseconds: 200 });
    assert.equal(end, 'timeout');
    assert.ok(performance.now() - started < 5000);
    // Where PID 1 is slow to reap, it stays in the list for a while.
    await waitFor('the child of the child to end', () => !isRunning(Number(stdout)), 5);
  });

  it('ends even when it ignores the first signal', async () => {
    const { end, exitCode } = await sh(`trap '' TERM; while :; do sleep 0.1; done`, { timeoutMilliseconds: 100 });
    assert.deepEqual([end, exitCode], ['timeout', null]);
  });

  it('ends when cancelled, and does not start when cancelled before', async () => {
    assert.equal((await sh('sleep 60', { signal: AbortSignal.timeout(100) })).end, 'cancelled');
    assert.deepEqual(await sh('echo x', { signal: AbortSignal.abort() }), {
      end: 'cancelled',
      exitCode: null,
      stdout: '',
      stderr: '',
    });
  });

  it('ends when it prints too much', async () => {
    const { end, stdout } = await sh('yes', { outputLimit: 10_000 });
    assert.equal(end, 'output-limit');
    assert.ok(stdout.length <= 10_000);
  });

  it('is not waited for by those that it leaves behind', async () => {
    const started = performance.now();
    const { end, exitCode, stdout } = await sh('setsid sleep 8 & echo done');
    assert.deepEqual([end, exitCode, stdout], ['exited', 0, 'done\n']);
    assert.ok(performance.now() - started < 5000);
  });

  it('is reported when it cannot be started', async () => {
    const { end, stderr } = await runProcess({
      executable: '/nowhere/virsh',
      args: [],
      environment: {},
      timeoutMilliseconds: 1000,
      outputLimit: 10,
    });
    assert.equal(end, 'not-started');
    assert.match(stderr, /ENOENT/);
  });
});

describe('the queue of a connection', () => {
  /** Runs tasks of these lanes at the same time; how many ran at once at most. */
  const busiest = async (queue: Queue, lanes: readonly ('read' | 'change' | 'transfer')[]): Promise<number> => {
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
    };
    await Promise.all(lanes.map((lane) => queue.run(lane, undefined, task)));
    return most;
  };
  const usual = () => new Queue({ read: 4, change: 1, transfer: 1 });

  it('leaves with its streams no more than eight connections to a host', () => {
    assert.equal(usualLimits.read + usualLimits.change + usualLimits.transfer + streamLimit, 8);
  });

  it('bounds each lane by itself', async () => {
    assert.equal(await busiest(usual(), Array(10).fill('read')), 4);
    assert.equal(await busiest(usual(), Array(5).fill('change')), 1);
    assert.equal(await busiest(usual(), ['transfer', 'change', 'read']), 3);
    assert.equal(await busiest(new Queue('one-client'), ['transfer', 'change', 'read', 'read']), 1);
  });

  it('keeps the order of changes', async () => {
    const queue = usual();
    const order: number[] = [];
    await Promise.all(
      [1, 2, 3].map((number) =>
        queue.run('change', undefined, async () => {
          await new Promise((resolve) => setTimeout(resolve, 10 - number * 3));
          order.push(number);
        }),
      ),
    );
    assert.deepEqual(order, [1, 2, 3]);
  });

  it('lets the others pass when one is cancelled or fails', async () => {
    const queue = usual();
    const holder = queue.run(
      'change',
      undefined,
      () => new Promise<string>((resolve) => setTimeout(() => resolve('held'), 100)),
    );
    const cancel = new AbortController();
    const cancelled = queue.run('change', cancel.signal, async () => cancel.signal.aborted);
    const next = queue.run('change', undefined, async () => 'next');
    const failing = queue.run('change', undefined, async () => {
      throw new Error('bug');
    });
    const last = queue.run('change', undefined, async () => 'last');
    cancel.abort();
    await assert.rejects(failing, /bug/);
    assert.deepEqual([await cancelled, await holder, await next, await last], [true, 'held', 'next', 'last']);
  });
});
