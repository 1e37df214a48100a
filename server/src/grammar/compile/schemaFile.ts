/** The files of a schema as syntax trees: reading, places for error messages, and the small questions the compiler asks. */
import { say } from '../../l10n/say.ts';
import { parseXml } from '../../xml/parse.ts';
import { attribute, childElements } from '../../xml/query.ts';
import type { XmlElement } from '../../xml/tree.ts';
import { SchemaError } from './schemaError.ts';

const relaxNg = 'http://relaxng.org/ns/structure/1.0';

/** The text of a file, or undefined where there is none. Names are those of `<include href>`, relative to the first file. */
export type ReadFile = (file: string) => string | undefined;

/** What an element of a schema inherits from those around it. */
export interface SchemaContext {
  readonly file: SchemaFile;
  /** The namespace of element names. */
  readonly namespace: string;
}

export interface SchemaFile {
  readonly name: string;
  readonly text: string;
  readonly root: XmlElement;
}

export class SchemaFiles {
  readonly #read: ReadFile;
  readonly #files = new Map<string, SchemaFile>();
  constructor(read: ReadFile) {
    this.#read = read;
  }

  /** The first file; errors are laid to its first line. */
  first(name: string): SchemaFile {
    return this.#load(name, () => new SchemaError(name, 1, say`cannot be read`));
  }

  /** The file that an `href` names. */
  referred(from: XmlElement, context: SchemaContext): SchemaFile {
    const href = required(from, 'href', context);
    const name = resolve(context.file.name, href);
    return this.#load(name, () => errorAt(from, context, say`cannot read \`${name}\``));
  }

  #load(name: string, absent: () => SchemaError): SchemaFile {
    const known = this.#files.get(name);
    if (known) return known;
    const text = this.#read(name);
    if (text === undefined) throw absent();
    const { root, problems } = parseXml(text);
    const problem = problems[0];
    if (problem)
      throw new SchemaError(name, lineOf(text, problem.start), say`not well-formed: ${problem.code} ${problem.name}`);
    if (!root || attribute(root, 'xmlns')?.value !== relaxNg)
      throw new SchemaError(name, 1, say`no RELAX NG schema: the root must have xmlns="${relaxNg}"`);
    const file = { name, text, root };
    this.#files.set(name, file);
    return file;
  }
}

/** An error at an element, with its file and line. */
export function errorAt(element: XmlElement, context: SchemaContext, message: string): SchemaError {
  return new SchemaError(context.file.name, lineOf(context.file.text, element.start), message);
}

/** The children that belong to RELAX NG; annotations have a prefix. */
export function patternsIn(element: XmlElement): XmlElement[] {
  return childElements(element).filter((child) => !child.name.includes(':'));
}

export function optional(element: XmlElement, name: string): string | undefined {
  return attribute(element, name)?.value;
}

export function required(element: XmlElement, name: string, context: SchemaContext): string {
  const value = optional(element, name)?.trim();
  if (!value) throw errorAt(element, context, say`<${element.name}> needs the attribute \`${name}\``);
  return value;
}

/** The text of an element as it stands: values and facets may begin with blanks that count. */
export function rawText(element: XmlElement): string {
  let text = '';
  for (const child of element.children) if (child.kind === 'text') text += child.value;
  return text;
}

/** The context inside an element that may set the namespace anew. */
export function within(element: XmlElement, context: SchemaContext): SchemaContext {
  const namespace = optional(element, 'ns');
  return namespace === undefined ? context : { ...context, namespace };
}

function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

function resolve(from: string, href: string): string {
  const parts: string[] = [];
  for (const part of [...from.split('/').slice(0, -1), ...href.split('/')]) {
    if (part === '..' && parts.length) parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}
