/** `<name>`, `<anyName>`, `<nsName>` and `<choice>` of them. */
import { say } from '../../l10n/say.ts';
import type { XmlElement } from '../../xml/tree.ts';
import type { NameClass } from '../table.ts';
import { errorAt, optional, patternsIn, rawText, type SchemaContext, within } from './schemaFile.ts';

/** The name of an element or attribute pattern, and the children that are its content. */
export function nameAndContent(
  element: XmlElement,
  context: SchemaContext,
): { name: NameClass; content: XmlElement[] } {
  // An attribute takes no namespace from around it where its name is written as an attribute.
  const name = optional(element, 'name')?.trim();
  const namespace = element.name === 'attribute' ? (optional(element, 'ns') ?? '') : context.namespace;
  const children = patternsIn(element);
  if (name !== undefined) return { name: qualified(namespace, name), content: children };
  const [first, ...content] = children;
  if (!first) throw errorAt(element, context, say`<${element.name}> has no name`);
  return { name: nameClass(first, { ...context, namespace }), content };
}

function nameClass(element: XmlElement, outer: SchemaContext): NameClass {
  const context = within(element, outer);
  const children = patternsIn(element);
  const except = children.find((child) => child.name === 'except');
  const excepted = except && { except: patternsIn(except).map((one) => nameClass(one, context)) };
  switch (element.name) {
    case 'name':
      return qualified(context.namespace, rawText(element).trim());
    case 'anyName':
      return { any: true, ...excepted };
    case 'nsName':
      return { any: true, namespace: context.namespace, ...excepted };
    case 'choice':
      return { oneOf: children.map((child) => nameClass(child, context)) };
    default:
      throw errorAt(element, context, say`<${element.name}> is no class of names`);
  }
}

function qualified(namespace: string, name: string): string {
  return namespace ? `${namespace}|${name}` : name;
}
