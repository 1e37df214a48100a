/** Which places of the grammar the documentation speaks of, and which of its texts speak of nothing. */
import type { GrammarTable } from '../../server/src/grammar/table.ts';
import type { ElementEntry, Section } from '../../server/src/knowledge/documentationFile.ts';
import { type Doubt, exactness, match, type PathPattern } from '../../server/src/knowledge/pathPattern.ts';
import type { Place } from '../../server/src/knowledge/place.ts';
import { areApart, attributesAt, type Content } from './grammarContents.ts';
import { type GrammarPlace, GrammarPlaces } from './grammarPlaces.ts';

interface Heading {
  readonly pattern: PathPattern;
  readonly section: Section;
}

/** The sections that fit a place for certain, best first. */
interface Fitting {
  readonly places: readonly Place[];
  readonly sections: readonly Section[];
}

/** A place, and what is said of it. */
export interface DocumentedPlace {
  readonly place: GrammarPlace;
  /** The entry that is shown, for each set of values of the attributes that headings ask for. */
  readonly entries: readonly ElementEntry[];
  /** For some of these values there is none. */
  readonly isMissing: boolean;
  /** Attributes that nothing is said of. */
  readonly missingAttributes: readonly string[];
}

export class DocumentationCoverage {
  readonly places: readonly DocumentedPlace[];
  readonly #sections: readonly Section[];
  readonly #byName = new Map<string, Heading[]>();
  /** The contents of the elements that each section fits. */
  readonly #used = new Map<Section, Set<Content>>();
  readonly #usedPatterns = new Set<PathPattern>();

  constructor(table: GrammarTable, sections: readonly Section[]) {
    this.#sections = sections;
    const asked = new Set<string>();
    for (const section of sections)
      for (const pattern of section.patterns) {
        const name = pattern.at(-1)?.name ?? '';
        this.#byName.set(name, [...(this.#byName.get(name) ?? []), { pattern, section }]);
        for (const [index, step] of pattern.entries())
          for (const { attribute } of step.conditions)
            asked.add(`${pattern[index - 1]?.name.replace('**', '*')}/${step.name}/@${attribute}`);
      }
    for (const headings of this.#byName.values()) headings.sort((a, b) => exactness(b.pattern) - exactness(a.pattern));
    const asks = (parent: string, name: string, attribute: string): boolean =>
      [parent, '*'].some((one) => [name, '*'].some((other) => asked.has(`${one}/${other}/@${attribute}`)));
    const places = new Map<string, GrammarPlace>();
    for (const release of table.releases.keys())
      for (const place of new GrammarPlaces(table, release, asks).all())
        places.set(`${place.element} ${place.content.node} ${place.label}`, place);
    this.places = [...places.values()].map((place) => this.#documented(place));
  }

  #documented(place: GrammarPlace): DocumentedPlace {
    const headings = [...(this.#byName.get(place.places.at(-1)?.name ?? '') ?? []), ...(this.#byName.get('*') ?? [])];
    const entries = new Set<ElementEntry>();
    const missing = new Set<string>();
    let isMissing = false;
    for (const { pattern } of headings) if (match(pattern, place.places)) this.#usedPatterns.add(pattern);
    for (const { places, sections } of this.#fitting(place.places, headings)) {
      for (const section of sections) {
        const used = this.#used.get(section) ?? new Set();
        this.#used.set(section, used.add(place.content));
      }
      const all = sections.map((section) => section.entry());
      const shown = all.find(({ text }) => text !== '');
      if (shown) entries.add(shown);
      else isMissing = true;
      for (const attribute of attributesAt(place.content, places.at(-1)))
        if (!all.some(({ parts }) => parts.has(`@${attribute}`))) missing.add(attribute);
    }
    return { place, entries: [...entries], isMissing, missingAttributes: [...missing] };
  }

  /** Once for each value of an attribute that makes a difference. */
  #fitting(places: readonly Place[], headings: readonly Heading[]): Fitting[] {
    const certain: Section[] = [];
    for (const { pattern, section } of headings) {
      const doubts = match(pattern, places);
      if (doubts?.length === 0) certain.push(section);
      const doubt = doubts?.find(({ place, attribute }) => place.values(attribute));
      if (doubt)
        return (doubt.place.values(doubt.attribute) ?? []).flatMap((value) =>
          this.#fitting(decided(places, doubt, value), headings),
        );
    }
    return [{ places, sections: certain }];
  }

  /**
   * Places of one path whose contents differ, that an attribute of their own tells apart, and that share an entry. Those that an
   * attribute of the parent tells apart may share one where the one content has all that the other has.
   */
  shared(): string[] {
    const faults: string[] = [];
    for (const [entry, byPath] of this.#shown())
      for (const alike of byPath.values())
        for (const [one, other] of pairs([...alike.values()])) {
          const told = this.#toldApart(one, other);
          if (told) faults.push(`${entry.file}\n    ${told.map(({ label }) => label).join('\n    ')}`);
        }
    return faults;
  }

  /** For each entry and path: the places by their declaration. */
  #shown(): Map<ElementEntry, Map<string, Map<number, GrammarPlace[]>>> {
    const shown = new Map<ElementEntry, Map<string, Map<number, GrammarPlace[]>>>();
    for (const { place, entries } of this.places)
      for (const entry of entries) {
        const byPath = shown.get(entry) ?? new Map<string, Map<number, GrammarPlace[]>>();
        shown.set(entry, byPath);
        const byElement = byPath.get(place.path) ?? new Map<number, GrammarPlace[]>();
        byPath.set(place.path, byElement);
        byElement.set(place.element, [...(byElement.get(place.element) ?? []), place]);
      }
    return shown;
  }

  #toldApart(some: readonly GrammarPlace[], others: readonly GrammarPlace[]): GrammarPlace[] | undefined {
    const [first, second] = [this.#shape(some[0]), this.#shape(others[0])];
    const isWithin = isWithinOther(first, second) || isWithinOther(second, first);
    if (isWithin && first.size === second.size) return undefined;
    // Two that may stand under the same parent are not told apart by its attributes.
    const parents = new Set(some.map(parentLabel));
    const parentDecides = !isWithin && !others.some((other) => parents.has(parentLabel(other)));
    for (const one of some)
      for (const other of others)
        if (differAt(one, other, 1) || (parentDecides && differAt(one, other, 2))) return [one, other];
    return undefined;
  }

  #shape(place: GrammarPlace | undefined): ReadonlySet<string> {
    if (!place) return new Set();
    const { attributes, children, hasText } = place.content;
    return new Set([...[...attributes.keys()].map((name) => `@${name}`), ...children, ...(hasText ? ['text'] : [])]);
  }

  /** Headings and parts that the grammar knows nothing of. */
  dead(): string[] {
    return this.#sections.flatMap((section) => {
      const name = section.patterns.map((pattern) => pattern.map((step) => step.name).join('/')).join(' , ');
      const { file, parts } = section.entry();
      const contents = [...(this.#used.get(section) ?? [])];
      const unfit = section.patterns.filter((pattern) => !this.#usedPatterns.has(pattern));
      const unknown = [...parts.keys()].filter((part) => {
        const [, attribute, value] = /^@([^=]+)(?:='(.*)')?$/.exec(part) ?? [];
        if (attribute === undefined) return !contents.some(({ hasText }) => hasText);
        return !contents.some(({ attributes }) => {
          const words = attributes.get(attribute);
          return words !== undefined && (value === undefined || words === null || words.has(value));
        });
      });
      return [
        ...unfit.map((pattern) => `${file}: no such place: ${pattern.map((step) => step.name).join('/')}`),
        ...unknown.map((part) => `${file}: ${name} has no ${part}`),
      ];
    });
  }
}

function parentLabel({ labels }: GrammarPlace): string {
  return labels.slice(0, -1).join('/');
}

function isWithinOther(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...some].every((one) => others.has(one));
}

/** Every two of them. */
function pairs<One>(all: readonly One[]): [One, One][] {
  return all.flatMap((one, index) => all.slice(index + 1).map((other): [One, One] => [one, other]));
}

function decided(places: readonly Place[], doubt: Doubt, value: string): Place[] {
  return places.map((place) =>
    place === doubt.place
      ? { name: place.name, values: (name) => (name === doubt.attribute ? [value] : place.values(name)) }
      : place,
  );
}

/** An attribute of the n-th step from the end has no value in common; what is around that is the same. */
function differAt(one: GrammarPlace, other: GrammarPlace, fromEnd: number): boolean {
  const step = one.places.length - fromEnd;
  return (
    one.labels.slice(0, step).join('/') === other.labels.slice(0, step).join('/') &&
    [...one.attributesAt(step)].some((attribute) =>
      areApart(one.places[step]?.values(attribute) ?? [''], other.places[step]?.values(attribute)),
    )
  );
}
