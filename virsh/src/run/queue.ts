/** How many commands of each lane may run on one connection at a time. */
import type { Lane } from '../command.ts';

export type LaneLimits = Readonly<Record<Lane, number>>;

/**
 * sshd refuses connections beyond about ten that are not logged in yet (MaxStartups), and sessions beyond ten on one (MaxSessions). With the
 * streams of a host (streamLimit) these are eight.
 */
export const usualLimits: LaneLimits = { read: 3, change: 1, transfer: 1 };

/** How many streams may run on one connection at a time: its events, and what the user looks at or copies. */
export const streamLimit = 3;

export class Queue {
  readonly #lanes: Readonly<Record<Lane, Turns>>;

  /** With `'one-client'` only one command runs at a time, whatever its lane: qemu:///embed admits no second client. */
  constructor(limits: LaneLimits | 'one-client') {
    const one = new Turns(1);
    this.#lanes =
      limits === 'one-client'
        ? { read: one, change: one, transfer: one }
        : { read: new Turns(limits.read), change: new Turns(limits.change), transfer: new Turns(limits.transfer) };
  }

  /** Runs the task when its turn comes. Cancelled while it waits, it starts with the signal aborted, and must look. */
  run<T>(lane: Lane, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    return this.#lanes[lane].run(signal, task);
  }
}

/** Only so many tasks run at a time; the others wait in the order of their coming. */
export class Turns {
  readonly #limit: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs the task when its turn comes. Cancelled while it waits, it starts with the signal aborted, and must look. */
  async run<T>(signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    const entered = await this.#enter(signal);
    try {
      return await task();
    } finally {
      if (entered) this.#leave();
    }
  }

  /** False for a task that was cancelled while it waited: it has no place to give back. */
  #enter(signal: AbortSignal | undefined): Promise<boolean> {
    if (this.#running < this.#limit) {
      this.#running += 1;
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const cancel = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(turn), 1);
        resolve(false);
      };
      const turn = (): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(true);
      };
      this.#waiting.push(turn);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}
