/** The smallest element that fits a declaration, as text: what a fix writes where an element is missing. */
import type { Declaration, Pattern } from '../pattern.ts';
import type { Uses } from '../usage.ts';
import { valuesOf } from '../values.ts';
import { legalValues } from './legalValues.ts';

interface Parts {
  readonly attributes: readonly string[];
  /** Each over one or more lines. */
  readonly children: readonly string[];
  readonly text: string;
  /** Names and values that had to be made up. */
  readonly size: number;
  /** How often these names and values are used. */
  readonly use: number;
}

const nothing: Parts = { attributes: [], children: [], text: '', size: 0, use: 0 };

/** A whole element, as small as it can be. */
interface Skeleton {
  readonly text: string;
  readonly size: number;
  readonly use: number;
}

const deepest = 8;

/**
 * Two blanks a level and `\n`; null where a declaration has no finite element.
 * @param uses of elements of this name: of several values the most used is written
 */
export function skeleton(declaration: Declaration, written: string, uses: Uses): string | null {
  return element(declaration, written, uses, 0)?.text ?? null;
}

/** The smallest of several declarations; of equally small ones, the one that is used most. */
export function smallestSkeleton(declarations: readonly Declaration[], written: string, uses: Uses): string | null {
  return best(declarations.map((one) => element(one, written, uses, 0)))?.text ?? null;
}

function element(declaration: Declaration, name: string, uses: Uses, depth: number): Skeleton | null {
  const parts = depth > deepest || !name ? null : smallest(declaration.content, uses, depth);
  if (!parts) return null;
  const start = [name, ...parts.attributes].join(' ');
  const { use } = parts;
  const size = parts.size + 1;
  if (parts.children.length) {
    const inner = parts.children.map((child) => `  ${child.replaceAll('\n', '\n  ')}\n`).join('');
    return { text: `<${start}>\n${inner}</${name}>`, size, use };
  }
  return { text: parts.text ? `<${start}>${parts.text}</${name}>` : `<${start}/>`, size, use };
}

function smallest(pattern: Pattern, uses: Uses, depth: number): Parts | null {
  if (pattern.nullable) return nothing;
  switch (pattern.kind) {
    case 'choice':
      return best(pattern.members.map((member) => smallest(member, uses, depth)));
    case 'group':
    case 'interleave':
    case 'oneOrMore':
      return pattern.members
        .map((member) => smallest(member, uses, depth))
        .reduce((all, parts) => (all && parts ? together(all, parts) : null), nothing);
    case 'attribute': {
      const { declaration } = pattern;
      if (!declaration?.name || declaration.name.includes('|')) return null;
      const values = uses.part(`@${declaration.name}`);
      const value = someValue(declaration.content, declaration.name, values);
      if (value === null) return null;
      const use = values.part(value).count || values.count;
      return { ...nothing, attributes: [`${declaration.name}='${value}'`], size: 1, use };
    }
    case 'element': {
      const { declaration } = pattern;
      const own = uses.part(declaration?.name ?? '');
      const child = declaration && element(declaration, declaration.name, own, depth + 1);
      return child ? { ...nothing, children: [child.text], size: child.size, use: own.count + child.use } : null;
    }
    case 'data':
    case 'value':
    case 'list': {
      const text = someValue(pattern, '', uses);
      return text === null ? null : { ...nothing, text, size: 1 };
    }
    default:
      return null;
  }
}

function together(a: Parts, b: Parts): Parts {
  return {
    attributes: [...a.attributes, ...b.attributes],
    children: [...a.children, ...b.children],
    text: a.text || b.text,
    size: a.size + b.size,
    use: a.use + b.use,
  };
}

function best<Item extends { readonly size: number; readonly use: number }>(
  items: readonly (Item | null)[],
): Item | null {
  const better = (one: Item, other: Item) => one.size < other.size || (one.size === other.size && one.use > other.use);
  return items.reduce((found, one) => (one && (!found || better(one, found)) ? one : found), null);
}

/** Legal values have no quotes or angle brackets: they are words of the schema or examples of ours. */
function someValue(pattern: Pattern, attribute: string, uses: Uses): string | null {
  const values = valuesOf([pattern]);
  const [first] = uses.ranked(legalValues(values), (value) => value, attribute ? '' : '=');
  return first ?? (values.anyText ? anyText(attribute) : null);
}

/** Something to write where everything may be written. */
export function anyText(attribute: string): string {
  return /path|file|dir/.test(attribute) ? '/path/to/file' : 'name';
}
