/** The smallest element that fits a declaration, as text: what a fix writes where an element is missing. */
import type { Declaration, Pattern } from '../pattern.ts';
import { valuesOf } from '../values.ts';
import { legalValues } from './legalValues.ts';

interface Parts {
  readonly attributes: readonly string[];
  /** Each over one or more lines. */
  readonly children: readonly string[];
  readonly text: string;
  /** Names and values that had to be made up. */
  readonly size: number;
}

const nothing: Parts = { attributes: [], children: [], text: '', size: 0 };
const deepest = 8;

/** Two blanks a level and `\n`; null where a declaration has no finite element. */
export function skeleton(declaration: Declaration, written: string): string | null {
  return element(declaration, written, 0)?.text ?? null;
}

function element(declaration: Declaration, name: string, depth: number): { text: string; size: number } | null {
  const parts = depth > deepest || !name ? null : smallest(declaration.content, depth);
  if (!parts) return null;
  const start = [name, ...parts.attributes].join(' ');
  const size = parts.size + 1;
  if (parts.children.length) {
    const inner = parts.children.map((child) => `  ${child.replaceAll('\n', '\n  ')}\n`).join('');
    return { text: `<${start}>\n${inner}</${name}>`, size };
  }
  return { text: parts.text ? `<${start}>${parts.text}</${name}>` : `<${start}/>`, size };
}

function smallest(pattern: Pattern, depth: number): Parts | null {
  if (pattern.nullable) return nothing;
  switch (pattern.kind) {
    case 'choice':
      return pattern.members
        .map((member) => smallest(member, depth))
        .reduce((best, parts) => (parts && (!best || parts.size < best.size) ? parts : best), null);
    case 'group':
    case 'interleave':
    case 'oneOrMore':
      return pattern.members
        .map((member) => smallest(member, depth))
        .reduce((all, parts) => (all && parts ? together(all, parts) : null), nothing);
    case 'attribute': {
      const { declaration } = pattern;
      if (!declaration?.name || declaration.name.includes('|')) return null;
      const value = someValue(declaration.content, declaration.name);
      return value === null ? null : { ...nothing, attributes: [`${declaration.name}='${value}'`], size: 1 };
    }
    case 'element': {
      const child = pattern.declaration && element(pattern.declaration, pattern.declaration.name, depth + 1);
      return child ? { ...nothing, children: [child.text], size: child.size } : null;
    }
    case 'data':
    case 'value':
    case 'list': {
      const text = someValue(pattern, '');
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
  };
}

/** Legal values have no quotes or angle brackets: they are words of the schema or examples of ours. */
function someValue(pattern: Pattern, attribute: string): string | null {
  const values = valuesOf([pattern]);
  return legalValues(values)[0] ?? (values.anyText ? anyText(attribute) : null);
}

/** Something to write where everything may be written. */
export function anyText(attribute: string): string {
  return /path|file|dir/.test(attribute) ? '/path/to/file' : 'name';
}
