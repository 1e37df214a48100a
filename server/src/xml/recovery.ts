/** How the tree keeps its shape around what is missing. */
import { lineIndent, ownLineIndent, skipBlanksBack, skipName } from './characters.ts';
import type { ParseState } from './parseState.ts';
import type { XmlElement, XmlNode } from './tree.ts';

/**
 * Closes the open elements inside `target`, which have no end tag, at the offset that gives them away:
 * of the end tag of `target`, or the end of the text.
 * What is indented no deeper than such an element goes back to the element around it.
 */
export function closeUnclosed(state: ParseState, target: XmlElement, at: number): void {
  if (state.current === target) return;
  const chain: XmlElement[] = [];
  for (let element = state.current; element !== target && element.parent; element = element.parent) chain.push(element);
  chain.reverse();
  state.current = target;
  state.depth -= chain.length;

  const levels = new UnclosedLevels(state, target);
  for (const [index, element] of chain.entries()) {
    const children = element.children;
    element.children = [];
    const outer = levels.innermost;
    if (index > 0 && isEndTagWithoutSlash(state.text, outer, element, children)) {
      state.report('end-tag-without-slash', element.start, element.startTagEnd, element.name, outer);
      levels.closeInnermost(element);
    } else {
      if (index > 0) levels.add(element);
      levels.open(element);
    }
    const next = chain[index + 1];
    for (const child of children) if (child !== next) levels.add(child);
  }
  levels.finish(at);
}

/** The unclosed elements that still take in what follows, with the indentation of their lines. */
class UnclosedLevels {
  readonly #state: ParseState;
  readonly #target: XmlElement;
  readonly #levels: { element: XmlElement; indent: number }[] = [];
  #lastEnd = -1;
  #lastTrimmed = -1;

  constructor(state: ParseState, target: XmlElement) {
    this.#state = state;
    this.#target = target;
  }

  get innermost(): XmlElement {
    return this.#levels.at(-1)?.element ?? this.#target;
  }

  open(element: XmlElement): void {
    this.#levels.push({ element, indent: lineIndent(this.#state.text, element.start) });
  }

  add(node: XmlNode): void {
    const indent = node.kind === 'element' ? ownLineIndent(this.#state.text, node.start) : -1;
    if (node.kind === 'element') {
      for (
        let level = this.#levels.at(-1);
        level && indent >= 0 && indent <= level.indent;
        level = this.#levels.at(-1)
      ) {
        this.#closeLast(node.start);
      }
      node.parent = this.innermost;
    }
    // the first unclosed element is a child of the target already
    this.innermost.children.push(node);
  }

  /** `<name>t1<name>`: the second tag is taken as the end tag of the first. */
  closeInnermost(endTag: XmlElement): void {
    const level = this.#levels.pop();
    if (!level) return;
    level.element.endTagStart = endTag.start;
    level.element.endTagNameStart = endTag.nameStart;
    level.element.end = endTag.startTagEnd;
  }

  finish(at: number): void {
    while (this.#levels.length > 0) this.#closeLast(at);
  }

  #closeLast(at: number): void {
    const element = this.#levels.pop()?.element;
    if (!element) return;
    element.end = Math.max(this.#withoutBlanks(at), element.startTagEnd);
    trimText(element);
    this.#state.report('unclosed-element', element.nameStart, element.nameEnd, element.name, element);
  }

  /** The offset before the blanks that end at an offset; levels that end together ask once. */
  #withoutBlanks(at: number): number {
    if (at !== this.#lastEnd) {
      this.#lastEnd = at;
      this.#lastTrimmed = skipBlanksBack(this.#state.text, at, 0);
    }
    return this.#lastTrimmed;
  }
}

/** Cuts what text goes beyond the end that an element has got. */
function trimText(element: XmlElement): void {
  const last = element.children.at(-1);
  if (last?.kind !== 'text' || last.end <= element.end) return;
  element.children.pop();
  if (last.start < element.end) element.children.push({ ...last, end: element.end, value: last.value.trimEnd() });
}

/** A tag without attributes in the line, or at the indentation, where the end tag of the element around it is missing. */
function isEndTagWithoutSlash(text: string, outer: XmlElement, tag: XmlElement, children: readonly XmlNode[]): boolean {
  if (outer.name !== tag.name || tag.attributes.length > 0 || !tag.startTagClosed) return false;
  if (!/[\n\r]/.test(text.slice(outer.start, tag.start))) return true;
  const indent = ownLineIndent(text, tag.start);
  if (indent < 0 || indent !== lineIndent(text, outer.start)) return false;
  const first = children.find((child) => child.kind === 'element');
  return !first || ownLineIndent(text, first.start) <= indent;
}

/** Whether the end tag of an element follows at its level, before the end tag of an element around it. */
export function hasEndTagAhead(state: ParseState, element: XmlElement, from: number): boolean {
  const { text } = state;
  let around: ReadonlySet<string> | null = null;
  let nested = 0;
  let at = text.indexOf('<', from);
  while (at >= 0 && state.spend(16 + at - from)) {
    if (text.startsWith('<!--', at)) {
      from = state.commentEnd.next(at);
    } else {
      const isEndTag = text.charCodeAt(at + 1) === 0x2f;
      const nameStart = isEndTag ? at + 2 : at + 1;
      from = skipName(text, nameStart);
      const name = text.slice(nameStart, from);
      if (name === element.name) {
        if (!isEndTag) nested += isOpeningTag(state, from) ? 1 : 0;
        else if (nested === 0) return true;
        else nested--;
      } else if (isEndTag && nested === 0) {
        around ??= namesAround(state, element);
        if (around.has(name)) return false;
      }
    }
    at = text.indexOf('<', from);
  }
  return false;
}

function namesAround(state: ParseState, element: XmlElement): ReadonlySet<string> {
  const names = new Set<string>();
  for (let outer = element.parent; outer && state.spend(16); outer = outer.parent) names.add(outer.name);
  return names;
}

/** The tag whose name ends here has its `>`, and is not self-closing. */
function isOpeningTag(state: ParseState, nameEnd: number): boolean {
  const close = state.greaterThan.next(nameEnd);
  const nextTag = state.text.indexOf('<', nameEnd);
  return close < state.text.length && (nextTag < 0 || close < nextTag) && state.text.charCodeAt(close - 1) !== 0x2f;
}
