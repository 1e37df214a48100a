/** The grammar of a kind of document: does a document fit it, and if not, what is wrong and where? */
import domainTable from 'text:../../../schemas/domain.json';
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

let domain: Grammar | undefined;

export class Grammar {
  /** The libvirt release that it comes from. */
  readonly release: string;
  readonly #loaded: LoadedGrammar;
  constructor(table: GrammarTable) {
    this.release = table.release;
    this.#loaded = new LoadedGrammar(table);
  }

  /** The grammar of `<domain>`, loaded at first use. */
  static domain(): Grammar {
    domain ??= new Grammar(JSON.parse(domainTable));
    return domain;
  }

  /** Whether a document fits. What keeps it from being well-formed is not asked here. */
  accepts(document: XmlDocument): boolean {
    const { root } = document;
    if (!root) return false;
    const judge = new Judge(this.#ready().pool, document);
    return named(elementsOf(this.#loaded.start), judge.names.ofElement(root)).some((one) => judge.accepts(root, one));
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
    const { pool } = this.#loaded;
    if (pool.derived > mostDerivedPatterns) pool.forgetDerived();
    return this.#loaded;
  }
}
