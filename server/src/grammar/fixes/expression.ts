/** Regular expressions of XML Schema as trees, for what a RegExp cannot do: give an example, or the nearest text that fits. */

/** Code points that a step takes: ranges with both ends, or all but them. */
export interface CharacterClass {
  readonly kind: 'characters';
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly negated: boolean;
}

export type Expression =
  | CharacterClass
  | { readonly kind: 'sequence' | 'choice'; readonly members: readonly Expression[] }
  | { readonly kind: 'repeat'; readonly member: Expression; readonly least: number; readonly most: number };

const code = (character: string | undefined) => character?.codePointAt(0) ?? 0;
const range = (from: string, to = from) => [code(from), code(to)] as const;
const characters = (ranges: CharacterClass['ranges'], negated = false): CharacterClass => ({
  kind: 'characters',
  ranges,
  negated,
});

const digits = [range('0', '9')];
const letters = [range('a', 'z'), range('A', 'Z')];
const blanks = [range(' '), range('\t'), range('\n'), range('\r')];
const escapedClasses: Readonly<Record<string, CharacterClass>> = {
  d: characters(digits),
  w: characters([...letters, ...digits, range('_')]),
  s: characters(blanks),
  S: characters(blanks, true),
  i: characters([...letters, range('_'), range(':')]),
  c: characters([...letters, ...digits, range('_'), range(':'), range('.'), range('-')]),
};

/** Null for what cannot be read: then there is simply no help. */
export function parseExpression(source: string): Expression | null {
  const reader = new ExpressionReader(source);
  const expression = reader.choice();
  return reader.atEnd ? expression : null;
}

class ExpressionReader {
  readonly #source: string;
  #at = 0;
  constructor(source: string) {
    this.#source = source;
  }

  get atEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  choice(): Expression {
    const members = [this.#sequence()];
    while (this.#take('|')) members.push(this.#sequence());
    return members.length === 1 && members[0] ? members[0] : { kind: 'choice', members };
  }

  #sequence(): Expression {
    const members: Expression[] = [];
    while (!this.atEnd && this.#peek() !== '|' && this.#peek() !== ')') members.push(this.#quantified());
    return { kind: 'sequence', members };
  }

  #quantified(): Expression {
    const member = this.#atom();
    if (this.#take('*')) return { kind: 'repeat', member, least: 0, most: Number.POSITIVE_INFINITY };
    if (this.#take('+')) return { kind: 'repeat', member, least: 1, most: Number.POSITIVE_INFINITY };
    if (this.#take('?')) return { kind: 'repeat', member, least: 0, most: 1 };
    const counts = /^\{(\d+)(,(\d*))?\}/.exec(this.#source.slice(this.#at));
    if (!counts) return member;
    this.#at += counts[0].length;
    const least = Number(counts[1]);
    const most = counts[2] === undefined ? least : counts[3] ? Number(counts[3]) : Number.POSITIVE_INFINITY;
    return { kind: 'repeat', member, least, most };
  }

  #atom(): Expression {
    if (this.#take('(')) {
      const inner = this.choice();
      this.#take(')');
      return inner;
    }
    if (this.#take('[')) return this.#class();
    if (this.#take('.')) return characters([range('\n'), range('\r')], true);
    return this.#escaped();
  }

  #class(): CharacterClass {
    const negated = this.#take('^');
    const ranges: (readonly [number, number])[] = [];
    while (!this.atEnd && !this.#take(']')) {
      const from = this.#escaped();
      const single = from.ranges.length === 1 && from.ranges[0]?.[0] === from.ranges[0]?.[1];
      if (single && this.#peek() === '-' && this.#source[this.#at + 1] !== ']') {
        this.#at++;
        ranges.push([from.ranges[0]?.[0] ?? 0, this.#escaped().ranges[0]?.[1] ?? 0]);
      } else ranges.push(...from.ranges);
    }
    return characters(ranges, negated);
  }

  #escaped(): CharacterClass {
    const escaped = this.#take('\\');
    const character = this.#source[this.#at++] ?? '';
    const known = escaped ? escapedClasses[character] : undefined;
    if (known) return known;
    const named: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };
    return characters([range(escaped ? (named[character] ?? character) : character)]);
  }

  #peek(): string | undefined {
    return this.#source[this.#at];
  }

  #take(character: string): boolean {
    if (this.#peek() !== character) return false;
    this.#at++;
    return true;
  }
}

export function takes({ ranges, negated }: CharacterClass, character: string): boolean {
  const point = code(character);
  return ranges.some(([from, to]) => point >= from && point <= to) !== negated;
}

/** A character that a class takes: the wanted one in another case, or a plain one. */
export function oneOf(characterClass: CharacterClass, wanted = ''): string {
  const swapped = wanted === wanted.toLowerCase() ? wanted.toUpperCase() : wanted.toLowerCase();
  for (const candidate of [swapped, ...'0a1A_-./:,'])
    if (candidate && takes(characterClass, candidate)) return candidate;
  const [first] = characterClass.ranges;
  return first && !characterClass.negated ? String.fromCodePoint(first[0]) : ' ';
}
