/**
 * Patterns: the content of an element, or what is left of it after some attributes and children were taken.
 * Equal patterns are one object (patternPool.ts makes them), so results of questions are kept on the object.
 */
import type { ValueTest } from './datatypes.ts';
import type { DataNode, NameClass } from './table.ts';

export type PatternKind =
  | 'empty'
  | 'notAllowed'
  | 'text'
  | 'choice'
  | 'interleave'
  | 'group'
  | 'oneOrMore'
  | 'attribute'
  | 'element'
  | 'data'
  | 'value'
  | 'list';

/** An attribute or element as the schema declares it at one place. The symbols that derivatives are taken by. */
export interface Declaration {
  readonly kind: 'attribute' | 'element';
  /** Unique among all declarations of all grammars: trees remember verdicts by it. */
  readonly id: number;
  readonly names: NameClass;
  /** The one name, or '' for a class of names. */
  readonly name: string;
  /** Of an element: attributes and children; of an attribute: its value. */
  readonly content: Pattern;
  /** The content can never match: libvirt leaves such holes for other schemas to fill. */
  readonly isHole: boolean;
  /** The definition that an element is written in. */
  readonly from: string;
}

/** Declarations by name, and those for classes of names. */
export interface Declarations {
  readonly byName: ReadonlyMap<string, readonly Declaration[]>;
  readonly wild: readonly Declaration[];
}

export class Pattern {
  readonly kind: PatternKind;
  readonly id: number;
  readonly nullable: boolean;
  readonly members: readonly Pattern[];
  readonly declaration: Declaration | null;
  /** Of `value`: the word. */
  readonly word: string;
  /** Of `data`: what it is. */
  readonly data: DataNode | null;
  readonly test: ValueTest | null;
  readonly hasAttributes: boolean;
  readonly hasElements: boolean;
  readonly hasText: boolean;
  readonly hasData: boolean;
  readonly memo = new PatternMemo();

  constructor(id: number, nullable: boolean, parts: PatternParts) {
    const { kind, members = [], declaration = null } = parts;
    this.id = id;
    this.kind = kind;
    this.nullable = nullable;
    this.members = members;
    this.declaration = declaration;
    this.word = parts.word ?? '';
    this.data = parts.data ?? null;
    this.test = parts.test ?? null;
    this.hasAttributes = kind === 'attribute' || members.some((member) => member.hasAttributes);
    this.hasElements = kind === 'element' || members.some((member) => member.hasElements);
    this.hasText = kind === 'text' || members.some((member) => member.hasText);
    this.hasData = kind === 'data' || kind === 'value' || kind === 'list' || members.some((member) => member.hasData);
  }
}

export interface PatternParts {
  readonly kind: PatternKind;
  readonly members?: readonly Pattern[];
  readonly declaration?: Declaration;
  readonly word?: string;
  readonly data?: DataNode;
  readonly test?: ValueTest;
}

/** The one attribute or element of a name that a pattern takes, and what it leaves; null where none or several have the name. */
export interface Step {
  readonly declaration: Declaration;
  readonly next: Pattern;
}

/** Answers that a pattern keeps. All but the words lead to derived patterns and are dropped together with those. */
export class PatternMemo {
  attributeSteps: Map<string, Step | null> | null = null;
  elementSteps: Map<string, Step | null> | null = null;
  derivatives: Map<number, Pattern> | null = null;
  setDerivatives: Map<string, Pattern> | null = null;
  closed: Pattern | null = null;
  opened: Pattern | null = null;
  afterText: Pattern | null = null;
  attributes: Declarations | null = null;
  elements: Declarations | null = null;
  mentioned: Declarations | null = null;
  words: { readonly known: ReadonlySet<string>; readonly others: readonly Pattern[] } | null = null;

  clear(): void {
    this.attributeSteps = this.elementSteps = null;
    this.derivatives = this.setDerivatives = null;
    this.closed = this.opened = this.afterText = null;
  }
}
