/** A `<grammar>`: its definitions, gathered over includes with their overrides, `div` and `combine`. */
import { say } from '../../l10n/say.ts';
import type { XmlElement } from '../../xml/tree.ts';
import {
  errorAt,
  optional,
  patternsIn,
  required,
  type SchemaContext,
  type SchemaFile,
  type SchemaFiles,
  within,
} from './schemaFile.ts';

export interface Definition {
  readonly name: string;
  combine: string;
  readonly parts: { readonly element: XmlElement; readonly context: SchemaContext }[];
}

/** The key of `<start>`; no name of a definition has blanks or brackets. */
export const startKey = '<start>';

export class Scope {
  readonly parent: Scope | null;
  readonly definitions = new Map<string, Definition>();
  readonly #files: SchemaFiles;
  readonly #included = new Set<SchemaFile>();
  constructor(files: SchemaFiles, parent: Scope | null) {
    this.#files = files;
    this.parent = parent;
  }

  /** Takes in the children of a `<grammar>` or `<div>`; definitions of `overridden` names are left out. */
  gather(grammar: XmlElement, context: SchemaContext, overridden: ReadonlySet<string> = new Set()): void {
    const inner = within(grammar, context);
    for (const child of patternsIn(grammar)) {
      if (child.name === 'div') this.gather(child, inner, overridden);
      else if (child.name === 'include') this.#include(child, inner, overridden);
      else if (child.name === 'define' || child.name === 'start') this.#define(child, inner, overridden);
      else throw errorAt(child, inner, say`<${child.name}> cannot stand in a <grammar>`);
    }
  }

  #include(include: XmlElement, context: SchemaContext, overridden: ReadonlySet<string>): void {
    const file = this.#files.referred(include, context);
    const own = [...overrides(include)];
    const hidden = new Set([...overridden, ...own.map((one) => keyOf(one, context))]);
    // A file that two others include is one set of definitions.
    if (!this.#included.has(file)) {
      this.#included.add(file);
      this.gather(file.root, { file, namespace: within(include, context).namespace }, hidden);
    }
    for (const one of own) this.#define(one, within(include, context), overridden);
  }

  #define(element: XmlElement, context: SchemaContext, overridden: ReadonlySet<string>): void {
    const name = keyOf(element, context);
    if (overridden.has(name)) return;
    const definition = this.definitions.get(name) ?? { name, combine: '', parts: [] };
    this.definitions.set(name, definition);
    const combine = optional(element, 'combine');
    if (combine && definition.combine && combine !== definition.combine)
      throw errorAt(element, context, say`\`${name}\` is combined by ${definition.combine} and by ${combine}`);
    definition.combine ||= combine ?? '';
    definition.parts.push({ element, context: within(element, context) });
    if (definition.parts.length > 1 && !definition.combine)
      throw errorAt(element, context, say`\`${name}\` is defined twice without \`combine\``);
  }
}

function* overrides(include: XmlElement): Generator<XmlElement> {
  for (const child of patternsIn(include)) {
    if (child.name === 'div') yield* overrides(child);
    else yield child;
  }
}

function keyOf(element: XmlElement, context: SchemaContext): string {
  return element.name === 'start' ? startKey : required(element, 'name', context);
}
