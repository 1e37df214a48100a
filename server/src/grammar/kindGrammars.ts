/** The grammars of one kind of document: one for each libvirt release that is known, of which the newest is the usual one. */
import { Grammar } from './grammar.ts';
import { compareReleases } from './release.ts';
import type { GrammarTable } from './table.ts';

export class KindGrammars {
  readonly #table: GrammarTable;
  readonly #made = new Map<number, Grammar>();
  constructor(table: GrammarTable) {
    this.#table = table;
  }

  /** Oldest first. */
  get releases(): readonly string[] {
    return this.#table.releases;
  }

  get newest(): Grammar {
    return this.at(this.releases.length - 1);
  }

  /** @param release an index of `releases` */
  at(release: number): Grammar {
    const known = this.#made.get(release);
    if (known) return known;
    const made = new Grammar(this.#table, release);
    this.#made.set(release, made);
    return made;
  }

  /**
   * The index of the release that stands for a target: the first that is not older. What came between two known
   * releases may be in the target, and is given the benefit of the doubt.
   */
  indexFor(target: string | undefined): number {
    const last = this.releases.length - 1;
    if (target === undefined) return last;
    const found = this.releases.findIndex((release) => compareReleases(release, target) >= 0);
    return found < 0 ? last : found;
  }
}
