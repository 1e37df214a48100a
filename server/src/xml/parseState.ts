import { Finder } from './finder.ts';
import type { XmlAttribute, XmlComment, XmlElement, XmlProblem, XmlProblemCode } from './tree.ts';

/** More problems than anyone reads; what comes after is not recorded. */
export const MOST_PROBLEMS = 200;

/** What libxml2, and so libvirt, reads: its limit of 256 counts the levels around an element. */
export const DEEPEST_LEVEL = 257;

export function newElement(name: string, start: number, nameEnd: number, parent: XmlElement | null): XmlElement {
  return {
    kind: 'element',
    name,
    start,
    nameStart: start + 1,
    nameEnd,
    startTagEnd: nameEnd,
    startTagClosed: false,
    selfClosing: false,
    endTagStart: -1,
    endTagNameStart: -1,
    end: nameEnd,
    attributes: [],
    children: [],
    parent,
    judgedAs: -1,
    verdict: false,
  };
}

/** What the parts of the parser share while they read one text. */
export class ParseState {
  readonly text: string;
  /** Stands above the root while parsing; not part of the result. */
  readonly top: XmlElement;
  /** The innermost open element. */
  current: XmlElement;
  /** How many elements are open, and how many more beyond DEEPEST_LEVEL. */
  depth = 0;
  tooDeep = 0;
  /** A name has a prefix. */
  prefixed = false;
  /** General entities that the DOCTYPE declares; null where it may declare others elsewhere, out of our sight. */
  declaredEntities: Set<string> | null = new Set();
  readonly problems: XmlProblem[] = [];
  readonly comments: XmlComment[] = [];
  readonly lessThan: Finder;
  readonly greaterThan: Finder;
  readonly ampersand: Finder;
  readonly apostrophe: Finder;
  readonly quotationMark: Finder;
  readonly commentStart: Finder;
  readonly commentEnd: Finder;
  readonly cdataEnd: Finder;
  readonly instructionEnd: Finder;
  readonly #lineFeed: Finder;
  readonly #carriageReturn: Finder;
  /** Steps of looking ahead that are left. It makes parsing linear in the size of the worst text. */
  #effort: number;

  constructor(text: string) {
    this.text = text;
    this.top = newElement('', 0, 0, null);
    this.top.end = text.length;
    this.current = this.top;
    this.lessThan = new Finder(text, '<');
    this.greaterThan = new Finder(text, '>');
    this.ampersand = new Finder(text, '&');
    this.apostrophe = new Finder(text, "'");
    this.quotationMark = new Finder(text, '"');
    this.commentStart = new Finder(text, '<!--');
    this.commentEnd = new Finder(text, '-->');
    this.cdataEnd = new Finder(text, ']]>');
    this.instructionEnd = new Finder(text, '?>');
    this.#lineFeed = new Finder(text, '\n');
    this.#carriageReturn = new Finder(text, '\r');
    this.#effort = 20_000 + 4 * text.length;
  }

  report(code: XmlProblemCode, start: number, end: number, name = '', node: XmlElement | XmlAttribute | null = null) {
    if (this.problems.length < MOST_PROBLEMS) this.problems.push({ code, start, end, name, node });
  }

  /** The end of the line that an offset stands in, without its line break. */
  lineEnd(offset: number): number {
    return Math.min(this.#lineFeed.next(offset), this.#carriageReturn.next(offset));
  }

  /** Takes steps from the effort that is left; false when it is used up. */
  spend(steps: number): boolean {
    this.#effort -= steps;
    return this.#effort > 0;
  }
}
