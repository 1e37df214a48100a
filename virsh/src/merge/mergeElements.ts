/** The three-way merge by elements: others' changes are put into the edited text, whose layout, order and comments stay. */
import type { TextEdit } from '../../../server/src/finding.ts';
import {
  insertAfter,
  insertChild,
  removeAttribute,
  removeElement,
  setAttribute,
  setText,
} from '../../../server/src/xml/edits.ts';
import {
  childIndentation,
  indentation,
  layOut,
  lineBreak,
  lineStart,
  startsLine,
} from '../../../server/src/xml/layout.ts';
import { attribute, attributeValue, childElements, textOf } from '../../../server/src/xml/query.ts';
import type { XmlDocument, XmlElement } from '../../../server/src/xml/tree.ts';
import { divergences, misplaced, sizeOf } from '../preview/divergences.ts';
import { isSameValue } from '../preview/equivalence.ts';
import { identityOf } from '../preview/identity.ts';
import { pairChildren, pairElements } from '../preview/pairing.ts';
import { conflictLines, type Sides } from './markers.ts';

/** One element in the three texts. */
interface Three {
  readonly base: XmlElement;
  readonly theirs: XmlElement;
  readonly ours: XmlElement;
}

export interface ElementMerge {
  /** Of the edited text. */
  readonly edits: readonly TextEdit[];
  readonly conflicts: number;
}

/** The edits that bring others' changes into our document. The three have a root each, and nothing is wrong with their XML. */
export function mergeElements(roots: Three, theirs: XmlDocument, ours: XmlDocument, sides: Sides): ElementMerge {
  const merger = new Merger(theirs, ours, sides);
  merger.merge(roots);
  return { edits: merger.edits, conflicts: merger.conflicts };
}

class Merger {
  readonly edits: TextEdit[] = [];
  conflicts = 0;
  readonly #theirs: XmlDocument;
  readonly #ours: XmlDocument;
  readonly #sides: Sides;

  constructor(theirs: XmlDocument, ours: XmlDocument, sides: Sides) {
    this.#theirs = theirs;
    this.#ours = ours;
    this.#sides = sides;
  }

  merge(three: Three): void {
    const own = this.#ownChanges(three);
    const { base, theirs, ours } = three;
    const isReordered = misplaced(base, theirs).length > 0;
    if (own === 'conflict' || (isReordered && this.#isTouched(base, ours))) {
      this.#conflict(ours, theirs);
    } else if (isReordered) {
      this.edits.push({ start: ours.start, end: ours.end, newText: this.#theirText(theirs, ours.start) });
    } else {
      const before = this.edits.length;
      this.edits.push(...own);
      this.#mergeChildren(three);
      this.edits.push(...this.#declarations(three, this.edits.slice(before)));
    }
  }

  /** The namespaces that their element declares, ours does not, and what came from theirs into ours is written with. One edit, as all go to one place. */
  #declarations({ theirs, ours }: Three, brought: readonly TextEdit[]): readonly TextEdit[] {
    const inserts = theirs.attributes
      .filter(({ name }) => name.startsWith('xmlns:') && !attribute(ours, name))
      .filter(({ name }) => {
        const prefix = `${name.slice('xmlns:'.length)}:`;
        return brought.some(({ newText }) => newText.includes(`<${prefix}`) || newText.includes(` ${prefix}`));
      })
      .flatMap(({ name, value }) => setAttribute(ours, name, value, this.#ours));
    const [first] = inserts;
    return first ? [{ ...first, newText: inserts.map(({ newText }) => newText).join('') }] : [];
  }

  /** Changes of the element's own attributes and text. */
  #ownChanges({ base, theirs, ours }: Three): readonly TextEdit[] | 'conflict' {
    const edits: TextEdit[] = [];
    const sizes = [base, theirs, ours].map(sizeOf);
    const areSizes = sizes.every((size) => size !== undefined);
    const names = new Set([...base.attributes, ...theirs.attributes].map(({ name }) => name));
    for (const name of names) {
      if (name.startsWith('xmlns') || (areSizes && name === 'unit')) continue;
      const [before, after, mine] = [base, theirs, ours].map((element) => attribute(element, name)?.value);
      if (isSame(before, after) || isSame(mine, after)) continue;
      if (!isSame(mine, before)) return 'conflict';
      const present = attribute(ours, name);
      if (after !== undefined) edits.push(...setAttribute(ours, name, after, this.#ours));
      else if (present) edits.push(...removeAttribute(present, this.#ours));
    }
    const text = this.#ownText({ base, theirs, ours }, areSizes ? sizes : undefined);
    return text === 'conflict' ? text : [...edits, ...text];
  }

  #ownText(
    { base, theirs, ours }: Three,
    sizes: readonly (number | undefined)[] | undefined,
  ): readonly TextEdit[] | 'conflict' {
    if ([base, theirs, ours].some((element) => childElements(element).length > 0)) return [];
    const [before, after, mine] = sizes ?? [base, theirs, ours].map(textOf);
    if (isSame(before, after) || isSame(mine, after)) return [];
    if (!isSame(mine, before)) return 'conflict';
    const unit = attributeValue(theirs, 'unit');
    return [
      ...setText(ours, textOf(theirs)),
      ...(sizes && unit !== undefined ? setAttribute(ours, 'unit', unit, this.#ours) : []),
    ];
  }

  #mergeChildren({ base, theirs, ours }: Three): void {
    const withTheirs = pairChildren(base, theirs);
    const withOurs = pairChildren(base, ours);
    const theirOf = new Map(withTheirs.pairs.map(({ left, right }) => [left, right]));
    const ourOf = new Map(withOurs.pairs.map(({ left, right }) => [left, right]));
    /** Their element → ours, where a new one may be put after. */
    const places = new Map<XmlElement, XmlElement>();
    for (const child of childElements(base)) {
      const [their, our] = [theirOf.get(child), ourOf.get(child)];
      if (their && our) {
        places.set(their, our);
        this.merge({ base: child, theirs: their, ours: our });
      } else if (their && divergences(child, their).length > 0) {
        this.#conflictBelow(ours, undefined, their);
      } else if (our) {
        if (this.#isTouched(child, our)) this.#conflict(our, undefined);
        else if (!their) this.edits.push(...removeElement(our, this.#ours));
      }
    }
    this.#addTheirs({ theirs, ours }, withTheirs.onlyRight, withOurs.onlyRight, places);
  }

  #addTheirs(
    { theirs, ours }: Pick<Three, 'theirs' | 'ours'>,
    added: readonly XmlElement[],
    ourOnes: readonly XmlElement[],
    places: ReadonlyMap<XmlElement, XmlElement>,
  ): void {
    const missing = new Set(added);
    for (const { left, right } of pairElements(added, ourOnes).pairs) {
      const isEqual = divergences(left, right).length === 0;
      if (!isEqual && !isOneThing(left, right)) continue;
      missing.delete(left);
      if (!isEqual) this.#conflict(right, left);
    }
    const siblings = childElements(theirs);
    const groups = new Map<XmlElement | undefined, XmlElement[]>();
    for (const element of siblings.filter((sibling) => missing.has(sibling))) {
      const before = siblings.slice(0, siblings.indexOf(element));
      const neighbour = before.map((sibling) => places.get(sibling)).findLast((place) => place !== undefined);
      groups.set(neighbour, [...(groups.get(neighbour) ?? []), element]);
    }
    for (const [neighbour, elements] of groups) {
      const xml = elements.map((element) => this.#theirXml(element)).join('\n');
      this.edits.push(...(neighbour ? insertAfter(neighbour, xml, this.#ours) : this.#insertFirst(ours, xml)));
    }
  }

  /** Behind the start tag: no edit of a child that is there begins before it. */
  #insertFirst(parent: XmlElement, xml: string): readonly TextEdit[] {
    if (childElements(parent).length === 0) return insertChild(parent, xml, this.#ours);
    const indent = childIndentation(parent, this.#ours);
    const newText = lineBreak(this.#ours.text) + indent + layOut(xml, indent, this.#ours);
    return [{ start: parent.startTagEnd, end: parent.startTagEnd, newText }];
  }

  /** Ours says something else than the base, if only in a comment. */
  #isTouched(base: XmlElement, ours: XmlElement): boolean {
    const { comments } = this.#ours;
    return (
      divergences(base, ours).length > 0 || comments.some(({ start, end }) => start > ours.start && end < ours.end)
    );
  }

  /** Marks our element and theirs as two answers to one question. Undefined: they took it away. */
  #conflict(ours: XmlElement, theirs: XmlElement | undefined): void {
    const { text } = this.#ours;
    const start = startsLine(text, ours.start) ? lineStart(text, ours.start) : ours.start;
    this.#mark(start, ours.end, text.slice(start, ours.end), theirs, ours.start);
  }

  /** Marks an element that we took away, and they changed. */
  #conflictBelow(parent: XmlElement, ours: undefined, theirs: XmlElement): void {
    this.#mark(parent.startTagEnd, parent.startTagEnd, ours, theirs, parent.startTagEnd);
  }

  #mark(start: number, end: number, ours: string | undefined, theirs: XmlElement | undefined, place: number): void {
    this.conflicts++;
    const { text } = this.#ours;
    const newLine = lineBreak(text);
    const indent = indentation(text, place);
    const theirLines = theirs ? (indent + this.#theirText(theirs, place)).split(newLine) : [];
    const lines = conflictLines(ours === undefined ? [] : ours.split(newLine), theirLines, this.#sides);
    const before = start === lineStart(text, start) ? '' : newLine;
    const after = /^[ \t]*(\r?\n|$)/.test(text.slice(end)) ? '' : newLine;
    this.edits.push({ start, end, newText: before + lines.join(newLine) + after });
  }

  /** Their element as it reads at a place of our text. */
  #theirText(theirs: XmlElement, place: number): string {
    return layOut(this.#theirXml(theirs), indentation(this.#ours.text, place), this.#ours);
  }

  /** Their element with two blanks a level, as libvirt writes it. */
  #theirXml({ start, end }: XmlElement): string {
    const { text } = this.#theirs;
    const indent = indentation(text, start);
    return text
      .slice(start, end)
      .split(/\r?\n/)
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join('\n');
  }
}

/** Both added it: the same device, or the same property, said in two ways. */
function isOneThing(left: XmlElement, right: XmlElement): boolean {
  const [identity, other] = [identityOf(left), identityOf(right)];
  if (identity !== undefined && other !== undefined) return identity === other;
  return left.parent?.name !== 'devices';
}

function isSame(one: string | number | undefined, other: string | number | undefined): boolean {
  if (typeof one === 'string' && typeof other === 'string') return isSameValue(one, other);
  return one === other;
}
