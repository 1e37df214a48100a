/**
 * Where a needle stands next, remembered: asked at rising offsets, all answers together cost one pass over the text.
 * It keeps a document full of openings that nothing closes from being searched to its end for each of them.
 */
export class Finder {
  readonly #text: string;
  readonly #needle: string;
  #from = 0;
  #at = -1;

  constructor(text: string, needle: string) {
    this.#text = text;
    this.#needle = needle;
  }

  /** The first occurrence at or after an offset, or the text's length where there is none. */
  next(from: number): number {
    if (from < this.#from || from > this.#at) {
      const at = this.#text.indexOf(this.#needle, from);
      this.#from = from;
      this.#at = at < 0 ? this.#text.length : at;
    }
    return this.#at;
  }
}
