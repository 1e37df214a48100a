/**
 * Derivatives: what is left of a pattern after an attribute, a child or text was taken.
 * The symbols are declarations; a child is judged against its declaration apart, so that an error stays inside it.
 */
import type { Declaration, Pattern } from './pattern.ts';
import type { PatternPool } from './patternPool.ts';

export function derivative(pool: PatternPool, pattern: Pattern, by: Declaration): Pattern {
  if (!(by.kind === 'attribute' ? pattern.hasAttributes : pattern.hasElements)) return pool.notAllowed;
  pattern.memo.derivatives ??= new Map();
  const known = pattern.memo.derivatives.get(by.id);
  if (known) return known;
  const result = derive(pool, pattern, by);
  pattern.memo.derivatives.set(by.id, result);
  return result;
}

/** By any one of several declarations. */
export function derivativeByAny(pool: PatternPool, pattern: Pattern, by: readonly Declaration[]): Pattern {
  const [first, ...others] = by;
  if (!first) return pool.notAllowed;
  if (!others.length) return derivative(pool, pattern, first);
  pattern.memo.setDerivatives ??= new Map();
  const key = by.map((one) => one.id).join();
  const known = pattern.memo.setDerivatives.get(key);
  if (known) return known;
  const result = pool.choice(by.map((one) => derivative(pool, pattern, one)));
  pattern.memo.setDerivatives.set(key, result);
  return result;
}

function derive(pool: PatternPool, pattern: Pattern, by: Declaration): Pattern {
  const step = (member: Pattern) => derivative(pool, member, by);
  switch (pattern.kind) {
    case 'attribute':
    case 'element':
      return pattern.declaration === by ? pool.empty : pool.notAllowed;
    case 'choice':
      return pool.choice(pattern.members.map(step));
    case 'interleave':
      return anyMember(pool, pattern, step);
    case 'group':
      // Attributes have no order.
      return by.kind === 'attribute' ? anyMember(pool, pattern, step) : firstMember(pool, pattern, step);
    case 'oneOrMore':
      return again(pool, pattern, step);
    default:
      return pool.notAllowed;
  }
}

/** After text between the children of mixed content. */
export function afterText(pool: PatternPool, pattern: Pattern): Pattern {
  if (!pattern.hasText) return pool.notAllowed;
  const step = (member: Pattern) => afterText(pool, member);
  const derived = () => {
    switch (pattern.kind) {
      case 'text':
        return pattern;
      case 'choice':
        return pool.choice(pattern.members.map(step));
      case 'interleave':
        return anyMember(pool, pattern, step);
      case 'group':
        return firstMember(pool, pattern, step);
      case 'oneOrMore':
        return again(pool, pattern, step);
      default:
        return pool.notAllowed;
    }
  };
  pattern.memo.afterText ??= derived();
  return pattern.memo.afterText;
}

/** At the end of the start tag: attributes that are left cannot come any more. */
export function closeAttributes(pool: PatternPool, pattern: Pattern): Pattern {
  if (!pattern.hasAttributes) return pattern;
  pattern.memo.closed ??= replaceAttributes(pool, pattern, (member) => closeAttributes(pool, member), pool.notAllowed);
  return pattern.memo.closed;
}

/** As if every attribute that is left had been given: all content that the element could have. */
export function ignoreAttributes(pool: PatternPool, pattern: Pattern): Pattern {
  if (!pattern.hasAttributes) return pattern;
  pattern.memo.opened ??= replaceAttributes(pool, pattern, (member) => ignoreAttributes(pool, member), pool.empty);
  return pattern.memo.opened;
}

/** As if these declarations could not be used and every other attribute had been given: `notAllowed` if one is needed. */
export function without(pool: PatternPool, pattern: Pattern, excluded: readonly Declaration[]): Pattern {
  if (!pattern.hasAttributes && !pattern.hasElements) return pattern;
  if (pattern.declaration && excluded.includes(pattern.declaration)) return pool.notAllowed;
  return replaceAttributes(pool, pattern, (member) => without(pool, member, excluded), pool.empty);
}

function replaceAttributes(
  pool: PatternPool,
  pattern: Pattern,
  step: (member: Pattern) => Pattern,
  by: Pattern,
): Pattern {
  switch (pattern.kind) {
    case 'attribute':
      return by;
    case 'choice':
      return pool.choice(pattern.members.map(step));
    case 'interleave':
      return pool.interleave(pattern.members.map(step));
    case 'group':
      return pool.group(pattern.members.map(step));
    case 'oneOrMore':
      return pool.oneOrMore(pool.choice(pattern.members.map(step)));
    default:
      return pattern;
  }
}

function anyMember(pool: PatternPool, pattern: Pattern, step: (member: Pattern) => Pattern): Pattern {
  const outcomes: Pattern[] = [];
  pattern.members.forEach((member, index) => {
    const left = step(member);
    if (left === pool.notAllowed) return;
    const members = pattern.members.with(index, left);
    outcomes.push(pattern.kind === 'group' ? pool.group(members) : pool.interleave(members));
  });
  return pool.choice(outcomes);
}

function firstMember(pool: PatternPool, pattern: Pattern, step: (member: Pattern) => Pattern): Pattern {
  const outcomes: Pattern[] = [];
  for (const [index, member] of pattern.members.entries()) {
    const left = step(member);
    if (left !== pool.notAllowed) outcomes.push(pool.group([left, ...pattern.members.slice(index + 1)]));
    if (!member.nullable) break;
  }
  return pool.choice(outcomes);
}

function again(pool: PatternPool, pattern: Pattern, step: (member: Pattern) => Pattern): Pattern {
  const left = pool.choice(pattern.members.map(step));
  return left === pool.notAllowed ? left : pool.group([left, pool.choice([pattern, pool.empty])]);
}
