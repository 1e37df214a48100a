/**
 * The compiled grammar: what a RELAX NG schema says of structure, as plain JSON.
 * Made by compile/, shipped in schemas/*.json, turned into patterns by load.ts.
 */

/** A name is written `local`, or `namespace|local`. */
export type NameClass = string | AnyName | OneOfNames;

export interface AnyName {
  readonly any: true;
  /** Only names of this namespace. */
  readonly namespace?: string;
  readonly except?: readonly NameClass[];
}

export interface OneOfNames {
  readonly oneOf: readonly NameClass[];
}

/** Name and text of a `<param>`: a facet of XML Schema, such as `pattern` or `maxInclusive`. */
export type Facet = readonly [name: string, value: string];

export interface DataNode {
  /** A datatype of XML Schema, such as `unsignedInt`. */
  readonly type: string;
  readonly facets?: readonly Facet[];
  /** Node of what is left out. */
  readonly except?: number;
  /** The definition that the data is written in, such as `macAddr`: the key to words for people. */
  readonly from?: string;
}

/** A pattern. Numbers are indices of `GrammarTable.nodes`, of `elements` in an `element` node. */
export type TableNode =
  | readonly ['empty']
  | readonly ['notAllowed']
  | readonly ['text']
  | readonly ['choice' | 'interleave' | 'group', readonly number[]]
  | readonly ['oneOrMore' | 'list', number]
  | readonly ['attribute', NameClass, number]
  | readonly ['element', number]
  | readonly ['data', DataNode]
  | readonly ['value', string]
  | readonly ['value', string, type: string];

/** An element declaration: its name, the node of its content, the definition that it is written in. */
export type TableElement = readonly [name: NameClass, content: number, from: string];

export interface GrammarTable {
  readonly format: 1;
  /** The libvirt release whose schema it is. */
  readonly release: string;
  readonly start: number;
  readonly nodes: readonly TableNode[];
  readonly elements: readonly TableElement[];
}
