/** The grammar of a kind of document: does a document fit it, and if not, what is wrong and where? */
import type { XmlDocument } from '../xml/tree.ts';
import type { GrammarError } from './error.ts';
import { Examination } from './examination.ts';
import { elementsOf, named } from './following.ts';
import { Judge } from './judge.ts';
import { LoadedGrammar } from './load.ts';
import { Readings } from './readings.ts';
import type { GrammarTable } from './table.ts';

/**
 * Derived patterns above which all are dropped before the next document. The 607 domains of libvirt's tests need about
 * 3,000, thousands of faulty ones about 8,000; each takes about a kilobyte.
 */
const mostDerivedPatterns = 50_000;

export class Grammar {
  /** The libvirt release that it comes from. */
  readonly release: string;
  readonly #table: GrammarTable;
  readonly #index: number;
  #loaded: LoadedGrammar | undefined;

  /** @param release an index of the table's releases; the newest where it is left out */
  constructor(table: GrammarTable, release = table.releases.length - 1) {
    this.release = table.releases[release] ?? '';
    this.#table = table;
    this.#index = release;
  }

  /** Whether a document fits. What keeps it from being well-formed is not asked here. */
  accepts(document: XmlDocument): boolean {
    const { root } = document;
    if (!root) return false;
    const { pool, start } = this.#ready();
    const judge = new Judge(pool, document);
    return named(elementsOf(start), judge.names.ofElement(root)).some((one) => judge.accepts(root, one));
  }

  /** What is wrong, in document order; each error is one edit of the cheapest repair. Empty for another kind of root. */
  check(document: XmlDocument): readonly GrammarError[] {
    return this.examine(document).errors;
  }

  /** The errors, together with what can be asked about them. */
  examine(document: XmlDocument): Examination {
    return new Examination(document, this.#ready());
  }

  /** What the elements of a document may be: what completion and hover ask. */
  read(document: XmlDocument): Readings {
    return new Readings(this.#ready(), document);
  }

  #ready(): LoadedGrammar {
    this.#loaded ??= new LoadedGrammar(this.#table, this.#index);
    const { pool } = this.#loaded;
    if (pool.derived > mostDerivedPatterns) pool.forgetDerived();
    return this.#loaded;
  }
}
