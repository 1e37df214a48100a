/**
 * The syntax tree of an XML document, with the offsets of every token.
 * Offsets count UTF-16 code units from the start of the text; every span is half open: [start, end).
 * The tree exists for text in any state of repair: what is broken is told in `problems`.
 * Only the rooms xml/ and grammar/ write to a tree: while it is read, and when it is carried over to the next version of its text.
 */

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface XmlAttribute {
  readonly kind: 'attribute';
  readonly name: string;
  nameStart: number;
  nameEnd: number;
  /** Offset of `=`, or -1 where there is none. */
  equals: number;
  /** The value without its quotes; both -1 where there is no value. */
  valueStart: number;
  valueEnd: number;
  /** The opening quote, or '' for an unquoted or missing value. */
  readonly quote: '"' | "'" | '';
  /** The closing quote is there. */
  readonly closed: boolean;
  /** The value with entities decoded; '' where there is none. */
  readonly value: string;
  readonly parent: XmlElement;
}

export interface XmlText {
  readonly kind: 'text';
  start: number;
  end: number;
  /** Entities decoded, CDATA markers taken off. */
  readonly value: string;
}

export interface XmlComment {
  readonly kind: 'comment';
  readonly start: number;
  readonly end: number;
}

export interface XmlElement {
  readonly kind: 'element';
  /** As written, with its prefix; '' for a `<` that nothing follows yet. */
  name: string;
  /** Offset of `<`. */
  start: number;
  nameStart: number;
  nameEnd: number;
  /** After the `>` of the start tag, or where the start tag breaks off. */
  startTagEnd: number;
  /** The start tag has its `>`. */
  startTagClosed: boolean;
  selfClosing: boolean;
  /** Offset of `</`, and of the name in it; -1 where there is no end tag. */
  endTagStart: number;
  endTagNameStart: number;
  /** After the whole element. */
  end: number;
  attributes: XmlAttribute[];
  /** Elements and text in document order; comments are in `XmlDocument.comments`. */
  children: XmlNode[];
  parent: XmlElement | null;
  /** Slot of the grammar's yes/no pass: the declaration last asked for, and its verdict. Nobody else's. */
  judgedAs: number;
  verdict: boolean;
}

export type XmlNode = XmlElement | XmlText;

export type XmlProblemCode =
  | 'unclosed-element'
  | 'unclosed-start-tag'
  | 'unclosed-end-tag'
  | 'stray-end-tag'
  | 'mismatched-end-tag'
  | 'end-tag-without-slash'
  | 'stray-less-than'
  | 'stray-slash'
  | 'junk-in-tag'
  | 'missing-space'
  | 'duplicate-attribute'
  | 'attribute-without-value'
  | 'unclosed-value'
  | 'unquoted-value'
  | 'stray-ampersand'
  | 'unknown-entity'
  | 'bad-character-reference'
  | 'control-character'
  | 'unclosed-comment'
  | 'double-hyphen-in-comment'
  | 'unclosed-cdata'
  | 'cdata-end-in-text'
  | 'unclosed-declaration'
  | 'bad-declaration'
  | 'unclosed-processing-instruction'
  | 'bad-processing-instruction'
  | 'misplaced-xml-declaration'
  | 'bad-xml-declaration'
  | 'unbound-prefix'
  | 'text-outside-root'
  | 'second-root'
  | 'no-root'
  | 'too-deep'
  | 'too-large'
  | 'not-text';

/** What keeps the text from being well-formed, at the place where a human would look. */
export interface XmlProblem extends Span {
  readonly code: XmlProblemCode;
  /** The name that the problem is about: of the element, attribute or entity. */
  readonly name: string;
  /** The element or attribute that the problem is about, where the tree has one. */
  readonly node: XmlElement | XmlAttribute | null;
}

export interface XmlDocument {
  readonly text: string;
  /** The first element at the top, or null. */
  readonly root: XmlElement | null;
  readonly comments: readonly XmlComment[];
  readonly problems: readonly XmlProblem[];
}
