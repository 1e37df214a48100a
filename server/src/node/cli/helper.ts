/**
 * A second thread that checks files beside the first, where there are many: half of the time goes into warming up, and two warm up
 * as fast as one. It is started with the same arguments, and so reads the same settings.
 */
import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import type { Finding } from '../../finding.ts';
import { checked } from './documents.ts';
import type { ProjectSettings } from './projectSettings.ts';

/** What is to be checked: a text, by its name. */
export interface Task {
  readonly name: string;
  readonly text: string;
}

export interface Outcome {
  /** Reports ask for no fixes; those of another thread have none. */
  readonly findings: readonly Finding[];
  /** The rules that the project file has silenced. */
  readonly silenced: ReadonlySet<string>;
}

/** As it travels between threads, which functions cannot. */
interface ToldOutcome {
  readonly findings: readonly Omit<Finding, 'fixes'>[];
  readonly silenced: ReadonlySet<string>;
}

export type Batch = readonly Task[];

export function checkTask({ name, text }: Task, settings: ProjectSettings): Outcome {
  return checked(text, settings.settingsOf(name).configuration);
}

/** The other side: checks what it is sent until it is ended. */
export function serveChecks(settings: ProjectSettings): void {
  parentPort?.on('message', (batch: Batch) => {
    const outcomes = batch.map((task) => checkTask(task, settings));
    parentPort?.postMessage(
      outcomes.map(({ findings, silenced }) => ({ findings: findings.map(({ fixes, ...told }) => told), silenced })),
    );
  });
}

/** Batches that it is given before it has answered the first. */
const MOST_WAITING = 2;

type Settle = (outcomes: Outcome[] | undefined) => void;

/** What is asked of it. */
export interface SecondThread {
  readonly isFree: boolean;
  /** Undefined where it could not be done: then the one who asks has to. */
  check(batch: Batch): Promise<Outcome[] | undefined>;
  end(): Promise<void>;
}

export class Helper implements SecondThread {
  readonly #worker: Worker;
  readonly #waiting: Settle[] = [];
  #broken = false;

  /** Undefined where a second thread would only take turns with the first. */
  static start(file: string): Helper | undefined {
    return availableParallelism() > 1 ? new Helper(file) : undefined;
  }

  private constructor(file: string) {
    this.#worker = new Worker(file, { argv: process.argv.slice(2) });
    this.#worker.on('message', (told: readonly ToldOutcome[]) => {
      const outcomes = told.map(({ findings, silenced }) => ({
        findings: findings.map((finding) => ({ ...finding, fixes: () => [] })),
        silenced,
      }));
      this.#waiting.shift()?.(outcomes);
    });
    // Whatever ends it, the first thread can do its work.
    this.#worker.on('error', () => this.#giveUp());
    this.#worker.on('exit', () => this.#giveUp());
  }

  get isFree(): boolean {
    return !this.#broken && this.#waiting.length < MOST_WAITING;
  }

  check(batch: Batch): Promise<Outcome[] | undefined> {
    return new Promise((settle) => {
      this.#waiting.push(settle);
      this.#worker.postMessage(batch);
    });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #giveUp(): void {
    this.#broken = true;
    for (const settle of this.#waiting.splice(0)) settle(undefined);
  }
}
