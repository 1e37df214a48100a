/** Makes patterns, each distinct one once, in the simplest form. */
import { Pattern, type PatternParts } from './pattern.ts';

export class PatternPool {
  readonly #byKey = new Map<string, Pattern>();
  /** Those that are no part of the schema. */
  readonly #derived = new Set<Pattern>();
  #next = 0;
  readonly #firstOfSchema: number;
  /** The number of the pattern of the schema that is being made. */
  #ofSchema: number | undefined;
  readonly empty: Pattern;
  readonly notAllowed: Pattern;
  readonly text: Pattern;

  /** @param size how many patterns the schema has at most; they are numbered from 0 */
  constructor(size = 0) {
    this.empty = this.#kept('empty', true, { kind: 'empty' });
    this.notAllowed = this.#kept('notAllowed', false, { kind: 'notAllowed' });
    this.text = this.#kept('text', true, { kind: 'text' });
    this.#firstOfSchema = this.#next;
    this.#next += size;
  }

  /** A pattern without members of its own; the key tells it from all others. */
  atom(key: string, nullable: boolean, parts: PatternParts): Pattern {
    const known = this.#byKey.get(key);
    if (known) return known;
    const made = new Pattern(this.#ofSchema ?? this.#next++, nullable, parts);
    this.#byKey.set(key, made);
    this.#derived.add(made);
    return made;
  }

  /**
   * A pattern of the schema itself: it is never forgotten, and has its own number whenever it is made, so that the
   * order in which things are told does not depend on what was asked before.
   * @param make makes no other pattern besides
   */
  ofSchema(number: number, make: () => Pattern): Pattern {
    this.#ofSchema = this.#firstOfSchema + number;
    const made = make();
    this.#ofSchema = undefined;
    this.#derived.delete(made);
    return made;
  }

  choice(members: readonly Pattern[]): Pattern {
    const kept = new Set<Pattern>();
    for (const member of members) {
      if (member.kind === 'choice') for (const one of member.members) kept.add(one);
      else if (member !== this.notAllowed) kept.add(member);
    }
    if (kept.size > 1 && kept.has(this.empty)) {
      for (const one of kept)
        if (one !== this.empty && one.nullable) {
          kept.delete(this.empty);
          break;
        }
    }
    const all = [...kept];
    return this.#compound('choice', byId(all), all.some(isNullable)) ?? this.notAllowed;
  }

  interleave(members: readonly Pattern[]): Pattern {
    const kept = this.#flat('interleave', members);
    if (!kept) return this.notAllowed;
    return this.#compound('interleave', byId(kept), kept.every(isNullable)) ?? this.empty;
  }

  group(members: readonly Pattern[]): Pattern {
    const kept = this.#flat('group', members);
    if (!kept) return this.notAllowed;
    return this.#compound('group', kept, kept.every(isNullable)) ?? this.empty;
  }

  oneOrMore(member: Pattern): Pattern {
    if (member === this.empty || member === this.notAllowed || member.kind === 'oneOrMore') return member;
    return this.atom(`oneOrMore:${member.id}`, member.nullable, { kind: 'oneOrMore', members: [member] });
  }

  /** How many derived patterns there are: the memory that checking has taken. */
  get derived(): number {
    return this.#derived.size;
  }

  /** Forgets every derived pattern. Nobody may hold one across this call. */
  forgetDerived(): void {
    for (const [key, pattern] of this.#byKey) {
      if (this.#derived.has(pattern)) this.#byKey.delete(key);
      else pattern.memo.clear();
    }
    this.#derived.clear();
  }

  #kept(key: string, nullable: boolean, parts: PatternParts): Pattern {
    const made = this.atom(key, nullable, parts);
    this.#derived.delete(made);
    return made;
  }

  /** The members with those of nested ones, without what is empty; null if one of them can never match. */
  #flat(kind: 'interleave' | 'group', members: readonly Pattern[]): Pattern[] | null {
    const kept: Pattern[] = [];
    for (const member of members) {
      if (member === this.notAllowed) return null;
      if (member.kind === kind) kept.push(...member.members);
      else if (member !== this.empty) kept.push(member);
    }
    return kept;
  }

  #compound(
    kind: 'choice' | 'interleave' | 'group',
    members: readonly Pattern[],
    nullable: boolean,
  ): Pattern | undefined {
    if (members.length < 2) return members[0];
    let key = `${kind}:`;
    for (const member of members) key += `${member.id},`;
    return this.#byKey.get(key) ?? this.atom(key, nullable, { kind, members });
  }
}

const byId = (patterns: Pattern[]) => patterns.sort((a, b) => a.id - b.id);
const isNullable = (pattern: Pattern) => pattern.nullable;
