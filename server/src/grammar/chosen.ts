/** By which grammar a document is read: that of its root element, in the release that is its target. */
import type { XmlDocument } from '../xml/tree.ts';
import { builtInGrammars, domainGrammar, type GrammarSource } from './builtIn.ts';
import type { Grammar } from './grammar.ts';
import type { KindGrammars } from './kindGrammars.ts';

/** What a user has chosen. */
export interface GrammarChoice {
  /** The libvirt release that documents are written for; undefined: the newest that is known. */
  readonly target?: string;
  readonly source: GrammarSource;
}

const choices = new WeakMap<XmlDocument, GrammarChoice>();
const usual: GrammarChoice = { source: builtInGrammars };

/** Says how a document is read from now on. */
export function chooseGrammar(document: XmlDocument, choice: GrammarChoice): void {
  choices.set(document, choice);
}

export interface DocumentGrammars {
  readonly all: KindGrammars;
  /** Of `all`: what the document is judged by. */
  readonly target: number;
  /** The release that the user has named, which may lie between two of `all`; else the newest. */
  readonly asked: string;
}

/** Undefined where no kind of document has such a root. */
export function grammarsOf(document: XmlDocument): DocumentGrammars | undefined {
  const { source, target } = choices.get(document) ?? usual;
  // Nothing but text yet: most likely it becomes a domain.
  const root = document.root?.name ?? 'domain';
  const all = source(root) ?? builtInGrammars(root);
  return all && { all, target: all.indexFor(target), asked: target ?? all.releases.at(-1) ?? '' };
}

/** The one grammar that says what fits into a document; that of `<domain>` for a root that nobody knows. */
export function grammarOf(document: XmlDocument): Grammar {
  const grammars = grammarsOf(document);
  return grammars ? grammars.all.at(grammars.target) : domainGrammar();
}
