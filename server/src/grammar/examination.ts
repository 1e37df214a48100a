/** One document under one grammar: its errors, and the questions about them that messages and fixes ask. */
import type { Span, XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';
import type { GrammarError } from './error.ts';
import { errorPlace } from './errorPlace.ts';
import { type Decision, whatExcludes, whatKeepsOut } from './explain.ts';
import { elementsOf, named } from './following.ts';
import { Judge } from './judge.ts';
import type { LoadedGrammar } from './load.ts';
import { RepairSearch } from './repair/repair.ts';

/** Errors of one document that are reported: more help nobody, and each costs a search for words. */
const mostErrors = 500;

export class Examination {
  readonly document: XmlDocument;
  readonly grammar: LoadedGrammar;
  readonly judge: Judge;
  /** In document order. */
  readonly errors: readonly GrammarError[];

  constructor(document: XmlDocument, grammar: LoadedGrammar) {
    this.document = document;
    this.grammar = grammar;
    this.judge = new Judge(grammar.pool, document);
    this.errors = this.#errors();
  }

  /** The attributes that keep an attribute, or its value, from its place. */
  excluding({
    owner,
    declaration,
    attribute,
  }: Extract<GrammarError, { code: 'conflicting-attribute' | 'wrong-value' }>): Decision[] {
    return whatExcludes(this.judge, owner, declaration, attribute);
  }

  /** The attributes of the owner that keep a child out. */
  keepingOut({ owner, declaration, child }: Extract<GrammarError, { code: 'conflicting-element' }>): Decision[] {
    return whatKeepsOut(this.judge, owner, declaration, child);
  }

  /** The names of the elements that an element of this name may stand in. */
  homes(child: XmlElement): string[] {
    const declarations = this.grammar.named(this.judge.names.ofElement(child));
    return [...new Set(declarations.flatMap((one) => [...this.grammar.homes(one)]))];
  }

  #errors(): GrammarError[] {
    const { root } = this.document;
    if (!root) return [];
    // Another root is another kind of document: whoever asks has recognised it before.
    const declarations = named(elementsOf(this.grammar.start), this.judge.names.ofElement(root));
    if (!declarations.length) return [];
    const { errors } = new RepairSearch(this.judge, this.grammar).best(root, declarations);
    const broken = new Set(this.document.problems.map((problem) => problem.node));
    return errors
      .filter((error) => !isBroken(error, broken))
      .slice(0, mostErrors)
      .map((error) => ({ ...error, ...spanOf(errorPlace(error, this.judge, this.grammar)) }))
      .sort((a, b) => a.start - b.start || a.end - b.end);
  }
}

/** What the parser already complains of, or is still being written, says nothing of the grammar. */
function isBroken(error: GrammarError, broken: ReadonlySet<XmlElement | XmlAttribute | null>): boolean {
  if (!broken.size) return false;
  if ('attribute' in error && (broken.has(error.attribute) || error.attribute.valueStart < 0)) return true;
  if ('child' in error && !error.child.startTagClosed) return true;
  if (error.code === 'missing-attribute')
    return !error.owner.startTagClosed || error.owner.attributes.some((one) => broken.has(one));
  if (error.code === 'missing-element') return broken.has(error.owner) || !error.owner.startTagClosed;
  return false;
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}
