/** Makes patterns, each distinct one once, in the simplest form. */
import { Pattern, type PatternParts } from './pattern.ts';

export class PatternPool {
  readonly #patterns: Pattern[] = [];
  readonly #byKey = new Map<string, Pattern>();
  /** The patterns of the schema itself; those after them are derived. */
  #base = Number.POSITIVE_INFINITY;
  readonly empty = this.atom('empty', true, { kind: 'empty' });
  readonly notAllowed = this.atom('notAllowed', false, { kind: 'notAllowed' });
  readonly text = this.atom('text', true, { kind: 'text' });

  /** A pattern without members of its own; the key tells it from all others. */
  atom(key: string, nullable: boolean, parts: PatternParts): Pattern {
    const known = this.#byKey.get(key);
    if (known) return known;
    const made = new Pattern(this.#patterns.length, nullable, parts);
    this.#patterns.push(made);
    this.#byKey.set(key, made);
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
    return Math.max(0, this.#patterns.length - this.#base);
  }

  /** Says that the schema is complete: everything made from now on is derived. */
  seal(): void {
    this.#base = this.#patterns.length;
  }

  /** Forgets every derived pattern. Nobody may hold one across this call. */
  forgetDerived(): void {
    const derived = new Set(this.#patterns.splice(this.#base));
    for (const [key, pattern] of this.#byKey) if (derived.has(pattern)) this.#byKey.delete(key);
    for (const pattern of this.#patterns) pattern.memo.clear();
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
