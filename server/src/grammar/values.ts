/** Values: whether a string fits the pattern of an attribute or of an element's text, and what would. */
import { collapse } from './datatypes.ts';
import type { Pattern } from './pattern.ts';
import type { PatternPool } from './patternPool.ts';

export function acceptsValue(pool: PatternPool, pattern: Pattern, value: string): boolean {
  switch (pattern.kind) {
    case 'text':
      return true;
    case 'empty':
      return isBlank(value);
    case 'data':
    case 'value':
      return pattern.test?.(value) ?? false;
    case 'choice': {
      pattern.memo.words ??= words(pattern);
      const { known, others } = pattern.memo.words;
      if (known.has(value) || (known.size > 0 && known.has(collapse(value)))) return true;
      return others.some((other) => acceptsValue(pool, other, value));
    }
    case 'group':
    case 'interleave':
      // One member takes the string, the others need nothing.
      if (pattern.nullable && isBlank(value)) return true;
      return pattern.members.some(
        (member) =>
          pattern.members.every((other) => other === member || other.nullable) && acceptsValue(pool, member, value),
      );
    case 'oneOrMore':
      return pattern.members.some((member) => acceptsValue(pool, member, value));
    case 'list': {
      let left = pool.choice(pattern.members);
      for (const word of value.split(/\s+/)) if (word) left = afterWord(pool, left, word);
      return left.nullable;
    }
    default:
      return false;
  }
}

/** The words of a choice, looked up at once instead of one by one. */
function words(choice: Pattern): { known: Set<string>; others: Pattern[] } {
  const known = new Set<string>();
  const others: Pattern[] = [];
  for (const member of choice.members) {
    if (member.kind === 'value' && member.data?.type === 'token') known.add(member.word);
    else others.push(member);
  }
  return { known, others };
}

function afterWord(pool: PatternPool, pattern: Pattern, word: string): Pattern {
  const step = (member: Pattern) => afterWord(pool, member, word);
  switch (pattern.kind) {
    case 'text':
      return pattern;
    case 'data':
    case 'value':
      return acceptsValue(pool, pattern, word) ? pool.empty : pool.notAllowed;
    case 'choice':
      return pool.choice(pattern.members.map(step));
    case 'group': {
      const outcomes: Pattern[] = [];
      for (const [index, member] of pattern.members.entries()) {
        outcomes.push(pool.group([step(member), ...pattern.members.slice(index + 1)]));
        if (!member.nullable) break;
      }
      return pool.choice(outcomes);
    }
    case 'oneOrMore':
      return pool.group([pool.choice(pattern.members.map(step)), pool.choice([pattern, pool.empty])]);
    default:
      return pool.notAllowed;
  }
}

/** What may be written: words to choose from, kinds of data, or any text. */
export interface ValueSet {
  readonly words: readonly string[];
  readonly data: readonly Pattern[];
  readonly anyText: boolean;
}

/** The values of some patterns together, in the schema's order. */
export function valuesOf(patterns: Iterable<Pattern>): ValueSet {
  const words = new Set<string>();
  const data = new Set<Pattern>();
  let anyText = false;
  const visit = (pattern: Pattern) => {
    if (pattern.kind === 'value') words.add(pattern.word);
    else if (pattern.kind === 'data') {
      const enumerated = wordsOfExpression(pattern);
      for (const word of enumerated) words.add(word);
      if (!enumerated.length) data.add(pattern);
    } else if (pattern.kind === 'text') anyText = true;
    else if (!pattern.declaration) pattern.members.forEach(visit);
  };
  for (const pattern of patterns) visit(pattern);
  return { words: [...words], data: [...data], anyText };
}

/** Some words are written as an expression: `(vepa|bridge)`. */
function wordsOfExpression({ data }: Pattern): string[] {
  const [facet, ...others] = data?.facets ?? [];
  if (!facet || others.length || facet[0] !== 'pattern' || !/^[\w|()]+$/.test(facet[1])) return [];
  return facet[1].replaceAll(/[()]/g, '').split('|');
}

export function isBlank(value: string): boolean {
  for (let i = 0; i < value.length; i++) {
    const code = value.charCodeAt(i);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return false;
  }
  return true;
}
