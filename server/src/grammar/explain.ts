/** Why something does not fit: which attribute or which place decides. Asked only for errors that are shown. */
import { nameSpan } from '../xml/query.ts';
import type { XmlAttribute, XmlElement } from '../xml/tree.ts';
import { closeAttributes } from './derivative.ts';
import { attributesOf, mentionedElements, named } from './following.ts';
import type { Judge } from './judge.ts';
import { isNamespaceBinding } from './names.ts';
import type { Declaration } from './pattern.ts';
import { valuesOf } from './values.ts';

/** Attributes of one element among which the deciding one is looked for; the search is quadratic. No schema has as many. */
const mostSearched = 60;

/** An attribute whose value keeps something out, and the values that would let it in. */
export interface Decision {
  readonly attribute: XmlAttribute;
  readonly values: readonly string[];
}

/** The attributes of an element that keep a child of that name out. */
export function whatKeepsOut(judge: Judge, owner: XmlElement, declaration: Declaration, child: XmlElement): Decision[] {
  const name = judge.names.ofElement(child);
  return decisions(judge, owner, declaration, (attributes) => {
    let left = declaration.content;
    for (const [attribute, value] of attributes) left = judge.afterAttribute(left, attribute, value);
    return named(mentionedElements(closeAttributes(judge.pool, left)), name).length > 0;
  });
}

/** The other attributes that keep an attribute out. */
export function whatExcludes(
  judge: Judge,
  owner: XmlElement,
  declaration: Declaration,
  excluded: XmlAttribute,
): Decision[] {
  const name = judge.names.ofAttribute(excluded);
  const others = (attributes: readonly (readonly [string, string])[]) => {
    let left = declaration.content;
    for (const [attribute, value] of attributes)
      if (attribute !== name) left = judge.afterAttribute(left, attribute, value);
    return judge.afterAttribute(left, name, excluded.value) !== judge.pool.notAllowed;
  };
  return decisions(judge, owner, declaration, others).filter(({ attribute }) => attribute !== excluded);
}

function decisions(
  judge: Judge,
  owner: XmlElement,
  declaration: Declaration,
  fits: (attributes: readonly (readonly [name: string, value: string])[]) => boolean,
): Decision[] {
  if (owner.attributes.length > mostSearched) return [];
  const given = owner.attributes.filter((one) => !isNamespaceBinding(one));
  const named_ = given.map((attribute) => [judge.names.ofAttribute(attribute), attribute.value] as const);
  return given.flatMap((attribute, index) => {
    const name = judge.names.ofAttribute(attribute);
    const declarations = named(attributesOf(declaration.content), name);
    const values = valuesOf(declarations.map((one) => one.content)).words.filter(
      (word) => word !== attribute.value && fits(named_.with(index, [name, word])),
    );
    const without = fits(named_.toSpliced(index, 1));
    return values.length || without ? [{ attribute, values }] : [];
  });
}

/** The place of a decision. */
export function decisionSpan({ attribute }: Decision): { start: number; end: number } {
  if (attribute.valueStart < 0) return nameSpan(attribute.parent);
  return { start: attribute.nameStart, end: attribute.valueEnd };
}
