/** The grammars of one kind of document: one for each libvirt release that is known, of which the newest is the usual one. */
import { Grammar } from './grammar.ts';
import { compareReleases } from './release.ts';
import { absent, type GrammarTable } from './table.ts';

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

  /** The indices of the releases that have a schema of this kind. */
  get withSchema(): readonly number[] {
    return this.#table.starts.flatMap((start, release) => (start === absent ? [] : [release]));
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
   * releases may be in the target, and is given the benefit of the doubt (what is dated exactly: younger.ts). A kind of document whose schema came later
   * was there before its schema was.
   */
  indexFor(target: string | undefined): number {
    const last = this.releases.length - 1;
    if (target === undefined) return last;
    return this.withSchema.find((index) => compareReleases(this.releases[index] ?? '', target) >= 0) ?? last;
  }
}
