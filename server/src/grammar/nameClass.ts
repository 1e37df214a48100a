import type { NameClass } from './table.ts';

/** Whether a class holds a name, written `local` or `namespace|local`. */
export function holdsName(names: NameClass, name: string): boolean {
  if (typeof names === 'string') return names === name;
  if ('oneOf' in names) return names.oneOf.some((one) => holdsName(one, name));
  if (names.namespace !== undefined && names.namespace !== namespaceOf(name)) return false;
  return !names.except?.some((one) => holdsName(one, name));
}

function namespaceOf(name: string): string {
  const bar = name.lastIndexOf('|');
  return bar < 0 ? '' : name.slice(0, bar);
}
