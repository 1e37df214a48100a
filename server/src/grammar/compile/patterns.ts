/** Patterns of a schema to nodes of the table. Contents of elements wait in a queue, so that schemas may be recursive. */
import { say } from '../../l10n/say.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { isDatatype, isFacet } from '../datatypes.ts';
import type { Facet, NameClass } from '../table.ts';
import { nameAndContent } from './nameClass.ts';
import { Nodes } from './nodes.ts';
import {
  errorAt,
  optional,
  patternsIn,
  rawText,
  required,
  type SchemaContext,
  type SchemaFiles,
  within,
} from './schemaFile.ts';
import { type Definition, Scope, startKey } from './scope.ts';

/** Where a pattern stands: the grammar whose names it sees, and the definition that it is part of. */
interface Place {
  readonly scope: Scope;
  readonly from: string;
  readonly context: SchemaContext;
}

interface CompiledElement {
  readonly name: NameClass;
  content: number;
  readonly from: string;
}

export class Patterns {
  readonly nodes = new Nodes();
  readonly elements: CompiledElement[] = [];
  readonly #files: SchemaFiles;
  readonly #queue: (() => void)[] = [];
  readonly #compiled = new Map<Definition, number | 'under way'>();
  /** One declaration for each place of the schema, the grammar it is seen in, and the namespace in force. */
  readonly #declared = new Map<Scope, Map<XmlElement, Map<string, number>>>();
  constructor(files: SchemaFiles) {
    this.#files = files;
  }

  /** The node of what a schema file describes. */
  file(root: XmlElement, context: SchemaContext, parent: Scope | null): number {
    const scope = new Scope(this.#files, parent);
    const place = { scope, from: startKey, context };
    if (root.name !== 'grammar') return this.#pattern(root, place);
    scope.gather(root, context);
    return this.#reference(startKey, root, place, scope);
  }

  /** Compiles the contents that wait, and those that they bring. */
  finish(): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next();
  }

  #group(elements: readonly XmlElement[], place: Place): number {
    return this.nodes.sequence(
      'group',
      elements.map((element) => this.#pattern(element, place)),
    );
  }

  #pattern(element: XmlElement, outer: Place): number {
    const { nodes } = this;
    const place = { ...outer, context: within(element, outer.context) };
    const children = patternsIn(element);
    const all = () => children.map((child) => this.#pattern(child, place));
    switch (element.name) {
      case 'empty':
        return nodes.empty;
      case 'notAllowed':
        return nodes.notAllowed;
      case 'text':
        return nodes.text;
      case 'group':
        return nodes.sequence('group', all());
      case 'interleave':
        return nodes.sequence('interleave', all());
      case 'choice':
        return nodes.choice(all());
      case 'optional':
        return nodes.choice([this.#group(children, place), nodes.empty]);
      case 'oneOrMore':
        return nodes.oneOrMore(this.#group(children, place));
      case 'zeroOrMore':
        return nodes.choice([nodes.oneOrMore(this.#group(children, place)), nodes.empty]);
      case 'mixed':
        return nodes.sequence('interleave', [this.#group(children, place), nodes.text]);
      case 'list':
        return nodes.add(['list', this.#group(children, place)]);
      case 'ref':
        return this.#reference(required(element, 'name', place.context), element, place, place.scope);
      case 'parentRef':
        return this.#reference(required(element, 'name', place.context), element, place, place.scope.parent);
      case 'grammar':
        return this.file(element, place.context, place.scope);
      case 'externalRef': {
        const file = this.#files.referred(element, place.context);
        return this.file(file.root, { file, namespace: place.context.namespace }, place.scope);
      }
      case 'value':
        return this.#value(element, place);
      case 'data':
        return this.#data(element, place);
      case 'attribute': {
        const { name, content } = nameAndContent(element, place.context);
        return nodes.attribute(name, content.length ? this.#group(content, place) : nodes.text);
      }
      case 'element':
        return nodes.add(['element', this.#element(element, place)]);
      default:
        throw errorAt(element, place.context, say`<${element.name}> is no pattern that this compiler knows`);
    }
  }

  #reference(name: string, element: XmlElement, place: Place, scope: Scope | null): number {
    const definition = scope?.definitions.get(name);
    if (!scope || !definition) throw errorAt(element, place.context, say`\`${name}\` is not defined`);
    const known = this.#compiled.get(definition);
    if (known === 'under way')
      throw errorAt(element, place.context, say`\`${name}\` refers to itself without an element between`);
    if (known !== undefined) return known;
    this.#compiled.set(definition, 'under way');
    const parts = definition.parts.map((part) =>
      this.#group(patternsIn(part.element), { scope, from: name, context: part.context }),
    );
    const node =
      definition.combine === 'interleave' ? this.nodes.sequence('interleave', parts) : this.nodes.choice(parts);
    this.#compiled.set(definition, node);
    return node;
  }

  #value(element: XmlElement, { context }: Place): number {
    const type = optional(element, 'type') ?? 'token';
    if (!isDatatype(type)) throw errorAt(element, context, say`\`${type}\` is no datatype that this compiler knows`);
    const text = rawText(element);
    if (type === 'string') return this.nodes.add(['value', text, type]);
    const collapsed = text.trim().replace(/\s+/g, ' ');
    return this.nodes.add(type === 'token' ? ['value', collapsed] : ['value', collapsed, type]);
  }

  #data(element: XmlElement, place: Place): number {
    const type = required(element, 'type', place.context);
    if (!isDatatype(type))
      throw errorAt(element, place.context, say`\`${type}\` is no datatype that this compiler knows`);
    const facets: Facet[] = [];
    let except: number | undefined;
    for (const child of patternsIn(element)) {
      if (child.name === 'except')
        except = this.nodes.choice(patternsIn(child).map((one) => this.#pattern(one, place)));
      else if (child.name === 'param') {
        const name = required(child, 'name', place.context);
        if (!isFacet(name)) throw errorAt(child, place.context, say`\`${name}\` is no facet that this compiler knows`);
        facets.push([name, rawText(child)]);
      } else throw errorAt(child, place.context, say`<${child.name}> cannot stand in <data>`);
    }
    return this.nodes.add([
      'data',
      { type, ...(facets.length && { facets }), ...(except !== undefined && { except }), from: place.from },
    ]);
  }

  #element(element: XmlElement, place: Place): number {
    const { scope, from, context } = place;
    const places = entry(this.#declared, scope, () => new Map<XmlElement, Map<string, number>>());
    const namespaces = entry(places, element, () => new Map<string, number>());
    return entry(namespaces, context.namespace, () => {
      const { name, content } = nameAndContent(element, context);
      const declaration: CompiledElement = { name, content: this.nodes.notAllowed, from };
      this.#queue.push(() => {
        declaration.content = this.#group(content, place);
      });
      return this.elements.push(declaration) - 1;
    });
  }
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
