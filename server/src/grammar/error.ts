/** What can be wrong with a document against its grammar. Each error is one edit of the cheapest repair. */
import type { Span, XmlAttribute, XmlElement } from '../xml/tree.ts';
import type { Declaration } from './pattern.ts';
import type { ValueSet } from './values.ts';

interface Common extends Span {
  /** The element whose attributes, children or text are wrong. */
  readonly owner: XmlElement;
  /** As what the owner was taken. */
  readonly declaration: Declaration;
  readonly cost: number;
  /** Another reading: with one of these values of an attribute of an element around, this would be right. */
  readonly otherwise?: OtherReading;
}

export interface OtherReading {
  readonly owner: XmlElement;
  readonly attribute: string;
  readonly values: readonly string[];
}

interface AttributeError extends Common {
  readonly attribute: XmlAttribute;
  /** Names of attributes that could stand there, most likely first. */
  readonly expected: readonly string[];
}

interface ChildError extends Common {
  readonly child: XmlElement;
  /** Names of elements that could stand there, most likely first. */
  readonly expected: readonly string[];
}

export type GrammarError =
  /** No such attribute in any reading of the element. */
  | (AttributeError & { readonly code: 'unknown-attribute' })
  | (AttributeError & { readonly code: 'misspelt-attribute' })
  /** The element knows the attribute, but not together with what else is given. */
  | (AttributeError & { readonly code: 'conflicting-attribute' })
  | (Common & {
      readonly code: 'wrong-value';
      readonly attribute: XmlAttribute;
      readonly expected: ValueSet;
      readonly fitsContent: boolean;
    })
  | (Common & { readonly code: 'missing-attribute'; readonly name: string; readonly expected: ValueSet })
  | (ChildError & { readonly code: 'unknown-element' })
  | (ChildError & { readonly code: 'misspelt-element' })
  /** The child is right as it is, but in another element: one of `homes`. */
  | (ChildError & { readonly code: 'misplaced-element'; readonly homes: readonly string[] })
  /** The owner knows the child, but not with these attributes, or not beside `brother`. */
  | (ChildError & { readonly code: 'conflicting-element'; readonly brother: XmlElement | null })
  | (ChildError & { readonly code: 'repeated-element'; readonly first: XmlElement })
  /** It would have to stand before `brother`. */
  | (ChildError & { readonly code: 'misordered-element'; readonly brother: XmlElement })
  /** One of `expected` is missing. */
  | (Common & { readonly code: 'missing-element'; readonly expected: readonly string[] })
  | (Common & { readonly code: 'unexpected-text' })
  | (Common & { readonly code: 'wrong-text'; readonly expected: ValueSet });

export type GrammarErrorCode = GrammarError['code'];
