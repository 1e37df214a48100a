/** Work that waits until the typing in a document pauses. */

/** A pause between keys: after it the whole check of a long document is made. */
const PAUSE_MILLISECONDS = 250;

export class Pauses {
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  /** Does something at the end of the pause that begins now. */
  begin(uri: string, then: () => void): void {
    this.end(uri);
    const timer = setTimeout(() => {
      this.#timers.delete(uri);
      then();
    }, PAUSE_MILLISECONDS);
    this.#timers.set(uri, timer);
  }

  /** Somebody types, or the document was closed: what waited is not done. */
  end(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
  }
}
