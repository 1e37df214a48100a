/** Something of a host that is read when somebody looks at it, and again after it may have changed. */
import type { Result, VirshFailure } from '../../../virsh/src/index.ts';

export class Lazy<T> {
  readonly #read: (signal: AbortSignal) => Promise<Result<T, VirshFailure>>;
  #answer: Result<T, VirshFailure> | undefined;
  #isStale = true;
  #reading: Promise<void> | undefined;

  constructor(read: (signal: AbortSignal) => Promise<Result<T, VirshFailure>>) {
    this.#read = read;
  }

  /** What is known, fresh or not; undefined where nothing has been read yet. */
  get answer(): Result<T, VirshFailure> | undefined {
    return this.#answer;
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  /** The next look reads again. */
  invalidate(): void {
    this.#isStale = true;
  }

  /** Reads where that is needed; who comes meanwhile waits for the same answer. */
  async load(signal: AbortSignal): Promise<void> {
    if (!this.#isStale) return;
    this.#reading ??= this.#readOnce(signal);
    await this.#reading;
  }

  async #readOnce(signal: AbortSignal): Promise<void> {
    this.#isStale = false;
    const answer = await this.#read(signal);
    this.#reading = undefined;
    if (answer.ok || !this.#answer?.ok || answer.error.kind !== 'cancelled') this.#answer = answer;
  }
}
