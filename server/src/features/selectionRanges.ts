/** What a growing selection takes in: value, attribute, start tag, content, element, its parent's content, … */
import { entityAt } from '../domain/entityAt.ts';
import { skipName } from '../xml/characters.ts';
import { attributeSpan, nameSpan, textSpan } from '../xml/query.ts';
import type { Span, XmlComment, XmlDocument, XmlElement } from '../xml/tree.ts';

/** Spans around an offset, the narrowest first; each is wider than the one before and holds it. The last is the whole text. */
export function selectionRanges(document: XmlDocument, offset: number): Span[] {
  const { text } = document;
  const comment = document.comments.find(({ start, end }) => start < offset && offset < end);
  const steps = comment ? ofComment(comment) : [];
  // Where a comment stands, the elements around it begin before it.
  const entity = entityAt(document, comment?.start ?? offset);
  if (entity.kind === 'tag-name' && !comment) steps.push(nameAt(entity.element, entity.endTag, text));
  if (entity.kind === 'attribute-value') {
    const { valueStart, valueEnd } = entity.attribute;
    steps.push({ start: valueStart, end: valueEnd });
  }
  if (entity.kind === 'attribute-value' || entity.kind === 'attribute-name') {
    const { nameStart, nameEnd } = entity.attribute;
    if (entity.kind === 'attribute-name') steps.push({ start: nameStart, end: nameEnd });
    steps.push(attributeSpan(entity.attribute));
  }
  for (let element = entity.kind === 'comment' ? null : entity.element; element; element = element.parent)
    steps.push(...ofElement(element, offset));
  return growing([...steps, { start: 0, end: text.length }], offset);
}

function ofComment({ start, end }: XmlComment): Span[] {
  return [
    { start: start + '<!--'.length, end: end - '-->'.length },
    { start, end },
  ];
}

/** The name as it is written: an end tag may be that of its element by likeness only. */
function nameAt(element: XmlElement, endTag: boolean, text: string): Span {
  const start = element.endTagNameStart;
  return endTag ? { start, end: skipName(text, start) } : nameSpan(element);
}

/** Of an element: its tags, its text, everything between its tags, and itself. Those that do not hold the offset fall away. */
function ofElement(element: XmlElement, offset: number): Span[] {
  const { start, end, startTagEnd, endTagStart } = element;
  const endTag = endTagStart < 0 ? [] : [{ start: endTagStart, end }];
  const content = endTagStart < 0 ? [] : [{ start: startTagEnd, end: endTagStart }];
  const text = textSpan(element);
  const hasText = text.start >= startTagEnd && text.start <= offset && offset <= text.end;
  return [{ start, end: startTagEnd }, ...endTag, ...(hasText ? [text] : []), ...content, { start, end }];
}

/** Of the steps those that hold the offset and what was taken so far, and are wider than that. */
function growing(steps: readonly Span[], offset: number): Span[] {
  const taken: Span[] = [];
  for (const { start, end } of steps) {
    const last = taken.at(-1) ?? { start: offset, end: offset };
    const holds = start <= last.start && last.end <= end;
    if (holds && end - start > last.end - last.start) taken.push({ start, end });
  }
  return taken;
}
