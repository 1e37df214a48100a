/**
 * Lays a document out as `virsh dumpxml` prints one: an element a line, indented by its depth. Only blanks between tags and inside
 * start tags change, so the document says the same; where something is broken, or text stands, all stays as it is.
 */
import type { TextEdit } from '../../finding.ts';
import { ownLineIndent } from '../../xml/characters.ts';
import { lineBreak } from '../../xml/layout.ts';
import type { Span, XmlDocument, XmlElement } from '../../xml/tree.ts';
import { commentEdits } from './comment.ts';
import { type Content, contentOf, type Item, isClosed } from './content.ts';
import { startTagEdits } from './startTag.ts';
import type { FormattingStyle } from './style.ts';

/**
 * The edits that lay the document out; none where it is laid out already.
 * @param within only what starts in this part is put in its place, and follows the indentation of what stands around it
 */
export function format(document: XmlDocument, style: FormattingStyle, within?: Span): TextEdit[] {
  const { root } = document;
  if (!root || !isClosed(root)) return [];
  const formatter = new Formatter(document, style, within);
  formatter.element(root, formatter.place(lineStartOf(root, document), root, ''));
  return formatter.edits;
}

/** The blanks before the root, in its line. */
function lineStartOf({ start }: XmlElement, { text }: XmlDocument): number {
  return start - (ownIndentation(text, start)?.length ?? 0);
}

class Formatter {
  readonly edits: TextEdit[] = [];
  private readonly document: XmlDocument;
  private readonly style: FormattingStyle;
  private readonly within: Span | undefined;
  private readonly break: string;

  constructor(document: XmlDocument, style: FormattingStyle, within: Span | undefined) {
    this.document = document;
    this.style = style;
    this.within = within;
    this.break = lineBreak(document.text);
  }

  /** Puts an item behind blanks that start at an offset; the indentation that it has then. */
  place(from: number, item: Span, blanks: string): string {
    const { text } = this.document;
    const wanted = /[^\r\n]*$/.exec(blanks)?.[0] ?? '';
    if (this.replace(from, item.start, blanks)) return wanted;
    return ownIndentation(text, item.start) ?? wanted;
  }

  element(element: XmlElement, indent: string): void {
    const { text } = this.document;
    const ownLine = element.parent !== null || ownIndentation(text, element.start) !== undefined;
    for (const edit of startTagEdits(element, ownLine ? indent : undefined, this.style.unit, this.document))
      this.replace(edit.start, edit.end, edit.newText);
    const content = contentOf(element, this.document);
    if (content && !isRemark(content, text)) this.content(content, indent);
  }

  private content(content: Content, outer: string): void {
    const { text } = this.document;
    const indent = outer + this.style.unit;
    let at = content.start;
    let kept = false;
    for (const item of content.items) {
      const between = text.slice(at, item.start);
      const staysInLine = item.kind === 'comment' && !/[\r\n]/.test(between);
      const isBroken = isItemBroken(item, text);
      if (!isBroken && !kept && !staysInLine) this.item(at, item, indent, at === content.start);
      else if (item.kind === 'element' && !isBroken) this.element(item, ownIndentation(text, item.start) ?? indent);
      kept = isBroken;
      at = item.end;
    }
    if (!kept) this.replace(at, content.end, this.break + outer);
  }

  private item(from: number, item: Item, indent: string, isFirst: boolean): void {
    const { text } = this.document;
    const breaks = text.slice(from, item.start).match(/\r\n?|\n/g)?.length ?? 0;
    const blankLine = breaks > 1 && !isFirst ? this.break : '';
    const before = ownIndentation(text, item.start);
    const placed = this.place(from, item, blankLine + this.break + indent);
    if (item.kind === 'element') this.element(item, placed);
    else if (before !== undefined)
      for (const edit of commentEdits(item, { from: before, to: placed }, text))
        this.replace(edit.start, edit.end, edit.newText);
  }

  /** Replaces blanks, where they may be changed; says whether they read as wanted afterwards. */
  private replace(start: number, end: number, newText: string): boolean {
    if (this.document.text.slice(start, end) === newText) return true;
    const { within } = this;
    if (within && (end < within.start || end > within.end)) return false;
    this.edits.push({ start, end, newText });
    return true;
  }
}

/** Comments alone, in the line of their element, are a remark on it. */
function isRemark({ start, end, items }: Content, text: string): boolean {
  return items.every(({ kind }) => kind === 'comment') && !/[\r\n]/.test(text.slice(start, end));
}

function isItemBroken(item: Item, text: string): boolean {
  return item.kind === 'comment' ? !text.slice(item.start, item.end).endsWith('-->') : !isClosed(item);
}

/** The blanks before what starts a line, or undefined where something else stands before it. */
function ownIndentation(text: string, offset: number): string | undefined {
  const blanks = ownLineIndent(text, offset);
  return blanks < 0 ? undefined : text.slice(offset - blanks, offset);
}
