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
  readonly #limits: LaneLimits;
  readonly #shared: boolean;
  readonly #running = new Map<Lane, number>();
  readonly #waiting = new Map<Lane, (() => void)[]>();

  /** With `'one-client'` only one command runs at a time, whatever its lane: qemu:///embed admits no second client. */
  constructor(limits: LaneLimits | 'one-client') {
    this.#shared = limits === 'one-client';
    this.#limits = limits === 'one-client' ? { read: 1, change: 1, transfer: 1 } : limits;
  }

  /** Runs the task when its turn comes. Cancelled while it waits, it starts with the signal aborted, and must look. */
  async run<T>(lane: Lane, signal: AbortSignal | undefined, task: () => Promise<T>): Promise<T> {
    const key = this.#shared ? 'change' : lane;
    const entered = await this.#enter(key, signal);
    try {
      return await task();
    } finally {
      if (entered) this.#leave(key);
    }
  }

  /** False for a task that was cancelled while it waited: it has no place to give back. */
  #enter(lane: Lane, signal: AbortSignal | undefined): Promise<boolean> {
    if ((this.#running.get(lane) ?? 0) < this.#limits[lane]) {
      this.#running.set(lane, (this.#running.get(lane) ?? 0) + 1);
      return Promise.resolve(true);
    }
    return new Promise((resolve) => {
      const waiting = this.#waiting.get(lane) ?? [];
      this.#waiting.set(lane, waiting);
      const cancel = (): void => {
        waiting.splice(waiting.indexOf(turn), 1);
        resolve(false);
      };
      const turn = (): void => {
        signal?.removeEventListener('abort', cancel);
        resolve(true);
      };
      waiting.push(turn);
      signal?.addEventListener('abort', cancel, { once: true });
    });
  }

  #leave(lane: Lane): void {
    const next = this.#waiting.get(lane)?.shift();
    if (next) next();
    else this.#running.set(lane, (this.#running.get(lane) ?? 1) - 1);
  }
}
