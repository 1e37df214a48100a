/**
 * Every place where an element declaration of a compiled grammar may stand in one of its releases: the path, and at each step
 * the words that the attributes which decide about the next step may have there.
 */
import type { GrammarTable } from '../../server/src/grammar/table.ts';
import type { Place } from '../../server/src/knowledge/place.ts';
import { areApart, type Content, GrammarContents, narrows, type Occurrence, type Words } from './grammarContents.ts';

export interface GrammarPlace {
  readonly element: number;
  readonly content: Content;
  readonly places: readonly Place[];
  /** Names alone: `domain/devices/disk/source`. */
  readonly path: string;
  /** With what decides: `domain/devices/disk[@type='file']/source`. */
  readonly label: string;
  /** The steps of the label. */
  readonly labels: readonly string[];
  /** The attributes of the n-th step that something is known of. */
  attributesAt(step: number): Iterable<string>;
}

interface Step {
  readonly name: string;
  readonly words: Words;
}

export class GrammarPlaces {
  readonly #contents: GrammarContents;
  readonly #children = new Map<string, readonly Occurrence[]>();
  readonly #asks: (parent: string, name: string, attribute: string) => boolean;

  /** @param asks whether an attribute of an element matters besides those that decide between declarations of one name */
  constructor(
    table: GrammarTable,
    release: number,
    asks: (parent: string, name: string, attribute: string) => boolean,
  ) {
    this.#contents = new GrammarContents(table, release);
    this.#asks = asks;
  }

  /** Each place once. Where elements nest in themselves, the second round is named and not entered. */
  all(): GrammarPlace[] {
    const found = new Map<string, GrammarPlace>();
    for (const { element } of this.#contents.roots) this.#visit(element, new Map(), [], [], found);
    return [...found.values()];
  }

  #visit(
    element: number,
    words: Words,
    above: readonly Step[],
    stack: readonly number[],
    found: Map<string, GrammarPlace>,
  ): void {
    const name = this.#contents.name(element);
    const steps = [...above, { name, words }];
    const label = steps.map((step) => this.#label(step)).join('/');
    const key = `${element} ${label}`;
    if (found.has(key)) return;
    // What the element's own attributes must be tells it from others of its name.
    const last = { name, words: this.#own(element, above.at(-1)?.name ?? '') };
    const shown = [...above, last];
    const labels = shown.map((step) => this.#label(step));
    found.set(key, {
      element,
      content: this.#contents.content(element),
      attributesAt: (step) => shown[step]?.words.keys() ?? [],
      path: steps.map((step) => step.name).join('/'),
      label: labels.join('/'),
      labels,
      places: shown.map(placeOfStep),
    });
    if (this.#isSecondRound(element, stack)) return;
    for (const child of this.#childrenOf(element, above.at(-1)?.name ?? ''))
      this.#visit(child.element, new Map(), [...above, { name, words: child.words }], [...stack, element], found);
  }

  /**
   * What is in it stands elsewhere as well: an element of the same name around it holds what leads to this one, as this one does;
   * or two on the way are children of an element further out too, such as the source of a backing store of a mirror.
   */
  #isSecondRound(element: number, stack: readonly number[]): boolean {
    const name = this.#contents.name(element);
    const { children } = this.#contents.content(element);
    const isInItself = stack.some(
      (one, index) =>
        one === element ||
        (this.#contents.name(one) === name && children.has(this.#contents.name(stack[index + 1] ?? element))),
    );
    const way = [...stack, element];
    const repeated = way.filter((one, depth) =>
      stack
        .slice(0, Math.max(0, depth - 1))
        .some((outer) => this.#contents.content(outer).children.has(this.#contents.name(one))),
    );
    return isInItself || repeated.length > 1;
  }

  #own(element: number, parent: string): Words {
    const all = this.#contents.own(element);
    const name = this.#contents.name(element);
    const full = this.#contents.wordsOfName(name);
    return new Map(
      [...all].filter(
        ([attribute, some]) => this.#asks(parent, name, attribute) || narrows(some, full.get(attribute) ?? null),
      ),
    );
  }

  /** The children, each with what the attributes must be for it. */
  #childrenOf(element: number, parent: string): readonly Occurrence[] {
    const key = `${parent}/${element}`;
    const known = this.#children.get(key);
    if (known) return known;
    const all = new Map<string, Occurrence>();
    const occurrences = this.#contents.children(element);
    const deciding = this.#deciding(occurrences);
    const name = this.#contents.name(element);
    const full = this.#contents.wordsOfName(name);
    for (const one of occurrences) {
      const words = new Map(
        [...one.words].filter(
          ([attribute, some]) =>
            this.#asks(parent, name, attribute) ||
            (deciding.has(attribute) && narrows(some, full.get(attribute) ?? null)),
        ),
      );
      all.set(`${one.element} ${written(words)}`, { element: one.element, words });
    }
    const children = [...all.values()];
    this.#children.set(key, children);
    return children;
  }

  /** The attributes of a parent whose values tell two declarations of one name apart. */
  #deciding(occurrences: readonly Occurrence[]): ReadonlySet<string> {
    const deciding = new Set<string>();
    for (const one of occurrences)
      for (const other of occurrences)
        if (one.element !== other.element && this.#contents.name(one.element) === this.#contents.name(other.element))
          for (const [attribute, some] of one.words)
            if (areApart(some, other.words.get(attribute))) deciding.add(attribute);
    return deciding;
  }

  #label({ name, words }: Step): string {
    const full = this.#contents.wordsOfName(name);
    return (
      name + written(new Map([...words].filter(([attribute, some]) => narrows(some, full.get(attribute) ?? null))))
    );
  }
}

function written(words: Words): string {
  return [...words]
    .map(([name, some]) => `[@${name}=${[...some].map((word) => `'${word}'`).join('|')}]`)
    .sort()
    .join('');
}

function placeOfStep({ name, words }: Step): Place {
  return {
    name,
    values: (attribute) => {
      const some = words.get(attribute);
      const known = [...(some ?? [])].filter((word) => word !== '');
      return known.length > 0 ? known : undefined;
    },
  };
}
