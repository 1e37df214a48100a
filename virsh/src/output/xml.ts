/** Documents that libvirt wrote, as plain data. They are well-formed always; the text that people edit is read by server/src/xml instead. */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { UnexpectedOutput } from '../command.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // A name such as 0123 is a name, and its blanks belong to it.
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // For the numeric references that libvirt writes, such as &#10;.
  htmlEntities: true,
  // One shape for every element: an array, whether it stands there once or often.
  isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute,
});

/** An element of the answer. Absent children and attributes are empty answers, never errors. */
export class XmlNode {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  #property(name: string): unknown {
    const value = this.#value;
    if (typeof value !== 'object' || value === null) return undefined;
    return new Map<string, unknown>(Object.entries(value)).get(name);
  }

  /** The child elements of a name. */
  all(name: string): readonly XmlNode[] {
    const found = this.#property(name);
    return Array.isArray(found) ? found.map((value) => new XmlNode(value)) : [];
  }

  /** The first element at the end of a path of names; an empty one where there is none. */
  at(...path: readonly string[]): XmlNode {
    let node: XmlNode = this;
    for (const name of path) node = node.all(name)[0] ?? new XmlNode(undefined);
    return node;
  }

  get exists(): boolean {
    return this.#value !== undefined;
  }

  attribute(name: string): string | undefined {
    const value = this.#property(`@${name}`);
    return typeof value === 'string' ? value : undefined;
  }

  /** The element's own text, or undefined where there is none. */
  get text(): string | undefined {
    const value = typeof this.#value === 'string' ? this.#value : this.#property('#text');
    return typeof value === 'string' && value !== '' ? value : undefined;
  }
}

/** The root element, which must have this name. */
export function readXml(output: string, rootName: string): XmlNode {
  if (XMLValidator.validate(output) !== true)
    throw new UnexpectedOutput(`not an XML document: ${output.slice(0, 200)}`);
  const root = new XmlNode(parser.parse(output)).at(rootName);
  if (!root.exists) throw new UnexpectedOutput(`no <${rootName}> in: ${output.slice(0, 200)}`);
  return root;
}
