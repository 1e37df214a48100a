/** Names of a document with their namespaces, as the grammar writes them: `local`, or `namespace|local`. */
import type { XmlAttribute, XmlDocument, XmlElement } from '../xml/tree.ts';

const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';

type Bindings = ReadonlyMap<string, string>;
const noBindings: Bindings = new Map();

export class QualifiedNames {
  /** Most documents bind no prefix, and then every name is what is written. */
  readonly #plain: boolean;
  readonly #bindings = new Map<XmlElement, Bindings>();
  constructor(document: XmlDocument) {
    this.#plain = !document.text.includes('xmlns') && !document.text.includes('xml:');
  }

  /** Whether an attribute binds a prefix, and so is none to a grammar. */
  isBinding(attribute: XmlAttribute): boolean {
    return !this.#plain && isNamespaceBinding(attribute);
  }

  ofElement(element: XmlElement): string {
    if (this.#plain) return element.name;
    const [prefix, local] = split(element.name);
    const namespace = this.#bindingsOf(element).get(prefix) ?? (prefix && `unbound:${prefix}`);
    return namespace ? `${namespace}|${local}` : local;
  }

  ofAttribute(attribute: XmlAttribute): string {
    if (this.#plain || !attribute.name.includes(':')) return attribute.name;
    const [prefix, local] = split(attribute.name);
    const bound = prefix === 'xml' ? xmlNamespace : this.#bindingsOf(attribute.parent).get(prefix);
    return `${bound ?? `unbound:${prefix}`}|${local}`;
  }

  /**
   * Names of the grammar as they would be written in an element: with the prefix that is bound there.
   * Those whose namespace has no prefix there are left out.
   */
  written(element: XmlElement, names: Iterable<string>): string[] {
    const found: string[] = [];
    for (const name of names) {
      const bar = name.lastIndexOf('|');
      if (bar < 0) found.push(name);
      else
        for (const [prefix, namespace] of this.#bindingsOf(element))
          if (prefix && namespace === name.slice(0, bar)) found.push(`${prefix}:${name.slice(bar + 1)}`);
    }
    return found;
  }

  #bindingsOf(element: XmlElement): Bindings {
    const known = this.#bindings.get(element);
    if (known) return known;
    let bindings = element.parent ? this.#bindingsOf(element.parent) : noBindings;
    for (const attribute of element.attributes)
      if (isNamespaceBinding(attribute)) {
        const prefix = attribute.name === 'xmlns' ? '' : attribute.name.slice('xmlns:'.length);
        bindings = new Map([...bindings, [prefix, attribute.value]]);
      }
    this.#bindings.set(element, bindings);
    return bindings;
  }
}

/** `xmlns` and `xmlns:prefix` are no attributes to a grammar. */
export function isNamespaceBinding({ name }: XmlAttribute): boolean {
  return name.startsWith('xmlns') && (name.length === 5 || name[5] === ':');
}

function split(name: string): [prefix: string, local: string] {
  const colon = name.indexOf(':');
  return colon < 0 ? ['', name] : [name.slice(0, colon), name.slice(colon + 1)];
}
