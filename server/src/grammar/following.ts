/** What a pattern lets come next. */
import { holdsName } from './nameClass.ts';
import type { Declaration, Declarations, Pattern } from './pattern.ts';

/** The attributes that may still be given. */
export function attributesOf(pattern: Pattern): Declarations {
  pattern.memo.attributes ??= sorted(collect(pattern, (one) => one.hasAttributes, 'attribute', false));
  return pattern.memo.attributes;
}

/** The elements that may be the next child. */
export function elementsOf(pattern: Pattern): Declarations {
  pattern.memo.elements ??= sorted(collect(pattern, (one) => one.hasElements, 'element', true));
  return pattern.memo.elements;
}

/** Every element that the pattern speaks of, now or later. */
export function mentionedElements(pattern: Pattern): Declarations {
  pattern.memo.mentioned ??= sorted(collect(pattern, (one) => one.hasElements, 'element', false));
  return pattern.memo.mentioned;
}

const none: readonly Declaration[] = [];

/** The declarations that a name may be. */
export function named(declarations: Declarations, name: string): readonly Declaration[] {
  const exact = declarations.byName.get(name) ?? none;
  if (!declarations.wild.length) return exact;
  const wild = declarations.wild.filter((one) => holdsName(one.names, name));
  return wild.length ? [...exact, ...wild] : exact;
}

function collect(
  pattern: Pattern,
  worthLooking: (pattern: Pattern) => boolean,
  kind: Declaration['kind'],
  inOrder: boolean,
): Declaration[] {
  const found = new Set<Declaration>();
  const seen = new Set<Pattern>();
  const visit = (at: Pattern) => {
    if (!worthLooking(at) || seen.has(at)) return;
    seen.add(at);
    const { declaration } = at;
    if (declaration) {
      if (declaration.kind === kind && !declaration.isHole) found.add(declaration);
      return;
    }
    for (const member of at.members) {
      visit(member);
      if (inOrder && at.kind === 'group' && !member.nullable) break;
    }
  };
  visit(pattern);
  // By the schema's order, not by that in which states came to be: messages must not depend on what was checked before.
  return [...found].sort((a, b) => a.id - b.id);
}

/** Declarations by their names. */
export function sorted(declarations: Iterable<Declaration>): Declarations {
  const byName = new Map<string, Declaration[]>();
  const wild: Declaration[] = [];
  for (const declaration of declarations) {
    if (!declaration.name) wild.push(declaration);
    else {
      const same = byName.get(declaration.name);
      if (same) same.push(declaration);
      else byName.set(declaration.name, [declaration]);
    }
  }
  return { byName, wild };
}
