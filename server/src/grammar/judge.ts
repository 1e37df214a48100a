/**
 * The yes/no pass: does an element fit a declaration? Most elements do, and then nothing else is asked.
 * The verdict on one declaration is kept on the tree itself, those on rival declarations here.
 */
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from '../xml/tree.ts';
import { afterText, closeAttributes, derivative, derivativeByAny } from './derivative.ts';
import { attributesOf, elementsOf, named } from './following.ts';
import { QualifiedNames } from './names.ts';
import type { Declaration, Pattern, Step } from './pattern.ts';
import type { PatternPool } from './patternPool.ts';
import { acceptsValue, isBlank } from './values.ts';

export class Judge {
  readonly pool: PatternPool;
  readonly names: QualifiedNames;
  readonly #rivals = new Map<XmlElement, Map<number, boolean>>();
  constructor(pool: PatternPool, document: XmlDocument) {
    this.pool = pool;
    this.names = new QualifiedNames(document);
  }

  accepts(element: XmlElement, declaration: Declaration): boolean {
    if (element.judgedAs === declaration.id) return element.verdict;
    const known = element.judgedAs < 0 ? undefined : this.#rivals.get(element)?.get(declaration.id);
    if (known !== undefined) return known;
    const verdict = this.#judge(element, declaration);
    if (element.judgedAs < 0) {
      element.judgedAs = declaration.id;
      element.verdict = verdict;
    } else {
      const verdicts = this.#rivals.get(element);
      if (verdicts) verdicts.set(declaration.id, verdict);
      else this.#rivals.set(element, new Map([[declaration.id, verdict]]));
    }
    return verdict;
  }

  /** What is left of a pattern after an attribute; `notAllowed` where it does not fit. */
  afterAttribute(pattern: Pattern, name: string, value: string): Pattern {
    // Nearly always one attribute has the name, and the answer is kept.
    const step = attributeStep(this.pool, pattern, name);
    if (step) return acceptsValue(this.pool, step.declaration.content, value) ? step.next : this.pool.notAllowed;
    const candidates = named(attributesOf(pattern), name).filter((one) => acceptsValue(this.pool, one.content, value));
    return derivativeByAny(this.pool, pattern, candidates);
  }

  /** What is left of an element's content after its whole start tag; `notAllowed` where the attributes do not fit. */
  afterStartTag(content: Pattern, attributes: readonly XmlAttribute[]): Pattern {
    let left = content;
    for (const attribute of attributes) {
      if (this.names.isBinding(attribute)) continue;
      left = this.afterAttribute(left, this.names.ofAttribute(attribute), attribute.value);
      if (left === this.pool.notAllowed) return left;
    }
    return closeAttributes(this.pool, left);
  }

  /** Whether text alone, or nothing, completes a content. */
  acceptsText(content: Pattern, text: string): boolean {
    if (content.nullable && isBlank(text)) return true;
    return (content.hasText || content.hasData) && acceptsValue(this.pool, content, text);
  }

  #judge(element: XmlElement, declaration: Declaration): boolean {
    const left = this.afterStartTag(declaration.content, element.attributes);
    return left !== this.pool.notAllowed && this.acceptsContent(left, element);
  }

  /** Whether what stands in an element is what its start tag leaves. */
  acceptsContent(content: Pattern, element: XmlElement): boolean {
    const { pool } = this;
    let left = content;
    const text = textWithoutElements(element.children);
    if (text !== null) return this.acceptsText(left, text);
    for (const child of element.children) {
      if (child.kind === 'text') {
        if (!isBlank(child.value)) left = afterText(pool, left);
      } else if (child.name) {
        const name = this.names.ofElement(child);
        const step = elementStep(pool, left, name);
        if (step) left = this.accepts(child, step.declaration) ? step.next : pool.notAllowed;
        else {
          const candidates = named(elementsOf(left), name).filter((one) => this.accepts(child, one));
          left = derivativeByAny(pool, left, candidates);
        }
      }
      if (left === pool.notAllowed) return false;
    }
    return left.nullable;
  }
}

function attributeStep(pool: PatternPool, pattern: Pattern, name: string): Step | null {
  pattern.memo.attributeSteps ??= new Map();
  const known = pattern.memo.attributeSteps.get(name);
  if (known !== undefined) return known;
  const step = stepOf(pool, pattern, named(attributesOf(pattern), name));
  if (step) pattern.memo.attributeSteps.set(name, step);
  return step;
}

function elementStep(pool: PatternPool, pattern: Pattern, name: string): Step | null {
  pattern.memo.elementSteps ??= new Map();
  const known = pattern.memo.elementSteps.get(name);
  if (known !== undefined) return known;
  const step = stepOf(pool, pattern, named(elementsOf(pattern), name));
  if (step) pattern.memo.elementSteps.set(name, step);
  return step;
}

function stepOf(pool: PatternPool, pattern: Pattern, candidates: readonly Declaration[]): Step | null {
  const [declaration, rival] = candidates;
  return declaration && !rival ? { declaration, next: derivative(pool, pattern, declaration) } : null;
}

/** The text of an element that has no child elements, or null where it has. */
export function textWithoutElements(children: readonly XmlNode[]): string | null {
  let text = '';
  for (const child of children) {
    if (child.kind === 'element') return null;
    text += child.value;
  }
  return text;
}
