import type { ParseState } from './parseState.ts';
import type { XmlElement } from './tree.ts';

/** Reports prefixes that no `xmlns:prefix` declares at or above the place of use. Called only for documents that have prefixes. */
export function checkPrefixes(state: ParseState): void {
  const scope = new Scope();
  const visit: { element: XmlElement; leave: boolean }[] = [{ element: state.top, leave: false }];
  for (let at = visit.pop(); at; at = visit.pop()) {
    const { element, leave } = at;
    if (leave) {
      scope.leave(element);
      continue;
    }
    scope.enter(element);
    checkElement(state, element, scope);
    visit.push({ element, leave: true });
    for (let index = element.children.length - 1; index >= 0; index--) {
      const child = element.children[index];
      if (child?.kind === 'element') visit.push({ element: child, leave: false });
    }
  }
}

function checkElement(state: ParseState, element: XmlElement, scope: Scope): void {
  const prefix = prefixOf(element.name);
  if (prefix !== '' && !scope.has(prefix)) {
    state.report('unbound-prefix', element.nameStart, element.nameStart + prefix.length, prefix, element);
  }
  for (const attribute of element.attributes) {
    const prefix = prefixOf(attribute.name);
    if (prefix !== '' && prefix !== 'xmlns' && !scope.has(prefix)) {
      state.report('unbound-prefix', attribute.nameStart, attribute.nameStart + prefix.length, prefix, attribute);
    }
  }
}

function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

/** How many of the elements that we are inside of declare a prefix. */
class Scope {
  readonly #counts = new Map<string, number>([['xml', 1]]);

  has(prefix: string): boolean {
    return (this.#counts.get(prefix) ?? 0) > 0;
  }

  enter(element: XmlElement): void {
    this.#change(element, 1);
  }

  leave(element: XmlElement): void {
    this.#change(element, -1);
  }

  #change(element: XmlElement, by: number): void {
    for (const { name } of element.attributes) {
      if (!name.startsWith('xmlns:')) continue;
      const prefix = name.slice('xmlns:'.length);
      this.#counts.set(prefix, (this.#counts.get(prefix) ?? 0) + by);
    }
  }
}
