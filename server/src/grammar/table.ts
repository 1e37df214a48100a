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

/** From this release on (an index of `releases`) the content is this node; `absent` where the declaration ends. */
export type ContentSince = readonly [release: number, content: number];

/** Stands for a node where there is none: a start or an element that a release does not have. */
export const absent = -1;

/** An element declaration: its name, the definition that it is written in, and what it holds since when, oldest first. */
export type TableElement = readonly [name: NameClass, from: string, contents: readonly ContentSince[]];

export interface GrammarTable {
  readonly format: 2;
  /** The libvirt releases whose schemas these are, oldest first. */
  readonly releases: readonly string[];
  /** The node of the start in each release, or `absent`. */
  readonly starts: readonly number[];
  readonly nodes: readonly TableNode[];
  readonly elements: readonly TableElement[];
}

/** The node of what an element holds in a release, or `absent`. */
export function contentIn(element: TableElement, release: number): number {
  return element[2].findLast(([since]) => since <= release)?.[1] ?? absent;
}
